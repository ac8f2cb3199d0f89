//! The document being edited, and the evaluation of JSONPath (RFC 9535) in it.
//!
//! Paths are evaluated on a JSON copy, which is kept in sync with the draft.

use serde_json::Value as JsonValue;
use serde_json_path::{JsonPath, PathElement};

use crate::diagnostics::{Code, Diagnostic};
use crate::load::{Content, Draft, Node, SourceMap, Value};

/// One segment of a location.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Name(String),
    Index(usize),
}

/// A document that is being edited.
pub(super) struct Editor<'s> {
    sources: &'s SourceMap,
    draft: Draft,
    json: JsonValue,
}

impl<'s> Editor<'s> {
    pub(super) fn new(sources: &'s SourceMap, draft: Draft) -> Self {
        let json = to_json(sources, &draft);
        Self { sources, draft, json }
    }

    pub(super) fn into_draft(self) -> Draft {
        self.draft
    }

    /// Returns the locations that a JSONPath selects. `path` is the value of the overlay that holds it.
    pub(super) fn find(&self, path: Node<'_>) -> Result<Vec<Vec<Step>>, Diagnostic> {
        let text = path.as_str().unwrap_or_default();
        let parsed =
            JsonPath::parse(text).or_else(|error| JsonPath::parse(&quote_dashed_names(text)).map_err(|_| error));
        let parsed = parsed.map_err(|error| {
            let message = format!("invalid JSONPath `{text}`: {error}; the action is skipped");
            Diagnostic::new(Code::InvalidAction, path.place(), message)
        })?;
        let found = parsed.query_located(&self.json);
        let steps = found.locations().map(|location| {
            let steps = location.iter().map(|element| match element {
                PathElement::Name(name) => Step::Name((*name).to_owned()),
                PathElement::Index(index) => Step::Index(*index),
            });
            steps.collect()
        });
        Ok(steps.collect())
    }

    /// Copies the value at a location.
    pub(super) fn copy(&mut self, place: &[Step]) -> Option<Draft> {
        draft_at(&mut self.draft, place).cloned()
    }

    /// Changes the value at a location.
    pub(super) fn change(&mut self, place: &[Step], change: impl FnOnce(&mut Draft) -> bool) -> bool {
        let (Some(draft), Some(at)) = (draft_at(&mut self.draft, place), json_at(&mut self.json, place)) else {
            return true;
        };
        let changed = change(draft);
        *at = to_json(self.sources, draft);
        changed
    }

    /// Removes the value at a location from its parent. The root cannot be removed.
    pub(super) fn remove(&mut self, place: &[Step]) {
        let Some((last, above)) = place.split_last() else {
            return;
        };
        let (Some(draft), Some(at)) = (draft_at(&mut self.draft, above), json_at(&mut self.json, above)) else {
            return;
        };
        match (&mut draft.content, at, last) {
            (Content::Object(entries), JsonValue::Object(json), Step::Name(name)) => {
                entries.shift_remove(name);
                json.remove(name);
            }
            (Content::Array(items), JsonValue::Array(json), Step::Index(index))
                if *index < items.len().min(json.len()) =>
            {
                items.remove(*index);
                json.remove(*index);
            }
            (Content::Object(_) | Content::Array(_) | Content::Scalar, _, _) => {}
        }
    }
}

fn draft_at<'d>(draft: &'d mut Draft, place: &[Step]) -> Option<&'d mut Draft> {
    place.iter().try_fold(draft, |at, step| match (&mut at.content, step) {
        (Content::Object(entries), Step::Name(name)) => entries.get_mut(name),
        (Content::Array(items), Step::Index(index)) => items.get_mut(*index),
        (Content::Object(_) | Content::Array(_) | Content::Scalar, _) => None,
    })
}

fn json_at<'p>(json: &'p mut JsonValue, place: &[Step]) -> Option<&'p mut JsonValue> {
    place.iter().try_fold(json, |at, step| match step {
        Step::Name(name) => at.get_mut(name),
        Step::Index(index) => at.get_mut(*index),
    })
}

/// Converts a draft to JSON. A number that JSON cannot represent becomes a string.
fn to_json(sources: &SourceMap, draft: &Draft) -> JsonValue {
    match &draft.content {
        Content::Array(items) => items.iter().map(|item| to_json(sources, item)).collect(),
        Content::Object(entries) => entries
            .iter()
            .map(|(key, value)| (key.clone(), to_json(sources, value)))
            .collect(),
        Content::Scalar => match draft.taken_from(sources).map(Node::value) {
            Some(Value::Bool(value)) => JsonValue::Bool(value),
            Some(Value::Number(text)) => serde_json::from_str(text).unwrap_or_else(|_| text.into()),
            Some(Value::String(text)) => text.into(),
            Some(Value::Null | Value::Array | Value::Object) | None => JsonValue::Null,
        },
    }
}

/// Quotes names with a dash, such as `.x-internal`: RFC 9535 requires brackets, but the examples of the Overlay Specification
/// do not use them.
fn quote_dashed_names(path: &str) -> String {
    let (mut to, mut rest, mut quote) = (String::new(), path, None);
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
        let name = &after[..after.find(|c| !is_name(c)).unwrap_or(after.len())];
        if quote.is_none() && c == '.' && name.contains('-') {
            if to.ends_with('.') {
                to.push('.');
            }
            to.push_str(&format!("['{name}']"));
            rest = &after[name.len()..];
            continue;
        }
        match quote {
            Some(open) if c == open => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            Some(_) | None => {}
        }
        to.push(c);
        rest = after;
    }
    to
}

#[cfg(test)]
mod tests {
    use super::quote_dashed_names;

    #[test]
    fn dashed_names_are_quoted() {
        for (path, expected) in [
            (
                "$.paths.*[?@.x-internal == 'a.b-c']",
                "$.paths.*[?@['x-internal'] == 'a.b-c']",
            ),
            ("$..x-a.b-c.d", "$..['x-a']['b-c'].d"),
            ("$.tags[-1].name", "$.tags[-1].name"),
        ] {
            assert_eq!(quote_dashed_names(path), expected);
        }
    }
}
