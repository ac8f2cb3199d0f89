//! Lookups in finished types, and visitors of them.

pub(in crate::lower) mod lookup;
pub(in crate::lower) mod visit;
