//! Access tokens, and where they come from.

use std::time::Duration;

use super::Secret;
use super::auth::{Credential, SecretRequest};
use super::call_error::{AuthError, AuthErrorKind};
use super::environment::{BoxError, BoxFuture};
use super::token_cache::TokenCache;

/// A bearer token with its lifetime.
#[derive(Clone, Debug)]
pub struct Token {
    secret: Secret,
    lifetime: Option<Duration>,
}

impl Token {
    /// Creates a token with an unknown lifetime.
    pub fn new(token: impl Into<Secret>) -> Self {
        Self {
            secret: token.into(),
            lifetime: None,
        }
    }

    /// Sets the lifetime of the token, from now.
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }

    pub(super) fn secret(&self) -> &Secret {
        &self.secret
    }

    pub(super) fn lifetime(&self) -> Option<Duration> {
        self.lifetime
    }
}

/// A source of tokens.
pub(super) trait TokenSource: Send + Sync + 'static {
    fn token<'a>(&'a self, wanted: SecretRequest<'a>) -> BoxFuture<'a, Result<Token, AuthError>>;
    /// Returns whether the credentials are blank, which counts as missing.
    fn is_empty(&self) -> bool {
        false
    }
    /// Returns whether another token can be obtained after one was rejected.
    fn can_renew(&self) -> bool {
        true
    }
    /// Returns whether one token is valid for all scopes.
    fn is_universal(&self) -> bool {
        false
    }
}

impl Credential {
    /// Creates a credential from a custom token provider, which is passed the scopes that an operation requires. A token is
    /// cached until shortly before it expires, or until the server rejects it.
    pub fn token_provider<P, F>(provider: P) -> Self
    where
        P: Fn(Vec<&'static str>) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Token, BoxError>> + Send + 'static,
    {
        Self::from_tokens(Provider(provider))
    }

    pub(super) fn from_tokens(source: impl TokenSource) -> Self {
        Self::from_source(TokenCache::new(source))
    }
}

struct Provider<P>(P);

impl<P, F> TokenSource for Provider<P>
where
    P: Fn(Vec<&'static str>) -> F + Send + Sync + 'static,
    F: Future<Output = Result<Token, BoxError>> + Send + 'static,
{
    fn token<'a>(&'a self, wanted: SecretRequest<'a>) -> BoxFuture<'a, Result<Token, AuthError>> {
        let token = self.0(wanted.scopes.to_vec());
        Box::pin(async move {
            token
                .await
                .map_err(|error| AuthError::caused(AuthErrorKind::Provider, error))
        })
    }
}
