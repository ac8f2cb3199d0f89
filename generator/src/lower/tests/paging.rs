//! Paging: configured, declared, inferred.

use super::check;
use super::{lower_case, lower_text, said};
use crate::config::Settings;
use crate::diagnostics::Severity;
use crate::ir::PagingStep;

#[test]
fn inferred() {
    check(
        "paging/inferred",
        r"
group cursor: cursor
group link: link
group next: next
group page: page
group offset: offset
group last: last
group search: search
group no_output: noOutput
group no_input: noInput
operation cursor GET /cursor
  query page_token?: string
  success 200 Cursor/response
  gives Cursor/response, fails by 0
  paged by cursor: page_token from meta.next_page_token; items in items
operation link GET /link
  query page?: i64
  success 200 Things
  gives Things, fails by 0
  paged by Link header; items in the body
operation next GET /next
  success 200 Next/response
  gives Next/response, fails by 0
  paged by address: next; items in results
operation page GET /page
  query page[number]?: i64
  query per_page?: i64
  success 200 Things/response
  gives Things/response, fails by 0
  paged by page: page[number] from 0, total_pages in all, per_page each; items in things
operation offset GET /offset
  query offset?: i64
  query limit?: i64
  success 200 Things
  gives Things, fails by 0
  paged by offset: offset, limit each; items in the body
operation last GET /last
  query starting_after?: string
  success 200 More/response
  gives More/response, fails by 0
  paged by last item: starting_after from id, while has_more; items in data
operation search POST /search
  body? application/json: search/request
  success 200 Cursor/response
  gives Cursor/response, fails by 0
  paged by cursor: body.cursor from meta.next_page_token; items in items
operation noOutput GET /no_output
  query cursor?: string
  success 200 Things/response
  gives Things/response, fails by 0
operation noInput GET /no_input
  success 200 Cursor/response
  gives Cursor/response, fails by 0
errors 0:
struct Thing
  id: string
alias Things = [Thing]
struct Cursor/response/meta
  next_page_token?: string or null
struct Cursor/response
  items?: Things
  meta?: Cursor/response/meta
struct Next/response
  results?: Things
  next?: string
struct Things/response
  things?: Things
  total_pages?: i64
struct More/response
  data?: Things
  has_more?: bool
struct search/request
  cursor?: string
",
    );
}

#[test]
fn declared() {
    check(
        "paging/declared",
        r"
! E0414 the paging of `renamed` by `x-speakeasy-pagination` does not bind: there is no query parameter `next` (there are `$next`)
group cursor: cursor
group last: last
group page: page
group fern: fern
group azure: azure
group renamed: renamed
operation cursor GET /cursor
  query $next?: string
  success 200 Page/response
  gives Page/response, fails by 0
  paged by cursor: $next from @nextLink; items in data
operation last GET /last
  query $next?: string
  success 200 Page/response
  gives Page/response, fails by 0
  paged by last item: $next from id; items in data
operation page GET /page
  query page?: i64
  success 200 Page/response
  gives Page/response, fails by 0
  paged by page: page from 0; items in data
operation fern GET /fern
  query page?: i64
  success 200 Page/response
  gives Page/response, fails by 0
  paged by page: page from 0; items in data
operation azure GET /azure
  success 200 Page/response
  gives Page/response, fails by 0
  paged by address: @nextLink; items in data
operation renamed GET /renamed
  query $next?: string
  success 200 Page/response
  gives Page/response, fails by 0
errors 0:
struct Page/response/data/item
  id?: string
struct Page/response
  data?: [Page/response/data/item]
  @nextLink?: string
",
    );
}

/// One list operation with the cursor `$next`.
const LIST: &str = "
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

/// Settings with one rule for `list`.
fn rule(rule: &str) -> Settings {
    let text = format!("pagination: [{{ operations: [list], {rule} }}]");
    serde_yaml::from_str(&text).expect("the rule is well formed")
}

#[track_caller]
fn refused(settings: &Settings, part: &str) {
    let (api, told) = lower_text(LIST, settings);
    let errors: Vec<String> = told
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .map(|error| format!("{} ({})", error.message, error.help))
        .collect();
    assert!(
        matches!(errors.as_slice(), [error] if error.contains(part)),
        "{errors:?}"
    );
    assert!(api.operations[0].paging.is_none());
}

