//! The changes of small documents.

use super::{Change, Level, diff, semver_level};
use crate::session::{Input, Job, planned};

const OLD: &str = "\
openapi: 3.0.3
info: { title: Pets, version: 1.0.0 }
servers: [{ url: https://pets.example.com }]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [Pets]
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
      responses: { '200': { description: Pets, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } } } }
    post:
      operationId: addPet
      tags: [Pets]
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
      responses: { '204': { description: Added } }
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: { type: string }
        kind: { type: string, enum: [cat, dog] }
";

/// Returns the changes from one text of the document to another.
fn changes(from: &str, to: &str) -> Vec<Change> {
    let new = OLD.replace(from, to);
    assert_ne!(new, OLD, "`{from}` is not in the document");
    let planned = |text: &str| {
        planned(&Job::new("pets", Input::from_text("pets.yaml", text), ""))
            .1
            .expect("a crate")
    };
    diff(&planned(OLD).manifest.api, &planned(&new).manifest.api)
}

#[track_caller]
fn check(from: &str, to: &str, level: Level, item: &str, message: &str) {
    let changes = changes(from, to);
    assert_eq!(semver_level(&changes), level, "{changes:#?}");
    let found = changes
        .iter()
        .any(|change| change.level == level && change.item == item && change.message.contains(message));
    assert!(found, "{changes:#?}");
}

#[test]
fn a_changed_description_is_not_a_change_of_the_api() {
    assert_eq!(changes("description: Added", "description: The pet is added"), []);
    assert_eq!(semver_level(&[]), Level::Patch);
}

#[test]
fn additions_are_minor() {
    let field = "name: { type: string }\n        age: { type: integer }";
    check(
        "name: { type: string }",
        field,
        Level::Minor,
        "models::Pet",
        "the field `age` is added",
    );
    check(
        "[cat, dog]",
        "[cat, dog, bird]",
        Level::Minor,
        "models::PetKind",
        "the variant `Bird` is added",
    );
    let parameter = "schema: { type: integer } }\n        - { name: tag, in: query, schema: { type: string } }";
    check(
        "schema: { type: integer } }",
        parameter,
        Level::Minor,
        "client.pets().list_pets",
        "the setter `tag` is added",
    );
    let path = "  /cats: { get: { operationId: listCats, tags: [Pets], responses: { '204': { description: None } } } }\ncomponents:";
    check(
        "components:",
        path,
        Level::Minor,
        "client.pets().list_cats",
        "the method is added",
    );
}

#[test]
fn removals_and_changes_of_types_are_major() {
    check(
        "        kind: { type: string, enum: [cat, dog] }\n",
        "",
        Level::Major,
        "models::Pet",
        "the field `kind` is removed",
    );
    check(
        "[cat, dog]",
        "[cat]",
        Level::Major,
        "models::PetKind",
        "the variant `Dog` is removed",
    );
    check(
        "name: { type: string }",
        "name: { type: integer }",
        Level::Major,
        "models::Pet",
        "the field `name` changes",
    );
    check(
        "required: [name]",
        "required: [name, kind]",
        Level::Major,
        "models::Pet",
        "the constructor `new` changes",
    );
    check(
        "operationId: listPets",
        "operationId: findPets",
        Level::Major,
        "client.pets().list_pets",
        "the method is removed",
    );
    let required = "{ name: limit, in: query, required: true, schema";
    check(
        "{ name: limit, in: query, schema",
        required,
        Level::Major,
        "client.pets().list_pets",
        "the setter `limit` is removed",
    );
    check(
        "'204': { description: Added }",
        "'200': { description: Added, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }",
        Level::Major,
        "client.pets().add_pet",
        "the return type changes",
    );
}

#[test]
fn a_constructor_without_arguments_is_described() {
    check(
        "      required: [name]\n",
        "",
        Level::Major,
        "models::Pet",
        "the constructor `new` changes from `name: impl Into<String>` to no arguments",
    );
}

/// The properties of a struct, all required.
fn required(names: &str) -> String {
    let properties: Vec<String> = names
        .chars()
        .map(|name| format!("{name}: {{ type: boolean }}"))
        .collect();
    let names: Vec<String> = names.chars().map(String::from).collect();
    format!(
        "required: [{}], properties: {{ {} }}",
        names.join(", "),
        properties.join(", ")
    )
}

