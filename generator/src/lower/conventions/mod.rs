//! What documents write by convention: vendor extensions and media types.

pub(in crate::lower) mod extensions;
pub(in crate::lower) mod media_types;
