//! Selects the operations for tests of the whole client.

use crate::krate::{
    CaseOutcome, Credential, CredentialKind, Credentials, Expectation, Operation, OperationId, Output, TokenTest,
};
use crate::wire::Method;

/// Returns the operation for tests of retries and failures: a `GET` with a JSON response. `first` is preferred.
pub fn failure_test(operations: &[Operation], first: Option<OperationId>) -> Option<OperationId> {
    let all = (0..operations.len()).map(OperationId);
    first.into_iter().chain(all).find(|id| {
        let operation = &operations[id.0];
        let body = successful_body(operation);
        let is_json =
            matches!(operation.output, Output::Json(_)) && body.is_some_and(|body| body.starts_with(['{', '[']));
        is_json && operation.method == Method::Get && operation.idempotent
    })
}

/// Returns the tests of token renewal: one for each scheme with tokens, with the first operation that requires only it.
pub fn token_tests(operations: &[Operation], credentials: &Credentials) -> Vec<TokenTest> {
    let schemes = credentials.schemes.iter().enumerate();
    let renewable = schemes.filter(|(_, scheme)| match scheme.kind {
        CredentialKind::ClientCredentials { .. } | CredentialKind::Bearer { .. } => true,
        CredentialKind::Basic { .. } | CredentialKind::ApiKey { .. } => false,
    });
    renewable
        .filter_map(|(index, scheme)| {
            let tests = operations.iter().enumerate();
            let mut tests = tests.filter_map(|(operation, planned)| {
                Some(TokenTest {
                    scheme: index,
                    operation: OperationId(operation),
                    scopes: scopes(planned, scheme)?,
                })
            });
            tests.next()
        })
        .collect()
}

/// Returns the scopes that an operation requires. `None` if it requires something other than this scheme, or if its
/// first expected response is not a success.
fn scopes(operation: &Operation, scheme: &Credential) -> Option<Vec<String>> {
    let [requirement] = operation.security.first()?.as_slice() else {
        return None;
    };
    successful_body(operation)?;
    (requirement.scheme == scheme.scheme).then(|| requirement.scopes.clone())
}

/// Returns the body of the first response, if it is a success.
fn successful_body(operation: &Operation) -> Option<&str> {
    let expectation: &Expectation = operation.call_case.as_ref()?.expectation.as_ref()?;
    let first = expectation.responses.first()?;
    (!matches!(first.outcome, CaseOutcome::Error(_))).then_some(first.body.as_str())
}
