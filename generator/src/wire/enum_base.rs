//! The JSON types of enums.

/// The JSON type of an enum's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnumBase {
    /// Strings.
    String,
    /// Integers, as `i64`.
    Int,
}
