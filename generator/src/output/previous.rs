//! What the last run wrote, by its manifest.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{MANIFEST, manifest};
use crate::diagnostics::{Code, Diagnostic};

/// The files of the last run; none where there was none.
#[derive(Default)]
pub(super) struct Previous {
    pub(super) files: BTreeSet<String>,
}

/// As much of a manifest as it takes to know that it is one.
#[derive(Deserialize)]
struct Listing {
    manifest_version: u32,
    #[serde(rename = "generator")]
    _generator: IgnoredAny,
    files: std::collections::BTreeMap<String, IgnoredAny>,
}

impl Previous {
    /// Reads the manifest in a folder.
    pub(super) fn read(folder: &Path) -> Result<Self, Diagnostic> {
        let path = folder.join(MANIFEST);
        let refused = |why: &str| {
            let message = format!("`{}` is in the way: {why}", path.display());
            Diagnostic::new(Code::ForeignManifest, None, message)
                .help("restore it as it was committed, or empty the folder and generate again")
        };
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Ok(Self::default());
            }
            Err(error) => return Err(refused(&format!("it cannot be read ({error})"))),
        };
        let listing: Listing = serde_json::from_str(&text)
            .map_err(|error| refused(&format!("it is not a manifest that sdkwright wrote ({error})")))?;
        if listing.manifest_version != manifest::VERSION {
            let why = format!(
                "it is of version {}, this is for version {}",
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

    /// Whether the last run wrote a file.
    pub(super) fn lists(&self, path: &str) -> bool {
        self.files.contains(path)
    }
}
