//! The manifest of the previous run.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{MANIFEST, journal, manifest, sha256};
use crate::diagnostics::{Code, Diagnostic};

/// The files of the previous run; empty if there was none.
#[derive(Default)]
pub(super) struct PreviousManifest {
    /// The generated files, with their hashes where the manifest lists them.
    pub(super) files: BTreeMap<String, Option<String>>,
    /// Files that an interrupted run may have written.
    pub(super) interrupted: BTreeSet<String>,
}

/// The part of a manifest that identifies it.
#[derive(Deserialize)]
struct ManifestHeader {
    manifest_version: u32,
    #[serde(rename = "generator")]
    _generator: IgnoredAny,
    files: BTreeMap<String, String>,
}

impl PreviousManifest {
    /// Reads the manifest of a folder.
    pub(super) fn read(folder: &Path) -> Result<Self, Diagnostic> {
        let path = folder.join(MANIFEST);
        let unusable = |why: &str| {
            let message = format!("cannot use the manifest `{}`: {why}", path.display());
            Diagnostic::new(Code::ForeignManifest, None, message)
        };
        let cannot_be_read = |error| unusable(&format!("it cannot be read ({error})"));
        let interrupted = journal::read(folder).map_err(cannot_be_read)?;
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Ok(Self {
                    files: BTreeMap::new(),
                    interrupted,
                });
            }
            Err(error) => return Err(cannot_be_read(error)),
        };
        let listing: ManifestHeader = serde_json::from_str(&text)
            .map_err(|error| unusable(&format!("it is not a manifest of sdkwright ({error})")))?;
        if listing.manifest_version != manifest::VERSION {
            let why = format!(
                "its version is {}, but this sdkwright supports version {}",
                listing.manifest_version,
                manifest::VERSION
            );
            return Err(unusable(&why));
        }
        // The manifest does not list itself.
        let own = std::iter::once((MANIFEST.to_owned(), None));
        let listed = listing.files.into_iter().map(|(path, hash)| (path, Some(hash)));
        Ok(Self {
            files: listed.chain(own).collect(),
            interrupted,
        })
    }

    /// Returns whether sdkwright wrote this file.
    pub(super) fn lists(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.interrupted.contains(path)
    }

    /// Returns whether a file has been edited since it was generated. Line endings may differ, since some checkouts change them.
    pub(super) fn is_edited(&self, path: &str, bytes: &[u8]) -> bool {
        let Some(Some(hash)) = self.files.get(path) else {
            return false;
        };
        let is_generated = |bytes: &[u8]| sha256(bytes) == *hash;
        let unix_line_endings = || String::from_utf8_lossy(bytes).replace("\r\n", "\n");
        !self.interrupted.contains(path) && !is_generated(bytes) && !is_generated(unix_line_endings().as_bytes())
    }
}
