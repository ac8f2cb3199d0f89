//! One model of every shape, as the generator writes it.

use std::collections::BTreeMap;

use serde_json::Value;

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

codec::record!(Activity, [
    id: Required = "id",
    comment: Required = "comment",
    workspace: Optional = "workspace",
    tags: Optional = "tags",
    outcome: Required = "outcome",
    count: Optional = "count",
    ratio: Optional = "ratio",
    anything: Optional = "anything",
]);

/// An object with typed additional properties, a key that needs escaping, and itself inside.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Workspace {
    pub display_name: Option<String>,
    pub parents: Option<Vec<Workspace>>,
    pub additional: BTreeMap<String, i64>,
}

codec::record!(Workspace, additional, [
    display_name: OptionalEscaped = "display \"name\"",
    parents: Optional = "parents",
]);

/// An open enum. Its name is that of an import, on purpose.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    Success,
    Failure,
    Unknown,
    Other(String),
}
codec::open_enum!(
    Outcome,
    Other,
    [Success = "success", Failure = "failure", Unknown = "unknown"]
);

/// A closed enum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    Fast,
    Slow,
}
codec::closed_enum!(Mode, [Fast = "fast", Slow = "slow"]);

/// An open enum of integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Level {
    Low,
    High,
    Other(i64),
}
codec::open_int_enum!(Level, Other, [Low = -1, High = 2]);

/// A closed enum of integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bit {
    Zero,
    One,
}
codec::closed_int_enum!(Bit, [Zero = 0, One = 1]);

/// A child of a tagged union that has no field for the tag.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Cat {
    pub name: String,
    pub lives: Option<u32>,
}

codec::record!(Cat, [name: Required = "name", lives: Optional = "lives"]);

/// A child that has the tag as a field.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Dog {
    pub pet_type: Option<String>,
    pub bark: Option<Box<Pet>>,
}

codec::record!(Dog, [pet_type: Optional = "petType", bark: Optional = "bark"]);

/// A union with a discriminator.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Pet {
    Cat(Box<Cat>),
    Dog(Dog),
    /// Several tags lead here.
    Hound(Dog),
    Other(Value),
}

impl codec::Wire for Pet {
    fn vacant() -> Self {
        Self::Other(Value::Null)
    }
    fn read(&mut self, source: &mut dyn codec::Source) -> codec::Outcome {
        static SHAPE: codec::Shape = codec::Shape {
            name: "Pet",
            tag: Some("petType"),
            open: true,
            variants: &[
                codec::Variant {
                    name: "Cat",
                    tags: &["cat"],
                    keys: Cat::keys,
                    ..codec::Variant::OBJECT
                },
                codec::Variant {
                    name: "Dog",
                    tags: &["dog"],
                    keys: Dog::keys,
                    ..codec::Variant::OBJECT
                },
                codec::Variant {
                    name: "Hound",
                    tags: &["hound", "greyhound"],
                    keys: Dog::keys,
                    ..codec::Variant::OBJECT
                },
            ],
            ..codec::Shape::CLOSED
        };
        codec::read_union(self, source, &SHAPE)
    }
    fn variant(&mut self, index: usize, value: &mut dyn codec::Source) -> codec::Outcome {
        *self = match index {
            0 => Self::Cat(codec::decode(value)?),
            1 => Self::Dog(codec::decode(value)?),
            2 => Self::Hound(codec::decode(value)?),
            _ => Self::Other(codec::decode(value)?),
        };
        Ok(())
    }
    fn encode(&self, out: codec::Encoder<'_>) {
        match self {
            Self::Cat(value) => out.tagged("petType", "cat", value),
            Self::Dog(value) => out.tagged("petType", "dog", value),
            Self::Hound(value) => value.encode(out),
            Self::Other(value) => value.encode(out),
        }
    }
}
codec::serde!(Pet);

/// A union of a union, under another tag.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Owned {
    Animal(Box<Pet>),
    Thing(Workspace),
}

