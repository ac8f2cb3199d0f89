//! One model of every kind, as the generator writes it.

use std::collections::BTreeMap;

use serde_json::Value;

pub use super::nested_models::*;
use crate::runtime::codec;

/// A plain object with every kind of field.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Activity {
    pub id: String,
    pub comment: Option<String>,
    pub workspace: codec::Nullable<Box<Workspace>>,
    pub tags: Option<Vec<Option<String>>>,
    pub outcome: Outcome,
    pub count: Option<i32>,
    pub ratio: Option<f64>,
    pub anything: Option<Value>,
}

codec::record! {
    name: Activity,
    fields: [
        id: Required = "id",
        comment: Required = "comment",
        workspace: Optional = "workspace",
        tags: Optional = "tags",
        outcome: Required = "outcome",
        count: Optional = "count",
        ratio: Optional = "ratio",
        anything: Optional = "anything",
    ],
}

/// An object with typed additional properties, a key that needs escapes, and a property that contains the same type.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Workspace {
    pub display_name: Option<String>,
    pub parents: Option<Vec<Workspace>>,
    pub additional: BTreeMap<String, i64>,
}

codec::record! {
    name: Workspace,
    extra: additional,
    fields: [
        display_name: OptionalEscaped = "display \"name\"",
        parents: Optional = "parents",
    ],
}

/// An open enum that has the name of an import.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    Success,
    Failure,
    Unknown,
    Other(String),
}

impl Outcome {
    pub const ALL: &'static [Self] = &[Self::Success, Self::Failure, Self::Unknown];

    pub fn as_str(&self) -> &str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Unknown => "unknown",
            Self::Other(value) => value,
        }
    }

    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Other(_))
    }
}

codec::open_enum! { name: Outcome, other: Other }

/// A closed enum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    Fast,
    Slow,
}

impl Mode {
    pub const ALL: &'static [Self] = &[Self::Fast, Self::Slow];

    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Fast => "fast",
            Self::Slow => "slow",
        }
    }
}

codec::closed_enum! { name: Mode }

/// An open enum of integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Level {
    Low,
    High,
    Other(i64),
}

impl Level {
    pub const ALL: &'static [Self] = &[Self::Low, Self::High];

    pub fn as_i64(&self) -> i64 {
        match self {
            Self::Low => -1,
            Self::High => 2,
            Self::Other(value) => *value,
        }
    }

    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Other(_))
    }
}

codec::open_int_enum! { name: Level, other: Other }

/// A closed enum of integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bit {
    Zero,
    One,
}

impl Bit {
    pub const ALL: &'static [Self] = &[Self::Zero, Self::One];

    pub fn as_i64(&self) -> i64 {
        match self {
            Self::Zero => 0,
            Self::One => 1,
        }
    }
}

codec::closed_int_enum! { name: Bit }

/// An object with read-only properties and a secret.
#[derive(Clone, PartialEq)]
pub struct Account {
    pub id: String,
    pub rank: Option<i64>,
    pub name: String,
    pub pin: Option<String>,
    pub owner: Option<Box<Account>>,
}

codec::redacted_debug! {
    name: Account,
    fields: [id: Shown, rank: Shown, name: Shown, pin: Redacted, owner: Shown],
}
codec::record! {
    name: Account,
    fields: [
        id: RequiredReadOnly = "id",
        rank: ReadOnly = "rank",
        name: Required = "name",
        pin: Optional = "pin",
        owner: Optional = "owner",
    ],
}

/// A variant of a union with a discriminator, without a field for the discriminator.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Cat {
    pub name: String,
    pub lives: Option<u32>,
}

codec::record! { name: Cat, fields: [name: Required = "name", lives: Optional = "lives"] }

/// A variant with a field for the discriminator.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Dog {
    pub pet_type: Option<String>,
    pub bark: Option<Box<Pet>>,
}

codec::record! { name: Dog, fields: [pet_type: Optional = "petType", bark: Optional = "bark"] }

/// A union with a discriminator.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Pet {
    Cat(Box<Cat>),
    Dog(Dog),
    /// Several discriminator values select this variant.
    Hound(Dog),
    Other(Value),
}

