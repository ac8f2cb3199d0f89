//! The command that was called, as somebody would type it.

use std::env;

/// The command that writes what `--check` found to differ: this one, without `--check`.
pub(super) fn that_mends() -> String {
    let words: Vec<String> = env::args().filter(|word| word != "--check").collect();
    let by_cargo = env::var("CARGO_PKG_NAME").is_ok_and(|package| package == env!("CARGO_PKG_NAME"));
    typed(&words, by_cargo)
}

fn typed(words: &[String], by_cargo: bool) -> String {
    let (program, words) = words
        .split_first()
        .map_or(("sdkwright", &[][..]), |(first, rest)| (first.as_str(), rest));
    // Without a document, `generate` is what the bare command does.
    let words = if words == ["generate"] { &[] } else { words };
    let program = match (by_cargo, words.is_empty()) {
        (true, true) => "cargo run".to_owned(),
        (true, false) => "cargo run --".to_owned(),
        (false, _) => quoted(program),
    };
    std::iter::once(program)
        .chain(words.iter().map(|word| quoted(word)))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The word, in quotes if a shell would not take it as it is.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:=@%+,\\".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::typed;

    #[test]
    fn is_what_somebody_would_type() {
        let typed = |words: &[&str], by_cargo| {
            typed(
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
