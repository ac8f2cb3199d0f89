//! Examples: a complete value for each type, parameter, request body and success response.
//!
//! A documented example is used if it matches its schema. Otherwise the example is generated. The same document always
//! has the same examples. A value ends where a schema contains itself. The depth and the number of visited schemas are
//! bounded.

mod distinct;
mod generate;
mod patterns;
mod scalars;
mod validate;

use crate::document::SchemaId;
use crate::ir::{BodyKind, Content, Shape, TypeBody, TypeRef};
use crate::json::Json;
use crate::lower::Lowering;
use crate::lower::conventions::media_types::by_preference;
use crate::lower::operations::{bodies, parameters};
use crate::lower::schemas::Schemas;

use generate::{Direction, SharedExamples};

/// Sets the examples.
pub(in crate::lower) fn run(lowering: &mut Lowering<'_>) {
    for index in 0..lowering.schemas.types.0.len() {
        let usage = lowering.schemas.types.0[index].usage;
        let direction = if usage.request && !usage.response {
            Direction::Sent
        } else {
            Direction::Received
        };
        let schema = lowering.schemas.sources[index];
        let mut example = generate::example(&mut lowering.schemas, schema, direction);
        let entries = example.as_mut().and_then(Json::as_object_mut);
        if let (Some(entries), TypeBody::Struct(body)) = (entries, &lowering.schemas.types.0[index].body) {
            for field in &body.fields {
                let tag = field.tag.as_ref().filter(|_| entries.contains_key(&field.wire));
                if let Some(tag) = tag {
                    entries.insert(field.wire.clone(), Json::String(tag.clone()));
                }
            }
        }
        lowering.schemas.types.0[index].example = example;
    }
    let mut shared = SharedExamples::default();
    for index in 0..lowering.api.operations.len() {
        fill_parameters(lowering, &mut shared, index);
        fill_body(lowering, &mut shared, index);
        fill_successes(lowering, &mut shared, index);
    }
}

fn fill_parameters(lowering: &mut Lowering<'_>, shared: &mut SharedExamples, index: usize) {
    let source = lowering.operations[index];
    let mut all = std::mem::take(&mut lowering.api.operations[index].parameters);
    for parameter in &mut all {
        let same =
            |other: &&crate::document::Parameter| other.name == parameter.wire && other.location == parameter.location;
        let schema = source.parameters.iter().find(same);
        let schema = schema.filter(|found| !parameters::is_passed_encoded(found));
        let schema = schema.and_then(|found| found.schema.or_else(|| found.content.as_ref()?.schema));
        parameter.example_is_documented = parameter
            .example
            .as_ref()
            .is_some_and(|documented| validate::is_valid(&mut lowering.schemas, documented, schema));
        if !parameter.example_is_documented {
            parameter.example = match (&parameter.constant, schema) {
                (Some(constant), _) => Some(constant.clone()),
                (None, Some(schema)) => shared.example(&mut lowering.schemas, schema, Direction::Sent),
                (None, None) => Some(Json::String(scalars::PLACEHOLDER.to_owned())),
            };
        }
    }
    lowering.api.operations[index].parameters = all;
}

fn fill_body(lowering: &mut Lowering<'_>, shared: &mut SharedExamples, index: usize) {
    let Some(source) = &lowering.operations[index].body else {
        return;
    };
    let Some(mut body) = lowering.api.operations[index].body.take() else {
        return;
    };
    let contents = by_preference(&source.content);
    for format in &mut body.formats {
        let content = contents
            .iter()
            .find(|content| format.media_type == content.name.trim() || content.name.contains('*'));
        let schema = content.and_then(|content| content.schema);
        match &format.kind {
            BodyKind::Json(ty) => {
                let ty = ty.clone();
                format.example = example_of_type(
                    &mut lowering.schemas,
                    shared,
                    format.example.take(),
                    schema,
                    &ty,
                    Direction::Sent,
                );
            }
            BodyKind::Lines(_) => {
                let line = content.and_then(|content| bodies::line_schema(&mut lowering.schemas, content));
                let documented = format.example.take().map(|documented| match documented {
                    Json::Array(items) => items,
                    single => vec![single],
                });
                let documented = documented.filter(|items| {
                    items
                        .iter()
                        .all(|item| validate::is_valid(&mut lowering.schemas, item, line))
                });
                let generated = || Some(vec![generate::example(&mut lowering.schemas, line?, Direction::Sent)?]);
                format.example = documented.or_else(generated).map(Json::Array);
            }
            BodyKind::Form(_) | BodyKind::Multipart(_) => {
                let documented = format
                    .example
                    .take()
                    .filter(|documented| validate::is_valid(&mut lowering.schemas, documented, schema));
                format.example = documented.or_else(|| shared.example(&mut lowering.schemas, schema?, Direction::Sent));
            }
            BodyKind::Text | BodyKind::Binary => {
                format.example = format.example.take().filter(|documented| documented.as_str().is_some())
            }
        }
    }
    lowering.api.operations[index].body = Some(body);
}

fn fill_successes(lowering: &mut Lowering<'_>, shared: &mut SharedExamples, index: usize) {
    let source = lowering.operations[index];
    let mut cases = std::mem::take(&mut lowering.api.operations[index].success.cases);
    for case in &mut cases {
        let (ty, media_type) = match &case.content {
            Content::Json { ty, media_type, .. } => (ty, media_type),
            Content::Stream { stream, .. } => {
                // The documented example of a stream is not an example of one item.
                case.example = example_of_item(&mut lowering.schemas, shared, stream.item());
                continue;
            }
            Content::Empty | Content::Text { .. } | Content::Bytes { .. } | Content::ByStatus => {
                case.example = case.example.take().filter(|documented| documented.as_str().is_some());
                continue;
            }
        };
        let response = source.responses.iter().find(|response| response.status == case.status);
        let content = response.and_then(|response| response.content.iter().find(|content| content.name == *media_type));
        let schema = content.and_then(|content| content.schema);
        case.example = example_of_type(
            &mut lowering.schemas,
            shared,
            case.example.take(),
            schema,
            ty,
            Direction::Received,
        );
    }
    lowering.api.operations[index].success.cases = cases;
    if let Some(mut form) = lowering.api.operations[index].success.stream.take() {
        form.example = example_of_item(&mut lowering.schemas, shared, form.stream.item());
        lowering.api.operations[index].success.stream = Some(form);
    }
}

/// Returns the example of a stream item: that of its type.
fn example_of_item(schemas: &mut Schemas<'_>, shared: &mut SharedExamples, item: Option<&TypeRef>) -> Option<Json> {
    example_of_type(schemas, shared, None, None, item?, Direction::Received)
}

/// Returns the example of a body: the documented one, that of its type, or a generated one.
fn example_of_type(
    schemas: &mut Schemas<'_>,
    shared: &mut SharedExamples,
    documented: Option<Json>,
    schema: Option<SchemaId>,
    ty: &TypeRef,
    direction: Direction,
) -> Option<Json> {
    if let Some(documented) = documented.filter(|documented| validate::is_valid(schemas, documented, schema)) {
        return Some(documented);
    }
    if let Shape::Named(id) = ty.shape {
        let usage = schemas.types[id].usage;
        // The example of a type that is sent and received is that of a response, which may have other properties than a
        // request.
        if usage.request != usage.response || direction == Direction::Received {
            return schemas.types[id].example.clone();
        }
    }
    shared.example(schemas, schema?, direction)
}
