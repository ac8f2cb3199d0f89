//! Credentials: which ones a call needs, where they come from, and where they are sent.

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

/// A security scheme of the API description.
#[derive(Debug)]
pub struct SecurityScheme {
    /// The name of the scheme in the API description.
    pub name: &'static str,
    /// The kind of scheme.
    pub kind: SchemeKind,
    /// The builder method that sets the credential, for messages.
    pub setter: &'static str,
    /// The environment variables that are read if the builder sets no credential. The first ones that are set are used.
    pub variables: &'static [Variables],
}

/// A kind of security scheme.
#[derive(Clone, Copy, Debug)]
pub enum SchemeKind {
    /// A token in `Authorization`, with an HTTP authentication scheme such as `Bearer`.
    Http {
        /// The scheme name as it is sent.
        scheme: &'static str,
    },
    /// `Authorization: Basic …`
    Basic,
    /// An API key.
    ApiKey {
        /// Where the key is sent.
        location: KeyLocation,
        /// The name of the header, query parameter or cookie.
        name: &'static str,
    },
    /// A bearer token of OAuth 2.0 or OpenID Connect.
    OAuth2 {
        /// The flows that the API description has.
        flows: &'static [OAuth2Flow],
        /// The URL of the authorization server's metadata, if the API description has one (otherwise empty): RFC 8414, or OpenID Connect
        /// Discovery.
        metadata_url: &'static str,
    },
}

/// A flow of an OAuth 2.0 security scheme. URLs may be relative to the server; an empty one is not documented.
#[derive(Clone, Copy, Debug)]
pub struct OAuth2Flow {
    /// Which flow it is.
    pub grant: GrantType,
    /// The URL where tokens are requested.
    pub token_url: &'static str,
    /// The URL where the user authorizes the client, or where a device requests its code.
    pub authorization_url: &'static str,
    /// The URL where tokens are renewed, if it is another one.
    pub refresh_url: &'static str,
}

impl OAuth2Flow {
    /// A flow without URLs.
    pub const DEFAULT: Self = Self {
        grant: GrantType::ClientCredentials,
        token_url: "",
        authorization_url: "",
        refresh_url: "",
    };
}

/// The grant types of OAuth 2.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GrantType {
    /// An ID with its secret (RFC 6749 §4.4).
    ClientCredentials,
    /// A user name with its password (RFC 6749 §4.3).
    Password,
    /// A code from a redirect (RFC 6749 §4.1).
    AuthorizationCode,
    /// A code that a person enters on another device (RFC 8628).
    DeviceCode,
}

/// Where an API key is sent.
#[derive(Clone, Copy, Debug)]
pub enum KeyLocation {
    Header,
    Query,
    Cookie,
}

/// Environment variables that contain a credential.
#[derive(Debug)]
pub enum Variables {
    /// One variable with a token or key.
    One(&'static str),
    /// Two variables with a name and a secret, and the constructor of the credential.
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

/// A request for a secret: which scheme and scopes it is for.
#[derive(Clone, Copy, Debug)]
pub struct SecretRequest<'a> {
    /// The client.
    pub core: &'a Core,
    /// The security scheme.
    pub scheme: &'static SecurityScheme,
    /// The scopes that the operation requires.
    pub scopes: &'static [&'static str],
}

/// A secret, or the future that obtains it.
pub(super) enum SecretLookup<'a> {
    Found(Secret),
    #[allow(dead_code)] // Only APIs with OAuth 2.0 use it.
    Pending(BoxFuture<'a, Result<Secret, AuthError>>),
}

/// A source of secrets. It is called for every attempt.
pub(super) trait SecretSource: Send + Sync {
    fn secret<'a>(&'a self, wanted: SecretRequest<'a>) -> SecretLookup<'a>;
    /// Reports a secret that the server rejected with 401. Returns whether a new one may be available.
    fn rejected(&self, secret: &Secret) -> bool;
    /// Returns whether the secret is empty, so that the credential counts as missing.
    fn is_empty(&self) -> bool;
}

