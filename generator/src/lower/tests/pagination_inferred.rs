//! Pagination that is inferred.

use super::check;
use super::pagination::LIST;
use super::{lower_case, lower_text, render};
use crate::config::Settings;
use crate::ir::{Content, FieldPath, PaginationInput, PaginationStep};

// The function is long, because it contains the expected dump of a whole document.
#[test]
fn inferred_rules() {
    check(
        "pagination/inferred",
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
  returns Cursor/response
  paginated by cursor: page_token from meta.next_page_token; items in items
operation link GET /link
  query page?: i64
  success 200 Things
  returns Things
  paginated by Link header; items in the body
operation next GET /next
  success 200 Next/response
  returns Next/response
  paginated by URL: next; items in results
operation page GET /page
  query page[number]?: i64
  query per_page?: i64
  success 200 Things/response
  returns Things/response
  paginated by page: page[number] from 1, total in total_pages, limit per_page; items in things
operation offset GET /offset
  query offset?: i64
  query limit?: i64
  success 200 Things
  returns Things
  paginated by offset: offset, limit limit; items in the body
operation last GET /last
  query starting_after?: string
  success 200 More/response
  returns More/response
  paginated by last item: starting_after from id, while has_more; items in data
operation search POST /search
  body? application/json: search/request
  success 200 Cursor/response
  returns Cursor/response
  paginated by cursor: body.cursor from meta.next_page_token; items in items
operation noOutput GET /no_output
  query cursor?: string
  success 200 Things/response
  returns Things/response
operation noInput GET /no_input
  success 200 Cursor/response
  returns Cursor/response
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
fn inferred_rules_of_unusual_documents() {
    let (api, diagnostics) = lower_case("pagination/inferred_unusual", &Settings::default());
    let paged: Vec<String> = (api.dump().lines())
        .filter(|line| line.starts_with("operation") || line.starts_with("  paginated"))
        .map(|line| line.trim().to_owned())
        .collect();
    assert_eq!(render(&diagnostics), "");
    assert_eq!(
        paged,
        [
            "operation number GET /number",
            "paginated by cursor: marker from next_marker; items in entries",
            "operation search GET /search",
            "paginated by cursor: page from next_page; items in data",
            "operation aside GET /account_exports",
            "paginated by page: page from 1, number of items in total_items; items in exports",
            "operation objects GET /issues_found",
            "paginated by page: page from 1, number of items in total; items in issues",
            "operation nested GET /browse",
            "paginated by URL: albums.next; items in albums.items",
            "operation stats GET /stats",
            "operation items GET /items",
            "paginated by URL: albums.next; items in albums.items",
            "operation echo GET /echo",
            "operation page GET /page",
            "operation article GET /articles/{slug}",
            "operation tagged GET /articles/by-tag/{slug}",
            "paginated by page: page from 1; items in articles",
            "operation comments GET /articles/{slug}/comments",
            "paginated by page: page from 1; items in tags",
            "operation dated GET /dated",
            "paginated by offset: offset, limit limit; items in things",
            "operation strapi GET /strapi",
            "paginated by page: pagination[page] from 1, limit pagination[pageSize], number of items in total; items in issues",
            "operation spring GET /spring",
            "paginated by page: page from 0, total in totalPages, limit size, while last is false, number of items in totalElements; items in content",
        ]
    );
}

#[test]
fn a_cursor_in_the_body_has_the_type_of_its_property() {
    let input = |case: &str, id: &str| {
        let (api, _) = lower_case(case, &Settings::default());
        let operation = api.operations.iter().find(|operation| operation.id == id);
        match operation
            .and_then(|operation| operation.pagination.as_ref())
            .map(|found| found.step.clone())
        {
            Some(PaginationStep::Cursor { input, .. }) => input,
            other => panic!("{other:?}"),
        }
    };
    let path = |name: &str| FieldPath(vec![name.to_owned()]);
    let number = input("pagination/cursor_types", "positions");
    assert_eq!(number, PaginationInput::BodyNumber(path("after")));
    assert_eq!(
        input("pagination/inferred", "search"),
        PaginationInput::Body(path("cursor"))
    );
}

#[test]
fn names_of_objects_and_inputs_show_pagination() {
    let (api, diagnostics) = lower_case("pagination/inferred_names", &Settings::default());
    let paged: Vec<String> = (api.operations.iter())
        .map(|operation| {
            let paged = operation.pagination.as_ref();
            format!(
                "{}: {}",
                operation.id,
                paged.map_or_else(|| "-".to_owned(), ToString::to_string)
            )
        })
        .collect();
    assert_eq!(render(&diagnostics), "");
    assert_eq!(
        paged,
        [
            "links: by URL: links.next; items in data",
            "link: -",
            "details: by URL: page_details.next_url; items in things",
            "cursors: by cursor: after from meta.cursor.after; items in meta.things",
            "echo: -",
            "required: by cursor: body.cursor from meta.cursor, while meta.hasNextPage is true; items in things",
            "from: by cursor: from from next; items in results",
            "dates: -",
            "text: by page: page from 1; items in the body",
            "strings: by offset: offset, limit limit; items in the body",
            "token: -",
            "total: by offset: offset, number of items in pagination.total_records; items in things",
            "journals: -",
            "scim: by offset: startIndex from 1, limit count, number of items in totalResults; items in Resources",
            "union: by cursor: after from last_id, while has_more is true; items in data",
            "stock: by cursor: nextCursor from meta.nextCursor; items in elements.inventories",
        ]
    );
}

#[test]
fn inference_can_be_disabled() {
    let of = |text: &str| {
        let (api, _) = lower_case("pagination/inferred", &serde_yaml::from_str(text).expect("settings"));
        api.operations
            .iter()
            .filter(|operation| operation.pagination.is_some())
            .count()
    };
    assert_eq!(of("{}"), 7);
    assert_eq!(of("infer_pagination: false"), 0);
    assert_eq!(of("pagination: [{ operations: [link], none: true }]"), 6);
}

#[test]
fn first_page_follows_the_parameter() {
    let first = |schema: &str| {
        let text = LIST
            .replace("name: $next", "name: page")
            .replace("schema: { type: string } }]", &format!("schema: {schema} }}]"));
        let (api, _) = lower_text(&text.replace("'@odata.nextLink'", "other"), &Settings::default());
        match api.operations[0].pagination.as_ref().map(|pagination| &pagination.step) {
            Some(PaginationStep::Page { first, .. }) => *first,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(first("{ type: integer }"), 1);
    assert_eq!(first("{ type: integer, default: 0 }"), 0);
    assert_eq!(first("{ type: integer, minimum: 0 }"), 1);
    assert_eq!(first("{ type: integer, description: The zero-based page. }"), 0);
    assert_eq!(first("{ type: integer, minimum: 1, default: 2 }"), 2);
}

#[test]
fn pages_are_not_nullable() {
    let text = "openapi: 3.0.3
info: { title: Pages, version: '1' }
paths:
  /things:
    get:
      operationId: listThings
      parameters: [{ name: page, in: query, schema: { type: integer } }]
      responses:
        200: { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Page' } } } }
components:
  schemas:
    Page: { type: object, nullable: true, properties: { things: { type: array, items: { type: string } }, total_pages: { type: integer } } }
";
    let (api, _) = lower_text(text, &Settings::default());
    let operation = &api.operations[0];
    assert!(operation.pagination.is_some());
    let Content::Json { ty, .. } = &operation.success.content else {
        panic!("a JSON body");
    };
    assert!(!ty.nullable);
}

#[test]
fn flags_headers_and_deep_objects_are_recognized() {
    let (api, _) = lower_case("pagination/forms", &Settings::default());
    let dump = api.dump();
    let paged: Vec<&str> = dump
        .lines()
        .filter(|line| line.starts_with("  paginated"))
        .map(str::trim)
        .collect();
    assert_eq!(
        paged,
        [
            "paginated by cursor: iterator from iterator, while done is false; items in data",
            "paginated by cursor: nextToken from header X-Next-Token; items in the body",
            "paginated by page: page[number] from 1, total in header X-Pages; items in the body",
            "paginated by offset: offset, limit count; items in the body",
        ]
    );
}
