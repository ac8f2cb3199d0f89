//! Write: compares the files of an SDK with its folder and updates the folder.
//!
//! In: the folder, and each file of the SDK as soon as it is rendered, so that no stage keeps all texts. Out: the
//! [`Changes`], which can be written, listed or shown as a diff. Afterwards every file has either its old or its complete
//! new content. Unchanged files and everything outside the folder are not touched. An existing file is changed or removed
//! only if the manifest of the previous run or the journal of an interrupted run lists it. The changelog is an exception:
//! it may always be changed, and is never removed.

mod apply;
mod drift;
mod folder;
mod journal;
mod lock;
mod manifest;
mod previous;
mod recorded;
mod stage;
mod target;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use folder::Folder;
use stage::Stage;

pub use drift::Drift;
pub use lock::Lock;
pub use manifest::{ManifestFacts, manifest, sha256};
pub use recorded::Recorded;
pub use target::{Purpose, Target};

/// The file that lists the generated files.
pub const MANIFEST: &str = "sdk-manifest.json";

/// The file that users may edit although sdkwright extends it: its new text is made from the current one. The manifest does not list it.
pub const CHANGELOG: &str = "CHANGELOG.md";

/// The prefix of the names of temporary files and folders.
const PREFIX: &str = ".sdkwright-";

/// The files of an SDK: content by path relative to the folder, with `/` as the separator.
pub type Files = BTreeMap<String, String>;

/// The differences between a folder and an SDK.
#[derive(Debug)]
pub struct Changes {
    folder: PathBuf,
    /// Where the changed files are; `None` if they were only compared.
    stage: Option<Stage>,
    /// Each file, with the state of the folder.
    files: BTreeMap<String, Entry>,
    /// Files of the previous run that the SDK no longer has.
    obsolete: Vec<String>,
    /// Files that an interrupted run may have written, and that neither the SDK nor the manifest has.
    interrupted: Vec<String>,
    /// Generated files that were edited since the previous run, and that writing replaces or removes.
    edited: Vec<String>,
}

/// The comparison of a file with the folder.
#[derive(Debug)]
pub struct Entry {
    current: Current,
    edited: bool,
    /// The difference, if it was requested.
    diff: Option<String>,
}

/// The current state of a file in the folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Current {
    /// It does not exist.
    Missing,
    /// It has the same content.
    Same,
    /// It has other content.
    Other,
}

/// What a run changed in a folder, or would change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// New and changed files.
    pub written: Vec<String>,
    /// The number of unchanged files.
    pub unchanged: usize,
    /// Removed files of the previous run.
    pub removed: Vec<String>,
}

/// Locks a folder for [`Target::compare`] and [`Changes::write`], so that two runs do not mix their files.
pub fn lock(folder: &Path, diagnostics: &mut Diagnostics) -> Option<Lock> {
    or_report(Folder::open(folder).and_then(|_| Lock::acquire(folder)), diagnostics)
}

/// Returns a value, or reports the error.
fn or_report<T>(result: Result<T, Diagnostic>, diagnostics: &mut Diagnostics) -> Option<T> {
    result.map_err(|error| diagnostics.push(error)).ok()
}

/// Returns all values, or reports all errors.
fn all_or_report<T>(
    results: impl IntoIterator<Item = Result<T, Diagnostic>>,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<T>> {
    let results = results.into_iter();
    let mut values = Vec::with_capacity(results.size_hint().0);
    let mut clean = true;
    for result in results {
        let value = or_report(result, diagnostics);
        clean &= value.is_some();
        values.extend(value);
    }
    clean.then_some(values)
}

impl Changes {
    /// Returns what writing changes.
    pub fn outcome(&self) -> Outcome {
        let written: Vec<String> = self.changed().map(str::to_owned).collect();
        Outcome {
            unchanged: self.files.len() - written.len(),
            written,
            removed: self.obsolete.clone(),
        }
    }

    /// Returns the paths of new and changed files.
    fn changed(&self) -> impl Iterator<Item = &str> {
        let changed = self.files.iter().filter(|(_, file)| file.current != Current::Same);
        changed.map(|(path, _)| path.as_str())
    }

    /// Reports generated files that were edited by hand and that writing replaces or removes.
    pub fn report_edited(&self, diagnostics: &mut Diagnostics) {
        for path in &self.edited {
            let full = self.folder.join(path);
            let message = format!("`{}` was edited by hand; the edit is overwritten", full.display());
            diagnostics.push(Diagnostic::new(Code::EditedFile, None, message));
        }
    }

    /// Writes the changes. After an error the folder is unchanged, unless the error occurred while finished files were moved into
    /// place: then some files are new, and the next run continues.
    pub fn write(self, diagnostics: &mut Diagnostics) -> Option<Outcome> {
        or_report(apply::apply(&self), diagnostics)?;
        Some(self.outcome())
    }

    /// Returns the differences as text.
    pub fn drift(&self) -> Drift {
        drift::drift(self)
    }
}
