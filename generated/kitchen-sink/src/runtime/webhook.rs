//! Webhooks: verification of signatures, and selection of the event by its name.
#![cfg(feature = "webhooks")]

use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use serde_json::Value;
use sha2::Sha256;

use super::codec::{self, ReadError, ReadMode, Wire};
use super::{Secret, platform};

/// Verifies the signatures of webhook requests.
///
/// The comparison takes the same time for every signature. A signature with a timestamp is valid for five minutes.
#[derive(Clone, Debug)]
pub struct WebhookVerifier {
    scheme: Scheme,
    secrets: Vec<Secret>,
    tolerance: Duration,
}

#[derive(Clone, Debug)]
enum Scheme {
    /// The headers `{prefix}-id`, `{prefix}-timestamp` and `{prefix}-signature`, with a list of `v1,` and Base64.
    Standard { prefix: Cow<'static, str> },
    /// One header with `t=` and a timestamp, and `v1=` and hexadecimal signatures, separated by commas.
    Timestamped { header: Cow<'static, str> },
    /// One header with a signature of a text.
    Hmac {
        header: Cow<'static, str>,
        prefix: Cow<'static, str>,
        base64: bool,
        timestamp: Option<Timestamp>,
    },
}

/// A timestamp in a separate header.
#[derive(Clone, Debug)]
struct Timestamp {
    header: Cow<'static, str>,
    signed: Cow<'static, str>,
}

impl WebhookVerifier {
    /// Verifies signatures of [Standard Webhooks](https://www.standardwebhooks.com): the headers `webhook-id`,
    /// `webhook-timestamp` and `webhook-signature`. The secret is Base64, with or without the prefix `whsec_`.
    pub fn standard(secret: impl Into<Secret>) -> Self {
        Self::standard_with_prefix("webhook", secret)
    }

    /// Verifies signatures of Standard Webhooks whose headers have another prefix, such as `svix`.
    pub fn standard_with_prefix(prefix: impl Into<Cow<'static, str>>, secret: impl Into<Secret>) -> Self {
        Self::new(Scheme::Standard { prefix: prefix.into() }, secret)
    }

    /// Verifies signatures of the form `t=1700000000,v1=5257a8…`, as in the header `Stripe-Signature`. The timestamp, a
    /// period and the body are signed.
    pub fn timestamped(header: impl Into<Cow<'static, str>>, secret: impl Into<Secret>) -> Self {
        Self::new(Scheme::Timestamped { header: header.into() }, secret)
    }

    /// Verifies a hexadecimal HMAC-SHA256 of the body in a header. With [`prefix`](Self::prefix) `sha256=`, it verifies the
    /// header `X-Hub-Signature-256` of GitHub.
    pub fn hmac_sha256(header: impl Into<Cow<'static, str>>, secret: impl Into<Secret>) -> Self {
        let scheme = Scheme::Hmac {
            header: header.into(),
            prefix: Cow::Borrowed(""),
            base64: false,
            timestamp: None,
        };
        Self::new(scheme, secret)
    }

    fn new(scheme: Scheme, secret: impl Into<Secret>) -> Self {
        Self {
            scheme,
            secrets: vec![secret.into()],
            tolerance: Duration::from_secs(300),
        }
    }

    /// Sets the text before the signature. It applies to [`hmac_sha256`](Self::hmac_sha256).
    #[must_use]
    pub fn prefix(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        if let Scheme::Hmac { prefix, .. } = &mut self.scheme {
            *prefix = text.into();
        }
        self
    }

    /// Reads the signature as Base64. It applies to [`hmac_sha256`](Self::hmac_sha256).
    #[must_use]
    pub fn base64(mut self) -> Self {
        if let Scheme::Hmac { base64, .. } = &mut self.scheme {
            *base64 = true;
        }
        self
    }

    /// Sets the header with the timestamp, in seconds since 1970, and the text that is signed, in which `{timestamp}` and
    /// `{body}` are replaced. It applies to [`hmac_sha256`](Self::hmac_sha256).
    #[must_use]
    pub fn timestamp(mut self, header: impl Into<Cow<'static, str>>, signed: impl Into<Cow<'static, str>>) -> Self {
        if let Scheme::Hmac { timestamp, .. } = &mut self.scheme {
            *timestamp = Some(Timestamp {
                header: header.into(),
                signed: signed.into(),
            });
        }
        self
    }

    /// Adds another secret. A signature with any of the secrets is valid, so that secrets can be rotated.
    #[must_use]
    pub fn or_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.secrets.push(secret.into());
        self
    }

    /// Sets how far a timestamp may be from the current time.
    #[must_use]
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// Verifies the signature of a request. The body must be the received bytes.
    ///
    /// # Errors
    /// Fails if a header is missing, the signature is wrong, or its timestamp is too far from the current time.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), WebhookError> {
        self.verify_at(headers, body, platform::now())
    }

