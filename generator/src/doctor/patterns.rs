//! Compiled regular expressions of `pattern`.

use std::collections::HashMap;

use regex::Regex;

/// Regular expressions by their text.
#[derive(Default)]
pub(super) struct Patterns(HashMap<String, Option<Regex>>);

impl Patterns {
    /// Returns whether a text matches a pattern. A pattern that Rust's regular expressions cannot express, such as one with a
    /// lookahead, matches everything.
    pub(super) fn matches(&mut self, pattern: &str, text: &str) -> bool {
        if !self.0.contains_key(pattern) {
            self.0.insert(pattern.to_owned(), Regex::new(pattern).ok());
        }
        self.0
            .get(pattern)
            .and_then(Option::as_ref)
            .is_none_or(|regex| regex.is_match(text))
    }
}
