//! Between loading and resolving: overlays, documents that say what is to be changed in another one.
//!
//! In: the files, with the document as the first, and an overlay among them (Overlay Specification 1.x). Out: the document with
//! another tree. Actions are taken in their order, each on what the ones before left. What an action changes points into the
//! overlay from then on, where messages show it; its pointer is the one that it has in the document.

mod merge;
mod path;
#[cfg(test)]
mod tests;

use crate::diagnostics::{Code, Diagnostic, Diagnostics, FileId, NodeId};
use crate::source::{Content, Draft, Node, SourceMap, Value};

use merge::merge;
use path::{Laid, Step};

/// How many values actions may put into a document, so that a few lines cannot fill the memory.
const MAX_PUT: usize = 1_000_000;

/// Lays an overlay over the document.
pub fn apply(sources: &mut SourceMap, overlay: FileId, diagnostics: &mut Diagnostics) {
    apply_within(MAX_PUT, sources, overlay, diagnostics);
}

fn apply_within(mut left: usize, sources: &mut SourceMap, overlay: FileId, diagnostics: &mut Diagnostics) {
    let document = sources.node(FileId(0), NodeId(0));
    let (Some(document), Some(root)) = (document, sources.node(overlay, NodeId(0))) else {
        return;
    };
    // Without quotes, `1.0` is a number.
    let version = match root.get("overlay").map(Node::value) {
        Some(Value::String(text) | Value::Number(text)) => text,
        Some(Value::Null | Value::Bool(_) | Value::Array | Value::Object) | None => "",
    };
    let actions: Vec<Node<'_>> = root.get("actions").into_iter().flat_map(Node::items).collect();
    if !version.starts_with("1.") || actions.is_empty() {
        let message = if version.starts_with("1.") {
            "this overlay has no `actions`"
        } else {
            "this is no overlay of version 1"
        };
        diagnostics.push(Diagnostic::new(Code::NotOverlay, root.place(), message));
        return;
    }
    let mut laid = Laid::new(sources, Draft::of(document));
    for action in actions {
        if let Err(diagnostic) = take(&mut laid, action, &mut left) {
            diagnostics.push(diagnostic);
        }
    }
    let draft = laid.into_draft();
    let place = root.place();
    if sources.replace(FileId(0), &draft).is_err() {
        let message = "with this overlay the document is nested too deep; it is not laid over the document";
        diagnostics.push(Diagnostic::new(Code::TooDeep, place, message));
    }
}

/// Takes one action. What is odd about it is told, and leaves the document as it is.
fn take(laid: &mut Laid<'_>, action: Node<'_>, left: &mut usize) -> Result<(), Diagnostic> {
    let odd = |node: Node<'_>, message: String| Err(Diagnostic::new(Code::InvalidAction, node.place(), message));
    let Some(target) = action.get("target").filter(|target| target.as_str().is_some()) else {
        return odd(action, "this action has no `target`; it is skipped".to_owned());
    };
    let mut places = laid.find(target)?;
    if places.is_empty() {
        let message = format!(
            "`{}` selects nothing; the action changes nothing",
            target.as_str().unwrap_or_default()
        );
        return Err(Diagnostic::new(Code::ActionWithoutTarget, target.place(), message));
    }
    if action
        .get("remove")
        .is_some_and(|remove| matches!(remove.value(), Value::Bool(true)))
    {
        // The last first, so that the numbers of those before stay what they are.
        places.sort_unstable_by(|one, other| other.cmp(one));
        places.dedup();
        places.iter().for_each(|place| laid.remove(place));
        return Ok(());
    }
    let update = match (action.get("update"), action.get("copy")) {
        (Some(update), _) => Draft::of(update),
        (None, Some(copy)) => match laid.find(copy)?.as_slice() {
            [one] => laid
                .copy(one)
                .ok_or_else(|| Diagnostic::new(Code::InvalidAction, copy.place(), "there is nothing to copy"))?,
            several => {
                let message = format!(
                    "`copy` has to select one value, and selects {}; it is skipped",
                    several.len()
                );
                return odd(copy, message);
            }
        },
        (None, None) => {
            return odd(
                action,
                "this action has no `update`, `remove` or `copy`; it is skipped".to_owned(),
            );
        }
    };
    put(laid, action, &places, &update, left)
}

fn put(
    laid: &mut Laid<'_>,
    action: Node<'_>,
    places: &[Vec<Step>],
    update: &Draft,
    left: &mut usize,
) -> Result<(), Diagnostic> {
    let odd = |message: &str| Err(Diagnostic::new(Code::InvalidAction, action.place(), message));
    match left.checked_sub(update.count().saturating_mul(places.len())) {
        Some(rest) => *left = rest,
        None => return odd("the actions up to this one put too much into the document; it is skipped"),
    }
    let mut fits = true;
    for place in places {
        fits &= laid.change(place, |target| match (&target.content, &update.content) {
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
        odd("only an object can be merged into an object; objects among the targets stay as they are")
    }
}
