//! One value laid over another.

use crate::source::{Content, Draft};

/// Lays a value over one that an action selects: objects are merged, into an array go elements, anything else is replaced.
pub(super) fn merge(target: &mut Draft, update: &Draft) {
    match (&mut target.content, &update.content) {
        (Content::Array(items), Content::Object(_) | Content::Scalar) => items.push(update.clone()),
        (Content::Array(_) | Content::Object(_) | Content::Scalar, _) => inside(target, update),
    }
}

/// The same for what is inside of both.
fn inside(target: &mut Draft, update: &Draft) {
    match (&mut target.content, &update.content) {
        (Content::Object(own), Content::Object(new)) => {
            for (key, value) in new {
                match own.get_mut(key) {
                    Some(target) => inside(target, value),
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