codec::union! {
    name: Pet,
    empty: Other,
    other: 3 Other,
    selection: { tag: Some("petType"), open: true },
    variants: [
        0 Cat: OBJECT of Cat { tags: &["cat"] } as "petType" = "cat",
        1 Dog: OBJECT of Dog { tags: &["dog"] } as "petType" = "dog",
        2 Hound: OBJECT of Dog { tags: &["hound", "greyhound"] },
    ],
}

/// A union that contains a union with another discriminator.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Owned {
    Animal(Box<Pet>),
    Thing(Workspace),
}

codec::union! {
    name: Owned,
    empty: Thing,
    selection: { tag: Some("kind") },
    variants: [
        0 Animal: OBJECT { tags: &["animal"] } as "kind" = "animal",
        1 Thing: OBJECT of Workspace { tags: &["thing"] } as "kind" = "thing",
    ],
}

/// A recursive type that is distinguished by a constant.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Circle {
    pub kind: CircleKind,
    pub radius: f64,
}

codec::record! { name: Circle, fields: [kind: Required = "kind", radius: Required = "radius"] }

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CircleKind {
    Circle,
    Disc,
}

impl CircleKind {
    pub const ALL: &'static [Self] = &[Self::Circle, Self::Disc];

    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Circle => "circle",
            Self::Disc => "disc",
        }
    }
}

codec::closed_enum! { name: CircleKind }

/// A union without a discriminator.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Target {
    Name(String),
    Count(i64),
    Names(Vec<String>),
    Circle(Circle),
    Cat(Box<Cat>),
    Workspace(Box<Workspace>),
    Nested(BTreeMap<String, Target>),
}

codec::union! {
    name: Target,
    empty: Name,
    variants: [
        0 Name: ANY { kinds: codec::STRING },
        1 Count: ANY { kinds: codec::INTEGER },
        2 Names: ANY { kinds: codec::ARRAY },
        3 Circle: OBJECT of Circle { consts: &[("kind", &["circle", "disc"])] },
        4 Cat: OBJECT of Cat {},
        5 Workspace: OBJECT of Workspace {},
        6 Nested: OBJECT {},
    ],
}

/// A union with a default variant, and a variant that is a union with the same discriminator.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event {
    Animal(Box<Pet>),
    Plain(Workspace),
}

codec::union! {
    name: Event,
    empty: Plain,
    selection: { tag: Some("petType"), fallback: Some(1) },
    variants: [
        0 Animal: OBJECT { tags: &["cat"] } as "petType" = "cat",
        1 Plain: OBJECT of Workspace {},
    ],
}

/// A union of scalars: known strings, numbers with and without a fraction, any other string.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Size {
    Any(String),
    Mode(Mode),
    Whole(i64),
    Part(f64),
    Flag(bool),
}

codec::union! {
    name: Size,
    empty: Flag,
    variants: [
        0 Mode: ANY { kinds: codec::STRING, consts: &[("", &["fast", "slow"])] },
        1 Any: ANY { kinds: codec::STRING },
        2 Whole: ANY { kinds: codec::INTEGER },
        3 Part: ANY { kinds: codec::NUMBER },
        4 Flag: ANY { kinds: codec::BOOL, consts: &[("", &["true"])] },
    ],
}

/// A number before an integer.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Amount {
    Part(f64),
    Whole(i64),
}

codec::union! {
    name: Amount,
    empty: Part,
    variants: [
        0 Part: ANY { kinds: codec::NUMBER },
        1 Whole: ANY { kinds: codec::INTEGER },
    ],
}

/// A record with a constant.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Marker {
    pub kind: String,
    pub text: String,
}

codec::record! { name: Marker, fields: [kind: Required = "kind", text: Required = "text"] }

/// A union of records that a constant selects.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Marked {
    First(Marker),
    Second(Box<Cat>),
}

codec::union! {
    name: Marked,
    empty: First,
    variants: [
        0 First: OBJECT of Marker { consts: &[("kind", &["first"])] },
        1 Second: OBJECT of Cat { consts: &[("kind", &["second"])] },
    ],
}

/// An open union whose default variant has required properties.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Fallback {
    Cat(Box<Cat>),
    Plain(Circle),
    Other(serde_json::Value),
}

codec::union! {
    name: Fallback,
    empty: Plain,
    other: 2 Other,
    selection: { tag: Some("petType"), open: true, fallback: Some(1) },
    variants: [
        0 Cat: OBJECT of Cat { tags: &["cat"] },
        1 Plain: OBJECT of Circle {},
    ],
}
