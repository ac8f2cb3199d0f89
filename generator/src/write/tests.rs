use std::fs;
use std::path::Path;

use super::{
    CHANGELOG, Changes, Files, MANIFEST, ManifestFacts, Outcome, Purpose, Target, journal, lock, manifest, sha256,
};
use crate::diagnostics::{Code, Diagnostics};
use crate::krate::Manifest;

fn sdk(files: &[(&str, &str)]) -> Files {
    let mut all: Files = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect();
    let hashes = all.iter().map(|(path, text)| (path.clone(), sha256(text.as_bytes())));
    let empty = Manifest::default();
    let facts = ManifestFacts::new(&empty);
    let listing = manifest(&empty.document, &empty.krate, &hashes.collect(), &facts);
    all.insert(MANIFEST.to_owned(), listing);
    all
}

/// Compares all files with a folder.
fn compare(folder: &Path, files: &Files, purpose: Purpose, diagnostics: &mut Diagnostics) -> Option<Changes> {
    let target = Target::open(folder, purpose, diagnostics)?;
    let compared = files
        .iter()
        .map(|(path, text)| (path.clone(), target.compare(path, text)))
        .collect();
    target.changes(compared, diagnostics)
}

fn write(folder: &Path, files: &Files) -> Outcome {
    let mut diagnostics = Diagnostics::default();
    let changes = compare(folder, files, Purpose::Write, &mut diagnostics);
    let outcome = changes.and_then(|changes| changes.write(&mut diagnostics));
    outcome.unwrap_or_else(|| panic!("{diagnostics:#?}"))
}

/// Returns the codes and messages of a failed comparison or write, and checks that the folder is unchanged.
fn refused(folder: &Path, files: &Files) -> Vec<(Code, String)> {
    let before = tree(folder);
    let mut diagnostics = Diagnostics::default();
    let changes = compare(folder, files, Purpose::Write, &mut diagnostics);
    let outcome = changes.and_then(|changes| changes.write(&mut diagnostics));
    assert_eq!(outcome, None);
    assert_eq!(tree(folder), before, "something was written");
    diagnostics
        .iter()
        .map(|diagnostic| (diagnostic.code, diagnostic.message.clone()))
        .collect()
}

/// Lists all files below a folder with their content.
fn tree(folder: &Path) -> Vec<(String, Option<String>)> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else {
        return found;
    };
    for entry in entries {
        let path = entry.expect("an entry").path();
        found.push((path.display().to_string(), fs::read_to_string(&path).ok()));
        if path.is_dir() {
            found.extend(tree(&path));
        }
    }
    found.sort();
    found
}

#[test]
fn writes_what_is_missing_and_touches_nothing_else() {
    let root = tempfile::tempdir().expect("a folder");
    let folder = root.path().join("deep/sdk");
    let first = write(
        &folder,
        &sdk(&[("Cargo.toml", "a"), ("src/lib.rs", "b"), ("src/api/pets.rs", "c")]),
    );
    assert_eq!(
        first.written,
        ["Cargo.toml", "sdk-manifest.json", "src/api/pets.rs", "src/lib.rs"]
    );
    let stamp = |path: &str| {
        fs::metadata(folder.join(path))
            .and_then(|file| file.modified())
            .expect("a time")
    };
    let (kept, changed) = (stamp("src/lib.rs"), stamp("src/api/pets.rs"));
    std::thread::sleep(std::time::Duration::from_millis(20));

    let again = write(
        &folder,
        &sdk(&[("Cargo.toml", "a"), ("src/lib.rs", "b"), ("src/api/pets.rs", "c")]),
    );
    assert_eq!(
        again,
        Outcome {
            written: vec![],
            unchanged: 4,
            removed: vec![]
        }
    );
    let other = write(
        &folder,
        &sdk(&[("Cargo.toml", "a"), ("src/lib.rs", "b"), ("src/api/pets.rs", "new")]),
    );
    assert_eq!(other.written, ["sdk-manifest.json", "src/api/pets.rs"]);
    assert_eq!(stamp("src/lib.rs"), kept);
    assert_ne!(stamp("src/api/pets.rs"), changed);
}

