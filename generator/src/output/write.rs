//! Writing: first every new file beside its place under another name, then all of them into place.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use tempfile::{NamedTempFile, TempPath};

use super::folder::unwritable;
use super::{Changes, Entry, MANIFEST, Now};
use crate::diagnostics::Diagnostic;

/// Brings the folder to what the changes say.
pub(super) fn write(changes: &Changes<'_>) -> Result<(), Diagnostic> {
    let changed: Vec<&Entry<'_>> = changes.files.iter().filter(|file| file.now != Now::Same).collect();
    let mut made = Made::default();
    let staged = match stage_all(&changes.folder, &changed, &mut made) {
        Ok(staged) => staged,
        Err(diagnostic) => {
            made.undo();
            return Err(diagnostic);
        }
    };
    // The manifest comes last, so that a run that is cut short leaves one that still lists what is to be removed.
    let (manifest, others): (Vec<_>, Vec<_>) = staged.into_iter().partition(|(_, path)| path.ends_with(MANIFEST));
    others.into_iter().try_for_each(persist)?;
    for path in &changes.surplus {
        remove(&changes.folder, path)?;
    }
    manifest.into_iter().try_for_each(persist)
}

/// Writes all files under other names, in folders that exist afterwards.
fn stage_all(folder: &Path, files: &[&Entry<'_>], made: &mut Made) -> Result<Vec<Staged>, Diagnostic> {
    files
        .iter()
        .try_for_each(|file| made.parents(&folder.join(file.path)))?;
    files.par_iter().map(|file| stage(folder, file)).collect()
}

/// A new file under its other name, and its place.
type Staged = (TempPath, PathBuf);

/// Folders that this run made.
#[derive(Default)]
struct Made {
    folders: BTreeSet<PathBuf>,
}

impl Made {
    /// Makes the folders above a file.
    fn parents(&mut self, file: &Path) -> Result<(), Diagnostic> {
        let Some(parent) = file.parent() else { return Ok(()) };
        if self.folders.contains(parent) {
            return Ok(());
        }
        let missing = parent
            .ancestors()
            .take_while(|above| !above.as_os_str().is_empty() && !above.exists());
        self.folders.extend(missing.map(Path::to_owned));
        fs::create_dir_all(parent).map_err(|error| unwritable(parent, &error.to_string()))
    }

    /// Removes them again, the inner ones first.
    fn undo(self) {
        for folder in self.folders.into_iter().rev() {
            // One that is not empty, or was never made, is not ours to remove.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Writes a file in the folder of its place, under a name of its own; it is gone again when the value is dropped.
fn stage(folder: &Path, file: &Entry<'_>) -> Result<Staged, Diagnostic> {
    let place = folder.join(file.path);
    let write = || -> io::Result<TempPath> {
        let mut staged = new_file(place.parent().unwrap_or(folder))?;
        staged.write_all(file.text.as_bytes())?;
        Ok(staged.into_temp_path())
    };
    match write() {
        Ok(staged) => Ok((staged, place)),
        Err(error) => Err(unwritable(&place, &error.to_string())),
    }
}

/// A new file with the permissions that any other new file has.
fn new_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".sdkwright-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

fn persist((staged, place): Staged) -> Result<(), Diagnostic> {
    staged
        .persist(&place)
        .map_err(|error| unwritable(&place, &error.error.to_string()))
}

/// Removes a file, and the folders that it leaves empty.
fn remove(folder: &Path, path: &str) -> Result<(), Diagnostic> {
    let full = folder.join(path);
    fs::remove_file(&full).map_err(|error| unwritable(&full, &error.to_string()))?;
    for above in full.ancestors().skip(1).take_while(|above| *above != folder) {
        if fs::remove_dir(above).is_err() {
            break;
        }
    }
    Ok(())
}