impl SecretSource for Secret {
    fn secret<'a>(&'a self, _: SecretRequest<'a>) -> SecretLookup<'a> {
        SecretLookup::Found(self.clone())
    }
    fn rejected(&self, _: &Secret) -> bool {
        false
    }
    fn is_empty(&self) -> bool {
        self.expose().trim().is_empty()
    }
}

/// A credential for a security scheme.
#[derive(Clone)]
pub struct Credential(Arc<dyn SecretSource>);

impl Credential {
    /// Creates a credential from a bearer token.
    pub fn bearer(token: impl Into<Secret>) -> Self {
        Self::from_source(token.into())
    }

    /// Creates a credential from an API key.
    pub fn api_key(key: impl Into<Secret>) -> Self {
        Self::from_source(key.into())
    }

    /// Creates a credential from a user name and a password.
    pub fn basic(user: &str, password: impl Into<Secret>) -> Self {
        let password = password.into();
        if user.is_empty() && password.expose().is_empty() {
            return Self::from_source(password);
        }
        let pair = Secret::from(format!("{user}:{}", password.expose()));
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

/// A security scheme with the credential that the client has for it.
#[derive(Clone, Debug)]
pub(super) struct ConfiguredCredential {
    scheme: &'static SecurityScheme,
    credential: Credential,
    /// Whether the builder set the credential. Otherwise it comes from the environment.
    from_builder: bool,
}

/// Collects the credentials of the builder and of the environment.
pub(super) fn collect(
    schemes: &'static [SecurityScheme],
    from_builder: &[(&'static str, Credential)],
    environment: &dyn Environment,
) -> Vec<ConfiguredCredential> {
    let configured = schemes.iter().filter_map(|scheme| {
        let given = from_builder.iter().rev().find(|(name, _)| *name == scheme.name);
        if let Some((_, credential)) = given.filter(|(_, credential)| !credential.0.is_empty()) {
            return Some(ConfiguredCredential {
                scheme,
                credential: credential.clone(),
                from_builder: true,
            });
        }
        let credential = scheme
            .variables
            .iter()
            .find_map(|variables| variables.read(environment).filter(|found| !found.0.is_empty()))?;
        Some(ConfiguredCredential {
            scheme,
            credential,
            from_builder: false,
        })
    });
    configured.collect()
}

impl ConfiguredCredential {
    /// Returns the secret for a request.
    pub(super) async fn secret(&self, core: &Core, scopes: &'static [&'static str]) -> Result<Secret, AuthError> {
        let scheme = self.scheme;
        match self.credential.0.secret(SecretRequest { core, scheme, scopes }) {
            SecretLookup::Found(secret) => Ok(secret),
            SecretLookup::Pending(request) => request.await,
        }
    }

    /// Reports a secret that the server rejected with 401. Returns whether another attempt may succeed.
    pub(super) fn rejected(&self, secret: &Secret) -> bool {
        self.credential.0.rejected(secret)
    }
}

/// A credential that a call sends.
pub(super) struct SelectedCredential<'a> {
    pub configured: &'a ConfiguredCredential,
    pub scopes: &'static [&'static str],
    /// The secret of the last attempt.
    pub sent: Option<Secret>,
}

/// The credentials that a call sends, in the order of the API description.
pub(super) type SelectedCredentials<'a> = Vec<SelectedCredential<'a>>;

/// Selects the first security requirement for which the client has all credentials. Credentials of the builder take
/// precedence over those of the environment.
pub(super) fn choose<'a>(
    core: &'a Core,
    security: &'static [&'static [RequiredScheme]],
) -> Result<SelectedCredentials<'a>, BuildError> {
    let configured = |required: &RequiredScheme| -> Option<&'a ConfiguredCredential> {
        let all = &core.0.credentials;
        all.iter().find(|configured| configured.scheme.name == required.scheme)
    };
    let is_complete = |requirement: &[RequiredScheme]| requirement.iter().all(|one| configured(one).is_some());
    let is_from_builder = |requirement: &[RequiredScheme]| {
        let mut found = requirement.iter().filter_map(configured);
        found.any(|configured| configured.from_builder)
    };
    let complete = || {
        let requirements = security.iter().filter(|requirement| !requirement.is_empty());
        requirements.filter(|requirement| is_complete(requirement))
    };
    let first = complete().find(|requirement| is_from_builder(requirement));
    match first.or_else(|| complete().next()) {
        Some(requirement) => {
            let mut selected = Vec::with_capacity(requirement.len());
            selected.extend(requirement.iter().filter_map(|required| {
                let (configured, scopes, sent) = (configured(required)?, required.scopes, None);
                Some(SelectedCredential {
                    configured,
                    scopes,
                    sent,
                })
            }));
            Ok(selected)
        }
        None if security.iter().all(|requirement| !requirement.is_empty()) && !security.is_empty() => {
            Err(missing(core, security))
        }
        None => Ok(SelectedCredentials::new()),
    }
}

