//! Groups of operations.

use super::check;

#[test]
fn groups_follow_extensions_tags_and_paths() {
    check(
        "groups/paths",
        r"
! N0417 `x-speakeasy-ignore` excludes this operation from the SDK
group External: 
group External.Partner: c
group client: 
group client.activity: a
group client.chat: b
group things: d
group Old: e
operation a GET /a
  returns nothing
operation b GET /b
  returns nothing
operation c GET /c
  returns nothing
operation d GET /v2/things/{id}
  path id: string
  returns nothing
operation e GET /e
  returns nothing
",
    );
}

#[test]
fn tag_that_repeats_the_path_is_not_a_group() {
    check(
        "groups/tag_of_every_path",
        r"
group items: api_items_list, api_items_retrieve
group users: api_v1_users_list
group api: api_retrieve, status_retrieve
operation api_items_list GET /api/items/
  success 204 nothing
  returns nothing
operation api_items_retrieve GET /api/items/{id}/
  path id: i64
  success 204 nothing
  returns nothing
operation api_v1_users_list GET /api/v1/users/
  success 204 nothing
  returns nothing
operation api_retrieve GET /api/
  success 204 nothing
  returns nothing
operation status_retrieve GET /status/
  success 204 nothing
  returns nothing
",
    );
}

#[test]
fn names_of_groups_differ_in_more_than_case_and_separators() {
    check(
        "groups/spellings",
        r"
group Email Addresses: a, b, c
group clientTokens: d, e
operation a GET /a
  success 204 nothing
  returns nothing
operation b GET /b
  success 204 nothing
  returns nothing
operation c GET /email-addresses
  success 204 nothing
  returns nothing
operation d GET /d
  success 204 nothing
  returns nothing
operation e GET /e
  success 204 nothing
  returns nothing
",
    );
}

#[test]
fn tags_of_classes_are_named_after_the_resource() {
    check(
        "groups/controllers",
        r"
group pet: pets
group Order: orders
group User: users
operation pets GET /pets
  success 204 nothing
  returns nothing
operation orders GET /orders
  success 204 nothing
  returns nothing
operation users GET /users
  success 204 nothing
  returns nothing
",
    );
}
