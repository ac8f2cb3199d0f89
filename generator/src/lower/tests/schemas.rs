//! Schemas: nullability, merging, enums, numbers, objects, recursion.

use super::check;

#[test]
fn null_in_every_notation() {
    check(
        "nullability/notations",
        r"
alias Name = string
struct Owner
  id?: string
struct Holder
  a: string or null
  b: string or null
  c: Owner or null
  d: Holder/d or null
  e: Name or null
  f: Name or null
  g: [i64 or null]
  h: Owner
  i?: null
enum Holder/d text open: x, y
",
    );
}

#[test]
fn nullable_of_openapi_3_0() {
    check(
        "nullability/three_zero",
        r"
struct User
  id?: string
enum Color text open: red, green
struct Action
  user: User or null
  by?: User or null
  on?: User or null
  color: Color or null
  plain?: User read-only
",
    );
}

#[test]
fn a_component_for_null_is_null() {
    check(
        "nullability/null_component",
        r"
enum Color text open: red, green
enum BlankEnum text open: 
alias NullEnum = null
struct Car
  body: Car/body or null
  doors?: Color or null
enum Car/body text open: red, green, 
",
    );
}

#[test]
fn all_of_is_merged() {
    check(
        "all_of/merge",
        r"
struct Base
  id: string
  kind?: Base/kind
  count?: i64
struct Extended
  id: string
  kind: Extended/kind
  count?: u32
  extra: bool
alias Same = Base
alias Typed = Base
struct Stricter
  id: string
  kind?: Base/kind
  count: i64
struct Holder
  base?: Base
enum Base/kind text open: a, b, c
enum Extended/kind text open: b, c
",
    );
}

#[test]
fn contradictions_become_any_value() {
    check(
        "all_of/contradiction",
        r"
! W0403 no value matches this schema, because its parts allow no common type; the schema is read as any JSON value
! W0403 no value matches this schema, because its parts allow no common type; the schema is read as any JSON value
! W0403 no value matches this schema, because its parts have no common value; the keywords that contradict each other are ignored
alias Odd = any
alias Own = any
struct Holder
  odd?: Odd
  value?: any
  fine?: string
",
    );
}

#[test]
fn a_third_union_is_ignored() {
    check(
        "all_of/three_unions",
        r"
! W0403 this schema combines more than two unions; all except the first two are ignored
! W0403 this schema combines more than two unions; all except the first two are ignored
union Combined
  string: string
  integer: i64
union Members
  Few: Members/Few
  Many: Members/Many
struct Members/Few
  a?: string
  b: string
struct Members/Many/option 1/option 1
  a?: string
  c: string
  e: string
struct Members/Many/option 1/option 2
  a?: string
  c: string
  f: string
union Members/Many/option 1
  option 1: Members/Many/option 1/option 1
  option 2: Members/Many/option 1/option 2
struct Members/Many/option 2/option 1
  a?: string
  d: string
  e: string
struct Members/Many/option 2/option 2
  a?: string
  d: string
  f: string
union Members/Many/option 2
  option 1: Members/Many/option 2/option 1
  option 2: Members/Many/option 2/option 2
union Members/Many
  option 1: Members/Many/option 1
  option 2: Members/Many/option 2
",
    );
}

#[test]
fn the_payload_of_an_envelope_has_the_type_of_its_schema() {
    check(
        "all_of/envelope",
        r"
struct Envelope
  data?: object
  items?: [object]
  count?: f64
  maybe?: string
struct Station
  id: string
struct Found
  data?: Station
  items?: [Station]
  count?: i64
  maybe?: string
",
    );
}

#[test]
fn recursive_all_of_terminates() {
    check(
        "all_of/recursive",
        r"
struct A
  next?: A boxed
  a?: string
struct B
  next?: B boxed
  b?: string
struct Both
  next?: Both boxed
  a?: string
  b?: string
struct Self
  c?: string
",
    );
}

#[test]
fn enums_of_all_kinds() {
    check(
        "enums/values",
        r#"
! W0406 the enum contains values of several JSON types; it becomes a union with a variant for each type
! W0406 the enum contains objects, arrays or fractions; the enum is ignored
enum Null text open: a, b
enum Twice text open: a, b
enum Symbols text open: <, =, , +1, -1
enum Numbers int open: 1, 2, 3
alias Flags = bool
union Mixed
  string: Mixed/string
  integer: Mixed/integer
enum Versions text open: 1.0, 2, v3
alias Fractions = f64
enum Single text open: only
struct Holder
  object: string = "list"
  mode?: Holder/mode
  sizes?: [string]
enum Mixed/string text open: auto
enum Mixed/integer int open: 1, 2
enum Holder/mode text open: fast
"#,
    );
}

#[test]
fn enum_extensions_set_values_and_openness() {
    check(
        "enums/labels",
        r"
enum Lists int open: 1 as One, 2 as Two
enum Maps text open: a as Alpha, b
enum Microsoft text open: name as TheName, other
enum Closed text: a
enum Listed int open: 1 as One, 2 as Two
enum Extensible text open: x, y
enum Titled int open: 0 as NONE, 1 as SOME
alias TitledNextToType = Titled
",
    );
}

#[test]
fn widths_of_numbers() {
    check(
        "numbers/widths",
        r"
struct Widths
  plain?: i64
  small?: i32
  wide?: i64
  unsigned?: u64
  huge?: integer
  endless?: i64
  named?: u64
  sql?: i64
  money?: f64
  single?: f64
  whole?: i64
  text?: string
",
    );
}

#[test]
fn required_properties_without_schema() {
    check(
        "objects/required",
        r"
! W0425 the property `source` is required but not described; it is read as any JSON value
! W0425 the property `name` is required but not described; it is read as any JSON value
! W0425 the property `kind` is required but not described; it is read as any JSON value
! W0425 the property `kind` is required but not described; it is read as any JSON value
group events: send
operation send POST /events
  body? application/json: Event
  success 204 nothing
  returns nothing
struct Event
  at: i64
  open?: Open
  closed?: Closed
  whole?: Whole
  pet?: Pet
  source: any
struct Base
  id?: string
  name!?: any
struct Whole
  id?: string
  name: string
struct Open
  id?: string
  *: i64
struct Closed
  id?: string
struct Cat
  lives?: i64
  kind: string tag cat
struct Dog
  tricks?: i64
  kind: string tag dog
union Pet by kind open
  Cat [cat]: Cat
  Dog [dog]: Dog
",
    );
}

#[test]
fn objects_maps_and_tuples() {
    check(
        "objects/shapes",
        r"
! W0408 an array with fixed first items and further items is read as a list of any JSON values
alias Free = object
alias Labels = map of string
alias Anything = object
struct Open
  id?: string
  *: i64
struct Closed
  id?: string
struct Wild
  id?: string
  *: any
alias Point = (f64, f64)
alias Row = [any]
alias Same = [i64]
alias Bytes = base64
alias Encoded = base64
alias Unsaid = any
",
    );
}

#[test]
fn only_cycles_are_boxed() {
    check(
        "recursion/boxes",
        r"
struct Node
  next?: Node boxed
  children?: [Node]
struct Left
  right?: Right boxed
struct Right
  left?: Left boxed
  leaf?: Leaf
struct Leaf
  name?: string
union Expression
  string: string
  Not: Not
struct Not
  not: Expression boxed
newtype Tree = [Tree]
union Json
  string: string
  list: [Json]
struct Nested
  inner?: Nested/inner
struct Nested/inner
  again?: Nested/inner boxed
",
    );
}
