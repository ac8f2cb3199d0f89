//! Renders diagnostics: for people, with an excerpt of the file, and for programs, as one JSON object per line.
//!
//! Pure functions: positions come from a [`Locate`]. Text from documents is escaped, so that it can neither move the
//! cursor of a terminal nor change the direction of writing.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use super::{Diagnostic, Locate, Located, Severity};

/// The maximum number of characters that are shown of a line.
const WINDOW: usize = 120;

/// The styles of the parts of a diagnostic.
#[derive(Clone, Copy, Debug, Default)]
pub struct Theme {
    error: Style,
    warning: Style,
    note: Style,
    message: Style,
    frame: Style,
}

impl Theme {
    /// Returns a theme with ANSI colors.
    pub fn colored() -> Self {
        let bold = |color: AnsiColor| color.on_default().bold();
        Self {
            error: bold(AnsiColor::BrightRed),
            warning: bold(AnsiColor::Yellow),
            note: bold(AnsiColor::BrightCyan),
            message: Style::new().bold(),
            frame: bold(AnsiColor::BrightBlue),
        }
    }

    fn severity(&self, severity: Severity) -> Style {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Note => self.note,
        }
    }
}

/// Renders a diagnostic for people, as several lines that each end with a newline.
pub fn human(diagnostic: &Diagnostic, sources: &dyn Locate, theme: &Theme) -> String {
    let mut out = String::new();
    let (severity, code) = (severity_name(diagnostic.severity), diagnostic.code.id());
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
    let (head, text, frame) = (theme.severity(diagnostic.severity), theme.message, theme.frame);
    let message = escape(&diagnostic.message);
    let _ = writeln!(out, "{head}{severity}[{code}]{head:#}{text}: {message}{text:#}");
    if let Some(located) = &located {
        excerpt(
            &mut out,
            located,
            gutter,
            diagnostic.note.as_deref().unwrap_or_default(),
            (frame, head),
        );
    }
    for (located, message) in &labels {
        excerpt(&mut out, located, gutter, message, (frame, frame));
    }
    if let Some(pointer) = located.as_ref().and_then(|located| located.pointer.as_ref()) {
        let _ = writeln!(out, "{:gutter$} {frame}={frame:#} at: {}", "", escape(pointer));
    }
    let _ = writeln!(
        out,
        "{:gutter$} {frame}={frame:#} help: {}",
        "",
        escape(&diagnostic.help)
    );
    out
}

/// Appends the path, the line and the marks under it.
fn excerpt(out: &mut String, located: &Located, gutter: usize, note: &str, (frame, mark): (Style, Style)) {
    let path = escape(&located.path);
    if located.line == 0 {
        let _ = writeln!(out, "{:gutter$}{frame}-->{frame:#} {path}", "");
        return;
    }
    let _ = writeln!(
        out,
        "{:gutter$}{frame}-->{frame:#} {path}:{}:{}",
        "", located.line, located.column
    );
    let view = View::of(located);
    let _ = writeln!(out, "{:gutter$} {frame}|{frame:#}", "");
    let _ = writeln!(out, "{frame}{:gutter$} |{frame:#} {}", located.line, view.text);
    let marks = format!("{} {}", "^".repeat(view.length), escape(note));
    let (marks, indent) = (marks.trim_end(), view.start);
    let _ = writeln!(
        out,
        "{:gutter$} {frame}|{frame:#} {:indent$}{mark}{marks}{mark:#}",
        "", ""
    );
}

/// An excerpt of a line, with the marked range in characters.
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
        // Some documents are a single line, of which only the part around the mark is shown.
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

/// Returns the name of a severity, as printed.
pub fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// Escapes a text for the terminal: control characters and characters that change the direction of writing become `\u{…}`,
/// tabs become spaces.
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

/// A diagnostic as JSON.
#[derive(Serialize)]
struct JsonDiagnostic<'d> {
    code: &'static str,
    rule: &'static str,
    severity: &'static str,
    message: &'d str,
    #[serde(flatten)]
    place: Option<JsonPlace>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'d str>,
    help: &'d str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    labels: Vec<JsonLabel<'d>>,
}

/// A place as JSON.
#[derive(Serialize)]
struct JsonPlace {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
}

/// A label as JSON.
#[derive(Serialize)]
struct JsonLabel<'d> {
    message: &'d str,
    #[serde(flatten)]
    place: Option<JsonPlace>,
}

impl From<Located> for JsonPlace {
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

/// Renders a diagnostic for programs, as a JSON object on one line that ends with a newline.
pub fn json(diagnostic: &Diagnostic, sources: &dyn Locate) -> String {
    let json_place = |place| sources.locate(place).map(JsonPlace::from);
    let line = JsonDiagnostic {
        code: diagnostic.code.id(),
        rule: diagnostic.code.rule(),
        severity: severity_name(diagnostic.severity),
        message: &diagnostic.message,
        place: diagnostic.place.and_then(json_place),
        note: diagnostic.note.as_deref(),
        help: &diagnostic.help,
        labels: diagnostic
            .labels
            .iter()
            .map(|label| JsonLabel {
                message: &label.message,
                place: json_place(label.place),
            })
            .collect(),
    };
    serde_json::to_string(&line).unwrap_or_default() + "\n"
}
