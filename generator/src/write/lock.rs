//! The lock of a folder: one run at a time writes to it.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::PREFIX;
use super::folder::unwritable;
use crate::diagnostics::Diagnostic;

/// A locked folder. Dropping the lock removes its file, and the folder if this run created it and left it empty.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    file: Option<File>,
    created: CreatedFolders,
}

impl Lock {
    /// Locks a folder, creating it if needed. Waits while another run holds the lock; the system releases the lock of a run
    /// that was killed.
    pub(super) fn acquire(folder: &Path) -> Result<Self, Diagnostic> {
        let mut created = CreatedFolders::default();
        created.folder(folder)?;
        let path = folder.join(format!("{PREFIX}lock"));
        let file = lock(&path).map_err(|error| unwritable(&path, &error.to_string()));
        match file {
            Ok(file) => Ok(Self {
                path,
                file: Some(file),
                created,
            }),
            Err(diagnostic) => {
                created.undo();
                Err(diagnostic)
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while it is still locked, so that a run that waits for it sees that it is gone.
        let _ = fs::remove_file(&self.path);
        drop(self.file.take());
        std::mem::take(&mut self.created).undo();
    }
}

/// Opens and locks a file. Tries again if the file was removed meanwhile.
fn lock(path: &Path) -> io::Result<File> {
    loop {
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
        file.lock()?;
        if is_at(&file, path) {
            return Ok(file);
        }
    }
}

/// Returns whether a path still refers to an open file.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let id = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(open), Ok(there)) => id(open) == id(there),
        (Err(_), _) | (_, Err(_)) => false,
    }
}

/// Returns whether a path still refers to an open file.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

/// Folders that this run created.
#[derive(Debug, Default)]
pub(super) struct CreatedFolders {
    folders: BTreeSet<PathBuf>,
}

impl CreatedFolders {
    /// Creates a folder and its missing parents.
    pub(super) fn folder(&mut self, folder: &Path) -> Result<(), Diagnostic> {
        let missing = folder
            .ancestors()
            .take_while(|above| !above.as_os_str().is_empty() && !above.exists());
        self.folders.extend(missing.map(Path::to_owned));
        fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error.to_string()))
    }

    /// Removes the created folders, innermost first.
    pub(super) fn undo(self) {
        for folder in self.folders.into_iter().rev() {
            // A folder that is not empty, or that was not created, stays.
            let _ = fs::remove_dir(folder);
        }
    }
}
