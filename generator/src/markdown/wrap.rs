//! Wrapping of Markdown at a width.

use super::starts_block;

/// Wraps Markdown at a width. Code blocks and tables are not wrapped.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut fence: Option<String> = None;
    for line in text.lines() {
        let bare = line.trim_start_matches([' ', '>']);
        if let Some(mark) = &fence {
            if bare == mark {
                fence = None;
            }
            lines.push(line.to_owned());
            continue;
        }
        let ticks = bare.bytes().take_while(|byte| *byte == b'`').count();
        if ticks >= 3 {
            fence = Some("`".repeat(ticks));
            lines.push(line.to_owned());
        } else if line.len() <= width || bare.starts_with('|') {
            lines.push(line.to_owned());
        } else {
            wrap_line(line, width, &mut lines);
        }
    }
    lines
}

fn wrap_line(line: &str, width: usize, lines: &mut Vec<String>) {
    let marker = marker(line);
    // Continuation lines are indented to the text of the first line; quote marks are repeated.
    let indent: String = line[..marker]
        .chars()
        .map(|c| if c == '>' { '>' } else { ' ' })
        .collect();
    let mut current = line[..marker].to_owned();
    let mut empty = true;
    for word in words(&line[marker..]) {
        let fits = current.chars().count() + 1 + word.chars().count() <= width;
        if !empty && !fits && !starts_block(word) && !word.starts_with("```") {
            lines.push(std::mem::replace(&mut current, indent.clone()));
            empty = true;
        }
        if !empty {
            current.push(' ');
        }
        current.push_str(word);
        empty = false;
    }
    lines.push(current);
}

/// Splits a line into words. A short code span is one word.
fn words(line: &str) -> Vec<&str> {
    const SHORT: usize = 60;
    let mut words = Vec::new();
    let mut start = 0;
    while start < line.len() {
        let rest = &line[start..];
        let ends = rest.match_indices(' ').map(|(at, _)| at).chain([rest.len()]);
        let first = rest.find(' ').unwrap_or(rest.len());
        let whole = ends.take_while(|end| *end == first || *end <= SHORT);
        let end = whole
            .into_iter()
            .find(|end| rest[..*end].matches('`').count().is_multiple_of(2))
            .unwrap_or(first);
        words.push(&rest[..end]);
        start += end + 1;
    }
    words
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
    }

    #[test]
    fn wrapped_lines_never_start_a_block() {
        assert_eq!(wrap("aaaa bbbb - cccc 1. dddd", 9), ["aaaa bbbb -", "cccc 1.", "dddd"]);
    }
}
