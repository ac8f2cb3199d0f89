//! Documented and generated examples.

use super::lower_case;
use crate::config::Settings;
use crate::json::Json;

fn text(value: Option<&Json>) -> String {
    value.map(Json::to_text).unwrap_or_default()
}

#[test]
fn generated_examples_have_all_properties() {
    let (api, _) = lower_case("examples/generated", &Settings::default());
    let user = concat!(
        r#"{"id":"3fa85f64-5717-4562-b3fc-2c963f66afa6","email":"user@example.com","role":"admin","#,
        r#""since":"2024-01-15T09:30:00Z","tags":["stringst"],"boss":null,"pet":{"kind":"cat","name":"Tom"},"labels":{"key":1}}"#,
    );
    let examples: Vec<String> = api.types.0.iter().map(|ty| text(ty.example.as_ref())).collect();
    assert_eq!(examples[0], user);
    assert_eq!(
        examples[2], r#"{"kind":"cat","name":"Tom"}"#,
        "the tag is the one of the type"
    );
    // The documented example lacks a required property and is not used.
    assert_eq!(text(api.operations[0].success.cases[0].example.as_ref()), user);
}

#[test]
fn generated_items_differ_if_they_must() {
    let (api, _) = lower_case("examples/unique", &Settings::default());
    let examples: Vec<String> = api.types.0.iter().map(|ty| text(ty.example.as_ref())).collect();
    let expected = [
        r#"["string","string2","string3"]"#,
        r#"["0","1","2"]"#,
        r#"["3fa85f64-5717-4562-b3fc-2c963f66afa6","3fa85f64-5717-4562-b3fc-2c963f66afa7"]"#,
        r#"["str","sts"]"#,
        "[5,10,15]",
        // Only two values are valid.
        r#"["a","b","a"]"#,
        r#"[{"kind":"x","id":1},{"kind":"x","id":2}]"#,
        r#"["string","string"]"#,
        "[1,2]",
        r#"["9","0"]"#,
    ];
    assert_eq!(examples[..10], expected);
}

#[test]
fn generated_objects_do_not_have_too_many_properties() {
    let (api, _) = lower_case("examples/max_properties", &Settings::default());
    let examples: Vec<String> = api.types.0.iter().map(|ty| text(ty.example.as_ref())).collect();
    assert_eq!(
        examples,
        [
            r#"{"a":"string"}"#,
            r#"{"b":"string"}"#,
            r#"{"a":"string","c":1}"#,
            "{}"
        ]
    );
}

#[test]
fn parameters_have_examples() {
    let (api, _) = lower_case("examples/generated", &Settings::default());
    let examples = api.operations[0].parameters.iter();
    let examples: Vec<(String, bool)> = examples
        .map(|one| (text(one.example.as_ref()), one.example_is_documented))
        .collect();
    let expected = [
        ("\"3fa85f64-5717-4562-b3fc-2c963f66afa6\"", false),
        ("10", false),
        ("12", true),
    ];
    assert_eq!(examples, expected.map(|(example, given)| (example.to_owned(), given)));
}
