//! Types of values.

use super::Docs;
use rayon::prelude::*;

use crate::diagnostics::Place;
use crate::json::Json;

/// A type with a name, by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub u32);

/// All named types.
#[derive(Clone, Debug, Default)]
pub struct Types(pub Vec<Type>);

impl std::ops::Index<TypeId> for Types {
    type Output = Type;
    fn index(&self, id: TypeId) -> &Type {
        &self.0[id.0 as usize]
    }
}

impl std::ops::IndexMut<TypeId> for Types {
    fn index_mut(&mut self, id: TypeId) -> &mut Type {
        &mut self.0[id.0 as usize]
    }
}

impl Types {
    /// All types with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &Type)> {
        (0..).map(TypeId).zip(&self.0)
    }

    /// All types with their ids, for work that is done in parallel.
    pub fn par_iter(&self) -> impl IndexedParallelIterator<Item = (TypeId, &Type)> {
        (0..u32::MAX).into_par_iter().map(TypeId).zip(&self.0)
    }
}

/// A type that gets a name. Its body is never nullable as a whole: null belongs to its uses.
#[derive(Clone, Debug)]
pub struct Type {
    /// Where its name comes from.
    pub origin: Origin,
    /// Where it stands.
    pub place: Option<Place>,
    /// The JSON pointer of its schema.
    pub pointer: String,
    /// About it.
    pub docs: Docs,
    /// What it is.
    pub body: TypeBody,
    /// Who uses it.
    pub usage: Usage,
    /// A complete value, from the document's examples or made from the schema.
    pub example: Option<Json>,
}

/// Where a type's name comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A schema of the document, with its key there.
    Component(String),
    /// A schema inside another one or an operation: the named thing that it stands in, then the steps down to it, in the
    /// document's words (`["ListUsers", "response", "item"]`). Stable when something is added elsewhere.
    Inline(Vec<String>),
    /// A type that the user or the document named (`x-rust-name`, a configured rename).
    Custom(String),
}

/// Who uses a type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// It is sent.
    pub request: bool,
    /// It is received.
    pub response: bool,
}

/// What a type is.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeBody {
    /// An object with known properties.
    Struct(Struct),
    /// A string or integer out of a list.
    Enum(Enum),
    /// One of several types.
    Union(Union),
    /// Another name for a type.
    Alias(TypeRef),
    /// A type of its own around another, where an alias would refer to itself.
    Newtype(TypeRef),
}

/// A use of a type.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeRef {
    /// What it is.
    pub shape: Shape,
    /// Whether null is a value of it.
    pub nullable: bool,
}

impl TypeRef {
    /// A use that is never null.
    pub fn non_null(shape: Shape) -> Self {
        Self { shape, nullable: false }
    }
}

/// The shape of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Any JSON value.
    Any,
    /// No value at all: the schema contradicts itself.
    Never,
    /// Only null.
    Null,
    /// A boolean.
    Bool,
    /// An integer.
    Int(Int),
    /// A number.
    Float(Float),
    /// A string.
    Text(Text),
    /// Bytes that are base64 in JSON.
    Base64,
    /// Raw bytes, in bodies only.
    Binary,
    /// An object with any properties.
    Object,
    /// An array.
    List(Box<TypeRef>),
    /// An object whose properties all have one type.
    Map(Box<TypeRef>),
    /// An array of fixed length.
    Tuple(Vec<TypeRef>),
    /// A type with a name.
    Named(TypeId),
}

/// Widths of integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Int {
    /// `int32` and narrower.
    I32,
    /// `int64`, and where nothing is said.
    I64,
    /// `uint32`
    U32,
    /// `uint64`
    U64,
    /// Wider than 64 bits.
    I128,
}

/// Widths of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Float {
    /// `float`
    F32,
    /// `double`, and where nothing is said.
    F64,
}

/// Strings with a meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Text {
    /// Any string, whatever its format.
    Plain,
    /// RFC 3339.
    DateTime,
    /// `YYYY-MM-DD`
    Date,
    /// `HH:MM:SS`
    Time,
    /// ISO 8601 durations.
    Duration,
    /// RFC 9562.
    Uuid,
}

/// An object with known properties.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Struct {
    /// Its properties, in the order of the document.
    pub fields: Vec<Field>,
    /// What other properties it may have.
    pub extra: Extra,
}

/// What properties an object may have beside the known ones.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Extra {
    /// Others are ignored.
    #[default]
    Ignored,
    /// Others are kept, and all have one type.
    Typed(TypeRef),
}

/// A property.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name on the wire.
    pub wire: String,
    /// A name that the document or the user gives it in code.
    pub custom_name: Option<String>,
    /// What it holds.
    pub ty: TypeRef,
    /// Whether it is always there, as the document says.
    pub required: bool,
    /// Whether it is only received.
    pub read_only: bool,
    /// Whether it is only sent.
    pub write_only: bool,
    /// Whether a value of the type may be without it: it is not required, or it is required but travels in one direction
    /// only (`readOnly`, `writeOnly`) while the type travels in both. A type in one direction only does not have the
    /// properties of the other direction at all.
    pub omittable: bool,
    /// The tag by which the one union that lists this type knows it, on the property that holds the tag. Making a value
    /// fills it in.
    pub tag: Option<String>,
    /// About it.
    pub docs: Docs,
    /// What the server takes where nothing is sent.
    pub default: Option<Json>,
    /// The only value it can have.
    pub constant: Option<Json>,
    /// An example from the document.
    pub example: Option<Json>,
    /// Whether it has to be boxed, since the type would contain itself.
    pub boxed: bool,
}

/// A string or integer out of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Enum {
    /// What its values are.
    pub base: EnumBase,
    /// Its values, each once, in the order of the document.
    pub values: Vec<EnumValue>,
    /// Whether values that are not listed are kept.
    pub open: bool,
}

/// What the values of an enum are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnumBase {
    /// Strings.
    Text,
    /// Integers.
    Int,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumValue {
    /// The value on the wire; an integer as its text.
    pub wire: String,
    /// A name that the document gives it in code (`x-enum-varnames`).
    pub custom_name: Option<String>,
    /// About it.
    pub description: Option<String>,
}

/// One of several types.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// The members, in the order of the document.
    pub variants: Vec<Variant>,
    /// How they are told apart.
    pub strategy: Strategy,
    /// Whether a value that fits none is kept.
    pub open: bool,
}

impl Union {
    /// Whether a member, given by its index, has a tag that another one has too.
    pub fn shares_tag(&self, index: usize) -> bool {
        let own = self.variants.get(index).map_or(&[][..], |variant| &variant.tags);
        let mut others = self.variants.iter().enumerate().filter(|(other, _)| *other != index);
        others.any(|(_, other)| other.tags.iter().any(|tag| own.contains(tag)))
    }
}

/// A member of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// What it is called, in the document's words: title, component name, tag, or the JSON type.
    pub name: String,
    /// What it holds.
    pub ty: TypeRef,
    /// The tags that stand for it; empty without a discriminator.
    pub tags: Vec<String>,
    /// About it.
    pub description: Option<String>,
    /// Whether it has to be boxed, since the type would contain itself.
    pub boxed: bool,
}

/// How the members of a union are told apart.
#[derive(Clone, Debug, PartialEq)]
pub enum Strategy {
    /// By the value of a property.
    Tag {
        /// The property.
        property: String,
        /// The member of an unknown tag, by index.
        default: Option<usize>,
    },
    /// By JSON type, constant properties, required keys and best match, in this order.
    Structure,
}
