//! The responses of an operation in words: bodies, pages, streams, headers and other representations.

use super::link::Link;
use super::site::{Page, Site};
use super::{describe, types};
use crate::krate::{
    Framing, LinkMethod, Operation, OperationHeader, OperationId, Output, OutputCase, Pagination, Representation,
    Stream, TypeExpr,
};
use crate::markdown;

/// A row of the table of response headers.
pub(super) struct HeaderRow {
    pub wire: String,
    pub getter: String,
    pub ty: String,
    pub statuses: String,
    pub about: String,
}

/// A row of the table of links.
pub(super) struct LinkRow {
    pub wire: String,
    pub method: String,
    pub target: Link,
    pub about: String,
}

/// Returns one line of prose, or a list for several responses.
pub(super) fn responses(site: &Site<'_>, page: &Page, operation: &Operation) -> String {
    let lines: Vec<String> = operation
        .cases
        .iter()
        .map(|case| response(site, page, operation, case))
        .collect();
    match lines.as_slice() {
        [] => site.krate.prose.page.any_success.to_owned(),
        [line] => line.clone(),
        lines => format!("- {}", lines.join("\n- ")),
    }
}

fn response(site: &Site<'_>, page: &Page, operation: &Operation, case: &OutputCase) -> String {
    let prose = &site.krate.prose.page;
    let is_optional = matches!(operation.output, Output::OptionalJson(_));
    let what = match &case.output {
        Output::Empty if is_optional => "no body, `None`".to_owned(),
        Output::Empty => "no body, `()`".to_owned(),
        Output::Json(ty) if is_optional => types::linked(site, page, &TypeExpr::Option(Box::new(ty.clone()))),
        Output::Json(ty) => types::linked(site, page, ty),
        Output::OptionalJson(ty) => types::linked(site, page, &TypeExpr::Option(Box::new(ty.clone()))),
        Output::Text => "text, `String`".to_owned(),
        Output::Bytes => prose.bytes_response.to_owned(),
        Output::Stream(stream) => markdown::fill(prose.stream_response, &[("items", &items(site, page, stream))]),
        Output::ByStatus => markdown::code_span(operation.names.output.as_str()),
    };
    let phrase = case.label.split_once(' ').map_or("", |(_, phrase)| phrase);
    let about = describe::summary(&case.doc, &[&case.label, phrase]);
    format!("{}: {what}. {about}", markdown::code_span(&case.label))
        .trim_end()
        .to_owned()
}

pub(super) fn pages(site: &Site<'_>, page: &Page, operation: &Operation, pagination: &Pagination) -> String {
    let guide = page.link_to(&Page::new("docs/pagination.md"));
    let values = [
        ("guide", guide.as_str()),
        ("item", &types::linked(site, page, &pagination.item)),
        ("page", &markdown::code_span(operation.names.page.as_str())),
        ("body", &types::linked(site, page, &pagination.body)),
    ];
    markdown::fill(site.krate.prose.page.paginated, &values)
}

/// Returns how to wait for the result of a long-running operation.
pub(super) fn polling(site: &Site<'_>, page: &Page, operation: &Operation) -> Option<String> {
    operation.polling.as_ref()?;
    let guide = page.link_to(&Page::new("docs/polling.md"));
    Some(markdown::fill(site.krate.prose.page.polled, &[("guide", &guide)]))
}

/// Returns the type of a stream's items.
fn items(site: &Site<'_>, page: &Page, stream: &Stream) -> String {
    match stream.framing {
        Framing::TextEvents => "`ServerEvent`".to_owned(),
        Framing::Events | Framing::NamedEvents => types::linked_event(site, page, &stream.item),
        Framing::Lines | Framing::Sequence => types::linked(site, page, &stream.item),
    }
}

/// Returns how the items of a stream are read and how errors are reported.
pub(super) fn streams(site: &Site<'_>, page: &Page, operation: &Operation) -> Option<String> {
    let timeouts = page.link_to(&Page::new("docs/retries.md"));
    let mut rest = markdown::fill(site.krate.prose.page.stream_items, &[("timeouts", &timeouts)]);
    if operation.streams().any(|stream| stream.framing == Framing::NamedEvents) {
        rest += site.krate.prose.page.named_events;
    }
    if matches!(operation.output, Output::Stream(_)) {
        return Some(rest);
    }
    let other = operation.stream.as_ref()?;
    let note = other.note.as_ref().map_or_else(String::new, |note| format!(" {note}"));
    let values = [
        ("media_type", markdown::code_span(&other.media_type)),
        ("items", items(site, page, &other.stream)),
    ];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    let requested = markdown::fill(site.krate.prose.page.requested_stream, &values);
    Some(format!("{requested}{note} {rest}"))
}

/// Returns the rows of the table of response headers.
pub(super) fn headers(site: &Site<'_>, page: &Page, operation: &Operation) -> Vec<HeaderRow> {
    let row = |header: &OperationHeader| {
        let getter = site.krate.headers.get(header.getter)?;
        Some(HeaderRow {
            wire: markdown::code_cell(getter.wire.as_str()),
            getter: markdown::code_cell(&format!("{}()", getter.name)),
            ty: markdown::table_cell(&types::linked(site, page, &getter.ty)),
            statuses: header.statuses.join(", "),
            about: describe::summary_cell(&getter.about, &[getter.wire.as_str()]),
        })
    };
    operation.headers.iter().filter_map(row).collect()
}

/// Returns the rows of the table of links.
pub(super) fn links(site: &Site<'_>, page: &Page, id: OperationId) -> Vec<LinkRow> {
    let row = |(_, method): (_, &LinkMethod)| LinkRow {
        wire: markdown::code_cell(&method.wire),
        method: markdown::code_cell(&method.name.to_string()),
        target: Link::operation(site, page, method.target),
        about: method
            .about
            .as_ref()
            .map(|about| describe::summary_cell(about, &[&method.wire]))
            .unwrap_or_default(),
    };
    site.krate.links_of(id).map(row).collect()
}

/// Returns a sentence for each representation that can be requested instead of the preferred one.
pub(super) fn representations(site: &Site<'_>, page: &Page, operation: &Operation) -> Vec<String> {
    let prose = &site.krate.prose.page;
    let sentence = |other: &Representation| {
        let what = match &other.output {
            Output::Json(ty) | Output::OptionalJson(ty) => types::linked(site, page, ty),
            Output::Text => "`String`".to_owned(),
            Output::Bytes => "`Bytes`".to_owned(),
            Output::Empty | Output::Stream(_) | Output::ByStatus => "`()`".to_owned(),
        };
        let download = other.download.as_ref();
        let download = download.map_or_else(String::new, |name| {
            markdown::fill(prose.representation_download, &[("method", name.as_str())])
        });
        let media_type = markdown::code_span(&other.media_type);
        let values = [
            ("method", other.send.as_str()),
            ("media_type", &media_type),
            ("type", &what),
        ];
        markdown::fill(prose.representation, &values) + &download
    };
    operation.representations.iter().map(sentence).collect()
}
