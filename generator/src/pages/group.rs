//! The page of a group: its purpose, its operations, and how each is called.

use askama::Template;

use super::link::Link;
use super::responses::{self, HeaderRow, LinkRow};
use super::site::{Page, Site, scheme_anchors};
use super::{describe, types};
use crate::json::Json;
use crate::krate::{
    CurlCommand, ErrorPayload, GroupId, Ident, Input, Operation, OperationId, Output, PageProse, TypeExpr,
};
use crate::markdown;

#[derive(Template)]
#[template(path = "docs/group.md", escape = "none")]
struct GroupPage<'c> {
    title: &'c str,
    about: String,
    accessors: String,
    groups: Vec<Link>,
    operations: Vec<Part<'c>>,
    index: String,
}

/// The section of an operation.
struct Part<'c> {
    method: String,
    link: Link,
    /// The `operationId`, if the method has another name.
    id: Option<String>,
    about: String,
    request: String,
    needs: Option<String>,
    usage: &'c str,
    inputs: Inputs,
    /// The struct that the method takes.
    required: Option<&'c str>,
    /// The link to the guide to retries.
    retries: String,
    /// The link to the guide to calls.
    calls: String,
    response: String,
    example: Option<String>,
    pages: Option<String>,
    polling: Option<String>,
    streams: Option<String>,
    representations: Vec<String>,
    headers: Vec<HeaderRow>,
    links: Vec<LinkRow>,
    streamed: Option<&'c str>,
    error: Option<String>,
    errors: Vec<ErrorRow>,
    curl: &'c CurlCommand,
}

/// The table of parameters.
struct Inputs {
    /// Whether the table has a column of examples.
    examples: bool,
    rows: Vec<InputRow>,
}

struct InputRow {
    name: String,
    ty: String,
    required: &'static str,
    about: String,
    example: String,
}

/// A row of the table of errors.
struct ErrorRow {
    ty: String,
    statuses: String,
    media_type: String,
}

/// Renders the page of a group.
pub(super) fn page(site: &Site<'_>, id: GroupId) -> askama::Result<String> {
    let group = &site.krate[id];
    let page = site.group(id);
    let inner = |&id: &GroupId| Link::group(site, page, id);
    GroupPage {
        title: &group.title,
        about: describe::description(&group.doc, &[&group.title]),
        accessors: format!("client.{}", group.accessors()),
        groups: group.groups.iter().map(inner).collect(),
        operations: group.operations.iter().map(|&id| part(site, page, id)).collect(),
        index: page.link_to(&Page::new("docs/README.md")),
    }
    .render()
}

/// Renders the section of an operation. The snippet of the first section also sets the credentials.
fn part<'c>(site: &'c Site<'_>, page: &Page, id: OperationId) -> Part<'c> {
    let operation = &site.krate[id];
    let snippets = &operation.snippets;
    // A description that repeats the request is not shown, because the line after it contains the request.
    let calls = format!("Calls {} {}", operation.method, operation.path);
    Part {
        method: operation.names.method.to_string(),
        link: Link::operation(site, page, id),
        id: (operation.id != operation.names.method.as_str()).then(|| markdown::code_span(&operation.id)),
        about: describe::description(
            &operation.doc,
            &[&operation.id, operation.names.method.as_str(), &calls],
        ),
        request: markdown::code_span(&format!("{} {}", operation.method, operation.path)),
        needs: needs(site, page, operation),
        usage: snippets.usage_with_credentials.as_ref().unwrap_or(&snippets.usage),
        inputs: inputs(site, page, operation),
        required: operation.required.as_ref().map(Ident::as_str),
        retries: page.link_to(&Page::new("docs/retries.md")),
        calls: page.link_to(&Page::new("docs/calls.md")),
        response: responses::responses(site, page, operation),
        example: example(site, page, operation),
        pages: operation
            .pagination
            .as_ref()
            .map(|pagination| responses::pages(site, page, operation, pagination)),
        polling: responses::polling(site, page, operation),
        streams: responses::streams(site, page, operation),
        representations: responses::representations(site, page, operation),
        headers: responses::headers(site, page, operation),
        links: responses::links(site, page, id),
        streamed: snippets.streamed.as_deref(),
        error: error_link(site, page, operation),
        errors: errors(site, page, operation),
        curl: &snippets.curl,
    }
}

/// Returns the security requirements in words.
fn needs(site: &Site<'_>, page: &Page, operation: &Operation) -> Option<String> {
    let guide = page.link_to(&Page::new("docs/authentication.md"));
    let anchors = scheme_anchors(site.krate);
    let anchor = |name: &crate::krate::WireName| {
        let mut schemes = site.krate.credentials.schemes.iter().zip(&anchors);
        schemes.find_map(|(scheme, anchor)| (scheme.scheme == *name).then_some(anchor))
    };
    let prose = &site.krate.prose.page;
    let requirement = |need: &crate::krate::Requirement| {
        let name = markdown::code_span(need.scheme.as_str());
        let name = match anchor(&need.scheme) {
            Some(anchor) => format!("[{name}]({guide}#{anchor})"),
            None => name,
        };
        let scopes: Vec<String> = need.scopes.iter().map(|scope| markdown::code_span(scope)).collect();
        match scopes.len() {
            0 => name,
            1 => markdown::fill(prose.scope, &[("scheme", &name), ("scope", &scopes[0])]),
            _ => {
                let scopes = markdown::join_words(&scopes, "and");
                markdown::fill(prose.scopes, &[("scheme", &name), ("scopes", &scopes)])
            }
        }
    };
    let alternative = |requirements: &Vec<crate::krate::Requirement>| match requirements.as_slice() {
        [] => "no credentials".to_owned(),
        needs => markdown::join_words(&needs.iter().map(requirement).collect::<Vec<_>>(), "and"),
    };
    let alternatives: Vec<String> = operation.security.iter().map(alternative).collect();
    let credentials = (!alternatives.is_empty() && alternatives != ["no credentials"])
        .then(|| markdown::join_words(&alternatives, "or"));
    let calls = page.link_to(&Page::new("docs/calls.md"));
    let certificate = (operation.client_certificate).then(|| markdown::fill(prose.certificate, &[("calls", &calls)]));
    match (credentials, certificate) {
        (Some(credentials), Some(certificate)) => Some(format!("{credentials}, and {certificate}")),
        (credentials, certificate) => credentials.or(certificate),
    }
}

