//! Logins of a user: the authorization code flow with PKCE (RFC 6749 §4.1, RFC 7636) and the device flow (RFC 8628).

use std::fmt;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use sha2::{Digest, Sha256};
use url::Url;

use super::Secret;
use super::auth::{GrantType, OAuth2Flow, SchemeKind};
use super::call_error::{AuthError, AuthErrorKind};
use super::core::Core;
use super::token_endpoint::{self, ClientIdentity, TokenResponse};

/// The settings that both logins have.
#[derive(Clone)]
struct Setup {
    core: Core,
    client: ClientIdentity,
    scopes: Vec<String>,
    parameters: Vec<(String, String)>,
    authorization_url: Option<String>,
    token_url: Option<String>,
    flow: Option<OAuth2Flow>,
    metadata_url: Option<&'static str>,
}

impl Setup {
    fn new(core: &Core, grant: GrantType, client_id: impl Into<String>) -> Self {
        let schemes = core.0.api_info.schemes.iter().filter_map(|scheme| match scheme.kind {
            SchemeKind::OAuth2 { flows, metadata_url } => Some((flows, metadata_url)),
            SchemeKind::Http { .. } | SchemeKind::Basic | SchemeKind::ApiKey { .. } => None,
        });
        let flows = schemes.clone().flat_map(|(flows, _)| flows);
        Self {
            core: core.clone(),
            client: ClientIdentity {
                id: Some(client_id.into()),
                ..ClientIdentity::default()
            },
            scopes: Vec::new(),
            parameters: Vec::new(),
            authorization_url: None,
            token_url: None,
            flow: flows.copied().find(|flow| flow.grant == grant),
            metadata_url: schemes.map(|(_, url)| url).find(|url| !url.is_empty()),
        }
    }

    async fn authorization_endpoint(&self, property: &str) -> Result<Url, AuthError> {
        let documented = self.flow.map(|flow| flow.authorization_url);
        self.endpoint(self.authorization_url.as_deref(), documented, property)
            .await
    }

    async fn token_endpoint(&self) -> Result<Url, AuthError> {
        let documented = self.flow.map(|flow| flow.token_url);
        self.endpoint(self.token_url.as_deref(), documented, "token_endpoint")
            .await
    }

    async fn endpoint(&self, set: Option<&str>, documented: Option<&str>, property: &str) -> Result<Url, AuthError> {
        if let Some(url) = set.or(documented.filter(|url| !url.is_empty())) {
            return token_endpoint::endpoint(&self.core, url);
        }
        let metadata_url = self.metadata_url.ok_or_else(|| {
            let message = format!("no URL is known for `{property}`");
            AuthError::of(AuthErrorKind::Configuration, message)
        })?;
        let metadata_url = token_endpoint::endpoint(&self.core, metadata_url)?;
        token_endpoint::discover(&self.core, &metadata_url, property).await
    }
}

/// Implements the settings that both logins have.
macro_rules! login_settings {
    () => {
        /// Sets the client secret, for programs that can keep it secret.
        pub fn client_secret(mut self, secret: impl Into<Secret>) -> Self {
            self.setup.client.secret = Some(secret.into());
            self
        }

        /// Sets the scopes to request.
        pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
            self.setup.scopes = scopes.into_iter().map(Into::into).collect();
            self
        }

        /// Sends a parameter to the authorization endpoint, such as `audience` or `prompt`.
        pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
            self.setup.parameters.push((name.into(), value.into()));
            self
        }

        /// Replaces the authorization URL of the API description.
        pub fn authorization_url(mut self, url: impl Into<String>) -> Self {
            self.setup.authorization_url = Some(url.into());
            self
        }

        /// Replaces the token URL of the API description.
        pub fn token_url(mut self, url: impl Into<String>) -> Self {
            self.setup.token_url = Some(url.into());
            self
        }
    };
}

/// A login in a browser, which redirects to the program with a code (RFC 6749 §4.1), with PKCE.
#[must_use = "a login does nothing until it is started"]
pub struct AuthorizationCode {
    setup: Setup,
    redirect_uri: String,
}

impl AuthorizationCode {
    /// Creates a login for a client id and the URI that the browser is redirected to.
    pub fn new(core: &Core, client_id: impl Into<String>, redirect_uri: impl Into<String>) -> Self {
        Self {
            setup: Setup::new(core, GrantType::AuthorizationCode, client_id),
            redirect_uri: redirect_uri.into(),
        }
    }

    login_settings!();

    /// Starts the login, and returns the URL to open in a browser.
    ///
    /// # Errors
    /// Returns an error if no authorization URL is known, or the system cannot provide random bytes.
    pub async fn start(self) -> Result<PendingLogin, AuthError> {
        let mut url = self.setup.authorization_endpoint("authorization_endpoint").await?;
        let (state, verifier) = (random()?, random()?);
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.expose()));
        let mut pairs = url.query_pairs_mut();
        pairs
            .append_pair("response_type", "code")
            .append_pair("client_id", self.setup.client.id.as_deref().unwrap_or_default())
            .append_pair("redirect_uri", &self.redirect_uri)
            .append_pair("state", state.expose())
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        if !self.setup.scopes.is_empty() {
            pairs.append_pair("scope", &self.setup.scopes.join(" "));
        }
        pairs.extend_pairs(&self.setup.parameters);
        drop(pairs);
        Ok(PendingLogin {
            setup: self.setup,
            redirect_uri: self.redirect_uri,
            url,
            state,
            verifier,
        })
    }
}

/// A login that waits for the redirect.
pub struct PendingLogin {
    setup: Setup,
    redirect_uri: String,
    url: Url,
    state: Secret,
    verifier: Secret,
}

