//! Tests of reading documents of every version, valid and invalid.
//!
//! Tests compare summaries: of schemas by [`sketch`], of operations by [`inputs`] and [`outputs`].

mod broken;
mod mistakes;
mod operations;
mod oracle;
mod parallel;
mod paths;
mod responses;
mod schemas;
mod swagger;
mod versions;

use crate::bundle::{Bundle, NoFiles};
use crate::diagnostics::Diagnostics;
use crate::document::{Additional, Document, MediaContent, Operation, Schema, SchemaId, Status, Type};
use crate::load::SourceMap;

/// Reads a text; also returns the reported codes.
fn read(text: &str) -> (Option<Document>, Vec<&'static str>) {
    let mut diagnostics = Diagnostics::default();
    let sources = SourceMap::from_text("api.yaml", text, &mut diagnostics);
    let bundle = Bundle::new(sources, &NoFiles, &mut diagnostics);
    let document = super::read(&bundle, &mut diagnostics);
    // Most responses of these tests have no description.
    let reported = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.message != "the response has no `description`; the status code is used");
    (document, reported.map(|diagnostic| diagnostic.code.id()).collect())
}

/// Creates a document of a version, with the text after `info`.
fn with(version: &str, rest: &str) -> (Document, Vec<&'static str>) {
    let key = if version.starts_with('2') { "swagger" } else { "openapi" };
    let text = format!("{key}: '{version}'\ninfo: {{title: T, version: '1'}}\n{rest}\n");
    let (document, codes) = read(&text);
    (
        document.unwrap_or_else(|| panic!("no document: {codes:?}\n{text}")),
        codes,
    )
}

/// Indents each line.
fn indent(text: &str, by: usize) -> String {
    text.trim_matches('\n')
        .lines()
        .map(|line| format!("{:by$}{line}\n", ""))
        .collect()
}

/// Creates a document with the component schemas `X` and `Y`.
fn schema_document(version: &str, schema: &str) -> (Document, Vec<&'static str>) {
    let schemas = format!("X:\n{}Y: {{type: string}}", indent(schema, 2));
    if version.starts_with('2') {
        with(version, &format!("paths: {{}}\ndefinitions:\n{}", indent(&schemas, 2)))
    } else {
        with(version, &format!("components:\n  schemas:\n{}", indent(&schemas, 4)))
    }
}

/// Checks the summary of a schema and the reported codes.
fn check_schema(version: &str, schema: &str, expected: &str, codes: &[&str]) {
    let (document, reported) = schema_document(version, schema);
    assert_eq!(
        (
            sketch(&document, document.components["X"]).as_str(),
            reported.as_slice()
        ),
        (expected, codes),
        "{schema}"
    );
}

/// Reads a document with the operation `GET /a/{id}`, where `id` is declared; also returns the codes.
fn operation(version: &str, operation: &str) -> (Document, Vec<&'static str>) {
    let kind = if version.starts_with('2') {
        "type: string"
    } else {
        "schema: {type: string}"
    };
    let path = format!(
        "parameters: [{{name: id, in: path, required: true, {kind}}}]\nget:\n{}",
        indent(operation, 2)
    );
    with(version, &format!("paths:\n  /a/{{id}}:\n{}", indent(&path, 4)))
}

/// Lists the parameters and the body of an operation, one per line.
fn inputs(document: &Document) -> Vec<String> {
    let operation = &document.operations[0];
    let mut lines: Vec<String> = operation
        .parameters
        .iter()
        .map(|parameter| {
            let required = if parameter.required { "!" } else { "" };
            let explode = if parameter.explode { "*" } else { "" };
            let schema = parameter.schema.map(|schema| sketch(document, schema));
            let content = parameter.content.as_ref().map(|content| media(document, content));
            let what = schema.or(content).unwrap_or_else(|| "-".to_owned());
            format!(
                "{:?} {}{required} {:?}{explode} {what}",
                parameter.location, parameter.name, parameter.style
            )
        })
        .collect();
    if let Some(body) = &operation.body {
        let required = if body.required { "!" } else { "" };
        lines.extend(
            body.content
                .iter()
                .map(|content| format!("body{required} {}", media(document, content))),
        );
    }
    lines
}

