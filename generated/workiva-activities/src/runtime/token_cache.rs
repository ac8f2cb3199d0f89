//! A cache of access tokens: one token request per set of scopes, regardless of the number of waiting calls, and renewal before
//! expiry.
//!
//! A token request runs as a separate task. A call that stops waiting does not cancel it, and no lock is held while it starts or runs.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::HeaderValue;
use tokio::sync::watch;

use super::Secret;
use super::auth::{SecretLookup, SecretRequest, SecretSource};
use super::call_error::{AuthError, AuthErrorKind};
use super::environment::BoxFuture;
use super::token::{Token, TokenSource};

type Scopes = &'static [&'static str];
type Outcome = Result<Secret, AuthError>;
/// The result of a token request, once there is one.
type Flight = watch::Receiver<Option<Outcome>>;

/// The tokens of one credential. Times are those of [`Environment::elapsed`](super::Environment::elapsed).
#[derive(Clone)]
pub(super) struct TokenCache(Arc<Shared>);

struct Shared {
    source: Box<dyn TokenSource>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    tokens: Vec<CachedToken>,
    /// The token requests that run now.
    flights: Vec<(Scopes, Flight)>,
}

struct CachedToken {
    scopes: Scopes,
    secret: Secret,
    /// From this time on, a call starts a token request and uses this token meanwhile.
    renew_at: Duration,
    expires_at: Duration,
}

impl TokenCache {
    pub(super) fn new(source: impl TokenSource) -> Self {
        Self(Arc::new(Shared {
            source: Box::new(source),
            state: Mutex::default(),
        }))
    }

    /// Returns a token, or the running request for one.
    fn lookup(&self, wanted: SecretRequest<'_>) -> Result<Secret, Flight> {
        let now = wanted.core.0.options.environment.elapsed();
        let mut state = self.0.lock();
        let usable = state
            .tokens
            .iter()
            .filter(|token| now < token.expires_at && covers(token.scopes, wanted.scopes));
        let Some(token) = usable.max_by_key(|token| token.expires_at) else {
            let (flight, task) = self.join(&mut state, wanted);
            drop(state);
            start(task, wanted);
            return Err(flight);
        };
        let (secret, is_due) = (token.secret.clone(), now >= token.renew_at);
        if is_due {
            let (_, task) = self.join(&mut state, wanted);
            drop(state);
            start(task, wanted);
        }
        Ok(secret)
    }

    /// Joins the token request that runs for these scopes, or returns the task of a new one.
    fn join(&self, state: &mut State, wanted: SecretRequest<'_>) -> (Flight, Option<BoxFuture<'static, ()>>) {
        let running = state.flights.iter().find(|(scopes, _)| covers(scopes, wanted.scopes));
        if let Some((_, flight)) = running {
            return (flight.clone(), None);
        }
        let (sender, flight) = watch::channel(None);
        state.flights.push((wanted.scopes, flight.clone()));
        let guard = FlightGuard {
            cache: self.clone(),
            scopes: wanted.scopes,
        };
        let (core, scheme) = (wanted.core.clone(), wanted.scheme);
        let task = Box::pin(async move {
            let scopes = guard.scopes;
            let wanted = SecretRequest {
                core: &core,
                scheme,
                scopes,
            };
            let outcome = guard.cache.0.fetch(wanted).await;
            drop(guard);
            sender.send_replace(Some(outcome));
        });
        (flight, Some(task))
    }
}

/// Starts a token request. The state must not be locked: a runtime that shuts down drops the task at once, which locks it.
fn start(task: Option<BoxFuture<'static, ()>>, wanted: SecretRequest<'_>) {
    if let Some(task) = task {
        wanted.core.0.options.environment.spawn(task);
    }
}

