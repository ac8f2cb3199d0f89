//! Sentences of the generated sources that sdkwright writes itself. Sentences that need the data of one planner, such
//! as the notes about a default or an alternative media type, are next to that planner.
//!
//! In: the planned crate. Out: the same crate, whose items have their sentences.

pub mod client;
mod guides;
mod links;
mod operations;
mod pages;
mod pagination;
mod polling;
mod retries;
mod webhooks;

pub use links::link;
use rayon::prelude::*;

use crate::krate::{Crate, Doc, ErrorEnum, Group, InputKind, Markdown, ModelBody, OperationId, Prose, TableProse};
use crate::markdown;
use crate::wire::Location;

/// Fills in the sentences.
pub fn fill(krate: &mut Crate) {
    krate.prose = whole_crate(krate);
    krate.guides = guides::guides(krate);
    let planned = &*krate;
    let operations: Vec<_> = (0..planned.operations.len())
        .into_par_iter()
        .map(|index| operations::prose(planned, OperationId(index)))
        .collect();
    for (operation, prose) in krate.operations.iter_mut().zip(operations) {
        operation.prose = prose;
    }
    for group in &mut krate.groups {
        group.accessor_doc = accessor(group);
    }
    let credentials = &mut krate.credentials;
    for setter in &mut credentials.setters {
        let mut schemes = credentials.schemes.iter();
        let scheme = schemes.find(|scheme| setter.schemes.contains(&scheme.scheme));
        setter.doc = client::credential_setter(setter, scheme.map(|scheme| &scheme.kind));
    }
    for errors in &mut krate.errors {
        errors.unexpected_doc = unexpected_error(errors);
    }
    for (group, file) in krate.groups.iter().zip(&mut krate.test_files) {
        file.doc = wire_tests(group);
    }
}

fn whole_crate(krate: &Crate) -> Prose {
    Prose {
        api: "The operations, by group.",
        guides: "The guides to this crate.",
        headers: "The documented headers of responses.",
        links: "The links of responses to other operations.",
        security: "The security requirements of the operations: alternatives, each a list of schemes that are all needed.",
        errors: "The errors that operations return. Operations with the same documented errors share an enum, and each operation has an \
                 alias of it next to its builder.",
        models: format!("The types of the {}.", krate.api_info.title),
        mock: mock(krate.runtime.xml),
        quickstart: quickstart(krate),
        token_tests: "If the server rejects a token, the client requests a new one, repeats the call once, and caches the new token.",
        failure_tests: "How calls behave when the server or the network fails.",
        no_error: "status code {status} is not an error",
        no_timeout: "the call did not time out",
        mock_server: "An in-process mock server. Clones share its state.",
        mock_new: "Creates a server that responds with the examples of the API description.",
        mock_builder: "Creates a client builder that connects to this server.",
        unlisted_success: "A success with a status code that the API description does not list.",
        unknown_value: "A value that this version of the SDK does not know, kept verbatim.",
        extra_properties: "Properties that the API description does not list.",
        enum_all: "All documented values, in the order of the API description.",
        enum_value: "Returns the value on the wire.",
        enum_is_known: "Returns whether the value is documented.",
        tables: tables(),
        xml: "The form of models in XML.",
        new_without_fields: "Creates a value with all fields unset.",
        new_with_fields: "Creates a value from its required fields.",
        must_use: "a request does nothing until it is sent",
        call_options: "The options of a single call. Every request builder has them.",
        send_blocking: "Does the same as [`send`](Self::send), for code that is not async.\n\n\
                        # Errors\n\nSee [`send`](Self::send).",
        download: "Sends the request and returns the response with its body unread, to read it in chunks or to save it to a file.\
                   \n\n# Errors\n\nSee [`send`](Self::send).",
        resume: "Resumes pagination at a cursor that [`Page::cursor`] returned.",
        poll: "Returns a poller, which sends the request and then requests the status until the operation is done. \
               [`until_done`](crate::runtime::Poller::until_done) waits for the result.",
        pages: "Returns a stream of all pages. Each page is fetched on demand.",
        items: "Returns a stream of the items of all pages. Each page is fetched on demand.",
        retry_policy: retries::policy(krate.retries.as_ref()),
        retried_statuses: retries::retried_statuses(krate.retries.as_ref()),
        webhooks: webhooks::prose(),
        page: pages::prose(),
    }
}

/// Returns the module documentation of the mock server. If `has_xml` is set, it explains responses in XML.
fn mock(has_xml: bool) -> &'static str {
    match has_xml {
        false => {
            "An in-process mock server for tests. It responds to each operation with the examples of the API description, \
             unless a test sets another response. It uses no network, and waits between attempts return immediately."
        }
        true => {
            "An in-process mock server for tests. It responds to each operation with the examples of the API description, \
             unless a test sets another response. Responses in XML have no example: a test sets them with `respond`. The server \
             uses no network, and waits between attempts return immediately."
        }
    }
}

