//! A list of two pages: what the server answers, and the request that has to come for the second.

use crate::ir::{self, Content, FieldPath, PagingInput, PagingStep, TypeRef};
use crate::json::Json;
use crate::krate::{Operation, TrialPages, WireRequest};
use crate::plan::examples::Maker;

use super::canonical::canonical;
use super::request::Parts;
use super::style::encoded;

/// A cursor that has to be encoded.
const CURSOR: &str = "page 2+/ü";

/// What changes from the first request to the second.
enum Change {
    /// A pair of the query.
    Pair(String, String),
    /// The target as a whole.
    Target(String),
    /// Something in the body.
    Body,
}

/// The pages; `None` where the example is no list that could go on.
pub fn pages(
    maker: &Maker<'_>,
    source: &ir::Operation,
    operation: &Operation,
    parts: Option<&Parts>,
) -> Option<TrialPages> {
    let rule = source.paging.as_ref().filter(|_| operation.paging.is_some())?;
    let case = source.success.cases.first()?;
    let Content::Json { ty, .. } = &case.content else {
        return None;
    };
    let example = case.example.as_ref()?;
    let items = &rule.items.as_ref()?.0;
    let count = at(example, items).and_then(Json::as_array).map_or(0, <[Json]>::len);
    let emptied = || with(example, items, Json::Array(Vec::new()));
    let mut link = None;
    let path = parts.map(|parts| parts.path.clone());
    let (first, second, change) = match &rule.step {
        PagingStep::Cursor { input, next } => {
            let cursor = match at(example, &next.0) {
                Some(Json::Number(_)) => Json::Number("2".to_owned()),
                _ => Json::String(CURSOR.to_owned()),
            };
            let first = with(example, &next.0, cursor.clone())?;
            (first, ended(maker, ty, example, next)?, change(input, &cursor))
        }
        PagingStep::Url { next } => {
            let target = format!("{}?page=2", path?);
            let first = with(example, &next.0, Json::String(target.clone()))?;
            (first, ended(maker, ty, example, next)?, Change::Target(target))
        }
        PagingStep::Link => {
            let target = format!("{}?page=2", path?);
            link = Some(format!("<{target}>; rel=\"next\""));
            (example.clone(), example.clone(), Change::Target(target))
        }
        PagingStep::Page {
            input, first, total, ..
        } => {
            let two = Json::Number("2".to_owned());
            let told = |page: Json| match total {
                Some(total) => with(&page, &total.0, two.clone()),
                None => Some(page),
            };
            let number = Json::Number(first.checked_add(1)?.to_string());
            (told(example.clone())?, told(emptied()?)?, change(input, &number))
        }
        PagingStep::Offset { input, .. } => {
            let number = Json::Number(count.to_string());
            (example.clone(), emptied()?, change(input, &number))
        }
        PagingStep::LastId { input, id, more } => {
            let last = at(example, items)?.as_array()?.last()?;
            let id = at(last, &id.0)?.clone();
            let told = |page: Json, value: bool| match more {
                Some(more) => with(&page, &more.0, Json::Bool(value)),
                None => Some(page),
            };
            (
                told(example.clone(), true)?,
                told(emptied()?, false)?,
                change(input, &id),
            )
        }
    };
    let by_count = matches!(rule.step, PagingStep::Page { .. } | PagingStep::Offset { .. });
    if count == 0 && by_count || !reads(maker, ty, &first) || !reads(maker, ty, &second) {
        return None;
    }
    Some(TrialPages {
        bodies: [first.to_text(), second.to_text()],
        link,
        second: parts.and_then(|parts| following(operation, parts, &change)),
    })
}

fn change(input: &PagingInput, value: &Json) -> Change {
    match (input, super::style::scalar(value)) {
        (PagingInput::Query(name), Some(text)) => Change::Pair(name.clone(), text),
        (PagingInput::Query(_), None) | (PagingInput::Body(_), _) => Change::Body,
    }
}

/// The request for the second page. What paging changes in a body, or in what the caller has to give, is not told here.
fn following(operation: &Operation, parts: &Parts, change: &Change) -> Option<WireRequest> {
    let mut parts = parts.clone();
    match change {
        Change::Pair(name, _) if operation.arguments.iter().any(|input| input.wire.as_str() == name) => return None,
        Change::Pair(name, text) => parts.query.push(format!("{}={}", encoded(name), encoded(text))),
        Change::Target(target) => {
            let (path, query) = target.split_once('?')?;
            (parts.path, parts.query) = (path.to_owned(), vec![query.to_owned()]);
        }
        Change::Body => return None,
    }
    Some(parts.request())
}

fn reads(maker: &Maker<'_>, ty: &TypeRef, page: &Json) -> bool {
    canonical(maker, ty, page).is_some()
}

/// The last page: without the value, or with one that says that there is none.
fn ended(maker: &Maker<'_>, ty: &TypeRef, example: &Json, next: &FieldPath) -> Option<Json> {
    let blank = [Json::Null, Json::String(String::new())];
    let blanks = blank.into_iter().filter_map(|blank| with(example, &next.0, blank));
    let mut candidates = without(example, &next.0).into_iter().chain(blanks);
    candidates.find(|page| reads(maker, ty, page))
}

fn at<'j>(value: &'j Json, path: &[String]) -> Option<&'j Json> {
    path.iter().try_fold(value, |value, step| value.get(step))
}

/// The value with another one at a place in it.
fn with(value: &Json, path: &[String], new: Json) -> Option<Json> {
    let Some((step, rest)) = path.split_first() else {
        return Some(new);
    };
    let mut entries = value.as_object()?.clone();
    let inner = entries.get(step).filter(|inner| **inner != Json::Null);
    let inner = inner
        .cloned()
        .unwrap_or_else(|| Json::Object(indexmap::IndexMap::new()));
    entries.insert(step.clone(), with(&inner, rest, new)?);
    Some(Json::Object(entries))
}

fn without(value: &Json, path: &[String]) -> Option<Json> {
    let (step, rest) = path.split_first()?;
    let mut entries = value.as_object()?.clone();
    if rest.is_empty() {
        entries.shift_remove(step);
    } else if let Some(inner) = entries.get(step) {
        let inner = without(inner, rest)?;
        entries.insert(step.clone(), inner);
    }
    Some(Json::Object(entries))
}