#[test]
fn configured() {
    let (api, told) = lower_text(
        LIST,
        &rule("cursor: { input: $next, next: '@odata.nextLink', items: things }"),
    );
    assert!(!told.has_errors());
    let paging = api.operations[0].paging.as_ref().map(ToString::to_string);
    assert_eq!(
        paging.as_deref(),
        Some("by cursor: $next from @odata.nextLink; items in things")
    );
}

#[test]
fn configured_rules_have_to_bind() {
    refused(
        &rule("cursor: { input: next, next: '@odata.nextLink' }"),
        "there is no query parameter `next` (there are `$next`) (did you mean `$next`?)",
    );
    refused(
        &rule("cursor: { input: $next, next: nextLink }"),
        "there is no property of the page with a string or number `nextLink` (there are `things`, `@odata.nextLink`)",
    );
    refused(&rule("url: { next: things }"), "`things`");
    refused(
        &rule("page: { input: $next, items: '@odata.nextLink' }"),
        "there is no list in the page",
    );
    refused(
        &rule("cursor: { input: body.cursor, next: things }"),
        "no property of the request body `cursor`",
    );
}

#[test]
fn rules_name_operations_that_exist() {
    let settings = serde_yaml::from_str("pagination: [{ operations: [lst], none: true }]").expect("settings");
    let (_, told) = lower_text(LIST, &settings);
    let error = told
        .iter()
        .find(|diagnostic| diagnostic.severity == Severity::Error)
        .expect("an error");
    assert_eq!(error.help, "did you mean `list`?");
}

#[test]
fn likely() {
    let (api, told) = lower_case("paging/likely", &Settings::default());
    let paged: Vec<String> = (api.dump().lines())
        .filter(|line| line.starts_with("operation") || line.starts_with("  paged"))
        .map(|line| line.trim().to_owned())
        .collect();
    assert_eq!(said(&told), "");
    assert_eq!(
        paged,
        [
            "operation number GET /number",
            "paged by cursor: marker from next_marker; items in entries",
            "operation search GET /search",
            "paged by cursor: page from next_page; items in data",
            "operation aside GET /account_exports",
            "paged by page: page from 1; items in exports",
            "operation objects GET /issues_found",
            "paged by page: page from 1; items in issues",
            "operation nested GET /browse",
            "paged by address: albums.next; items in albums.items",
            "operation stats GET /stats",
            "operation items GET /items",
            "paged by address: albums.next; items in albums.items",
            "operation echo GET /echo",
            "operation page GET /page",
        ]
    );
}

#[test]
fn inference_can_be_switched_off() {
    let of = |text: &str| {
        let (api, _) = lower_case("paging/inferred", &serde_yaml::from_str(text).expect("settings"));
        api.operations
            .iter()
            .filter(|operation| operation.paging.is_some())
            .count()
    };
    assert_eq!(of("{}"), 7);
    assert_eq!(of("infer_pagination: false"), 0);
    assert_eq!(of("pagination: [{ operations: [link], none: true }]"), 6);
}

#[test]
fn the_first_page_is_what_the_parameter_says() {
    let first = |schema: &str| {
        let text = LIST
            .replace("name: $next", "name: page")
            .replace("schema: { type: string } }]", &format!("schema: {schema} }}]"));
        let (api, _) = lower_text(&text.replace("'@odata.nextLink'", "other"), &Settings::default());
        match api.operations[0].paging.as_ref().map(|paging| &paging.step) {
            Some(PagingStep::Page { first, .. }) => *first,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(first("{ type: integer }"), 1);
    assert_eq!(first("{ type: integer, default: 0 }"), 0);
    assert_eq!(first("{ type: integer, minimum: 0 }"), 0);
    assert_eq!(first("{ type: integer, minimum: 1, default: 2 }"), 2);
}

#[test]
fn the_list_of_declared_paging_is_found_where_it_is_not_named() {
    let (api, told) = lower_case("paging/embedded", &Settings::default());
    assert!(told.is_empty(), "{told:?}");
    let paging = api.operations[0].paging.as_ref().expect("paging");
    let items = paging.items.as_ref().expect("a list");
    assert_eq!(items.0, ["_embedded", "payouts"]);
}
