//! Write: compares the files of an SDK with its folder and updates the folder.
//!
//! In: the folder and all files of the SDK. Out: the [`Changes`], which can be written, listed or shown as a diff. Afterwards
//! every file has either its old or its complete new content. Unchanged files and everything outside the folder are not
//! touched. An existing file in the folder is only changed if the manifest of the previous run or the journal of an
//! interrupted run lists it, or if it is the changelog, which is never removed.

mod apply;
mod drift;
mod folder;
mod journal;
mod lock;
mod manifest;
mod previous;
mod recorded;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use folder::Folder;
use lock::CreatedFolders;
use previous::PreviousManifest;

pub use drift::Drift;
pub use lock::Lock;
pub use manifest::{manifest, sha256};
pub use recorded::Recorded;

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
pub struct Changes<'f> {
    folder: PathBuf,
    /// Each file, with the state of the folder.
    files: Vec<Entry<'f>>,
    /// Files of the previous run that the SDK no longer has.
    obsolete: Vec<String>,
    /// Files that an interrupted run may have written, and that neither the SDK nor the manifest has.
    interrupted: Vec<String>,
    /// Generated files that were edited since the previous run, and that writing replaces or removes.
    edited: Vec<String>,
}

#[derive(Debug)]
struct Entry<'f> {
    path: &'f str,
    text: &'f str,
    current: Current,
    edited: bool,
}

/// The current state of a file in the folder.
#[derive(Debug, PartialEq, Eq)]
enum Current {
    /// It does not exist.
    Missing,
    /// It has the same content.
    Same,
    /// It has other content.
    Other(String),
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

/// Locks a folder for [`compare`] and [`Changes::write`], so that two runs do not mix their files.
pub fn lock(folder: &Path, diagnostics: &mut Diagnostics) -> Option<Lock> {
    let locked = Folder::open(folder).and_then(|_| Lock::acquire(folder));
    all_or_report([locked], diagnostics)?.pop()
}

/// Compares a folder with the files of an SDK, without writing.
///
/// Returns `None` if a file is in the way; the diagnostics name it.
pub fn compare<'f>(folder: &Path, files: &'f Files, diagnostics: &mut Diagnostics) -> Option<Changes<'f>> {
    let target = all_or_report([Folder::open(folder)], diagnostics)?.pop()?;
    let previous = all_or_report([PreviousManifest::read(folder)], diagnostics)?.pop()?;
    let compared: Vec<_> = files
        .par_iter()
        .map(|(path, text)| compare_file(&target, path, text, &previous))
        .collect();
    let entries = all_or_report(compared, diagnostics);
    let is_gone = |path: &&String| *path != MANIFEST && !files.contains_key(*path);
    let gone = previous.files.keys().filter(is_gone);
    let gone = all_or_report(gone.map(|path| Ok((path, target.locate(path)?))), diagnostics)?;
    // Users edit the changelog, so it is never removed.
    let interrupted = previous.interrupted.iter().filter(is_gone);
    let interrupted = interrupted.filter(|path| *path != CHANGELOG);
    let interrupted = all_or_report(
        interrupted.map(|path| target.locate(path).map(|_| path.clone())),
        diagnostics,
    )?;
    let entries = entries?;
    let mut edited: Vec<String> = entries
        .iter()
        .filter(|file| file.edited)
        .map(|file| file.path.to_owned())
        .collect();
    let mut obsolete = Vec::new();
    for (path, full) in gone {
        if fs::symlink_metadata(&full).is_ok() {
            if fs::read(&full).is_ok_and(|bytes| previous.is_edited(path, &bytes)) {
                edited.push(path.clone());
            }
            obsolete.push(path.clone());
        }
    }
    Some(Changes {
        folder: folder.to_owned(),
        files: entries,
        obsolete,
        interrupted,
        edited,
    })
}

/// Returns all values, or reports all errors.
fn all_or_report<T>(
    results: impl IntoIterator<Item = Result<T, Diagnostic>>,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<T>> {
    let (values, errors): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    let clean = errors.is_empty();
    errors
        .into_iter()
        .filter_map(Result::err)
        .for_each(|error| diagnostics.push(error));
    clean.then(|| values.into_iter().filter_map(Result::ok).collect())
}

/// Returns the current state of a file; an error if the file was not generated by sdkwright.
fn compare_file<'f>(
    folder: &Folder,
    path: &'f str,
    text: &'f str,
    previous: &PreviousManifest,
) -> Result<Entry<'f>, Diagnostic> {
    let full = folder.locate(path)?;
    let foreign = |what: &str, help: &str| {
        let message = format!("`{}` {what}", full.display());
        Err(Diagnostic::new(Code::ForeignFile, None, message).help(help))
    };
    let entry = |current, edited| {
        Ok(Entry {
            path,
            text,
            current,
            edited,
        })
    };
    match fs::read(&full) {
        Ok(bytes) if bytes == text.as_bytes() => entry(Current::Same, false),
        Ok(bytes) if previous.lists(path) => {
            let edited = previous.is_edited(path, &bytes);
            entry(Current::Other(String::from_utf8_lossy(&bytes).into_owned()), edited)
        }
        Ok(bytes) if path == CHANGELOG => entry(Current::Other(String::from_utf8_lossy(&bytes).into_owned()), false),
        Ok(_) => foreign(
            "was not generated by sdkwright and is not overwritten",
            "move or remove the file, or choose another folder with `out`",
        ),
        Err(error) if error.kind() == ErrorKind::NotFound => entry(Current::Missing, false),
        Err(_) if full.is_dir() => foreign(
            "has the path of a generated file, but is a folder",
            "move or remove the folder",
        ),
        Err(error) => foreign(
            &format!("cannot be read ({error}) and is not overwritten"),
            "check its permissions, or remove it",
        ),
    }
}

impl Changes<'_> {
    /// Returns what writing changes.
    pub fn outcome(&self) -> Outcome {
        let changed = self.files.iter().filter(|file| file.current != Current::Same);
        let written: Vec<String> = changed.map(|file| file.path.to_owned()).collect();
        Outcome {
            unchanged: self.files.len() - written.len(),
            written,
            removed: self.obsolete.clone(),
        }
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
    pub fn write(&self, diagnostics: &mut Diagnostics) -> Option<Outcome> {
        let mut created = CreatedFolders::default();
        match created.folder(&self.folder).and_then(|()| apply::apply(self)) {
            Ok(()) => Some(self.outcome()),
            Err(diagnostic) => {
                created.undo();
                diagnostics.push(diagnostic);
                None
            }
        }
    }

    /// Returns the differences as text.
    pub fn drift(&self) -> Drift {
        drift::drift(self)
    }
}
