//! The example request of an operation as a curl command.

use std::borrow::Cow;

use super::call::Call;
use super::programs::local_url;
use crate::json::Json;
use crate::krate::{
    BodyKind, Crate, CredentialKind, CurlCommand, Encoding, FormPart, Input, InputKind, Operation, TypeExpr, WireName,
};
use crate::plan::wire_tests::request;
use crate::wire::{Location, Style};

/// The maximum number of lines of a body on the command line.
const MAX_BODY_LINES: usize = 40;

/// The files that commands read, with a sentence about each.
const FILES: [(&str, &str); 5] = [
    ("@body.json", "The file `body.json` contains the request body."),
    (
        "@body.jsonl",
        "The file `body.jsonl` contains the items of the request body as JSON, one per line.",
    ),
    ("@body.xml", "The file `body.xml` contains the request body."),
    ("@body", "The file `body` contains the request body."),
    ("@path/to/file", "`path/to/file` is the file to upload."),
];

/// Returns the request of a call.
pub(super) fn command(krate: &Crate, call: &Call<'_>) -> CurlCommand {
    let (operation, inputs) = (call.operation, call.inputs());
    let body = body(operation, &inputs);
    let is_get = operation.method == "GET" && body.is_none();
    let implied = is_get || (operation.method == "POST" && body.as_ref().is_some_and(|lines| !lines.is_empty()));
    let Query { encoded, pairs } = query(&inputs, is_get);
    let mut url = url(krate, operation, &inputs);
    if !encoded.is_empty() {
        url = format!("{url}?{}", encoded.join("&"));
    }
    let method = match operation.method.as_str() {
        _ if implied => String::new(),
        // With `-X HEAD`, curl waits for a body.
        "HEAD" => "--head ".to_owned(),
        method => format!("-X {method} "),
    };
    let get = if is_get && !pairs.is_empty() { "-G " } else { "" };
    let mut lines = vec![format!("curl {method}{get}{}", quoted(&url))];
    lines.extend(pairs.iter().map(|pair| format!("--data-urlencode {}", quoted(pair))));
    lines.extend(credentials(krate, operation));
    lines.extend(headers(&inputs));
    lines.extend(body.unwrap_or_default());
    let text = lines.join(" \\\n  ");
    let reads = |name: &str| {
        let mut words = lines.iter().map(|line| line.trim_end_matches('\''));
        words.any(|line| line.split(";type=").next().is_some_and(|line| line.ends_with(name)))
    };
    let files = FILES.iter().filter(|(name, _)| reads(name));
    CurlCommand {
        files: files.map(|(_, sentence)| *sentence).collect(),
        text,
    }
}

fn url(krate: &Crate, operation: &Operation, inputs: &[&Input]) -> String {
    let default = match krate.servers.choices.first() {
        _ if krate.servers.is_relative() => local_url(krate),
        server => server.map_or_else(String::new, |server| server.url.clone()),
    };
    let url = match operation.server.as_deref() {
        Some(server) if server.contains("://") => server.to_owned(),
        Some(path) if path.starts_with('/') => format!("{}{path}", origin(&default)),
        Some(_) | None => default,
    };
    let mut url = url.trim_end_matches('/').to_owned();
    for variable in &krate.servers.variables {
        url = url.replace(&format!("{{{}}}", variable.wire), &variable.default);
    }
    let mut path = operation.request_path.clone();
    for input in inputs.iter().filter(|input| location(input) == Some(Location::Path)) {
        let value = wire_value(input).and_then(|value| request::path_text(input, value)?);
        let value = value.unwrap_or_else(|| input.name.as_str().to_uppercase());
        path = path.replace(&format!("{{{}}}", input.wire), &value);
    }
    url + &path
}

/// Returns the part of a URL before its path. The host may contain variables in braces.
fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |scheme| scheme + "://".len());
    let end = url[host..].find('/').map_or(url.len(), |path| host + path);
    &url[..end]
}

