//! The program: exit status, standard output, standard error, and the files that it writes.

use std::fs;
use std::path::Path;

mod adoption;
mod bad_input;
#[path = "../common/mod.rs"]
mod common;
mod doctor;
mod help;
mod import;
mod inspect;
#[cfg(feature = "net")]
mod live;
#[cfg(feature = "net")]
mod network;
mod options;
mod versions;
mod watch;

use common::{PETS, Run, files, folder, run};

const GENERATE: [&str; 6] = ["generate", "pets.yaml", "--out", "sdk", "--name", "pets"];

const CONFIGURATION: &str = "\
sdks:
  pets:
    document: pets.yaml
    out: ../sdks/pets
    pagination:
      - operations: [listPets]
        cursor: { input: after, next: next, items: pets }
  more-pets:
    document: pets.yaml
    out: ../sdks/more-pets
";

/// Checks that a run ends with a status and prints these texts on standard error, and that the folder is unchanged.
#[track_caller]
fn fails(folder: &Path, arguments: &[&str], status: i32, messages: &[&str]) -> Run {
    let before = files(folder);
    let run = run(folder, arguments);
    assert_eq!(run.status, status, "{}{}", run.stdout, run.stderr);
    for words in messages {
        assert!(run.stderr.contains(words), "`{words}` is not in\n{}", run.stderr);
    }
    assert_eq!(files(folder), before, "something was written");
    run
}

/// Returns the SHA-256 of some bytes in hexadecimal digits.
fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[test]
fn a_second_run_writes_nothing() {
    let folder = folder(&[("pets.yaml", PETS)]);
    let first = run(folder.path(), &GENERATE);
    assert_eq!((first.status, first.stderr.as_str()), (0, ""), "{}", first.stdout);
    assert!(
        first.stdout.starts_with("pets: 1 operation, 2 models, "),
        "{}",
        first.stdout
    );
    let stamp = |path: &str| {
        fs::metadata(folder.path().join(path))
            .and_then(|file| file.modified())
            .expect("a time")
    };
    let (lib, manifest) = (stamp("sdk/src/lib.rs"), stamp("sdk/sdk-manifest.json"));
    std::thread::sleep(std::time::Duration::from_millis(20));

    let second = run(folder.path(), &GENERATE);
    assert!(second.stdout.contains(" (0 written, "), "{}", second.stdout);
    assert_eq!(
        (stamp("sdk/src/lib.rs"), stamp("sdk/sdk-manifest.json")),
        (lib, manifest)
    );
}

#[test]
fn the_default_name_is_that_of_the_folder() {
    let folder = folder(&[("pets.yaml", PETS)]);
    let made = run(folder.path(), &["generate", "pets.yaml", "--out", "deep/pet-store"]);
    assert!(made.stdout.starts_with("pet-store: "), "{}{}", made.stdout, made.stderr);
    let manifest = fs::read_to_string(folder.path().join("deep/pet-store/sdk-manifest.json")).expect("a manifest");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
    assert_eq!(manifest["crate"]["lib"], "pet_store");
    assert_eq!(manifest["document"]["path"], "pets.yaml");
    fails(
        folder.path(),
        &["generate", "pets.yaml", "--out", "2 pets"],
        2,
        &["invalid crate name", "--name"],
    );
}

#[test]
fn the_manifest_has_its_documented_keys() {
    let folder = folder(&[("pets.yaml", PETS)]);
    assert_eq!(run(folder.path(), &GENERATE).status, 0);
    let made = files(&folder.path().join("sdk"));
    let manifest: serde_json::Value = serde_json::from_slice(&made["sdk-manifest.json"]).expect("JSON");
    let keys: Vec<&String> = manifest.as_object().expect("an object").keys().collect();
    let mut expected = [
        "manifest_version",
        "generator",
        "document",
        "crate",
        "files",
        "schemas",
        "operations",
        "dropped",
        "api",
    ];
    expected.sort_unstable();
    assert_eq!(keys, expected.iter().collect::<Vec<_>>());
    assert_eq!(manifest["document"]["sha256"], sha256(PETS.as_bytes()));
    let listed = manifest["files"].as_object().expect("an object");
    assert_eq!(listed.len() + 1, made.len(), "every file but the manifest");
    for (path, hash) in listed {
        assert_eq!(*hash, sha256(&made[path]), "{path}");
    }
    let operation = &manifest["operations"][0];
    assert_eq!(
        (&operation["id"], &operation["pointer"]),
        (&"listPets".into(), &"#/paths/~1pets/get".into())
    );
    assert_eq!(operation["rust"], "pets().list_pets");
    assert_eq!(operation["responses"]["200"]["rust"], "models::PetList");
}

