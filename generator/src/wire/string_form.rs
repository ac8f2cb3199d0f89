//! The forms of strings.

/// A form of strings that distinguishes a variant of a union from others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum StringForm {
    /// Any string.
    #[default]
    Any,
    /// A string of these ranges of characters.
    Characters {
        /// The ranges of the first character.
        first: Vec<(char, char)>,
        /// The ranges of all characters.
        all: Vec<(char, char)>,
    },
    /// A UUID.
    Uuid,
    /// An IPv4 address.
    Ipv4,
    /// An IPv6 address.
    Ipv6,
    /// A date without a time.
    Date,
    /// A date with a time.
    DateTime,
}