impl codec::Wire for Owned {
    fn vacant() -> Self {
        Self::Thing(codec::Wire::vacant())
    }
    fn read(&mut self, source: &mut dyn codec::Source) -> codec::Outcome {
        static SHAPE: codec::Shape = codec::Shape {
            name: "Owned",
            tag: Some("kind"),
            variants: &[
                codec::Variant {
                    name: "Animal",
                    tags: &["animal"],
                    ..codec::Variant::OBJECT
                },
                codec::Variant {
                    name: "Thing",
                    tags: &["thing"],
                    keys: Workspace::keys,
                    ..codec::Variant::OBJECT
                },
            ],
            ..codec::Shape::CLOSED
        };
        codec::read_union(self, source, &SHAPE)
    }
    fn variant(&mut self, index: usize, value: &mut dyn codec::Source) -> codec::Outcome {
        *self = match index {
            0 => Self::Animal(codec::decode(value)?),
            1 => Self::Thing(codec::decode(value)?),
            _ => return value.skip(),
        };
        Ok(())
    }
    fn encode(&self, out: codec::Encoder<'_>) {
        match self {
            Self::Animal(value) => out.tagged("kind", "animal", value),
            Self::Thing(value) => out.tagged("kind", "thing", value),
        }
    }
}
codec::serde!(Owned);

/// A circle, told by a constant.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Circle {
    pub kind: CircleKind,
    pub radius: f64,
}

codec::record!(Circle, [kind: Required = "kind", radius: Required = "radius"]);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CircleKind {
    Circle,
    Disc,
}
codec::closed_enum!(CircleKind, [Circle = "circle", Disc = "disc"]);

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

impl codec::Wire for Target {
    fn vacant() -> Self {
        Self::Name(codec::Wire::vacant())
    }
    fn read(&mut self, source: &mut dyn codec::Source) -> codec::Outcome {
        static SHAPE: codec::Shape = codec::Shape {
            name: "Target",
            variants: &[
                codec::Variant {
                    name: "Name",
                    kinds: codec::STRING,
                    ..codec::Variant::ANY
                },
                codec::Variant {
                    name: "Count",
                    kinds: codec::INTEGER,
                    ..codec::Variant::ANY
                },
                codec::Variant {
                    name: "Names",
                    kinds: codec::ARRAY,
                    ..codec::Variant::ANY
                },
                codec::Variant {
                    name: "Circle",
                    keys: Circle::keys,
                    consts: &[("kind", &["circle", "disc"])],
                    ..codec::Variant::OBJECT
                },
                codec::Variant {
                    name: "Cat",
                    keys: Cat::keys,
                    ..codec::Variant::OBJECT
                },
                codec::Variant {
                    name: "Workspace",
                    keys: Workspace::keys,
                    ..codec::Variant::OBJECT
                },
                codec::Variant {
                    name: "Nested",
                    ..codec::Variant::OBJECT
                },
            ],
            ..codec::Shape::CLOSED
        };
        codec::read_union(self, source, &SHAPE)
    }
    fn variant(&mut self, index: usize, value: &mut dyn codec::Source) -> codec::Outcome {
        *self = match index {
            0 => Self::Name(codec::decode(value)?),
            1 => Self::Count(codec::decode(value)?),
            2 => Self::Names(codec::decode(value)?),
            3 => Self::Circle(codec::decode(value)?),
            4 => Self::Cat(codec::decode(value)?),
            5 => Self::Workspace(codec::decode(value)?),
            6 => Self::Nested(codec::decode(value)?),
            _ => return value.skip(),
        };
        Ok(())
    }
    fn encode(&self, out: codec::Encoder<'_>) {
        match self {
            Self::Name(value) => value.encode(out),
            Self::Count(value) => value.encode(out),
            Self::Names(value) => value.encode(out),
            Self::Circle(value) => value.encode(out),
            Self::Cat(value) => value.encode(out),
            Self::Workspace(value) => value.encode(out),
            Self::Nested(value) => value.encode(out),
        }
    }
}
codec::serde!(Target);

