//! The execution of every call: credentials, hooks, sending, timeouts and retries. Nothing here is generic.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_LENGTH};
use http::{StatusCode, Uri};

use super::auth::{self, SelectedCredentials};
use super::body_report::BodyReport;
use super::call_error::{BuildError, TimeoutError, TimeoutKind, TransportError, TransportErrorKind};
use super::environment::BoxFuture;
use super::error::{Error, Failure};
use super::hooks::{Attempt, CallResult, Measurement};
use super::operation::Call;
use super::request::Request;
use super::retry::{AttemptState, FailureClass, retry_after};
#[cfg(feature = "tracing")]
use super::trace;
use super::{Body, RawResponse, platform};

/// A request that a transport sends.
type Sending<'a> = BoxFuture<'a, Result<http::Response<Bytes>, TransportError>>;

impl Request {
    /// Sends the request, with retries, and returns the last response, regardless of its status code.
    pub(super) fn execute(mut self) -> BoxFuture<'static, Result<RawResponse, Failure>> {
        Box::pin(async move {
            if let Some(assemble) = self.assemble {
                assemble(&mut self);
            }
            (self.operation.parameters)(&mut self, true);
            self.add_body_fields();
            self.add_idempotency_key();
            if !platform::has_runtime() {
                let error = BuildError::new("a call needs a tokio runtime, and this code runs outside a runtime");
                return Err(error.at(&self.call()).into());
            }
            self.observed().await
        })
    }

    /// Makes the call and reports it to the hooks.
    async fn observed(&self) -> Result<RawResponse, Failure> {
        let hooks = &self.core.0.options.hooks;
        let started = self.measurement_start();
        if !hooks.is_empty() {
            let call = self.call();
            hooks.iter().for_each(|hook| hook.call_started(&call));
        }
        #[cfg(feature = "tracing")]
        let outcome = trace::call(self, &self.call(), self.limited()).await;
        #[cfg(not(feature = "tracing"))]
        let outcome = self.limited().await;
        if !hooks.is_empty() {
            let call = self.call();
            let (call, result) = match &outcome {
                Ok(response) => (response.call(), CallResult::Completed(response)),
                Err(error) => (error.call().unwrap_or(&call), CallResult::Failed(error)),
            };
            let measurement = self.measured(call, outcome.as_ref().ok(), started);
            for hook in hooks {
                hook.call_finished(call, result);
                hook.call_measured(measurement);
            }
        }
        outcome
    }

    /// Makes the call within its timeout.
    async fn limited(&self) -> Result<RawResponse, Failure> {
        let limit = self.option(|options| options.timeout).or(self.core.0.options.timeout);
        let attempt = AtomicU32::new(1);
        let Some(limit) = limit else {
            return self.attempts(None, &attempt).await;
        };
        let outcome = platform::timeout(limit, self.attempts(Some(limit), &attempt)).await;
        outcome.unwrap_or_else(|_| {
            let call = self.call_at(attempt.load(Ordering::Relaxed));
            Err(timeout(&call, TimeoutKind::Call, Some(limit)))
        })
    }

    fn add_idempotency_key(&mut self) {
        if let Some(name) = self.operation.idempotency_key
            && !self.headers.contains_key(name)
        {
            let environment = &self.core.0.options.environment;
            let key = format!("{:016x}{:016x}", environment.random(), environment.random());
            self.header_text(name, key);
        }
    }

    /// Returns whether the request can be repeated safely.
    fn is_repeatable(&self) -> bool {
        let keyed = self
            .headers
            .contains_key(self.operation.idempotency_key.unwrap_or("idempotency-key"));
        keyed || self.operation.idempotent.unwrap_or_else(|| self.method.is_idempotent())
    }

    /// Returns the URL and the credentials of the call.
    fn prepare(&self) -> Result<(Uri, SelectedCredentials<'_>), BuildError> {
        if let Some(error) = &self.build_error {
            return Err((**error).clone());
        }
        let uri = self.uri()?;
        // A caller that sets the header has chosen the credentials.
        let custom = self.headers.contains_key(AUTHORIZATION) || self.core.0.headers.contains_key(AUTHORIZATION);
        let selected = match custom {
            true => SelectedCredentials::new(),
            false => auth::choose(&self.core, self.security)?,
        };
        Ok((uri, selected))
    }

    // Every call keeps this future in memory, so values that are cheap to compute again, such as `Call`, are not part of it.
    async fn attempts(&self, limit: Option<Duration>, attempt: &AtomicU32) -> Result<RawResponse, Failure> {
        let core = &*self.core.0;
        let environment = &core.options.environment;
        let (uri, mut selected) = self.prepare().map_err(|error| error.at(&self.call()))?;
        // A token request runs inside a call, which has its permit already.
        let pacing = Some(&core.pacing).filter(|_| !self.is_internal);
        let _permit = match pacing {
            Some(pacing) => pacing.permit().await,
            None => None,
        };
        let started = environment.elapsed();
        let (mut number, mut replayed) = (1, false);
        loop {
            if let Some(wait) = pacing.and_then(|pacing| pacing.wait(|| environment.elapsed())) {
                environment.sleep(wait).await;
            }
            let secrets = self.find_secrets(&mut selected).await;
            secrets.map_err(|error| error.at(&self.call_at(number)))?;
            let message = match core.options.hooks.is_empty() {
                true => self.authorized(number, &uri, &selected)?,
                false => Box::pin(self.hooked(number, &uri, &selected)).await?,
            };
            let transport = self.transport.as_ref().unwrap_or(&core.transport);
            // The block ends the life of the outcome before the wait, so the future does not keep both.
            let wait = {
                let outcome = self.attempt(number, transport.send(message)).await;
                if let (Some(pacing), Ok(response)) = (pacing, &outcome) {
                    pacing.observe(response, || environment.elapsed());
                }
                let rejected = !replayed && is_unauthorized(&outcome) && reject_secrets(&selected);
                if rejected && self.body.is_ready() {
                    replayed = true;
                    continue;
                }
                let wait = self.wait(&outcome, number, started, limit);
                let Some(wait) = wait.filter(|_| self.body.is_ready() && core.retry_budget.take()) else {
                    return self.refund_on_success(number, outcome);
                };
                wait
            };
            environment.sleep(wait).await;
            number += 1;
            attempt.store(number, Ordering::Relaxed);
        }
    }

    /// Returns how long to wait before the next attempt, or `None` if the outcome is final.
    fn wait(
        &self,
        outcome: &Result<RawResponse, Failure>,
        attempt: u32,
        started: Duration,
        limit: Option<Duration>,
    ) -> Option<Duration> {
        let (environment, policy) = (&self.core.0.options.environment, self.policy());
        // Most outcomes are final, and need no other facts.
        let failure = failure_class(outcome).filter(|failure| policy.includes(*failure))?;
        let state = AttemptState {
            attempt,
            elapsed: environment.elapsed().saturating_sub(started),
            limit,
            repeatable: self.is_repeatable(),
            random: environment.random(),
        };
        policy.wait(state, failure)
    }

    fn refund_on_success(&self, attempts: u32, outcome: Result<RawResponse, Failure>) -> Result<RawResponse, Failure> {
        if matches!(&outcome, Ok(response) if response.status.is_success()) {
            self.core.0.retry_budget.refund(attempts);
        }
        outcome
    }

    /// Finds the secrets of an attempt.
    async fn find_secrets(&self, selected: &mut SelectedCredentials<'_>) -> Result<(), Failure> {
        for credential in selected {
            let secret = credential.configured.secret(&self.core, credential.scopes).await;
            credential.sent = Some(secret.map_err(|error| Error::Auth(Box::new(error)))?);
        }
        Ok(())
    }

    /// Returns the message of an attempt with its credentials.
    fn authorized(
        &self,
        number: u32,
        uri: &Uri,
        selected: &SelectedCredentials<'_>,
    ) -> Result<http::Request<Body>, Failure> {
        let mut message = self.message(uri);
        for credential in selected {
            if let Some(secret) = &credential.sent {
                let attached = auth::attach(&mut message, credential.configured, secret);
                attached.map_err(|error| error.at(&self.call_at(number)))?;
            }
        }
        Ok(message)
    }

    /// Returns the message of an attempt after its hooks, which may change it.
    async fn hooked(
        &self,
        number: u32,
        uri: &Uri,
        selected: &SelectedCredentials<'_>,
    ) -> Result<http::Request<Body>, Failure> {
        let mut message = self.authorized(number, uri, selected)?;
        let call = self.call_at(number);
        for hook in &self.core.0.options.hooks {
            let changed = hook.before_async(&call, &mut message).await;
            changed.map_err(|error| {
                let error = BuildError::caused((), error).with_message("rejected by a hook");
                Failure::from(error.at(&call))
            })?;
        }
        // A hook may have added a body to a request that had none.
        let declares_none = message
            .headers()
            .get(CONTENT_LENGTH)
            .is_some_and(|length| length == "0");
        if declares_none && !message.body().is_empty() {
            message.headers_mut().remove(CONTENT_LENGTH);
        }
        Ok(message)
    }

    /// Waits for the response to one HTTP request, and runs the hooks after it.
    async fn attempt(&self, number: u32, sending: Sending<'_>) -> Result<RawResponse, Failure> {
        let core = &*self.core.0;
        let limit = self.attempt_timeout();
        let started = self.measurement_start();
        #[cfg(feature = "tracing")]
        let span = trace::AttemptSpan::new(self, &self.call_at(number));
        #[cfg(feature = "tracing")]
        let sending = tracing::Instrument::instrument(sending, span.span());
        let outcome = match limit {
            Some(limit) => platform::timeout(limit, sending).await.ok(),
            None => Some(sending.await),
        };
        let call = &self.call_at(number);
        let outcome = outcome.map(|result| result.map(|response| self.received(call, response)));
        let attempt = match &outcome {
            Some(Ok(response)) => Attempt::Completed(response),
            Some(Err(error)) => Attempt::Failed(error),
            None => Attempt::TimedOut,
        };
        for hook in &core.options.hooks {
            hook.after(call, attempt);
            let response = outcome.as_ref().and_then(|outcome| outcome.as_ref().ok());
            hook.attempt_measured(self.measured(call, response, started));
        }
        #[cfg(feature = "tracing")]
        span.end(
            call,
            attempt,
            core.options.environment.elapsed().saturating_sub(started),
        );
        match outcome {
            Some(Ok(response)) => Ok(response),
            Some(Err(error)) => Err(transport_error(call, error, Some(core.options.connect_timeout))),
            None => Err(timeout(call, TimeoutKind::Attempt, limit)),
        }
    }

    /// Returns the current time if hooks or spans report durations. Otherwise, the clock is not read.
    fn measurement_start(&self) -> Duration {
        let options = &self.core.0.options;
        match options.hooks.is_empty() && cfg!(not(feature = "tracing")) {
            true => Duration::ZERO,
            false => options.environment.elapsed(),
        }
    }

    /// Returns the duration and the sizes of what began at `started` and ends now.
    fn measured<'a>(&self, call: &'a Call, response: Option<&RawResponse>, started: Duration) -> Measurement<'a> {
        Measurement {
            call,
            status: response.map(RawResponse::status),
            duration: self.core.0.options.environment.elapsed().saturating_sub(started),
            sent: self.body.length(),
            received: response.map_or(0, |response| response.body.len() as u64),
        }
    }

    fn received(&self, call: &Call, response: http::Response<Bytes>) -> RawResponse {
        let (parts, body) = response.into_parts();
        let retry_after = retry_after(&parts.headers, || self.core.0.options.environment.now());
        RawResponse {
            status: parts.status,
            headers: Box::new(parts.headers),
            body,
            call: call.clone(),
            retry_after,
            read_mode: self
                .option(|options| options.read_mode)
                .unwrap_or(self.core.0.options.read_mode),
            skips_items: false,
            report: BodyReport::default(),
        }
    }
}

