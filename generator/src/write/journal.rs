//! The journal of a run: the files that it is about to write.
//!
//! It exists only while files are moved into place. If the run is killed meanwhile, the next run reads from it which files are
//! generated, although no manifest lists them yet.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::PREFIX;

fn path(folder: &Path) -> PathBuf {
    folder.join(format!("{PREFIX}journal"))
}

/// Returns the files of the journal in a folder; none if there is no journal.
pub(super) fn read(folder: &Path) -> io::Result<BTreeSet<String>> {
    match fs::read_to_string(path(folder)) {
        Ok(text) => Ok(text.lines().map(str::to_owned).collect()),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(BTreeSet::new()),
        Err(error) => Err(error),
    }
}

/// Writes the journal. It is complete or absent, because it is moved into place from `scratch`.
pub(super) fn write<'p>(folder: &Path, scratch: &Path, files: impl Iterator<Item = &'p str>) -> io::Result<()> {
    let mut text = String::new();
    for file in files {
        text.push_str(file);
        text.push('\n');
    }
    let staged = scratch.join(format!("{PREFIX}journal"));
    fs::write(&staged, text)?;
    fs::rename(staged, path(folder))
}

/// Removes the journal, if there is one.
pub(super) fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_file(path(folder)) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Removes what killed runs left in a folder, except the lock and the journal.
pub(super) fn remove_leftovers(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let is_leftover = name.to_str().is_some_and(|name| {
            name.strip_prefix(PREFIX)
                .is_some_and(|rest| !matches!(rest, "lock" | "journal"))
        });
        if is_leftover {
            // Another attempt follows with the next run.
            let path = entry.path();
            let _ = fs::remove_dir_all(&path).or_else(|_| fs::remove_file(&path));
        }
    }
}