fn inputs(site: &Site<'_>, page: &Page, operation: &Operation) -> Inputs {
    let row = |input: &Input, required| InputRow {
        name: markdown::code_cell(input.name.as_str()),
        ty: markdown::table_cell(&types::linked(site, page, &input.ty)),
        required,
        about: input_about(&site.krate.prose.page, input),
        example: input
            .table_example
            .as_deref()
            .map(markdown::code_cell)
            .unwrap_or_default(),
    };
    let required = operation.arguments.iter().map(|input| row(input, "Yes"));
    let rows: Vec<InputRow> = required
        .chain(operation.setters.iter().map(|input| row(input, "No")))
        .collect();
    let examples = rows.iter().any(|row| !row.example.is_empty());
    Inputs { examples, rows }
}

/// Returns the summary and the facts that name and type do not show.
fn input_about(prose: &PageProse, input: &Input) -> String {
    let (name, wire) = (input.name.as_str(), input.wire.as_str());
    let mut words = vec![describe::summary_cell(&input.doc, &[name, wire])];
    words.extend(describe::api_name(prose, name, wire));
    if input.constant.is_some() {
        words.push(markdown::table_cell(input.doc.notes.as_str()));
    }
    if let Some(default) = input.default.as_ref().filter(|json| json.as_object().is_none()) {
        words.push(format!("Default: {}.", markdown::code_cell(&default.to_text())));
    }
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

/// Returns the first example of a success response, as JSON or as the text that the response is, or a link to the model's page if the example is long.
fn example(site: &Site<'_>, page: &Page, operation: &Operation) -> Option<String> {
    const LONGEST: usize = 80;
    let case = operation.cases.iter().find(|case| case.example.is_some())?;
    let example = case.example.as_ref()?;
    if let (Output::Text, Json::String(text)) = (&case.output, example) {
        return Some(markdown::code_block("text", text));
    }
    let json = example.to_pretty_text();
    if let Output::Json(ty) | Output::OptionalJson(ty) = &case.output
        && let TypeExpr::Model(id) = *ty.unboxed()
        && json.lines().count() > LONGEST
        && site.krate[id].example.is_some()
    {
        let model = page.link_to(site.model(id));
        return Some(markdown::fill(site.krate.prose.page.long_example, &[("page", &model)]));
    }
    Some(format!("```json\n{json}\n```"))
}

fn error_link(site: &Site<'_>, page: &Page, operation: &Operation) -> Option<String> {
    let error = operation.error?;
    let name = markdown::code_span(site.krate[error].name.as_str());
    Some(format!("[{name}]({})", page.link_to(site.error(error))))
}

/// Returns the type of an error's payload.
pub(super) fn payload(site: &Site<'_>, page: &Page, payload: &ErrorPayload) -> String {
    match payload {
        ErrorPayload::Json(ty) => types::linked(site, page, ty.unboxed()),
        ErrorPayload::Text => markdown::code_span("String"),
        ErrorPayload::Raw => "kept verbatim".to_owned(),
    }
}

/// Returns the rows of the error table. Statuses with the same payload and media type share a row.
fn errors(site: &Site<'_>, page: &Page, operation: &Operation) -> Vec<ErrorRow> {
    let mut rows: Vec<ErrorRow> = Vec::new();
    let variants = operation.error.map_or(&[][..], |error| &site.krate[error].variants);
    for variant in variants {
        let ty = match &variant.payload {
            ErrorPayload::Raw => site.krate.prose.page.undocumented_body.to_owned(),
            ErrorPayload::Json(_) | ErrorPayload::Text => markdown::table_cell(&payload(site, page, &variant.payload)),
        };
        let media_type = variant
            .media_type
            .as_deref()
            .map_or("any".to_owned(), markdown::code_cell);
        let status = variant.label.split(' ').next().unwrap_or_default();
        match rows.iter_mut().find(|row| row.ty == ty && row.media_type == media_type) {
            Some(row) => {
                row.statuses.push_str(", ");
                row.statuses.push_str(status);
            }
            None => rows.push(ErrorRow {
                ty,
                statuses: status.to_owned(),
                media_type,
            }),
        }
    }
    let other_statuses = match operation.error {
        None => "4XX, 5XX",
        Some(error) if site.krate[error].has_default() => site.krate.prose.page.mismatched_statuses,
        Some(_) => "any other 4XX, 5XX",
    };
    rows.push(ErrorRow {
        ty: "`Unexpected`".to_owned(),
        statuses: other_statuses.to_owned(),
        media_type: "any".to_owned(),
    });
    rows
}
