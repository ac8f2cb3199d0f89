//! The temporary folder of a run, in which changed files are written before they are moved into place.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::folder::unwritable;
use super::lock::CreatedFolders;
use super::{PREFIX, journal};
use crate::diagnostics::Diagnostic;

/// A temporary folder in the folder of an SDK, which is removed at the end. The lock of that folder ensures that there is only one.
#[derive(Debug)]
pub(super) struct Stage {
    folder: PathBuf,
    path: PathBuf,
    /// The folder of the SDK and its parents, if this run created them.
    created: CreatedFolders,
    /// The folders below the temporary one that exist.
    inside: Mutex<HashSet<String>>,
    /// The first error.
    failure: OnceLock<Diagnostic>,
}

impl Stage {
    /// Creates the temporary folder, and the folder of the SDK if needed. Removes what killed runs left.
    pub(super) fn create(folder: &Path) -> Result<Self, Diagnostic> {
        let path = folder.join(format!("{PREFIX}scratch"));
        let mut stage = Self {
            folder: folder.to_owned(),
            path,
            created: CreatedFolders::default(),
            inside: Mutex::default(),
            failure: OnceLock::new(),
        };
        stage.created.folder(folder)?;
        journal::remove_leftovers(folder);
        fs::create_dir(&stage.path).map_err(|error| unwritable(folder, &error.to_string()))?;
        Ok(stage)
    }

    /// Writes a file under its own path into the temporary folder. [`Self::finish`] returns the first error.
    pub(super) fn add(&self, path: &str, text: &str) {
        if self.failure.get().is_some() {
            return;
        }
        let full = self.path.join(path);
        if let Err(error) = self.create_parent(path).and_then(|()| fs::write(&full, text)) {
            // Another thread may have had the first error.
            let _ = self
                .failure
                .set(unwritable(&self.folder.join(path), &error.to_string()));
        }
    }

    /// Returns the path of the temporary folder if all files are written.
    pub(super) fn finish(&self) -> Result<&Path, Diagnostic> {
        match self.failure.get() {
            None => Ok(&self.path),
            Some(failure) => Err(failure.clone()),
        }
    }

    fn create_parent(&self, path: &str) -> io::Result<()> {
        let Some((parent, _)) = path.rsplit_once('/') else {
            return Ok(());
        };
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        if !inside.contains(parent) {
            fs::create_dir_all(self.path.join(parent))?;
            inside.insert(parent.to_owned());
        }
        Ok(())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // Otherwise the next run removes it.
        let _ = fs::remove_dir_all(&self.path);
        std::mem::take(&mut self.created).undo();
    }
}