/// Returns the changes from a struct with some required properties to one with others, each with a name of one letter.
fn required_changes(old: &str, new: &str) -> Vec<String> {
    let api = |names: &str| {
        let pet = format!("Pet: {{ type: object, {} }}\n    Unused:", required(names));
        let text = OLD.replace("Pet:\n", &format!("{pet}\n"));
        let (_, krate) = planned(&Job::new("pets", Input::from_text("pets.yaml", text), ""));
        krate.expect("a crate").manifest.api
    };
    let changes = diff(&api(old), &api(new));
    changes
        .iter()
        .map(|change| format!("{}: {}: {}", change.level.name(), change.item, change.message))
        .collect()
}

#[test]
fn a_fifth_required_field_changes_the_constructor() {
    let arguments = "`a: bool, b: bool, c: bool, d: bool`";
    assert_eq!(
        required_changes("abcd", "abcde"),
        [
            format!("major: models::Pet: the constructor `new` changes from {arguments} to `models::PetRequired`"),
            "minor: models::Pet: the field `e` is added".to_owned(),
            "minor: models::PetRequired: the struct of required fields is added".to_owned(),
        ]
    );
    assert_eq!(
        required_changes("abcde", "abcd"),
        [
            "major: models::Pet: the constructor `new` changes from `models::PetRequired` to \
             `a: bool, b: bool, c: bool, d: bool`",
            "major: models::Pet: the field `e` is removed",
            "major: models::PetRequired: the struct of required fields is removed",
        ]
    );
}

#[test]
fn a_new_field_of_a_struct_of_required_fields_is_major_and_their_order_does_not_matter() {
    assert_eq!(
        required_changes("abcde", "abcdef"),
        [
            "major: models::PetRequired: the field `f` is added",
            "minor: models::Pet: the field `f` is added",
        ]
    );
    assert_eq!(required_changes("abcde", "edcba"), [""; 0]);
}

#[test]
fn a_deprecation_is_a_minor_change() {
    check(
        "operationId: listPets",
        "operationId: listPets\n      deprecated: true",
        Level::Minor,
        "client.pets().list_pets",
        "the method is deprecated",
    );
    check(
        "name: limit, in: query,",
        "name: limit, in: query, deprecated: true,",
        Level::Minor,
        "client.pets().list_pets",
        "`limit` is deprecated",
    );
}

/// Returns the changes from one list of components to another, as texts.
fn component_changes(old: &str, new: &str) -> Vec<String> {
    let planned = |components: &str| {
        let text = OLD.replace("    Pet:\n", &format!("{components}    Pet:\n"));
        let text = text.replace(
            "        kind:",
            "        card: { $ref: '#/components/schemas/UsedCard' }\n        bank: { $ref: '#/components/schemas/UsedBank' }\n        kind:",
        );
        planned(&Job::new("pets", Input::from_text("pets.yaml", text), ""))
            .1
            .expect("a crate")
    };
    let changes = diff(&planned(old).manifest.api, &planned(new).manifest.api);
    let text = |change: &Change| format!("{}: {}: {}", change.level.name(), change.item, change.message);
    changes.iter().map(text).collect()
}

const CARD: &str = "    UsedCard: { type: object, properties: { id: { type: string } } }\n";
const BANK: &str = "    UsedBank: { type: object, properties: { id: { type: string } } }\n";
const OTHER_BANK: &str =
    "    UsedBank: { type: object, properties: { id: { type: string }, city: { type: string } } }\n";

#[test]
fn schemas_that_become_equal_or_different_are_a_major_change() {
    let (one, two) = (&format!("{CARD}{BANK}"), &format!("{CARD}{OTHER_BANK}"));
    assert_eq!(
        component_changes(two, one),
        [
            "major: models::UsedBank: the field `city` is removed",
            "major: models::UsedBank: the method `with_city` is removed",
            "major: models::UsedCard: the type becomes the same type as `UsedBank`",
        ]
    );
    assert_eq!(
        component_changes(one, two),
        [
            "major: models::UsedCard: the type is not the same type any more as `UsedBank`",
            "minor: models::UsedBank: the field `city` is added",
            "minor: models::UsedBank: the method `with_city` is added",
        ]
    );
}

#[test]
fn another_name_of_a_type_may_become_its_definition() {
    let two = &format!("{CARD}{BANK}");
    let swapped = &format!("{BANK}{CARD}");
    assert_eq!(component_changes(two, swapped), [""; 0]);
    let shorter = &format!(
        "{two}    Id: {{ type: object, properties: {{ id: {{ type: string }} }} }}\n    Used: {{ $ref: '#/components/schemas/Id' }}\n"
    );
    let unused: Vec<String> = component_changes(two, shorter);
    assert_eq!(unused, [""; 0], "unused schemas have no types");
}
