//! Wrapping of Markdown at a width.

use std::borrow::Cow;
use std::iter;

use super::starts_block;

/// Wraps Markdown at a width. Code blocks and tables are not wrapped.
pub fn wrap(text: &str, width: usize) -> Vec<Cow<'_, str>> {
    let mut lines = Vec::new();
    // The number of backticks that end the code block.
    let mut fence = None;
    for line in text.lines() {
        let bare = line.trim_start_matches([' ', '>']);
        let ticks = bare.bytes().take_while(|byte| *byte == b'`').count();
        if let Some(length) = fence {
            if ticks == length && bare.len() == length {
                fence = None;
            }
            lines.push(Cow::Borrowed(line));
        } else if ticks >= 3 {
            fence = Some(ticks);
            lines.push(Cow::Borrowed(line));
        } else if line.len() <= width || bare.starts_with('|') {
            lines.push(Cow::Borrowed(line));
        } else {
            wrap_line(line, width, &mut lines);
        }
    }
    lines
}

fn wrap_line(line: &str, width: usize, lines: &mut Vec<Cow<'_, str>>) {
    let marker = marker(line);
    // Continuation lines are indented to the text of the first line; quote marks are repeated.
    let indent: String = line[..marker]
        .chars()
        .map(|c| if c == '>' { '>' } else { ' ' })
        .collect();
    let mut current = line[..marker].to_owned();
    let (mut length, mut empty) = (marker, true);
    for word in words(&line[marker..]) {
        let word_length = word.chars().count();
        let fits = length + 1 + word_length <= width;
        if !empty && !fits && !starts_block(word) && !word.starts_with("```") {
            lines.push(Cow::Owned(std::mem::replace(&mut current, indent.clone())));
            (length, empty) = (indent.len(), true);
        }
        if !empty {
            current.push(' ');
            length += 1;
        }
        current.push_str(word);
        length += word_length;
        empty = false;
    }
    lines.push(Cow::Owned(current));
}

/// Splits a line into words. A short code span is one word.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    iter::from_fn(move || {
        let (word, after) = (!rest.is_empty()).then(|| rest.split_at(word_length(rest)))?;
        rest = after.get(1..).unwrap_or_default();
        Some(word)
    })
}

/// Returns the length of the first word of a text.
fn word_length(text: &str) -> usize {
    const SHORT: usize = 60;
    let mut first = None;
    let mut backticks = 0_usize;
    for (at, byte) in text.bytes().chain([b' ']).enumerate() {
        match byte {
            b'`' => backticks += 1,
            b' ' => {
                let is_first = first.is_none();
                let first = *first.get_or_insert(at);
                if !is_first && at > SHORT {
                    return first;
                }
                if backticks.is_multiple_of(2) {
                    return at;
                }
            }
            _ => {}
        }
    }
    first.unwrap_or(text.len())
}

/// Returns the length of the quote and list markers at the beginning of a line.
fn marker(line: &str) -> usize {
    let mut length = 0;
    loop {
        let rest = &line[length..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let step = if rest.starts_with(' ') {
            1
        } else if rest.starts_with("> ") || rest.starts_with("- ") {
            2
        } else if digits > 0 && rest[digits..].starts_with(". ") {
            digits + 2
        } else {
            return length;
        };
        length += step;
    }
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn paragraphs_and_list_items_are_wrapped_but_code_blocks_are_not() {
        let text = "one two three\n\n- four five six\n  - seven eight nine\n\n> ten eleven twelve\n\n```text\na b c d e f g h i\n```";
        let lines = wrap(text, 10);
        let expected = [
            "one two",
            "three",
            "",
            "- four",
            "  five six",
            "  - seven",
            "    eight",
            "    nine",
            "",
            "> ten",
            "> eleven",
            "> twelve",
            "",
            "```text",
            "a b c d e f g h i",
            "```",
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn code_spans_are_not_broken() {
        assert_eq!(wrap("aaa `b c` d", 7), ["aaa", "`b c` d"]);
        assert_eq!(wrap("aaa `b c d", 7), ["aaa `b", "c d"]);
        assert_eq!(wrap("aaa `b c", 7), ["aaa `b", "c"]);
    }

    #[test]
    fn long_code_spans_are_broken() {
        let long = format!("aaa `{} b` c", "b".repeat(60));
        assert_eq!(wrap(&long, 10), ["aaa", &format!("`{}", "b".repeat(60)), "b` c"]);
    }

    #[test]
    fn widths_count_characters_and_spaces_are_kept() {
        assert_eq!(wrap("ää ää  ää ", 7), ["ää ää ", "ää"]);
    }

    #[test]
    fn wrapped_lines_never_start_a_block() {
        assert_eq!(wrap("aaaa bbbb - cccc 1. dddd", 9), ["aaaa bbbb -", "cccc 1.", "dddd"]);
    }
}
