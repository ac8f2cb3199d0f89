//! What is refused: each with its place and the next step, and nothing written.

use super::common::{PETS, files, folder, run};
use super::{CONFIGURATION, GENERATE, refuses};

#[test]
fn wrong_usage_is_status_2() {
    let folder = folder(&[("pets.yaml", PETS)]);
    refuses(folder.path(), &["generate", "pets.yaml"], 2, &["--out"]);
    refuses(folder.path(), &["genrate"], 2, &["generate"]);
    refuses(
        folder.path(),
        &[&GENERATE[..], &["--check", "--dry-run"]].concat(),
        2,
        &["--dry-run"],
    );
    refuses(
        folder.path(),
        &[],
        2,
        &["neither `sdkwright.yaml` nor `spec/sdkwright.yaml`", "help"],
    );
    refuses(folder.path(), &["generate", "--check"], 2, &["no document is named"]);
}

#[test]
fn a_missing_document_is_told() {
    let folder = folder(&[]);
    refuses(folder.path(), &GENERATE, 1, &["E0101", "pets.yaml", "help"]);
    refuses(
        folder.path(),
        &["--config", "gone.yaml"],
        2,
        &["E0101", "gone.yaml", "help"],
    );
}

#[test]
fn a_text_that_is_no_yaml_is_told_with_its_place() {
    let folder = folder(&[("pets.yaml", "openapi: 3.0.3\ninfo: { title: Pets\npaths: {}\n")]);
    refuses(folder.path(), &GENERATE, 1, &["E0102", "pets.yaml:3:", "help"]);
}

#[test]
fn a_text_that_is_no_openapi_document_is_told() {
    for text in ["name: pets\nversion: 1\n", "[]\n", "just words\n", "", "{}"] {
        let folder = folder(&[("pets.yaml", text)]);
        refuses(folder.path(), &GENERATE, 1, &["E0301", "pets.yaml", "help"]);
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_told() {
    let folder = folder(&[("pets.yaml", PETS), ("sdk", "a file")]);
    refuses(folder.path(), &GENERATE, 1, &["E0702", "`sdk`", "help"]);
    let deeper = ["generate", "pets.yaml", "--out", "sdk/deeper", "--name", "pets"];
    refuses(folder.path(), &deeper, 1, &["E0702", "sdk", "help"]);
}

#[test]
fn a_foreign_file_in_the_way_is_told() {
    let folder = folder(&[
        ("pets.yaml", PETS),
        ("sdk/src/lib.rs", "mine"),
        ("sdk/notes.txt", "mine too"),
    ]);
    let said = refuses(folder.path(), &GENERATE, 1, &["E0701", "sdk/src/lib.rs", "help"]);
    assert!(!said.stderr.contains("notes.txt"), "{}", said.stderr);
}

#[test]
fn an_unknown_configuration_key_is_told_with_its_place() {
    let text = CONFIGURATION.replace(
        "    out: ../sdks/pets\n",
        "    out: ../sdks/pets\n    env_prefx: PETS\n",
    );
    let folder = folder(&[("spec/sdkwright.yaml", &text), ("spec/pets.yaml", PETS)]);
    let said = [
        "E0601",
        "spec/sdkwright.yaml:5:5",
        "unknown key `env_prefx`",
        "did you mean `env_prefix`?",
    ];
    refuses(folder.path(), &[], 2, &said);
}

#[test]
fn a_paging_rule_that_binds_to_nothing_is_told_with_its_place() {
    for (right, wrong, what) in [
        ("input: after", "input: before", "before"),
        ("next: next", "next: later", "later"),
        ("items: pets", "items: dogs", "dogs"),
        ("[listPets]", "[listDogs]", "listDogs"),
    ] {
        let text = CONFIGURATION.replace(right, wrong);
        let folder = folder(&[("spec/sdkwright.yaml", &text), ("spec/pets.yaml", PETS)]);
        let before = files(&folder.path().join("sdks/pets"));
        let told = run(folder.path(), &[]);
        assert_eq!(told.status, 1, "{wrong}: {}{}", told.stdout, told.stderr);
        assert!(
            told.stderr.contains(what) && told.stderr.contains("spec/sdkwright.yaml:6:"),
            "{}",
            told.stderr
        );
        assert_eq!(files(&folder.path().join("sdks/pets")), before);
        // The other SDK of the configuration has no such rule.
        assert!(folder.path().join("sdks/more-pets/src/lib.rs").exists());
    }
}

#[test]
fn a_dangling_reference_costs_that_node_only() {
    let dangling = PETS.replace("schemas/PetList' } }", "schemas/PetLst' } }");
    let folder = folder(&[("pets.yaml", &dangling)]);
    let denied = [&GENERATE[..], &["--deny", "warnings"]].concat();
    refuses(
        folder.path(),
        &denied,
        1,
        &["error[W0203]", "pets.yaml:14:", "`#/components/schemas/PetList`?"],
    );
    let made = run(folder.path(), &GENERATE);
    assert_eq!(made.status, 0, "{}", made.stderr);
    assert!(made.stderr.starts_with("warning[W0203]"), "{}", made.stderr);
    assert!(made.stdout.trim_end().ends_with(", 1 warning"), "{}", made.stdout);
}
