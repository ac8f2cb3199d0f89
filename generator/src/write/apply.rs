//! Writes changes in two steps: all new content into a temporary folder first, then renames.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::folder::unwritable;
use super::{Changes, Current, Entry, MANIFEST, PREFIX, journal};
use crate::diagnostics::Diagnostic;

/// Applies the changes to the folder, which exists.
pub(super) fn apply(changes: &Changes<'_>) -> Result<(), Diagnostic> {
    let folder = changes.folder.as_path();
    let failed = |error: io::Error| unwritable(folder, &error.to_string());
    journal::remove_leftovers(folder);
    let changed: Vec<&Entry<'_>> = changes
        .files
        .iter()
        .filter(|file| file.current != Current::Same)
        .collect();
    if !(changed.is_empty() && changes.obsolete.is_empty()) {
        let scratch = Scratch::create(folder).map_err(failed)?;
        stage(folder, &scratch.0, &changed)?;
        let files = changed.iter().map(|file| file.path);
        let files = files.chain(changes.obsolete.iter().map(String::as_str));
        journal::write(folder, &scratch.0, files).map_err(failed)?;
        // The manifest is replaced last, so that after an interrupted run it still lists all files to remove.
        let (manifest, others): (Vec<_>, Vec<_>) = changed.into_iter().partition(|file| file.path == MANIFEST);
        persist(folder, &scratch.0, &others)?;
        for path in &changes.obsolete {
            remove(folder, path)?;
        }
        persist(folder, &scratch.0, &manifest)?;
    }
    for path in &changes.interrupted {
        remove(folder, path)?;
    }
    journal::remove(folder).map_err(failed)
}

/// The temporary folder of a run, which is removed at the end. The lock of the output folder ensures that there is only one.
struct Scratch(PathBuf);

impl Scratch {
    fn create(folder: &Path) -> io::Result<Self> {
        let path = folder.join(format!("{PREFIX}scratch"));
        fs::create_dir(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Otherwise the next run removes it.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Writes files under their own paths into a temporary folder.
fn stage(folder: &Path, scratch: &Path, files: &[&Entry<'_>]) -> Result<(), Diagnostic> {
    let failed = |path: &str| {
        let target = folder.join(path);
        move |error: io::Error| unwritable(&target, &error.to_string())
    };
    let parents: BTreeSet<&str> = files
        .iter()
        .filter_map(|file| Some(file.path.rsplit_once('/')?.0))
        .collect();
    for parent in parents {
        fs::create_dir_all(scratch.join(parent)).map_err(failed(parent))?;
    }
    files.par_iter().try_for_each(|file| {
        let mut new = fs::File::create_new(scratch.join(file.path)).map_err(failed(file.path))?;
        new.write_all(file.text.as_bytes()).map_err(failed(file.path))
    })
}

/// Moves staged files to their targets. Top-level folders that do not exist yet are moved as a whole, which is much faster.
fn persist(folder: &Path, scratch: &Path, files: &[&Entry<'_>]) -> Result<(), Diagnostic> {
    let tops: BTreeSet<&str> = files
        .iter()
        .filter_map(|file| Some(file.path.split_once('/')?.0))
        .collect();
    let is_new = |top: &&str| fs::symlink_metadata(folder.join(top)).is_err();
    let new: BTreeSet<&str> = tops.into_iter().filter(is_new).collect();
    let failed = |path: &str, error: &io::Error| unwritable(&folder.join(path), &error.to_string());
    for top in &new {
        fs::rename(scratch.join(top), folder.join(top)).map_err(|error| failed(top, &error))?;
    }
    let mut parents = BTreeSet::new();
    for file in files {
        if file.path.split_once('/').is_some_and(|(top, _)| new.contains(top)) {
            continue;
        }
        if let Some((parent, _)) = file.path.rsplit_once('/')
            && parents.insert(parent)
        {
            fs::create_dir_all(folder.join(parent)).map_err(|error| failed(parent, &error))?;
        }
        fs::rename(scratch.join(file.path), folder.join(file.path)).map_err(|error| failed(file.path, &error))?;
    }
    Ok(())
}

/// Removes a file, if it exists, and the parent folders that become empty.
fn remove(folder: &Path, path: &str) -> Result<(), Diagnostic> {
    let full = folder.join(path);
    match fs::remove_file(&full) {
        Err(error) if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Err(unwritable(&full, &error.to_string()));
        }
        Ok(()) | Err(_) => {}
    }
    for above in full.ancestors().skip(1).take_while(|above| *above != folder) {
        match fs::remove_dir(above) {
            Err(error) if error.kind() != ErrorKind::NotFound => break,
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}
