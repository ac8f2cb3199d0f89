//! The facts about a committed SDK in its manifest.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::MANIFEST;
use crate::krate::Surface;

/// The facts that the manifest of an SDK records, for a comparison with a newer one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    /// The version of the crate.
    pub version: String,
    /// The public API.
    pub api: Surface,
    /// The hashes of the files.
    pub files: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct ManifestFile {
    #[serde(rename = "crate")]
    krate: ManifestCrate,
    api: Surface,
    files: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct ManifestCrate {
    version: String,
}

impl Recorded {
    /// Reads the text of a manifest. Returns `None` if it is invalid or was written before manifests contained the API.
    pub fn parse(text: &str) -> Option<Self> {
        let ManifestFile { krate, api, files } = serde_json::from_str(text).ok()?;
        Some(Self {
            version: krate.version,
            api,
            files,
        })
    }

    /// Reads the manifest of a folder.
    pub fn of_folder(folder: &Path) -> Option<Self> {
        Self::parse(&fs::read_to_string(folder.join(MANIFEST)).ok()?)
    }
}
