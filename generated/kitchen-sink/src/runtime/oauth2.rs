//! OAuth 2.0 credentials: which grant a token request uses, and to which endpoint it is sent.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::OnceCell;
use url::Url;

use super::Secret;
use super::auth::{Credential, GrantType, OAuth2Flow, SchemeKind, SecretRequest};
use super::call_error::{AuthError, AuthErrorKind};
use super::core::Core;
use super::environment::BoxFuture;
use super::token::{Token, TokenSource};
use super::token_endpoint::{self, ClientIdentity, TokenResponse};

/// A function that is passed each new token response.
type RefreshHook = dyn Fn(&TokenResponse) + Send + Sync;

/// OAuth 2.0 credentials, for which the token endpoint issues access tokens.
#[derive(Clone)]
pub struct OAuth2 {
    grant: Grant,
    client: ClientIdentity,
    scopes: Option<Vec<String>>,
    token_url: Option<String>,
    parameters: Vec<(String, Secret)>,
    on_refresh: Option<Arc<RefreshHook>>,
}

#[derive(Clone)]
enum Grant {
    ClientCredentials,
    Password { username: String, password: Secret },
    RefreshToken(Secret),
    Tokens(TokenResponse),
}

impl OAuth2 {
    /// Creates credentials from a client id and its secret.
    pub fn client_credentials(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self::new(Grant::ClientCredentials).client_id(id).client_secret(secret)
    }

    /// Creates credentials from a user name and its password. Tokens are renewed with the refresh token, if there is one.
    pub fn password(username: impl Into<String>, password: impl Into<Secret>) -> Self {
        let (username, password) = (username.into(), password.into());
        Self::new(Grant::Password { username, password })
    }

    /// Creates credentials from a refresh token.
    pub fn refresh_token(token: impl Into<Secret>) -> Self {
        Self::new(Grant::RefreshToken(token.into()))
    }

    /// Creates credentials from tokens that a login returned. The access token is renewed with the refresh token.
    pub fn tokens(tokens: TokenResponse) -> Self {
        Self::new(Grant::Tokens(tokens))
    }

    fn new(grant: Grant) -> Self {
        let (client, scopes, token_url, parameters, on_refresh) = Default::default();
        Self {
            grant,
            client,
            scopes,
            token_url,
            parameters,
            on_refresh,
        }
    }

    /// Sets the client id.
    pub fn client_id(mut self, id: impl Into<String>) -> Self {
        self.client.id = Some(id.into());
        self
    }

    /// Sets the client secret.
    pub fn client_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.client.secret = Some(secret.into());
        self
    }

    /// Requests these scopes instead of those that the operation requires.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Replaces the token URL of the API description. It may be relative to the server.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// Sends a parameter with the token request, such as `audience`.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Sends the client id and the client secret in the `Authorization` header instead of the form.
    pub fn in_header(mut self) -> Self {
        self.client.in_header = true;
        self
    }

    /// Runs code whenever the token endpoint has issued tokens, for example to store a new refresh token.
    pub fn on_refresh(mut self, callback: impl Fn(&TokenResponse) + Send + Sync + 'static) -> Self {
        self.on_refresh = Some(Arc::new(callback));
        self
    }
}

impl fmt::Debug for OAuth2 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth2")
            .field("client_id", &self.client.id)
            .field("scopes", &self.scopes)
            .field("token_url", &self.token_url)
            .finish_non_exhaustive()
    }
}

impl From<OAuth2> for Credential {
    fn from(credentials: OAuth2) -> Self {
        let refresh_token = match &credentials.grant {
            Grant::RefreshToken(token) => Some(token.clone()),
            Grant::Tokens(tokens) => tokens.refresh_token.clone(),
            Grant::ClientCredentials | Grant::Password { .. } => None,
        };
        Self::from_tokens(OAuth2Source {
            credentials,
            state: Mutex::new(State {
                refresh_token,
                is_started: false,
            }),
            discovered: OnceCell::new(),
        })
    }
}

impl Credential {
    /// Creates a credential from a client id and its secret, for which the token endpoint issues tokens.
    pub fn client_credentials(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        OAuth2::client_credentials(id, secret).into()
    }

    /// Creates a credential from a user name and its password, for which the token endpoint issues tokens.
    pub fn password(username: impl Into<String>, password: impl Into<Secret>) -> Self {
        OAuth2::password(username, password).into()
    }
}

struct OAuth2Source {
    credentials: OAuth2,
    state: Mutex<State>,
    /// The token endpoint that the metadata of the authorization server names.
    discovered: OnceCell<Url>,
}

struct State {
    /// The latest refresh token.
    refresh_token: Option<Secret>,
    /// Whether the tokens of a login have been used.
    is_started: bool,
}

impl TokenSource for OAuth2Source {
    fn token<'a>(&'a self, wanted: SecretRequest<'a>) -> BoxFuture<'a, Result<Token, AuthError>> {
        Box::pin(async move {
            if let Some(token) = self.initial() {
                return Ok(token);
            }
            let refresh_token = self.state().refresh_token.clone();
            if let Some(refresh_token) = refresh_token {
                match self.refresh(wanted, &refresh_token).await {
                    Err(error) if self.can_start_over(&error) => self.state().refresh_token = None,
                    outcome => return outcome,
                }
            }
            let form = match &self.credentials.grant {
                Grant::ClientCredentials => vec![("grant_type", "client_credentials")],
                Grant::Password { username, password } => vec![
                    ("grant_type", "password"),
                    ("username", username),
                    ("password", password.expose()),
                ],
                Grant::RefreshToken(_) | Grant::Tokens(_) => {
                    let message = "the access token has expired, and there is no refresh token";
                    return Err(AuthError::of(AuthErrorKind::Expired, message));
                }
            };
            let url = self.endpoint(wanted, false).await?;
            self.send(wanted, &url, form).await
        })
    }

