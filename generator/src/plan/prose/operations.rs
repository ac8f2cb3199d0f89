//! The doc comments of operations.

use super::{pagination, polling, retries};
use crate::krate::{Crate, Input, InputKind, Operation, OperationId, OperationProse, Output, Requirement};
use crate::markdown::{code_span, join_words, without_backticks};
use crate::wire::Location;

/// Returns the doc comments of an operation.
pub(super) fn prose(krate: &Crate, id: OperationId) -> OperationProse {
    let operation = &krate[id];
    let (send, send_response) = send(operation);
    let (send_stream, send_stream_response) = send_stream(operation);
    let builder = &operation.names.builder;
    OperationProse {
        method: method(operation),
        builder: self::builder(krate, operation),
        required: only_if(operation.required.is_some(), || required(krate, operation)),
        required_fields: match operation.required {
            Some(_) => operation.arguments.iter().map(field).collect(),
            None => Vec::new(),
        },
        error: format!("The error of [`{builder}`]."),
        page: only_if(operation.pagination.is_some(), || format!("A page of [`{builder}`].")),
        output: only_if(operation.output == Output::ByStatus, || {
            format!("The response of [`{builder}`], by status code.")
        }),
        send,
        send_response,
        send_stream,
        send_stream_response,
        pagination_step: operation
            .pagination
            .as_deref()
            .map(pagination::step)
            .unwrap_or_default(),
        polling_source: operation
            .polling
            .as_ref()
            .map(|polling| polling::source(krate, polling))
            .unwrap_or_default(),
        polling_interval: operation.polling.as_deref().map(polling::interval).unwrap_or_default(),
        retry_rule: operation.retries.as_ref().map(retries::rule).unwrap_or_default(),
        stub: only_if(krate.tests, || {
            format!(
                "Returns the stub of `{}`, for the requests `{} {}`.",
                operation.names.method, operation.method, operation.path
            )
        }),
    }
}

/// Returns a text if a crate contains it. Large APIs have many operations, so unused texts would take a lot of memory.
fn only_if(is_used: bool, text: impl FnOnce() -> String) -> String {
    if is_used { text() } else { String::new() }
}

fn builder(krate: &Crate, operation: &Operation) -> String {
    let (handle, method) = (&krate[operation.group].handle, &operation.names.method);
    format!(
        "A request builder for `{} {}`, created by [`{handle}::{method}`](super::{handle}::{method}).",
        operation.method,
        without_backticks(&operation.path),
    )
}

/// Returns the documentation of the struct of required inputs.
fn required(krate: &Crate, operation: &Operation) -> String {
    let (handle, method) = (&krate[operation.group].handle, &operation.names.method);
    format!("The required inputs of [`{handle}::{method}`](super::{handle}::{method}).")
}

/// Returns the documentation of a field of that struct.
fn field(input: &Input) -> String {
    let about = input.doc.to_markdown();
    let place = match &input.kind {
        InputKind::Parameter { location, .. } => match location {
            Location::Path => format!("The path parameter {}.", code_span(input.wire.as_str())),
            Location::Query => format!("The query parameter {}.", code_span(input.wire.as_str())),
            Location::QueryString => "The query string.".to_owned(),
            Location::Header => format!("The header {}.", code_span(input.wire.as_str())),
            Location::Cookie => format!("The cookie {}.", code_span(input.wire.as_str())),
        },
        InputKind::Body(_) if !about.is_empty() => return about,
        InputKind::Body(_) => "The request body.".to_owned(),
        InputKind::Part(_) => format!("The field {} of the request body.", code_span(input.wire.as_str())),
    };
    match about.is_empty() {
        true => place,
        false => format!("{place}\n\n{about}"),
    }
}

/// Returns the doc comments of `send` and `send_response`.
fn send(operation: &Operation) -> (String, String) {
    let with_errors = |text: &str| format!("{text}\n\n{}", errors(operation));
    if operation.pagination.is_some() {
        return (
            with_errors("Sends the request and returns a page."),
            with_errors("Sends the request and returns a page with status code and headers."),
        );
    }
    let what = match &operation.output {
        Output::Empty => {
            return (
                with_errors("Sends the request."),
                with_errors("Sends the request and returns the status code and the headers."),
            );
        }
        Output::Json(_) | Output::ByStatus => "the response body",
        Output::OptionalJson(_) => "the response body, if there is one",
        Output::Text => "the response text",
        Output::Bytes => "the response bytes",
        Output::Stream(stream) => match stream.word() {
            "event" => "a stream of events",
            _ => "a stream of items",
        },
    };
    let sends = format!("Sends the request and returns {what}");
    let is_long = what.contains(',') || matches!(operation.output, Output::Stream(_));
    let comma = if is_long { "," } else { "" };
    (
        with_errors(&format!("{sends}.")),
        with_errors(&format!("{sends}{comma} with status code and headers.")),
    )
}

