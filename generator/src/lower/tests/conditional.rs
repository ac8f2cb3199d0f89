//! Properties that an object has only under a condition.

use super::check;

#[test]
fn properties_under_a_condition() {
    check(
        "objects/conditional",
        r"
! N0416 no Rust type can express `if`, `then`, `else`; only the server checks it
! N0416 no Rust type can express `if`, `then`; only the server checks it
! N0416 no Rust type can express `dependentSchemas`, `dependencies`; only the server checks it
! N0416 no Rust type can express `if`, `then`, `else`; only the server checks it
! N0416 no Rust type can express `then`; only the server checks it
! N0416 no Rust type can express `if`, `then`; only the server checks it
! N0416 no Rust type can express `if`, `then`, `else`; only the server checks it
struct Payment
  method: string
  amount?: i64
  number?: string
  ref?: Payment/ref
  iban?: string
  bic?: string
  of?: Iban/of
struct Iban
  iban?: string
  bic?: string
  of?: Iban/of
struct Address
  country?: string
  state?: string
  city?: string
struct Required
  a?: string
struct WithoutIf
  a?: string
union Mixed
  string: string
  object: object
alias OtherType = any
union Payment/ref
  string: string
  integer: i64
struct Iban/of
  a?: string
",
    );
}
