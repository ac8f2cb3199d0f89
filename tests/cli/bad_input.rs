//! Invalid input: each error has a position and a next step, and nothing is written.

use super::common::{PETS, files, folder, run};
use super::{CONFIGURATION, GENERATE, fails};

#[test]
fn wrong_usage_is_status_2() {
    let folder = folder(&[("pets.yaml", PETS)]);
    fails(folder.path(), &["generate", "pets.yaml"], 2, &["--out"]);
    fails(folder.path(), &["genrate"], 2, &["generate"]);
    fails(
        folder.path(),
        &[&GENERATE[..], &["--check", "--dry-run"]].concat(),
        2,
        &["--dry-run"],
    );
    fails(
        folder.path(),
        &[],
        2,
        &["neither `sdkwright.yaml` nor `spec/sdkwright.yaml` exists", "help"],
    );
    fails(folder.path(), &["generate", "--check"], 2, &["no document was passed"]);
}

#[test]
fn options_that_a_command_does_not_use_are_refused() {
    let folder = folder(&[("pets.yaml", PETS)]);
    for (arguments, option) in [
        (&["schema", "--overlay", "fixes.yaml"][..], "`--overlay`"),
        (&["--config", "sdkwright.yaml", "man"][..], "`--config`"),
        (
            &["completions", "bash", "--message-format", "json"][..],
            "`--message-format`",
        ),
        (&["init", "pets.yaml", "--overlay", "fixes.yaml"][..], "`--overlay`"),
        (
            &["explain", "--spec", "pets.yaml", "--deny", "warnings"][..],
            "`--deny`",
        ),
    ] {
        fails(folder.path(), arguments, 2, &["does not use the option", option]);
    }
    let help = run(folder.path(), &["schema", "--help"]);
    assert!(
        help.stdout.contains("--markdown") && !help.stdout.contains("--overlay"),
        "{}",
        help.stdout
    );
}

#[test]
fn a_missing_document_is_an_error() {
    let folder = folder(&[]);
    fails(folder.path(), &GENERATE, 1, &["E0101", "pets.yaml", "help"]);
    fails(
        folder.path(),
        &["--config", "gone.yaml"],
        2,
        &["E0101", "gone.yaml", "help"],
    );
}

#[test]
fn invalid_yaml_is_reported_with_its_position() {
    let folder = folder(&[("pets.yaml", "openapi: 3.0.3\ninfo: { title: Pets\npaths: {}\n")]);
    fails(folder.path(), &GENERATE, 1, &["E0102", "pets.yaml:3:", "help"]);
}

#[test]
fn a_text_that_is_not_openapi_is_an_error() {
    for text in ["name: pets\nversion: 1\n", "[]\n", "just words\n", "", "{}"] {
        let folder = folder(&[("pets.yaml", text)]);
        fails(folder.path(), &GENERATE, 1, &["E0301", "pets.yaml", "help"]);
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_an_error() {
    let folder = folder(&[("pets.yaml", PETS), ("sdk", "a file")]);
    fails(folder.path(), &GENERATE, 1, &["E0702", "`sdk`", "help"]);
    let deeper = ["generate", "pets.yaml", "--out", "sdk/deeper", "--name", "pets"];
    fails(folder.path(), &deeper, 1, &["E0702", "sdk", "help"]);
}

#[test]
fn a_foreign_file_is_not_overwritten() {
    let folder = folder(&[
        ("pets.yaml", PETS),
        ("sdk/src/lib.rs", "mine"),
        ("sdk/notes.txt", "mine too"),
    ]);
    let result = fails(folder.path(), &GENERATE, 1, &["E0701", "sdk/src/lib.rs", "help"]);
    assert!(!result.stderr.contains("notes.txt"), "{}", result.stderr);
}

#[test]
fn an_unknown_configuration_key_is_reported_with_its_position() {
    let text = CONFIGURATION.replace(
        "    out: ../sdks/pets\n",
        "    out: ../sdks/pets\n    env_prefx: PETS\n",
    );
    let folder = folder(&[("spec/sdkwright.yaml", &text), ("spec/pets.yaml", PETS)]);
    let result = [
        "E0601",
        "spec/sdkwright.yaml:5:5",
        "unknown key `env_prefx`",
        "did you mean `env_prefix`?",
    ];
    fails(folder.path(), &[], 2, &result);
}

#[test]
fn a_pagination_rule_that_does_not_apply_is_reported_with_its_position() {
    for (right, wrong, what) in [
        ("input: after", "input: before", "before"),
        ("next: next", "next: later", "later"),
        ("items: pets", "items: dogs", "dogs"),
        ("[listPets]", "[listDogs]", "listDogs"),
    ] {
        let text = CONFIGURATION.replace(right, wrong);
        let folder = folder(&[("spec/sdkwright.yaml", &text), ("spec/pets.yaml", PETS)]);
        let before = files(&folder.path().join("sdks/pets"));
        let result = run(folder.path(), &[]);
        assert_eq!(result.status, 1, "{wrong}: {}{}", result.stdout, result.stderr);
        assert!(
            result.stderr.contains(what) && result.stderr.contains("spec/sdkwright.yaml:6:"),
            "{}",
            result.stderr
        );
        assert_eq!(files(&folder.path().join("sdks/pets")), before);
        // The other SDK of the configuration does not have the rule.
        assert!(folder.path().join("sdks/more-pets/src/lib.rs").exists());
    }
}

#[test]
fn a_dangling_reference_affects_only_its_node() {
    let dangling = PETS.replace("schemas/PetList' } }", "schemas/PetLst' } }");
    let folder = folder(&[("pets.yaml", &dangling)]);
    let denied = [&GENERATE[..], &["--deny", "warnings"]].concat();
    fails(
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

#[test]
fn corrections_of_unknown_parts_point_to_the_configuration() {
    let configuration = "sdks:\n  pets:\n    document: pets.yaml\n    out: pets\n    client_parameters: [api-version]\n    \
                         properties: { Pet.nam: title }\n    ignore: { variants: [Pet.none] }\n";
    let folder = folder(&[("pets.yaml", PETS), ("sdkwright.yaml", configuration)]);
    fails(
        folder.path(),
        &["generate"],
        1,
        &[
            "sdkwright.yaml:5:25",
            "`api-version`",
            "sdkwright.yaml:6:19",
            "did you mean `Pet.name`?",
            "sdkwright.yaml:7:26",
            "`Pet.none`",
        ],
    );
    let misspelled = configuration.replace("variants", "variant");
    std::fs::write(folder.path().join("sdkwright.yaml"), misspelled).expect("written");
    fails(
        folder.path(),
        &["generate"],
        2,
        &["unknown key `variant`", "sdkwright.yaml:7", "did you mean `variants`?"],
    );
}
