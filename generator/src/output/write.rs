//! Writing: first all that is new under other names, then all of it into place.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use tempfile::{NamedTempFile, TempDir, TempPath};

use super::folder::unwritable;
use super::{Changes, Entry, MANIFEST, Now};
use crate::diagnostics::Diagnostic;

/// How the names begin that last only as long as a run.
const PREFIX: &str = ".sdkwright-";

/// Brings the folder to what the changes say.
pub(super) fn write(changes: &Changes<'_>) -> Result<(), Diagnostic> {
    let changed: Vec<&Entry<'_>> = changes.files.iter().filter(|file| file.now != Now::Same).collect();
    let mut made = Made::default();
    let staged = match stage_all(&changes.folder, changed, &mut made) {
        Ok(staged) => staged,
        Err(diagnostic) => {
            made.undo();
            return Err(diagnostic);
        }
    };
    if let Some(fresh) = staged.fresh {
        fresh.persist(&changes.folder)?;
    }
    // The manifest comes last, so that a run that is cut short leaves one that still lists what is to be removed.
    let (manifest, others): (Vec<_>, Vec<_>) = staged.files.into_iter().partition(|(_, path)| path.ends_with(MANIFEST));
    others.into_iter().try_for_each(persist)?;
    for path in &changes.surplus {
        remove(&changes.folder, path)?;
    }
    manifest.into_iter().try_for_each(persist)
}

/// All that is new, under other names.
struct Staged {
    fresh: Option<Fresh>,
    files: Vec<StagedFile>,
}

/// A new file under its other name, and its place.
type StagedFile = (TempPath, PathBuf);

/// Writes all files under other names, in folders that exist afterwards.
fn stage_all(folder: &Path, changed: Vec<&Entry<'_>>, made: &mut Made) -> Result<Staged, Diagnostic> {
    let stands = |file: &&Entry<'_>| match file.path.split_once('/') {
        Some((first, _)) => fs::symlink_metadata(folder.join(first)).is_ok(),
        None => true,
    };
    let (beside, inside): (Vec<_>, Vec<_>) = changed.into_iter().partition(stands);
    made.folder(folder)?;
    let fresh = if inside.is_empty() {
        None
    } else {
        Some(Fresh::stage(folder, &inside)?)
    };
    for file in &beside {
        if let Some(parent) = folder.join(file.path).parent() {
            made.folder(parent)?;
        }
    }
    let files = beside
        .par_iter()
        .map(|file| stage(folder, file))
        .collect::<Result<_, _>>()?;
    Ok(Staged { fresh, files })
}

/// Folders of which nothing stands yet. They are made elsewhere and moved as wholes, which is far less work than moving each
/// of their files.
struct Fresh {
    /// Where they are made; gone when the value is dropped.
    scratch: TempDir,
    /// Their names.
    folders: BTreeSet<String>,
}

impl Fresh {
    /// Writes files, by their own names, in another folder than theirs.
    fn stage(folder: &Path, files: &[&Entry<'_>]) -> Result<Self, Diagnostic> {
        let failed = |path: &str| {
            let place = folder.join(path);
            move |error: io::Error| unwritable(&place, &error.to_string())
        };
        let scratch = tempfile::Builder::new()
            .prefix(PREFIX)
            .tempdir_in(folder)
            .map_err(failed(""))?;
        let parents: BTreeSet<&str> = files
            .iter()
            .filter_map(|file| Some(file.path.rsplit_once('/')?.0))
            .collect();
        for parent in parents {
            fs::create_dir_all(scratch.path().join(parent)).map_err(failed(parent))?;
        }
        files.par_iter().try_for_each(|file| {
            let mut new = fs::File::create_new(scratch.path().join(file.path)).map_err(failed(file.path))?;
            new.write_all(file.text.as_bytes()).map_err(failed(file.path))
        })?;
        let folders = files
            .iter()
            .filter_map(|file| Some(file.path.split_once('/')?.0.to_owned()))
            .collect();
        Ok(Self { scratch, folders })
    }

    /// Moves the folders to their places.
    fn persist(self, folder: &Path) -> Result<(), Diagnostic> {
        for name in &self.folders {
            let place = folder.join(name);
            fs::rename(self.scratch.path().join(name), &place)
                .map_err(|error| unwritable(&place, &error.to_string()))?;
        }
        Ok(())
    }
}

/// Folders that this run made.
#[derive(Default)]
struct Made {
    folders: BTreeSet<PathBuf>,
}

impl Made {
    /// Makes a folder and those above it.
    fn folder(&mut self, folder: &Path) -> Result<(), Diagnostic> {
        if self.folders.contains(folder) {
            return Ok(());
        }
        let missing = folder
            .ancestors()
            .take_while(|above| !above.as_os_str().is_empty() && !above.exists());
        self.folders.extend(missing.map(Path::to_owned));
        fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error.to_string()))
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
fn stage(folder: &Path, file: &Entry<'_>) -> Result<StagedFile, Diagnostic> {
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
    builder.prefix(PREFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

fn persist((staged, place): StagedFile) -> Result<(), Diagnostic> {
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
