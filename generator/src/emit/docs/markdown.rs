//! Words on a page: code spans, cells, descriptions.

use std::borrow::Cow;

use crate::krate::Doc;

/// A code span; `code` is on one line.
pub(super) fn code_span(code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if code.starts_with('`') || code.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{code}{pad}{fence}")
}

/// Text that stands in a cell: one line, in which no `|` ends the cell.
pub(super) fn table_cell(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
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

/// A code span that stands in a cell.
pub(super) fn code_cell(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    code_span(&line).replace('|', "\\|")
}

/// What is said about an item, in a cell: its first sentence. Empty where that only repeats one of its names.
pub(super) fn summary_cell(doc: &Doc, names: &[&str]) -> String {
    table_cell(&summary(doc, names))
}

/// What is said about an item, on one line. Empty where that only repeats one of its names.
pub(super) fn summary(doc: &Doc, names: &[&str]) -> String {
    let summary = doc.summary.as_str();
    let summary = without_break(if summary.is_empty() { first_line(doc) } else { summary });
    let summary = if repeats(summary, names) {
        "".into()
    } else {
        without_code_links(summary)
    };
    match &doc.deprecated {
        Some(reason) => format!("**Deprecated**{}. {summary}", reason_after(reason))
            .trim_end()
            .to_owned(),
        None => summary.into_owned(),
    }
}

/// Whether a text has no other letters than a name: `Activity id.` of `activityId`.
fn repeats(text: &str, names: &[&str]) -> bool {
    let letters = |text: &str| -> String { text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect() };
    // Most texts are longer than any name, so they are not looked at letter by letter.
    let near = |name: &&&str| text.len() <= 2 * name.len() + 4;
    names.iter().filter(near).any(|name| letters(text) == letters(name))
}

/// The text without links that only rustdoc follows: `[Thing](crate::Thing)` becomes `Thing`.
fn without_code_links(text: &str) -> Cow<'_, str> {
    const TARGET: &str = "](crate::";
    let mut text = Cow::Borrowed(text);
    while let Some(middle) = text.find(TARGET) {
        let (before, after) = (&text[..middle], &text[middle..]);
        let (Some(open), Some(close)) = (before.rfind('['), after.find(')')) else {
            break;
        };
        text = Cow::Owned(format!(
            "{}{}{}",
            &before[..open],
            &before[open + 1..],
            &after[close + 1..]
        ));
    }
    text
}

/// A body without a summary begins with a list or a table; its first line has to do.
fn first_line(doc: &Doc) -> &str {
    let line = doc.body.as_str().lines().next().unwrap_or_default();
    line.trim_start_matches(['-', '>', ' '])
}

/// A line without the mark that would break it from the next, which is not there.
fn without_break(line: &str) -> &str {
    let marks = line.len() - line.trim_end_matches('\\').len();
    // Of two, the first lets the second be a letter.
    if marks % 2 == 1 { &line[..line.len() - 1] } else { line }
}

/// What is said about an item, in full. Empty where that only repeats one of its names.
pub(super) fn description(doc: &Doc, names: &[&str]) -> String {
    let text = if doc.body.is_empty() {
        summary(
            &Doc {
                deprecated: None,
                ..doc.clone()
            },
            names,
        )
    } else {
        doc.to_markdown()
    };
    let text = without_code_links(&text);
    match &doc.deprecated {
        Some(reason) => format!("> **Deprecated**{}.\n\n{text}", reason_after(reason)),
        None => text.into_owned(),
    }
}

fn reason_after(reason: &str) -> String {
    match reason.trim().trim_end_matches('.') {
        "" => String::new(),
        reason => format!(": {reason}"),
    }
}

/// Words in a list, as a sentence has them: `a`, `a and b`, `a, b and c`.
pub(super) fn join_words(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [word] => word.clone(),
        [words @ .., word] => format!("{} {last} {word}", words.join(", ")),
    }
}

/// A number of things: `1 operation`, `5 operations`.
pub(super) fn count(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}
