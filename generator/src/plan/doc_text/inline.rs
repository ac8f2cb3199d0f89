//! Inline Markdown: escaped text, code spans, links.

use crate::markdown;

/// The languages whose label a code block keeps. Every other label becomes `text`, because rustdoc compiles blocks that
/// it treats as Rust.
const LANGUAGES: &[&str] = &[
    "json",
    "http",
    "bash",
    "sh",
    "shell",
    "console",
    "yaml",
    "yml",
    "xml",
    "html",
    "css",
    "javascript",
    "js",
    "typescript",
    "ts",
    "python",
    "py",
    "ruby",
    "php",
    "java",
    "kotlin",
    "swift",
    "go",
    "csharp",
    "sql",
    "graphql",
    "toml",
    "csv",
    "diff",
    "ini",
    "powershell",
    "jsonc",
    "markdown",
    "md",
    "proto",
];

/// Returns the label of a code block.
pub fn label(info: &str) -> &'static str {
    let word = info
        .split([' ', ',', '{', ':'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    LANGUAGES
        .iter()
        .find(|language| **language == word)
        .copied()
        .unwrap_or("text")
}

/// Returns a fence that is longer than any in the code.
pub fn fence(code: &str) -> String {
    "`".repeat(longest_run(code).max(2) + 1)
}

fn longest_run(code: &str) -> usize {
    code.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// Appends a code span.
pub fn push_code(out: &mut String, code: &str, table: bool) {
    let code = code.split_whitespace().collect::<Vec<_>>().join(" ");
    let code = if table { code.replace('|', "\\|") } else { code };
    if code.is_empty() {
        return;
    }
    out.push_str(&markdown::code_span(&code));
}

/// Returns a link, or only its text if the scheme of the URL is not `http`, `https` or `mailto`.
pub fn link(text: &str, url: &str) -> String {
    let text = text.trim();
    let lower = url.to_ascii_lowercase();
    if !["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme))
    {
        return text.to_owned();
    }
    let mut safe = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '(' => safe.push_str("%28"),
            ')' => safe.push_str("%29"),
            '<' => safe.push_str("%3C"),
            '>' => safe.push_str("%3E"),
            '\\' => safe.push_str("%5C"),
            c if c.is_whitespace() => safe.push_str("%20"),
            c => safe.push(c),
        }
    }
    let bare = url.strip_prefix("mailto:").unwrap_or(url);
    if text.is_empty() || text == url || text.replace('\\', "") == bare {
        format!("<{safe}>")
    } else {
        format!("[{text}]({safe})")
    }
}

/// Appends text. URLs are put in `<…>`, and characters with a meaning in Markdown are escaped.
pub fn push_text(out: &mut String, text: &str, in_link: bool, in_table: bool) {
    let mut rest = text;
    while let Some(start) = next_url(rest).filter(|_| !in_link) {
        let end = start + url_length(&rest[start..]);
        push_escaped(out, &rest[..start], in_link, in_table);
        out.push_str(&format!("<{}>", &rest[start..end]));
        rest = &rest[end..];
    }
    push_escaped(out, rest, in_link, in_table);
}

/// Returns the start of the next URL that is more than a scheme.
fn next_url(text: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = text[from..].find("http") {
        let start = from + found;
        let rest = &text[start..];
        let length = rest
            .strip_prefix("https://")
            .or(rest.strip_prefix("http://"))
            .map_or(0, |_| url_length(rest));
        if length > "https://".len() {
            return Some(start);
        }
        from = start + "http".len();
    }
    None
}

/// Returns the length of the URL at the start of a text, without trailing punctuation.
fn url_length(text: &str) -> usize {
    let end = text
        .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '|'))
        .unwrap_or(text.len());
    let mut url = &text[..end];
    while let Some(last) = url.chars().next_back() {
        let is_trailing = match last {
            ')' => !url.contains('('),
            ']' => !url.contains('['),
            '}' => !url.contains('{'),
            c => matches!(
                c,
                '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '’' | '”' | '“' | '\\'
            ),
        };
        if !is_trailing {
            break;
        }
        url = &url[..url.len() - last.len_utf8()];
    }
    url.len()
}

fn push_escaped(out: &mut String, text: &str, in_link: bool, in_table: bool) {
    let mut previous = out.chars().next_back();
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let next = characters.peek().copied();
        if c == '\n' {
            out.push(' ');
        } else {
            if needs_escape(c, previous, next, in_link, in_table) {
                out.push('\\');
            }
            out.push(c);
        }
        previous = Some(c);
    }
}

fn needs_escape(c: char, previous: Option<char>, next: Option<char>, in_link: bool, in_table: bool) -> bool {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    match c {
        '`' | '[' => true,
        ']' => in_link || next.is_some_and(|c| matches!(c, '(' | '[' | ':')),
        '\\' => next.is_none_or(|c| c.is_ascii_punctuation() || c == '\n'),
        '*' => !(space(previous) && space(next)),
        '_' => !(word(previous) && (word(next) || next == Some('_')) || previous == Some('_') && word(next)),
        '~' => next == Some('~') || previous == Some('~'),
        '<' => next.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        '&' => next.is_some_and(|c| c.is_ascii_alphabetic() || c == '#'),
        '|' => in_table,
        _ => false,
    }
}
