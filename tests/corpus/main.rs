//! Real documents, as many as there are: each is made into a crate, and each crate is compiled.
//!
//! In: the folder that `SDKWRIGHT_CORPUS` names. Out: a table on standard output, and a failure where a row fails. Without the
//! variable there is nothing to do.
//!
//! - `SDKWRIGHT_CORPUS_ONLY=word` takes only the documents whose path has the word in it.
//! - `SDKWRIGHT_CORPUS_CARGO` is what Cargo does with the crates: `check`, which is the default, `clippy`, `doc`, or `none`.

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
use generate::Made;

/// What came of a document.
#[derive(Debug)]
struct Row {
    document: Document,
    made: Made,
    /// What came of the crate; nothing where there is none, or where nothing was to be compiled.
    checked: Option<Checked>,
}

impl Row {
    /// What is wrong, in a line; nothing where all is well.
    fn flaw(&self) -> Option<String> {
        let sdk = match &self.made {
            Made::Sdk(sdk) => sdk,
            Made::Refused(findings) => {
                return Some(format!(
                    "refused: {}",
                    findings.first().map_or("?", |first| &first.text)
                ));
            }
            Made::Broken(how) => return Some(how.clone()),
        };
        let all = self.document.operations.len();
        if sdk.operations + sdk.kept_out != all {
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

/// Where the crates stand. What is there already and has not changed is not compiled again.
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
    assert!(
        !all.is_empty(),
        "there is no document in {}",
        Path::new(&folder).display()
    );
    let (invalid, valid): (Vec<_>, Vec<_>) = all.into_iter().partition(|document| document.invalid);

    let out = workspace();
    let mut rows: Vec<Row> = valid
        .into_par_iter()
        .map(|document| Row {
            made: generate::generate(&document, &out),
            document,
            checked: None,
        })
        .collect();
    if cargo != "none" {
        compile::compile(&out, &cargo, &mut rows);
    }
    let rejected: Vec<_> = invalid
        .into_par_iter()
        .map(|document| rejected::judge(&document))
        .collect();

    let (text, failed) = table::table(&rows, &rejected);
    println!("{text}");
    assert_eq!(failed, 0, "rows of the table above failed");
}
