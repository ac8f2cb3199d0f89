//! Plans `sdk-manifest.json`.

use indexmap::IndexMap;
use rayon::prelude::*;

use crate::ir::Api;
use crate::krate::{
    Crate, ErrorPayload, HeaderGetter, LinkMethod, Manifest, ManifestCrate, ManifestDocument, ManifestDropped,
    ManifestOperation, ManifestResponse, ManifestSchema, ManifestStream, Operation, OperationId, Output,
    PaginationStep, ResponseLinks, Surface, TypeExpr,
};
use crate::wire::MediaType;

use super::surface::surface;
use super::{doc_text, status};

/// Returns the facts of the manifest that depend on the API.
pub fn of_api(api: &Api, krate: &Crate) -> Manifest {
    Manifest {
        document: ManifestDocument {
            path: String::new(),
            sha256: String::new(),
            title: doc_text::single_line(&api.title),
            version: api.version.clone(),
            openapi: api.openapi.clone(),
        },
        krate: ManifestCrate {
            name: krate.package.name.clone(),
            lib: krate.package.lib.to_string(),
            version: krate.package.version.clone(),
        },
        schemas: schemas(api, krate),
        operations: Vec::new(),
        dropped: api
            .dropped
            .iter()
            .map(|dropped| ManifestDropped {
                pointer: dropped.pointer.clone(),
                reason: dropped.reason.clone(),
            })
            .collect(),
        api: Surface::default(),
    }
}

/// Returns the facts of the manifest that depend on the crate: the operations and the public API.
pub fn of_crate(krate: &Crate) -> (Vec<ManifestOperation>, Surface) {
    let operations = (0..krate.operations.len()).into_par_iter();
    let entries = operations.map(|index| entry(krate, OperationId(index)));
    rayon::join(|| entries.collect(), || surface(krate))
}

fn schemas(api: &Api, krate: &Crate) -> Vec<ManifestSchema> {
    let named = api
        .types
        .0
        .iter()
        .zip(&krate.models)
        .filter(|(ty, _)| ty.origin.is_named() || !ty.pointer.is_empty());
    named
        .map(|(ty, model)| ManifestSchema {
            pointer: ty.pointer.clone(),
            rust: format!("models::{}", model.name),
            sent: model.sent,
            received: model.received,
        })
        .collect()
}

fn entry(krate: &Crate, id: OperationId) -> ManifestOperation {
    let operation = &krate[id];
    let mut responses = IndexMap::new();
    for case in &operation.cases {
        let rust = match &case.output {
            Output::Empty | Output::ByStatus => None,
            Output::Stream(stream) => Some(stream.display(krate)),
            output => Some(output.ty(&operation.names).display(krate)),
        };
        responses.insert(
            status::key(case.status),
            ManifestResponse {
                content_type: case.media_type.as_ref().map(MediaType::to_string),
                rust,
            },
        );
    }
    for variant in operation
        .error
        .map(|id| krate[id].variants.as_slice())
        .unwrap_or_default()
    {
        let rust = match &variant.payload {
            ErrorPayload::Json(ty) => Some(ty.unboxed().display(krate)),
            ErrorPayload::Text => Some(TypeExpr::String.display(krate)),
            ErrorPayload::Raw => None,
        };
        let response = ManifestResponse {
            content_type: variant.media_type.as_ref().map(MediaType::to_string),
            rust,
        };
        responses.entry(status::key(variant.status)).or_insert(response);
    }
    ManifestOperation {
        id: operation.id.clone(),
        method: operation.method.to_string(),
        path: operation.path.clone(),
        pointer: operation.pointer.clone(),
        content_type: operation.variant.as_ref().map(MediaType::to_string),
        rust: format!("{}.{}", krate[operation.group].accessors(), operation.names.method),
        responses: responses.into_iter().collect(),
        headers: headers(krate, operation),
        links: links(krate, id),
        pagination: operation.pagination.as_ref().map(|pagination| match pagination.step {
            PaginationStep::Cursor { .. } => "cursor",
            PaginationStep::Url { .. } => "url",
            PaginationStep::Link => "link",
            PaginationStep::Page { .. } => "page",
            PaginationStep::Offset { .. } => "offset",
            PaginationStep::LastId { .. } => "last_id",
        }),
        stream: stream(krate, operation),
    }
}

fn links(krate: &Crate, id: OperationId) -> Vec<(String, String)> {
    let links = krate.links_of(id);
    let entry = |(links, method): (&ResponseLinks, &LinkMethod)| {
        let body = links.body.display(krate);
        (method.wire.clone(), format!("Response<{body}>::{}", method.name))
    };
    unique(links.map(entry))
}

/// Returns the entries, of which the last one with each key is kept.
fn unique(entries: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    entries.collect::<IndexMap<_, _>>().into_iter().collect()
}

fn headers(krate: &Crate, operation: &Operation) -> Vec<(String, String)> {
    let getter = |index: usize| krate.headers.get(index);
    let getters = operation.headers.iter().filter_map(|header| getter(header.getter));
    let entry = |getter: &HeaderGetter| {
        let ty = getter.ty.display(krate);
        (
            getter.wire.to_string(),
            format!("ResponseHeaders::{}: {ty}", getter.name),
        )
    };
    unique(getters.map(entry))
}

fn stream(krate: &Crate, operation: &Operation) -> Option<ManifestStream> {
    if let Output::Stream(stream) = &operation.output {
        let case = operation.cases.iter().find(|case| case.output == operation.output);
        return Some(ManifestStream {
            method: "send",
            content_type: case.and_then(|case| case.media_type.as_ref()).map(MediaType::to_string),
            item: stream.display(krate),
        });
    }
    operation.stream.as_ref().map(|other| ManifestStream {
        method: "send_stream",
        content_type: Some(other.media_type.to_string()),
        item: other.stream.display(krate),
    })
}
