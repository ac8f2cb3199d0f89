//! The folder of an SDK; paths never leave it.

use std::collections::HashMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::diagnostics::{Code, Diagnostic};

/// A folder for generated files. It may not exist yet.
pub(super) struct Folder {
    path: PathBuf,
    /// Its canonical path, if it exists.
    real: Option<PathBuf>,
    /// The folders in it that are known not to be outside, and whether they exist.
    inside: Mutex<HashMap<String, bool>>,
}

/// The location of a file in a folder.
pub(super) struct Location {
    /// The full path.
    pub(super) path: PathBuf,
    /// Whether the file may exist: its parent folder exists.
    pub(super) may_exist: bool,
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

    /// Returns the location of a file; an error if it is outside the folder.
    pub(super) fn locate(&self, path: &str) -> Result<Location, Diagnostic> {
        let plain = |step: &str| !matches!(step, "" | "." | "..") && !step.contains(['\\', ':', '\0']);
        if !path.split('/').all(plain) {
            return Err(self.outside(path));
        }
        let full = self.path.join(path);
        let Some(real) = &self.real else {
            return Ok(Location {
                path: full,
                may_exist: false,
            });
        };
        let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
        let parent_exists = self.parent_exists(parent, real).ok_or_else(|| self.outside(path))?;
        if parent_exists && full.is_symlink() && !self.is_inside(&full, real) {
            return Err(self.outside(path));
        }
        Ok(Location {
            path: full,
            may_exist: parent_exists,
        })
    }

    /// Returns whether a parent folder exists; `None` if it is outside.
    fn parent_exists(&self, parent: &str, real: &Path) -> Option<bool> {
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(exists) = inside.get(parent) {
            return Some(*exists);
        }
        let full = self.path.join(parent);
        if !self.is_inside(&full, real) {
            return None;
        }
        let metadata = fs::symlink_metadata(&full);
        let exists = metadata.map_or_else(|error| error.kind() != ErrorKind::NotFound, |_| true);
        inside.insert(parent.to_owned(), exists);
        Some(exists)
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::Folder;

    #[test]
    fn only_files_in_existing_folders_may_exist() {
        let root = tempfile::tempdir().expect("a folder");
        fs::create_dir(root.path().join("src")).expect("a folder");
        fs::write(root.path().join("tests"), "").expect("a file");
        let may_exist = |folder: &str, path: &str| {
            let folder = Folder::open(&root.path().join(folder)).expect("a folder");
            let found = [path, path].map(|path| folder.locate(path).expect("inside").may_exist);
            assert_eq!(found[0], found[1], "the result is the same the second time");
            found[0]
        };
        for (path, expected) in [
            ("README.md", true),
            ("src/lib.rs", true),
            ("src/models/pet.rs", false),
            ("docs/pets.md", false),
            // The file in the way is found when the file is read.
            ("tests/wire/pets.rs", true),
        ] {
            assert_eq!(may_exist("", path), expected, "{path}");
        }
        assert!(!may_exist("sdk", "README.md"));
    }
}
