//! Steps of pagination in words.

use crate::krate::{Paging, PagingInput, PagingStep};
use crate::markdown::code_span;

/// Returns how the next page is requested, in words.
pub(super) fn step(paging: &Paging) -> String {
    match &paging.step {
        PagingStep::Cursor { input, .. } => format!("a cursor in {}", name(input)),
        PagingStep::Url { .. } => "a link in the body".to_owned(),
        PagingStep::Link => "a link in the `Link` header".to_owned(),
        PagingStep::Page { input, .. } => format!("the page number in {}", name(input)),
        PagingStep::Offset { input, .. } => format!("the number of items to skip in {}", name(input)),
        PagingStep::LastId { input, .. } => format!("the id of the last item in {}", name(input)),
    }
}

fn name(input: &PagingInput) -> String {
    match input {
        PagingInput::Query(name) | PagingInput::Header(name) => code_span(name.as_str()),
        PagingInput::Deep(parameter, property) => code_span(&format!("{parameter}[{property}]")),
        PagingInput::Body(path) => {
            let steps: Vec<&str> = path.iter().map(|step| step.as_str()).collect();
            code_span(&steps.join("."))
        }
    }
}
