//! Loaders of the files that a document refers to.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::load::reason;

/// A source of files. It lets a bundle work without a file system.
pub trait Loader {
    /// Returns the bytes of a file, or the reason why it is unavailable. The path is relative to where the document's path is.
    fn load(&self, path: &str) -> Result<Vec<u8>, String>;

    /// Returns whether http and https URLs can be loaded.
    fn reaches_network(&self) -> bool {
        false
    }
}

/// The largest file that is loaded, in bytes.
const MAX_BYTES: u64 = 256 << 20;

/// Files on disk. Only regular files are read, and by default only those in the folder of the document.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    /// The folder that files must be in; `None` if any folder is allowed.
    folder: Option<PathBuf>,
}

impl Disk {
    /// Creates a loader for the files in the folder of a document, or in any folder.
    pub fn new(document: &Path, allow_outside: bool) -> Self {
        let folder = match document.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            Some(_) | None => Path::new("."),
        };
        // A folder that cannot be resolved contains nothing.
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        Self {
            folder: (!allow_outside).then_some(folder),
        }
    }
}

impl Loader for Disk {
    fn load(&self, path: &str) -> Result<Vec<u8>, String> {
        let describe = |error: io::Error| reason(&error);
        let real = Path::new(path).canonicalize().map_err(describe)?;
        if self.folder.as_ref().is_some_and(|folder| !real.starts_with(folder)) {
            return Err(OUTSIDE.to_owned());
        }
        // Opening a named pipe would wait for its writer, so the type is checked before.
        if !real.metadata().map_err(describe)?.is_file() {
            return Err("it is not a regular file".to_owned());
        }
        let mut bytes = Vec::new();
        let file = File::open(&real).map_err(describe)?;
        file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(describe)?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(format!("it is larger than {} MiB", MAX_BYTES >> 20));
        }
        Ok(bytes)
    }
}

/// The reason for not loading a file outside the document's folder.
pub(super) const OUTSIDE: &str = "it is outside the folder of the document";

/// No files: the document was passed as text.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFiles;

impl Loader for NoFiles {
    fn load(&self, _: &str) -> Result<Vec<u8>, String> {
        Err("the document was passed as text, so other files are not available".to_owned())
    }
}

impl<S: std::hash::BuildHasher> Loader for std::collections::HashMap<String, String, S> {
    fn load(&self, path: &str) -> Result<Vec<u8>, String> {
        self.get(path)
            .map(|text| text.clone().into_bytes())
            .ok_or_else(|| "the file does not exist".to_owned())
    }
}
