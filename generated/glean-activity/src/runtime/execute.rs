//! The one path that every call takes: credentials, hooks, sending, timeouts and retries. Nothing here is generic.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use http::header::AUTHORIZATION;
use http::{StatusCode, Uri};

use super::auth::{self, Grants};
use super::environment::BoxFuture;
use super::error::{Error, Failure};
use super::failure::{BuildError, TimeoutError, TimeoutKind, TransportError, TransportErrorKind};
use super::hooks::Attempt;
use super::operation::Call;
use super::request::Request;
use super::retry::{State, Trouble, retry_after};
use super::{Body, RawResponse, Secret};

impl Request {
    /// Makes the call, and gives the last answer, of whatever status.
    pub(super) fn execute(mut self) -> BoxFuture<'static, Result<RawResponse, Failure>> {
        Box::pin(async move {
            if let Some(assemble) = self.assemble {
                assemble(&mut self);
            }
            self.add_idempotency_key();
            let limit = self.options.timeout.or(self.core.0.choices.timeout);
            let attempt = AtomicU32::new(1);
            let Some(limit) = limit else {
                return self.attempts(None, &attempt).await;
            };
            let outcome = tokio::time::timeout(limit, self.attempts(Some(limit), &attempt)).await;
            outcome.unwrap_or_else(|_| {
                let call = Call {
                    attempt: attempt.load(Ordering::Relaxed),
                    ..self.call()
                };
                Err(timeout(&call, TimeoutKind::Call, Some(limit)))
            })
        })
    }

    fn add_idempotency_key(&mut self) {
        if let Some(name) = self.operation.idempotency_key
            && !self.headers.contains_key(name)
        {
            let environment = &self.core.0.choices.environment;
            let key = format!("{:016x}{:016x}", environment.random(), environment.random());
            self.header_text(name, key);
        }
    }

    /// Whether repeating the call does no harm.
    fn is_safe(&self) -> bool {
        let keyed = self
            .headers
            .contains_key(self.operation.idempotency_key.unwrap_or("idempotency-key"));
        keyed || self.operation.idempotent.unwrap_or_else(|| self.method.is_idempotent())
    }

    /// Where the call goes, and what it shows there.
    fn prepare(&self) -> Result<(Uri, Grants), BuildError> {
        if let Some(fault) = &self.fault {
            return Err((**fault).clone());
        }
        let uri = Uri::try_from(self.url()?.as_str())
            .map_err(|error| BuildError::caused((), error).with_message("the URL of the request cannot be sent"))?;
        // Who sets the header has chosen the credentials.
        let own = self.headers.contains_key(AUTHORIZATION) || self.core.0.headers.contains_key(AUTHORIZATION);
        let grants = match own {
            true => Grants::new(),
            false => auth::choose(&self.core, self.security)?,
        };
        Ok((uri, grants))
    }

    async fn attempts(&self, limit: Option<Duration>, attempt: &AtomicU32) -> Result<RawResponse, Failure> {
        let environment = &*self.core.0.choices.environment;
        let policy = self.policy();
        let mut call = self.call();
        let (uri, grants) = self.prepare().map_err(|error| error.at(&call))?;
        let started = environment.elapsed();
        let mut replayed = false;
        loop {
            let (message, shown) = self.authorized(&uri, &grants).await.map_err(|error| error.at(&call))?;
            let outcome = self.attempt(&call, message).await;
            if !replayed && is_unauthorized(&outcome) && reject(&grants, &shown) {
                replayed = true;
                continue;
            }
            let state = State {
                attempt: call.attempt,
                elapsed: environment.elapsed().saturating_sub(started),
                limit,
                safe: self.is_safe(),
                random: environment.random(),
            };
            let wait = trouble(&outcome).and_then(|trouble| policy.wait(state, trouble));
            match wait.filter(|_| self.core.0.bucket.take()) {
                Some(wait) => environment.sleep(wait).await,
                None => return self.settle(&call, outcome),
            }
            call.attempt += 1;
            attempt.store(call.attempt, Ordering::Relaxed);
        }
    }

    fn settle(&self, call: &Call, outcome: Result<RawResponse, Failure>) -> Result<RawResponse, Failure> {
        if matches!(&outcome, Ok(response) if response.status.is_success()) {
            self.core.0.bucket.refund(call.attempt);
        }
        outcome
    }

    /// The message with its credentials, and which secrets these were.
    async fn authorized(&self, uri: &Uri, grants: &Grants) -> Result<(http::Request<Body>, Vec<Secret>), Failure> {
        let mut message = self.message(uri);
        let mut shown = Vec::with_capacity(grants.len());
        for (held, scopes) in grants {
            let secret = held
                .secret(&self.core, scopes)
                .await
                .map_err(|error| Error::Auth(Box::new(error)))?;
            auth::place(&mut message, held, &secret)?;
            shown.push(secret);
        }
        Ok((message, shown))
    }

    /// Sends one message, with the hooks around it.
    async fn attempt(&self, call: &Call, mut message: http::Request<Body>) -> Result<RawResponse, Failure> {
        let core = &*self.core.0;
        for hook in &core.choices.hooks {
            let changed = hook.before(call, &mut message);
            changed.map_err(|error| {
                Failure::from(BuildError::caused((), error).with_message("a hook refused").at(call))
            })?;
        }
        #[cfg(feature = "tracing")]
        let started = core.choices.environment.elapsed();
        let limit = self.options.attempt_timeout.or(core.choices.attempt_timeout);
        let sending = self.transport.as_ref().unwrap_or(&core.transport).send(message);
        let outcome = match limit {
            Some(limit) => tokio::time::timeout(limit, sending).await.ok(),
            None => Some(sending.await),
        };
        let outcome = outcome.map(|result| result.map(|answer| self.received(call, answer)));
        let attempt = match &outcome {
            Some(Ok(response)) => Attempt::Answered(response),
            Some(Err(error)) => Attempt::Failed(error),
            None => Attempt::TimedOut,
        };
        core.choices.hooks.iter().for_each(|hook| hook.after(call, attempt));
        #[cfg(feature = "tracing")]
        trace(
            call,
            attempt,
            core.choices.environment.elapsed().saturating_sub(started),
        );
        match outcome {
            Some(Ok(response)) => Ok(response),
            Some(Err(error)) => Err(lost(call, error, Some(core.choices.connect_timeout))),
            None => Err(timeout(call, TimeoutKind::Attempt, limit)),
        }
    }

    fn received(&self, call: &Call, answer: http::Response<bytes::Bytes>) -> RawResponse {
        let (parts, body) = answer.into_parts();
        let retry_after = retry_after(&parts.headers, self.core.0.choices.environment.now());
        RawResponse {
            status: parts.status,
            headers: parts.headers,
            body,
            call: call.clone(),
            retry_after,
        }
    }
}