/// Returns the doc comments of `send_stream` and `send_stream_response`.
fn send_stream(operation: &Operation) -> (String, String) {
    let Some(other) = &operation.stream else {
        return (String::new(), String::new());
    };
    let note = other.note.as_ref().map_or_else(String::new, |note| format!(" {note}"));
    let errors = errors(operation);
    (
        format!(
            "Sends the request with `Accept: {}` and returns a stream of {}s.{note}\n\n{errors}",
            without_backticks(&other.media_type),
            other.stream.word(),
        ),
        format!(
            "Sends the request and returns the stream, with status code and headers. See [`send_stream`](Self::send_stream).\n\n{errors}"
        ),
    )
}

fn errors(operation: &Operation) -> String {
    format!(
        "# Errors\n\nReturns an [`Error`](crate::Error) if the call fails. For an error response, its `kind()` returns [`{}`].",
        operation.names.error
    )
}

/// Returns the description of an operation: its arguments, its request, its errors and an example.
fn method(operation: &Operation) -> String {
    let mut text = operation.doc.to_markdown();
    let arguments: Vec<String> = operation.positional().iter().filter_map(argument).collect();
    if let Some(required) = &operation.required {
        text.push_str(&format!("\n\nThe required inputs are the fields of [`{required}`]."));
    } else if !arguments.is_empty() {
        text.push_str(&format!("\n\n{}", arguments.join("\n")));
    }
    let request = code_span(&format!("{} {}", operation.method, operation.path));
    // A derived summary states the request.
    let line = (!operation.doc.is_derived).then(|| format!("The request is {request}."));
    let requirements = requirements(operation).map(|words| format!("It requires {words}."));
    let sentences: Vec<String> = line.into_iter().chain(requirements).collect();
    if !sentences.is_empty() {
        text.push_str(&format!("\n\n{}", sentences.join(" ")));
    }
    if operation.polling.is_some() {
        let builder = &operation.names.builder;
        text.push_str(&format!(
            "\n\nThe operation continues after the response: [`poll`]({builder}::poll) returns a poller that can wait for its \
             result, while [`send`]({builder}::send) only starts it."
        ));
    }
    let error = &operation.names.error;
    let example = &operation.snippets.usage;
    text.push_str(&format!(
        "\n\n# Errors\n\nThe call returns an [`Error`](crate::Error) if it fails. For an error response, its `kind()` returns [`{error}`].\n\n# Examples\n\n\
         ```no_run\n{}\n```",
        example.trim_end()
    ));
    text
}

/// Returns the list item of an argument: its name, its name in the API if that has characters other than letters,
/// digits, `_` and `-`, and its summary. `None` if the item would consist of the name only.
fn argument(input: &Input) -> Option<String> {
    let wire = input.wire.as_str();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let name = match wire.chars().all(is_plain) {
        true => format!("`{}`", input.name),
        false => format!("`{}` ({})", input.name, code_span(wire)),
    };
    match (input.doc.summary.as_str(), wire.chars().all(is_plain)) {
        ("", true) => None,
        ("", false) => Some(format!("- {name}")),
        (summary, _) => Some(format!("- {name}: {summary}")),
    }
}

/// Returns the security requirements of an operation in words.
fn requirements(operation: &Operation) -> Option<String> {
    let scheme = |requirement: &Requirement| {
        let scopes: Vec<String> = requirement.scopes.iter().map(|scope| code_span(scope)).collect();
        match scopes.as_slice() {
            [] => code_span(requirement.scheme.as_str()),
            [scope] => format!("{} with the scope {scope}", code_span(requirement.scheme.as_str())),
            scopes => format!(
                "{} with the scopes {}",
                code_span(requirement.scheme.as_str()),
                join_words(scopes, "and")
            ),
        }
    };
    let alternatives = operation.security.iter().filter(|schemes| !schemes.is_empty());
    let alternatives: Vec<String> = alternatives
        .map(|schemes| join_words(&schemes.iter().map(scheme).collect::<Vec<_>>(), "and"))
        .collect();
    let is_optional = operation.security.iter().any(Vec::is_empty);
    let credentials = (!alternatives.is_empty() && !is_optional).then(|| join_words(&alternatives, "or"));
    const CERTIFICATE: &str = "a client certificate, which a custom HTTP client provides";
    match (credentials, operation.client_certificate) {
        (Some(credentials), true) => Some(format!("{credentials}, and {CERTIFICATE}")),
        (None, true) => Some(CERTIFICATE.to_owned()),
        (credentials, false) => credentials,
    }
}
