//! Spans and events for `tracing`, behind the feature `tracing`, with the attributes of OpenTelemetry's HTTP client
//! conventions. They contain no header, no body and no value of a parameter.
#![cfg(feature = "tracing")]

use std::time::Duration;

use tracing::field::Empty;
use tracing::{Instrument, Span};
use url::Url;

use super::RawResponse;
use super::error::{Error, Failure};
use super::hooks::Attempt;
use super::operation::Call;
use super::request::Request;

/// Makes a call in its span.
pub(super) async fn call(
    request: &Request,
    call: &Call,
    outcome: impl Future<Output = Result<RawResponse, Failure>>,
) -> Result<RawResponse, Failure> {
    let server = request.server().ok();
    let (address, port) = (
        server.as_deref().and_then(Url::host_str),
        server.as_deref().and_then(Url::port_or_known_default),
    );
    let span = tracing::info_span!(
        "call",
        otel.name = format!("{} {}", call.method(), call.path()),
        otel.kind = "client",
        otel.status_code = Empty,
        operation = call.operation_id(),
        http.request.method = call.method().as_str(),
        url.template = call.path(),
        server.address = address,
        server.port = port,
        http.response.status_code = Empty,
        http.request.resend_count = Empty,
        error.r#type = Empty,
    );
    let outcome = outcome.instrument(span.clone()).await;
    record(&span, &outcome);
    outcome
}

/// Records the outcome of a call, which may be the timeout of the whole call.
fn record(span: &Span, outcome: &Result<RawResponse, Failure>) {
    let attempt = match outcome {
        Ok(response) => {
            record_status(span, response.status().as_u16());
            response.call().attempt()
        }
        Err(error) => {
            record_error(span, error_type(error));
            error.call().map_or(1, Call::attempt)
        }
    };
    if attempt > 1 {
        span.record("http.request.resend_count", attempt - 1);
    }
}

fn error_type(error: &Failure) -> &'static str {
    match error {
        Error::Build(_) => "build",
        Error::Auth(_) => "auth",
        Error::Transport(_) => "transport",
        Error::Timeout(_) => "timeout",
        Error::Api(_) => "api",
        Error::Decode(_) => "decode",
        Error::Pagination(_) => "pagination",
    }
}

/// The span of an attempt. An attempt that is dropped before it ends, for example by the timeout of the whole call, is recorded as
/// cancelled.
pub(super) struct AttemptSpan {
    span: Span,
    is_over: bool,
}

impl AttemptSpan {
    /// Starts the span.
    pub(super) fn new(request: &Request, call: &Call) -> Self {
        let server = request.server().ok();
        let (address, port) = (
            server.as_deref().and_then(Url::host_str),
            server.as_deref().and_then(Url::port_or_known_default),
        );
        let span = tracing::debug_span!(
            "attempt",
            otel.kind = "client",
            otel.status_code = Empty,
            http.request.method = call.method().as_str(),
            url.template = call.path(),
            server.address = address,
            server.port = port,
            http.request.resend_count = (call.attempt() > 1).then(|| call.attempt() - 1),
            http.response.status_code = Empty,
            error.r#type = Empty,
        );
        Self { span, is_over: false }
    }

    /// Returns the span.
    pub(super) fn span(&self) -> Span {
        self.span.clone()
    }

    /// Emits the event of the attempt, which is over, and records its outcome.
    pub(super) fn end(mut self, call: &Call, attempt: Attempt<'_>, took: Duration) {
        self.is_over = true;
        let (operation, number) = (call.operation_id(), call.attempt());
        let _entered = self.span.enter();
        match attempt {
            Attempt::Completed(response) => {
                let (status, request_id) = (response.status().as_u16(), response.request_id());
                record_status(&self.span, status);
                tracing::debug!(operation, attempt = number, status, request_id, ?took, "{call}");
            }
            Attempt::Failed(error) => {
                record_error(&self.span, "transport");
                tracing::warn!(operation, attempt = number, %error, ?took, "{call}");
            }
            Attempt::TimedOut => {
                record_error(&self.span, "timeout");
                tracing::warn!(operation, attempt = number, ?took, "{call}: attempt timed out");
            }
        }
    }
}

impl Drop for AttemptSpan {
    fn drop(&mut self) {
        if !self.is_over {
            record_error(&self.span, "cancelled");
        }
    }
}

/// Records a status code, which is an error from 400.
fn record_status(span: &Span, status: u16) {
    span.record("http.response.status_code", status);
    if status >= 400 {
        span.record("error.type", tracing::field::display(status));
        span.record("otel.status_code", "ERROR");
    }
}

fn record_error(span: &Span, kind: &str) {
    span.record("error.type", kind);
    span.record("otel.status_code", "ERROR");
}
