//! The calls of `sdkwright doctor --live`: the read operations, with values for their required parameters.
//!
//! In: a [`Document`], and the responses to earlier calls. Out: one [`Call`] after the other. A value is taken from an earlier response,
//! otherwise from the examples, defaults and constants of the document. Nothing is invented.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::exchange::Exchange;
use super::observed::Observed;
use crate::document::{Document, Location, Operation, Parameter, Requirement, SchemaId, Style};
use crate::json::Json;

/// The characters of a value that are percent-encoded in a URL.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A request to send, without credentials.
#[derive(Clone, Debug, PartialEq)]
pub struct Call<'d> {
    /// The index of the operation.
    pub operation: usize,
    /// The method.
    pub method: &'d str,
    /// The path, relative to the base URL.
    pub path: String,
    /// The query without `?`; may be empty.
    pub query: String,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The security requirements, as alternatives.
    pub security: &'d [Requirement],
}

/// An operation that is not called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The `operationId`, or the method and the path.
    pub operation: String,
    /// The reason, as a clause.
    pub reason: String,
}

/// The operations that have not been called yet, and the values that responses supplied.
pub struct Calls<'d> {
    document: &'d Document,
    /// The names of the headers that are sent with every request.
    sent: Vec<String>,
    /// The indices of the operations, those with the fewest parameters in the path first.
    waiting: Vec<usize>,
    observed: Observed,
    skipped: Vec<Skipped>,
}

impl<'d> Calls<'d> {
    /// Lists the read operations of a document. `sent` are the names of the headers that are sent with every request.
    pub fn new(document: &'d Document, sent: Vec<String>) -> Self {
        let (mut waiting, mut skipped) = (Vec::new(), Vec::new());
        for (index, operation) in document.operations.iter().enumerate() {
            if !matches!(operation.method.as_str(), "GET" | "HEAD") {
                continue;
            }
            match unsupported(operation) {
                None => waiting.push(index),
                Some(reason) => skipped.push(Skipped {
                    operation: name(operation).into_owned(),
                    reason: reason.to_owned(),
                }),
            }
        }
        waiting.sort_by_key(|index| document.operations[*index].request_path.matches('{').count());
        Self {
            document,
            sent,
            waiting,
            observed: Observed::default(),
            skipped,
        }
    }

    /// Returns the next call. Calls whose values were observed in responses precede those with values of the document.
    pub fn next_call(&mut self) -> Option<Call<'d>> {
        for is_observed_only in [true, false] {
            for position in 0..self.waiting.len() {
                if let Ok(call) = self.call(self.waiting[position], is_observed_only) {
                    self.waiting.remove(position);
                    return Some(call);
                }
            }
        }
        None
    }

    /// Takes values for later calls from a response.
    pub fn learn(&mut self, call: &Call<'_>, exchange: &Exchange) {
        self.observed.add(self.document, call, exchange);
    }

    /// Records that a call was not sent, or has no response that can be compared.
    pub fn skip(&mut self, call: &Call<'_>, reason: String) {
        self.skipped.push(Skipped {
            operation: name(&self.document.operations[call.operation]).into_owned(),
            reason,
        });
    }

    /// Returns the operations that were not called.
    pub fn finish(self) -> Vec<Skipped> {
        let mut skipped = self.skipped.clone();
        skipped.extend(self.waiting.iter().map(|index| {
            let missing = self.call(*index, false).err().unwrap_or_default();
            Skipped {
                operation: name(&self.document.operations[*index]).into_owned(),
                reason: format!("the required parameter `{missing}` has no example"),
            }
        }));
        skipped
    }

    /// Creates the call of an operation. Fails with the name of a required parameter that has no value.
    fn call(&self, index: usize, is_observed_only: bool) -> Result<Call<'d>, &'d str> {
        let operation = &self.document.operations[index];
        let of_document = |parameter: &'d Parameter| {
            let value = if is_observed_only {
                None
            } else {
                example(self.document, parameter)
            };
            value.ok_or(parameter.name.as_str())
        };
        let mut call = Call {
            operation: index,
            method: operation.method.as_str(),
            path: String::new(),
            query: String::new(),
            headers: vec![("accept".to_owned(), accept(operation))],
            security: operation.security.as_ref().unwrap_or(&self.document.security),
        };
        call.path = self.path(index, &of_document)?;
        let (mut query, mut cookies) = (Vec::new(), Vec::new());
        for parameter in operation.parameters.iter().filter(|parameter| parameter.required) {
            let value = || match self.observed.linked(index, parameter) {
                Some(value) => Ok(value.clone()),
                None => of_document(parameter),
            };
            match parameter.location {
                Location::Path => {}
                Location::Query => query.extend(pairs(parameter, &value()?).ok_or(parameter.name.as_str())?),
                Location::QueryString => return Err(&parameter.name),
                Location::Header if self.is_sent(&parameter.name) => {}
                Location::Header => {
                    let text = joined(&value()?, ",").ok_or(parameter.name.as_str())?;
                    call.headers.push((parameter.name.clone(), text));
                }
                Location::Cookie => {
                    let text = joined(&value()?, ",").ok_or(parameter.name.as_str())?;
                    cookies.push(format!("{}={}", parameter.name, encoded(&text)));
                }
            }
        }
        if !cookies.is_empty() {
            call.headers.push(("cookie".to_owned(), cookies.join("; ")));
        }
        call.query = query.join("&");
        Ok(call)
    }

    /// Returns whether a header is sent anyway, or is one that OpenAPI does not regard as a parameter.
    fn is_sent(&self, name: &str) -> bool {
        let mut sent = self
            .sent
            .iter()
            .map(String::as_str)
            .chain(["accept", "authorization", "content-type"]);
        sent.any(|own| own.eq_ignore_ascii_case(name))
    }

    /// Fills in the path of an operation.
    fn path(
        &self,
        index: usize,
        of_document: &impl Fn(&'d Parameter) -> Result<Json, &'d str>,
    ) -> Result<String, &'d str> {
        let operation = &self.document.operations[index];
        let (mut path, mut rest) = (String::new(), operation.request_path.as_str());
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else {
                break;
            };
            path.push_str(before);
            let is_own = |parameter: &&Parameter| parameter.location == Location::Path && parameter.name == name;
            let parameter = operation.parameters.iter().find(is_own).ok_or(name)?;
            let linked = self.observed.linked(index, parameter).cloned();
            let value = match linked.or_else(|| self.observed.listed(&path, name)) {
                Some(value) => value,
                None => of_document(parameter)?,
            };
            let text = joined(&value, ",").filter(|text| !text.is_empty() && parameter.style == Style::Simple);
            path.push_str(&encoded(&text.ok_or(name)?));
            rest = after;
        }
        Ok(path + rest)
    }
}

