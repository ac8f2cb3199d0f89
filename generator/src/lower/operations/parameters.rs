//! Parameters: path parameters in the order of the template, then the others.

use crate::diagnostics::{Code, Diagnostic};
use crate::document::{self, Location, Operation};
use crate::ir::{Parameter, Shape, Text, TypeRef};
use crate::lower::conventions::extensions;
use crate::lower::operations::form_fields;
use crate::lower::schemas::Schemas;
use crate::lower::schemas::resolve;
use crate::lower::schemas::structs;
use crate::lower::schemas::structs::set_if_none;
use crate::wire::MediaKind;

/// Returns the parameters of an operation.
pub(in crate::lower) fn parameters(schemas: &mut Schemas<'_>, operation: &Operation) -> Vec<Parameter> {
    let mut parameters = Vec::with_capacity(operation.parameters.len());
    for parameter in &operation.parameters {
        if let Some(key) = extensions::exclusion(&parameter.extensions).filter(|_| !parameter.required) {
            let pointer = format!("{}/parameters", operation.pointer);
            schemas
                .report
                .excluded(key, "parameter", Some(parameter.place), &pointer);
            continue;
        }
        parameters.push(lower_parameter(schemas, parameter));
    }
    let position = |parameter: &Parameter| match parameter.location {
        Location::Path => operation
            .path
            .find(&format!("{{{}}}", parameter.wire))
            .unwrap_or(usize::MAX - 1),
        Location::Query | Location::QueryString | Location::Header | Location::Cookie => usize::MAX,
    };
    parameters.sort_by_cached_key(position);
    parameters
}

/// Returns whether the caller passes the text of a parameter, because its media type is neither JSON nor text.
pub(in crate::lower) fn is_passed_encoded(parameter: &document::Parameter) -> bool {
    let kind = parameter.content.as_ref().map(|content| content.name.kind());
    match kind {
        Some(MediaKind::Xml | MediaKind::Multipart) => true,
        Some(MediaKind::Form) => parameter.location != Location::QueryString,
        Some(MediaKind::Json | MediaKind::Text | MediaKind::Stream | MediaKind::Binary) | None => false,
    }
}

fn report_encoded(schemas: &mut Schemas<'_>, parameter: &document::Parameter) {
    let Some(content) = &parameter.content else {
        return;
    };
    let message = format!(
        "a parameter of the media type `{}` is not supported; the caller passes the encoded text",
        content.name
    );
    let diagnostic = Diagnostic::new(Code::EncodedParameter, content.place, message);
    schemas.report.push(diagnostic);
    schemas.report.record_dropped(
        Some(content.place),
        &content.pointer,
        &format!("`{}` is passed as text", content.name),
    );
}

fn lower_parameter(schemas: &mut Schemas<'_>, parameter: &document::Parameter) -> Parameter {
    let content = parameter.content.as_ref();
    let schema = parameter.schema.or_else(|| content?.schema);
    let chain = schema.map(|id| schemas.graph.chain(id)).unwrap_or_default();
    let constant = structs::constant(schemas, &chain, parameter.required);
    let ty = match (&constant, schema) {
        (Some(value), _) => TypeRef::non_null(structs::shape_of_constant(schemas, &chain, value)),
        (None, Some(schema)) if !is_passed_encoded(parameter) => resolve::type_ref(schemas, schema),
        (None, Some(_) | None) => TypeRef::non_null(Shape::Text(Text::Unformatted)),
    };
    let mut docs = structs::docs_of(schemas, &chain);
    if parameter.description.is_some() {
        docs.description.clone_from(&parameter.description);
        docs.summary = None;
    }
    if parameter.deprecated && docs.deprecated.is_none() {
        docs.deprecated = Some(String::new());
    }
    docs.deprecated = extensions::deprecation(&parameter.extensions).or(docs.deprecated);
    let mut lowered = Parameter {
        place: parameter.place,
        wire: parameter.name.clone(),
        custom_name: extensions::name(&parameter.extensions),
        location: parameter.location,
        ty,
        required: parameter.required,
        on_client: false,
        style: parameter.style,
        explode: parameter.explode,
        allow_reserved: parameter.allow_reserved,
        allow_empty: parameter.allow_empty,
        wildcard: parameter.wildcard,
        media_type: content.map(|content| content.name.clone()),
        fields: content
            .filter(|content| parameter.location == Location::QueryString && content.name.kind() == MediaKind::Form)
            .map(|content| form_fields::query_fields(content))
            .unwrap_or_default(),
        docs,
        default: None,
        constant,
        example: parameter
            .examples
            .first()
            .or_else(|| content?.examples.first())
            .cloned(),
        example_is_documented: false,
    };
    if is_passed_encoded(parameter) {
        report_encoded(schemas, parameter);
        lowered.example = lowered.example.filter(|example| example.as_str().is_some());
        return lowered;
    }
    for id in chain {
        let schema = schemas.graph.get(id);
        set_if_none(&mut lowered.default, schema.default.as_ref());
        set_if_none(&mut lowered.example, schema.examples.first());
    }
    lowered
}