/// Converts an error of the transport to the error of the call.
pub(super) fn transport_error(call: &Call, error: TransportError, connecting: Option<Duration>) -> Failure {
    match error.kind() {
        TransportErrorKind::ConnectTimeout => timeout(call, TimeoutKind::Connect, connecting),
        TransportErrorKind::Timeout => timeout(call, TimeoutKind::Attempt, None),
        TransportErrorKind::Connect | TransportErrorKind::Exchange | TransportErrorKind::TooLarge => {
            Error::Transport(Box::new(error.at(call)))
        }
    }
}

pub(super) fn timeout(call: &Call, kind: TimeoutKind, limit: Option<Duration>) -> Failure {
    let scope = match kind {
        TimeoutKind::Connect => "for connecting",
        TimeoutKind::Attempt => "of an attempt",
        TimeoutKind::Call => "of the call",
    };
    let message = limit.map_or_else(String::new, |limit| format!("the timeout {scope} is {limit:?}"));
    Error::Timeout(Box::new(TimeoutError::of(kind, message).at(call)))
}

fn is_unauthorized(outcome: &Result<RawResponse, Failure>) -> bool {
    matches!(outcome, Ok(response) if response.status == StatusCode::UNAUTHORIZED)
}

/// Reports the secrets that the server rejected. Returns whether a new one may be available.
fn reject_secrets(selected: &SelectedCredentials<'_>) -> bool {
    let rejected = selected.iter().map(|credential| {
        let sent = credential.sent.as_ref();
        sent.is_some_and(|secret| credential.configured.rejected(secret))
    });
    rejected.fold(false, |any, one| any | one)
}

fn failure_class(outcome: &Result<RawResponse, Failure>) -> Option<FailureClass> {
    match outcome {
        Ok(response) => Some(FailureClass::Status {
            status: response.status.as_u16(),
            retry_after: response.retry_after,
        }),
        Err(Error::Timeout(error)) => match error.kind() {
            TimeoutKind::Connect => Some(FailureClass::NotSent),
            TimeoutKind::Attempt => Some(FailureClass::NoResponse),
            TimeoutKind::Call => None,
        },
        Err(Error::Transport(error)) => match error.kind() {
            TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout => Some(FailureClass::NotSent),
            TransportErrorKind::Exchange | TransportErrorKind::Timeout => Some(FailureClass::NoResponse),
            TransportErrorKind::TooLarge => None,
        },
        Err(Error::Build(_) | Error::Auth(_) | Error::Api(_) | Error::Decode(_) | Error::Pagination(_)) => None,
    }
}