    fn is_empty(&self) -> bool {
        let is_blank = |text: &str| text.trim().is_empty();
        match &self.credentials.grant {
            Grant::ClientCredentials => self.credentials.client.id.as_deref().is_none_or(is_blank),
            Grant::Password { username, .. } => is_blank(username),
            Grant::RefreshToken(token) => is_blank(token.expose()),
            Grant::Tokens(_) => false,
        }
    }

    fn can_renew(&self) -> bool {
        !matches!(self.credentials.grant, Grant::Tokens(_)) || self.state().refresh_token.is_some()
    }

    fn is_universal(&self) -> bool {
        self.credentials.scopes.is_some() || matches!(self.credentials.grant, Grant::RefreshToken(_) | Grant::Tokens(_))
    }
}

impl OAuth2Source {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the access token of a login, once, unless it has expired since.
    fn initial(&self) -> Option<Token> {
        let Grant::Tokens(tokens) = &self.credentials.grant else {
            return None;
        };
        if std::mem::replace(&mut self.state().is_started, true) {
            return None;
        }
        let token = Token::new(tokens.access_token.clone());
        let Some(lifetime) = tokens.expires_in else {
            return Some(token);
        };
        let left = lifetime.checked_sub(tokens.received.elapsed())?;
        Some(token.expires_in(left))
    }

    async fn refresh(&self, wanted: SecretRequest<'_>, token: &Secret) -> Result<Token, AuthError> {
        let url = self.endpoint(wanted, true).await?;
        let form = vec![("grant_type", "refresh_token"), ("refresh_token", token.expose())];
        self.send(wanted, &url, form).await
    }

    /// Returns whether a rejected refresh token can be replaced by the grant that it came from.
    fn can_start_over(&self, error: &AuthError) -> bool {
        let is_refused = matches!(error.kind(), AuthErrorKind::Rejected { .. });
        is_refused
            && matches!(
                self.credentials.grant,
                Grant::ClientCredentials | Grant::Password { .. }
            )
    }

    async fn send(
        &self,
        wanted: SecretRequest<'_>,
        url: &Url,
        mut form: Vec<(&str, &str)>,
    ) -> Result<Token, AuthError> {
        let scopes = match &self.credentials.scopes {
            Some(scopes) => scopes.join(" "),
            None => wanted.scopes.join(" "),
        };
        if !scopes.is_empty() {
            form.push(("scope", &scopes));
        }
        let parameters = self.credentials.parameters.iter();
        form.extend(parameters.map(|(name, value)| (name.as_str(), value.expose())));
        let response = token_endpoint::post(wanted.core, url, &self.credentials.client, &form).await?;
        let tokens = token_endpoint::read(&response)?;
        if let Some(refresh_token) = &tokens.refresh_token {
            self.state().refresh_token = Some(refresh_token.clone());
        }
        if let Some(callback) = &self.credentials.on_refresh {
            callback(&tokens);
        }
        let token = Token::new(tokens.access_token);
        Ok(tokens
            .expires_in
            .map_or(token.clone(), |lifetime| token.expires_in(lifetime)))
    }

    /// Returns the token endpoint: that of the caller, of the API description or of the metadata.
    async fn endpoint(&self, wanted: SecretRequest<'_>, is_refresh: bool) -> Result<Url, AuthError> {
        let (flows, metadata_url) = match wanted.scheme.kind {
            SchemeKind::OAuth2 { flows, metadata_url } => (flows, metadata_url),
            SchemeKind::Http { .. } | SchemeKind::Basic | SchemeKind::ApiKey { .. } => (&[][..], ""),
        };
        let documented = documented(flows, &self.credentials.grant, is_refresh);
        match self.credentials.token_url.as_deref().or(documented) {
            Some(url) => token_endpoint::endpoint(wanted.core, url),
            None if !metadata_url.is_empty() => self.discover(wanted.core, metadata_url).await,
            None => Err(AuthError::of(AuthErrorKind::Configuration, "no token URL is known")),
        }
    }

    async fn discover(&self, core: &Core, metadata_url: &str) -> Result<Url, AuthError> {
        let discovered = self.discovered.get_or_try_init(|| async {
            let url = token_endpoint::endpoint(core, metadata_url)?;
            token_endpoint::discover(core, &url, "token_endpoint").await
        });
        discovered.await.cloned()
    }
}

/// Returns the URL that the document has for a grant, otherwise that of any of its flows.
fn documented(flows: &[OAuth2Flow], grant: &Grant, is_refresh: bool) -> Option<&'static str> {
    let wanted = match grant {
        Grant::ClientCredentials => Some(GrantType::ClientCredentials),
        Grant::Password { .. } => Some(GrantType::Password),
        Grant::RefreshToken(_) | Grant::Tokens(_) => None,
    };
    // The flow that issued the caller's refresh token is unknown. A flow with a refresh URL is preferred.
    let is_own = |flow: &&OAuth2Flow| match wanted {
        Some(grant) => flow.grant == grant,
        None => !flow.refresh_url.is_empty(),
    };
    let mut flows = flows.iter().filter(is_own).chain(flows.iter());
    let url = |flow: &OAuth2Flow| match is_refresh && !flow.refresh_url.is_empty() {
        true => flow.refresh_url,
        false => flow.token_url,
    };
    flows.find_map(|flow| Some(url(flow)).filter(|url| !url.is_empty()))
}
