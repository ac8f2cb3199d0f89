//! Codes of the configuration and of writing files.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::codes_of;
use super::common::{PETS, folder, run};

/// The codes that the tests of this module produce.
pub const CODES: [&str; 11] = [
    "E0414", "E0415", "E0430", "W0501", "E0601", "E0701", "E0702", "E0703", "E0704", "E0705", "W0706",
];

const GENERATE: [&str; 8] = [
    "generate",
    "pets.yaml",
    "--out",
    "sdk",
    "--name",
    "pets",
    "--message-format",
    "json",
];

/// Returns the codes that `sdkwright generate` reports.
fn generated(folder: &Path, options: &[&str]) -> Vec<String> {
    codes_of(&run(folder, &[&GENERATE, options].concat()).stderr)
}

#[test]
fn configurations() {
    let pets = PETS.replace("next:", "age: { type: string, format: duration }\n        next:");
    for (settings, code) in [
        (
            "pagination: [{ operations: [listPets], cursor: { input: missing, next: next, items: pets } }]",
            "E0414",
        ),
        ("select: { operations: [missing] }", "E0415"),
        ("polling: [{ operations: [listPets], operation: listPets }]", "E0430"),
        (
            // A duration cannot be sent as the parameter of the next request.
            "pagination: [{ operations: [listPets], cursor: { input: after, next: age, items: pets } }]",
            "W0501",
        ),
        ("version: one", "E0601"),
    ] {
        let text = format!("sdks:\n  pets:\n    document: pets.yaml\n    out: sdk\n    {settings}\n");
        let folder = folder(&[("pets.yaml", &pets), ("sdkwright.yaml", &text)]);
        let run = run(folder.path(), &["validate", "--message-format", "json"]);
        let found = codes_of(&run.stderr);
        assert!(found.iter().any(|id| id == code), "{settings}: {found:?}");
    }
}

#[test]
fn a_file_that_sdkwright_did_not_write() {
    let folder = folder(&[("pets.yaml", PETS), ("sdk/src/lib.rs", "// mine\n")]);
    assert_eq!(generated(folder.path(), &[]), ["E0701"]);
}

#[test]
fn a_file_in_place_of_the_folder() {
    let folder = folder(&[("pets.yaml", PETS), ("sdk", "a file\n")]);
    assert_eq!(generated(folder.path(), &[]), ["E0702"]);
}

#[cfg(unix)]
#[test]
fn a_link_that_leaves_the_folder() {
    let other = folder(&[("inner/a.txt", "a\n")]);
    let folder = folder(&[("pets.yaml", PETS), ("sdk/README.txt", "a\n")]);
    std::os::unix::fs::symlink(other.path(), folder.path().join("sdk/src")).expect("a link");
    // One diagnostic for each file that would be behind the link.
    let found: BTreeSet<String> = generated(folder.path(), &[]).into_iter().collect();
    assert_eq!(Vec::from_iter(found), ["E0703"]);
}

#[test]
fn an_unusable_manifest() {
    let folder = folder(&[("pets.yaml", PETS), ("sdk/sdk-manifest.json", "[]\n")]);
    assert_eq!(generated(folder.path(), &[]), ["E0704"]);
}

#[test]
fn an_edited_file() {
    let folder = folder(&[("pets.yaml", PETS)]);
    assert_eq!(generated(folder.path(), &[]), [""; 0]);
    fs::write(folder.path().join("sdk/src/lib.rs"), "// edited\n").expect("a file");
    assert_eq!(generated(folder.path(), &["--check"]), ["E0705"]);
    assert_eq!(generated(folder.path(), &[]), ["W0706"]);
}