#[test]
fn first_run_leaves_no_temporary_files() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("src")).expect("a folder of the user's");
    let files = sdk(&[
        ("README.md", "a"),
        ("src/a.rs", "b"),
        ("docs/deep/b.md", "c"),
        ("docs/c.md", "d"),
    ]);
    write(folder.path(), &files);
    let names = tree(folder.path()).into_iter().map(|(name, _)| {
        let name = Path::new(&name).strip_prefix(folder.path()).expect("inside");
        name.to_string_lossy().replace('\\', "/")
    });
    let all = [
        "README.md",
        "docs",
        "docs/c.md",
        "docs/deep",
        "docs/deep/b.md",
        MANIFEST,
        "src",
        "src/a.rs",
    ];
    assert_eq!(names.collect::<Vec<_>>(), all);
}

#[test]
fn removes_obsolete_files_and_empty_folders() {
    let root = tempfile::tempdir().expect("a folder");
    let folder = root.path();
    write(
        folder,
        &sdk(&[
            ("src/lib.rs", "a"),
            ("src/api/cats/list.rs", "b"),
            ("docs/cats.md", "c"),
        ]),
    );
    fs::write(folder.join("docs/mine.md"), "kept").expect("a file of the user");
    let outcome = write(folder, &sdk(&[("src/lib.rs", "a")]));
    assert_eq!(outcome.removed, ["docs/cats.md", "src/api/cats/list.rs"]);
    assert!(!folder.join("src/api").exists());
    assert_eq!(
        fs::read_to_string(folder.join("docs/mine.md")).expect("the file"),
        "kept"
    );
    // A file that the user has already removed is not an error.
    write(folder, &sdk(&[("src/lib.rs", "a"), ("gone.md", "x")]));
    fs::remove_file(folder.join("gone.md")).expect("removed");
    assert_eq!(
        write(folder, &sdk(&[("src/lib.rs", "a")])).removed,
        Vec::<String>::new()
    );
}

#[test]
fn names_every_foreign_file_and_writes_nothing() {
    let root = tempfile::tempdir().expect("a folder");
    fs::create_dir(root.path().join("README.md")).expect("a folder in the way");
    fs::write(root.path().join("Cargo.toml"), "mine").expect("a file in the way");
    let found = refused(
        root.path(),
        &sdk(&[("Cargo.toml", "a"), ("README.md", "b"), ("src/lib.rs", "c")]),
    );
    let codes: Vec<Code> = found.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, [Code::ForeignFile, Code::ForeignFile]);
    assert!(
        found[0].1.contains("Cargo.toml") && found[1].1.contains("README.md"),
        "{found:?}"
    );
}

#[test]
fn accepts_a_foreign_file_with_the_same_content() {
    let root = tempfile::tempdir().expect("a folder");
    fs::write(root.path().join("Cargo.toml"), "a").expect("a file");
    assert_eq!(write(root.path(), &sdk(&[("Cargo.toml", "a")])).unchanged, 1);
}

