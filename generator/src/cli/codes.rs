//! Pages about diagnostic codes.

use std::fmt::Write as _;

use crate::diagnostics::{Code, Severity};

/// Returns the page of a code as Markdown, or `None` if the text is not a code.
pub(super) fn page(id: &str) -> Option<String> {
    let code = Code::parse(id)?;
    let effect = match code.severity() {
        Severity::Error if code == Code::Drift => {
            "This is an error of `--check`, which writes nothing and exits with status 3."
        }
        Severity::Error => "This is an error: the SDK is not written.",
        Severity::Warning => "This is a warning: the SDK is written. `--deny warnings` turns it into an error.",
        Severity::Note => "This is a note: it is shown with `--verbose`.",
    };
    let mut page = format!("# {}: {}\n\n{}\n\n", code.id(), code.rule(), code.meaning());
    let _ = write!(page, "{effect}\n\nNext step: {}.\n", code.help());
    if code.severity() != Severity::Error {
        let _ = write!(
            page,
            "\nTo change the level of this code, add a rule to the SDK in `sdkwright.yaml`:\n\n\
             ```yaml\ndiagnostics:\n  - {{ level: allow, codes: [{}] }}\n```\n\n\
             The level is `allow`, `warn` or `deny`. `deny` turns the diagnostic into an error. With `at`, a JSON pointer such as `\"#/paths\"`, a rule applies only to a part of the document.\n",
            code.id()
        );
    }
    Some(page)
}

/// Returns whether a text is a code such as `W0203` or a misspelled one, such as `E06O1`: the letter of a severity, and mostly
/// digits.
pub(super) fn is_like_code(text: &str) -> bool {
    let mut letters = text.chars();
    let is_severity = |letter: char| matches!(letter.to_ascii_uppercase(), 'E' | 'W' | 'N');
    let starts_with_severity = letters.next().is_some_and(is_severity);
    let digits = letters.clone().filter(char::is_ascii_digit).count();
    let others = letters.filter(|letter| !letter.is_ascii_digit()).count();
    starts_with_severity && (2..=5).contains(&digits) && others <= 1
}

/// Returns the codes that a misspelled code can mean, in code spans: those with the same number, otherwise those that differ in one
/// character.
pub(super) fn nearest_codes(text: &str) -> Vec<String> {
    let wanted = text.to_ascii_uppercase().replace('O', "0").replace(['I', 'L'], "1");
    let number = wanted.get(1..).unwrap_or_default();
    let matching = |matches: &dyn Fn(&str) -> bool| -> Vec<String> {
        let ids = Code::ALL.iter().map(|code| code.id()).filter(|id| matches(id));
        ids.take(3).map(|id| format!("`{id}`")).collect()
    };
    let same_number = matching(&|id| &id[1..] == number);
    match same_number.is_empty() {
        true => matching(&|id| strsim::damerau_levenshtein(id, &wanted) == 1),
        false => same_number,
    }
}

/// Returns the list of all codes, one per line.
pub(super) fn list() -> String {
    let mut codes = Code::ALL.to_vec();
    codes.sort_by_key(|code| code.id()[1..].to_owned());
    let lines = codes.iter().map(|code| {
        let meaning = code.meaning();
        let first = meaning
            .split_once(". ")
            .map_or(meaning.trim_end_matches('.'), |(first, _)| first);
        format!("{}  {first}\n", code.id())
    });
    lines.collect()
}
