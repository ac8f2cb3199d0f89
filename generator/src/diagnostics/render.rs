//! Diagnostics as text: for people, with the line in question, and for machines, one JSON object a line.
//!
//! Pure: positions come from whatever knows them, through [`Locate`]. Text out of documents is escaped, so that it cannot
//! move a terminal's cursor or turn the direction of writing.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Diagnostic, Locate, Located, Severity};

/// How much of a long line is shown, in characters.
const WINDOW: usize = 120;

/// A diagnostic for people; several lines, each ended.
pub fn human(diagnostic: &Diagnostic, sources: &dyn Locate) -> String {
    let mut out = String::new();
    let (severity, code) = (severity_word(diagnostic.severity), diagnostic.code.id());
    let located = diagnostic.place.and_then(|place| sources.locate(place));
    let labels: Vec<(Located, &str)> = diagnostic
        .labels
        .iter()
        .filter_map(|label| Some((sources.locate(label.place)?, label.message.as_str())))
        .collect();
    let last_line = located
        .iter()
        .chain(labels.iter().map(|(located, _)| located))
        .map(|located| located.line)
        .max();
    let gutter = last_line.unwrap_or_default().to_string().len();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{severity}[{code}]: {}", escape(&diagnostic.message));
    if let Some(located) = &located {
        block(
            &mut out,
            located,
            gutter,
            diagnostic.note.as_deref().unwrap_or_default(),
        );
    }
    for (located, message) in &labels {
        block(&mut out, located, gutter, message);
    }
    if let Some(pointer) = located.as_ref().and_then(|located| located.pointer.as_ref()) {
        let _ = writeln!(out, "{:gutter$} = at: {}", "", escape(pointer));
    }
    let _ = writeln!(out, "{:gutter$} = help: {}", "", escape(&diagnostic.help));
    out
}

/// The path, the line and the marks under it.
fn block(out: &mut String, located: &Located, gutter: usize, note: &str) {
    let path = escape(&located.path);
    if located.line == 0 {
        let _ = writeln!(out, "{:gutter$}--> {path}", "");
        return;
    }
    let _ = writeln!(out, "{:gutter$}--> {path}:{}:{}", "", located.line, located.column);
    let view = View::of(located);
    let _ = writeln!(out, "{:gutter$} |", "");
    let _ = writeln!(out, "{:gutter$} | {}", located.line, view.text);
    let marks = format!(
        "{:indent$}{} {note}",
        "",
        "^".repeat(view.length),
        indent = view.start,
        note = escape(note)
    );
    let _ = writeln!(out, "{:gutter$} | {}", "", marks.trim_end());
}

/// What is shown of a line, and what of that is marked, in characters.
struct View {
    text: String,
    start: usize,
    length: usize,
}

impl View {
    fn of(located: &Located) -> Self {
        let from = located.column.saturating_sub(1).saturating_sub(located.skipped) as usize;
        let all: Vec<char> = located.text.chars().collect();
        let from = from.min(all.len());
        // Documents on one line exist; of those the part around the mark is enough.
        let first = if all.len() <= WINDOW {
            0
        } else {
            from.saturating_sub(WINDOW / 3)
        };
        let last = all.len().min(first + WINDOW);
        let length = (located.length.max(1) as usize).min((last - from).max(1));
        let (before, marked, after) = (
            &all[first..from],
            &all[from..(from + length).min(last)],
            &all[(from + length).min(last)..last],
        );
        let mut text = String::from(if first > 0 { "…" } else { "" });
        text.push_str(&escape_all(before));
        let start = text.chars().count();
        text.push_str(&escape_all(marked));
        let length = (text.chars().count() - start).max(1);
        text.push_str(&escape_all(after));
        if last < all.len() {
            text.push('…');
        }
        Self { text, start, length }
    }
}

fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// A text in which nothing acts on the terminal: control characters and those that turn the direction of writing become
/// `\u{…}`, tabs become spaces.
pub fn escape(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    escape_all(&chars)
}

fn escape_all(chars: &[char]) -> String {
    let mut out = String::with_capacity(chars.len());
    for char in chars {
        match char {
            '\t' => out.push(' '),
            '\n' | '\r' => out.extend(char.escape_default()),
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {
                out.extend(char.escape_unicode());
            }
            other if other.is_control() => out.extend(other.escape_unicode()),
            other => out.push(*other),
        }
    }
    out
}

/// The JSON form of a diagnostic.
#[derive(Serialize)]
struct Line<'d> {
    code: &'static str,
    rule: &'static str,
    severity: &'static str,
    message: &'d str,
    #[serde(flatten)]
    place: Option<Spot>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'d str>,
    help: &'d str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    labels: Vec<LineLabel<'d>>,
}

/// The JSON form of a place.
#[derive(Serialize)]
struct Spot {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
}

/// The JSON form of a label.
#[derive(Serialize)]
struct LineLabel<'d> {
    message: &'d str,
    #[serde(flatten)]
    place: Option<Spot>,
}

impl From<Located> for Spot {
    fn from(located: Located) -> Self {
        let known = located.line > 0;
        Self {
            file: located.path,
            line: known.then_some(located.line),
            column: known.then_some(located.column),
            pointer: located.pointer,
        }
    }
}

/// A diagnostic for machines: one JSON object on one line, ended.
pub fn json(diagnostic: &Diagnostic, sources: &dyn Locate) -> String {
    let spot = |place| sources.locate(place).map(Spot::from);
    let line = Line {
        code: diagnostic.code.id(),
        rule: diagnostic.code.rule(),
        severity: severity_word(diagnostic.severity),
        message: &diagnostic.message,
        place: diagnostic.place.and_then(spot),
        note: diagnostic.note.as_deref(),
        help: &diagnostic.help,
        labels: diagnostic
            .labels
            .iter()
            .map(|label| LineLabel {
                message: &label.message,
                place: spot(label.place),
            })
            .collect(),
    };
    serde_json::to_string(&line).unwrap_or_default() + "\n"
}