    /// Verifies the signature of a request that was received at a point in time.
    ///
    /// # Errors
    /// Fails like [`verify`](Self::verify).
    pub fn verify_at(&self, headers: &HeaderMap, body: &[u8], now: SystemTime) -> Result<(), WebhookError> {
        match &self.scheme {
            Scheme::Standard { prefix } => {
                let id = header(headers, &format!("{prefix}-id"))?;
                let timestamp = header(headers, &format!("{prefix}-timestamp"))?;
                let signatures = header(headers, &format!("{prefix}-signature"))?;
                let signatures = signatures.split(' ').filter_map(|entry| entry.strip_prefix("v1,"));
                self.check(signatures.filter_map(decode_base64), &|mac| {
                    [id.as_bytes(), b".", timestamp.as_bytes(), b".", body]
                        .into_iter()
                        .for_each(|part| mac.update(part));
                })?;
                self.check_time(timestamp, now)
            }
            Scheme::Timestamped { header: name } => {
                let value = header(headers, name)?;
                let fields = || value.split(',').filter_map(|field| field.trim().split_once('='));
                let timestamp = fields().find_map(|(key, value)| (key == "t").then_some(value));
                let timestamp = timestamp.ok_or(WebhookError::InvalidSignature)?;
                let signatures = fields().filter_map(|(key, value)| (key == "v1").then_some(value));
                self.check(signatures.filter_map(decode_hex), &|mac| {
                    [timestamp.as_bytes(), b".", body]
                        .into_iter()
                        .for_each(|part| mac.update(part));
                })?;
                self.check_time(timestamp, now)
            }
            Scheme::Hmac {
                header: name,
                prefix,
                base64,
                timestamp,
            } => {
                let value = header(headers, name)?.strip_prefix(&**prefix);
                let decode = if *base64 { decode_base64 } else { decode_hex };
                let signature = value.and_then(decode);
                let Some(Timestamp { header: name, signed }) = timestamp else {
                    return self.check(signature.into_iter(), &|mac| mac.update(body));
                };
                let timestamp = header(headers, name)?;
                let signed = signed.replace("{timestamp}", timestamp);
                self.check(signature.into_iter(), &|mac| {
                    let mut parts = signed.split("{body}");
                    mac.update(parts.next().unwrap_or_default().as_bytes());
                    for part in parts {
                        mac.update(body);
                        mac.update(part.as_bytes());
                    }
                })?;
                self.check_time(timestamp, now)
            }
        }
    }

    /// Checks whether one of the signatures was created with one of the secrets.
    fn check(
        &self,
        signatures: impl Iterator<Item = Vec<u8>>,
        write: &dyn Fn(&mut Hmac<Sha256>),
    ) -> Result<(), WebhookError> {
        let mut macs = Vec::with_capacity(self.secrets.len());
        for secret in &self.secrets {
            let mut mac =
                Hmac::<Sha256>::new_from_slice(&self.key(secret)?).map_err(|_| WebhookError::InvalidSecret)?;
            write(&mut mac);
            macs.push(mac);
        }
        // The number of signatures is limited, because the sender chooses it.
        let is_valid = signatures
            .take(16)
            .any(|signature| macs.iter().any(|mac| mac.clone().verify_slice(&signature).is_ok()));
        is_valid.then_some(()).ok_or(WebhookError::InvalidSignature)
    }

    /// Returns the key of a secret. An empty key would accept signatures that anyone can create.
    fn key(&self, secret: &Secret) -> Result<Vec<u8>, WebhookError> {
        let text = secret.expose();
        let key = match self.scheme {
            Scheme::Standard { .. } => decode_base64(text.strip_prefix("whsec_").unwrap_or(text)),
            Scheme::Timestamped { .. } | Scheme::Hmac { .. } => Some(text.as_bytes().to_vec()),
        };
        key.filter(|key| !key.is_empty()).ok_or(WebhookError::InvalidSecret)
    }

    fn check_time(&self, timestamp: &str, now: SystemTime) -> Result<(), WebhookError> {
        let sent: u64 = timestamp.parse().map_err(|_| WebhookError::InvalidTimestamp)?;
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        if sent.abs_diff(now) > self.tolerance.as_secs() {
            return Err(WebhookError::InvalidTimestamp);
        }
        Ok(())
    }
}

fn header<'h>(headers: &'h HeaderMap, name: &str) -> Result<&'h str, WebhookError> {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.ok_or_else(|| WebhookError::MissingHeader(name.to_owned()))
}

