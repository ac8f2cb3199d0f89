//! Conventions of documents: vendor extensions, media types, names of parameters, words of paths, described values,
//! spelling.

pub(in crate::lower) mod client_parameters;
pub(in crate::lower) mod described_values;
pub(in crate::lower) mod extensions;
pub(in crate::lower) mod media_types;
pub(in crate::lower) mod paths;
pub(in crate::lower) mod spelling;
