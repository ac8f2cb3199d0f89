//! Converts texts of the document to Markdown that is safe for rustdoc and Markdown pages.
//!
//! In: CommonMark as people write it. Out: [`Markdown`] in one canonical form: paragraphs on one line, `- ` lists with
//! exact indents, code blocks fenced and labeled, URLs in `<…>`, brackets escaped unless they are links, HTML converted
//! to Markdown, headings as bold lines. The text is parsed and printed, so the output does not depend on the notation
//! that the document uses.

mod directives;
mod html;
mod image_size;
mod inline;
mod render;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::ir;
use crate::krate::{Doc, Markdown};
use crate::markdown::escape_line_start;

/// Converts a text of the document to safe Markdown.
pub fn markdown(text: &str) -> Markdown {
    let text = clean(text);
    let text = text.trim();
    if has_no_markup(text) {
        return Markdown::from_safe_text(text);
    }
    let text = image_size::removed(text);
    let text = directives::to_markdown(&text);
    let text = html::to_markdown(&text);
    Markdown::from_safe_text(render::render(&text))
}

/// Converts a text of the document to one line of safe Markdown, for summaries and tables.
pub fn one_line(text: &str) -> String {
    let one = text.split_whitespace().collect::<Vec<_>>().join(" ");
    markdown(&one)
        .as_str()
        .lines()
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Returns the documentation of an item. `fallback` returns the summary if the document has no text.
pub fn doc(docs: &ir::Docs, fallback: impl FnOnce() -> String) -> Doc {
    let summary = docs.summary.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let description = docs
        .description
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let deprecated = docs.deprecated.as_deref().map(single_line);
    let is_derived = summary.is_none() && description.is_none();
    let (summary, body) = match (summary, description) {
        (Some(summary), Some(description)) => {
            let (summary, body) = (sentence(&one_line(summary)), markdown(description));
            (summary.clone(), without_repetition(&summary, body))
        }
        (Some(summary), None) => (sentence(&one_line(summary)), Markdown::default()),
        (None, Some(description)) => split_summary(markdown(description)),
        (None, None) => (sentence(&fallback()), Markdown::default()),
    };
    Doc {
        summary: Markdown::from_safe_text(summary),
        is_derived,
        body,
        notes: Markdown::default(),
        deprecated,
    }
}

/// Returns the documentation of an item that readers see under one of these names. The summary is empty if it would only
/// repeat a name.
pub fn doc_of_named(docs: &ir::Docs, names: &[&str]) -> Doc {
    let mut doc = doc(docs, String::new);
    if names.iter().any(|name| repeats(doc.summary.as_str(), name)) {
        doc.summary = Markdown::default();
    }
    doc
}

/// Returns whether a text has the same letters as a name, such as `Activity id.` and `activityId`.
fn repeats(text: &str, name: &str) -> bool {
    let letters = |text: &str| -> String { text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect() };
    // Most texts are much longer than any name.
    text.len() <= 2 * name.len() + 4 && letters(text) == letters(name)
}

/// Returns the text on one line and without control characters, for contexts without Markdown such as `#[deprecated]`.
pub fn single_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the text with a full stop, unless it ends with punctuation.
pub fn sentence(text: &str) -> String {
    let text = text.trim();
    let ends = text.is_empty() || text.ends_with(['.', '!', '?', ':', '…', '。']);
    if ends { text.to_owned() } else { format!("{text}.") }
}

/// Splits a text into its first sentence or paragraph and the rest.
fn split_summary(text: Markdown) -> (String, Markdown) {
    let text = text.as_str();
    let (first, rest) = text.split_once("\n\n").unwrap_or((text, ""));
    let is_prose = !first.contains('\n') && !first.starts_with(['-', '|', '`', '>', '#', '1']);
    if !is_prose {
        return (String::new(), Markdown::from_safe_text(text));
    }
    let Some(end) = first_stop(first) else {
        return (sentence(first), Markdown::from_safe_text(rest));
    };
    let (sentence, more) = (&first[..end], first[end..].trim());
    let body = match (more.is_empty(), rest.is_empty()) {
        (true, _) => rest.to_owned(),
        (false, true) => escape_line_start(more),
        (false, false) => format!("{}\n\n{rest}", escape_line_start(more)),
    };
    (sentence.to_owned(), Markdown::from_safe_text(body))
}

/// Returns the end of the first sentence: a stop outside code, links and emphasis, followed by a space and by a capital
/// letter, code, a link or emphasis.
fn first_stop(text: &str) -> Option<usize> {
    let (mut code, mut depth, mut emphasis) = (false, 0_i32, false);
    let bytes = text.as_bytes();
    for (index, c) in text.char_indices() {
        match c {
            '`' => code = !code,
            '[' | '(' | '<' if !code => depth += 1,
            ']' | ')' | '>' if !code => depth -= 1,
            // `**` begins or ends emphasis, too, and `\*` does neither.
            '*' if !code && !text[..index].ends_with(['*', '\\']) => emphasis = !emphasis,
            '.' | '!' | '?' if !code && !emphasis && depth <= 0 => {
                let rest = &text[index + 1..];
                let abbreviation = ["e.g", "i.e", "etc", "vs", "approx", "No"]
                    .iter()
                    .any(|word| text[..index].ends_with(word));
                let next = rest.strip_prefix(' ').and_then(|rest| rest.chars().next());
                let escaped = index > 0 && bytes[index - 1] == b'\\';
                if !abbreviation && !escaped && next.is_some_and(|next| next.is_uppercase() || "`[*<".contains(next)) {
                    return Some(index + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Returns the body without a first sentence that repeats the summary.
fn without_repetition(summary: &str, body: Markdown) -> Markdown {
    let text = body.as_str();
    let bare = summary.trim_end_matches('.');
    match text.strip_prefix(bare) {
        Some(rest) if rest.is_empty() || rest == "." => Markdown::default(),
        Some(rest) if rest.starts_with(".\n\n") || rest.starts_with("\n\n") => {
            Markdown::from_safe_text(rest.trim_start_matches('.').trim())
        }
        _ => body,
    }
}

/// Normalizes line ends, tabs and spaces, and removes control characters, byte order marks and characters that change
/// the direction of text.
fn clean(text: &str) -> Cow<'_, str> {
    let unwanted = |c: char| (c.is_control() && c != '\n') || is_invisible_mark(c) || c == '\u{a0}';
    if !text.contains(unwanted) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' | '\n' => out.push('\n'),
            '\t' => out.push_str("    "),
            '\u{a0}' => out.push(' '),
            c if c.is_control() || is_invisible_mark(c) => {}
            c => out.push(c),
        }
    }
    out.into()
}

fn is_invisible_mark(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Returns whether the text is a single paragraph without any markup.
fn has_no_markup(text: &str) -> bool {
    let special = |c: char| {
        matches!(
            c,
            '\n' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '\\' | '#' | '~' | '|' | ':' | '/'
        )
    };
    !text.contains(special) && !text.contains("  ") && escape_line_start(text) == text
}
