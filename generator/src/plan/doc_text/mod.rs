//! Words of the document, made safe for rustdoc and for Markdown pages.
//!
//! In: CommonMark with whatever people put into it. Out: [`Markdown`] in one canonical form that shows the same everywhere:
//! paragraphs on one line, `- ` lists with exact indents, foreign code fenced and labelled, addresses in `<…>`, brackets
//! that are no links escaped, HTML turned into Markdown, headings turned into bold lines. The text is parsed and written
//! anew, so what comes out does not depend on how well a document quotes.

mod admonition;
mod html;
mod inline;
mod render;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::ir;
use crate::krate::{Doc, Markdown};

/// A text of the document as safe Markdown.
pub fn markdown(text: &str) -> Markdown {
    let text = clean(text);
    let text = text.trim();
    if is_plain(text) {
        return Markdown::safe(text);
    }
    let text = admonition::to_markdown(text);
    let text = html::to_markdown(&text);
    Markdown::safe(render::render(&text))
}

/// A text of the document as safe Markdown on one line, for summaries and tables.
pub fn line(text: &str) -> String {
    let one = text.split_whitespace().collect::<Vec<_>>().join(" ");
    markdown(&one)
        .as_str()
        .lines()
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What the document says about an item; `fallback` makes the summary where it says nothing.
pub fn doc(docs: &ir::Docs, fallback: impl FnOnce() -> String) -> Doc {
    let summary = docs.summary.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let description = docs
        .description
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let deprecated = docs.deprecated.as_deref().map(plain_line);
    let (summary, body) = match (summary, description) {
        (Some(summary), Some(description)) => {
            let (summary, body) = (sentence(&line(summary)), markdown(description));
            (summary.clone(), without_repetition(&summary, body))
        }
        (Some(summary), None) => (sentence(&line(summary)), Markdown::default()),
        (None, Some(description)) => lead(markdown(description)),
        (None, None) => (sentence(&fallback()), Markdown::default()),
    };
    Doc {
        summary: Markdown::safe(summary),
        body,
        deprecated,
    }
}

/// One line that is no Markdown, for `#[deprecated]` and the like.
pub fn plain_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text with a full stop, unless it ends in some stop.
pub fn sentence(text: &str) -> String {
    let text = text.trim();
    let ends = text.is_empty() || text.ends_with(['.', '!', '?', ':', '…', '。']);
    if ends { text.to_owned() } else { format!("{text}.") }
}

/// Parts a text into its first sentence or paragraph, and the rest.
fn lead(text: Markdown) -> (String, Markdown) {
    let text = text.as_str();
    let (first, rest) = text.split_once("\n\n").unwrap_or((text, ""));
    let is_prose = !first.contains('\n') && !first.starts_with(['-', '|', '`', '>', '#', '1']);
    if !is_prose {
        return (String::new(), Markdown::safe(text));
    }
    let Some(end) = first_stop(first) else {
        return (sentence(first), Markdown::safe(rest));
    };
    let (sentence, more) = (&first[..end], first[end..].trim());
    let body = match (more.is_empty(), rest.is_empty()) {
        (true, _) => rest.to_owned(),
        (false, true) => render::line_start(more),
        (false, false) => format!("{}\n\n{rest}", render::line_start(more)),
    };
    (sentence.to_owned(), Markdown::safe(body))
}

/// Where the first sentence ends: after a stop before a space and a capital, outside of code, links and emphasis.
fn first_stop(text: &str) -> Option<usize> {
    let (mut code, mut depth, mut bold) = (false, 0_i32, false);
    let bytes = text.as_bytes();
    for (index, c) in text.char_indices() {
        match c {
            '`' => code = !code,
            '[' | '(' | '<' if !code => depth += 1,
            ']' | ')' | '>' if !code => depth -= 1,
            '*' if !code => bold = !bold,
            '.' | '!' | '?' if !code && !bold && depth <= 0 => {
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

/// The body without a beginning that only repeats the summary.
fn without_repetition(summary: &str, body: Markdown) -> Markdown {
    let text = body.as_str();
    let bare = summary.trim_end_matches('.');
    match text.strip_prefix(bare) {
        Some(rest) if rest.is_empty() || rest == "." => Markdown::default(),
        Some(rest) if rest.starts_with(".\n\n") || rest.starts_with("\n\n") => {
            Markdown::safe(rest.trim_start_matches('.').trim())
        }
        _ => body,
    }
}

/// Line ends of one kind, no tabs, no control characters and none that turn the direction of text.
fn clean(text: &str) -> Cow<'_, str> {
    let odd = |c: char| (c.is_control() && c != '\n') || is_direction(c) || c == '\u{a0}';
    if !text.contains(odd) {
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
            c if c.is_control() || is_direction(c) => {}
            c => out.push(c),
        }
    }
    out.into()
}

fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether the text is one paragraph in which nothing can mean anything.
fn is_plain(text: &str) -> bool {
    let special = |c: char| {
        matches!(
            c,
            '\n' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '\\' | '#' | '~' | '|' | ':' | '/'
        )
    };
    !text.contains(special) && !text.contains("  ") && render::line_start(text) == text
}