impl PendingLogin {
    /// Returns the URL to open in a browser.
    pub fn url(&self) -> &str {
        self.url.as_str()
    }

    /// Exchanges the parameters of the redirect, `code` and `state`, for tokens.
    ///
    /// # Errors
    /// Returns an error if `state` is not the one of this login, or if the token endpoint rejects the code.
    pub async fn exchange(self, code: &str, state: &str) -> Result<TokenResponse, AuthError> {
        if state != self.state.expose() {
            let message = "the `state` of the redirect is not the one of this login";
            return Err(AuthError::of(AuthErrorKind::InvalidResponse, message));
        }
        let url = self.setup.token_endpoint().await?;
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", self.redirect_uri.as_str()),
            ("code_verifier", self.verifier.expose()),
        ];
        let response = token_endpoint::post(&self.setup.core, &url, &self.setup.client, &form).await?;
        token_endpoint::read(&response)
    }
}

/// A login on a device without a browser: the user enters a code on another device (RFC 8628).
#[must_use = "a login does nothing until it is started"]
pub struct DeviceAuthorization {
    setup: Setup,
}

impl DeviceAuthorization {
    /// Creates a login for a client id.
    pub fn new(core: &Core, client_id: impl Into<String>) -> Self {
        Self {
            setup: Setup::new(core, GrantType::DeviceCode, client_id),
        }
    }

    login_settings!();

    /// Requests the code that the user enters.
    ///
    /// # Errors
    /// Returns an error if no device authorization URL is known, or the endpoint fails.
    pub async fn start(self) -> Result<PendingDevice, AuthError> {
        let url = self
            .setup
            .authorization_endpoint("device_authorization_endpoint")
            .await?;
        let scopes = self.setup.scopes.join(" ");
        // The pairs begin as those of a token request do, so that the client id follows the first one.
        let mut form = vec![("scope", scopes.as_str())];
        form.extend(
            self.setup
                .parameters
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        );
        let response = token_endpoint::post(&self.setup.core, &url, &self.setup.client, &form).await?;
        if !response.status().is_success() {
            return Err(token_endpoint::failure(&response));
        }
        let body: Value = serde_json::from_slice(response.body()).unwrap_or_default();
        let text = |key: &str| body.get(key).and_then(Value::as_str).map(str::to_owned);
        let seconds = |key: &str| body.get(key).and_then(Value::as_u64).map(Duration::from_secs);
        let missing = |key: &str| AuthError::of(AuthErrorKind::InvalidResponse, format!("the response has no `{key}`"));
        let verification_uri = text("verification_uri").or_else(|| text("verification_url"));
        Ok(PendingDevice {
            device_code: text("device_code").ok_or_else(|| missing("device_code"))?.into(),
            user_code: text("user_code").ok_or_else(|| missing("user_code"))?,
            verification_uri: verification_uri.ok_or_else(|| missing("verification_uri"))?,
            verification_uri_complete: text("verification_uri_complete"),
            expires_in: seconds("expires_in").unwrap_or(Duration::from_secs(600)),
            interval: seconds("interval").unwrap_or(Duration::from_secs(5)),
            setup: self.setup,
        })
    }
}

/// A device login that waits for the user.
pub struct PendingDevice {
    setup: Setup,
    device_code: Secret,
    user_code: String,
    verification_uri: String,
    verification_uri_complete: Option<String>,
    expires_in: Duration,
    interval: Duration,
}

impl PendingDevice {
    /// Returns the code that the user enters.
    pub fn user_code(&self) -> &str {
        &self.user_code
    }

    /// Returns the page on which the user enters the code.
    pub fn verification_uri(&self) -> &str {
        &self.verification_uri
    }

    /// Returns the page with the code filled in, for a link or a QR code.
    pub fn verification_uri_complete(&self) -> Option<&str> {
        self.verification_uri_complete.as_deref()
    }

    /// Returns how long the code is valid.
    pub fn expires_in(&self) -> Duration {
        self.expires_in
    }

    /// Waits until the user has agreed, and returns the tokens. It polls at the interval that the server requests.
    ///
    /// # Errors
    /// Returns an error if the user declines, the code expires, or the token endpoint fails.
    pub async fn wait(self) -> Result<TokenResponse, AuthError> {
        let url = self.setup.token_endpoint().await?;
        let environment = self.setup.core.0.options.environment.clone();
        let (started, mut interval) = (environment.elapsed(), self.interval);
        loop {
            environment.sleep(interval).await;
            if environment.elapsed().saturating_sub(started) > self.expires_in {
                return Err(AuthError::of(
                    AuthErrorKind::InvalidResponse,
                    "the device code has expired",
                ));
            }
            let form = [
                ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
                ("device_code", self.device_code.expose()),
            ];
            let response = token_endpoint::post(&self.setup.core, &url, &self.setup.client, &form).await?;
            match token_endpoint::error_code(&response).as_deref() {
                Some("authorization_pending") => {}
                Some("slow_down") => interval += Duration::from_secs(5),
                Some(_) | None => return token_endpoint::read(&response),
            }
        }
    }
}

/// Returns 256 random bits as text.
fn random() -> Result<Secret, AuthError> {
    let mut bytes = [0_u8; 32];
    match getrandom::fill(&mut bytes) {
        Ok(()) => Ok(URL_SAFE_NO_PAD.encode(bytes).into()),
        Err(error) => Err(AuthError::of(
            AuthErrorKind::Unavailable,
            format!("the system cannot provide random bytes: {error}"),
        )),
    }
}

macro_rules! opaque_debug {
    ($($name:ident),+) => {
        $(impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        })+
    };
}
opaque_debug!(AuthorizationCode, PendingLogin, DeviceAuthorization, PendingDevice);
