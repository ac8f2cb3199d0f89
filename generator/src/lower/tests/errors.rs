//! Error sets.

use super::check;

#[test]
fn operations_with_equal_failures_share_an_error_set() {
    check(
        "errors/shared",
        r"
group a: a
group b: b
group c: c
group d: d
group e: e
operation a GET /a
  success 200 nothing
  returns nothing, errors: set 0
operation b GET /b
  success 200 nothing
  returns nothing, errors: set 0
operation c GET /c
  success 200 nothing
  returns nothing, errors: set 1
operation d GET /d
  success 200 nothing
  returns nothing
operation e GET /e
  success 200 nothing
  returns nothing, errors: set 3
error set 0: 404 E (message in error.message); default E (message in error.message);
error set 1: 401 nothing; 4XX F (message in why);
error set 3: 400 G;
struct E
  error?: E/error
  code?: string
struct F
  message?: string
  why?: string
struct G
  message?: G/message
  error?: string
struct E/error
  message?: string
union G/message
  string: string
  list: [string]
",
    );
}

#[test]
fn equal_error_bodies_are_one_type() {
    check(
        "errors/equal_bodies",
        r"
group a: a
group b: b
group c: c
operation a GET /a
  success 200 nothing
  returns nothing, errors: set 0
operation b GET /b
  success 200 nothing
  returns nothing, errors: set 1
operation c GET /c
  success 200 nothing
  returns nothing, errors: set 2
error set 0: 401 unauthorized error (message in message); 404 error response; 500 error response;
error set 1: 401 unauthorized error (message in message); 409 b/conflict/error (message in message);
error set 2: 401 unauthorized error (message in message);
struct unauthorized error
  message?: string
struct error response
  id?: i64
struct b/conflict/error
  message?: string
",
    );
}

#[test]
fn equal_error_bodies_of_response_components_are_one_type() {
    check(
        "errors/equal_responses",
        r"
group a: a, b
operation a GET /a
  success 200 Done/response
  returns Done/response, errors: set 0
operation b POST /a
  success 200 nothing
  returns nothing, errors: set 1
error set 0: 400 error response (message in message); 404 error response (message in message); 409 error response (message in message);
error set 1: 404 error response (message in message);
struct Done/response
  code?: i64
  message?: string
struct error response
  code?: i64
  message?: string
",
    );
}
