//! The manifest of the previous run.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{MANIFEST, manifest};
use crate::diagnostics::{Code, Diagnostic};

/// The files of the previous run; empty if there was none.
#[derive(Default)]
pub(super) struct PreviousManifest {
    pub(super) files: BTreeSet<String>,
}

/// The part of a manifest that identifies it.
#[derive(Deserialize)]
struct ManifestHeader {
    manifest_version: u32,
    #[serde(rename = "generator")]
    _generator: IgnoredAny,
    files: std::collections::BTreeMap<String, IgnoredAny>,
}

impl PreviousManifest {
    /// Reads the manifest of a folder.
    pub(super) fn read(folder: &Path) -> Result<Self, Diagnostic> {
        let path = folder.join(MANIFEST);
        let refused = |why: &str| {
            let message = format!("`{}` is in the way: {why}", path.display());
            Diagnostic::new(Code::ForeignManifest, None, message)
                .help("restore the committed file, or empty the folder and generate again")
        };
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Ok(Self::default());
            }
            Err(error) => return Err(refused(&format!("it cannot be read ({error})"))),
        };
        let listing: ManifestHeader = serde_json::from_str(&text)
            .map_err(|error| refused(&format!("it is not a manifest of sdkwright ({error})")))?;
        if listing.manifest_version != manifest::VERSION {
            let why = format!(
                "its version is {}, but this sdkwright supports version {}",
                listing.manifest_version,
                manifest::VERSION
            );
            return Err(refused(&why));
        }
        // The manifest does not list itself.
        let own = std::iter::once(MANIFEST.to_owned());
        Ok(Self {
            files: listing.files.into_keys().chain(own).collect(),
        })
    }

    /// Returns whether the previous run wrote this file.
    pub(super) fn lists(&self, path: &str) -> bool {
        self.files.contains(path)
    }
}
