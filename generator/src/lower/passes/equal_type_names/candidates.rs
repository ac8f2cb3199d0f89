//! The names that the paths of a class of equal types have in common.

use rustc_hash::FxHashSet;

use super::{common_root, common_words, forms, is_small, property_name};
use crate::ir::{TypeId, Types};

/// The candidates for the name of a class, the best first. They depend on the class alone.
pub(super) struct Candidates {
    /// The name of a patch, unless another class has it.
    patch: Option<String>,
    /// The root that all paths share, and the words that distinguish the types below it.
    root: Option<String>,
    /// The name of the property that all paths share, unless another class has it.
    property: Option<String>,
    /// The name of a union of values, or the words that all paths share.
    words: Option<String>,
}

impl Candidates {
    pub(super) fn new(types: &Types, members: &[TypeId]) -> Self {
        let root = common_root(types, members);
        let (property, words) = match root {
            Some(_) => (None, None),
            None => (
                property_name(types, members, is_small(types, members)),
                forms::values(types, members).or_else(|| common_words(types, members)),
            ),
        };
        Self {
            patch: forms::patch(types, members),
            root,
            property,
            words,
        }
    }

    /// Returns the best candidate. `taken` has the names of other classes.
    pub(super) fn best(self, taken: &FxHashSet<String>) -> Option<String> {
        let is_free = |name: &String| !taken.contains(name);
        let property = self.property.filter(is_free);
        let patch = self.patch.filter(is_free);
        patch.or(self.root).or(property).or(self.words)
    }
}
