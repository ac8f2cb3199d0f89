//! Pagination that is configured or declared.

use super::check;
use super::{lower_case, lower_text};
use crate::config::Settings;
use crate::diagnostics::Severity;

#[test]
fn declared_rules() {
    check(
        "pagination/declared",
        r"
! W0413 cannot apply `x-speakeasy-pagination` to `renamed`, because the operation has no query parameter `next` (it has `$next`); the operation is not paginated
group cursor: cursor
group last: last
group page: page
group fern: fern
group azure: azure
group renamed: renamed
operation cursor GET /cursor
  query $next?: string
  success 200 Page/response
  returns Page/response
  paginated by cursor: $next from @nextLink; items in data
operation last GET /last
  query $next?: string
  success 200 Page/response
  returns Page/response
  paginated by last item: $next from id; items in data
operation page GET /page
  query page?: i64
  success 200 Page/response
  returns Page/response
  paginated by page: page from 0; items in data
operation fern GET /fern
  query page?: i64
  success 200 Page/response
  returns Page/response
  paginated by page: page from 0; items in data
operation azure GET /azure
  success 200 Page/response
  returns Page/response
  paginated by URL: @nextLink; items in data
operation renamed GET /renamed
  query $next?: string
  success 200 Page/response
  returns Page/response
struct Page/response/data/item
  id?: string
struct Page/response
  data?: [Page/response/data/item]
  @nextLink?: string
",
    );
}

/// One list operation with the cursor `$next`.
pub(super) const LIST: &str = "
openapi: 3.0.3
info: { title: List, version: '1' }
paths:
  /things:
    get:
      operationId: list
      parameters: [{ name: $next, in: query, schema: { type: string } }]
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema:
                type: object
                properties:
                  things: { type: array, items: { type: string } }
                  '@odata.nextLink': { type: string }
";

/// Returns settings with one rule for `list`.
fn settings_with(rule: &str) -> Settings {
    let text = format!("pagination: [{{ operations: [list], {rule} }}]");
    serde_yaml::from_str(&text).expect("the rule is well formed")
}

#[track_caller]
fn assert_error(settings: &Settings, part: &str) {
    let (api, diagnostics) = lower_text(LIST, settings);
    let errors: Vec<String> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .map(|error| format!("{} ({})", error.message, error.help))
        .collect();
    assert!(
        matches!(errors.as_slice(), [error] if error.contains(part)),
        "{errors:?}"
    );
    assert!(api.operations[0].pagination.is_none());
}

#[test]
fn configured_rules() {
    let (api, diagnostics) = lower_text(
        LIST,
        &settings_with("cursor: { input: $next, next: '@odata.nextLink', items: things }"),
    );
    assert!(!diagnostics.has_errors());
    let pagination = api.operations[0].pagination.as_ref().map(ToString::to_string);
    assert_eq!(
        pagination.as_deref(),
        Some("by cursor: $next from @odata.nextLink; items in things")
    );
}

#[test]
fn configured_rules_that_cannot_be_applied_are_errors() {
    assert_error(
        &settings_with("cursor: { input: next, next: '@odata.nextLink' }"),
        "the operation has no query parameter `next` (it has `$next`) (did you mean `$next`?)",
    );
    assert_error(
        &settings_with("cursor: { input: $next, next: nextLink }"),
        "the response body has no property `nextLink` that is a string or number (it has `things`, `@odata.nextLink`)",
    );
    assert_error(&settings_with("url: { next: things }"), "`things`");
    assert_error(
        &settings_with("page: { input: $next, items: '@odata.nextLink' }"),
        "that is a list",
    );
    assert_error(
        &settings_with("cursor: { input: body.cursor, next: things }"),
        "the operation has no JSON body with known properties",
    );
}

#[test]
fn rules_for_unknown_operations_are_errors() {
    let settings = serde_yaml::from_str("pagination: [{ operations: [lst], none: true }]").expect("settings");
    let (_, diagnostics) = lower_text(LIST, &settings);
    let error = diagnostics
        .iter()
        .find(|diagnostic| diagnostic.severity == Severity::Error)
        .expect("an error");
    assert_eq!(error.help, "did you mean `list`?");
}

#[test]
fn list_of_a_declared_rule_is_inferred_if_unnamed() {
    let (api, diagnostics) = lower_case("pagination/embedded", &Settings::default());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let pagination = api.operations[0].pagination.as_ref().expect("pagination");
    let items = pagination.items.as_ref().expect("a list");
    assert_eq!(items.0, ["_embedded", "payouts"]);
}
