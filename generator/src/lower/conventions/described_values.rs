//! Described values: names of numeric enum values that the description of the enum lists.
//!
//! Web frameworks write lists such as `* 1 - Small` (Django) or `0 = Small, 1 = Large` (ASP.NET). The names count only if the
//! list has a different name for each value.

use rustc_hash::{FxHashMap, FxHashSet};

/// The maximum number of words of a name. A longer text is a description.
const MAX_WORDS: usize = 4;

/// Returns a name for each value, or `None` if the description does not list a different name for each of them.
pub(in crate::lower) fn names(description: &str, values: &[&str]) -> Option<Vec<String>> {
    let mut listed: FxHashMap<&str, &str> = FxHashMap::default();
    for (value, name) in description.split(['\n', ',', ';', '|']).filter_map(entry) {
        listed.entry(value).or_insert(name);
    }
    let name = |value: &&str| listed.get(value).map(|name| (*name).to_owned());
    let names: Vec<String> = values.iter().map(name).collect::<Option<_>>()?;
    let distinct: FxHashSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
    (distinct.len() == values.len()).then_some(names)
}

/// Returns the value and the name of an entry such as `` * `1` - Small ``.
fn entry(text: &str) -> Option<(&str, &str)> {
    let text = text.trim().trim_start_matches(['*', '•', '(', ' ']);
    let text = text.strip_prefix("- ").unwrap_or(text).trim_start_matches(QUOTES);
    let end = text
        .char_indices()
        .find(|(at, c)| !(c.is_ascii_digit() || (*at == 0 && *c == '-')))
        .map(|(at, _)| at)?;
    let (value, rest) = text.split_at(end);
    let rest = rest.trim_start_matches(QUOTES).trim_start();
    let name = ["=>", "->", "=", ":", "-", "–", "—"]
        .iter()
        .find_map(|separator| rest.strip_prefix(separator))?;
    let name = name.trim().trim_matches(QUOTES);
    let is_name = name.starts_with(char::is_alphabetic)
        && name.split_whitespace().count() <= MAX_WORDS
        && name.chars().all(|c| c.is_alphanumeric() || " _-/&'".contains(c));
    (!value.is_empty() && is_name).then_some((value, name))
}

const QUOTES: [char; 3] = ['`', '\'', '"'];

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn lists_of_frameworks_name_the_values() {
        let small_and_large = Some(vec!["Small".to_owned(), "Very large".to_owned()]);
        for description in [
            "* `1` - Small\n* `2` - Very large",
            "The size.\n\n- 1: Small\n- 2: Very large\n",
            "1 = Small, 2 = Very large",
            "Sizes; '1' => 'Small'; '2' => 'Very large'",
        ] {
            assert_eq!(names(description, &["1", "2"]), small_and_large, "{description}");
        }
        assert_eq!(
            names("-1 - Left\n1 - Right", &["-1", "1"]),
            Some(vec!["Left".to_owned(), "Right".to_owned()])
        );
    }

    #[test]
    fn incomplete_or_repeated_lists_name_nothing() {
        for description in [
            "1 - Small",
            "1 - Same\n2 - same",
            "1 - A text that describes the value\n2 - Large",
            "Between 1 and 2: the size",
            "1.5 - Small\n2.5 - Large",
            "",
        ] {
            assert_eq!(names(description, &["1", "2"]), None, "{description}");
        }
    }
}
