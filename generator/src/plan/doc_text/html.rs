//! Converts HTML in descriptions to Markdown.
//!
//! Known tags become Markdown or line breaks, or are removed. Comments are removed, and a `<word>` that is not HTML
//! (`<id>`, `Vec<T>`) is escaped. Markdown code is left unchanged.

use std::borrow::Cow;

/// Converts the HTML in a text to Markdown.
pub fn to_markdown(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return text.into();
    }
    let mut writer = Writer::default();
    writer.write(text);
    writer.out.into()
}

#[derive(Default)]
struct Writer {
    out: String,
    /// The open lists, and whether each is numbered.
    lists: Vec<bool>,
}

impl Writer {
    fn write(&mut self, text: &str) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let taken = match c {
                '`' | '~' => self.markdown_code(rest),
                '\\' => self.copy(rest, 1 + rest[1..].chars().next().map_or(0, char::len_utf8)),
                '<' => self.tag(rest),
                c if c.is_whitespace() && !self.lists.is_empty() => self.space(rest),
                c => self.copy(rest, c.len_utf8()),
            };
            rest = &rest[taken..];
        }
    }

    fn copy(&mut self, text: &str, length: usize) -> usize {
        self.out.push_str(&text[..length]);
        length
    }

    /// Writes white space inside an HTML list as one space.
    fn space(&mut self, text: &str) -> usize {
        if !self.out.ends_with([' ', '\n']) {
            self.out.push(' ');
        }
        text.len() - text.trim_start().len()
    }

    /// Copies a Markdown code span or fenced block unchanged.
    fn markdown_code(&mut self, text: &str) -> usize {
        let mark = text.as_bytes()[0];
        let run = text.bytes().take_while(|b| *b == mark).count();
        let fence = &text[..run];
        let is_line_start = self.out.trim_end_matches(' ').is_empty() || self.out.trim_end_matches(' ').ends_with('\n');
        if run >= 3 && is_line_start {
            let end = text[run..]
                .find(&format!("\n{fence}"))
                .map_or(text.len(), |at| run + at + 1 + run);
            return self.copy(text, end);
        }
        if mark == b'~' {
            return self.copy(text, run);
        }
        let paragraph = text.find("\n\n").unwrap_or(text.len());
        let mut from = run;
        while let Some(at) = text[from..paragraph].find(fence) {
            let start = from + at;
            let length = text[start..].bytes().take_while(|b| *b == b'`').count();
            if length == run {
                return self.copy(text, start + run);
            }
            from = start + length;
        }
        self.copy(text, run)
    }

    fn tag(&mut self, text: &str) -> usize {
        if let Some(comment) = text.strip_prefix("<!--") {
            return comment.find("-->").map_or(text.len(), |end| end + 7);
        }
        let Some(tag) = Tag::parse(text) else {
            return self.copy(text, 1);
        };
        if tag.is_address() {
            return self.copy(text, tag.length);
        }
        let inner = &text[tag.length..];
        match (tag.name.as_str(), tag.closes) {
            ("br", _) => self.line_break(inner),
            (
                "p" | "div" | "section" | "table" | "tr" | "blockquote" | "dl" | "dt" | "dd" | "hr" | "details"
                | "summary",
                _,
            ) => {
                self.paragraph();
            }
            ("ul" | "ol", false) => {
                self.out.push_str(if self.lists.is_empty() { "\n\n" } else { "\n" });
                self.lists.push(tag.name == "ol");
            }
            ("ul" | "ol", true) => {
                self.lists.pop();
                self.out.push_str(if self.lists.is_empty() { "\n\n" } else { "" });
            }
            ("li", false) => self.item(),
            ("li", true) => {}
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => self.out.push_str("\n\n#### "),
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", true) => self.out.push_str("\n\n"),
            ("td" | "th", _) => self.out.push(' '),
            ("b" | "strong", false) => return tag.length + self.marked(inner, &tag.name, "**"),
            ("i" | "em", false) => return tag.length + self.marked(inner, &tag.name, "*"),
            ("code" | "tt" | "kbd" | "samp", false) => return tag.length + self.code(inner, &tag.name),
            ("pre", false) => return tag.length + self.preformatted(inner),
            ("a", false) => return tag.length + self.link(inner, tag.attribute("href")),
            (name, _) if HTML.contains(&name) => {}
            _ => {
                self.out.push('\\');
                return self.copy(text, 1);
            }
        }
        tag.length
    }

    fn paragraph(&mut self) {
        if self.lists.is_empty() {
            self.out.push_str("\n\n");
        } else if !self.out.ends_with([' ', '\n']) {
            self.out.push(' ');
        }
    }

    fn line_break(&mut self, after: &str) {
        let line = self.out.rsplit('\n').next().unwrap_or_default();
        let ends =
            after.trim_start_matches(' ').starts_with('\n') && after.trim_start().is_empty() || after.trim().is_empty();
        if line.trim_start().starts_with('|') || !self.lists.is_empty() {
            self.out.push(' ');
        } else if !ends && !line.trim().is_empty() {
            self.out.push_str("\n\n");
        }
    }

    fn item(&mut self) {
        let numbered = self.lists.last().copied().unwrap_or(false);
        let indent: usize = self
            .lists
            .iter()
            .rev()
            .skip(1)
            .map(|numbered| if *numbered { 3 } else { 2 })
            .sum();
        let trimmed = self.out.trim_end_matches(' ').len();
        self.out.truncate(trimmed);
        if !self.out.ends_with('\n') && !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.out.push_str(if numbered { "1. " } else { "- " });
    }

    /// Writes the content up to the closing tag between marks. Returns the number of bytes consumed.
    fn marked(&mut self, inner: &str, name: &str, mark: &str) -> usize {
        let Some((content, taken)) = until_closing(inner, name) else {
            return 0;
        };
        let content = to_markdown(content);
        let content = content.trim();
        if content.is_empty() || content.contains("\n\n") || content.contains(mark) {
            self.out.push_str(content);
        } else {
            self.out.push_str(&format!("{mark}{content}{mark}"));
        }
        taken
    }

    fn code(&mut self, inner: &str, name: &str) -> usize {
        let Some((content, taken)) = until_closing(inner, name) else {
            return 0;
        };
        let code = without_tags(content);
        let code = code.split_whitespace().collect::<Vec<_>>().join(" ");
        if !code.is_empty() {
            let fence = if code.contains('`') { "`` " } else { "`" };
            let end = fence.chars().rev().collect::<String>();
            self.out.push_str(&format!("{fence}{code}{end}"));
        }
        taken
    }

    fn preformatted(&mut self, inner: &str) -> usize {
        let Some((content, taken)) = until_closing(inner, "pre") else {
            return 0;
        };
        let code = without_tags(content);
        if self.lists.is_empty() {
            self.out
                .push_str(&format!("\n\n~~~~\n{}\n~~~~\n\n", code.trim_matches('\n')));
        } else {
            let line = code.split_whitespace().collect::<Vec<_>>().join(" ");
            self.out.push_str(&format!("`` {line} ``"));
        }
        taken
    }

    fn link(&mut self, inner: &str, address: Option<&str>) -> usize {
        let Some((content, taken)) = until_closing(inner, "a") else {
            return 0;
        };
        let text = to_markdown(content);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match address.map(str::trim).filter(|address| !address.is_empty()) {
            Some(address) if !text.contains(['[', ']']) => {
                let address = address.replace(['<', '>', '\n'], "").replace("&amp;", "&");
                self.out.push_str(&format!("[{text}](<{address}>)"));
            }
            Some(_) | None => self.out.push_str(&text),
        }
        taken
    }
}

