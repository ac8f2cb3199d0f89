//! Operations: one for each selected operation of the document, or one for each format of its request body.

mod action_words;
pub(in crate::lower) mod bodies;
pub(in crate::lower) mod body_variants;
mod endpoint_ids;
pub(in crate::lower) mod events;
mod form_fields;
mod framework_ids;
pub(in crate::lower) mod ids;
pub(in crate::lower) mod names;
pub(in crate::lower) mod parameters;
pub(in crate::lower) mod polling;
pub(in crate::lower) mod representations;
pub(in crate::lower) mod response_headers;
pub(in crate::lower) mod responses;
mod rest_names;
pub(in crate::lower) mod retries;
pub(in crate::lower) mod security;
pub(in crate::lower) mod streams;
pub(in crate::lower) mod webhooks;

use crate::document::Operation;
use crate::ir::{self, Docs, ErrorSetId};
use crate::lower::Lowering;
use crate::lower::conventions::extensions;
use crate::lower::schemas::Schemas;

/// Lowers the operations. Later passes add errors, pagination, security and groups.
pub(in crate::lower) fn run(lowering: &mut Lowering<'_>) {
    let operations = std::mem::take(&mut lowering.operations);
    lowering.operations.reserve(operations.len());
    let ids = std::mem::take(&mut lowering.ids);
    let names = std::mem::take(&mut lowering.names);
    lowering.api.operations.reserve(operations.len());
    for ((operation, id), name) in operations.into_iter().zip(ids).zip(names) {
        let mut lowered = lower_operation(&mut lowering.schemas, operation, id, name);
        let variants = body_variants::split_off(&mut lowered);
        for lowered in std::iter::once(lowered).chain(variants) {
            lowering.operations.push(operation);
            lowering.api.operations.push(lowered);
        }
    }
}

/// Lowers one operation.
pub(in crate::lower) fn lower_operation(
    schemas: &mut Schemas<'_>,
    operation: &Operation,
    id: String,
    name: ir::OperationName,
) -> ir::Operation {
    let parameters = parameters::parameters(schemas, operation);
    let key = operation.parameters.iter().map(|parameter| &parameter.name);
    let idempotency_key = key
        .into_iter()
        .find(|name| name.eq_ignore_ascii_case("idempotency-key"))
        .cloned();
    ir::Operation {
        custom_name: schemas
            .settings
            .operations
            .get(&id)
            .cloned()
            .or_else(|| extensions::method(&operation.extensions)),
        id,
        name,
        variant: None,
        place: operation.place,
        pointer: operation.pointer.clone(),
        method: operation.method.clone(),
        path: operation.path.clone(),
        request_path: operation.request_path.clone(),
        docs: docs_of(operation),
        parameters,
        body: bodies::body(schemas, operation),
        success: responses::success(schemas, operation),
        response_headers: response_headers::of_operation(schemas, operation),
        errors: ErrorSetId(0),
        security: Vec::new(),
        servers: operation.servers.clone(),
        idempotent: is_idempotent(operation),
        idempotency_key,
        pagination: None,
        polling: None,
        retries: retries::retries(schemas, operation),
        links: Vec::new(),
    }
}

/// Returns the documentation of an operation.
pub(in crate::lower) fn docs_of(operation: &Operation) -> Docs {
    let message = extensions::deprecation(&operation.extensions);
    Docs {
        summary: operation.summary.clone(),
        description: operation.description.clone(),
        deprecated: if operation.deprecated {
            Some(message.unwrap_or_default())
        } else {
            message
        },
    }
}

fn is_idempotent(operation: &Operation) -> bool {
    let method = matches!(
        operation.method.as_str(),
        "GET" | "HEAD" | "OPTIONS" | "PUT" | "DELETE" | "TRACE" | "QUERY"
    );
    extensions::idempotent(&operation.extensions).unwrap_or(method)
}
