//! Markdown fragments: code spans, table cells, escapes, wrapping.

mod blocks;
mod wrap;

use std::borrow::Cow;

use pulldown_cmark::Parser;

pub use blocks::{escape_line_start, starts_block};
pub use wrap::wrap;

/// Returns a code span; `code` is a single line.
pub fn code_span(code: &str) -> String {
    if !code.contains('`') {
        return ["`", code, "`"].concat();
    }
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if code.starts_with('`') || code.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{code}{pad}{fence}")
}

/// Returns a fenced code block. The fence is longer than every run of backticks in the text.
pub fn code_block(language: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat((longest + 1).max(3));
    format!("{fence}{language}\n{}\n{fence}", text.trim_end_matches('\n'))
}

/// Returns text for a table cell: one line with escaped `|`.
pub fn table_cell(text: &str) -> String {
    let line = on_one_line(text);
    if !line.contains('|') {
        return line.into_owned();
    }
    let mut cell = String::with_capacity(line.len());
    let mut escaped = false;
    for c in line.chars() {
        if c == '|' && !escaped {
            cell.push('\\');
        }
        escaped = c == '\\' && !escaped;
        cell.push(c);
    }
    cell
}

/// Returns a code span for a table cell.
pub fn code_cell(text: &str) -> String {
    let span = code_span(&on_one_line(text));
    match span.contains('|') {
        true => span.replace('|', "\\|"),
        false => span,
    }
}

/// Returns a text with single spaces instead of any other white space.
fn on_one_line(text: &str) -> Cow<'_, str> {
    let mut before = b' ';
    let is_clean = text.bytes().all(|byte| {
        let after_space = std::mem::replace(&mut before, byte) == b' ';
        byte.is_ascii_graphic() || (byte == b' ' && !after_space)
    });
    if text.is_empty() || (is_clean && before != b' ') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Returns a reference link, such as ``[`Client::pets`]``, with a description. A line such as ``[`Client::pets`]: animals`` would
/// define the reference and show nothing, so its colon is escaped.
pub fn described_link(link: &str, text: &str) -> String {
    let line = format!("{link}: {text}");
    let defines_reference = Parser::new(&line).reference_definitions().iter().next().is_some();
    match defines_reference {
        true => format!("{link}\\: {text}"),
        false => line,
    }
}

/// Joins words as in a sentence: `a`, `a and b`, `a, b and c`.
pub fn join_words(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [word] => word.clone(),
        [words @ .., word] => format!("{} {last} {word}", words.join(", ")),
    }
}

/// Returns a number of things: `1 operation`, `5 operations`.
pub fn count(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

/// The width of the paragraphs on a page.
pub const PAGE_WIDTH: usize = 128;

/// Returns text that can be placed in a code span.
pub fn without_backticks(text: &str) -> String {
    text.replace('`', "'")
}

/// Escapes the characters that have a meaning in Markdown and joins the lines.
pub fn escape(text: &str) -> String {
    let special = |c: char| {
        matches!(
            c,
            '*' | '_' | '[' | ']' | '<' | '>' | '`' | '\\' | '&' | '#' | '~' | '|'
        )
    };
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .fold(String::new(), |mut out, c| {
            if special(c) {
                out.push('\\');
            }
            out.push(c);
            out
        })
}

/// Replaces the placeholders of a text, such as `{item}`, by values.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let value = values.iter().find(|(known, _)| *known == name);
        out.push_str(before);
        out.push_str(value.map_or("", |(_, value)| value));
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::{code_cell, described_link, table_cell};

    #[test]
    fn cells_are_on_one_line_and_have_no_bars() {
        for (text, expected) in [
            ("", ""),
            ("a b", "a b"),
            (" a", "a"),
            ("a ", "a"),
            ("a  b", "a b"),
            ("a\nb\u{a0}ä", "a b ä"),
            ("a|b \\| c", "a\\|b \\| c"),
        ] {
            assert_eq!(table_cell(text), expected);
        }
        assert_eq!(code_cell("a |\tb"), "`a \\| b`");
        assert_eq!(code_cell("`a`"), "`` `a` ``");
        assert_eq!(code_cell(""), "``");
    }

    #[test]
    fn a_described_link_does_not_define_its_reference() {
        for (text, expected) in [
            ("animals and plants", "[`Client::pets`]: animals and plants"),
            ("animals", "[`Client::pets`]\\: animals"),
        ] {
            assert_eq!(described_link("[`Client::pets`]", text), expected);
        }
    }
}
