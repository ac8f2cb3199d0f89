//! Invalid documents: each must be rejected with an error or accepted with a warning.

use crate::documents::Document;
use crate::generate::{Finding, Outcome, folder, generate};

/// The result of an invalid document.
#[derive(Debug)]
pub struct Checked {
    pub name: String,
    /// The result in one line.
    pub result: String,
    pub passed: bool,
}

/// Runs the generator with an invalid document.
pub fn check(document: &Document) -> Checked {
    let out = tempfile::tempdir().expect("a folder");
    let checked = |result: String, passed| Checked {
        name: document.name.clone(),
        result,
        passed,
    };
    let line = |word: &str, finding: &Finding| format!("{word}, {}: {}", finding.code, finding.text);
    match generate(document, out.path()) {
        Outcome::Rejected(_) if folder(document, out.path()).exists() => {
            checked("rejected, but files were written".to_owned(), false)
        }
        Outcome::Rejected(findings) => {
            let reason = findings.iter().find(|finding| finding.code.starts_with('E'));
            reason.map_or_else(
                || checked("rejected without an error".to_owned(), false),
                |reason| checked(line("rejected", reason), reason.located),
            )
        }
        Outcome::Sdk(sdk) => {
            let warning = sdk.findings.iter().find(|finding| finding.code.starts_with('W'));
            warning.map_or_else(
                || checked("accepted without a warning".to_owned(), false),
                |warning| checked(line("accepted", warning), warning.located),
            )
        }
        Outcome::Broken(how) => checked(how, false),
    }
}
