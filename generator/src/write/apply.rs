//! Moves staged files into place.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::folder::unwritable;
use super::{Changes, MANIFEST, journal};
use crate::diagnostics::Diagnostic;

/// Applies the changes to the folder. Nothing is staged if they were only compared.
pub(super) fn apply(changes: &Changes) -> Result<(), Diagnostic> {
    let Some(stage) = &changes.stage else { return Ok(()) };
    let (folder, scratch) = (changes.folder.as_path(), stage.finish()?);
    let failed = |error: io::Error| unwritable(folder, &error.to_string());
    let changed: Vec<&str> = changes.changed().collect();
    if !(changed.is_empty() && changes.obsolete.is_empty()) {
        let files = changed.iter().copied();
        let files = files.chain(changes.obsolete.iter().map(String::as_str));
        journal::write(folder, scratch, files).map_err(failed)?;
        // The manifest is replaced last, so that after an interrupted run it still lists all files to remove.
        let (manifest, others): (Vec<_>, Vec<_>) = changed.into_iter().partition(|path| *path == MANIFEST);
        persist(folder, scratch, &others)?;
        for path in &changes.obsolete {
            remove(folder, path)?;
        }
        persist(folder, scratch, &manifest)?;
    }
    for path in &changes.interrupted {
        remove(folder, path)?;
    }
    journal::remove(folder).map_err(failed)
}

/// Moves staged files to their targets. Top-level folders that do not exist yet are moved as a whole, which is much faster.
fn persist(folder: &Path, scratch: &Path, files: &[&str]) -> Result<(), Diagnostic> {
    let tops: BTreeSet<&str> = files.iter().filter_map(|path| Some(path.split_once('/')?.0)).collect();
    let is_new = |top: &&str| fs::symlink_metadata(folder.join(top)).is_err();
    let new: BTreeSet<&str> = tops.into_iter().filter(is_new).collect();
    let failed = |path: &str, error: &io::Error| unwritable(&folder.join(path), &error.to_string());
    for top in &new {
        fs::rename(scratch.join(top), folder.join(top)).map_err(|error| failed(top, &error))?;
    }
    let mut parents = BTreeSet::new();
    for path in files {
        if path.split_once('/').is_some_and(|(top, _)| new.contains(top)) {
            continue;
        }
        if let Some((parent, _)) = path.rsplit_once('/')
            && parents.insert(parent)
        {
            fs::create_dir_all(folder.join(parent)).map_err(|error| failed(parent, &error))?;
        }
        fs::rename(scratch.join(path), folder.join(path)).map_err(|error| failed(path, &error))?;
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
