//! Rust identifiers and names on the wire.

use std::fmt;

/// A Rust identifier that is valid in every edition. Never raw and never a keyword.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ident(String);

impl Ident {
    /// Returns the identifier closest to a text. Invalid characters become `_`, a leading digit is prefixed with `_`,
    /// and a keyword is suffixed with `_`.
    pub fn nearest(text: &str) -> Self {
        let is_valid = |c: char| c == '_' || is_continue(c);
        let mut name = match text.bytes().all(|byte| is_valid(char::from(byte))) {
            true => text.to_owned(),
            false => text.chars().map(|c| if is_valid(c) { c } else { '_' }).collect(),
        };
        if !name.chars().next().is_some_and(|c| c == '_' || is_start(c)) {
            name.insert(0, '_');
        }
        if name == "_" || is_keyword(&name) {
            name.push('_');
        }
        Self(name)
    }

    /// Returns the identifier as a string.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A name on the wire, such as a JSON key. May be any string.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WireName(String);

impl WireName {
    /// Creates a name.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// Returns the name as a string.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether JSON contains the name unchanged, without escapes.
    pub fn needs_no_escape(&self) -> bool {
        !self.0.contains(|c: char| c < ' ' || matches!(c, '"' | '\\'))
    }
}

impl fmt::Display for WireName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Returns whether an identifier may start with the character. Identifiers are ASCII, so that everybody can type them
/// and case conversion is exact.
fn is_start(c: char) -> bool {
    c.is_ascii_alphabetic()
}

fn is_continue(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

/// Returns whether a word is a keyword, strict or reserved, in any edition.
pub fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "abstract"
            | "as"
            | "async"
            | "await"
            | "become"
            | "box"
            | "break"
            | "const"
            | "continue"
            | "crate"
            | "do"
            | "dyn"
            | "else"
            | "enum"
            | "extern"
            | "false"
            | "final"
            | "fn"
            | "for"
            | "gen"
            | "if"
            | "impl"
            | "in"
            | "let"
            | "loop"
            | "macro"
            | "match"
            | "mod"
            | "move"
            | "mut"
            | "override"
            | "priv"
            | "pub"
            | "ref"
            | "return"
            | "self"
            | "Self"
            | "static"
            | "struct"
            | "super"
            | "trait"
            | "true"
            | "try"
            | "type"
            | "typeof"
            | "union"
            | "unsafe"
            | "unsized"
            | "use"
            | "virtual"
            | "where"
            | "while"
            | "yield"
    )
}

/// File names that cannot be used. The first are special to Rust, the others are reserved by Windows.
pub const FILE_STEMS: &[&str] = &[
    "mod", "lib", "main", "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

#[cfg(test)]
mod tests {
    use super::Ident;

    #[test]
    fn nearest_is_always_valid() {
        for (text, ident) in [
            ("id", "id"),
            ("type", "type_"),
            ("self", "self_"),
            ("Self", "Self_"),
            ("gen", "gen_"),
            ("1st", "_1st"),
            ("", "__"),
            ("_", "__"),
            ("a-b", "a_b"),
            ("naïve", "na_ve"),
        ] {
            assert_eq!(Ident::nearest(text).as_str(), ident);
            assert!(
                syn::parse_str::<syn::Ident>(Ident::nearest(text).as_str()).is_ok(),
                "{text}"
            );
        }
    }
}
