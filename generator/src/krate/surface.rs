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
    /// Adds a member, or replaces the one with its name.
    fn insert(&mut self, name: String, text: String) {
        match self.position(&name) {
            Ok(at) => self.0[at].1 = text,
            Err(at) => self.0.insert(at, (name, text)),
        }
    }

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

impl PublicItem {
    /// Creates an item without members.
    pub fn new(kind: &str) -> Self {
        Self {
            kind: kind.to_owned(),
            members: Members::default(),
        }
    }

    /// Adds a member.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) {
        self.members.insert(name.into(), text.into());
    }

    /// Reserves memory for members.
    pub fn reserve(&mut self, count: usize) {
        self.members.0.reserve_exact(count);
    }
}
