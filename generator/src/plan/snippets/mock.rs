//! The example of the mock server.

use super::call::Call;
use crate::krate::{Crate, CredentialKind, Operation, Requirement};

/// Returns a program with a call to the mock server; the first attempt fails if the policy retries it.
pub(super) fn program(krate: &Crate) -> Option<String> {
    let id = krate.featured.filter(|_| krate.tests)?;
    let call = Call::minimal(krate, id);
    let stub = &call.operation.call_case.as_ref()?.name;
    let requirements = call.operation.security.first().map_or(&[][..], Vec::as_slice);
    let scheme = |requirement: &Requirement| {
        krate
            .credentials
            .schemes
            .iter()
            .find(|scheme| scheme.scheme == requirement.scheme)
    };
    let setters = requirements.iter().filter_map(scheme).map(|scheme| match &scheme.kind {
        CredentialKind::ClientCredentials {
            token_setter: setter, ..
        }
        | CredentialKind::Bearer { setter, .. } => {
            format!(".{setter}(\"token\")")
        }
        CredentialKind::Basic { setter, .. } => format!(".{setter}(\"user\", \"password\")"),
        CredentialKind::ApiKey { setter, .. } => format!(".{setter}(\"key\")"),
    });
    let setters: String = setters.collect();
    let send = call.chain(&["send()", "await?"]).statement(1, "", ";");
    let (failure, requests) = match retried_response(krate, call.operation) {
        Some(RetriedResponse { comment, method }) => (format!("{comment}    mock.{stub}().{method};\n"), 2),
        None => (String::new(), 1),
    };
    Some(format!(
        "{}\n#[tokio::main]\nasync fn main() -> Result<(), Box<dyn std::error::Error>> {{\n    let mock = Mock::new();\n\
         {failure}    let client = mock.builder(){setters}.build()?;\n{send}\n    \
         assert_eq!(mock.requests().len(), {requests});\n    Ok(())\n}}",
        call.imports(&["mock::Mock"]).lines(krate)
    ))
}

/// A response of the mock server.
struct RetriedResponse {
    /// The comment above the call, if the name of the method does not explain the response.
    comment: &'static str,
    /// The method that sets the response, with its arguments.
    method: &'static str,
}

/// Returns a response of the mock server after which the operation is retried.
fn retried_response(krate: &Crate, operation: &Operation) -> Option<RetriedResponse> {
    let rule = operation.retries.as_ref().or(krate.retries.as_ref());
    let retries = |status| rule.is_none_or(|rule| rule.retries(status));
    let has_time = |milliseconds: u64| rule.is_none_or(|rule| rule.elapsed > milliseconds);
    if retries(429) && has_time(2_000) {
        return Some(RetriedResponse {
            comment: "    // The first response is 429 with `Retry-After: 2`, so the client sends the request again.\n",
            method: "rate_limited(2)",
        });
    }
    (operation.idempotent && retries(500) && has_time(0)).then_some(RetriedResponse {
        comment: "",
        method: "server_error()",
    })
}
