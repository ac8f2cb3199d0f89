//! The same input produces the same bytes, regardless of the number of runs and threads and of the output folder.

use std::collections::BTreeMap;
use std::path::Path;

mod common;

/// Generates the SDK of a document in a new folder with a number of threads, and returns its files.
fn generate(document: &Path, threads: &str) -> BTreeMap<String, Vec<u8>> {
    let folder = common::folder(&[]);
    let mut command = common::program(folder.path());
    command
        .env("RAYON_NUM_THREADS", threads)
        .arg("generate")
        .arg(document)
        .args(["--out", "deep/sdk", "--name", "same"]);
    let run = common::run_with(&mut command, "");
    assert_eq!(run.status, 0, "{}", run.stderr);
    common::files(&folder.path().join("deep/sdk"))
}

#[test]
fn the_same_document_produces_the_same_bytes() {
    let documents = std::fs::read_dir(common::root().join("spec")).expect("the folder of documents");
    let documents = documents.map(|entry| entry.expect("an entry").path());
    let mut documents: Vec<_> = documents.filter(|path| !path.ends_with("sdkwright.yaml")).collect();
    documents.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    assert!(!documents.is_empty());
    for document in documents {
        let first = generate(&document, "1");
        assert!(first.len() > 10, "{} files", first.len());
        for threads in ["1", "2", "7"] {
            let again = generate(&document, threads);
            let differ: Vec<&String> = first
                .keys()
                .filter(|path| again.get(*path) != first.get(*path))
                .collect();
            assert!(
                differ.is_empty() && first.len() == again.len(),
                "{}, {threads} threads: {differ:?}",
                document.display()
            );
        }
    }
}

#[test]
fn no_file_contains_a_path_of_the_machine() {
    let folder = common::folder(&[("pets.yaml", common::PETS)]);
    let root = folder.path().to_string_lossy().into_owned();
    for (path, bytes) in generate(&folder.path().join("pets.yaml"), "2") {
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert!(!text.contains(&root), "{path} names the folder");
        assert!(!text.contains('\r'), "{path} has carriage returns");
    }
}
