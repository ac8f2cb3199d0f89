//! Parses Markdown and prints it in canonical form.

use pulldown_cmark::{
    BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd, TextMergeStream,
};

use super::inline;
use crate::markdown::escape_line_start;

/// Returns the text in canonical form.
pub fn render(text: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_GFM;
    let mut writer = Writer::default();
    for event in TextMergeStream::new(Parser::new_ext(text, options)) {
        writer.event(event);
    }
    writer.flush(false);
    writer.out
}

/// A block that contains others, and whether its marker has been written.
enum Container {
    Quote { written: bool },
    Item { marker: String, written: bool },
}

#[derive(Default)]
struct Writer {
    out: String,
    /// The text of the current block.
    text: String,
    containers: Vec<Container>,
    /// The next number of each open list. `None` for bullets.
    lists: Vec<Option<u64>>,
    code: Option<(String, String)>,
    /// Whether the block is a heading. It is printed in bold as a whole, so emphasis is omitted.
    heading: bool,
    /// The start of the text and the URL of each open link.
    links: Vec<(usize, String)>,
    row: Option<Vec<String>>,
    /// Whether a blank line precedes the next block.
    blank_line_before: bool,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => match &mut self.code {
                Some((_, code)) => code.push_str(&text),
                None => inline::push_text(&mut self.text, &text, !self.links.is_empty(), self.row.is_some()),
            },
            Event::Code(code) => inline::push_code(&mut self.text, &code, self.row.is_some()),
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak if self.heading || self.row.is_some() => self.text.push(' '),
            Event::HardBreak => self.text.push_str("\\\n"),
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                inline::push_text(&mut self.text, &text, false, false)
            }
            Event::Rule | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.flush(true),
            Tag::Heading { .. } => {
                self.flush(true);
                self.heading = true;
            }
            Tag::BlockQuote(kind) => {
                self.flush(true);
                self.containers.push(Container::Quote { written: false });
                if let Some(kind) = kind {
                    self.text.push_str(alert(kind));
                    self.flush(true);
                }
            }
            Tag::CodeBlock(kind) => {
                self.flush(true);
                let label = match kind {
                    CodeBlockKind::Fenced(label) => label.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((inline::label(&label).to_owned(), String::new()));
            }
            Tag::List(first) => {
                self.flush(false);
                self.blank_line_before |= self.lists.is_empty();
                self.lists.push(first);
            }
            Tag::Item => {
                self.flush(false);
                let marker = self.marker();
                self.containers.push(Container::Item { marker, written: false });
            }
            Tag::Emphasis => self.mark("*"),
            Tag::Strong => self.mark("**"),
            Tag::Strikethrough => self.mark("~~"),
            Tag::Link { dest_url, .. } => self.links.push((self.text.len(), dest_url.to_string())),
            Tag::Table(_) => self.flush(true),
            Tag::TableHead | Tag::TableRow => self.row = Some(Vec::new()),
            // An image is replaced by its alternative text.
            Tag::Image { .. }
            | Tag::TableCell
            | Tag::HtmlBlock
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => {
                self.flush(true);
                self.blank_line_before = true;
            }
            TagEnd::Heading(level) => self.end_heading(level),
            TagEnd::BlockQuote(_) => {
                self.flush(true);
                self.containers.pop();
                self.blank_line_before = true;
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::Item => {
                self.flush(false);
                self.containers.pop();
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.blank_line_before |= self.lists.is_empty();
            }
            TagEnd::Emphasis => self.mark("*"),
            TagEnd::Strong => self.mark("**"),
            TagEnd::Strikethrough => self.mark("~~"),
            TagEnd::Link => self.end_link(),
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.text);
                self.row.get_or_insert_default().push(cell.trim().to_owned());
            }
            TagEnd::TableHead => self.end_row(true),
            TagEnd::TableRow => self.end_row(false),
            TagEnd::Table => self.blank_line_before = true,
            TagEnd::Image
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn mark(&mut self, mark: &str) {
        if !self.heading {
            self.text.push_str(mark);
        }
    }

    fn marker(&mut self) -> String {
        match self.lists.last_mut() {
            Some(Some(number)) => {
                let marker = format!("{number}. ");
                *number += 1;
                marker
            }
            Some(None) | None => "- ".to_owned(),
        }
    }

    fn end_heading(&mut self, _: HeadingLevel) {
        self.heading = false;
        let title = std::mem::take(&mut self.text);
        let title = title.trim();
        if !title.is_empty() {
            self.text = format!("**{title}**");
        }
        self.flush(true);
        self.blank_line_before = true;
    }

    fn end_link(&mut self) {
        let Some((start, url)) = self.links.pop() else {
            return;
        };
        let text = self.text.split_off(start);
        self.text.push_str(&inline::link(&text, &url));
    }

    fn end_code(&mut self) {
        let Some((label, code)) = self.code.take() else { return };
        let code = code.trim_matches('\n').trim_end();
        if !code.is_empty() {
            let fence = inline::fence(code);
            self.block(&format!("{fence}{label}\n{code}\n{fence}"), true);
        }
        self.blank_line_before = true;
    }

    fn end_row(&mut self, head: bool) {
        let Some(cells) = self.row.take() else { return };
        let mut row = format!("| {} |", cells.join(" | "));
        if head {
            row.push_str(&format!("\n|{}", " --- |".repeat(cells.len())));
        }
        self.block(&row, head);
    }

    /// Writes the current block.
    fn flush(&mut self, blank_line_before: bool) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim().trim_end_matches('\\').trim_end();
        if text.is_empty() {
            return;
        }
        let lines: Vec<String> = text
            .split('\n')
            .map(|line| escape_line_start(&collapse(line)))
            .collect();
        self.block(&lines.join("\n"), blank_line_before);
    }

    /// Writes lines, prefixed with the markers of the containers.
    fn block(&mut self, lines: &str, blank_line_before: bool) {
        let first_of_item = matches!(self.containers.last(), Some(Container::Item { written: false, .. }));
        if !self.out.is_empty() {
            self.out.push('\n');
            if self.blank_line_before || (blank_line_before && !first_of_item) {
                let prefix = self.blank_prefix();
                self.out.push_str(&prefix);
                self.out.push('\n');
            }
        }
        for (index, line) in lines.split('\n').enumerate() {
            if index > 0 {
                self.out.push('\n');
            }
            let start = self.out.len();
            for container in &mut self.containers {
                match container {
                    Container::Quote { written } => {
                        self.out.push_str("> ");
                        *written = true;
                    }
                    Container::Item { marker, written: true } => {
                        self.out.extend(std::iter::repeat_n(' ', marker.len()))
                    }
                    Container::Item { marker, written } => {
                        self.out.push_str(marker);
                        *written = true;
                    }
                }
            }
            self.out.push_str(line);
            if line.is_empty() {
                let kept = self.out[start..].trim_end().len();
                self.out.truncate(start + kept);
            }
        }
        self.blank_line_before = false;
    }

    /// Returns the prefix of a blank line between two blocks: the markers of the quotes around both.
    fn blank_prefix(&self) -> String {
        let mut prefix = String::new();
        for container in &self.containers {
            match container {
                Container::Quote { written: true } => prefix.push_str("> "),
                Container::Item { marker, written: true } => prefix.extend(std::iter::repeat_n(' ', marker.len())),
                Container::Quote { written: false } | Container::Item { written: false, .. } => break,
            }
        }
        prefix.trim_end().to_owned()
    }
}

fn alert(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "**Note**",
        BlockQuoteKind::Tip => "**Tip**",
        BlockQuoteKind::Important => "**Important**",
        BlockQuoteKind::Warning => "**Warning**",
        BlockQuoteKind::Caution => "**Caution**",
    }
}

fn collapse(text: &str) -> String {
    text.split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
