//! Descriptions of items: their first sentence or their full text, without repetition of the name.

use std::borrow::Cow;

use crate::krate::{Doc, PageProse};
use crate::markdown;

/// Returns the first sentence about an item for a table cell; empty if it only repeats a name.
pub(super) fn summary_cell(doc: &Doc, names: &[&str]) -> String {
    markdown::table_cell(&summary(doc, names))
}

/// Returns the first sentence about an item on one line; empty if it only repeats a name.
pub(super) fn summary(doc: &Doc, names: &[&str]) -> String {
    let summary = doc.summary.as_str();
    let summary = without_break(if summary.is_empty() { first_line(doc) } else { summary });
    let summary = with_list(summary, doc.body.as_str());
    let summary = if repeats(&summary, names) {
        "".into()
    } else {
        without_code_links(&summary).into_owned()
    };
    match &doc.deprecated {
        Some(reason) => format!("**Deprecated**{}. {summary}", reason_after(reason))
            .trim_end()
            .to_owned(),
        None => summary,
    }
}

/// The maximum number of bytes of a list that is part of a summary.
const MOST_OF_LIST: usize = 240;

/// Completes a summary that introduces the text after it: `One of:` becomes `One of: a; b.`, or `One of.` if the text is not a short list.
fn with_list<'a>(summary: &'a str, body: &str) -> Cow<'a, str> {
    let Some(start) = summary.strip_suffix(':').filter(|_| !body.is_empty()) else {
        return Cow::Borrowed(summary);
    };
    let lines = body.lines().take_while(|line| !line.is_empty());
    let items = lines.map(|line| Some(without_break(line.strip_prefix("- ")?).trim_end_matches('.')));
    let items: Option<Vec<&str>> = items.collect();
    let list = items.unwrap_or_default().join("; ");
    if list.is_empty() || list.len() > MOST_OF_LIST {
        return Cow::Owned(format!("{start}."));
    }
    Cow::Owned(format!("{summary} {list}."))
}

/// Returns the name of a field or parameter in the API as a sentence, if it differs from the Rust name in more than case and
/// separators of words.
pub(super) fn api_name(prose: &PageProse, name: &str, wire: &str) -> Option<String> {
    fn bare(text: &str) -> impl Iterator<Item = char> {
        let separators = ['_', '-'];
        let letters = text.chars().filter(move |c| !separators.contains(c));
        letters.flat_map(char::to_lowercase)
    }
    let name = name.trim_start_matches("r#");
    let same = bare(name).eq(bare(wire));
    (!same && !wire.is_empty()).then(|| markdown::fill(prose.api_name, &[("name", &markdown::code_cell(wire))]))
}

/// Returns whether a text has the same letters as a name: `Activity id.` for `activityId`.
fn repeats(text: &str, names: &[&str]) -> bool {
    let letters = |text: &str| -> String { text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect() };
    let first = |text: &str| text.chars().find(|c| c.is_alphanumeric())?.to_lowercase().next();
    // The checks of the length and of the first letter avoid comparing most texts letter by letter.
    let near = |name: &&&str| text.len() <= 2 * name.len() + 4 && first(text) == first(name);
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
