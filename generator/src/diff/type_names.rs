//! Names of types: an alias is another name of a type, so it does not matter which name of a type is the definition.
//!
//! Equal schemas are one type with several names. If a schema is added or changes, the definition may get another of these names.

use std::collections::BTreeMap;

use crate::krate::{PublicItem, Surface, TYPE_ALIAS};

use super::{Change, Level, change};

const MODELS: &str = "models::";

/// The names of types in a version of the API.
pub(super) struct TypeNames<'s> {
    surface: &'s Surface,
    /// The type of each alias of another named type.
    targets: BTreeMap<&'s str, &'s str>,
}

impl<'s> TypeNames<'s> {
    pub(super) fn new(surface: &'s Surface) -> Self {
        let aliases = surface.iter().filter(|(_, item)| item.kind == TYPE_ALIAS);
        let targets = aliases.filter_map(|(path, item)| {
            let target = item.members.get("type")?;
            surface.contains_key(target).then_some((path.as_str(), target.as_str()))
        });
        Self {
            surface,
            targets: targets.collect(),
        }
    }

    /// Returns whether an item is another name of a named type.
    pub(super) fn is_alias(&self, path: &str) -> bool {
        self.targets.contains_key(path)
    }

    /// Returns the path under which a type is defined.
    fn definition<'n>(&'n self, path: &'n str) -> &'n str {
        let mut at = path;
        // A type alias never refers to itself. The bound protects against manifests that were edited.
        for _ in 0..self.targets.len() {
            match self.targets.get(at) {
                Some(target) => at = target,
                None => break,
            }
        }
        at
    }

    /// Returns the item that defines a public item: for an alias, the type that it names.
    pub(super) fn defined(&self, path: &str, item: &'s PublicItem) -> &'s PublicItem {
        self.surface.get(self.definition(path)).unwrap_or(item)
    }

    /// Returns a declaration in which each type has the name of its definition.
    pub(super) fn normalized(&self, declaration: &str) -> String {
        let mut text = String::with_capacity(declaration.len());
        let mut rest = declaration;
        while let Some(start) = rest.find(MODELS) {
            let name = &rest[start + MODELS.len()..];
            let length = name
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(name.len());
            let end = start + MODELS.len() + length;
            text.push_str(&rest[..start]);
            text.push_str(self.definition(&rest[start..end]));
            rest = &rest[end..];
        }
        text + rest
    }
}

/// Returns the changes of names that were one type and are not any more, or the other way around.
pub(super) fn changes(old: &TypeNames<'_>, new: &TypeNames<'_>) -> Vec<Change> {
    let mut found = Vec::new();
    for (from, to, what) in [
        (old, new, "is not the same type any more as"),
        (new, old, "becomes the same type as"),
    ] {
        // The first name of each type in `from`.
        let mut first_names: BTreeMap<&str, &str> = BTreeMap::new();
        let paths = old.surface.keys().filter(|path| new.surface.contains_key(*path));
        for path in paths {
            let first = *first_names.entry(from.definition(path)).or_insert(path);
            if to.definition(first) != to.definition(path) {
                let name = first.strip_prefix(MODELS).unwrap_or(first);
                found.push(change(Level::Major, path, format!("the type {what} `{name}`")));
            }
        }
    }
    found
}
