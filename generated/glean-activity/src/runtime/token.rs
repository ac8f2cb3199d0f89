//! The token cache: tokens are kept until they expire, fetched once for concurrent calls, and replaced when rejected.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::Secret;
use super::auth::{Credential, SecretRequest, SecretSource};
use super::call_error::{AuthError, AuthErrorKind};
use super::environment::{BoxError, BoxFuture};

type Scopes = &'static [&'static str];

/// A bearer token with its lifetime.
#[derive(Clone, Debug)]
pub struct Token {
    secret: Secret,
    lifetime: Option<Duration>,
}

impl Token {
    /// Creates a token with unknown lifetime.
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
}

/// A source of tokens.
pub(super) trait TokenSource: Send + Sync + 'static {
    fn token<'a>(&'a self, wanted: SecretRequest<'a>) -> BoxFuture<'a, Result<Token, AuthError>>;
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
        let (tokens, fetching, last) = Default::default();
        Self::from_source(TokenCache {
            source: Box::new(source),
            tokens,
            fetching,
            last,
        })
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

/// A cache of tokens by scopes. Times are those of [`Environment::elapsed`](super::Environment::elapsed).
struct TokenCache {
    source: Box<dyn TokenSource>,
    tokens: Mutex<Vec<CachedToken>>,
    /// Held while a token is fetched.
    fetching: tokio::sync::Mutex<()>,
    /// The number of finished fetches, and the error of the last one.
    last: Mutex<(u64, Option<(Scopes, AuthError)>)>,
}

struct CachedToken {
    scopes: Scopes,
    secret: Secret,
    /// The time from which the token is replaced, although it is still valid.
    renew: Duration,
    end: Duration,
}

/// Locks a mutex. The values stay consistent if a thread panics, so poisoning is ignored.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl TokenCache {
    /// Returns a valid token for these scopes, and whether it need not be renewed yet.
    fn find(&self, wanted: SecretRequest<'_>) -> Option<(Secret, bool)> {
        let now = wanted.core.0.options.environment.elapsed();
        let covers = |configured: Scopes| wanted.scopes.iter().all(|scope| configured.contains(scope));
        let universal = self.source.is_universal();
        let tokens = lock(&self.tokens);
        let valid = tokens
            .iter()
            .filter(|token| now < token.end && (universal || covers(token.scopes)));
        valid
            .max_by_key(|token| token.end)
            .map(|token| (token.secret.clone(), now < token.renew))
    }

    async fn secret(&self, wanted: SecretRequest<'_>) -> Result<Secret, AuthError> {
        let ended = match self.find(wanted) {
            Some((secret, true)) => return Ok(secret),
            // One caller renews the token, and the others use the old one meanwhile. If the renewal fails, so does this caller.
            Some((secret, false)) => match self.fetching.try_lock() {
                Ok(_guard) => return Ok(self.fetch(wanted).await.unwrap_or(secret)),
                Err(_) => return Ok(secret),
            },
            None => lock(&self.last).0,
        };
        let _guard = self.fetching.lock().await;
        // Another caller may have fetched a token, or failed to, while this one waited.
        if let Some((secret, _)) = self.find(wanted) {
            return Ok(secret);
        }
        if let (now_ended, Some((scopes, error))) = &*lock(&self.last)
            && *now_ended > ended
            && *scopes == wanted.scopes
        {
            return Err(error.clone());
        }
        self.fetch(wanted).await
    }

    async fn fetch(&self, wanted: SecretRequest<'_>) -> Result<Secret, AuthError> {
        let began = wanted.core.0.options.environment.elapsed();
        let outcome = self.source.token(wanted).await;
        let mut last = lock(&self.last);
        last.0 += 1;
        last.1 = outcome.as_ref().err().map(|error| (wanted.scopes, error.clone()));
        let Token { secret, lifetime } = outcome?;
        let skew = lifetime.map_or(Duration::ZERO, |lifetime| (lifetime / 10).min(Duration::from_secs(60)));
        let end = lifetime.map_or(Duration::MAX, |lifetime| began.saturating_add(lifetime));
        let mut tokens = lock(&self.tokens);
        tokens.retain(|token| token.end > began && token.scopes != wanted.scopes);
        tokens.push(CachedToken {
            scopes: wanted.scopes,
            secret: secret.clone(),
            renew: end.saturating_sub(skew),
            end,
        });
        Ok(secret)
    }
}

impl SecretSource for TokenCache {
    fn secret<'a>(&'a self, wanted: SecretRequest<'a>) -> BoxFuture<'a, Result<Secret, AuthError>> {
        Box::pin(TokenCache::secret(self, wanted))
    }

    fn rejected(&self, secret: &Secret) -> bool {
        lock(&self.tokens).retain(|token| token.secret != *secret);
        true
    }
}
