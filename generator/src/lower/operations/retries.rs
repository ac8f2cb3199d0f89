//! Retry policies that the document declares.

use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Operation, Status};
use crate::ir::RetryRule;
use crate::json::Json;
use crate::lower::conventions::extensions;
use crate::lower::schemas::Schemas;

/// Returns the policy of an operation, or that of the document.
pub(in crate::lower) fn retries(schemas: &mut Schemas<'_>, operation: &Operation) -> Option<RetryRule> {
    let own = extensions::retries(&operation.extensions);
    let rule = own.or_else(|| extensions::retries(&schemas.document.extensions))?;
    // Fern's extension can only disable retries.
    if let Some(disabled) = rule.get("disabled").and_then(Json::as_bool) {
        return disabled.then(|| never(rule));
    }
    match rule.get("strategy").and_then(Json::as_str) {
        Some("none") => Some(never(rule)),
        Some("backoff") | None => Some(read(rule)),
        Some(other) => {
            let message = format!("unknown retry strategy `{other}`; the default policy applies");
            schemas
                .report
                .push(Diagnostic::new(Code::InvalidExtension, operation.place, message));
            None
        }
    }
}

fn never(rule: &Json) -> RetryRule {
    RetryRule {
        never: true,
        ..read(rule)
    }
}

/// Reads `x-speakeasy-retries`. Missing settings have Speakeasy's defaults.
fn read(rule: &Json) -> RetryRule {
    let backoff = rule.get("backoff");
    let number = |key: &str, default: u64| {
        let value = backoff.and_then(|backoff| backoff.get(key)).and_then(Json::as_i64);
        value.and_then(|value| u64::try_from(value).ok()).unwrap_or(default)
    };
    let exponent = backoff
        .and_then(|backoff| backoff.get("exponent"))
        .and_then(|value| value.to_text().parse().ok());
    let statuses = rule.get("statusCodes").and_then(Json::as_array).unwrap_or_default();
    RetryRule {
        never: false,
        initial: number("initialInterval", 500),
        max: number("maxInterval", 60_000),
        exponent: exponent
            .filter(|value: &f64| value.is_finite() && *value > 0.0)
            .unwrap_or(1.5),
        elapsed: number("maxElapsedTime", 3_600_000),
        statuses: statuses.iter().filter_map(status).collect(),
        connection: rule
            .get("retryConnectionErrors")
            .and_then(Json::as_bool)
            .unwrap_or(false),
    }
}

/// Parses a status: `429`, `"429"` or `"5XX"`.
fn status(value: &Json) -> Option<Status> {
    let text = match value {
        Json::String(text) | Json::Number(text) => text.trim(),
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => return None,
    };
    if let Some(hundreds) = text.to_ascii_uppercase().strip_suffix("XX") {
        return hundreds.parse().ok().map(Status::Range);
    }
    text.parse().ok().map(Status::Code)
}