/// What it is to the caller that a transport failed.
pub(super) fn lost(call: &Call, error: TransportError, connecting: Option<Duration>) -> Failure {
    match error.kind() {
        TransportErrorKind::ConnectTimeout => timeout(call, TimeoutKind::Connect, connecting),
        TransportErrorKind::Timeout => timeout(call, TimeoutKind::Attempt, None),
        TransportErrorKind::Connect | TransportErrorKind::Exchange => Error::Transport(Box::new(error.at(call))),
    }
}

pub(super) fn timeout(call: &Call, kind: TimeoutKind, limit: Option<Duration>) -> Failure {
    let whose = match kind {
        TimeoutKind::Connect => "making a connection",
        TimeoutKind::Attempt => "one attempt",
        TimeoutKind::Call => "the whole call",
    };
    let message = limit.map_or_else(String::new, |limit| format!("the timeout of {whose} is {limit:?}"));
    Error::Timeout(Box::new(TimeoutError::of(kind, message).at(call)))
}

fn is_unauthorized(outcome: &Result<RawResponse, Failure>) -> bool {
    matches!(outcome, Ok(response) if response.status == StatusCode::UNAUTHORIZED)
}

/// Drops the secrets that the server did not take. Tells whether one of them can be had anew.
fn reject(grants: &Grants, shown: &[Secret]) -> bool {
    let rejected = grants
        .iter()
        .zip(shown)
        .map(|((held, _), secret)| held.rejected(secret));
    rejected.fold(false, |any, one| any | one)
}

fn trouble(outcome: &Result<RawResponse, Failure>) -> Option<Trouble> {
    match outcome {
        Ok(response) => Some(Trouble::Status {
            status: response.status.as_u16(),
            retry_after: response.retry_after,
        }),
        Err(Error::Timeout(error)) => match error.kind() {
            TimeoutKind::Connect => Some(Trouble::Unsent),
            TimeoutKind::Attempt => Some(Trouble::Lost),
            TimeoutKind::Call => None,
        },
        Err(Error::Transport(error)) => match error.kind() {
            TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout => Some(Trouble::Unsent),
            TransportErrorKind::Exchange | TransportErrorKind::Timeout => Some(Trouble::Lost),
        },
        Err(Error::Build(_) | Error::Auth(_) | Error::Api(_) | Error::Decode(_) | Error::Paging(_)) => None,
    }
}

#[cfg(feature = "tracing")]
fn trace(call: &Call, attempt: Attempt<'_>, took: Duration) {
    let (operation, number) = (call.operation_id(), call.attempt());
    match attempt {
        Attempt::Answered(response) => {
            let (status, request_id) = (response.status().as_u16(), response.request_id());
            tracing::debug!(operation, attempt = number, status, request_id, ?took, "{call}");
        }
        Attempt::Failed(error) => tracing::warn!(operation, attempt = number, %error, ?took, "{call}"),
        Attempt::TimedOut => tracing::warn!(operation, attempt = number, ?took, "{call}: no answer in time"),
    }
}
