//! Responses that several operations refer to.

use std::sync::Arc;

use super::with;
use crate::document::Status;

#[test]
fn operations_share_a_response_but_not_what_is_next_to_its_reference() {
    let text = "paths:
  /a:
    get: {responses: {200: {$ref: '#/components/responses/R'}}}
    put: {responses: {200: {$ref: '#/components/responses/R'}}}
    post: {responses: {201: {$ref: '#/components/responses/R'}}}
    patch: {responses: {200: {$ref: '#/components/responses/R', description: Own.}}}
components:
  responses:
    R: {content: {text/plain: {schema: {type: string}}}}
";
    let (document, _) = with("3.1.0", text);
    let responses: Vec<_> = document
        .operations
        .iter()
        .map(|operation| &operation.responses[0])
        .collect();
    assert!(Arc::ptr_eq(responses[0], responses[1]));
    assert_eq!(responses[2].status, Status::Code(201));
    assert_eq!(responses[3].description.as_deref(), Some("Own."));
}
