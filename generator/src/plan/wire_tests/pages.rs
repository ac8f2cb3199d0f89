//! A list of two pages: the responses of the server, and the expected request for the second page.

use crate::ir::{self, Content, FieldPath, Pagination, PaginationInput, PaginationOutput, PaginationStep, TypeRef};
use crate::json::Json;
use crate::krate::{self, CasePages, Operation, PageSelector, WireRequest, Wrapper};
use crate::plan::examples::ExampleBuilder;

use super::canonical::canonical;
use super::request::Parts;
use super::style::encoded;

/// A cursor that must be percent-encoded.
const CURSOR: &str = "page 2+/ü";

/// The difference between the first request and the second.
enum Change {
    /// An additional pair in the query.
    Pair(String, String),
    /// Another target.
    Target(String),
    /// Another value of an input that is not in the query, or that is a part of a parameter.
    Value(PageSelector),
}

/// Returns the pages. `None` if the example is not a list that can continue.
///
/// The function is long, because it has an arm for each step of pagination.
pub fn pages(
    examples: &ExampleBuilder<'_>,
    source: &ir::Operation,
    operation: &Operation,
    parts: Option<&Parts>,
) -> Option<CasePages> {
    let rule = source.pagination.as_ref().filter(|_| operation.pagination.is_some())?;
    let case = source.success.cases.first()?;
    let Content::Json { ty, .. } = &case.content else {
        return None;
    };
    let example = case.example.as_ref()?;
    let items = &rule.items.as_ref()?.0;
    let count = value_at(example, items)
        .and_then(Json::as_array)
        .map_or(0, <[Json]>::len);
    let without_items = || with_value_at(example, items, Json::Array(Vec::new()));
    let mut link = None;
    let path = parts.map(|parts| parts.path.clone());
    let (first, second, change) = match &rule.step {
        // `Link` is the only header that the mock sends.
        PaginationStep::Cursor {
            next: PaginationOutput::Header(_),
            ..
        } => return None,
        PaginationStep::Cursor {
            input,
            next: PaginationOutput::Body(next),
        } => {
            let with_cursor = |cursor: &Json| with_value_at(example, &next.0, cursor.clone());
            let any_text = Json::String(CURSOR.to_owned());
            let cursor = match value_at(example, &next.0) {
                Some(Json::Number(_)) => Json::Number("2".to_owned()),
                // The type does not accept every text (a date, for example), so the cursor of the example is used.
                Some(limited)
                    if is_readable(examples, ty, example) && !is_readable(examples, ty, &with_cursor(&any_text)?) =>
                {
                    limited.clone()
                }
                _ => any_text,
            };
            let first = with_cursor(&cursor)?;
            let last = last_page(examples, ty, example, next).or_else(|| last_page_by_model(operation, example, next));
            (first, last?, change(input, &cursor))
        }
        PaginationStep::Url { next } => {
            let target = format!("{}?page=2", path?);
            let first = with_value_at(example, &next.0, Json::String(target.clone()))?;
            let last = last_page(examples, ty, example, next).or_else(|| last_page_by_model(operation, example, next));
            (first, last?, Change::Target(target))
        }
        PaginationStep::Link => {
            let target = format!("{}?page=2", path?);
            link = Some(format!("<{target}>; rel=\"next\""));
            (example.clone(), example.clone(), Change::Target(target))
        }
        PaginationStep::Page {
            input, first, total, ..
        } => {
            let two = Json::Number("2".to_owned());
            let with_end = |page: Json| match total {
                Some(PaginationOutput::Body(total)) => with_value_at(&page, &total.0, two.clone()),
                Some(PaginationOutput::Header(_)) | None => Some(page),
            };
            let number = Json::Number(first.checked_add(1)?.to_string());
            (
                with_end(example.clone())?,
                with_end(without_items()?)?,
                change(input, &number),
            )
        }
        PaginationStep::Offset { input, first, .. } => {
            let number = Json::Number(first.checked_add(i64::try_from(count).ok()?)?.to_string());
            (example.clone(), without_items()?, change(input, &number))
        }
        PaginationStep::LastId { input, id, more } => {
            let last = value_at(example, items)?.as_array()?.last()?;
            let id = value_at(last, &id.0)?.clone();
            let with_end = |page: Json, value: bool| match more {
                Some(more) => with_value_at(&page, &more.0, Json::Bool(value)),
                None => Some(page),
            };
            (
                with_end(example.clone(), true)?,
                with_end(without_items()?, false)?,
                change(input, &id),
            )
        }
    };
    let first = with_more_and_total(first, rule, count, true)?;
    let second = with_more_and_total(second, rule, count, false)?;
    let by_count = matches!(rule.step, PaginationStep::Page { .. } | PaginationStep::Offset { .. });
    if count == 0 && by_count {
        return None;
    }
    Some(CasePages {
        is_certain: is_readable(examples, ty, &first) && is_readable(examples, ty, &second),
        bodies: [first.to_text(), second.to_text()],
        link,
        second: parts.and_then(|parts| second_request(operation, parts, &change)),
        selector: selector(change),
    })
}

