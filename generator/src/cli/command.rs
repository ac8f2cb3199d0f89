//! The command that was run, as a user would type it.

use std::env;

/// Returns the command that updates what `--check` reported: the current command without `--check`.
pub(super) fn update_command() -> String {
    let words: Vec<String> = env::args().filter(|word| word != "--check").collect();
    let by_cargo = env::var("CARGO_PKG_NAME").is_ok_and(|package| package == env!("CARGO_PKG_NAME"));
    as_typed(&words, by_cargo)
}

fn as_typed(words: &[String], by_cargo: bool) -> String {
    let (program, words) = words
        .split_first()
        .map_or(("sdkwright", &[][..]), |(first, rest)| (first.as_str(), rest));
    // `generate` without a document is the default command.
    let words = if words == ["generate"] { &[] } else { words };
    let program = match (by_cargo, words.is_empty()) {
        (true, true) => "cargo run".to_owned(),
        (true, false) => "cargo run --".to_owned(),
        (false, _) => shell_quoted(program),
    };
    std::iter::once(program)
        .chain(words.iter().map(|word| shell_quoted(word)))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Quotes a word if a shell would change it.
fn shell_quoted(word: &str) -> String {
    let is_safe = |c: char| c.is_alphanumeric() || "-_./:=@%+,\\".contains(c);
    if !word.is_empty() && word.chars().all(is_safe) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::as_typed;

    #[test]
    fn the_command_is_printed_as_a_user_would_type_it() {
        let typed = |words: &[&str], by_cargo| {
            as_typed(
                &words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>(),
                by_cargo,
            )
        };
        assert_eq!(typed(&["target/debug/sdkwright", "generate"], true), "cargo run");
        assert_eq!(typed(&["sdkwright", "generate"], false), "sdkwright");
        assert_eq!(
            typed(&["x", "generate", "a.yaml", "--out", "b"], true),
            "cargo run -- generate a.yaml --out b"
        );
        assert_eq!(
            typed(&["sdkwright", "generate", "my api.yaml", "--out", "it's"], false),
            r"sdkwright generate 'my api.yaml' --out 'it'\''s'"
        );
    }
}