/// Lists the responses of an operation, one per line.
fn outputs(document: &Document, operation: &Operation) -> Vec<String> {
    let lines = operation.responses.iter().map(|response| {
        let status = match response.status {
            Status::Code(code) => code.to_string(),
            Status::Range(digit) => format!("{digit}XX"),
            Status::Default => "default".to_owned(),
        };
        let headers = response.headers.iter().map(|header| {
            format!(
                " {}: {}",
                header.name,
                header.schema.map_or_else(|| "-".to_owned(), |id| sketch(document, id))
            )
        });
        let content = response
            .content
            .iter()
            .map(|content| format!(" {}", media(document, content)));
        format!("{status}{}{}", headers.collect::<String>(), content.collect::<String>())
    });
    lines.collect()
}

fn media(document: &Document, content: &MediaContent) -> String {
    let of = |schema: Option<SchemaId>| schema.map_or_else(|| "-".to_owned(), |schema| sketch(document, schema));
    match content.item_schema {
        Some(_) => format!(
            "{}={} items {}",
            content.name,
            of(content.schema),
            of(content.item_schema)
        ),
        None => format!("{}={}", content.name, of(content.schema)),
    }
}

/// Summarizes a schema in one line; a reference to a component is its name.
fn sketch(document: &Document, id: SchemaId) -> String {
    let schema = &document.schemas[id];
    let mut parts = vec![kinds(schema)];
    if let Some(target) = schema.reference {
        let name = document.components.iter().find(|(_, component)| **component == target);
        parts.push(name.map_or_else(
            || format!("->{}", document.schemas[target].pointer),
            |(name, _)| format!("->{name}"),
        ));
    }
    let list = |ids: &[SchemaId]| ids.iter().map(|id| sketch(document, *id)).collect::<Vec<_>>().join(" ");
    for (name, ids) in [
        ("allOf", &schema.all_of),
        ("oneOf", &schema.one_of),
        ("anyOf", &schema.any_of),
    ] {
        if !ids.is_empty() {
            parts.push(format!("{name}({})", list(ids)));
        }
    }
    if !schema.prefix_items.is_empty() || schema.items.is_some() {
        let rest = schema.items.map(|items| format!(" ..{}", sketch(document, items)));
        let rest = rest.map(|rest| {
            if schema.prefix_items.is_empty() {
                rest.replace(" ..", "")
            } else {
                rest
            }
        });
        parts.push(format!("[{}{}]", list(&schema.prefix_items), rest.unwrap_or_default()));
    }
    parts.push(object(document, schema));
    parts.push(values(schema));
    parts.retain(|part| !part.is_empty());
    if parts.is_empty() {
        "any".to_owned()
    } else {
        parts.join(" ")
    }
}

fn kinds(schema: &Schema) -> String {
    let names: Vec<&str> = schema.types.iter().map(Type::name).collect();
    let format = schema
        .format
        .as_ref()
        .map(|format| format!("({format})"))
        .unwrap_or_default();
    let never = if schema.never { "never" } else { "" };
    let nullable = if schema.nullable { "?" } else { "" };
    format!("{}{format}{never}{nullable}", names.join("|"))
}

fn object(document: &Document, schema: &Schema) -> String {
    let mut members: Vec<String> = schema
        .properties
        .iter()
        .map(|(name, property)| {
            let required = if schema.required.contains(name) { "!" } else { "" };
            format!("{name}{required}: {}", sketch(document, *property))
        })
        .collect();
    members.extend(
        schema
            .required
            .iter()
            .filter(|name| !schema.properties.contains_key(*name))
            .map(|name| format!("{name}!")),
    );
    match schema.additional {
        Additional::Unspecified => {}
        Additional::Any => members.push("*: any".to_owned()),
        Additional::Forbidden => members.push("closed".to_owned()),
        Additional::Schema(id) => members.push(format!("*: {}", sketch(document, id))),
    }
    if members.is_empty() {
        String::new()
    } else {
        format!("{{{}}}", members.join(", "))
    }
}

fn values(schema: &Schema) -> String {
    let listed = schema
        .values
        .iter()
        .flatten()
        .map(|value| format!("<{}>", value.to_text()));
    let constant = schema.constant.iter().map(|value| format!("={}", value.to_text()));
    listed.chain(constant).collect()
}
