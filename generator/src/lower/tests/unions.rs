//! Unions and discriminators.

use super::check;

#[test]
fn unions_of_one_type_are_that_type() {
    check(
        "unions/one_type",
        r"
alias Lengths = string
enum Level text open: low, high
enum Model text open: small, large
alias Amount = f64
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
alias Times = string
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
fn mapping_sets_discriminator_values() {
    check(
        "unions/mapping",
        r"
union Pet by type open
  Cat [cat, kitten]: Cat
  Dog [dog]: Dog
  Lizard [Lizard]: Lizard
struct Cat
  type: string
  lives?: i64
struct Dog
  type?: string tag dog
  tricks?: i64
struct Lizard
  scales?: i64
  type?: string tag Lizard
",
    );
}

#[test]
fn subtypes_that_extend_by_all_of() {
    check(
        "unions/parent",
        r"
union Animal by kind open
  Cat [Cat]: Cat
  Dog [Dog, Puppy]: Dog
  base [Animal]: Animal/base default
struct Cat
  kind: string tag Cat
  name?: string
  lives?: i64
union Dog by kind open
  Puppy [Puppy]: Puppy
  base [Dog]: Dog/base default
struct Puppy
  kind: string tag Puppy
  name?: string
  tricks?: i64
  weeks?: i64
struct Zoo
  star?: Animal
struct Animal/base
  kind: string
  name?: string
struct Dog/base
  kind: string
  name?: string
  tricks?: i64
",
    );
}

#[test]
fn supertype_that_lists_its_subtypes() {
    check(
        "unions/parent_lists_children",
        r"
union Event by type open
  Created [created]: Created
  Gone [gone]: Gone
struct Created
  type: string tag created
  at?: date-time
  by?: string
struct Gone
  type: string tag gone
  at?: date-time
  why?: string
",
    );
}

#[test]
fn discriminator_with_default_mapping() {
    check(
        "unions/default_mapping",
        r#"
union Pet by type open
  Cat [cat]: Cat
  Dog [dog]: Dog
  Other [Other]: Other default
struct Cat
  type: string = "cat" tag cat
struct Dog
  type: string = "dog" tag dog
struct Other
  type: string
  more?: bool
union Untagged by type open
  Cat [cat]: Cat
  object: Untagged/object default
struct Untagged/object
  free?: string
  type?: string
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
enum Details/issue text open: a, b
enum Details/description text open: Words about a., Words about b.
union Any/item by type open
  Text [text]: Text
  Image [image]: Image
"#,
    );
}

#[test]
fn members_may_share_a_discriminator_value() {
    check(
        "unions/same_tag",
        r#"
! W0407 `Input`, `Output` share discriminator values; they are distinguished by structure
struct Input
  type: string = "message" tag message
  text: string
struct Output
  type: string = "message" tag message
  id: string
struct Call
  type: string = "call" tag call
  name?: string
union Item by type open
  Input [message]: Input
  Output [message]: Output
  Call [call]: Call
"#,
    );
}

#[test]
fn unions_that_contain_themselves_are_flattened() {
    check(
        "unions/circles",
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
