//! The manifest: what was made from what, for tools. A contract, so nothing in it depends on time, machine or folder.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::Files;
use crate::krate::{Manifest, ManifestCrate, ManifestDocument, ManifestDropped, ManifestOperation, ManifestSchema};

/// The version of the manifest's layout.
pub(super) const VERSION: u32 = 1;

/// The whole file: the facts of the crate, and the hash of each of its files.
#[derive(Serialize)]
struct Whole<'a> {
    manifest_version: u32,
    generator: Generator,
    document: &'a ManifestDocument,
    #[serde(rename = "crate")]
    krate: &'a ManifestCrate,
    files: BTreeMap<&'a str, String>,
    schemas: &'a [ManifestSchema],
    operations: &'a [ManifestOperation],
    dropped: &'a [ManifestDropped],
}

#[derive(Serialize)]
struct Generator {
    name: &'static str,
    version: &'static str,
}

/// The text of `sdk-manifest.json` for a crate with these files.
pub fn manifest(facts: &Manifest, files: &Files) -> String {
    let whole = Whole {
        manifest_version: VERSION,
        generator: Generator {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
        },
        document: &facts.document,
        krate: &facts.krate,
        files: files
            .iter()
            .map(|(path, text)| (path.as_str(), sha256(text.as_bytes())))
            .collect(),
        schemas: &facts.schemas,
        operations: &facts.operations,
        dropped: &facts.dropped,
    };
    // Strings, numbers and string keys: nothing here that JSON cannot hold.
    let mut text = serde_json::to_string_pretty(&whole).unwrap_or_default();
    text.push('\n');
    text
}

/// The SHA-256 of some bytes, in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
