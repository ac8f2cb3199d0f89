//! The calls of the smoke example and the wire tests: one for each operation, with the expected request and responses.

use super::{Example, Ident, OperationId};
use crate::json::Json;

/// A call with all inputs of an operation, except deprecated ones and those that pagination sets.
#[derive(Clone, Debug, PartialEq)]
pub struct CallCase {
    /// The name of the test function and of the mock's method, such as `get_activity_by_id`. Unique in the crate.
    pub name: Ident,
    /// One value for each argument of the method.
    pub arguments: Vec<CaseInput>,
    /// The setters that are called.
    pub setters: Vec<(Ident, CaseInput)>,
    /// The media type of the body, if the API accepts a range and the caller chooses.
    pub media_type: Option<&'static str>,
    /// The expected behavior, if tests are generated.
    pub expectation: Option<Expectation>,
}

/// A value of an input.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseInput {
    /// The value as a Rust expression: a literal, or [`Example::FromJson`].
    pub value: Example,
    /// The value as it is serialized. `None` if it cannot be determined from the document.
    pub wire: Option<Json>,
}

/// The expected behavior of a call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Expectation {
    /// The expected request.
    pub request: Option<WireRequest>,
    /// One response for each documented status, successes first.
    pub responses: Vec<CaseResponse>,
    /// The response for a requested stream.
    pub stream: Option<CaseResponse>,
    /// The response for each of the operation's other representations, if it can be determined.
    pub representations: Vec<Option<CaseResponse>>,
    /// Two pages of a list.
    pub pages: Option<CasePages>,
    /// The same call with strings that must be percent-encoded. One operation of each group has it.
    pub escaping: Option<Box<CallCase>>,
}

impl Expectation {
    /// Returns the pages that a wire test checks.
    pub fn certain_pages(&self) -> Option<&CasePages> {
        self.pages.as_ref().filter(|pages| pages.is_certain)
    }

    /// Returns all responses that the mock server returns.
    pub fn all_responses(&self) -> impl Iterator<Item = &CaseResponse> {
        let others = self.representations.iter().flatten();
        self.responses.iter().chain(&self.stream).chain(others)
    }
}

/// An expected request, byte for byte, computed from the document alone.
#[derive(Clone, Debug, PartialEq)]
pub struct WireRequest {
    /// Method, target and headers, sorted by name, one on each line. `User-Agent` is omitted.
    pub head: String,
    /// The body, if it can be determined.
    pub body: Option<String>,
}

/// A response of the mock server, with the expected result.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseResponse {
    /// The status code.
    pub status: u16,
    /// The media type of the body. Empty if there is no body.
    pub content_type: String,
    /// The body.
    pub body: String,
    /// The expected result.
    pub outcome: CaseOutcome,
    /// The body after deserialization and serialization, if it can be determined. Text is unchanged.
    pub serialized: Option<String>,
}

/// The expected result of a response.
#[derive(Clone, Debug, PartialEq)]
pub enum CaseOutcome {
    /// A success.
    Success,
    /// A stream with this number of equal items.
    Items(usize),
    /// A success, with the variant of the output enum.
    Variant(Ident),
    /// An error, with the variant of the error enum.
    Error(Ident),
}

/// Two pages of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct CasePages {
    /// The bodies of the pages.
    pub bodies: [String; 2],
    /// The `Link` header of the first page.
    pub link: Option<String>,
    /// The request for the second page.
    pub second: Option<WireRequest>,
    /// How the mock server recognizes a request for the second page.
    pub selector: PageSelector,
    /// Whether the SDK certainly reads the bodies, so that a wire test checks them.
    pub is_certain: bool,
}

/// What a request for the second page contains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageSelector {
    /// A parameter of the query with this name and value.
    Query(String, String),
    /// A header with this name and value.
    Header(String, String),
    /// This text in the body.
    Body(String),
}

/// A test that a token is renewed after the server has rejected it.
#[derive(Clone, Debug, PartialEq)]
pub struct TokenTest {
    /// The index of the scheme in [`Credentials::schemes`](super::Credentials::schemes).
    pub scheme: usize,
    /// The operation that is called.
    pub operation: OperationId,
    /// The scopes that the operation requires.
    pub scopes: Vec<String>,
}

/// A file of wire tests.
#[derive(Clone, Debug, PartialEq)]
pub struct TestFile {
    /// The module name.
    pub name: Ident,
    /// The head of the file.
    pub doc: String,
}
