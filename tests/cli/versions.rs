//! `sdkwright diff`, and versions that are assigned automatically.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::common::{PETS, Run, folder, run};
use super::fails;

#[test]
fn diff_reports_the_changes_of_the_api() {
    let changed = PETS.replace(
        "name: { type: string }",
        "name: { type: string }\n        age: { type: integer }",
    );
    let breaking = changed.replace("operationId: listPets", "operationId: findPets");
    let folder = folder(&[("old.yaml", PETS), ("new.yaml", &changed), ("breaking.yaml", &breaking)]);
    let same = run(folder.path(), &["diff", "old.yaml", "old.yaml"]);
    assert_eq!(
        (same.status, same.stdout.as_str()),
        (0, "semver level: patch (0 breaking changes, 0 additions)\n"),
        "{}",
        same.stderr
    );
    let minor = run(folder.path(), &["diff", "old.yaml", "new.yaml"]);
    assert!(
        minor.stdout.contains("minor  models::Pet: the field `age` is added\n"),
        "{}",
        minor.stdout
    );
    assert!(
        minor.stdout.contains("semver level: minor (0 breaking changes, "),
        "{}",
        minor.stdout
    );
    let major = run(
        folder.path(),
        &["diff", "old.yaml", "breaking.yaml", "--format", "markdown"],
    );
    let removed = "### Breaking changes\n\n- `client.pets().list_pets`: the method is removed\n";
    assert!(
        major.stdout.starts_with(removed) && major.stdout.contains("### Additions\n\n"),
        "{}",
        major.stdout
    );
    let json = run(
        folder.path(),
        &["diff", "old.yaml", "breaking.yaml", "--format", "json"],
    );
    let json: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(
        (&json["semver_level"], &json["changes"][0]["level"]),
        (&"major".into(), &"major".into())
    );
    fails(
        folder.path(),
        &["diff", "old.yaml", "gone.yaml"],
        1,
        &["E0101", "gone.yaml"],
    );
    fails(
        folder.path(),
        &["diff", "HEAD:old.yaml", "old.yaml"],
        1,
        &["cannot read `HEAD:./old.yaml` from git"],
    );
}

const AUTO: &str = "sdks: { pets: { document: pets.yaml, out: sdk, version: auto } }\n";

/// Runs the program and checks that it succeeds.
#[track_caller]
fn succeeds(folder: &Path, arguments: &[&str]) -> Run {
    let run = run(folder, arguments);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    run
}

fn with_age() -> String {
    PETS.replace(
        "name: { type: string }",
        "name: { type: string }\n        age: { type: integer }",
    )
}

#[test]
fn each_change_increments_an_automatic_version_and_extends_the_changelog() {
    let folder = folder(&[("sdkwright.yaml", AUTO), ("pets.yaml", PETS)]);
    let folder = folder.path();
    let changelog = folder.join("sdk/CHANGELOG.md");
    let package = || fs::read_to_string(folder.join("sdk/Cargo.toml")).expect("a file");
    succeeds(folder, &[]);
    assert!(package().contains("version = \"0.1.0\"\n"), "{}", package());
    assert!(package().contains("\"/CHANGELOG.md\""), "{}", package());

    fs::write(folder.join("pets.yaml"), PETS.replace("Some pets.", "All pets.")).expect("written");
    let patch = succeeds(folder, &[]);
    let line = "pets: the public API is unchanged; version 0.1.0 -> 0.1.1\n";
    assert!(patch.stdout.ends_with(line), "{}", patch.stdout);

    fs::write(folder.join("pets.yaml"), with_age()).expect("written");
    let minor = succeeds(folder, &["--verbose"]);
    assert!(
        minor.stdout.contains("minor  models::Pet: the field `age` is added\n"),
        "{}",
        minor.stdout
    );
    let edited = fs::read_to_string(&changelog)
        .expect("a file")
        .replace("## 0.1.2\n\n", "## 0.1.2\n\nPets have an age.\n\n");
    fs::write(&changelog, &edited).expect("written");
    succeeds(folder, &["generate", "--check"]);
    succeeds(folder, &[]);
    assert_eq!(
        fs::read_to_string(&changelog).expect("a file"),
        edited,
        "an edit is kept"
    );

    let breaking = with_age().replace("operationId: listPets", "operationId: findPets");
    fs::write(folder.join("pets.yaml"), breaking).expect("written");
    assert_eq!(run(folder, &["generate", "--check"]).status, 3);
    let major = succeeds(folder, &[]);
    let line = "pets: semver level major (1 breaking change, 1 addition); version 0.1.2 -> 0.2.0\n";
    assert!(major.stdout.ends_with(line), "{}", major.stdout);
    assert!(package().contains("version = \"0.2.0\"\n"), "{}", package());
    let text = fs::read_to_string(&changelog).expect("a file");
    assert!(text.starts_with("# Changelog\n\n"), "{text}");
    let sections: Vec<&str> = text.lines().filter(|line| line.starts_with("## ")).collect();
    assert_eq!(sections, ["## 0.2.0", "## 0.1.2", "## 0.1.1", "## 0.1.0"]);
    let removed = "### Breaking changes\n\n- `client.pets().list_pets`: the method is removed\n\n### Additions\n";
    assert!(text.contains(removed) && text.contains("Pets have an age.\n"), "{text}");
}

