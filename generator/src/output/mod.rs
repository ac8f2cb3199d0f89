//! Stage 8: the files of an SDK meet its folder.
//!
//! In: the folder and all files that the SDK consists of. Out: the [`Changes`] between the two, which can be written, listed
//! or shown as a diff. Holds afterwards: each file is either as it was or whole and new; what has not changed is not touched;
//! nothing outside the folder is touched, and inside it only what the manifest of the last run lists.

mod drift;
mod folder;
mod manifest;
mod previous;
#[cfg(test)]
mod tests;
mod write;

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use folder::Folder;
use previous::Previous;

pub use drift::Drift;
pub use manifest::{manifest, sha256};

/// The file that lists what the generator wrote.
pub const MANIFEST: &str = "sdk-manifest.json";

/// The files of an SDK: from the path in its folder, with `/` between the steps, to the content.
pub type Files = BTreeMap<String, String>;

/// What there is to do so that a folder holds an SDK.
#[derive(Debug)]
pub struct Changes<'f> {
    folder: PathBuf,
    /// Each file, with what it differs from.
    files: Vec<Entry<'f>>,
    /// Files of the last run that the SDK no longer has.
    surplus: Vec<String>,
}

#[derive(Debug)]
struct Entry<'f> {
    path: &'f str,
    text: &'f str,
    now: Now,
}

/// What stands where a file is to go.
#[derive(Debug, PartialEq, Eq)]
enum Now {
    /// Nothing.
    Missing,
    /// The very same content.
    Same,
    /// Other content.
    Other(String),
}

/// What a run did to a folder, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The files that are new or changed.
    pub written: Vec<String>,
    /// How many files are as they were.
    pub unchanged: usize,
    /// The files of the last run that are gone.
    pub removed: Vec<String>,
}

/// Compares a folder with the files that it is to hold. Nothing is written.
///
/// `None` where something is in the way; the diagnostics name it then.
pub fn compare<'f>(folder: &Path, files: &'f Files, diagnostics: &mut Diagnostics) -> Option<Changes<'f>> {
    let place = kept([Folder::open(folder)], diagnostics)?.pop()?;
    let previous = kept([Previous::read(folder)], diagnostics)?.pop()?;
    let looks: Vec<_> = files
        .par_iter()
        .map(|(path, text)| look(&place, path, text, previous.lists(path)))
        .collect();
    let entries = kept(looks, diagnostics);
    let gone = previous
        .files
        .iter()
        .filter(|path| *path != MANIFEST && !files.contains_key(*path));
    let gone = kept(gone.map(|path| Ok((path, place.locate(path)?))), diagnostics);
    let there = |(path, full): (&String, PathBuf)| fs::symlink_metadata(full).is_ok().then(|| path.clone());
    let surplus = gone?.into_iter().filter_map(there).collect();
    Some(Changes {
        folder: folder.to_owned(),
        files: entries?,
        surplus,
    })
}

/// The values, where there is no error among them.
fn kept<T>(results: impl IntoIterator<Item = Result<T, Diagnostic>>, diagnostics: &mut Diagnostics) -> Option<Vec<T>> {
    let (values, errors): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    let clean = errors.is_empty();
    errors
        .into_iter()
        .filter_map(Result::err)
        .for_each(|error| diagnostics.push(error));
    clean.then(|| values.into_iter().filter_map(Result::ok).collect())
}

/// What stands at a path now; an error where that is not ours to replace.
fn look<'f>(folder: &Folder, path: &'f str, text: &'f str, ours: bool) -> Result<Entry<'f>, Diagnostic> {
    let full = folder.locate(path)?;
    let in_the_way = |what: &str, help: &str| {
        let message = format!("`{}` is in the way: {what}", full.display());
        Err(Diagnostic::new(Code::ForeignFile, None, message).help(help))
    };
    let entry = |now| Ok(Entry { path, text, now });
    match fs::read(&full) {
        Ok(bytes) if bytes == text.as_bytes() => entry(Now::Same),
        Ok(bytes) if ours => entry(Now::Other(String::from_utf8_lossy(&bytes).into_owned())),
        Ok(_) => in_the_way(
            "sdkwright did not write this file, so it will not overwrite it",
            "move or remove it, or write the SDK into another folder with `out`",
        ),
        Err(error) if error.kind() == ErrorKind::NotFound => entry(Now::Missing),
        Err(_) if full.is_dir() => in_the_way("a folder stands where a file belongs", "move or remove it"),
        Err(error) => in_the_way(
            &format!("it cannot be read ({error})"),
            "see to its permissions, or remove it",
        ),
    }
}

impl Changes<'_> {
    /// Whether the folder already holds the SDK.
    pub fn is_empty(&self) -> bool {
        self.surplus.is_empty() && self.files.iter().all(|file| file.now == Now::Same)
    }

    /// What writing does.
    pub fn outcome(&self) -> Outcome {
        let changed = self.files.iter().filter(|file| file.now != Now::Same);
        let written: Vec<String> = changed.map(|file| file.path.to_owned()).collect();
        Outcome {
            unchanged: self.files.len() - written.len(),
            written,
            removed: self.surplus.clone(),
        }
    }

    /// Writes the changes. After an error the folder is as it was, unless the error came from moving a finished file to its
    /// place: then the files before that one are new, and the next run carries on.
    pub fn write(&self, diagnostics: &mut Diagnostics) -> Option<Outcome> {
        match write::write(self) {
            Ok(()) => Some(self.outcome()),
            Err(diagnostic) => {
                diagnostics.push(diagnostic);
                None
            }
        }
    }

    /// The changes as something to read.
    pub fn drift(&self) -> Drift {
        drift::drift(self)
    }
}