#[test]
fn refuses_a_foreign_manifest() {
    for (text, why) in [
        ("{}", "not a manifest"),
        ("not json", "not a manifest"),
        (r#"{"manifest_version":9,"generator":{},"files":{}}"#, "version is 9"),
    ] {
        let root = tempfile::tempdir().expect("a folder");
        fs::write(root.path().join(MANIFEST), text).expect("a manifest");
        let found = refused(root.path(), &sdk(&[("Cargo.toml", "a")]));
        assert_eq!(found[0].0, Code::ForeignManifest);
        assert!(found[0].1.contains(why), "{found:?}");
    }
}

#[test]
fn never_leaves_its_folder() {
    let root = tempfile::tempdir().expect("a folder");
    for path in ["../x", "/x", "a/../../x", "a//b", "", ".", "C:/x", "a\\b"] {
        let found = refused(root.path(), &sdk(&[(path, "a")]));
        assert_eq!(found[0].0, Code::OutsideFolder, "{path}");
    }
    // A forged manifest does not make it remove files outside.
    let inner = root.path().join("sdk");
    fs::create_dir(&inner).expect("a folder");
    fs::write(root.path().join("victim"), "mine").expect("a file");
    let forged = r#"{"manifest_version":1,"generator":{},"files":{"../victim":""}}"#;
    fs::write(inner.join(MANIFEST), forged).expect("a manifest");
    assert_eq!(refused(&inner, &sdk(&[("Cargo.toml", "a")]))[0].0, Code::OutsideFolder);
}

#[cfg(unix)]
#[test]
fn does_not_follow_links_that_leave_its_folder() {
    let root = tempfile::tempdir().expect("a folder");
    let (inner, outside) = (root.path().join("sdk"), root.path().join("outside"));
    fs::create_dir(&inner).expect("a folder");
    fs::create_dir(&outside).expect("a folder");
    std::os::unix::fs::symlink(&outside, inner.join("src")).expect("a link");
    let found = refused(&inner, &sdk(&[("src/lib.rs", "a")]));
    assert_eq!(found[0].0, Code::OutsideFolder);
    // The folder itself may be a link.
    let link = root.path().join("link");
    std::os::unix::fs::symlink(&outside, &link).expect("a link");
    assert_eq!(write(&link, &sdk(&[("src/lib.rs", "a")])).written.len(), 2);
}

#[test]
fn reports_unwritable_files() {
    let root = tempfile::tempdir().expect("a folder");
    fs::write(root.path().join("file"), "mine").expect("a file");
    for folder in ["file", "file/sdk"] {
        let found = refused(&root.path().join(folder), &sdk(&[("src/lib.rs", "a")]));
        assert_eq!(found[0].0, Code::Unwritable, "{found:?}");
        assert!(found[0].1.contains("file"), "{found:?}");
    }
}

#[cfg(unix)]
#[test]
fn files_have_default_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), &sdk(&[("Cargo.toml", "a")]));
    fs::write(root.path().join("other"), "b").expect("a file");
    let mode = |path: &str| {
        fs::metadata(root.path().join(path))
            .expect("a file")
            .permissions()
            .mode()
    };
    assert_eq!(mode("Cargo.toml"), mode("other"));
}

#[test]
fn shows_drift_as_diffs_and_names() {
    let root = tempfile::tempdir().expect("a folder");
    write(
        root.path(),
        &sdk(&[("a.rs", "one\ntwo\n"), ("b.rs", "b"), ("old.rs", "c")]),
    );
    fs::write(root.path().join("a.rs"), "one\n2\n").expect("an edit");
    fs::remove_file(root.path().join("b.rs")).expect("removed");
    let files = sdk(&[("a.rs", "one\ntwo\n"), ("b.rs", "b")]);
    let changes = compare(root.path(), &files, Purpose::Diff, &mut Diagnostics::default()).expect("changes");
    let drift = changes.drift();
    assert_eq!(
        (drift.changed.len(), &drift.missing[..], &drift.obsolete[..]),
        (2, &["b.rs".to_owned()][..], &["old.rs".to_owned()][..])
    );
    let text = drift.to_string();
    assert!(text.contains("-2\n+two\n"), "{text}");
    assert!(text.contains("missing: b.rs\nno longer generated: old.rs\n"), "{text}");
}

#[test]
fn cuts_long_drift() {
    let root = tempfile::tempdir().expect("a folder");
    let long = |word: &str| (0..200).map(|line| format!("{word} {line}\n")).collect::<String>();
    write(root.path(), &sdk(&[("a.rs", &long("old"))]));
    let files = sdk(&[("a.rs", &long("new"))]);
    let text = compare(root.path(), &files, Purpose::Diff, &mut Diagnostics::default())
        .expect("changes")
        .drift()
        .to_string();
    assert!(text.contains("more lines"), "{text}");
    assert!(text.lines().count() < 90, "{}", text.lines().count());
}

