//! Requests to an OAuth 2.0 token endpoint, and its responses (RFC 6749 §4 and §5).

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use url::Url;

use super::call_error::{AuthError, AuthErrorKind};
use super::codec::scalar_text;
use super::core::Core;
use super::error::Failure;
use super::operation::Operation;
use super::platform::Instant;
use super::request::Request;
use super::server_message::server_message;
use super::{RawResponse, Secret, address};

/// The longest time that a token request may take, with its retries: calls that wait for it have a timeout, but a renewal
/// ahead of expiry has none.
const LIMIT: Duration = Duration::from_secs(60);

/// How a client identifies itself to the token endpoint.
#[derive(Clone, Debug, Default)]
pub(super) struct ClientIdentity {
    pub id: Option<String>,
    pub secret: Option<Secret>,
    /// Whether both are sent in `Authorization` (`client_secret_basic`) rather than in the form (`client_secret_post`).
    pub in_header: bool,
}

/// The successful response of a token endpoint.
#[derive(Clone)]
pub struct TokenResponse {
    pub(super) access_token: Secret,
    pub(super) refresh_token: Option<Secret>,
    id_token: Option<Secret>,
    pub(super) expires_in: Option<Duration>,
    scopes: Option<Vec<String>>,
    pub(super) received: Instant,
}

impl TokenResponse {
    /// Returns the access token.
    pub fn access_token(&self) -> &Secret {
        &self.access_token
    }

    /// Returns the refresh token.
    pub fn refresh_token(&self) -> Option<&Secret> {
        self.refresh_token.as_ref()
    }

    /// Returns the ID token of OpenID Connect. It is not verified.
    pub fn id_token(&self) -> Option<&Secret> {
        self.id_token.as_ref()
    }

    /// Returns the lifetime of the access token, counted from the response.
    pub fn expires_in(&self) -> Option<Duration> {
        self.expires_in
    }

    /// Returns the granted scopes, or `None` if they are the requested ones.
    pub fn scopes(&self) -> Option<&[String]> {
        self.scopes.as_deref()
    }
}

impl fmt::Debug for TokenResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenResponse")
            .field("expires_in", &self.expires_in)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

/// Resolves the URL of an endpoint against the client's server.
pub(super) fn endpoint(core: &Core, url: &str) -> Result<Url, AuthError> {
    core.0.server.join(url).map_err(|error| {
        AuthError::of(
            AuthErrorKind::Configuration,
            format!("the token URL `{url}` is invalid: {error}"),
        )
    })
}

/// Sends a form to an endpoint of the authorization server, and returns its response, regardless of its status code.
pub(super) async fn post(
    core: &Core,
    url: &Url,
    client: &ClientIdentity,
    form: &[(&str, &str)],
) -> Result<RawResponse, AuthError> {
    static OPERATION: Operation = Operation {
        id: "token",
        method: "POST",
        idempotent: Some(true),
        ..Operation::DEFAULT
    };
    let mut request = to(core, &OPERATION, url);
    let (id, secret) = (client.id.as_deref(), client.secret.as_ref().map(Secret::expose));
    let mut pairs = form.to_vec();
    if client.in_header {
        let pair = [id, secret]
            .map(|text| address::encode(text.unwrap_or_default()))
            .join(":");
        request.header_text("authorization", format!("Basic {}", STANDARD.encode(pair)));
    } else {
        pairs.splice(
            1..1,
            id.map(|id| ("client_id", id))
                .into_iter()
                .chain(secret.map(|secret| ("client_secret", secret))),
        );
    }
    let pairs = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", address::encode(name), address::encode(value)));
    request.body("application/x-www-form-urlencoded", pairs.collect::<Vec<_>>().join("&"));
    let response = request.execute().await;
    response.map_err(Failure::into_auth)
}

/// Fetches a metadata document of the authorization server, and returns the URL in one of its properties.
pub(super) async fn discover(core: &Core, url: &Url, property: &str) -> Result<Url, AuthError> {
    static OPERATION: Operation = Operation {
        id: "metadata",
        ..Operation::DEFAULT
    };
    let response = to(core, &OPERATION, url).execute().await;
    let response = response.map_err(Failure::into_auth)?;
    if !response.status.is_success() {
        return Err(failure(&response));
    }
    let body: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    let found = body.get(property).and_then(Value::as_str);
    found.and_then(|text| Url::parse(text).ok()).ok_or_else(|| {
        AuthError::of(
            AuthErrorKind::InvalidResponse,
            format!("the metadata at `{}` has no `{property}`", address::origin(url)),
        )
    })
}

/// Returns a request to a URL outside the API. It trusts the origin of that URL and has no credentials of the API.
fn to(core: &Core, operation: &'static Operation, url: &Url) -> Request {
    let mut request = Request::new(core, operation);
    request.template = Cow::Owned(url.path().to_owned());
    request.options().base_url = Some(address::origin(url));
    request.link = Some(url.as_str().to_owned());
    request.options().timeout = Some(LIMIT);
    request.is_internal = true;
    request
}

/// Reads the response of a token endpoint.
pub(super) fn read(response: &RawResponse) -> Result<TokenResponse, AuthError> {
    if !response.status.is_success() {
        return Err(failure(response));
    }
    let body: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    let text = |key: &str| {
        let text = body.get(key).and_then(Value::as_str);
        text.filter(|text| !text.is_empty())
    };
    let unusable = |message: &str| AuthError::of(AuthErrorKind::InvalidResponse, message);
    let access_token = text("access_token").ok_or_else(|| unusable("it has no `access_token`"))?;
    if text("token_type").is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
        return Err(unusable("its `token_type` is not `bearer`"));
    }
    Ok(TokenResponse {
        access_token: access_token.into(),
        refresh_token: text("refresh_token").map(Secret::from),
        id_token: text("id_token").map(Secret::from),
        expires_in: body.get("expires_in").cloned().and_then(lifetime),
        scopes: text("scope").map(|scopes| scopes.split(' ').map(str::to_owned).collect()),
        received: Instant::now(),
    })
}

/// Reads `expires_in`: a number, or a string with one. A negative number is an expired token, one too large for a
/// [`Duration`] is the largest, and any other value counts as missing.
fn lifetime(expires_in: Value) -> Option<Duration> {
    let seconds = scalar_text(&expires_in).trim().parse::<f64>().ok()?;
    if seconds.is_nan() {
        return None;
    }
    Some(Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(Duration::MAX))
}

/// Returns the `error` of a response, such as `invalid_grant`.
pub(super) fn error_code(response: &RawResponse) -> Option<String> {
    let body: Value = serde_json::from_slice(&response.body).ok()?;
    body.get("error")?.as_str().map(str::to_owned)
}

pub(super) fn failure(response: &RawResponse) -> AuthError {
    let body: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    let known = body.get("error_description").and_then(Value::as_str);
    let description = known.map(str::to_owned).or_else(|| server_message(&response.body));
    let (code, status) = (error_code(response), response.status);
    let parts = [Some(status.to_string()), code.clone(), description.clone()];
    let message = parts.into_iter().flatten().collect::<Vec<_>>().join(": ");
    let is_refusal = status.is_client_error() && !matches!(status.as_u16(), 408 | 429);
    let refusal = AuthErrorKind::Rejected { code, description };
    AuthError::of(
        if is_refusal {
            refusal
        } else {
            AuthErrorKind::Unavailable
        },
        message,
    )
}
