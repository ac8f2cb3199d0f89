//! Names that the configuration corrects, and parts that it ignores.

use super::lower_case;
use crate::config::Settings;
use crate::diagnostics::Severity;

fn settings(text: &str) -> Settings {
    serde_yaml::from_str(text).expect("settings")
}

fn dump(text: &str) -> String {
    let (api, diagnostics) = lower_case("names/corrections", &settings(text));
    assert_eq!(errors(text), Vec::<String>::new(), "{}", diagnostics.iter().count());
    api.dump()
}

/// Returns the errors, each with its help.
fn errors(text: &str) -> Vec<String> {
    let (_, diagnostics) = lower_case("names/corrections", &settings(text));
    let errors = diagnostics.iter().filter(|one| one.severity == Severity::Error);
    errors
        .map(|error| format!("{}: {}", error.message, error.help))
        .collect()
}

/// Returns the part of a dump between two texts.
fn part<'d>(dump: &'d str, from: &str, to: &str) -> &'d str {
    let rest = dump.split_once(from).unwrap_or_else(|| panic!("{dump}")).1;
    rest.split_once(to).map_or(rest, |(part, _)| part)
}

#[test]
fn ignored_parts_are_not_in_the_sdk() {
    let dump = dump(
        "ignore: { tags: [internal], schemas: [Internal], properties: [Pet.secretNote, created_ts], parameters: [dbg], variants: \
         [Pet.kind.3, Pet.shape.Square] }",
    );
    assert!(!dump.contains("operation dump"), "{dump}");
    assert!(
        !dump.contains("dbg") && !dump.contains("secretNote") && !dump.contains("created_ts"),
        "{dump}"
    );
    assert!(
        part(&dump, "struct Pet\n", "struct").contains("internal?: any"),
        "{dump}"
    );
    assert!(dump.contains("enum Pet/kind text open: 1, 2\n"), "{dump}");
    assert!(!part(&dump, "union Pet/shape", "struct").contains("Square"), "{dump}");
}

#[test]
fn a_parameter_can_be_ignored_in_one_operation() {
    let dump = dump("ignore: { operations: [dump], parameters: [listPets.dbg] }");
    assert!(
        !part(&dump, "operation listPets", "operation").contains("dbg"),
        "{dump}"
    );
    assert!(part(&dump, "operation addPet", "struct").contains("dbg"), "{dump}");
}

#[test]
fn unknown_names_are_errors_with_a_suggestion() {
    let found = errors(
        "{ properties: { Pet.petname: x }, parameters: { listPet.q: x }, variants: { Pet.knd.1: x }, ignore: { operations: [dumps], tags: \
         [intern], schemas: [Interna], properties: [nothing], parameters: [tenant], variants: [\"1\"] } }",
    );
    let expected = [
        "the document has no operation `dumps`: did you mean `dump`?",
        "the document has no schema `Interna`: did you mean `Internal`?",
        "the document has no tag `intern`: did you mean `internal`?",
        "the document has no property `Pet.petname`: did you mean `Pet.petName`?",
        "the document has no property `nothing`: fix the name, or remove it if the document no longer has the property",
        "the document has no parameter `listPet.q`: did you mean `listPets.q`?",
        "the document has no optional parameter `tenant`: fix the name, or remove it if the document no longer has \
         the optional parameter",
        "the document has no variant `Pet.knd.1`: did you mean `Pet.kind`?",
        "the document has no variant `1`: fix the name, or remove it if the document no longer has the variant",
    ];
    assert_eq!(found, expected);
}