/// Returns the comments of the tables of models.
fn tables() -> TableProse {
    TableProse {
        record: "Each field with its key, and whether the key is required.",
        setters: "Each setter with its argument, and the value that it stores.",
        null_setters: "Each method that sets a field to null, with the field.",
        debug: "Each field, and whether `Debug` shows its value.",
        conversions: "Each variant with a type that is converted into it.",
        union: "Each variant with its index, and the values from which it is read.",
    }
}

fn quickstart(krate: &Crate) -> String {
    let title = markdown::escape(&krate.api_info.title);
    let head = format!("Calls the {title} once. Run it with `cargo run --example quickstart`.");
    match &krate.snippets.quickstart {
        Some(_) => format!(
            "{head}\nSet `{}` to use another server.",
            krate.snippets.base_url_variable
        ),
        None => head,
    }
}

/// Returns the documentation of the struct with the required fields of a model.
pub fn required_fields(model: &str) -> Doc {
    Doc::from_summary(format!("The required fields of [`{model}`], for [`{model}::new`]."))
}

/// Returns the module documentation of the wire tests of a group.
fn wire_tests(group: &Group) -> String {
    markdown::escape(&format!(
        "{}: the request of each operation, and how each documented response is decoded.",
        group.title
    ))
}

/// Returns the description of the variant `Unexpected`. A documented `default` leaves no status code undocumented.
fn unexpected_error(errors: &ErrorEnum) -> &'static str {
    match errors.has_default() {
        true => "A body that does not match the documented schema.",
        false => "An undocumented status code, or a body that does not match the documented schema.",
    }
}

/// Returns the doc comment of the setter of an input. `doc` is its documentation, if the document has one.
pub fn setter(kind: &InputKind, wire: &str, doc: Option<&Doc>) -> String {
    let name = markdown::code_span(wire);
    let sets = match kind {
        InputKind::Parameter { location, .. } => match location {
            Location::Path => format!("Sets the path parameter {name}."),
            Location::Query => format!("Sets the query parameter {name}."),
            Location::QueryString => "Sets the query string.".to_owned(),
            Location::Header => format!("Sets the header {name}."),
            Location::Cookie => format!("Sets the cookie {name}."),
        },
        InputKind::Body(_) => "Sets the request body.".to_owned(),
        InputKind::Part(_) if wire.is_empty() => "Sets the fields of the request body.".to_owned(),
        InputKind::Part(_) => format!("Sets the field {name} of the request body."),
    };
    match doc.map(Doc::to_markdown).filter(|text| !text.is_empty()) {
        Some(text) => format!("{sets}\n\n{text}"),
        None => sets,
    }
}

/// Returns the summary of an enum variant without a description in the document.
pub fn enum_value(wire: &str) -> String {
    format!("The value {}.", markdown::code_span(wire))
}

/// Returns the documentation of a type that is the merge patch of another one.
pub fn merge_patch(original: &str) -> Doc {
    Doc::from_summary(format!(
        "A merge patch (RFC 7396): changes of a [`{original}`](crate::models::{original})."
    ))
}

/// Returns the summary of an alias without a description in the document.
pub fn alias(of: &str) -> Markdown {
    Markdown::from_safe_text(format!("Another name of [`{of}`](crate::models::{of})."))
}

/// Returns the sentence before the descriptions of the members of an alias.
pub fn alias_members(body: &ModelBody) -> &'static str {
    match body {
        ModelBody::Enum(_) => "Its values have these descriptions:",
        ModelBody::Record(_) | ModelBody::Union(_) | ModelBody::Alias(_) | ModelBody::Newtype(_) => {
            "Its fields have these descriptions:"
        }
    }
}

/// Returns the doc comment of the method that returns a group.
fn accessor(group: &Group) -> String {
    let returns = format!(
        "Returns the operations of the group {}.",
        markdown::code_span(&group.title)
    );
    match group.doc.summary.as_str() {
        summary if summary.is_empty() || group.doc.is_derived => returns,
        summary => format!("{returns}\n\n{summary}"),
    }
}

/// Returns the documentation of the getter of a response header. `about` is that of the header, if the document has one.
pub fn header_getter(name: &str, about: Option<&Doc>) -> Doc {
    let summary = format!("Returns the header {}.", markdown::code_span(name));
    Doc {
        body: Markdown::from_safe_text(about.map(Doc::to_markdown).unwrap_or_default()),
        ..Doc::from_summary(summary)
    }
}

/// Returns the doc comment of the setter that sends a query parameter without a value.
pub fn empty_setter(setter: &str) -> String {
    format!("Sends [`{setter}`](Self::{setter}) without a value.")
}

/// Returns the paragraph about the documented headers of a file part, for the doc comment of its setter.
pub fn part_headers(names: &str) -> String {
    format!("Headers of the part: {names}. `header` of the file sets them.")
}
