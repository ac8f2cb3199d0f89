//! Documents that nobody should take: each is refused, or a warning says what was made of it.

use crate::documents::Document;
use crate::generate::{Finding, Made, folder, generate};

/// What came of a document that is broken.
#[derive(Debug)]
pub struct Judged {
    pub name: String,
    /// What was said of it, in a line.
    pub said: String,
    pub passed: bool,
}

/// Gives a broken document to the generator.
pub fn judge(document: &Document) -> Judged {
    let out = tempfile::tempdir().expect("a folder");
    let judged = |said: String, passed| Judged {
        name: document.name.clone(),
        said,
        passed,
    };
    let line = |word: &str, finding: &Finding| format!("{word}, {}: {}", finding.code, finding.text);
    match generate(document, out.path()) {
        Made::Refused(_) if folder(document, out.path()).exists() => {
            judged("refused, but something was written".to_owned(), false)
        }
        Made::Refused(findings) => {
            let reason = findings.iter().find(|finding| finding.code.starts_with('E'));
            reason.map_or_else(
                || judged("refused without a reason".to_owned(), false),
                |reason| judged(line("refused", reason), reason.located),
            )
        }
        Made::Sdk(sdk) => {
            let warning = sdk.findings.iter().find(|finding| finding.code.starts_with('W'));
            warning.map_or_else(
                || judged("accepted without a word".to_owned(), false),
                |warning| judged(line("accepted", warning), warning.located),
            )
        }
        Made::Broken(how) => judged(how, false),
    }
}