/// Returns the name of an operation for people.
fn name(operation: &Operation) -> Cow<'_, str> {
    match &operation.id {
        Some(id) => id.into(),
        None => format!("{} {}", operation.method, operation.path).into(),
    }
}

/// Returns why an operation cannot be called, if so.
fn unsupported(operation: &Operation) -> Option<&'static str> {
    let successes = operation
        .responses
        .iter()
        .filter(|response| response.status.is_success());
    let mut content = successes.flat_map(|response| &response.content);
    if !operation.servers.is_empty() {
        Some("it has its own server")
    } else if operation.body.as_ref().is_some_and(|body| body.required) {
        Some("it requires a body")
    } else if content.any(|content| content.item_schema.is_some() || content.name.essence() == "text/event-stream") {
        Some("its response is a stream")
    } else {
        None
    }
}

/// Returns the media types of the successful responses.
fn accept(operation: &Operation) -> String {
    let successes = operation
        .responses
        .iter()
        .filter(|response| response.status.is_success());
    let mut types: Vec<String> = successes
        .flat_map(|response| &response.content)
        .map(|content| content.name.essence())
        .collect();
    types.dedup();
    if types.is_empty() {
        "*/*".to_owned()
    } else {
        types.join(", ")
    }
}

/// Returns the value of a parameter in the document: its example, its default, a constant or the first value of an enum.
fn example(document: &Document, parameter: &Parameter) -> Option<Json> {
    let first = parameter.examples.first().cloned();
    let content = parameter.content.as_ref();
    let schema = parameter.schema.or_else(|| content.and_then(|content| content.schema));
    first.or_else(|| of_schema(document, schema?, 0))
}

/// The maximum number of references between a parameter and its value.
const MAX_DEPTH: usize = 16;

fn of_schema(document: &Document, id: SchemaId, depth: usize) -> Option<Json> {
    if depth > MAX_DEPTH {
        return None;
    }
    let schema = &document.schemas[id];
    let own = schema
        .examples
        .first()
        .or(schema.default.as_ref())
        .or(schema.constant.as_ref());
    let own = own.or_else(|| schema.values.as_ref()?.iter().find(|value| **value != Json::Null));
    own.cloned().or_else(|| {
        let parts = schema
            .reference
            .iter()
            .chain(&schema.all_of)
            .chain(&schema.any_of)
            .chain(&schema.one_of);
        parts.into_iter().find_map(|part| of_schema(document, *part, depth + 1))
    })
}

/// Returns the pairs of a query parameter, or `None` if its value is an object.
fn pairs(parameter: &Parameter, value: &Json) -> Option<Vec<String>> {
    let name = encoded(&parameter.name);
    let separator = match parameter.style {
        _ if parameter.content.is_some() => return Some(vec![format!("{name}={}", encoded(&value.to_text()))]),
        Style::SpaceDelimited => " ",
        Style::PipeDelimited => "|",
        Style::TabDelimited => "\t",
        Style::Matrix | Style::Label | Style::Simple | Style::Form | Style::DeepObject | Style::Cookie => ",",
    };
    if let (Json::Array(items), true) = (value, parameter.explode && separator == ",") {
        return items
            .iter()
            .map(|item| Some(format!("{name}={}", encoded(&text(item)?))))
            .collect();
    }
    Some(vec![format!("{name}={}", encoded(&joined(value, separator)?))])
}

/// Returns the text of a value: that of a scalar, or those of the items of a list.
fn joined(value: &Json, separator: &str) -> Option<String> {
    match value {
        Json::Array(items) => {
            let texts: Option<Vec<String>> = items.iter().map(text).collect();
            Some(texts?.join(separator))
        }
        scalar => text(scalar),
    }
}

fn text(value: &Json) -> Option<String> {
    match value {
        Json::String(text) | Json::Number(text) => Some(text.clone()),
        Json::Bool(value) => Some(value.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}
