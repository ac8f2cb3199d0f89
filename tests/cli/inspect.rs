//! `validate` and `explain`, which write nothing.

use super::common::{PETS, folder, root, run};
use super::{CONFIGURATION, fails};

#[test]
fn validate_writes_nothing() {
    let folder = folder(&[("pets.yaml", PETS), ("broken.yaml", "openapi: [")]);
    let fine = fails(folder.path(), &["validate", "pets.yaml"], 0, &[]);
    assert!(
        fine.stdout.starts_with("pets: 1 operation, 2 models"),
        "{}",
        fine.stdout
    );
    assert!(
        fine.stdout.ends_with("\nchecked 1 document: 0 errors, 0 warnings\n"),
        "{}",
        fine.stdout
    );
    let broken = fails(folder.path(), &["validate", "broken.yaml"], 1, &["broken.yaml:"]);
    assert_eq!(broken.stdout, "checked 1 document: 1 error, 0 warnings\n");
}

#[test]
fn validate_counts_the_documents_and_warnings_of_the_configuration() {
    let dangling = PETS.replace("schemas/PetList' } }", "schemas/Gone' } }");
    let configuration = "sdks:\n  one: { document: a.yaml, out: one }\n  two: { document: b.yaml, out: two }\n";
    let folder = folder(&[
        ("sdkwright.yaml", configuration),
        ("a.yaml", &dangling),
        ("b.yaml", &dangling),
    ]);
    let checked = fails(folder.path(), &["validate"], 0, &["W0203"]);
    assert!(
        checked
            .stdout
            .ends_with("\nchecked 2 documents: 0 errors, 2 warnings\n"),
        "{}",
        checked.stdout
    );
    let denied = fails(folder.path(), &["validate", "--deny", "warnings"], 1, &[]);
    assert_eq!(denied.stdout, "checked 2 documents: 2 errors, 0 warnings\n");
    let json = fails(folder.path(), &["validate", "--message-format", "json"], 0, &[]);
    assert!(!json.stdout.contains("checked"), "{}", json.stdout);
}

#[test]
fn explain_shows_how_a_document_is_understood() {
    let folder = folder(&[("spec/sdkwright.yaml", CONFIGURATION), ("spec/pets.yaml", PETS)]);
    let all = fails(folder.path(), &["explain"], 0, &[]);
    assert!(
        all.stdout.contains("# pets\n") && all.stdout.contains("# more-pets\n"),
        "{}",
        all.stdout
    );
    for what in ["listPets", "#/paths/~1pets/get"] {
        let one = fails(folder.path(), &["explain", what, "--spec", "spec/pets.yaml"], 0, &[]);
        assert!(one.stdout.contains("operation listPets GET /pets\n"), "{}", one.stdout);
        assert!(!one.stdout.contains("struct"), "{}", one.stdout);
    }
    let early = fails(
        folder.path(),
        &["explain", "--after", "types", "--spec", "spec/pets.yaml"],
        0,
        &[],
    );
    assert!(
        early.stdout.contains("struct Pet\n") && !early.stdout.contains("operation "),
        "{}",
        early.stdout
    );
    fails(folder.path(), &["explain", "listDogs"], 2, &["`listDogs`", "help"]);
    fails(folder.path(), &["explain", "--after", "lunch"], 2, &["lunch", "types"]);
    fails(folder.path(), &["explain", "--spec", "gone.yaml"], 1, &["E0101"]);
}

#[test]
fn a_misspelled_code_suggests_the_codes_that_it_can_mean() {
    let folder = folder(&[]);
    for (text, help) in [
        ("W9999", "run `sdkwright explain --codes`"),
        ("E06O1", "did you mean `E0601`?"),
        ("E0203", "did you mean `W0203`?"),
        ("W203", "`W0203`"),
    ] {
        let unknown = format!("unknown diagnostic code `{text}`");
        fails(folder.path(), &["explain", text], 2, &[&unknown, help]);
    }
}

#[test]
fn explain_states_that_a_method_takes_a_struct() {
    let document = root().join("tests/cases/emit/required_inputs.yaml");
    let document = document.to_str().expect("a path of text");
    let folder = folder(&[]);
    let explained = |name| run(folder.path(), &["explain", name, "--spec", document]).stdout;
    let text = explained("putNote");
    assert!(
        text.contains("arguments: a struct with a field for each of 5 required inputs"),
        "{text}"
    );
    assert!(!explained("deletePhase").contains("arguments:"));
}
