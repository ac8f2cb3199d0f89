//! Unions and discriminators.

use super::{check, lower_case};
use crate::config::Settings;
use crate::ir::{Origin, TypeBody};

#[test]
fn single_values_next_to_other_types() {
    check(
        "unions/literals",
        r"
union Size
  string: Size/string
  integer: i64
union Numbers
  integer: Numbers/integer
  string: string
union Open
  string: Open/string
  boolean: bool
union Date
  option 1: Date/option 1
  date: date
  boolean: bool
enum Named text open: x, y
union WithNamed
  Named: Named
  option 2: WithNamed/option 2
  boolean: bool
enum Size/string text open: auto as Automatic, fit, fill
enum Numbers/integer int open: 1, 2
enum Open/string text open: a
enum Date/option 1 text open: now
enum WithNamed/option 2 text open: z
",
    );
}

#[test]
fn unions_of_one_type_are_that_type() {
    check(
        "unions/one_type",
        r"
alias Lengths = string
enum Level text open: low as Low, high as High
enum Model text open: small, large
union Amount
  integer: i64
  number: f64
struct Either
  id?: string
  email?: string
struct Twice
  a?: string
  b?: string
alias Only = Level
",
    );
}

#[test]
fn members_are_distinguished_by_structure() {
    check(
        "unions/structure",
        r#"
union Scalar
  boolean: bool
  integer: i64
  string: string
union OneOrMany
  string: string
  list: [string]
struct Cat
  kind: string = "cat" tag cat
  lives: i64
struct Dog
  kind: string = "dog" tag dog
  tricks?: i64
union ByConstant by kind open
  Cat [cat]: Cat
  Dog [dog]: Dog
struct Left
  l: string
struct Right
  r: string
union ByKeys
  Left: Left
  Right: Right
union Loose open
  Left: Left
  integer: i64
union WithBase
  Left: WithBase/Left
  Right: WithBase/Right
union Times
  date: date by Date
  date time: date-time by DateTime
struct WithBase/Left
  id: string
  l: string
struct WithBase/Right
  id: string
  r: string
"#,
    );
}

#[test]
fn equal_objects_are_merged() {
    check(
        "unions/equal_objects",
        r#"
struct Details
  issue?: Details/issue
  description?: Details/description
struct Text
  type: string = "text" tag text
  text?: string
struct Image
  type: string = "image" tag image
  url?: string
struct Any
  item?: Any/item
struct Both
  item?: Image
alias Only = Image
struct Strict
  a: string
  b: string
struct Lax
  a: string
  b?: string
struct Other
  a?: string
  b: string
alias Weaker = Lax
union Either
  Lax: Lax
  Other: Other
struct Inline
  a?: string
  b?: string
union Maps
  Words: Maps/Words
  Counts: Maps/Counts
union Nulls
  Set: Nulls/Set
  Unset: Nulls/Unset
enum Details/issue text open: a, b
enum Details/description text open: Words about a., Words about b.
union Any/item by type open
  Text [text]: Text
  Image [image]: Image
struct Maps/Words
  map?: map of string
struct Maps/Counts
  map?: map of i64
struct Nulls/Set
  image?: Image
struct Nulls/Unset
  image?: Image or null
"#,
    );
}

#[test]
fn objects_with_different_first_items_of_arrays_are_kept() {
    check(
        "unions/first_items",
        r"
! W0408 an array with fixed first items and further items is read as a list of any JSON values
! W0408 an array with fixed first items and further items is read as a list of any JSON values
struct Counts
  list?: [i64]
struct Row
  list?: [any]
union CountsFirst
  Counts: Counts
  Row: Row
union RowFirst
  Row: Row
  Counts: Counts
union Inline
  Counts: Counts
  Row: Row
",
    );
}

#[test]
fn unions_that_contain_themselves_are_flattened() {
    check(
        "unions/self_member",
        r"
union Own
  string: string
  boolean: bool
union There
  integer: i64
  string: string
union Back
  string: string
  integer: i64
union Inside
  string: string
  list: [Inside]
",
    );
}

#[test]
fn lists_are_named_by_their_items() {
    check(
        "unions/lists",
        r"
union Prompt
  string: string
  string list: [string]
  integer list: [i64]
  integer list list: [[i64]]
  Part list: [Part]
struct Part
  text: string
",
    );
}

#[test]
fn distinct_values_become_discriminators_and_numbers_stay_exact() {
    check(
        "unions/implicit_discriminators",
        r"
struct Query
  type?: Query/type tag query
  text?: string
struct Constant
  type?: Constant/type tag constant
  text?: string
union Optional by type open
  Query [query]: Query
  Constant [constant]: Constant
struct Car
  kind?: Car/kind
  wheels?: i64
struct Boat
  kind?: Boat/kind tag boat
  wheels?: i64
union Disjoint by kind open
  Car [car, van]: Car
  Boat [boat]: Boat
struct Box
  type: i64 = 1 tag 1
struct Tube
  type: i64 = 2 tag 2
union Parcel by type open
  Box [1]: Box
  Tube [2]: Tube
union IntOrString
  integer: i64
  string: string
union Value
  number: f64
  integer: i64
struct Row
  count?: i32
  ratio?: f64
  untyped?: i32
  odata?: i64
  name?: Row/name
enum Query/type text open: query
enum Constant/type text open: constant
enum Car/kind text open: car, van
enum Boat/kind text open: boat
union Row/name
  integer: i64
  string: string
",
    );
}

#[test]
fn string_members_have_forms() {
    check(
        "unions/string-forms",
        r"
group a: a
operation a GET /a
  success 200 All
  returns All
struct All
  by?: NameOrId
  range?: Range
union NameOrId
  id: uuid by Uuid
  Name: Name by characters
alias Name = string
union Range
  Range4: Range4 by characters
  Range6: Range6 by characters
alias Range4 = string
alias Range6 = string
",
    );
}

#[test]
fn members_that_match_equally_well_are_reported() {
    check(
        "unions/ambiguous",
        r"
! W0426 a value can match `Left` and `Right` equally well; it is read as the first of them
group a: a
operation a GET /a
  success 200 Side
  returns Side
union Side
  Left: Left
  Right: Right
  Other: Other
struct Left
  id: string
  extra?: string
struct Right
  id: string
  more?: string
struct Other
  id: string
  key: string
",
    );
}

#[test]
fn constants_that_may_be_null_recognize_their_variants() {
    let (api, diagnostics) = lower_case("unions/nullable_constants", &Settings::default());
    let constants = |name: &str| -> Vec<Vec<(String, Vec<String>)>> {
        let mut types = api.types.0.iter();
        let found = types.find_map(|ty| match &ty.body {
            TypeBody::Union(union) if ty.origin == Origin::Component(name.to_owned()) => Some(union),
            _ => None,
        });
        let variants = found.into_iter().flat_map(|union| &union.variants);
        variants.map(|variant| variant.evidence.constants.clone()).collect()
    };
    let constant = |name: &str, value: &str| vec![(name.to_owned(), vec![value.to_owned(), "null".to_owned()])];
    assert_eq!(
        constants("Pet"),
        [constant("family", "feline"), constant("family", "canine")]
    );
    assert_eq!(constants("Side"), [constant("mode", "l"), constant("mode", "r")]);
    let codes: Vec<String> = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code.id().to_string())
        .collect();
    assert_eq!(codes, ["W0426"]);
}
