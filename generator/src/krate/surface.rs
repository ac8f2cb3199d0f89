//! The public API of a crate, as named items with members that can be compared.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The public items, by path, such as `models::Pet` or `client.pets().list_pets`.
pub type Surface = BTreeMap<String, PublicItem>;

/// The first word of members that state a deprecation: of the item itself, or `deprecation of name` for one of its members.
pub const DEPRECATION: &str = "deprecation";

/// The kind of structs that callers create with a literal. Every change of their fields breaks users.
pub const REQUIRED_FIELDS: &str = "struct of required fields";

/// The kind of type aliases. Their member `type` is the type that they name.
pub const TYPE_ALIAS: &str = "type alias";

/// A public item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicItem {
    /// What it is: `method`, `struct`, `enum`, …
    pub kind: String,
    /// The members by kind and name, such as `field name`. The value is everything that users depend on.
    #[serde(default, skip_serializing_if = "Members::is_empty")]
    pub members: Members,
}

/// A map of texts. A list takes a third of the memory of a tree, and most have few entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Members(Vec<(String, String)>);

impl Members {
    fn position(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| other.as_str().cmp(name))
    }

    /// Returns the text of a member.
    pub fn get(&self, name: &str) -> Option<&String> {
        self.position(name).ok().map(|at| &self.0[at].1)
    }

    /// Returns all members, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &String)> {
        self.0.iter().map(|(name, text)| (name, text))
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Members {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let members = BTreeMap::deserialize(deserializer)?;
        Ok(Self(members.into_iter().collect()))
    }
}

/// A public item whose members are not complete.
#[derive(Debug)]
pub struct ItemBuilder {
    kind: String,
    members: Vec<(String, String)>,
}

impl ItemBuilder {
    /// Creates an item without members.
    pub fn new(kind: &str) -> Self {
        Self {
            kind: kind.to_owned(),
            members: Vec::new(),
        }
    }

    /// Adds a member. It replaces an earlier one with its name.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) {
        self.members.push((name.into(), text.into()));
    }

    /// Reserves memory for members.
    pub fn reserve(&mut self, count: usize) {
        self.members.reserve_exact(count);
    }

    /// Returns the item.
    pub fn build(self) -> PublicItem {
        let mut members = self.members;
        // The last one of several with a name is the first one now, and is kept.
        members.reverse();
        members.sort_by(|(one, _), (other, _)| one.cmp(other));
        members.dedup_by(|(one, _), (other, _)| one == other);
        PublicItem {
            kind: self.kind,
            members: Members(members),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ItemBuilder;

    #[test]
    fn members_are_sorted_and_the_last_one_with_a_name_is_kept() {
        let mut item = ItemBuilder::new("struct");
        for (name, text) in [("field b", "1"), ("field a", "2"), ("field b", "3"), ("field c", "4")] {
            item.add(name, text);
        }
        let item = item.build();
        let members: Vec<(&str, &str)> = item
            .members
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        assert_eq!(members, [("field a", "2"), ("field b", "3"), ("field c", "4")]);
        assert_eq!(item.members.get("field b").map(String::as_str), Some("3"));
        assert_eq!(item.members.get("field d"), None);
    }
}
