//! Names of operations, before they are identifiers, and the words of names.

use heck::ToSnakeCase;

/// The name of an operation, before its group is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationName {
    /// The name, in any case.
    pub text: String,
    /// The rule that made it.
    pub rule: NameRule,
    /// Its parts, if it was made from method and path.
    pub rest: Option<RestName>,
}

/// The rule that made an operation's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameRule {
    /// The id is used unchanged.
    Document,
    /// The path and the method that FastAPI appends are removed.
    FastApi,
    /// The method and the path in front of the name are removed.
    PathPrefix,
    /// The first segments of the path, such as `api_v1`, are removed.
    PathStart,
    /// The path in front of the name of the handler is removed.
    Handler,
    /// The module in front of the name of the function is removed.
    Module,
    /// The namespace and the suffix of a class of FastEndpoints are removed.
    Endpoint,
    /// The suffix of Spring is removed.
    Spring,
    /// The suffix `Controller` of the first part is removed.
    Controller,
    /// The name is made from method and path.
    Rest,
}

impl NameRule {
    /// Returns the description that `explain` shows.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Document => "the operationId",
            Self::FastApi => "the operationId without the path and the method that FastAPI appends",
            Self::PathPrefix => "the operationId without the method and the path at its start",
            Self::PathStart => "the operationId without the first segments of the path, such as `api`, that it repeats",
            Self::Handler => "the operationId without the path at its start",
            Self::Module => "the operationId without the module at its start",
            Self::Endpoint => "the operationId without the namespace of the class and the word `Endpoint`",
            Self::Spring => "the operationId without the suffix that Spring appends",
            Self::Controller => "the operationId without the word `Controller`",
            Self::Rest => "method and path, because the operationId is missing or only repeats them",
        }
    }
}

/// A name by the conventions of REST.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestName {
    /// The verb, such as `list` or `capture`.
    pub verb: String,
    /// The resources along the path, such as `["customer", "sources"]`. Empty for an action of the API, such as `login`.
    pub nouns: Vec<String>,
}

impl RestName {
    /// Returns the whole name, such as `list customer sources`.
    pub fn text(&self) -> String {
        let words: Vec<&str> = std::iter::once(&self.verb)
            .chain(&self.nouns)
            .map(String::as_str)
            .collect();
        words.join(" ")
    }
}

/// Returns the words of a name, in lower case. Symbols separate words, and so do changes of case: `listHTTPServers` has three.
pub fn words(name: &str) -> Vec<String> {
    if !name.is_ascii() {
        let snake = name.to_snake_case();
        return snake
            .split('_')
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
    }
    // The same as above, several times as fast.
    let mut words = Vec::new();
    each_word(name, |word| words.push(word.to_ascii_lowercase()));
    words
}

/// Passes each word of an ASCII name on, in its own case.
pub fn each_word<'n>(name: &'n str, mut word: impl FnMut(&'n str)) {
    let parts = name.split(|c: char| !c.is_ascii_alphanumeric());
    for part in parts.filter(|part| !part.is_empty()) {
        split_by_case(part, &mut word);
    }
}

/// Splits ASCII letters and digits before an upper-case letter that follows a lower-case one, and before the last upper-case letter of
/// several if a lower-case one follows.
fn split_by_case<'n>(part: &'n str, mut word: impl FnMut(&'n str)) {
    // The last letter of the word so far.
    let (mut start, mut last) = (0, None);
    for (at, pair) in part.as_bytes().windows(2).enumerate() {
        let (c, next) = (pair[0], pair[1]);
        let letter = if c.is_ascii_alphabetic() { Some(c) } else { last };
        let after_lower = letter.is_some_and(|letter| letter.is_ascii_lowercase()) && next.is_ascii_uppercase();
        let after_upper = last.is_some_and(|last| last.is_ascii_uppercase());
        if after_lower {
            word(&part[start..=at]);
            (start, last) = (at + 1, None);
        } else if after_upper && c.is_ascii_uppercase() && next.is_ascii_lowercase() {
            word(&part[start..at]);
            (start, last) = (at, None);
        } else {
            last = letter;
        }
    }
    word(&part[start..]);
}

/// Returns the singular of an English noun, by its ending.
pub fn singular(noun: &str) -> String {
    let lower = noun.to_ascii_lowercase();
    if lower == "people" {
        return "person".to_owned();
    }
    let kept = |length: usize| noun.get(..noun.len() - length).unwrap_or(noun).to_owned();
    if lower.ends_with("ies") && lower.len() > 4 {
        kept(3) + "y"
    } else if ["sses", "shes", "ches", "xes"].iter().any(|end| lower.ends_with(end)) {
        kept(2)
    } else if lower.ends_with('s') && lower.len() > 2 && !["ss", "us", "is"].iter().any(|end| lower.ends_with(end)) {
        kept(1)
    } else {
        noun.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use heck::ToSnakeCase;

    use super::{singular, words};

    #[test]
    fn words_are_separated_by_symbols_and_case() {
        for name in [
            "",
            "--",
            "list",
            "listUsers",
            "listHTTPServers",
            "HTTPServer2List",
            "OAuth2Token",
            "a1B2c3D",
            "ABC1Def",
            "A1bC",
            "X509Certificate",
            "users.planner.ListAll",
            "_get__User-ByID$",
            "größeÄndern",
            "ΑΣ",
        ] {
            let snake = name.to_snake_case();
            let expected: Vec<&str> = snake.split('_').filter(|word| !word.is_empty()).collect();
            assert_eq!(words(name), expected, "{name}");
        }
    }

    #[test]
    fn singular_follows_the_ending() {
        for (plural, expected) in [
            ("users", "user"),
            ("policies", "policy"),
            ("addresses", "address"),
            ("boxes", "box"),
            ("status", "status"),
            ("analysis", "analysis"),
            ("news", "new"),
            ("class", "class"),
        ] {
            assert_eq!(singular(plural), expected);
        }
    }
}