fn missing(core: &Core, security: &[&[RequiredScheme]]) -> BuildError {
    let scheme = |required: &RequiredScheme| {
        let known = core
            .0
            .api_info
            .schemes
            .iter()
            .find(|scheme| scheme.name == required.scheme);
        let Some(scheme) = known else {
            return format!("security scheme `{}` is not supported", required.scheme);
        };
        let variables = scheme.variables.iter().map(|variables| format!(" or set {variables}"));
        format!(
            "call `{}` on the builder{}",
            scheme.setter,
            variables.collect::<String>()
        )
    };
    let requirements = security
        .iter()
        .map(|requirement| requirement.iter().map(scheme).collect::<Vec<_>>().join(", and "));
    BuildError::new(format!(
        "missing credentials: {}",
        requirements.collect::<Vec<_>>().join("; or ")
    ))
}

/// Adds a secret to a request where its scheme requires it.
pub(super) fn attach(
    request: &mut Request<Body>,
    configured: &ConfiguredCredential,
    secret: &Secret,
) -> Result<(), BuildError> {
    let invalid = || {
        BuildError::new(format!(
            "the credential for `{}` contains characters that cannot be sent",
            configured.scheme.name
        ))
    };
    let value = |scheme| secret.header_value(scheme).ok_or_else(invalid);
    let (name, value) = match configured.scheme.kind {
        SchemeKind::Http { scheme } => (AUTHORIZATION, value(scheme)?),
        SchemeKind::OAuth2 { .. } => (AUTHORIZATION, value("Bearer")?),
        SchemeKind::Basic => (AUTHORIZATION, value("Basic")?),
        SchemeKind::ApiKey {
            location: KeyLocation::Header,
            name,
        } => (
            HeaderName::from_bytes(name.as_bytes()).map_err(|_| invalid())?,
            value("")?,
        ),
        SchemeKind::ApiKey {
            location: KeyLocation::Cookie,
            name,
        } => {
            let others = request.headers().get(COOKIE).and_then(|value| value.to_str().ok());
            let others = others.map_or_else(String::new, |others| format!("{others}; "));
            let cookies = format!("{others}{name}={}", secret.expose());
            let mut value = HeaderValue::try_from(cookies).map_err(|_| invalid())?;
            value.set_sensitive(true);
            (COOKIE, value)
        }
        SchemeKind::ApiKey {
            location: KeyLocation::Query,
            name,
        } => {
            *request.uri_mut() = with_query(request.uri(), name, secret.expose()).map_err(|_| invalid())?;
            return Ok(());
        }
    };
    request.headers_mut().insert(name, value);
    Ok(())
}

/// Sets a query parameter. A link to the next page may contain it already.
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
