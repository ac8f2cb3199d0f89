//! The forms of strings, which distinguish the string variants of a union.

use std::net::{Ipv4Addr, Ipv6Addr};

/// The form of a string.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// Any string.
    Any,
    /// A string of these ranges of characters, with a first character of the ranges `first`.
    Characters {
        /// The ranges of the first character.
        first: &'static [(char, char)],
        /// The ranges of all characters.
        all: &'static [(char, char)],
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

impl Form {
    /// Returns whether a text has the form.
    pub(super) fn matches(self, text: &str) -> bool {
        let within = |ranges: &[(char, char)], c: char| ranges.iter().any(|(low, high)| (*low..=*high).contains(&c));
        match self {
            Self::Any => true,
            Self::Characters { first, all } => {
                text.chars().next().is_none_or(|c| within(first, c)) && text.chars().all(|c| within(all, c))
            }
            Self::Uuid => has_digits(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"),
            Self::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
            Self::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
            Self::Date => has_digits(text, "dddd-dd-dd"),
            Self::DateTime => text.len() > 10 && text.get(..10).is_some_and(|date| has_digits(date, "dddd-dd-dd")),
        }
    }

    /// Returns a number that is larger for a narrower form.
    pub(super) fn weight(self) -> usize {
        match self {
            Self::Any => 0,
            Self::Characters { .. } => 1,
            Self::Uuid | Self::Ipv4 | Self::Ipv6 | Self::Date | Self::DateTime => 2,
        }
    }
}

/// Returns whether a text has a hexadecimal digit for each `x`, a decimal digit for each `d`, and the other characters.
fn has_digits(text: &str, pattern: &str) -> bool {
    let fits = |(byte, wanted): (u8, u8)| match wanted {
        b'x' => byte.is_ascii_hexdigit(),
        b'd' => byte.is_ascii_digit(),
        other => byte == other,
    };
    text.len() == pattern.len() && text.bytes().zip(pattern.bytes()).all(fits)
}
