//! Markdown fragments: code spans, table cells, descriptions.

use std::borrow::Cow;

use crate::krate::Doc;

/// Returns a code span; `code` is a single line.
pub(in crate::emit) fn code_span(code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if code.starts_with('`') || code.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{code}{pad}{fence}")
}

/// Returns text for a table cell: one line with escaped `|`.
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

/// Returns a code span for a table cell.
pub(super) fn code_cell(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    code_span(&line).replace('|', "\\|")
}

/// Returns the first sentence about an item for a table cell; empty if it only repeats a name.
pub(super) fn summary_cell(doc: &Doc, names: &[&str]) -> String {
    table_cell(&summary(doc, names))
}

/// Returns the first sentence about an item on one line; empty if it only repeats a name.
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

/// Returns whether a text has the same letters as a name: `Activity id.` for `activityId`.
fn repeats(text: &str, names: &[&str]) -> bool {
    let letters = |text: &str| -> String { text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect() };
    // The length check avoids comparing long texts letter by letter.
    let near = |name: &&&str| text.len() <= 2 * name.len() + 4;
    names.iter().filter(near).any(|name| letters(text) == letters(name))
}

/// Removes links that only rustdoc resolves: `[Thing](crate::Thing)` becomes `Thing`.
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

/// Returns the first line of a body; used if there is no summary because the body begins with a list or a table.
fn first_line(doc: &Doc) -> &str {
    let line = doc.body.as_str().lines().next().unwrap_or_default();
    line.trim_start_matches(['-', '>', ' '])
}

/// Removes a trailing hard line break.
fn without_break(line: &str) -> &str {
    let marks = line.len() - line.trim_end_matches('\\').len();
    // An even number of backslashes is escaped backslashes.
    if marks % 2 == 1 { &line[..line.len() - 1] } else { line }
}

/// Returns the full description of an item; empty if it only repeats a name.
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

/// Joins words as in a sentence: `a`, `a and b`, `a, b and c`.
pub(in crate::emit) fn join_words(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [word] => word.clone(),
        [words @ .., word] => format!("{} {last} {word}", words.join(", ")),
    }
}

/// Returns a number of things: `1 operation`, `5 operations`.
pub(super) fn count(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}
