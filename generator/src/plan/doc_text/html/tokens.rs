//! Splits a text into HTML tags and what is between them. html5gum reads the tags.

use std::collections::{BTreeMap, HashSet};

use html5gum::{DefaultEmitter, HtmlString, StartTag, Token, Tokenizer};

use super::tags;

/// A part of a text.
#[derive(Debug, PartialEq)]
pub enum Part<'a> {
    /// Text without tags, and Markdown code.
    Text(&'a str),
    /// The `<` of a tag that is not HTML, such as `<id>`.
    Angle,
    /// A start tag, with its `href`.
    Start { name: String, url: Option<String> },
    /// An end tag.
    End { name: String },
    /// An element with code, such as `<code>` or `<pre>`, and its text.
    Code { name: String, text: String },
}

/// An iterator over the parts of a text.
pub struct Parts<'a> {
    text: &'a str,
    at: usize,
    /// For each number of backticks, the end of the paragraph in which no further run of this length is closed.
    unclosed_runs: BTreeMap<usize, usize>,
    /// The elements without an end tag in the rest of the text.
    unclosed_elements: HashSet<String>,
}

impl<'a> Parts<'a> {
    pub fn of(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            unclosed_runs: BTreeMap::new(),
            unclosed_elements: HashSet::new(),
        }
    }

    fn take(&mut self, length: usize) -> Part<'a> {
        let start = self.at;
        self.at += length;
        Part::Text(&self.text[start..self.at])
    }

    /// Returns the length of the Markdown code at the current position, or of the marks if they do not start code.
    fn markdown_code(&mut self, rest: &str, mark: u8) -> usize {
        let run = rest.bytes().take_while(|byte| *byte == mark).count();
        let line = self.text[..self.at].trim_end_matches(' ');
        if run >= 3 && (line.is_empty() || line.ends_with('\n')) {
            let end = rest[run..].find(&format!("\n{}", &rest[..run]));
            return end.map_or(rest.len(), |at| run + at + 1 + run);
        }
        let is_unclosed = self.unclosed_runs.get(&run).is_some_and(|end| self.at < *end);
        if mark == b'~' || is_unclosed {
            return run;
        }
        match span_end(rest, run) {
            Ok(end) => end,
            Err(end) => {
                self.unclosed_runs.insert(run, self.at + end);
                run
            }
        }
    }

    /// Returns what a `<` starts. `None` for a comment, and for the start tag of code without an end tag.
    fn tag(&mut self, rest: &'a str) -> Option<Part<'a>> {
        if rest.starts_with("<!--") {
            self.at += rest.find("-->").map_or(rest.len(), |end| end + 3);
            return None;
        }
        let Some(Found { tag, length }) = tag_at(rest) else {
            return Some(self.take(1));
        };
        match tag {
            Tag::Autolink => Some(self.take(length)),
            Tag::Start { name, .. } | Tag::End { name } if !tags::is_html(&name) => {
                self.at += 1;
                Some(Part::Angle)
            }
            Tag::Start { name, .. } if tags::is_code(&name) => {
                self.at += length;
                self.code(name)
            }
            Tag::Start { name, url } => {
                self.at += length;
                Some(Part::Start { name, url })
            }
            Tag::End { name } => {
                self.at += length;
                Some(Part::End { name })
            }
        }
    }

    /// Returns the content of an element with code, after its start tag. Without an end tag, the start tag is ignored.
    fn code(&mut self, name: String) -> Option<Part<'a>> {
        if self.unclosed_elements.contains(&name) {
            return None;
        }
        let rest = &self.text[self.at..];
        let mut ends = rest.match_indices("</").filter_map(|(at, _)| {
            let found = tag_at(&rest[at..])?;
            matches!(&found.tag, Tag::End { name: end } if *end == name).then_some((at, found.length))
        });
        let Some((at, length)) = ends.next() else {
            self.unclosed_elements.insert(name);
            return None;
        };
        self.at += at + length;
        let text = text_of(&rest[..at]);
        Some(Part::Code { name, text })
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        loop {
            let rest = &self.text[self.at..];
            let first = rest.chars().next()?;
            let length = match first {
                '<' => match self.tag(rest) {
                    Some(part) => return Some(part),
                    None => continue,
                },
                '`' => self.markdown_code(rest, b'`'),
                '~' => self.markdown_code(rest, b'~'),
                '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
                first if first.is_whitespace() => rest.len() - rest.trim_start().len(),
                _ => {
                    let is_next = |c: char| matches!(c, '<' | '`' | '~' | '\\') || c.is_whitespace();
                    rest.find(is_next).unwrap_or(rest.len())
                }
            };
            return Some(self.take(length));
        }
    }
}

