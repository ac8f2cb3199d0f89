//! `sdkwright diff`: how the Rust API of an SDK changes between two versions of its document.
//!
//! In: the public items of two crates, from their plans or their manifests. Out: the [`Change`]s, each with its semver level. An
//! addition is minor only where users cannot depend on its absence: structs, error enums and open enums are `#[non_exhaustive]`.

#[cfg(test)]
mod tests;
mod text;
mod type_names;

use serde::Serialize;

use crate::krate::{DEPRECATION, PublicItem, REQUIRED_FIELDS, Surface};

pub use text::{lines, markdown, summary};
use type_names::TypeNames;

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

/// Returns the changes from an old API to a new one: the breaking ones first, then by item.
pub fn diff(old: &Surface, new: &Surface) -> Vec<Change> {
    let (old_names, new_names) = (TypeNames::new(old), TypeNames::new(new));
    let mut changes = type_names::changes(&old_names, &new_names);
    for (name, before) in old {
        let Some(after) = new.get(name) else {
            changes.push(change(Level::Major, name, format!("the {} is removed", before.kind)));
            continue;
        };
        if old_names.is_alias(name) && new_names.is_alias(name) {
            continue;
        }
        let (before, after) = (old_names.defined(name, before), new_names.defined(name, after));
        if before.kind != after.kind {
            let message = format!("the {} becomes {}", before.kind, with_article(&after.kind));
            changes.push(change(Level::Major, name, message));
        } else {
            members(&mut changes, &new_names, name, (before, after));
        }
    }
    for (name, after) in new {
        if !old.contains_key(name) {
            changes.push(change(Level::Minor, name, format!("the {} is added", after.kind)));
        }
    }
    changes.sort_by(|one, other| (other.level, &one.item, &one.message).cmp(&(one.level, &other.item, &other.message)));
    changes
}

/// Returns the level of a release with these changes.
pub fn semver_level(changes: &[Change]) -> Level {
    changes.iter().map(|change| change.level).max().unwrap_or(Level::Patch)
}

fn change(level: Level, item: &str, message: String) -> Change {
    Change {
        level,
        item: item.to_owned(),
        message,
    }
}

fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {noun}")
}

/// Adds the changes of the members of an item, from before to after. Declarations may use any name of a type.
fn members(changes: &mut Vec<Change>, names: &TypeNames<'_>, name: &str, (before, after): (&PublicItem, &PublicItem)) {
    for (member, was) in before.members.iter() {
        if let (Some(what), None) = (deprecated(&before.kind, member), after.members.get(member)) {
            changes.push(change(Level::Minor, name, format!("{what} is not deprecated any more")));
            continue;
        }
        match after.members.get(member) {
            None => changes.push(change(Level::Major, name, format!("{} is removed", described(member)))),
            Some(is) if was != is && names.normalized(was) != names.normalized(is) => {
                let message = format!("{} changes from {} to {}", described(member), quoted(was), quoted(is));
                changes.push(change(Level::Major, name, message));
            }
            Some(_) => {}
        }
    }
    // Users can match the values of a closed enum without a wildcard, and a struct literal names all fields.
    let level = if after.kind == "closed enum" || after.kind == REQUIRED_FIELDS {
        Level::Major
    } else {
        Level::Minor
    };
    for (member, _) in after.members.iter() {
        if before.members.get(member).is_some() {
            continue;
        }
        if let Some(what) = deprecated(&after.kind, member) {
            changes.push(change(Level::Minor, name, format!("{what} is deprecated")));
        } else {
            changes.push(change(level, name, format!("{} is added", described(member))));
        }
    }
}

/// Returns the declaration of a member in a sentence. That of a constructor without arguments is empty.
fn quoted(declaration: &str) -> String {
    match declaration {
        "" => "no arguments".to_owned(),
        _ => format!("`{declaration}`"),
    }
}

/// Returns what a member of an item of this kind declares as deprecated, if it states a deprecation.
fn deprecated(kind: &str, member: &str) -> Option<String> {
    match member.strip_prefix(DEPRECATION)? {
        "" => Some(format!("the {kind}")),
        rest => Some(format!("`{}`", rest.strip_prefix(" of ")?)),
    }
}

/// Returns a member as it is written in a sentence: ``the field `name` ``.
fn described(member: &str) -> String {
    const KINDS: [&str; 9] = [
        "field",
        "method",
        "setter",
        "variant",
        "success case",
        "server",
        "constructor",
        "implementation",
        "feature",
    ];
    let named = KINDS.iter().find_map(|kind| {
        let name = member.strip_prefix(kind)?.strip_prefix(' ')?;
        Some(format!("the {kind} `{name}`"))
    });
    named.unwrap_or_else(|| format!("the {member}"))
}
