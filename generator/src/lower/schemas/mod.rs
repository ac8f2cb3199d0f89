//! Schemas: from the schemas of the document to types.

pub(in crate::lower) mod all_of;
pub(in crate::lower) mod bounds;
pub(in crate::lower) mod components;
pub(in crate::lower) mod enums;
pub(in crate::lower) mod graph;
pub(in crate::lower) mod inline_names;
pub(in crate::lower) mod member_names;
pub(in crate::lower) mod nullability;
pub(in crate::lower) mod resolve;
pub(in crate::lower) mod scalars;
pub(in crate::lower) mod shared_error_bodies;
pub(in crate::lower) mod structs;
pub(in crate::lower) mod unions;
