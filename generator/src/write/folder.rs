//! The folder of an SDK; paths never leave it.

use std::collections::HashSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::diagnostics::{Code, Diagnostic};

/// A folder for generated files. It may not exist yet.
pub(super) struct Folder {
    path: PathBuf,
    /// Its canonical path, if it exists.
    real: Option<PathBuf>,
    /// The folders in it that are known not to be outside.
    inside: Mutex<HashSet<PathBuf>>,
}

impl Folder {
    /// Opens a folder.
    pub(super) fn open(path: &Path) -> Result<Self, Diagnostic> {
        let real = match path.canonicalize() {
            Ok(real) => Some(real),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(unwritable(path, &error.to_string())),
        };
        if real.as_ref().is_some_and(|real| !real.is_dir()) {
            return Err(unwritable(path, "it is a file"));
        }
        Ok(Self {
            path: path.to_owned(),
            real,
            inside: Mutex::default(),
        })
    }

    /// Returns the full path of a file; an error if it is outside the folder.
    pub(super) fn locate(&self, path: &str) -> Result<PathBuf, Diagnostic> {
        let plain = |step: &str| !matches!(step, "" | "." | "..") && !step.contains(['\\', ':', '\0']);
        if !path.split('/').all(plain) {
            return Err(self.outside(path));
        }
        let full = self.path.join(path);
        let Some(real) = &self.real else { return Ok(full) };
        if full.is_symlink() && !self.is_inside(&full, real) {
            return Err(self.outside(path));
        }
        let parent = full.parent().unwrap_or(&full);
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        if !inside.contains(parent) {
            if !self.is_inside(parent, real) {
                return Err(self.outside(path));
            }
            inside.insert(parent.to_owned());
        }
        Ok(full)
    }

    /// Returns whether a path stays in the folder. A symbolic link may point outside; a path that does not exist cannot.
    fn is_inside(&self, path: &Path, real: &Path) -> bool {
        path.ancestors()
            .take_while(|above| *above != self.path)
            .find_map(|above| above.canonicalize().ok())
            .is_none_or(|existing| existing.starts_with(real))
    }

    fn outside(&self, path: &str) -> Diagnostic {
        let message = format!("`{path}` is outside the folder `{}`", self.path.display());
        Diagnostic::new(Code::OutsideFolder, None, message)
            .help("remove the symbolic link or the entry in `sdk-manifest.json` that points outside the folder")
    }
}

/// Reports a folder or file that cannot be written.
pub(super) fn unwritable(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::new(
        Code::Unwritable,
        None,
        format!("cannot write `{}`: {why}", path.display()),
    )
    .help("check its permissions, or choose another folder with `out`")
}
