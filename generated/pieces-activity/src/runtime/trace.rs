//! Spans and events for `tracing`, behind the feature `tracing`, with the attributes of OpenTelemetry's HTTP client
//! conventions. They contain no header, no body and no value of a parameter.
#![cfg(feature = "tracing")]

use std::time::Duration;

use tracing::field::Empty;
use tracing::{Instrument, Span};

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
    let address = server.as_ref().and_then(|server| server.host_str());
    let port = server.as_ref().and_then(|server| server.port_or_known_default());
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
            let status = response.status().as_u16();
            span.record("http.response.status_code", status);
            if status >= 400 {
                span.record("error.type", tracing::field::display(status));
                span.record("otel.status_code", "ERROR");
            }
            response.call().attempt()
        }
        Err(error) => {
            span.record("error.type", error_type(error));
            span.record("otel.status_code", "ERROR");
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

/// Returns the span of an attempt.
pub(super) fn attempt_span(call: &Call) -> Span {
    tracing::debug_span!(
        "attempt",
        otel.kind = "client",
        http.request.method = call.method().as_str(),
        url.template = call.path(),
        http.request.resend_count = call.attempt() - 1,
        http.response.status_code = Empty,
        error.r#type = Empty,
    )
}

/// Emits the event of an attempt that is over, and records its outcome.
pub(super) fn attempt(span: &Span, call: &Call, attempt: Attempt<'_>, took: Duration) {
    let (operation, number) = (call.operation_id(), call.attempt());
    let _entered = span.enter();
    match attempt {
        Attempt::Completed(response) => {
            let (status, request_id) = (response.status().as_u16(), response.request_id());
            span.record("http.response.status_code", status);
            tracing::debug!(operation, attempt = number, status, request_id, ?took, "{call}");
        }
        Attempt::Failed(error) => {
            span.record("error.type", "transport");
            tracing::warn!(operation, attempt = number, %error, ?took, "{call}");
        }
        Attempt::TimedOut => {
            span.record("error.type", "timeout");
            tracing::warn!(operation, attempt = number, ?took, "{call}: attempt timed out");
        }
    }
}