fn decode_base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

fn decode_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    let (pairs, []) = digits.as_deref()?.as_chunks::<2>() else {
        return None;
    };
    pairs
        .iter()
        .map(|[high, low]| u8::try_from(high * 16 + low).ok())
        .collect()
}

/// The reason why a webhook request was rejected.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum WebhookError {
    /// A header is missing or is not text.
    MissingHeader(String),
    /// No signature of the request was created with the secret.
    InvalidSignature,
    /// The timestamp is malformed, or too far from the current time.
    InvalidTimestamp,
    /// The secret of the verifier is empty or is not Base64.
    InvalidSecret,
    /// The request does not contain the name of the event.
    MissingName,
    /// The body is not what the API description documents for the event.
    Decode(Box<ReadError>),
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingHeader(name) => write!(f, "the webhook request has no header `{name}`"),
            Self::InvalidSignature => f.write_str("the signature of the webhook request is invalid"),
            Self::InvalidTimestamp => f.write_str("the timestamp of the webhook request is outside the tolerance"),
            Self::InvalidSecret => f.write_str("the secret of the webhook verifier is empty or is not Base64"),
            Self::MissingName => f.write_str("the webhook request does not contain the name of the event"),
            Self::Decode(_) => f.write_str("the body of the webhook request could not be decoded"),
        }
    }
}

impl std::error::Error for WebhookError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Decode(error) => Some(error),
            Self::MissingHeader(_)
            | Self::InvalidSignature
            | Self::InvalidTimestamp
            | Self::InvalidSecret
            | Self::MissingName => None,
        }
    }
}

/// The properties of a body that can contain the name of the event.
const NAME_PROPERTIES: [&str; 8] = [
    "type",
    "event",
    "event_type",
    "eventType",
    "event_name",
    "eventName",
    "topic",
    "name",
];

/// The index of an event in the list of events, if it is there, and its name.
#[doc(hidden)]
pub type Found = (Option<usize>, String);

/// Returns the event with a name. Only letters and digits are compared, because names differ in separators and case.
#[doc(hidden)]
pub fn find_event(events: &[&[&str]], name: &str) -> Found {
    let exact = events.iter().position(|names| names.contains(&name));
    let similar = || {
        events
            .iter()
            .position(|names| names.iter().any(|known| is_same_name(known, name)))
    };
    (exact.or_else(similar), name.to_owned())
}

fn is_same_name(one: &str, other: &str) -> bool {
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    plain(one) == plain(other)
}

/// Returns the event of a request. Its name is in a header such as `X-GitHub-Event`, or in a property of the body such as
/// `type`. An `action` in the body is part of a name in a header. If there is only one event, it needs no name.
#[doc(hidden)]
pub fn detect_event(events: &[&[&str]], headers: &HeaderMap, body: &[u8]) -> Result<Found, WebhookError> {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let of_body = |key: &str| body.get(key).and_then(Value::as_str);
    let mut names = Vec::new();
    for (header, value) in headers {
        let header = header.as_str();
        let holds_name = ["-event", "-event-type", "-event-name", "-topic"]
            .iter()
            .any(|end| header.ends_with(end));
        if let (true, Ok(value)) = (holds_name, value.to_str()) {
            names.extend(of_body("action").map(|action| format!("{value}.{action}")));
            names.push(value.to_owned());
        }
    }
    names.extend(NAME_PROPERTIES.iter().filter_map(|key| of_body(key)).map(str::to_owned));
    let mut found = names.iter().map(|name| find_event(events, name));
    match found.find(|(index, _)| index.is_some()) {
        Some(known) => Ok(known),
        None if events.len() == 1 => Ok((Some(0), String::new())),
        None => {
            let unknown = names.into_iter().next().ok_or(WebhookError::MissingName)?;
            Ok((None, unknown))
        }
    }
}

/// Reads the body of an event. With the feature `tracing`, each deviation is an event at debug level.
#[doc(hidden)]
pub fn payload<T: Wire>(body: &[u8]) -> Result<T, WebhookError> {
    let (payload, report) = codec::read_response(body, ReadMode::Tolerant, false).map_err(WebhookError::Decode)?;
    #[cfg(feature = "tracing")]
    for deviation in &report.deviations {
        tracing::debug!("webhook: {deviation}");
    }
    let _ = report;
    Ok(payload)
}

/// Reads the body of an unknown event. A body that is not JSON is kept as text.
#[doc(hidden)]
pub fn unknown_payload(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap_or_else(|_| Value::String(String::from_utf8_lossy(body).into_owned()))
}
