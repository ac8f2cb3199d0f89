//! The folder of an SDK, as the only part of the disk that is ours.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::diagnostics::{Code, Diagnostic};

/// A folder that files may be located in. It need not exist yet.
pub(super) struct Folder {
    path: PathBuf,
    /// Where it really is, once it exists.
    real: Option<PathBuf>,
}

impl Folder {
    /// Looks at the folder.
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
        })
    }

    /// The full path of a file in the folder; an error where it would not be in there.
    pub(super) fn locate(&self, path: &str) -> Result<PathBuf, Diagnostic> {
        let plain = |step: &str| !matches!(step, "" | "." | "..") && !step.contains(['\\', ':', '\0']);
        if !path.split('/').all(plain) {
            return Err(self.leaves(path));
        }
        let full = self.path.join(path);
        let Some(real) = &self.real else { return Ok(full) };
        // A symbolic link on the way may lead out; what does not exist yet leads nowhere.
        let existing = full
            .ancestors()
            .take_while(|above| *above != self.path)
            .find_map(|above| above.canonicalize().ok());
        if existing.is_some_and(|existing| !existing.starts_with(real)) {
            return Err(self.leaves(path));
        }
        Ok(full)
    }

    fn leaves(&self, path: &str) -> Diagnostic {
        let message = format!("`{path}` would not be inside `{}`", self.path.display());
        Diagnostic::new(Code::OutsideFolder, None, message)
            .help("remove the symbolic link, or the entry in `sdk-manifest.json`, that leads out of the folder")
    }
}

/// Says that a folder or file cannot be written.
pub(super) fn unwritable(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::new(
        Code::Unwritable,
        None,
        format!("cannot write `{}`: {why}", path.display()),
    )
    .help("see to its permissions, or write the SDK into another folder with `out`")
}
