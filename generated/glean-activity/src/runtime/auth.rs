//! Credentials: which ones a call needs, where they come from, and where in the request they go.

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};
use http::{Request, Uri};

use super::call_error::{AuthError, BuildError};
use super::core::Core;
use super::environment::{BoxFuture, Environment};
use super::operation::RequiredScheme;
use super::{Body, Secret, address};

/// A way to prove who calls, as the document describes it.
#[derive(Debug)]
pub struct SecurityScheme {
    /// Its name in the document.
    pub name: &'static str,
    /// What it is.
    pub kind: SchemeKind,
    /// The builder's method for it, for messages.
    pub setter: &'static str,
    /// The environment variables that are read where the builder was given nothing; the first ones that are set win.
    pub variables: &'static [Variables],
}

/// What a scheme is.
#[derive(Clone, Copy, Debug)]
pub enum SchemeKind {
    /// `Authorization: Bearer …`
    Bearer,
    /// `Authorization: Basic …`
    Basic,
    /// A key under a name of its own.
    ApiKey {
        /// Where it goes.
        location: KeyLocation,
        /// Under which name.
        name: &'static str,
    },
    /// A bearer token, had for an id and a secret (OAuth 2.0, RFC 6749 §4.4).
    ClientCredentials {
        /// The token endpoint; joined to the server's URL where it is relative.
        token_url: &'static str,
    },
}

/// Where an API key goes.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)] // The names say it.
pub enum KeyLocation {
    Header,
    Query,
    Cookie,
}

/// Environment variables that make a credential.
#[derive(Debug)]
pub enum Variables {
    /// One that holds a token or key.
    One(&'static str),
    /// Two that hold a name and a secret, and what is made of them.
    Two(&'static str, &'static str, fn(String, String) -> Credential),
}

impl Variables {
    fn read(&self, environment: &dyn Environment) -> Option<Credential> {
        match *self {
            Self::One(name) => Some(Credential::bearer(environment.variable(name)?)),
            Self::Two(name, secret, make) => Some(make(environment.variable(name)?, environment.variable(secret)?)),
        }
    }
}

impl fmt::Display for Variables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(name) => f.write_str(name),
            Self::Two(name, secret, _) => write!(f, "{name} and {secret}"),
        }
    }
}

/// For whom a secret is needed, and for what.
#[derive(Clone, Copy, Debug)]
pub struct SecretRequest<'a> {
    /// The client.
    pub core: &'a Core,
    /// The scheme that the secret is for.
    pub scheme: &'static SecurityScheme,
    /// The scopes that the operation needs.
    pub scopes: &'static [&'static str],
}

/// Where a secret comes from when a request is about to leave.
pub(super) trait SecretSource: Send + Sync {
    fn secret<'a>(&'a self, wanted: SecretRequest<'a>) -> BoxFuture<'a, Result<Secret, AuthError>>;
    /// The server answered 401 to this secret. Tells whether asking again may give another one.
    fn rejected(&self, secret: &Secret) -> bool;
}

impl SecretSource for Secret {
    fn secret<'a>(&'a self, _: SecretRequest<'a>) -> BoxFuture<'a, Result<Secret, AuthError>> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
    fn rejected(&self, _: &Secret) -> bool {
        false
    }
}

/// Something that proves who calls.
#[derive(Clone)]
pub struct Credential(Arc<dyn SecretSource>);

impl Credential {
    /// A bearer token.
    pub fn bearer(token: impl Into<Secret>) -> Self {
        Self::from_source(token.into())
    }

    /// An API key.
    pub fn api_key(key: impl Into<Secret>) -> Self {
        Self::from_source(key.into())
    }

    /// A user name with its password.
    pub fn basic(user: &str, password: impl Into<Secret>) -> Self {
        let pair = Secret::from(format!("{user}:{}", password.into().expose()));
        Self::from_source(Secret::from(STANDARD.encode(pair.expose())))
    }

    pub(super) fn from_source(source: impl SecretSource + 'static) -> Self {
        Self(Arc::new(source))
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential(..)")
    }
}

/// A scheme with the credential that the client has for it.
#[derive(Clone, Debug)]
pub(super) struct ConfiguredCredential {
    scheme: &'static SecurityScheme,
    credential: Credential,
    /// Given to the builder, rather than found in the environment.
    given: bool,
}

