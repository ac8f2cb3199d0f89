//! Parameters that are set on the client.

use super::{lower_case, lower_text};
use crate::config::Settings;

/// Returns the parameters of an operation that are set on the client.
fn on_client(settings: &Settings) -> (Vec<String>, Vec<(String, String)>) {
    let (api, diagnostics) = lower_case("parameters/on_client", settings);
    let operation = api.operations.first().expect("an operation");
    let parameters = operation.parameters.iter().filter(|parameter| parameter.on_client);
    (
        parameters.map(|parameter| parameter.wire.clone()).collect(),
        diagnostics
            .iter()
            .map(|diagnostic| (diagnostic.message.clone(), diagnostic.help.to_string()))
            .collect(),
    )
}

fn named(names: &[&str]) -> Settings {
    Settings {
        client_parameters: Some(names.iter().map(|name| (*name).to_owned()).collect()),
        ..Settings::default()
    }
}

#[test]
fn parameters_that_nearly_all_operations_require_are_set_on_the_client() {
    let (found, diagnostics) = on_client(&Settings::default());
    assert_eq!(found, ["tenant", "api-version", "X-Region", "xi-api-key"]);
    assert_eq!(diagnostics, []);
}

#[test]
fn the_configuration_names_the_parameters_of_the_client() {
    assert_eq!(on_client(&named(&["x-region", "user_id"])).0, ["X-Region", "user_id"]);
    assert_eq!(on_client(&named(&[])), (Vec::new(), Vec::new()));
    let (found, diagnostics) = on_client(&named(&["api-versions", "api-version"]));
    assert_eq!(found, ["api-version"]);
    let expected = (
        "the document has no parameter `api-versions`".to_owned(),
        "did you mean `api-version`?".to_owned(),
    );
    assert_eq!(diagnostics, [expected]);
}

#[test]
fn a_parameter_of_different_types_is_not_set_on_the_client() {
    let operation = |name: &str, ty: &str| {
        format!(
            "  /{name}: {{get: {{operationId: {name}, parameters: [{{name: v, in: query, required: true, schema: {{type: {ty}}}}}], responses: {{}}}}}}\n"
        )
    };
    let document = |third: &str| {
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n".to_owned()
            + &operation("a", "string")
            + &operation("b", "string")
            + &operation("c", third)
    };
    let count = |text: &str, settings: &Settings| {
        let (api, diagnostics) = lower_text(text, settings);
        let parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
        let messages: Vec<String> = diagnostics.iter().map(|one| one.message.clone()).collect();
        (parameters.filter(|parameter| parameter.on_client).count(), messages)
    };
    assert_eq!(count(&document("string"), &Settings::default()), (3, vec![]));
    assert_eq!(count(&document("integer"), &Settings::default()), (0, vec![]));
    let (found, messages) = count(&document("{type: array, items: {}}"), &named(&["v"]));
    assert_eq!(found, 0);
    assert!(
        messages
            .last()
            .is_some_and(|last| last.contains("cannot be set on the client")),
        "{messages:?}"
    );
}

#[test]
fn few_operations_do_not_show_what_all_require() {
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a: {get: {operationId: a, parameters: [{name: v, in: query, \
                required: true, schema: {type: string}}], responses: {}}}\n";
    let (api, _) = lower_text(text, &Settings::default());
    assert!(
        api.operations
            .iter()
            .flat_map(|operation| &operation.parameters)
            .all(|parameter| !parameter.on_client)
    );
}
