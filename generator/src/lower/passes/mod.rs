//! Passes over the whole API, one module each. `scc` and `equal_type_names` are parts of passes.

pub(in crate::lower) mod ambiguous_variants;
pub(in crate::lower) mod boxing;
pub(in crate::lower) mod client_parameters;
pub(in crate::lower) mod corrections;
pub(in crate::lower) mod discriminator_fields;
pub(in crate::lower) mod equal_type_names;
pub(in crate::lower) mod equal_types;
pub(in crate::lower) mod error_sets;
pub(in crate::lower) mod groups;
pub(in crate::lower) mod links;
pub(in crate::lower) mod merge_patch;
pub(in crate::lower) mod prune;
pub(in crate::lower) mod scc;
pub(in crate::lower) mod select;
pub(in crate::lower) mod union_evidence;
pub(in crate::lower) mod usage;