impl Shared {
    /// Locks the state. Poisoning is ignored, because a panic cannot leave the lists inconsistent.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn fetch(&self, wanted: SecretRequest<'_>) -> Outcome {
        let environment = &wanted.core.0.options.environment;
        let started = environment.elapsed();
        let outcome = self.source.token(wanted).await.and_then(sendable);
        let mut state = self.lock();
        match outcome {
            Ok(token) => {
                let secret = token.secret().clone();
                state
                    .tokens
                    .retain(|other| other.expires_at > started && other.scopes != wanted.scopes);
                state.tokens.extend(CachedToken::new(token, wanted.scopes, started));
                Ok(secret)
            }
            Err(error) => {
                // The current token stays in use while it is valid, so the next attempt to renew it can wait.
                let now = environment.elapsed();
                let serves = |token: &&mut CachedToken| covers(token.scopes, wanted.scopes);
                for token in state.tokens.iter_mut().filter(serves) {
                    let left = token.expires_at.saturating_sub(now);
                    token.renew_at = now.saturating_add((left / 4).max(Duration::from_secs(1)));
                }
                Err(error)
            }
        }
    }
}

impl CachedToken {
    /// Returns `None` for a token that has expired already. The waiting calls use it, and it is not cached.
    fn new(token: Token, scopes: Scopes, started: Duration) -> Option<Self> {
        let lifetime = token.lifetime();
        if lifetime.is_some_and(|lifetime| lifetime.is_zero()) {
            return None;
        }
        // A token without a lifetime is kept until the server rejects it.
        let expires_at = lifetime.map_or(Duration::MAX, |lifetime| started.saturating_add(lifetime));
        let ahead = lifetime.map_or(Duration::ZERO, |lifetime| (lifetime / 10).min(Duration::from_secs(60)));
        Some(Self {
            scopes,
            secret: token.secret().clone(),
            renew_at: expires_at.saturating_sub(ahead),
            expires_at,
        })
    }
}

/// Ends a token request even if its task panics or its runtime shuts down, so that the next call starts another one.
struct FlightGuard {
    cache: TokenCache,
    scopes: Scopes,
}

impl Drop for FlightGuard {
    fn drop(&mut self) {
        self.cache.0.lock().flights.retain(|(scopes, _)| *scopes != self.scopes);
    }
}

fn covers(available: Scopes, wanted: Scopes) -> bool {
    wanted.iter().all(|scope| available.contains(scope))
}

/// Rejects a token that no header can carry, before it is cached.
fn sendable(token: Token) -> Result<Token, AuthError> {
    let text = token.secret().expose();
    match HeaderValue::from_str(text) {
        Ok(_) if !text.is_empty() => Ok(token),
        Ok(_) => Err(AuthError::of(
            AuthErrorKind::InvalidResponse,
            "the access token is empty",
        )),
        Err(_) => {
            let message = "the access token contains characters that cannot be sent in a header";
            Err(AuthError::of(AuthErrorKind::InvalidResponse, message))
        }
    }
}

impl SecretSource for TokenCache {
    fn secret<'a>(&'a self, wanted: SecretRequest<'a>) -> SecretLookup<'a> {
        let scopes = match self.0.source.is_universal() {
            true => &[],
            false => wanted.scopes,
        };
        let mut flight = match self.lookup(SecretRequest { scopes, ..wanted }) {
            Ok(secret) => return SecretLookup::Found(secret),
            Err(flight) => flight,
        };
        SecretLookup::Pending(Box::pin(async move {
            let outcome = flight.wait_for(Option::is_some).await.ok();
            outcome.and_then(|outcome| outcome.clone()).unwrap_or_else(|| {
                Err(AuthError::of(
                    AuthErrorKind::Unavailable,
                    "the token request was interrupted",
                ))
            })
        }))
    }

    fn is_empty(&self) -> bool {
        self.0.source.is_empty()
    }

    fn rejected(&self, secret: &Secret) -> bool {
        let can_renew = self.0.source.can_renew();
        if can_renew {
            self.0.lock().tokens.retain(|token| token.secret != *secret);
        }
        can_renew
    }
}
