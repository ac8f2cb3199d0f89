//! Converts HTML in descriptions to Markdown.
//!
//! Known tags become Markdown or line breaks, or are removed. Comments are removed, and a `<word>` that is not HTML
//! (`<id>`, `Vec<T>`) is escaped. Markdown code is left unchanged. HTML is converted before Markdown is parsed, because
//! CommonMark does not parse Markdown inside HTML blocks, which many descriptions contain.

mod tags;
#[cfg(test)]
mod tests;
mod tokens;

use std::borrow::Cow;

use tokens::{Part, Parts};

/// Converts the HTML in a text to Markdown.
pub fn to_markdown(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return text.into();
    }
    let mut writer = Writer::default();
    for part in Parts::of(text) {
        writer.part(part);
    }
    writer.out.into()
}

/// The number of nested lists that are indented. Without a limit, the indentation of deeper lists would be most of the text.
const MAX_INDENTS: usize = 16;

#[derive(Default)]
struct Writer {
    out: String,
    /// The open lists, and whether each is numbered.
    lists: Vec<bool>,
    /// The open elements with marks, at most one of each kind.
    marked: Vec<Marked>,
}

/// An open element whose content is put between marks.
struct Marked {
    kind: Mark,
    /// The URL of a link.
    url: Option<String>,
    /// The start of the content in the output.
    start: usize,
    /// The number of open elements of the same kind inside, whose tags are ignored.
    nested: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Bold,
    Italic,
    Link,
}

impl Mark {
    fn of(name: &str) -> Option<Self> {
        match name {
            "b" | "strong" => Some(Self::Bold),
            "i" | "em" => Some(Self::Italic),
            "a" => Some(Self::Link),
            _ => None,
        }
    }
}

impl Writer {
    /// Writes the next part of a text.
    fn part(&mut self, part: Part<'_>) {
        match part {
            Part::Text(text) if !self.lists.is_empty() && text.trim().is_empty() => self.space(),
            Part::Text(text) => self.out.push_str(text),
            Part::Angle => self.out.push_str("\\<"),
            Part::Code { name, text } if name == "pre" => self.preformatted(&text),
            Part::Code { text, .. } => self.code(&text),
            Part::Start { name, url } => self.start(&name, url),
            Part::End { name } => self.end(&name),
        }
    }

    fn start(&mut self, name: &str, url: Option<String>) {
        if let Some(kind) = Mark::of(name) {
            return self.open(kind, url);
        }
        match name {
            "ul" | "ol" => {
                self.out.push_str(if self.lists.is_empty() { "\n\n" } else { "\n" });
                self.lists.push(name == "ol");
            }
            "li" => self.item(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.out.push_str("\n\n#### "),
            other => self.boundary(other),
        }
    }

    fn end(&mut self, name: &str) {
        if let Some(kind) = Mark::of(name) {
            return self.close(kind);
        }
        match name {
            "ul" | "ol" => {
                self.lists.pop();
                self.out.push_str(if self.lists.is_empty() { "\n\n" } else { "" });
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.out.push_str("\n\n"),
            other => self.boundary(other),
        }
    }

    /// Writes the space around a block or a table cell, or a line break.
    fn boundary(&mut self, name: &str) {
        match name {
            "p" | "div" | "section" | "table" | "tr" | "blockquote" | "dl" | "dt" | "dd" | "hr" | "details"
            | "summary" => self.paragraph(),
            "td" | "th" => self.out.push(' '),
            "br" => self.line_break(),
            _ => {}
        }
    }

    /// Writes white space inside an HTML list as one space.
    fn space(&mut self) {
        if !self.out.ends_with([' ', '\n']) {
            self.out.push(' ');
        }
    }

    fn paragraph(&mut self) {
        if self.lists.is_empty() {
            self.out.push_str("\n\n");
        } else {
            self.space();
        }
    }

    /// Writes a paragraph break, unless the line is empty. Inside a list or a table row, writes a space instead.
    fn line_break(&mut self) {
        if !self.lists.is_empty() {
            return self.out.push(' ');
        }
        let line = self.out.rsplit('\n').next().unwrap_or_default().trim_start();
        match line.starts_with('|') {
            true => self.out.push(' '),
            false if line.is_empty() => {}
            false => self.out.push_str("\n\n"),
        }
    }

    fn item(&mut self) {
        let numbered = self.lists.last().copied().unwrap_or(false);
        let outer = self.lists.iter().rev().skip(1).take(MAX_INDENTS);
        let indent: usize = outer.map(|numbered| if *numbered { 3 } else { 2 }).sum();
        let kept = self.out.trim_end_matches(' ').len();
        self.out.truncate(kept);
        for marked in &mut self.marked {
            marked.start = marked.start.min(kept);
        }
        if !self.out.ends_with('\n') && !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.out.push_str(if numbered { "1. " } else { "- " });
    }

    fn open(&mut self, kind: Mark, url: Option<String>) {
        match self.marked.iter_mut().find(|marked| marked.kind == kind) {
            Some(outer) => outer.nested += 1,
            None => self.marked.push(Marked {
                kind,
                url,
                start: self.out.len(),
                nested: 0,
            }),
        }
    }

    /// Puts the content of the open element of a kind between its marks. Elements inside that are still open have no marks.
    fn close(&mut self, kind: Mark) {
        let Some(at) = self.marked.iter().position(|marked| marked.kind == kind) else {
            return;
        };
        if self.marked[at].nested > 0 {
            self.marked[at].nested -= 1;
            return;
        }
        let Some(marked) = self.marked.drain(at..).next() else {
            return;
        };
        let content = self.out.split_off(marked.start);
        match kind {
            Mark::Bold => self.emphasis(content.trim(), "**"),
            Mark::Italic => self.emphasis(content.trim(), "*"),
            Mark::Link => self.link(&content, marked.url.as_deref()),
        }
    }

    fn emphasis(&mut self, content: &str, mark: &str) {
        if content.starts_with("- ") || content.starts_with("1. ") {
            self.out.push_str(&format!("\n\n{content}"));
        } else if content.is_empty() || content.contains("\n\n") || content.contains(mark) {
            self.out.push_str(content);
        } else {
            self.out.push_str(&format!("{mark}{content}{mark}"));
        }
    }

    fn link(&mut self, content: &str, url: Option<&str>) {
        let text = content.split_whitespace().collect::<Vec<_>>().join(" ");
        match url.map(str::trim).filter(|url| !url.is_empty()) {
            Some(url) if !text.contains(['[', ']']) => {
                let url = url.replace(['<', '>', '\n'], "");
                self.out.push_str(&format!("[{text}](<{url}>)"));
            }
            Some(_) | None => self.out.push_str(&text),
        }
    }

    fn code(&mut self, code: &str) {
        let code = code.split_whitespace().collect::<Vec<_>>().join(" ");
        if !code.is_empty() {
            let fence = if code.contains('`') { "`` " } else { "`" };
            let end = fence.chars().rev().collect::<String>();
            self.out.push_str(&format!("{fence}{code}{end}"));
        }
    }

    fn preformatted(&mut self, code: &str) {
        if self.lists.is_empty() {
            self.out
                .push_str(&format!("\n\n~~~~\n{}\n~~~~\n\n", code.trim_matches('\n')));
        } else {
            let line = code.split_whitespace().collect::<Vec<_>>().join(" ");
            self.out.push_str(&format!("`` {line} ``"));
        }
    }
}
