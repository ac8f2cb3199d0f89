//! Names of Rust and names of the wire.

use std::fmt;

/// An identifier of Rust: valid as it stands in every edition, never raw, never a keyword.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ident(String);

impl Ident {
    /// The identifier nearest to a text: what cannot stand in one becomes `_`, a digit in front gets a `_` before it, and a
    /// keyword a `_` behind it.
    pub fn nearest(text: &str) -> Self {
        let mut name: String = text
            .chars()
            .map(|c| if c == '_' || is_continue(c) { c } else { '_' })
            .collect();
        if !name.chars().next().is_some_and(|c| c == '_' || is_start(c)) {
            name.insert(0, '_');
        }
        if name == "_" || is_keyword(&name) {
            name.push('_');
        }
        Self(name)
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A name as it travels: any text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WireName(String);

impl WireName {
    /// The name as it travels.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it stands in JSON as it is, with nothing to escape.
    pub fn is_plain(&self) -> bool {
        !self.0.contains(|c: char| c < ' ' || matches!(c, '"' | '\\'))
    }
}

impl fmt::Display for WireName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Identifiers are kept to ASCII: what cannot be typed everywhere is no good name, and case conversion stays exact.
fn is_start(c: char) -> bool {
    c.is_ascii_alphabetic()
}

fn is_continue(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

/// Whether a word is a keyword, strict or reserved, in any edition.
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

/// What no file may be called: modules have their own meaning for the first, Windows for the rest.
pub const FILE_STEMS: &[&str] = &[
    "mod", "lib", "main", "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

#[cfg(test)]
mod tests {
    use super::Ident;

    #[test]
    fn nearest_is_always_an_identifier() {
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
