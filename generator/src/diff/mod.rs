//! `sdkwright diff`: how the Rust API of an SDK changes between two versions of its document.
//!
//! In: two planned crates. Out: the [`Change`]s of the public API, each with its semver level. An addition is minor only where users
//! cannot depend on its absence: structs, error enums and open enums are `#[non_exhaustive]`.

mod surface;

#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::krate::Crate;
use surface::{Item, surface};

/// What a change means for users of the SDK, as semantic versioning defines it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// No change of the API.
    Patch,
    /// An addition that breaks no user.
    Minor,
    /// A change that can break users.
    Major,
}

impl Level {
    /// Returns the name of the level.
    pub fn name(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// A change of the public API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The level.
    pub level: Level,
    /// The item, such as `models::Pet` or `client.pets().list_pets`.
    pub item: String,
    /// What changes, in one sentence.
    pub message: String,
}

/// Returns the changes from an old crate to a new one: the breaking ones first, then by item.
pub fn diff(old: &Crate, new: &Crate) -> Vec<Change> {
    let (old, new) = (surface(old), surface(new));
    let mut changes = Vec::new();
    for (name, before) in &old {
        match new.get(name) {
            None => changes.push(change(Level::Major, name, format!("the {} is removed", before.kind))),
            Some(after) if before.kind != after.kind => {
                let message = format!("the {} becomes a {}", before.kind, after.kind);
                changes.push(change(Level::Major, name, message));
            }
            Some(after) => members(&mut changes, name, before, after),
        }
    }
    for (name, after) in &new {
        if !old.contains_key(name) {
            changes.push(change(Level::Minor, name, format!("the {} is added", after.kind)));
        }
    }
    changes.sort_by(|one, other| (other.level, &one.item, &one.message).cmp(&(one.level, &other.item, &other.message)));
    changes
}

/// Returns the level of a release with these changes.
pub fn verdict(changes: &[Change]) -> Level {
    changes.iter().map(|change| change.level).max().unwrap_or(Level::Patch)
}

fn change(level: Level, item: &str, message: String) -> Change {
    Change {
        level,
        item: item.to_owned(),
        message,
    }
}

/// Adds the changes of the members of an item.
fn members(changes: &mut Vec<Change>, name: &str, before: &Item, after: &Item) {
    for (member, was) in &before.members {
        match after.members.get(member) {
            None => changes.push(change(Level::Major, name, format!("{member} is removed"))),
            Some(is) if was.text != is.text => {
                let message = format!("{member} changes from `{}` to `{}`", was.text, is.text);
                changes.push(change(Level::Major, name, message));
            }
            Some(_) => {}
        }
    }
    for (member, is) in &after.members {
        if !before.members.contains_key(member) {
            changes.push(change(is.added, name, format!("{member} is added")));
        }
    }
}
