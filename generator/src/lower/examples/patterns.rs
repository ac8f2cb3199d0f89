//! Strings that match a regular expression.
//!
//! An ECMA-262 pattern is parsed as a Rust pattern. The syntax is similar. For a pattern that cannot be parsed, such as
//! one with lookaround, no string is found.

use regex_syntax::hir::{Class, Hir, HirKind};

/// How many extra repetitions are tried to reach the minimum length.
const MAX_REPEATS: u32 = 64;

/// Returns a short non-empty string that matches the pattern and whose length is within the bounds.
pub(in crate::lower) fn matching_string(pattern: &str, min_length: u64, max_length: u64) -> Option<String> {
    let pattern = regex_syntax::parse(pattern).ok()?;
    let texts = (0..=MAX_REPEATS).map_while(|more| {
        let mut text = String::new();
        write(&pattern, more, &mut text)?;
        Some(text)
    });
    let length = |text: &String| u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
    let mut texts = texts.skip_while(|text| length(text) < min_length.max(1));
    texts.next().filter(|text| length(text) <= max_length)
}

fn write(pattern: &Hir, more: u32, out: &mut String) -> Option<()> {
    match pattern.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => out.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => out.push(pick_char(class)?),
        HirKind::Repetition(repetition) => {
            let wanted = repetition.min.saturating_add(more);
            let times = repetition.max.map_or(wanted, |most| wanted.min(most));
            for _ in 0..times {
                // Only outermost repetitions are repeated more often. If nested ones were, too, the length would grow
                // exponentially.
                write(&repetition.sub, 0, out)?;
                if out.len() > 4096 {
                    return None;
                }
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, more, out)?,
        HirKind::Concat(parts) => {
            for part in parts {
                write(part, more, out)?;
            }
        }
        HirKind::Alternation(branches) => write(branches.first()?, more, out)?,
    }
    Some(())
}

/// Returns a character of a class, a common one if possible.
fn pick_char(class: &Class) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class
            .ranges()
            .iter()
            .map(|range| (range.start(), range.end()))
            .collect(),
        Class::Bytes(class) => class
            .ranges()
            .iter()
            .map(|range| (char::from(range.start()), char::from(range.end())))
            .collect(),
    };
    let within = |c: &char| ranges.iter().any(|(low, high)| low <= c && c <= high);
    let plain = ['a', 'A', '1', '0'].into_iter().find(within);
    let printed = || ('!'..='~').find(within);
    plain.or_else(printed).or_else(|| ranges.first().map(|(low, _)| *low))
}

#[cfg(test)]
mod tests {
    use super::matching_string;

    #[test]
    fn pattern_examples_are_as_short_as_allowed() {
        for (pattern, min_length, most, expected) in [
            ("^[A-Z0-9]+$", 0, 36, Some("A")),
            (r"\d+", 3, 5, Some("111")),
            ("^prd_[0-9a-z]{26}$", 0, 100, Some("prd_aaaaaaaaaaaaaaaaaaaaaaaaaa")),
            (
                r"^[0-9]{4}-(0[1-9]|1[0-2])-([0-2][0-9]|3[01])$",
                0,
                10,
                Some("1111-01-11"),
            ),
            (r"^(https:)([/|.|\w|\s|-])*\.(?:jpg|gif)", 0, 99, Some("https:.jpg")),
            (".*", 0, 10, Some("a")),
            ("^x$", 2, 10, None),
            ("^(?!a).*$", 0, 10, None),
            ("(", 0, 10, None),
        ] {
            assert_eq!(
                matching_string(pattern, min_length, most).as_deref(),
                expected,
                "{pattern}"
            );
        }
    }
}
