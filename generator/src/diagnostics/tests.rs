//! The text of diagnostics, for people and for programs.

use std::collections::HashSet;

use super::{Code, Diagnostic, Diagnostics, FileId, Locate, Located, Place, Severity, render, render::Theme};

/// The lines of a single file.
struct Lines(Vec<&'static str>);

impl Locate for Lines {
    fn locate(&self, place: Place) -> Option<Located> {
        let (path, pointer) = ("spec/a.yaml".to_owned(), Some("#/paths/~1a/get".to_owned()));
        match place {
            Place::Text(_, line, column) => Some(Located {
                path,
                line,
                column,
                length: 5,
                text: self.0.get(line as usize - 1)?.to_string(),
                skipped: 0,
                pointer,
            }),
            Place::File(_) => Some(Located {
                path,
                ..Located::default()
            }),
            Place::Value(..) | Place::Key(..) => None,
        }
    }
}

fn at(line: u32, column: u32) -> Place {
    Place::Text(FileId(0), line, column)
}

fn human(diagnostic: &Diagnostic, lines: &[&'static str]) -> String {
    render::human(diagnostic, &Lines(lines.to_vec()), &Theme::default())
}

#[test]
fn a_diagnostic_shows_its_line() {
    let diagnostic = Diagnostic::new(Code::DanglingRef, at(2, 3), "`$ref` points at nothing")
        .note("no such schema")
        .label(at(1, 1), "the other")
        .help("did you mean `b`?");
    let expected = "\
warning[W0203]: `$ref` points at nothing
 --> spec/a.yaml:2:3
  |
2 |   $ref: b
  |   ^^^^^ no such schema
 --> spec/a.yaml:1:1
  |
1 | first line
  | ^^^^^ the other
  = at: #/paths/~1a/get
  = help: did you mean `b`?
";
    assert_eq!(human(&diagnostic, &["first line", "  $ref: b"]), expected);
}

#[test]
fn a_diagnostic_without_a_line_is_short() {
    let diagnostic = Diagnostic::new(Code::Unreadable, Place::File(FileId(0)), "cannot read it");
    assert_eq!(
        human(&diagnostic, &[]),
        "error[E0101]: cannot read it\n --> spec/a.yaml\n  = help: check the path and its permissions\n"
    );
    assert_eq!(
        human(&Diagnostic::new(Code::Unreadable, None, "nowhere"), &[]),
        "error[E0101]: nowhere\n  = help: check the path and its permissions\n"
    );
}

#[test]
fn a_long_line_is_shortened_around_the_mark() {
    let line: &'static str = Box::leak(format!("{}MARKS{}", "a".repeat(5_000), "b".repeat(5_000)).into_boxed_str());
    let text = human(&Diagnostic::new(Code::UnexpectedShape, at(1, 5_001), "m"), &[line]);
    let shown: Vec<&str> = text.lines().collect();
    assert!(text.len() < 500, "{}", text.len());
    let mark = shown[4].find('^').map(|at| shown[4][..at].chars().count());
    let word = shown[3].find("MARKS").map(|at| shown[3][..at].chars().count());
    assert!(mark.is_some() && mark == word, "{text}");
}

#[test]
fn control_characters_of_a_document_are_escaped() {
    let line = "a\u{1b}[31m\u{202e}\tMARKS";
    let diagnostic = Diagnostic::new(Code::UnexpectedShape, at(1, 9), "\u{1b}]0;x\u{7}\nnext").help("\r\u{2066}");
    let text = human(&diagnostic, &[line]);
    assert!(text.chars().all(|char| char == '\n' || !char.is_control()), "{text:?}");
    assert!(
        !text.contains(['\u{202e}', '\u{2066}']) && text.contains(r"\u{1b}]0;x\u{7}\nnext"),
        "{text:?}"
    );
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[3].find("MARKS"), lines[4].find('^'), "{text}");
}

#[test]
fn json_is_one_object_per_line() {
    let diagnostic = Diagnostic::new(Code::UnexpectedShape, at(1, 2), "a \"b\"\n")
        .label(at(1, 1), "l")
        .help("h");
    let text = render::json(&diagnostic, &Lines(vec!["x"]));
    let expected = r##"{"code":"W0304","rule":"invalid-value-is-ignored","severity":"warning","message":"a \"b\"\n","file":"spec/a.yaml","line":1,"column":2,"pointer":"#/paths/~1a/get","help":"h","labels":[{"message":"l","file":"spec/a.yaml","line":1,"column":1,"pointer":"#/paths/~1a/get"}]}"##;
    assert_eq!(text, format!("{expected}\n"));
    let bare = render::json(&Diagnostic::new(Code::UnexpectedShape, None, "m"), &Lines(Vec::new()));
    assert_eq!(
        bare,
        "{\"code\":\"W0304\",\"rule\":\"invalid-value-is-ignored\",\"severity\":\"warning\",\"message\":\"m\",\"help\":\"see the OpenAPI specification for the values that are valid here\"}\n"
    );
}

#[test]
fn codes_are_unique_and_start_with_their_severity() {
    let ids: HashSet<&str> = Code::ALL.iter().map(|code| code.id()).collect();
    let rules: HashSet<&str> = Code::ALL.iter().map(|code| code.rule()).collect();
    assert_eq!((ids.len(), rules.len()), (Code::ALL.len(), Code::ALL.len()));
    for code in Code::ALL {
        let letter = match code.severity() {
            Severity::Note => "N",
            Severity::Warning => "W",
            Severity::Error => "E",
        };
        assert!(code.id().starts_with(letter) && code.id().len() == 5, "{code:?}");
    }
}

#[test]
fn a_repeated_diagnostic_is_removed() {
    let mut diagnostics = Diagnostics::default();
    for message in ["a", "b", "a"] {
        diagnostics.push(Diagnostic::new(Code::UnexpectedShape, at(1, 1), message));
    }
    diagnostics.push(Diagnostic::new(Code::UnexpectedShape, at(1, 2), "a"));
    diagnostics.dedup();
    assert_eq!(diagnostics.iter().count(), 3);
}

#[test]
fn colors_change_only_the_style() {
    let diagnostic = Diagnostic::new(Code::DanglingRef, at(1, 1), "m").note("n");
    let lines = Lines(vec!["first line"]);
    let colored = render::human(&diagnostic, &lines, &Theme::colored());
    assert!(colored.contains("\u{1b}["), "{colored}");
    let stripped = anstream::adapter::strip_str(&colored).to_string();
    assert_eq!(stripped, render::human(&diagnostic, &lines, &Theme::default()));
}

#[test]
fn severities_can_be_changed() {
    let mut diagnostics = Diagnostics::default();
    diagnostics.push(Diagnostic::new(Code::UnexpectedShape, None, "a"));
    diagnostics.push(Diagnostic::new(Code::DanglingRef, None, "b"));
    diagnostics.set_severities(|diagnostic| (diagnostic.code == Code::DanglingRef).then_some(Severity::Error));
    let found: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| (diagnostic.code, diagnostic.severity))
        .collect();
    assert_eq!(found, [(Code::DanglingRef, Severity::Error)]);
}
