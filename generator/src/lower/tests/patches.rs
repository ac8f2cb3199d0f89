//! Bodies that are patches.

use super::lower_text;
use crate::config::Settings;

/// Returns the media types of each operation for a body with this schema.
fn formats(schema: &str, media_types: &[&str]) -> Vec<String> {
    let content: Vec<String> = media_types
        .iter()
        .map(|name| format!("{name}: {{schema: {schema}}}"))
        .collect();
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{patch: {{requestBody: {{content: {{{}}}}}, responses: {{'204': {{description: ok}}}}}}}}}}\n",
        content.join(", ")
    );
    let (api, _) = lower_text(&text, &Settings::default());
    let bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref());
    bodies
        .map(|body| {
            let format = &body.formats[0];
            let also = format.also.iter().map(|name| format!(" {name}"));
            also.fold(format.media_type.to_string(), |text, name| text + &name)
        })
        .collect()
}

#[test]
fn a_json_patch_is_a_list() {
    let (json, merge) = ("application/json-patch+json", "application/merge-patch+json");
    let strategic = "application/strategic-merge-patch+json";
    let all = [json, merge, strategic];
    assert_eq!(formats("{type: object}", &all), [merge, strategic, json]);
    assert_eq!(formats("{type: array, items: {type: object}}", &all), all);
    assert_eq!(formats("{}", &all), all);
    let plain = ["application/json", merge];
    assert_eq!(formats("{type: object}", &plain), [plain.join(" ")]);
}
