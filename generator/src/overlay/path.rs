//! The document that an overlay is laid over, and what JSONPath (RFC 9535) selects in it.
//!
//! Paths are looked for in plain JSON, which is kept beside the draft and changes with it.

use serde_json::Value as Plain;
use serde_json_path::{JsonPath, PathElement};

use crate::diagnostics::{Code, Diagnostic};
use crate::source::{Content, Draft, Node, SourceMap, Value};

/// One step down.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Name(String),
    Index(usize),
}

/// A document under overlays.
pub(super) struct Laid<'s> {
    sources: &'s SourceMap,
    draft: Draft,
    plain: Plain,
}

impl<'s> Laid<'s> {
    pub(super) fn new(sources: &'s SourceMap, draft: Draft) -> Self {
        let plain = plain(sources, &draft);
        Self { sources, draft, plain }
    }

    pub(super) fn into_draft(self) -> Draft {
        self.draft
    }

    /// What the path selects that a value of an overlay says.
    pub(super) fn find(&self, path: Node<'_>) -> Result<Vec<Vec<Step>>, Diagnostic> {
        let text = path.as_str().unwrap_or_default();
        let parsed = JsonPath::parse(text).or_else(|error| JsonPath::parse(&bracketed(text)).map_err(|_| error));
        let parsed = parsed.map_err(|error| {
            let message = format!("`{text}` is no JSONPath ({error}); the action is skipped");
            Diagnostic::new(Code::InvalidAction, path.place(), message)
        })?;
        let found = parsed.query_located(&self.plain);
        let steps = found.locations().map(|location| {
            let steps = location.iter().map(|element| match element {
                PathElement::Name(name) => Step::Name((*name).to_owned()),
                PathElement::Index(index) => Step::Index(*index),
            });
            steps.collect()
        });
        Ok(steps.collect())
    }

    /// A copy of the value at a place.
    pub(super) fn copy(&mut self, place: &[Step]) -> Option<Draft> {
        draft_at(&mut self.draft, place).cloned()
    }

    /// Changes the value at a place.
    pub(super) fn change(&mut self, place: &[Step], change: impl FnOnce(&mut Draft) -> bool) -> bool {
        let (Some(draft), Some(at)) = (draft_at(&mut self.draft, place), plain_at(&mut self.plain, place)) else {
            return true;
        };
        let changed = change(draft);
        *at = plain(self.sources, draft);
        changed
    }

    /// Removes the value at a place from what it is in. The root stays.
    pub(super) fn remove(&mut self, place: &[Step]) {
        let Some((last, above)) = place.split_last() else {
            return;
        };
        let (Some(draft), Some(at)) = (draft_at(&mut self.draft, above), plain_at(&mut self.plain, above)) else {
            return;
        };
        match (&mut draft.content, at, last) {
            (Content::Object(entries), Plain::Object(plain), Step::Name(name)) => {
                entries.shift_remove(name);
                plain.remove(name);
            }
            (Content::Array(items), Plain::Array(plain), Step::Index(index))
                if *index < items.len().min(plain.len()) =>
            {
                items.remove(*index);
                plain.remove(*index);
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

fn plain_at<'p>(plain: &'p mut Plain, place: &[Step]) -> Option<&'p mut Plain> {
    place.iter().try_fold(plain, |at, step| match step {
        Step::Name(name) => at.get_mut(name),
        Step::Index(index) => at.get_mut(*index),
    })
}

/// A draft as plain JSON. A number that is too large for it is a string there.
fn plain(sources: &SourceMap, draft: &Draft) -> Plain {
    match &draft.content {
        Content::Array(items) => items.iter().map(|item| plain(sources, item)).collect(),
        Content::Object(entries) => entries
            .iter()
            .map(|(key, value)| (key.clone(), plain(sources, value)))
            .collect(),
        Content::Scalar => match draft.taken_from(sources).map(Node::value) {
            Some(Value::Bool(value)) => Plain::Bool(value),
            Some(Value::Number(text)) => serde_json::from_str(text).unwrap_or_else(|_| text.into()),
            Some(Value::String(text)) => text.into(),
            Some(Value::Null | Value::Array | Value::Object) | None => Plain::Null,
        },
    }
}

/// A path in which names with a dash, such as `.x-internal`, stand in brackets: RFC 9535 wants that, and the examples of the
/// Overlay Specification do without.
fn bracketed(path: &str) -> String {
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
    use super::bracketed;

    #[test]
    fn names_with_a_dash_stand_in_brackets() {
        for (path, expected) in [
            (
                "$.paths.*[?@.x-internal == 'a.b-c']",
                "$.paths.*[?@['x-internal'] == 'a.b-c']",
            ),
            ("$..x-a.b-c.d", "$..['x-a']['b-c'].d"),
            ("$.tags[-1].name", "$.tags[-1].name"),
        ] {
            assert_eq!(bracketed(path), expected);
        }
    }
}