/// A union with a default for tags that nobody knows, and a variant that is a union by the same tag.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event {
    Animal(Box<Pet>),
    Plain(Workspace),
}

impl codec::Wire for Event {
    fn vacant() -> Self {
        Self::Plain(codec::Wire::vacant())
    }
    fn read(&mut self, source: &mut dyn codec::Source) -> codec::Outcome {
        static SHAPE: codec::Shape = codec::Shape {
            name: "Event",
            tag: Some("petType"),
            fallback: Some(1),
            variants: &[
                codec::Variant {
                    name: "Animal",
                    tags: &["cat"],
                    ..codec::Variant::OBJECT
                },
                codec::Variant {
                    name: "Plain",
                    keys: Workspace::keys,
                    ..codec::Variant::OBJECT
                },
            ],
            ..codec::Shape::CLOSED
        };
        codec::read_union(self, source, &SHAPE)
    }
    fn variant(&mut self, index: usize, value: &mut dyn codec::Source) -> codec::Outcome {
        *self = match index {
            0 => Self::Animal(codec::decode(value)?),
            1 => Self::Plain(codec::decode(value)?),
            _ => return value.skip(),
        };
        Ok(())
    }
    fn encode(&self, out: codec::Encoder<'_>) {
        match self {
            Self::Animal(value) => out.tagged("petType", "cat", value),
            Self::Plain(value) => value.encode(out),
        }
    }
}
codec::serde!(Event);

/// A union of scalars: known texts, numbers with and without a fraction, any other text.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Size {
    Any(String),
    Mode(Mode),
    Whole(i64),
    Part(f64),
    Flag(bool),
}

impl codec::Wire for Size {
    fn vacant() -> Self {
        Self::Flag(codec::Wire::vacant())
    }
    fn read(&mut self, source: &mut dyn codec::Source) -> codec::Outcome {
        static SHAPE: codec::Shape = codec::Shape {
            name: "Size",
            variants: &[
                codec::Variant {
                    name: "Mode",
                    kinds: codec::STRING,
                    consts: &[("", &["fast", "slow"])],
                    ..codec::Variant::ANY
                },
                codec::Variant {
                    name: "Any",
                    kinds: codec::STRING,
                    ..codec::Variant::ANY
                },
                codec::Variant {
                    name: "Whole",
                    kinds: codec::INTEGER,
                    ..codec::Variant::ANY
                },
                codec::Variant {
                    name: "Part",
                    kinds: codec::NUMBER,
                    ..codec::Variant::ANY
                },
                codec::Variant {
                    name: "Flag",
                    kinds: codec::BOOL,
                    consts: &[("", &["true"])],
                    ..codec::Variant::ANY
                },
            ],
            ..codec::Shape::CLOSED
        };
        codec::read_union(self, source, &SHAPE)
    }
    fn variant(&mut self, index: usize, value: &mut dyn codec::Source) -> codec::Outcome {
        *self = match index {
            0 => Self::Mode(codec::decode(value)?),
            1 => Self::Any(codec::decode(value)?),
            2 => Self::Whole(codec::decode(value)?),
            3 => Self::Part(codec::decode(value)?),
            4 => Self::Flag(codec::decode(value)?),
            _ => return value.skip(),
        };
        Ok(())
    }
    fn encode(&self, out: codec::Encoder<'_>) {
        match self {
            Self::Any(value) => value.encode(out),
            Self::Mode(value) => value.encode(out),
            Self::Whole(value) => value.encode(out),
            Self::Part(value) => value.encode(out),
            Self::Flag(value) => value.encode(out),
        }
    }
}
codec::serde!(Size);

/// An alias that contains itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree(pub Vec<Tree>);
codec::newtype!(Tree);