/// Brings together what the builder was given and what the environment has.
pub(super) fn collect(
    schemes: &'static [SecurityScheme],
    given: &[(&'static str, Credential)],
    environment: &dyn Environment,
) -> Vec<ConfiguredCredential> {
    let configured = schemes.iter().filter_map(|scheme| {
        if let Some((_, credential)) = given.iter().rev().find(|(name, _)| *name == scheme.name) {
            return Some(ConfiguredCredential {
                scheme,
                credential: credential.clone(),
                given: true,
            });
        }
        let credential = scheme
            .variables
            .iter()
            .find_map(|variables| variables.read(environment))?;
        Some(ConfiguredCredential {
            scheme,
            credential,
            given: false,
        })
    });
    configured.collect()
}

impl ConfiguredCredential {
    /// The secret for a request that is about to leave.
    pub(super) async fn secret(&self, core: &Core, scopes: &'static [&'static str]) -> Result<Secret, AuthError> {
        self.credential
            .0
            .secret(SecretRequest {
                core,
                scheme: self.scheme,
                scopes,
            })
            .await
    }

    /// The server answered 401 to this secret. Tells whether another attempt may go better.
    pub(super) fn rejected(&self, secret: &Secret) -> bool {
        self.credential.0.rejected(secret)
    }
}

/// What a call will show, in the order of the document.
pub(super) type SelectedCredentials = Vec<(ConfiguredCredential, &'static [&'static str])>;

/// Chooses the first way that the client has all credentials for; one that was given to the builder comes before one that
/// the environment alone provides.
pub(super) fn choose(
    core: &Core,
    security: &'static [&'static [RequiredScheme]],
) -> Result<SelectedCredentials, BuildError> {
    let configured = |need: &RequiredScheme| {
        core.0
            .credentials
            .iter()
            .find(|configured| configured.scheme.name == need.scheme)
            .cloned()
    };
    let ways: Vec<SelectedCredentials> = security
        .iter()
        .filter(|way| !way.is_empty())
        .filter_map(|way| way.iter().map(|need| Some((configured(need)?, need.scopes))).collect())
        .collect();
    let given = ways
        .iter()
        .position(|way| way.iter().any(|(configured, _)| configured.given))
        .unwrap_or(0);
    match ways.into_iter().nth(given) {
        Some(way) => Ok(way),
        None if security.iter().all(|way| !way.is_empty()) && !security.is_empty() => Err(missing(core, security)),
        None => Ok(SelectedCredentials::new()),
    }
}

fn missing(core: &Core, security: &[&[RequiredScheme]]) -> BuildError {
    let scheme = |need: &RequiredScheme| {
        let known = core.0.api_info.schemes.iter().find(|scheme| scheme.name == need.scheme);
        let Some(scheme) = known else {
            return format!("scheme `{}`, which this SDK does not support", need.scheme);
        };
        let variables = scheme.variables.iter().map(|variables| format!(" or set {variables}"));
        format!(
            "call `{}` on the builder{}",
            scheme.setter,
            variables.collect::<String>()
        )
    };
    let ways = security
        .iter()
        .map(|way| way.iter().map(scheme).collect::<Vec<_>>().join(", and "));
    BuildError::new(format!("no credentials: {}", ways.collect::<Vec<_>>().join("; or ")))
}

/// Puts a secret where its scheme wants it.
pub(super) fn attach(
    request: &mut Request<Body>,
    configured: &ConfiguredCredential,
    secret: &Secret,
) -> Result<(), BuildError> {
    let unfit = || {
        BuildError::new(format!(
            "the credential for `{}` cannot be sent as it is",
            configured.scheme.name
        ))
    };
    let secret = secret.expose();
    let (name, text) = match configured.scheme.kind {
        SchemeKind::Bearer | SchemeKind::ClientCredentials { .. } => (AUTHORIZATION, format!("Bearer {secret}")),
        SchemeKind::Basic => (AUTHORIZATION, format!("Basic {secret}")),
        SchemeKind::ApiKey {
            location: KeyLocation::Header,
            name,
        } => (
            HeaderName::from_bytes(name.as_bytes()).map_err(|_| unfit())?,
            secret.to_owned(),
        ),
        SchemeKind::ApiKey {
            location: KeyLocation::Cookie,
            name,
        } => {
            let others = request.headers().get(COOKIE).and_then(|value| value.to_str().ok());
            (
                COOKIE,
                others.map_or_else(String::new, |others| format!("{others}; ")) + &format!("{name}={secret}"),
            )
        }
        SchemeKind::ApiKey {
            location: KeyLocation::Query,
            name,
        } => {
            *request.uri_mut() = with_query(request.uri(), name, secret).map_err(|_| unfit())?;
            return Ok(());
        }
    };
    let mut value = HeaderValue::from_str(Secret::from(text).expose()).map_err(|_| unfit())?;
    value.set_sensitive(true);
    request.headers_mut().insert(name, value);
    Ok(())
}

/// Sets one pair of a query; a link to another page may carry it already.
fn with_query(uri: &Uri, name: &str, secret: &str) -> Result<Uri, http::Error> {
    let name = address::encode(name);
    let others = uri.query().unwrap_or_default().split('&');
    let others = others.filter(|pair| !pair.is_empty() && pair.split('=').next() != Some(&name));
    let pair = format!("{name}={}", address::encode(secret));
    let query: Vec<&str> = others.chain([pair.as_str()]).collect();
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(format!("{}?{}", uri.path(), query.join("&")).parse()?);
    Ok(Uri::from_parts(parts)?)
}
