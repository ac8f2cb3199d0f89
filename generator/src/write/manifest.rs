//! The manifest lists what was generated from which document, for other tools. Its content does not depend on time, machine or
//! folder.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::krate::{
    Manifest, ManifestCrate, ManifestDocument, ManifestDropped, ManifestOperation, ManifestSchema, Surface,
};

/// The version of the manifest's format.
pub(super) const VERSION: u32 = 1;

/// The size of the text for which memory is reserved, for each file, schema and operation.
const BYTES_PER_ENTRY: usize = 1024;

/// The manifest: facts about the crate and the hash of each file.
#[derive(Serialize)]
struct ManifestFile<'a> {
    manifest_version: u32,
    generator: Generator,
    document: &'a ManifestDocument,
    #[serde(rename = "crate")]
    krate: &'a ManifestCrate,
    files: &'a BTreeMap<String, String>,
    schemas: &'a [ManifestSchema],
    operations: &'a [ManifestOperation],
    dropped: &'a [ManifestDropped],
    api: &'a Surface,
}

#[derive(Serialize)]
struct Generator {
    name: &'static str,
    version: &'static str,
}

/// Returns the text of `sdk-manifest.json`; `hashes` are the hashes of the files by path.
pub fn manifest(facts: &Manifest, hashes: &BTreeMap<String, String>) -> String {
    let whole = ManifestFile {
        manifest_version: VERSION,
        generator: Generator {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
        },
        document: &facts.document,
        krate: &facts.krate,
        files: hashes,
        schemas: &facts.schemas,
        operations: &facts.operations,
        dropped: &facts.dropped,
        api: &facts.api,
    };
    // Reserved memory that stays unused costs nothing, unlike a copy of the text whenever it grows.
    let mut text = Vec::with_capacity(BYTES_PER_ENTRY * (hashes.len() + facts.schemas.len() + facts.operations.len()));
    // Strings, numbers and string keys can always be serialized.
    let _ = serde_json::to_writer_pretty(&mut text, &whole);
    text.push(b'\n');
    String::from_utf8(text).unwrap_or_default()
}

/// Returns the SHA-256 of some bytes. TLS needs ring, which uses instructions of the processor for hashes and is several times as fast.
#[cfg(feature = "net")]
fn digest(bytes: &[u8]) -> impl AsRef<[u8]> {
    ring::digest::digest(&ring::digest::SHA256, bytes)
}

/// Returns the SHA-256 of some bytes.
#[cfg(not(feature = "net"))]
fn digest(bytes: &[u8]) -> impl AsRef<[u8]> {
    hmac_sha256::Hash::hash(bytes)
}

/// Returns the SHA-256 of some bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| char::from(DIGITS[usize::from(half)]);
    let digest = digest(bytes);
    digest
        .as_ref()
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}