#[test]
fn without_a_command_every_sdk_of_the_configuration_is_written() {
    for place in ["spec/sdkwright.yaml", "here/sdkwright.yaml"] {
        let document = place.replace("sdkwright", "pets");
        let folder = folder(&[(place, CONFIGURATION), (&document, PETS)]);
        let inside = if place.starts_with("spec") {
            folder.path().to_owned()
        } else {
            folder.path().join("here")
        };
        let made = run(&inside, &[]);
        assert_eq!(made.status, 0, "{}", made.stderr);
        let names: Vec<&str> = made.stdout.lines().filter_map(|line| line.split(':').next()).collect();
        assert_eq!(names, ["pets", "more-pets"]);
        assert!(folder.path().join("sdks/pets/src/lib.rs").exists());
        assert!(folder.path().join("sdks/more-pets/src/lib.rs").exists());
        assert_eq!(run(&inside, &["generate", "--check"]).status, 0);
    }
}

#[test]
fn config_selects_the_configuration() {
    let folder = folder(&[("a/other.yaml", CONFIGURATION), ("a/pets.yaml", PETS)]);
    assert_eq!(run(folder.path(), &["--config", "a/other.yaml"]).status, 0);
    assert!(folder.path().join("sdks/pets/src/lib.rs").exists());
    // With a document, the settings of the SDK with the same name are used.
    let one = [
        "generate",
        "a/pets.yaml",
        "--out",
        "x",
        "--name",
        "pets",
        "--config",
        "a/other.yaml",
    ];
    assert_eq!(run(folder.path(), &one).status, 0);
    let manifest = fs::read_to_string(folder.path().join("x/sdk-manifest.json")).expect("a manifest");
    assert!(manifest.contains(r#""pagination": "cursor""#), "{manifest}");
    let other = [
        "generate",
        "a/pets.yaml",
        "--out",
        "y",
        "--name",
        "dogs",
        "--config",
        "a/other.yaml",
    ];
    fails(folder.path(), &other, 2, &["has no SDK named `dogs`", "help"]);
}

#[test]
fn an_overlay_changes_the_document() {
    let overlay = |path: &str, id: &str| {
        format!(
            "overlay: 1.0.0\ninfo: {{ title: Changes, version: 1.0.0 }}\nactions:\n  - target: $.paths['{path}'].get\n    \
             update: {{ operationId: {id} }}\n"
        )
    };
    let folder = folder(&[
        (
            "spec/sdkwright.yaml",
            "sdks: { pets: { document: pets.yaml, out: ../sdk, overlays: [first.yaml] } }\n",
        ),
        ("spec/pets.yaml", PETS),
        ("spec/first.yaml", &overlay("/pets", "findPets")),
        ("second.yaml", &overlay("/pets", "seekPets")),
        ("lost.yaml", &overlay("/dogs", "seekDogs")),
    ]);
    let manifest = || fs::read_to_string(folder.path().join("sdk/sdk-manifest.json")).expect("a manifest");
    assert_eq!(run(folder.path(), &[]).status, 0);
    assert!(manifest().contains(r#""id": "findPets""#), "{}", manifest());
    // Overlays of the command line are applied after those of the configuration.
    assert_eq!(run(folder.path(), &["--overlay", "second.yaml"]).status, 0);
    assert!(manifest().contains(r#""id": "seekPets""#), "{}", manifest());
    let lost = run(folder.path(), &["--overlay", "lost.yaml"]);
    assert!(
        lost.stderr.contains("W0114") && lost.stderr.contains("lost.yaml:4:"),
        "{}",
        lost.stderr
    );
    fails(folder.path(), &["--overlay", "gone.yaml"], 1, &["E0101", "gone.yaml"]);
    fails(
        folder.path(),
        &["--overlay", "spec/pets.yaml"],
        1,
        &["E0113", "spec/pets.yaml:1:"],
    );
}

#[test]
fn operations_can_be_selected() {
    let more = PETS.replace(
        "components:\n",
        "  /cats:\n    get: { operationId: listCats, tags: [Cats], responses: { '204': { description: None. } } }\ncomponents:\n",
    );
    let folder = folder(&[("pets.yaml", &more)]);
    let whole = run(folder.path(), &GENERATE);
    assert!(
        whole.stdout.starts_with("pets: 2 operations, 2 models, "),
        "{}{}",
        whole.stdout,
        whole.stderr
    );
    for part in [["--tag", "Cats"], ["--operation", "listCats"], ["--path", "/cats"]] {
        let made = run(folder.path(), &[&GENERATE[..], &part].concat());
        assert!(
            made.stdout.starts_with("pets: 1 operation, 0 models, "),
            "{part:?}: {}{}",
            made.stdout,
            made.stderr
        );
    }
    fails(folder.path(), &["generate", "--tag", "Cats"], 2, &["--tag"]);
    fails(
        folder.path(),
        &[&GENERATE[..], &["--tag", "Cat"]].concat(),
        1,
        &["`Cat`", "did you mean `Cats`?"],
    );
}

#[test]
fn smoke_and_wire_tests_are_written_on_request() {
    let configuration = "sdks:\n  pets:\n    document: pets.yaml\n    out: pets\n    tests: true\n";
    let folder = folder(&[("pets.yaml", PETS), ("sdkwright.yaml", configuration)]);
    let path = folder.path();
    let written = |out: &str, file: &str| path.join(out).join(file).exists();
    assert_eq!(run(path, &["generate", "pets.yaml", "--out", "plain"]).status, 0);
    assert_eq!(
        run(path, &["generate", "pets.yaml", "--out", "smoky", "--smoke"]).status,
        0
    );
    assert_eq!(run(path, &[]).status, 0);
    for (out, smoke, tests) in [("plain", false, false), ("smoky", true, false), ("pets", false, true)] {
        assert_eq!(written(out, "examples/smoke.rs"), smoke, "{out}");
        for file in ["src/mock.rs", "src/runtime/mock.rs", "tests/wire/main.rs"] {
            assert_eq!(written(out, file), tests, "{out}: {file}");
        }
    }
}

#[test]
fn a_dry_run_lists_files_and_writes_nothing() {
    let folder = folder(&[("pets.yaml", PETS)]);
    let listed = fails(folder.path(), &[&GENERATE[..], &["--dry-run"]].concat(), 0, &[]);
    assert!(listed.stdout.contains("write src/lib.rs\n"), "{}", listed.stdout);
    assert!(listed.stdout.contains(" to write, 0 unchanged)"), "{}", listed.stdout);
}

#[test]
fn a_document_is_read_from_standard_input() {
    let folder = folder(&[]);
    let mut command = common::program(folder.path());
    let made = common::run_with(command.args(["generate", "-", "--out", "sdk", "--name", "pets"]), PETS);
    assert_eq!(made.status, 0, "{}", made.stderr);
    assert!(folder.path().join("sdk/src/lib.rs").exists());
}

#[test]
fn quiet_and_verbose_change_the_output() {
    let folder = folder(&[("pets.yaml", PETS)]);
    let loud = run(folder.path(), &[&GENERATE[..], &["-v"]].concat());
    assert!(loud.stdout.contains("wrote src/lib.rs\n"), "{}", loud.stdout);
    let quiet = run(folder.path(), &[&GENERATE[..], &["-q"]].concat());
    assert_eq!(
        (quiet.status, quiet.stdout.as_str(), quiet.stderr.as_str()),
        (0, "", "")
    );
}

#[test]
fn diagnostics_can_be_json() {
    let dangling = PETS.replace("schemas/PetList' } }", "schemas/Gone' } }");
    let folder = folder(&[("pets.yaml", &dangling)]);
    let made = run(folder.path(), &[&GENERATE[..], &["--message-format", "json"]].concat());
    assert_eq!(made.status, 0, "{}", made.stderr);
    let message: serde_json::Value = serde_json::from_str(made.stderr.lines().next().expect("a line")).expect("JSON");
    assert_eq!(
        (&message["code"], &message["severity"]),
        (&"W0203".into(), &"warning".into())
    );
    assert_eq!(message["line"], 14);
    let result: serde_json::Value = serde_json::from_str(made.stdout.trim()).expect("JSON");
    assert_eq!((&result["name"], &result["warnings"]), (&"pets".into(), &1.into()));
}

#[test]
fn files_of_the_user_are_kept_and_obsolete_files_are_removed() {
    let folder = folder(&[("pets.yaml", PETS)]);
    assert_eq!(run(folder.path(), &GENERATE).status, 0);
    fs::write(folder.path().join("sdk/docs/mine.md"), "mine").expect("a file of the user");
    let page = folder.path().join("sdk/src/api/pets/list_pets.rs");
    assert!(page.exists());
    fs::write(folder.path().join("pets.yaml"), PETS.replace("listPets", "allPets")).expect("a change");
    let made = run(folder.path(), &GENERATE);
    assert!(
        made.status == 0 && made.stdout.contains(" removed)"),
        "{}{}",
        made.stdout,
        made.stderr
    );
    assert!(!page.exists());
    assert_eq!(
        fs::read_to_string(folder.path().join("sdk/docs/mine.md")).expect("the file"),
        "mine"
    );
}
