//! Recorded exchanges: HAR files and JSON lines.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

use crate::wire::MediaType;

/// A recorded request with its response.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The number of the exchange in the recording, starting at 1.
    pub number: usize,
    /// The method.
    pub method: String,
    /// The URL as sent.
    pub url: String,
    /// The request.
    pub request: Message,
    /// The names of the headers, parameters and cookies of the request whose values are secrets. They are not compared.
    pub secrets: Vec<String>,
    /// The status code; 0 if there was no response.
    pub status: u16,
    /// The response.
    pub response: Message,
}

/// The headers and the body of a request or response.
#[derive(Clone, Debug, Default)]
pub struct Message {
    /// The headers in order.
    pub headers: Vec<(String, String)>,
    /// The body; `None` if it is empty.
    pub body: Option<String>,
}

impl Exchange {
    /// Returns whether the value of a header, parameter or cookie of the request is a secret.
    pub fn is_secret(&self, name: &str) -> bool {
        self.secrets.iter().any(|own| own.eq_ignore_ascii_case(name))
    }
}

impl Message {
    /// Returns the first header with a name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Returns the media type without parameters.
    pub fn media_type(&self) -> Option<String> {
        self.header("content-type")
            .map(|value| MediaType::from(value).essence())
    }
}

/// Parses a recording: a HAR file, or one JSON object per line with `request` and `response`.
pub fn parse(text: &str) -> Result<Vec<Exchange>, String> {
    let text = text.trim_start_matches('\u{feff}');
    if let Ok(Value::Object(object)) = serde_json::from_str(text)
        && object.contains_key("log")
    {
        let file: Har =
            serde_json::from_value(Value::Object(object)).map_err(|error| format!("invalid HAR: {error}"))?;
        return Ok(file.log.entries.into_iter().zip(1..).map(har_exchange).collect());
    }
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    let mut exchanges = Vec::new();
    for (line, number) in lines {
        let line: Line =
            serde_json::from_str(line).map_err(|error| format!("line {number} is not a recorded exchange: {error}"))?;
        exchanges.push(line_exchange(line, exchanges.len() + 1));
    }
    Ok(exchanges)
}

#[derive(Deserialize)]
struct Har {
    log: Log,
}

#[derive(Deserialize)]
struct Log {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    request: HarRequest,
    response: HarResponse,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct HarRequest {
    method: String,
    url: String,
    #[serde(default)]
    headers: Vec<Pair>,
    post_data: Option<Content>,
}

#[derive(Deserialize)]
struct HarResponse {
    // Recorders write 0 or -1 for a request without a response.
    status: i32,
    #[serde(default)]
    headers: Vec<Pair>,
    content: Option<Content>,
}

#[derive(Deserialize)]
struct Pair {
    name: String,
    #[serde(default)]
    value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Content {
    mime_type: Option<String>,
    text: Option<String>,
    encoding: Option<String>,
    #[serde(default)]
    params: Vec<Pair>,
}

fn har_exchange((entry, number): (Entry, usize)) -> Exchange {
    Exchange {
        number,
        method: entry.request.method,
        url: entry.request.url,
        request: har_message(entry.request.headers, entry.request.post_data),
        secrets: Vec::new(),
        status: u16::try_from(entry.response.status).unwrap_or_default(),
        response: har_message(entry.response.headers, entry.response.content),
    }
}

fn har_message(headers: Vec<Pair>, content: Option<Content>) -> Message {
    let pairs = headers.into_iter().map(|pair| (pair.name, pair.value));
    // HTTP/2 pseudo-headers such as `:path` are not headers of the API.
    let headers = pairs.filter(|(name, _)| !name.starts_with(':')).collect();
    let mut message = Message { headers, body: None };
    let Some(content) = content else { return message };
    message.body = body_text(&content).filter(|text| !text.is_empty());
    if let Some(kind) = content.mime_type.filter(|kind| !kind.is_empty() && kind != "x-unknown")
        && message.body.is_some()
        && message.header("content-type").is_none()
    {
        message.headers.push(("content-type".to_owned(), kind));
    }
    message
}

fn body_text(content: &Content) -> Option<String> {
    match (&content.text, content.encoding.as_deref()) {
        (Some(text), Some("base64")) => {
            let bytes = STANDARD.decode(text).ok()?;
            Some(String::from_utf8_lossy(&bytes).into_owned())
        }
        (Some(text), _) if !text.is_empty() => Some(text.clone()),
        (Some(_) | None, _) => {
            let pairs = content.params.iter().map(|pair| (&pair.name, &pair.value));
            Some(
                form_urlencoded::Serializer::new(String::new())
                    .extend_pairs(pairs)
                    .finish(),
            )
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    request: LineRequest,
    response: LineResponse,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LineRequest {
    method: String,
    url: String,
    #[serde(default)]
    headers: IndexMap<String, String>,
    #[serde(default, deserialize_with = "some")]
    body: Option<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LineResponse {
    status: u16,
    #[serde(default)]
    headers: IndexMap<String, String>,
    #[serde(default, deserialize_with = "some")]
    body: Option<Value>,
}

/// Deserializes a body that is present, so that `null` is a body.
fn some<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

fn line_exchange(line: Line, number: usize) -> Exchange {
    Exchange {
        number,
        method: line.request.method,
        url: line.request.url,
        request: line_message(line.request.headers, line.request.body),
        secrets: Vec::new(),
        status: line.response.status,
        response: line_message(line.response.headers, line.response.body),
    }
}

/// Creates a message. A body that is a JSON string is the text of the body; any other value is its JSON.
fn line_message(headers: IndexMap<String, String>, body: Option<Value>) -> Message {
    let mut message = Message {
        headers: headers.into_iter().collect(),
        body: None,
    };
    match body {
        None => {}
        Some(Value::String(text)) => message.body = Some(text).filter(|text| !text.is_empty()),
        Some(value) => {
            message.body = Some(value.to_string());
            if message.header("content-type").is_none() {
                message
                    .headers
                    .push(("content-type".to_owned(), "application/json".to_owned()));
            }
        }
    }
    message
}
