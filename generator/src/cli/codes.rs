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
             With `at`, a JSON pointer such as `\"#/paths\"`, a rule applies only to a part of the document.\n",
            code.id()
        );
    }
    Some(page)
}

/// Returns whether a text has the form of a code, such as `W0203`.
pub(super) fn is_code(text: &str) -> bool {
    let mut letters = text.chars();
    let severity = letters
        .next()
        .is_some_and(|first| matches!(first.to_ascii_uppercase(), 'E' | 'W' | 'N'));
    severity && text.len() == 5 && letters.all(|letter| letter.is_ascii_digit())
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
