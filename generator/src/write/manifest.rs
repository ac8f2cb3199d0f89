//! The manifest lists what was generated from which document, for other tools. Its content does not depend on time, machine or
//! folder.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::krate::{
    Manifest, ManifestCrate, ManifestDocument, ManifestDropped, ManifestOperation, ManifestSchema, Surface,
};

/// The version of the manifest's format.
pub(super) const VERSION: u32 = 1;

/// The size of the text for which memory is reserved, for each schema, operation and public item.
const BYTES_PER_ENTRY: usize = 1024;

/// The first members of the manifest, which depend on the files.
#[derive(Serialize)]
struct Head<'a> {
    manifest_version: u32,
    generator: Generator,
    document: &'a ManifestDocument,
    #[serde(rename = "crate")]
    krate: &'a ManifestCrate,
    files: &'a BTreeMap<String, String>,
}

#[derive(Serialize)]
struct Generator {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Schemas<'a> {
    schemas: &'a [ManifestSchema],
}

#[derive(Serialize)]
struct Operations<'a> {
    operations: &'a [ManifestOperation],
}

#[derive(Serialize)]
struct Tail<'a> {
    dropped: &'a [ManifestDropped],
    api: &'a Surface,
}

/// The members after the first ones, as objects in JSON. They do not depend on the files, and their text takes less memory than the
/// facts in it.
pub struct ManifestFacts([String; 3]);

impl ManifestFacts {
    /// Makes the text.
    pub fn new(facts: &Manifest) -> Self {
        let Manifest {
            schemas,
            operations,
            dropped,
            api,
            ..
        } = facts;
        let (operations, (schemas, tail)) = rayon::join(
            || object(&Operations { operations }, operations.len()),
            || {
                rayon::join(
                    || object(&Schemas { schemas }, schemas.len()),
                    || object(&Tail { dropped, api }, dropped.len() + api.len()),
                )
            },
        );
        Self([schemas, operations, tail])
    }
}

/// Returns the text of `sdk-manifest.json`; `hashes` are the hashes of the files by path.
pub fn manifest(
    document: &ManifestDocument,
    krate: &ManifestCrate,
    hashes: &BTreeMap<String, String>,
    facts: &ManifestFacts,
) -> String {
    let head = Head {
        manifest_version: VERSION,
        generator: Generator {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
        },
        document,
        krate,
        files: hashes,
    };
    let head = object(&head, hashes.len());
    let ManifestFacts([schemas, operations, tail]) = facts;
    let [head, schemas, operations, tail] = [&head, schemas, operations, tail].map(|object| members(object));
    ["{", head, ",", schemas, ",", operations, ",", tail, "\n}\n"].concat()
}

/// Returns an object as JSON; `entries` is the number of its large parts.
fn object(object: &impl Serialize, entries: usize) -> String {
    // Reserved memory that stays unused costs nothing, unlike a copy of the text whenever it grows.
    let mut text = Vec::with_capacity(BYTES_PER_ENTRY * (entries + 1));
    // Strings, numbers and string keys can always be serialized.
    let _ = serde_json::to_writer_pretty(&mut text, object);
    String::from_utf8(text).unwrap_or_default()
}

/// Returns the lines between the braces of an object.
fn members(object: &str) -> &str {
    let text = object.strip_prefix('{').unwrap_or(object);
    text.strip_suffix("\n}").unwrap_or(text)
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
