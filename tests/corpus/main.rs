//! Generates and compiles the crate of every document in a folder.
//!
//! In: the folder in `SDKWRIGHT_CORPUS`. Out: a table on standard output, and a failure if a row fails. Without the variable, the
//! test is skipped.
//!
//! - `SDKWRIGHT_CORPUS_ONLY=word` selects the documents whose path contains the word.
//! - `SDKWRIGHT_CORPUS_CARGO` is the Cargo command for the crates: `check` (default), `clippy`, `doc` or `none`.

mod compile;
mod documents;
mod generate;
mod rejected;
mod table;

use std::env;
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use compile::Checked;
use documents::Document;
use generate::Outcome;

/// The result of a document.
#[derive(Debug)]
struct Row {
    document: Document,
    outcome: Outcome,
    /// The result of compiling the crate, if it was compiled.
    checked: Option<Checked>,
}

impl Row {
    /// Returns the error of the row in one line, or `None` if it passes.
    fn error(&self) -> Option<String> {
        let sdk = match &self.outcome {
            Outcome::Sdk(sdk) => sdk,
            Outcome::Rejected(findings) => {
                return Some(format!(
                    "rejected: {}",
                    findings.first().map_or("?", |first| &first.text)
                ));
            }
            Outcome::Broken(how) => return Some(how.clone()),
        };
        let all = self.document.operations.len();
        if sdk.operations + sdk.excluded != all {
            return Some(format!("{} of {all} operations have a method", sdk.operations));
        }
        let checked = self.checked.as_ref()?;
        let first = checked
            .messages
            .first()
            .map(|first| first.lines().next().unwrap_or_default());
        match (checked.done, first) {
            (true, None) => None,
            (_, Some(first)) => Some(format!("{} message(s), such as {first}", checked.messages.len())),
            (false, None) => Some("was not compiled".to_owned()),
        }
    }
}

/// Returns the folder of the crates. Unchanged crates of an earlier run are not compiled again.
fn workspace() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus")
}

#[test]
fn corpus() {
    let Some(folder) = env::var_os("SDKWRIGHT_CORPUS") else {
        return;
    };
    let only = env::var("SDKWRIGHT_CORPUS_ONLY").unwrap_or_default();
    let cargo = env::var("SDKWRIGHT_CORPUS_CARGO").unwrap_or_else(|_| "check".to_owned());
    let all = documents::find(Path::new(&folder), &only);
    assert!(!all.is_empty(), "no document in {}", Path::new(&folder).display());
    let (invalid, valid): (Vec<_>, Vec<_>) = all.into_iter().partition(|document| document.invalid);

    let out = workspace();
    let mut rows: Vec<Row> = valid
        .into_par_iter()
        .map(|document| Row {
            outcome: generate::generate(&document, &out),
            document,
            checked: None,
        })
        .collect();
    if cargo != "none" {
        compile::compile(&out, &cargo, &mut rows);
    }
    let rejected: Vec<_> = invalid
        .into_par_iter()
        .map(|document| rejected::check(&document))
        .collect();

    let (text, failed) = table::table(&rows, &rejected);
    println!("{text}");
    assert_eq!(failed, 0, "rows of the table above failed");
}