/// Returns the content before a closing tag, and the length of both.
fn until_closing<'a>(text: &'a str, name: &str) -> Option<(&'a str, usize)> {
    let mut from = 0;
    while let Some(at) = text[from..].find("</") {
        let start = from + at;
        if let Some(tag) = Tag::parse(&text[start..]).filter(|tag| tag.name == name) {
            return Some((&text[..start], start + tag.length));
        }
        from = start + 2;
    }
    None
}

/// Returns the text of HTML: without tags and with entities decoded.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match Tag::parse(rest).filter(|tag| HTML.contains(&tag.name.as_str()) || MARKS.contains(&tag.name.as_str())) {
            Some(tag) => {
                out.push_str(if tag.name == "br" { "\n" } else { "" });
                rest = &rest[tag.length..];
            }
            None => {
                out.push('<');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(out, |text, (entity, character)| {
        if text.contains(entity) {
            text.replace(entity, character)
        } else {
            text
        }
    })
}

/// Tags that become Markdown or a line break.
const MARKS: &[&str] = &[
    "br", "p", "div", "ul", "ol", "li", "b", "strong", "i", "em", "code", "tt", "kbd", "samp", "pre", "a", "td", "th",
    "tr", "table",
];

/// Tags that are removed. Of tags that become Markdown, these are the closing ones.
const HTML: &[&str] = &[
    "span",
    "font",
    "img",
    "u",
    "s",
    "del",
    "ins",
    "sub",
    "sup",
    "small",
    "big",
    "center",
    "mark",
    "tbody",
    "thead",
    "tfoot",
    "colgroup",
    "col",
    "caption",
    "figure",
    "figcaption",
    "iframe",
    "script",
    "style",
    "svg",
    "path",
    "button",
    "input",
    "form",
    "label",
    "nobr",
    "wbr",
    "abbr",
    "cite",
    "q",
    "var",
    "dfn",
    "address",
    "article",
    "aside",
    "header",
    "footer",
    "main",
    "nav",
    "body",
    "html",
    "head",
    "meta",
    "link",
    "video",
    "audio",
    "source",
    "note",
    "important",
    "fullname",
    "code",
    "a",
    "b",
    "i",
    "em",
    "strong",
    "tt",
    "kbd",
    "samp",
    "pre",
    "noscript",
    "strike",
];

/// A tag at the start of a text.
struct Tag<'a> {
    /// The name, in lower case.
    name: String,
    closes: bool,
    attributes: &'a str,
    length: usize,
}

impl<'a> Tag<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let body = text.strip_prefix('<')?;
        let end = body.find('>')?;
        let body = &body[..end];
        let (closes, body) = body.strip_prefix('/').map_or((false, body), |rest| (true, rest));
        let split = body.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(body.len());
        let (name, attributes) = body.split_at(split);
        let named =
            name.starts_with(|c: char| c.is_ascii_alphabetic()) && !body.contains('<') && !body.contains("\n\n");
        named.then(|| Self {
            name: name.to_ascii_lowercase(),
            closes,
            attributes,
            length: text.len() - text[1..].len() + end + 1,
        })
    }

    /// Returns whether this is an autolink: `<https://…>` or `<mail@host>`.
    fn is_address(&self) -> bool {
        self.name.contains(':') || (self.name.contains('@') && self.attributes.is_empty())
    }

    fn attribute(&self, name: &str) -> Option<&'a str> {
        let at = self.attributes.to_ascii_lowercase().find(&format!("{name}="))?;
        let value = &self.attributes[at + name.len() + 1..];
        match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next(),
            _ => value.split_whitespace().next(),
        }
    }
}
