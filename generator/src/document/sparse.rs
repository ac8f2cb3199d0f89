//! Values that most nodes of a document do not have.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::LazyLock;

use indexmap::{IndexMap, IndexSet};

use super::{Bounds, Encoding, SchemaId};
use crate::json::Json;

/// A value that takes only a pointer if it is empty. Large documents have a million nodes, most of which have few keywords.
#[derive(Clone)]
pub struct Sparse<T>(Option<Box<T>>);

/// A type whose empty value all [`Sparse`] values share.
pub trait Empty: Default + 'static {
    /// Returns the empty value.
    fn empty() -> &'static Self;
    /// Returns whether this is an empty value.
    fn has_nothing(&self) -> bool;
}

macro_rules! empty {
    ($($type:ty),+ $(,)?) => {
        $(
            impl Empty for $type {
                fn empty() -> &'static Self {
                    static EMPTY: LazyLock<$type> = LazyLock::new(Default::default);
                    &EMPTY
                }
                fn has_nothing(&self) -> bool {
                    self.is_empty()
                }
            }
        )+
    };
}

empty! {
    Bounds,
    IndexMap<String, Encoding>,
    IndexMap<String, Json>,
    IndexMap<String, SchemaId>,
    IndexSet<String>,
}

impl<T> Default for Sparse<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Empty> From<T> for Sparse<T> {
    fn from(value: T) -> Self {
        Self((!value.has_nothing()).then(|| Box::new(value)))
    }
}

impl<T: Empty + FromIterator<I>, I> FromIterator<I> for Sparse<T> {
    fn from_iter<It: IntoIterator<Item = I>>(items: It) -> Self {
        T::from_iter(items).into()
    }
}

impl<T: Empty + PartialEq> PartialEq for Sparse<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Empty + IntoIterator> IntoIterator for Sparse<T> {
    type Item = T::Item;
    type IntoIter = T::IntoIter;
    fn into_iter(self) -> Self::IntoIter {
        self.0.map(|value| *value).unwrap_or_default().into_iter()
    }
}

impl<'a, T: Empty> IntoIterator for &'a Sparse<T>
where
    &'a T: IntoIterator,
{
    type Item = <&'a T as IntoIterator>::Item;
    type IntoIter = <&'a T as IntoIterator>::IntoIter;
    fn into_iter(self) -> Self::IntoIter {
        (**self).into_iter()
    }
}

impl<T: Empty> Deref for Sparse<T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or_else(|| T::empty())
    }
}

/// A mutable access stores the value, even if it stays empty.
impl<T: Empty> DerefMut for Sparse<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

impl<T: Empty + fmt::Debug> fmt::Debug for Sparse<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use indexmap::IndexSet;

    use super::Sparse;

    #[test]
    fn empty_value_equals_a_stored_empty_value() {
        let mut stored: Sparse<IndexSet<String>> = Sparse::default();
        stored.insert("a".to_owned());
        assert!(stored.contains("a"));
        stored.clear();
        let collected: Sparse<IndexSet<String>> = std::iter::empty::<String>().collect();
        assert!(stored.0.is_some() && collected.0.is_none());
        assert_eq!(stored, collected);
    }

    #[test]
    fn value_takes_only_a_pointer() {
        assert_eq!(size_of::<Sparse<IndexSet<String>>>(), size_of::<usize>());
    }
}