/// The query of a request.
#[derive(Default)]
struct Query {
    /// Pairs to append to the URL.
    encoded: Vec<String>,
    /// Pairs that curl encodes, with an encoded name and an unencoded value.
    pairs: Vec<String>,
}

/// Returns the query. If `by_curl` is set, curl encodes the values of scalars and of lists with a pair for each item.
fn query(inputs: &[&Input], by_curl: bool) -> Query {
    let mut query = Query::default();
    for input in inputs {
        let Some(value) = wire_value(input) else { continue };
        match (by_curl, plain_values(input, value)) {
            (true, Some(values)) => {
                let name = encoded(input.wire.as_str());
                query.pairs.extend(values.iter().map(|value| format!("{name}={value}")));
            }
            (true, None) | (false, _) => {
                let mut parts = request::Parts::default();
                if request::parameter(&mut parts, input, value).is_some() {
                    query.encoded.extend(parts.query);
                }
            }
        }
    }
    query
}

/// Returns the values of a query parameter that has one pair per value.
fn plain_values(input: &Input, value: &Json) -> Option<Vec<String>> {
    match (&input.kind, value) {
        (
            InputKind::Parameter {
                location: Location::Query,
                style: Style::Form,
                explode,
                allow_reserved: false,
                media_type: None,
                ..
            },
            value,
        ) => match value {
            Json::Array(items) if *explode => items.iter().map(scalar).collect(),
            value => Some(vec![scalar(value)?]),
        },
        _ => None,
    }
}

fn headers(inputs: &[&Input]) -> Vec<String> {
    let mut lines = Vec::new();
    for input in inputs {
        let mut parts = request::Parts::default();
        let is_known = wire_value(input).and_then(|value| request::parameter(&mut parts, input, value));
        if is_known.is_none() {
            continue;
        }
        // The names of headers are lower case in the parts.
        let headers = parts.headers.values();
        lines.extend(headers.map(|text| format!("-H {}", quoted(&format!("{}: {text}", input.wire)))));
        lines.extend(parts.cookies.iter().map(|cookie| format!("-b {}", quoted(cookie))));
    }
    lines
}

fn credentials(krate: &Crate, operation: &Operation) -> Vec<String> {
    let requirements = operation.security.first().map_or(&[][..], Vec::as_slice);
    let scheme = |name: &WireName| krate.credentials.schemes.iter().find(|scheme| scheme.scheme == *name);
    let option = |kind: &CredentialKind| match kind {
        CredentialKind::ClientCredentials { token_env: env, .. } => {
            format!("-H \"Authorization: Bearer ${env}\"")
        }
        CredentialKind::Bearer { env, word, .. } => format!("-H \"Authorization: {word} ${env}\""),
        CredentialKind::Basic {
            user_env, password_env, ..
        } => format!("-u \"${user_env}:${password_env}\""),
        CredentialKind::ApiKey {
            location, name, env, ..
        } => match location {
            Location::Header | Location::Path => format!("-H \"{name}: ${env}\""),
            Location::Cookie => format!("-b \"{name}=${env}\""),
            Location::Query | Location::QueryString => format!("--url-query \"{name}=${env}\""),
        },
    };
    let schemes = requirements
        .iter()
        .filter_map(|requirement| scheme(&requirement.scheme));
    schemes.map(|scheme| option(&scheme.kind)).collect()
}

