//! The public API of a crate, as named items with members that can be compared.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

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
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub members: BTreeMap<String, String>,
}

impl PublicItem {
    /// Creates an item without members.
    pub fn new(kind: &str) -> Self {
        Self {
            kind: kind.to_owned(),
            members: BTreeMap::new(),
        }
    }

    /// Adds a member.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) {
        self.members.insert(name.into(), text.into());
    }
}
