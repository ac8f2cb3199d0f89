//! Discriminators of unions.

use super::check;

#[test]
fn members_with_a_common_supertype() {
    check(
        "unions/supertypes",
        r#"
! W0425 the property `$type` is required but not described; it is read as any JSON value
union Order by type open
  Card [CARD]: Card
  Cash [Cash]: Cash
  base [OTHER]: Order/base default
struct Card
  type: string tag CARD
  n?: string
struct Cash
  type: string tag Cash
  n?: string
alias Other = Order
union Paid by type open
  Card [CARD]: Card
  Cash [Cash]: Cash
union Shape by $type open
  ShapeSquare [square]: ShapeSquare
  ShapeCircle [circle]: ShapeCircle
  ShapeBase [ShapeBase]: Shape/ShapeBase default
struct ShapeBase
  color?: string
struct ShapeSquare
  $type: string = "square"
  color?: string
struct ShapeCircle
  $type: string = "circle"
  color?: string
struct Order/base
  type: string
struct Shape/ShapeBase
  color?: string
  $type!?: string
"#,
    );
}

#[test]
fn values_of_subtypes() {
    check(
        "unions/mapped_subtypes",
        r"
union Animal by kind open
  Dog [dog, Dog, Puppy, DogView]: Dog
  Puppy [puppy]: Puppy
  Cat [cat, Cat, CatView]: Cat
  base [Animal]: Animal/base default
union Dog by kind open
  Puppy [puppy]: Puppy
  DogView [DogView]: DogView
  base [dog]: Dog/base default
struct Puppy
  kind: string tag puppy
  d?: string
  p?: string
union Cat by kind open
  CatView [CatView]: CatView
  base [cat]: Cat/base default
struct DogView
  kind: string
  d?: string
  v?: string
struct CatView
  kind: string
  c?: string
  v?: string
union Pet by kind open
  Dog [dog, puppy, Dog, Puppy, DogView]: Dog
  Cat [cat, Cat, CatView]: Cat
union Viewed by kind open
  DogView [dog]: DogView
  CatView [cat]: CatView
struct Animal/base
  kind: string
struct Dog/base
  kind: string
  d?: string
struct Cat/base
  kind: string
  c?: string
",
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
",
    );
}

#[test]
fn constant_replaces_a_contradicting_mapping() {
    check(
        "unions/contradicted_mapping",
        r#"
! W0427 the mapping contains `Cat` for `Cat`, whose property `kind` only allows `cat`; `cat` is used
union Pet by kind open
  Cat [cat]: Cat
  Dog [dog]: Dog
struct Cat
  kind: string = "cat" tag cat
  lives: i64
struct Dog
  kind: string = "dog" tag dog
  bark: bool
union Shape by kind open
  Circle [circle]: Circle
  Square [square]: Square
struct Base
  kind: string = "shape"
struct Circle
  kind: string = "shape" tag circle
  radius?: f64
struct Square
  kind: string = "shape" tag square
  side?: f64
"#,
    );
}

#[test]
fn subtypes_that_extend_by_all_of() {
    check(
        "unions/subtypes",
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
        "unions/base_lists_subtypes",
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
fn members_may_share_a_discriminator_value() {
    check(
        "unions/shared_discriminator_value",
        r#"
! W0407 `Input` and `Output` share discriminator values; they are distinguished by structure
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
fn nested_discriminators_are_followed() {
    check(
        "unions/nested_discriminators",
        r#"
union Fish by kind open
  Shark [shark]: Shark
  base [Fish]: Fish/base default
union Shark by sharktype open
  Goblin [goblin]: Goblin
  base [Shark]: Shark/base default
struct Goblin
  age: i64
  kind: string = "shark"
  sharktype: string = "goblin" tag goblin
union Base by key open
  A [a]: A
  base [b]: Base/base default
alias Simple = Base
struct A
  key?: string tag a
  extra?: i64
alias B = Simple
struct Fish/base
  age: i64
  kind: string
struct Shark/base
  age: i64
  kind: string = "shark"
  sharktype: string
struct Base/base
  key?: string
"#,
    );
}
