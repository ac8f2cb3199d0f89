//! Overlay: applies Overlay Specification documents to the document, between load and bundle.
//!
//! In: the files, with the document first and an overlay (version 1.x) among them. Out: a new tree for the document. Actions are
//! applied in order, each to the result of the previous ones. Messages about a changed value show its place in the overlay and
//! its pointer in the document.

mod editor;
mod merge;
#[cfg(test)]
mod tests;

use crate::diagnostics::{Code, Diagnostic, Diagnostics, FileId, NodeId};
use crate::load::{Content, Draft, Node, SourceMap, Value};

use editor::{Editor, Step};
use merge::merge;

/// The maximum number of values that actions may insert, which bounds the memory that a few lines can use.
const MAX_INSERTED: usize = 1_000_000;

/// Applies an overlay to the document.
pub fn apply(sources: &mut SourceMap, overlay: FileId, diagnostics: &mut Diagnostics) {
    apply_within(MAX_INSERTED, sources, overlay, diagnostics);
}

fn apply_within(mut budget: usize, sources: &mut SourceMap, overlay: FileId, diagnostics: &mut Diagnostics) {
    let document = sources.node(FileId(0), NodeId(0));
    let (Some(document), Some(root)) = (document, sources.node(overlay, NodeId(0))) else {
        return;
    };
    // Unquoted, `1.0` is a number.
    let version = match root.get("overlay").map(Node::value) {
        Some(Value::String(text) | Value::Number(text)) => text,
        Some(Value::Null | Value::Bool(_) | Value::Array | Value::Object) | None => "",
    };
    let actions: Vec<Node<'_>> = root.get("actions").into_iter().flat_map(Node::items).collect();
    if !version.starts_with("1.") || actions.is_empty() {
        let message = if version.starts_with("1.") {
            "the overlay has no `actions`"
        } else {
            "the file is not an Overlay document of version 1.x"
        };
        diagnostics.push(Diagnostic::new(Code::NotOverlay, root.place(), message));
        return;
    }
    let mut editor = Editor::new(sources, Draft::of(document));
    for action in actions {
        if let Err(diagnostic) = apply_action(&mut editor, action, &mut budget) {
            diagnostics.push(diagnostic);
        }
    }
    let draft = editor.into_draft();
    let place = root.place();
    if sources.replace(FileId(0), &draft).is_err() {
        let message = "the overlay nests the document too deeply; it is not applied";
        diagnostics.push(Diagnostic::new(Code::TooDeep, place, message));
    }
}

/// Applies one action. An invalid action is reported and leaves the document unchanged.
fn apply_action(editor: &mut Editor<'_>, action: Node<'_>, budget: &mut usize) -> Result<(), Diagnostic> {
    let skip = |node: Node<'_>, message: String| Err(Diagnostic::new(Code::InvalidAction, node.place(), message));
    let Some(target) = action.get("target").filter(|target| target.as_str().is_some()) else {
        return skip(action, "the action has no `target`; it is skipped".to_owned());
    };
    let mut places = editor.find(target)?;
    if places.is_empty() {
        let message = format!(
            "the target `{}` selects nothing; the action has no effect",
            target.as_str().unwrap_or_default()
        );
        return Err(Diagnostic::new(Code::ActionWithoutTarget, target.place(), message));
    }
    if action
        .get("remove")
        .is_some_and(|remove| matches!(remove.value(), Value::Bool(true)))
    {
        // Removes from the end, so that the remaining indices stay valid.
        places.sort_unstable_by(|one, other| other.cmp(one));
        places.dedup();
        places.iter().for_each(|place| editor.remove(place));
        return Ok(());
    }
    let update = match (action.get("update"), action.get("copy")) {
        (Some(update), _) => Draft::of(update),
        (None, Some(copy)) => match editor.find(copy)?.as_slice() {
            [one] => editor.copy(one).ok_or_else(|| {
                Diagnostic::new(
                    Code::InvalidAction,
                    copy.place(),
                    "`copy` selects nothing; the action is skipped",
                )
            })?,
            several => {
                let message = format!(
                    "`copy` selects {} values instead of one; the action is skipped",
                    several.len()
                );
                return skip(copy, message);
            }
        },
        (None, None) => {
            return skip(
                action,
                "the action has no `update`, `remove` or `copy`; it is skipped".to_owned(),
            );
        }
    };
    apply_update(editor, action, &places, &update, budget)
}

fn apply_update(
    editor: &mut Editor<'_>,
    action: Node<'_>,
    places: &[Vec<Step>],
    update: &Draft,
    budget: &mut usize,
) -> Result<(), Diagnostic> {
    let skip = |message: &str| Err(Diagnostic::new(Code::InvalidAction, action.place(), message));
    match budget.checked_sub(update.count().saturating_mul(places.len())) {
        Some(rest) => *budget = rest,
        None => return skip("the overlay inserts more than 1,000,000 values; the action is skipped"),
    }
    let mut fits = true;
    for place in places {
        fits &= editor.change(place, |target| match (&target.content, &update.content) {
            (Content::Object(_), Content::Scalar | Content::Array(_)) => false,
            (Content::Object(_), Content::Object(_)) | (Content::Array(_) | Content::Scalar, _) => {
                merge(target, update);
                true
            }
        });
    }
    if fits {
        Ok(())
    } else {
        skip("the update is not an object, but a target is; that target is unchanged")
    }
}
