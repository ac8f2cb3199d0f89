//! The OAuth 2.0 client credentials grant (RFC 6749, section 4.4).

use std::borrow::Cow;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use url::Url;

use super::auth::{Credential, SchemeKind, SecretRequest};
use super::call_error::{AuthError, AuthErrorKind};
use super::environment::BoxFuture;
use super::operation::Operation;
use super::request::{Request, scalar};
use super::token::{Token, TokenSource};
use super::{RawResponse, Secret, address, text};

/// A client id and secret, which are exchanged for tokens at the token endpoint.
#[derive(Clone, Debug)]
pub struct ClientCredentials {
    id: String,
    secret: Secret,
    scopes: Option<Vec<String>>,
    token_url: Option<String>,
    parameters: Vec<(String, String)>,
    basic: bool,
}

impl ClientCredentials {
    /// Creates client credentials from an id and a secret.
    pub fn new(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        let (id, secret) = (id.into(), secret.into());
        Self {
            id,
            secret,
            scopes: None,
            token_url: None,
            parameters: Vec::new(),
            basic: false,
        }
    }

    /// Requests these scopes always, instead of those that an operation requires.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Replaces the token endpoint of the API description.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// Adds a parameter, such as `audience`, to the token request.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Sends id and secret in the `Authorization` header instead of the form.
    pub fn in_header(mut self) -> Self {
        self.basic = true;
        self
    }

    fn request(&self, wanted: SecretRequest<'_>) -> Result<Request, String> {
        let documented = match wanted.scheme.kind {
            SchemeKind::ClientCredentials { token_url } => Some(token_url),
            SchemeKind::Bearer | SchemeKind::Basic | SchemeKind::ApiKey { .. } => None,
        };
        let token_url = self.token_url.as_deref().or(documented).ok_or("missing token URL")?;
        let url = wanted
            .core
            .0
            .server
            .join(token_url)
            .map_err(|error| format!("invalid token URL `{token_url}`: {error}"))?;
        Ok(self.request_to(wanted, &url))
    }

    fn request_to(&self, wanted: SecretRequest<'_>, url: &Url) -> Request {
        static OPERATION: Operation = Operation {
            id: "token",
            method: "POST",
            idempotent: Some(true),
            ..Operation::DEFAULT
        };
        let mut request = Request::new(wanted.core, &OPERATION);
        request.template = Cow::Owned(url.path().to_owned());
        // The base URL of this request is the origin of the token endpoint, which may differ from the API's.
        request.options.base_url = Some(address::origin(url));
        request.link = Some(url.as_str().to_owned());
        // The timeout of the call that waits for the token includes this request.
        request.options.timeout = Some(Duration::MAX);
        let scopes = match &self.scopes {
            Some(scopes) => scopes.join(" "),
            None => wanted.scopes.join(" "),
        };
        let mut form = vec![("grant_type", "client_credentials")];
        if self.basic {
            let pair = [&self.id, self.secret.expose()].map(address::encode).join(":");
            request.header_text("authorization", format!("Basic {}", STANDARD.encode(pair)));
        } else {
            form.extend([("client_id", self.id.as_str()), ("client_secret", self.secret.expose())]);
        }
        form.extend(Some(("scope", scopes.as_str())).filter(|(_, scopes)| !scopes.is_empty()));
        form.extend(
            self.parameters
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        );
        let pairs = form
            .iter()
            .map(|(name, value)| format!("{}={}", address::encode(name), address::encode(value)));
        request.body("application/x-www-form-urlencoded", pairs.collect::<Vec<_>>().join("&"));
        request
    }
}

impl From<ClientCredentials> for Credential {
    fn from(credentials: ClientCredentials) -> Self {
        Self::from_tokens(credentials)
    }
}

impl Credential {
    /// Creates a credential from a client id and secret.
    pub fn client_credentials(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        ClientCredentials::new(id, secret).into()
    }
}

impl TokenSource for ClientCredentials {
    fn token<'a>(&'a self, wanted: SecretRequest<'a>) -> BoxFuture<'a, Result<Token, AuthError>> {
        Box::pin(async move {
            let request = self
                .request(wanted)
                .map_err(|message| AuthError::of(AuthErrorKind::Unavailable, message))?;
            let response = request.execute().await;
            read(&response.map_err(|error| AuthError::caused(AuthErrorKind::Unavailable, error))?)
        })
    }

    fn is_universal(&self) -> bool {
        self.scopes.is_some()
    }
}

fn read(response: &RawResponse) -> Result<Token, AuthError> {
    let body: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    let text = |key: &str| body.get(key).and_then(Value::as_str).map(str::to_owned);
    let status = response.status;
    if !status.is_success() {
        let (code, known) = (text("error"), text("error_description"));
        let description = known.or_else(|| text::server_message(&response.body));
        let parts = [Some(status.to_string()), code.clone(), description.clone()];
        let message = parts.into_iter().flatten().collect::<Vec<_>>().join(": ");
        let is_rejection = status.is_client_error() && !matches!(status.as_u16(), 408 | 429);
        let rejection = AuthErrorKind::Rejected { code, description };
        return Err(AuthError::of(
            if is_rejection {
                rejection
            } else {
                AuthErrorKind::Unavailable
            },
            message,
        ));
    }
    let token = text("access_token").filter(|token| !token.is_empty());
    let token = token.ok_or_else(|| AuthError::of(AuthErrorKind::InvalidResponse, "missing `access_token`"))?;
    if text("token_type").is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
        return Err(AuthError::of(
            AuthErrorKind::InvalidResponse,
            "unsupported `token_type`",
        ));
    }
    // Some servers send the number as a string. An invalid value means that the lifetime is unknown.
    let seconds = body
        .get("expires_in")
        .cloned()
        .map(scalar)
        .and_then(|seconds| seconds.parse::<f64>().ok());
    let lifetime = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let token = Token::new(token);
    Ok(lifetime.map_or(token.clone(), |lifetime| token.expires_in(lifetime)))
}
