//! Names of status codes.

use crate::wire::Status;

use super::names::Words;

/// Returns the words of a status, for the name of a variant.
pub fn words(status: Status) -> Words {
    match status {
        Status::Code(code) => reason(code).map_or_else(|| Words::of(&format!("status {code}")), Words::of),
        Status::Range(2) => Words::of("success"),
        Status::Range(3) => Words::of("redirection"),
        Status::Range(4) => Words::of("client error"),
        Status::Range(5) => Words::of("server error"),
        Status::Range(digit) => Words::of(&format!("status {digit}xx")),
        Status::Default => Words::of("default"),
    }
}

/// Returns the status with its reason phrase, such as `404 Not Found`.
pub fn label(status: Status) -> String {
    match status {
        Status::Code(code) => reason(code).map_or_else(|| code.to_string(), |reason| format!("{code} {reason}")),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    }
}

/// Returns the status as the document writes it, such as `404`, `4XX` or `default`.
pub fn key(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    }
}

/// Returns whether a word is a status code of a response, such as `404` or `4xx`.
pub fn is_status(word: &str) -> bool {
    match word.parse() {
        Ok(code) => code >= 200 && reason(code).is_some(),
        Err(_) => matches!(word.as_bytes(), [b'1'..=b'5', b'x', b'x']),
    }
}

// The function is long, because it is a table.
fn reason(code: u16) -> Option<&'static str> {
    Some(match code {
        100 => "Continue",
        101 => "Switching Protocols",
        102 => "Processing",
        103 => "Early Hints",
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        203 => "Non Authoritative Information",
        204 => "No Content",
        205 => "Reset Content",
        206 => "Partial Content",
        207 => "Multi-Status",
        208 => "Already Reported",
        226 => "IM Used",
        300 => "Multiple Choices",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        407 => "Proxy Authentication Required",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "Length Required",
        412 => "Precondition Failed",
        413 => "Payload Too Large",
        414 => "URI Too Long",
        415 => "Unsupported Media Type",
        416 => "Range Not Satisfiable",
        417 => "Expectation Failed",
        418 => "I'm a teapot",
        421 => "Misdirected Request",
        422 => "Unprocessable Entity",
        423 => "Locked",
        424 => "Failed Dependency",
        425 => "Too Early",
        426 => "Upgrade Required",
        428 => "Precondition Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        451 => "Unavailable For Legal Reasons",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        506 => "Variant Also Negotiates",
        507 => "Insufficient Storage",
        508 => "Loop Detected",
        510 => "Not Extended",
        511 => "Network Authentication Required",
        _ => return None,
    })
}
