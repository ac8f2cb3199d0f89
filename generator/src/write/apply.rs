//! Writes changes in two steps: all new content under temporary names first, then renames.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use tempfile::{NamedTempFile, TempDir, TempPath};

use super::folder::unwritable;
use super::{Changes, Current, Entry, MANIFEST};
use crate::diagnostics::Diagnostic;

/// The prefix of temporary files and folders.
const PREFIX: &str = ".sdkwright-";

/// Applies the changes to the folder.
pub(super) fn apply(changes: &Changes<'_>) -> Result<(), Diagnostic> {
    let changed: Vec<&Entry<'_>> = changes
        .files
        .iter()
        .filter(|file| file.current != Current::Same)
        .collect();
    let mut created = CreatedFolders::default();
    let staged = match stage_all(&changes.folder, changed, &mut created) {
        Ok(staged) => staged,
        Err(diagnostic) => {
            created.undo();
            return Err(diagnostic);
        }
    };
    if let Some(new_folders) = staged.new_folders {
        new_folders.persist(&changes.folder)?;
    }
    // The manifest is replaced last, so that after an interrupted run it still lists all files to remove.
    let (manifest, others): (Vec<_>, Vec<_>) = staged.files.into_iter().partition(|(_, path)| path.ends_with(MANIFEST));
    others.into_iter().try_for_each(persist)?;
    for path in &changes.obsolete {
        remove(&changes.folder, path)?;
    }
    manifest.into_iter().try_for_each(persist)
}

/// All new content, under temporary names.
struct Staged {
    new_folders: Option<NewFolders>,
    files: Vec<StagedFile>,
}

/// A temporary file and its target.
type StagedFile = (TempPath, PathBuf);

/// Writes all files under temporary names and creates their folders.
fn stage_all(folder: &Path, changed: Vec<&Entry<'_>>, created: &mut CreatedFolders) -> Result<Staged, Diagnostic> {
    let parent_exists = |file: &&Entry<'_>| match file.path.split_once('/') {
        Some((first, _)) => fs::symlink_metadata(folder.join(first)).is_ok(),
        None => true,
    };
    let (in_existing, in_new): (Vec<_>, Vec<_>) = changed.into_iter().partition(parent_exists);
    created.folder(folder)?;
    let new_folders = if in_new.is_empty() {
        None
    } else {
        Some(NewFolders::stage(folder, &in_new)?)
    };
    for file in &in_existing {
        if let Some(parent) = folder.join(file.path).parent() {
            created.folder(parent)?;
        }
    }
    let files = in_existing
        .par_iter()
        .map(|file| stage(folder, file))
        .collect::<Result<_, _>>()?;
    Ok(Staged { new_folders, files })
}

/// Top-level folders that do not exist yet. They are filled elsewhere and moved as a whole, which is much faster than moving
/// each file.
struct NewFolders {
    /// The temporary folder, removed on drop.
    scratch: TempDir,
    /// The names of the new folders.
    folders: BTreeSet<String>,
}

impl NewFolders {
    /// Writes files under their own names into a temporary folder.
    fn stage(folder: &Path, files: &[&Entry<'_>]) -> Result<Self, Diagnostic> {
        let failed = |path: &str| {
            let target = folder.join(path);
            move |error: io::Error| unwritable(&target, &error.to_string())
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

    /// Moves the folders to their targets.
    fn persist(self, folder: &Path) -> Result<(), Diagnostic> {
        for name in &self.folders {
            let target = folder.join(name);
            fs::rename(self.scratch.path().join(name), &target)
                .map_err(|error| unwritable(&target, &error.to_string()))?;
        }
        Ok(())
    }
}

/// Folders that this run created.
#[derive(Default)]
struct CreatedFolders {
    folders: BTreeSet<PathBuf>,
}

impl CreatedFolders {
    /// Creates a folder and its missing parents.
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

    /// Removes the created folders, innermost first.
    fn undo(self) {
        for folder in self.folders.into_iter().rev() {
            // A folder that is not empty, or that was not created, stays.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Writes a temporary file in the folder of its target. It is removed on drop.
fn stage(folder: &Path, file: &Entry<'_>) -> Result<StagedFile, Diagnostic> {
    let target = folder.join(file.path);
    let write = || -> io::Result<TempPath> {
        let mut staged = new_file(target.parent().unwrap_or(folder))?;
        staged.write_all(file.text.as_bytes())?;
        Ok(staged.into_temp_path())
    };
    match write() {
        Ok(staged) => Ok((staged, target)),
        Err(error) => Err(unwritable(&target, &error.to_string())),
    }
}

/// Creates a temporary file with the default permissions.
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

fn persist((staged, target): StagedFile) -> Result<(), Diagnostic> {
    staged
        .persist(&target)
        .map_err(|error| unwritable(&target, &error.error.to_string()))
}

/// Removes a file and the parent folders that become empty.
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
