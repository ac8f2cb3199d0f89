//! Steps of pagination in words.

use crate::krate::{Pagination, PaginationInput, PaginationStep};
use crate::markdown::code_span;

/// Returns how the next page is requested, in words.
pub(super) fn step(pagination: &Pagination) -> String {
    match &pagination.step {
        PaginationStep::Cursor { input, .. } => format!("a cursor in {}", name(input)),
        PaginationStep::Url { .. } => "a link in the body".to_owned(),
        PaginationStep::Link => "a link in the `Link` header".to_owned(),
        PaginationStep::Page { input, .. } => format!("the page number in {}", name(input)),
        PaginationStep::Offset { input, .. } => format!("the number of items to skip in {}", name(input)),
        PaginationStep::LastId { input, .. } => format!("the id of the last item in {}", name(input)),
    }
}

fn name(input: &PaginationInput) -> String {
    match input {
        PaginationInput::Query(name) | PaginationInput::Exploded(_, name) | PaginationInput::Header(name) => {
            code_span(name.as_str())
        }
        PaginationInput::Deep(parameter, property) => code_span(&format!("{parameter}[{property}]")),
        PaginationInput::Body(path) | PaginationInput::BodyNumber(path) => {
            let steps: Vec<&str> = path.iter().map(|step| step.as_str()).collect();
            code_span(&steps.join("."))
        }
    }
}