fn body(operation: &Operation, inputs: &[&Input]) -> Option<Vec<String>> {
    let format = operation.body.as_ref()?.formats.first()?;
    let parts = |option: &str| {
        let parts = inputs.iter().filter_map(|input| match &input.kind {
            InputKind::Part(part) => Some((input, part)),
            InputKind::Parameter { .. } | InputKind::Body(_) => None,
        });
        parts.flat_map(|(input, field)| part(option, input, field)).collect()
    };
    let typed = |data: String| {
        let content_type = quoted(&format!(
            "Content-Type: {}",
            format.sample.unwrap_or(&format.media_type)
        ));
        vec![format!("-H {content_type}"), data]
    };
    if format.xml.is_some() {
        return Some(typed("--data-binary @body.xml".to_owned()));
    }
    Some(match (&format.kind, &format.example) {
        (BodyKind::Json(_), Some(example)) => {
            let text = example.to_pretty_text();
            let fits = text.lines().count() <= MAX_BODY_LINES;
            typed(if fits {
                format!("-d {}", quoted(&text))
            } else {
                "-d @body.json".to_owned()
            })
        }
        (BodyKind::Json(_), None) => typed("-d @body.json".to_owned()),
        (BodyKind::Lines, _) => typed("--data-binary @body.jsonl".to_owned()),
        (BodyKind::Form, _) => parts("--data-urlencode"),
        (BodyKind::Multipart, _) => parts("-F"),
        (BodyKind::Text | BodyKind::Bytes, _) => typed("--data-binary @body".to_owned()),
    })
}

/// Returns the options that set a field of a form or a part of a multipart body.
fn part(option: &str, input: &Input, field: &FormPart) -> Vec<String> {
    let set = |text: &str| format!("{option} {}", quoted(&format!("{}={text}", input.wire)));
    let with_type = |text: &str| vec![set(&format!("{text};type={}", field.media_type))];
    if is_file(&input.ty) {
        return vec![set("@path/to/file")];
    }
    if input.encoding == Encoding::XmlPart {
        return with_type("@path/to/file");
    }
    let Some(value) = wire_value(input) else {
        return Vec::new();
    };
    // Only `-F` interprets characters of a value.
    let set_value = |text: String| match input.encoding {
        Encoding::Part => set(&curl_text(text)),
        _ => set(&text),
    };
    match (&input.encoding, value) {
        (Encoding::StyledField, value) => {
            let text = request::form_text(&[&(input, value.clone())]);
            text.map(|text| format!("-d {}", quoted(&text))).into_iter().collect()
        }
        (Encoding::StyledPart, value) => {
            let parts = request::styled_parts(input, value).unwrap_or_default().into_iter();
            let set = |(name, text)| format!("{option} {}", quoted(&format!("{name}={}", curl_text(text))));
            parts.map(set).collect()
        }
        (Encoding::JsonPart, value) => with_type(&curl_text(value.to_text())),
        (_, Json::Array(items)) => items.iter().filter_map(scalar).map(set_value).collect(),
        (_, value) => scalar(value).into_iter().map(set_value).collect(),
    }
}

/// Quotes the value of a part for curl, which removes quotes and spaces around a value, ends it at a semicolon, reads a file for `@` and
/// `<`, and begins a nested multipart body at `(`.
fn curl_text(text: String) -> String {
    if text.starts_with(['"', '@', '<', '(']) || text.contains(';') || text.trim() != text {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        text
    }
}

/// Returns whether an input is a file or a list of files.
fn is_file(ty: &TypeExpr) -> bool {
    match ty {
        TypeExpr::File => true,
        TypeExpr::Option(of) | TypeExpr::List(of) => is_file(of),
        _ => false,
    }
}

fn location(input: &Input) -> Option<Location> {
    match &input.kind {
        InputKind::Parameter { location, .. } => Some(*location),
        InputKind::Body(_) | InputKind::Part(_) => None,
    }
}

fn wire_value(input: &Input) -> Option<&Json> {
    input.constant.as_ref().or(input.example.as_ref())
}

/// Returns the text of a scalar on the wire.
fn scalar(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Bool(_) | Json::Number(_) => Some(value.to_text()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

/// Percent-encodes everything except unreserved characters and `$`, which is allowed and common in names.
fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'$' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// Quotes text as one word for a shell.
pub(super) fn quoted(text: &str) -> String {
    // A shell word cannot contain a null character.
    let text = text.replace('\0', "");
    shlex::try_quote(&text).map_or_else(|_| text.clone(), Cow::into_owned)
}
