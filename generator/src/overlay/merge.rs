//! Merges an update into a value.

use crate::load::{Content, Draft};

/// Merges an update into a selected value: objects are merged, arrays are appended to, everything else is replaced.
pub(super) fn merge(target: &mut Draft, update: &Draft) {
    match (&mut target.content, &update.content) {
        (Content::Array(items), Content::Object(_) | Content::Scalar) => items.push(update.clone()),
        (Content::Array(_) | Content::Object(_) | Content::Scalar, _) => merge_into(target, update),
    }
}

/// Merges nested values.
fn merge_into(target: &mut Draft, update: &Draft) {
    match (&mut target.content, &update.content) {
        (Content::Object(own), Content::Object(new)) => {
            for (key, value) in new {
                match own.get_mut(key) {
                    Some(target) => merge_into(target, value),
                    None => {
                        own.insert(key.clone(), value.clone());
                    }
                }
            }
        }
        (Content::Array(own), Content::Array(new)) => own.extend(new.iter().cloned()),
        (Content::Array(_) | Content::Object(_) | Content::Scalar, _) => target.clone_from(update),
    }
}