/// Sets the flag and the number of items of all pages, so that the pagination continues or ends.
fn with_more_and_total(page: Json, rule: &Pagination, count: usize, continues: bool) -> Option<Json> {
    let page = match &rule.more {
        Some(flag) => with_value_at(&page, &flag.path.0, Json::Bool(flag.value == continues))?,
        None => page,
    };
    match &rule.total {
        // One item more than the first page has, so that a second page follows.
        Some(PaginationOutput::Body(total)) => with_value_at(&page, &total.0, Json::Number((count + 1).to_string())),
        Some(PaginationOutput::Header(_)) | None => Some(page),
    }
}

fn change(input: &PaginationInput, value: &Json) -> Change {
    match (input, super::style::scalar(value)) {
        (PaginationInput::Query(name), Some(text)) => Change::Pair(name.clone(), text),
        (PaginationInput::Deep(name, property), Some(text)) => {
            Change::Value(PageSelector::Query(format!("{name}[{property}]"), text))
        }
        (PaginationInput::Exploded(_, property), Some(text)) => {
            Change::Value(PageSelector::Query(property.clone(), text))
        }
        (PaginationInput::Header(name), Some(text)) => Change::Value(PageSelector::Header(name.clone(), text)),
        (PaginationInput::Body(path), _) => {
            let key = Json::String(path.0.last().cloned().unwrap_or_default());
            Change::Value(PageSelector::Body(format!("{}:{}", key.to_text(), value.to_text())))
        }
        (PaginationInput::BodyNumber(path), text) => {
            let key = Json::String(path.0.last().cloned().unwrap_or_default());
            let number = text.unwrap_or_else(|| value.to_text());
            Change::Value(PageSelector::Body(format!("{}:{number}", key.to_text())))
        }
        (
            PaginationInput::Query(_)
            | PaginationInput::Deep(..)
            | PaginationInput::Exploded(..)
            | PaginationInput::Header(_),
            None,
        ) => Change::Value(PageSelector::Body(value.to_text())),
    }
}

/// Returns the request for the second page. `None` if pagination changes a required input, or anything other than the
/// query and the target.
fn second_request(operation: &Operation, parts: &Parts, change: &Change) -> Option<WireRequest> {
    let mut parts = parts.clone();
    match change {
        Change::Pair(name, _) if operation.arguments.iter().any(|input| input.wire.as_str() == name) => return None,
        Change::Pair(name, text) => parts.query.push(format!("{}={}", encoded(name), encoded(text))),
        Change::Target(target) => {
            let (path, query) = target.split_once('?')?;
            (parts.path, parts.query) = (path.to_owned(), vec![query.to_owned()]);
        }
        Change::Value(_) => return None,
    }
    Some(parts.request())
}

/// Returns what distinguishes the second request.
fn selector(change: Change) -> PageSelector {
    match change {
        Change::Pair(name, text) => PageSelector::Query(name, text),
        Change::Target(_) => PageSelector::Query("page".to_owned(), "2".to_owned()),
        Change::Value(selector) => selector,
    }
}

/// Returns the last page of an example whose serialized form is not certain. The type of the field decides whether the
/// value for the next page is removed, null or empty.
fn last_page_by_model(operation: &Operation, example: &Json, next: &FieldPath) -> Option<Json> {
    let (krate::PaginationStep::Cursor {
        next: krate::PaginationOutput::Body(access),
        ..
    }
    | krate::PaginationStep::Url { next: access }) = &operation.pagination.as_ref()?.step
    else {
        return None;
    };
    match access.steps.last()?.wrapper {
        Wrapper::Option => without_value_at(example, &next.0),
        Wrapper::Nullable => with_value_at(example, &next.0, Json::Null),
        Wrapper::None => with_value_at(example, &next.0, Json::String(String::new())),
    }
}

fn is_readable(examples: &ExampleBuilder<'_>, ty: &TypeRef, page: &Json) -> bool {
    canonical(examples, ty, page).is_some()
}

/// Returns the last page: the example without the value for the next page, or with null or an empty string instead.
fn last_page(examples: &ExampleBuilder<'_>, ty: &TypeRef, example: &Json, next: &FieldPath) -> Option<Json> {
    let empty = [Json::Null, Json::String(String::new())];
    let emptied = empty
        .into_iter()
        .filter_map(|empty| with_value_at(example, &next.0, empty));
    let mut candidates = without_value_at(example, &next.0).into_iter().chain(emptied);
    candidates.find(|page| is_readable(examples, ty, page))
}

fn value_at<'j>(value: &'j Json, path: &[String]) -> Option<&'j Json> {
    path.iter().try_fold(value, |value, step| value.get(step))
}

/// Returns a copy of the value with another one at a path.
fn with_value_at(value: &Json, path: &[String], new: Json) -> Option<Json> {
    let Some((step, rest)) = path.split_first() else {
        return Some(new);
    };
    let mut entries = value.as_object()?.clone();
    let inner = entries.get(step).filter(|inner| **inner != Json::Null);
    let inner = inner.cloned().unwrap_or_else(Json::empty_object);
    entries.insert(step.clone(), with_value_at(&inner, rest, new)?);
    Some(Json::from(entries))
}

fn without_value_at(value: &Json, path: &[String]) -> Option<Json> {
    let (step, rest) = path.split_first()?;
    let mut entries = value.as_object()?.clone();
    if rest.is_empty() {
        entries.shift_remove(step);
    } else if let Some(inner) = entries.get(step) {
        let inner = without_value_at(inner, rest)?;
        entries.insert(step.clone(), inner);
    }
    Some(Json::from(entries))
}