#[test]
fn files_of_an_interrupted_run_are_replaced_or_removed() {
    let root = tempfile::tempdir().expect("a folder");
    let folder = root.path();
    let old = sdk(&[("Cargo.toml", "a"), ("src/lib.rs", "a")]);
    write(folder, &old);
    // A run that was killed while it moved its files: one is new, one is in place, one is missing.
    let scratch = folder.join(".sdkwright-AbC");
    fs::create_dir_all(scratch.join("src")).expect("a folder");
    fs::write(scratch.join("src/lib.rs"), "b").expect("a file");
    let files = [
        "Cargo.toml",
        "src/models/pet.rs",
        "src/api/none.rs",
        "src/models/cat.rs",
    ];
    journal::write(folder, &scratch, files.into_iter()).expect("a journal");
    for path in ["src/models", "src/api"] {
        fs::create_dir_all(folder.join(path)).expect("a folder");
    }
    fs::write(folder.join("Cargo.toml"), "b").expect("a file");
    fs::write(folder.join("src/models/pet.rs"), "b").expect("a file");
    fs::write(folder.join("src/models/cat.rs"), "b").expect("a file");
    let new = sdk(&[("Cargo.toml", "c"), ("src/lib.rs", "c"), ("src/models/cat.rs", "c")]);
    let mut diagnostics = Diagnostics::default();
    let changes = compare(folder, &new, Purpose::Write, &mut diagnostics).expect("no file is in the way");
    changes.report_edited(&mut diagnostics);
    changes.write(&mut diagnostics).expect("written");
    assert_eq!(diagnostics.iter().count(), 0);
    let other = tempfile::tempdir().expect("a folder");
    write(other.path(), &new);
    let relative = |folder: &Path| {
        let strip = |path: String| path.trim_start_matches(&*folder.to_string_lossy()).to_owned();
        tree(folder)
            .into_iter()
            .map(|(path, text)| (strip(path), text))
            .collect::<Vec<_>>()
    };
    assert_eq!(relative(folder), relative(other.path()));
}

#[test]
fn edited_files_are_reported() {
    let root = tempfile::tempdir().expect("a folder");
    let folder = root.path();
    write(folder, &sdk(&[("a.rs", "one\n"), ("b.rs", "one\n"), ("c.rs", "one\n")]));
    fs::write(folder.join("a.rs"), "edited").expect("a file");
    // A checkout may change line endings.
    fs::write(folder.join("b.rs"), "one\r\n").expect("a file");
    fs::write(folder.join("c.rs"), "edited").expect("a file");
    let new = sdk(&[("a.rs", "two\n"), ("b.rs", "two\n")]);
    let mut diagnostics = Diagnostics::default();
    let changes = compare(folder, &new, Purpose::Write, &mut diagnostics).expect("no file is in the way");
    changes.report_edited(&mut diagnostics);
    let codes: Vec<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, [Code::EditedFile; 2]);
}

#[test]
fn the_lock_leaves_nothing_behind() {
    let root = tempfile::tempdir().expect("a folder");
    let folder = root.path().join("deep/sdk");
    drop(lock(&folder, &mut Diagnostics::default()).expect("a lock"));
    assert_eq!(tree(root.path()), []);
    // Runs wait for each other.
    let files = [sdk(&[("src/a.rs", "a")]), sdk(&[("src/b.rs", "b")])];
    std::thread::scope(|scope| {
        for round in 0..8 {
            let (folder, files) = (&folder, &files[round % 2]);
            scope.spawn(move || {
                let lock = lock(folder, &mut Diagnostics::default()).expect("a lock");
                write(folder, files);
                drop(lock);
            });
        }
    });
    let names: Vec<String> = tree(&folder.join("src")).into_iter().map(|(path, _)| path).collect();
    assert_eq!(names.len(), 1);
}

#[test]
fn an_interrupted_run_does_not_remove_the_changelog() {
    let root = tempfile::tempdir().expect("a folder");
    let folder = root.path();
    let scratch = folder.join(".sdkwright-scratch");
    fs::create_dir(&scratch).expect("a folder");
    journal::write(folder, &scratch, [CHANGELOG, "a.rs"].into_iter()).expect("a journal");
    fs::write(folder.join(CHANGELOG), "mine").expect("a file");
    fs::write(folder.join("a.rs"), "a").expect("a file");
    write(folder, &sdk(&[("b.rs", "b")]));
    assert_eq!(fs::read_to_string(folder.join(CHANGELOG)).ok().as_deref(), Some("mine"));
    assert!(!folder.join("a.rs").exists());
}
