//! Forms with additional properties.

use super::check;

#[test]
fn additional_properties_of_forms() {
    check(
        "bodies/additional",
        r"
group form: form
group parts: parts
group files: files
group closed: closed
operation form POST /form
  body? application/x-www-form-urlencoded: { a?: string as text/plain, *?: map of i64 as text/plain }
  success 204 nothing
  returns nothing
operation parts POST /parts
  body? multipart/form-data: { additional?: string as text/plain, *?: object as text/plain }
  success 204 nothing
  returns nothing
operation files POST /files
  body? multipart/form-data: { a?: string as text/plain }
  success 204 nothing
  returns nothing
operation closed POST /closed
  body? application/x-www-form-urlencoded: { a?: string as text/plain }
  success 204 nothing
  returns nothing
",
    );
}

#[test]
fn forms_whose_fields_have_any_name() {
    check(
        "bodies/any_fields",
        r"
! W0411 the fields of this form are unknown; the caller passes the encoded form
group map: map, map
group object: object
group files: files
operation map PUT /map
  body multipart/form-data: { *: Fields as text/plain }
  success 204 nothing
  returns nothing
operation map PUT /map
  body application/x-www-form-urlencoded: { *: Fields as text/plain }
  success 204 nothing
  returns nothing
operation object PUT /object
  body? application/x-www-form-urlencoded: { *: object as text/plain }
  success 204 nothing
  returns nothing
operation files PUT /files
  body? multipart/form-data: bytes
  success 204 nothing
  returns nothing
alias Fields = map of string
",
    );
}
