//! String literals of a test file. A long text that occurs more than once becomes a constant.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

/// The minimum length of a constant, in bytes.
const LONG: usize = 60;

/// The string literals of a file.
pub struct SharedLiterals<'t> {
    /// The number of each constant, by its text.
    constants: BTreeMap<&'t str, usize>,
    /// The path to the constants from the tests.
    prefix: TokenStream,
}

impl<'t> SharedLiterals<'t> {
    /// Collects the texts of a file in order. The constants are at the top of the file; `prefix` is the path to them.
    pub fn new(literals: impl IntoIterator<Item = &'t str>, prefix: TokenStream) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut order = Vec::new();
        for text in literals.into_iter().filter(|text| text.len() >= LONG) {
            let count = counts.entry(text).or_default();
            *count += 1;
            if *count == 2 {
                order.push(text);
            }
        }
        let constants = order.into_iter().zip(1..).collect();
        Self { constants, prefix }
    }

    /// Returns a text as a constant or as a literal.
    pub fn get(&self, text: &str) -> TokenStream {
        match self.constants.get(text) {
            Some(number) => {
                let (prefix, name) = (&self.prefix, format_ident!("EXAMPLE_{number}"));
                quote!(#prefix #name)
            }
            None => literal(text),
        }
    }

    /// Returns the declarations of the constants.
    pub fn declarations(&self) -> TokenStream {
        let mut constants: Vec<(&str, usize)> = self.constants.iter().map(|(text, number)| (*text, *number)).collect();
        constants.sort_by_key(|(_, number)| *number);
        let declarations = constants.into_iter().map(|(text, number)| {
            let (name, text) = (format_ident!("EXAMPLE_{number}"), literal(text));
            quote!(const #name: &str = #text;)
        });
        quote!(#(#declarations)*)
    }
}

/// Returns a string literal, raw if that is easier to read.
pub fn literal(text: &str) -> TokenStream {
    let plain = Literal::string(text);
    if text.contains(|c: char| c.is_control() && c != '\n') || !text.contains(['"', '\\', '\n']) {
        return quote!(#plain);
    }
    let mut marks = "#".to_owned();
    while text.contains(&format!("\"{marks}")) {
        marks.push('#');
    }
    let raw = format!("r{marks}\"{text}\"{marks}");
    raw.parse().unwrap_or_else(|_| quote!(#plain))
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::{SharedLiterals, literal};

    #[test]
    fn literals_with_quotes_are_raw() {
        for (text, expected) in [
            ("plain", r#""plain""#),
            ("{\"a\":1}", r##"r#"{"a":1}"#"##),
            ("a \"# b", r###"r##"a "# b"##"###),
            ("a\r\"b", r#""a\r\"b""#),
        ] {
            let tokens = literal(text);
            assert_eq!(tokens.to_string(), expected);
            let read: syn::LitStr = syn::parse2(tokens).expect("a literal");
            assert_eq!(read.value(), text);
        }
    }

    #[test]
    fn only_repeated_long_texts_are_constants() {
        let long = "long ".repeat(20);
        let once = "once ".repeat(20);
        let literals = SharedLiterals::new(["short", "short", &long, &once, &long], quote!(super::));
        assert_eq!(literals.get(&long).to_string(), "super :: EXAMPLE_1");
        assert_eq!(literals.get("short").to_string(), "\"short\"");
        assert!(!literals.declarations().to_string().contains("once"));
    }
}
