//! Calls that prove a crate: one for each operation, with every input that it takes, and what has to come of it.

use super::{Example, Ident};
use crate::json::Json;

/// A call with all that an operation takes, but for what is deprecated and what paging sets by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// What programs and the mock call it, such as `get_activity_by_id`; unique in the crate.
    pub name: Ident,
    /// One value for each argument of the method.
    pub arguments: Vec<TrialInput>,
    /// The setters that are called.
    pub setters: Vec<(Ident, TrialInput)>,
    /// The media type of the body, where the API takes a range of them and the caller says which.
    pub media_type: Option<&'static str>,
    /// What has to come of it, where tests are written.
    pub proof: Option<Proof>,
}

/// A value of an input.
#[derive(Clone, Debug, PartialEq)]
pub struct TrialInput {
    /// In Rust: a literal, or [`Example::FromJson`].
    pub value: Example,
    /// On the wire, as it has to be written; `None` where that cannot be told from the document.
    pub wire: Option<Json>,
}

/// What has to come of a call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Proof {
    /// The request.
    pub request: Option<WireRequest>,
    /// One answer for each documented status, successes first.
    pub answers: Vec<TrialAnswer>,
    /// The stream, where it has to be asked for.
    pub stream: Option<TrialAnswer>,
    /// A list of two pages.
    pub pages: Option<TrialPages>,
    /// The same call with texts that have to be encoded, in one operation of each group.
    pub odd: Option<Box<Trial>>,
}

/// A request, byte for byte, computed from the document alone.
#[derive(Clone, Debug, PartialEq)]
pub struct WireRequest {
    /// Method, target, and headers by name, each on a line that ends; without `User-Agent`.
    pub head: String,
    /// The body, where it can be told.
    pub body: Option<String>,
}

/// An answer of the mock, with what the caller has to get.
#[derive(Clone, Debug, PartialEq)]
pub struct TrialAnswer {
    /// The status.
    pub status: u16,
    /// The media type of the body; empty where there is none.
    pub content_type: String,
    /// The body.
    pub body: String,
    /// What becomes of it.
    pub outcome: TrialOutcome,
    /// What the body is, written again, where that can be told: JSON as its type has it, text as it is.
    pub written: Option<String>,
}

/// What becomes of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum TrialOutcome {
    /// A success.
    Success,
    /// A stream of so many items, each of which is what is written.
    Items(usize),
    /// One of several successes: the variant.
    Variant(Ident),
    /// An error: the variant.
    Error(Ident),
}

/// A list of two pages.
#[derive(Clone, Debug, PartialEq)]
pub struct TrialPages {
    /// The bodies.
    pub bodies: [String; 2],
    /// The header `Link` of the first.
    pub link: Option<String>,
    /// The request for the second.
    pub second: Option<WireRequest>,
}