#[test]
fn a_changelog_of_the_user_is_extended_and_not_removed() {
    let own = "# History\n\nOur client.\n";
    let folder = folder(&[("sdkwright.yaml", AUTO), ("pets.yaml", PETS), ("sdk/CHANGELOG.md", own)]);
    let changelog = || fs::read_to_string(folder.path().join("sdk/CHANGELOG.md")).expect("a file");
    succeeds(folder.path(), &[]);
    let expected = format!("{own}\n## 0.1.0\n\nGenerated from version 1.0.0 of the API.\n");
    assert_eq!(changelog(), expected);
    let fixed = AUTO.replace("version: auto", "version: 1.0.0");
    fs::write(folder.path().join("sdkwright.yaml"), fixed).expect("written");
    succeeds(folder.path(), &[]);
    assert_eq!(changelog(), expected);
}

#[test]
fn generate_reports_the_level_of_its_changes() {
    let folder = folder(&[("pets.yaml", PETS)]);
    let arguments = ["generate", "pets.yaml", "--out", "sdk"];
    let first = succeeds(folder.path(), &arguments);
    assert!(!first.stdout.contains("semver"), "{}", first.stdout);
    fs::write(folder.path().join("pets.yaml"), with_age()).expect("written");
    let level = "sdk: semver level minor (0 breaking changes, 2 additions)\n";
    let check = run(folder.path(), &[&arguments[..], &["--check"]].concat());
    assert!(check.status == 3 && check.stdout.ends_with(level), "{}", check.stdout);
    let json = succeeds(folder.path(), &[&arguments[..], &["--message-format", "json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(json["semver_level"], "minor");
    assert_eq!(json["changes"][0]["item"], "models::Pet");
}

#[test]
fn diff_compares_committed_sdks_with_their_documents() {
    let folder = folder(&[("sdkwright.yaml", AUTO), ("pets.yaml", PETS)]);
    let folder = folder.path();
    fails(folder, &["diff"], 2, &["`pets` has no committed SDK to compare with"]);
    succeeds(folder, &[]);
    let same = succeeds(folder, &["diff", "pets"]);
    let expected = "# pets\nsemver level: patch (0 breaking changes, 0 additions)\n";
    assert_eq!(same.stdout, expected);
    fs::write(folder.join("pets.yaml"), with_age()).expect("written");
    let markdown = "## pets\n\n### Additions\n\n- `models::Pet`: the field `age` is added\n";
    let committed = succeeds(folder, &["diff", "--format", "markdown"]);
    assert!(committed.stdout.starts_with(markdown), "{}", committed.stdout);
    let json = succeeds(folder, &["diff", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(
        (&json[0]["name"], &json[0]["semver_level"]),
        (&"pets".into(), &"minor".into())
    );
    let folders = succeeds(folder, &["diff", "sdk", "pets.yaml", "--format", "markdown"]);
    assert!(folders.stdout.starts_with("### Additions\n"), "{}", folders.stdout);
    fails(
        folder,
        &["diff", "pet"],
        2,
        &["no SDK is named `pet`", "did you mean `pets`?"],
    );
    fs::write(folder.join("sdk/sdk-manifest.json"), "{}").expect("written");
    fails(
        folder,
        &["diff", "sdk", "pets.yaml"],
        2,
        &["cannot use `sdk` as a manifest"],
    );
}

#[test]
fn diff_reads_documents_with_their_references_from_git_revisions() {
    let document = PETS.replace("'#/components/schemas/PetList'", "'schemas.yaml#/PetList'");
    let schemas = "PetList: { type: object, properties: { pets: { type: array, items: { type: string } } } }\n";
    let folder = folder(&[("api/pets.yaml", &document), ("api/schemas.yaml", schemas)]);
    let folder = folder.path();
    let git = |arguments: &[&str]| {
        let author = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
        let mut command = Command::new("git");
        command.current_dir(folder).args(author).args(arguments);
        assert!(command.output().expect("git").status.success(), "{arguments:?}");
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "First"]);
    fs::write(
        folder.join("api/schemas.yaml"),
        schemas.replace("{ pets:", "{ total: { type: integer }, pets:"),
    )
    .expect("written");
    let diff = succeeds(folder, &["diff", "HEAD:api/pets.yaml", "api/pets.yaml"]);
    assert!(diff.stdout.contains("the field `total` is added\n"), "{}", diff.stdout);
    let gone = ["diff", "HEAD~7:api/pets.yaml", "api/pets.yaml"];
    fails(
        folder,
        &gone,
        1,
        &["E0101", "cannot read `HEAD~7:./api/pets.yaml` from git"],
    );
}