/// Returns the end of a code span, or else the end of the paragraph, for a text that begins with a run of backticks.
fn span_end(text: &str, run: usize) -> Result<usize, usize> {
    let bytes = text.as_bytes();
    let mut at = run;
    while at < bytes.len() {
        match bytes[at] {
            b'`' => {
                let length = bytes[at..].iter().take_while(|byte| **byte == b'`').count();
                at += length;
                if length == run {
                    return Ok(at);
                }
            }
            b'\n' if bytes.get(at + 1) == Some(&b'\n') => return Err(at),
            _ => at += 1,
        }
    }
    Err(at)
}

/// A tag at the start of a text.
struct Found {
    tag: Tag,
    length: usize,
}

enum Tag {
    Start {
        name: String,
        url: Option<String>,
    },
    End {
        name: String,
    },
    /// An autolink of Markdown: `<https://…>` or `<mail@host>`.
    Autolink,
}

/// Reads the tag at the start of a text. A tag contains neither a `<` nor a blank line, so each character is read once.
fn tag_at(text: &str) -> Option<Found> {
    let body = text.strip_prefix('<')?;
    let name = body.strip_prefix('/').unwrap_or(body);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = body.find('<').map_or(text.len(), |at| at + 1);
    let end = text[..end].find("\n\n").unwrap_or(end);
    let token = tokens(&text[..end]).find(|token| !matches!(token, Token::Error(_)))?;
    match token {
        Token::StartTag(tag) => {
            let length = tag.span.end;
            let name = string(&tag.name);
            if name.contains(':') || (name.contains('@') && tag.attributes.is_empty()) {
                return Some(Found {
                    tag: Tag::Autolink,
                    length,
                });
            }
            let url = url(&tag);
            Some(Found {
                tag: Tag::Start { name, url },
                length,
            })
        }
        Token::EndTag(tag) => Some(Found {
            length: tag.span.end,
            tag: Tag::End {
                name: string(&tag.name),
            },
        }),
        Token::String(_) | Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => None,
    }
}

fn url(tag: &StartTag<usize>) -> Option<String> {
    tag.attributes
        .iter()
        .find(|(name, _)| &name[..] == b"href")
        .map(|(_, value)| string(value))
}

/// Returns the text of HTML: without its tags, and with character references decoded.
fn text_of(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut end = 0;
    for token in tokens(html) {
        let span = match &token {
            Token::String(string) => string.span,
            Token::StartTag(tag) => tag.span,
            Token::EndTag(tag) => tag.span,
            Token::Comment(comment) => comment.span,
            Token::Doctype(doctype) => doctype.span,
            Token::Error(_) => continue,
        };
        match &token {
            Token::String(value) => text.push_str(&string(value)),
            Token::StartTag(tag) if tags::is_html(&string(&tag.name)) => {
                text.push_str(if &tag.name[..] == b"br" { "\n" } else { "" });
            }
            Token::EndTag(tag) if tags::is_html(&string(&tag.name)) => {}
            _ => text.push_str(html.get(span.start..span.end).unwrap_or_default()),
        }
        end = span.end;
    }
    // A tag that does not end is text.
    text.push_str(html.get(end..).unwrap_or_default());
    text
}

fn tokens(html: &str) -> impl Iterator<Item = Token<usize>> {
    let tokenizer = Tokenizer::new_with_emitter(html, DefaultEmitter::<usize>::new_with_span());
    tokenizer.map(|Ok(token)| token)
}

fn string(text: &HtmlString) -> String {
    String::from_utf8_lossy(text).into_owned()
}
