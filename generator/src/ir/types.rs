//! Types of values.

use super::Docs;
use rayon::prelude::*;

use crate::diagnostics::Place;
use crate::json::{Json, JsonKind};
use crate::wire::{EnumBase, ForeignType, StringForm};

/// The index of a named type.
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
    /// Returns the shape behind aliases. A newtype is not an alias.
    pub fn resolve<'a>(&'a self, shape: &'a Shape) -> &'a Shape {
        let mut shape = shape;
        // A recursive alias is a newtype, so this ends. The bound protects against mistakes.
        for _ in 0..64 {
            match shape {
                Shape::Named(id) => match &self[*id].body {
                    TypeBody::Alias(of) => shape = &of.shape,
                    TypeBody::Struct(_) | TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Newtype(_) => break,
                },
                _ => break,
            }
        }
        shape
    }

    /// Iterates over all types with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &Type)> {
        (0..).map(TypeId).zip(&self.0)
    }

    /// Iterates over all types with their ids, in parallel.
    pub fn par_iter(&self) -> impl IndexedParallelIterator<Item = (TypeId, &Type)> {
        (0..u32::MAX).into_par_iter().map(TypeId).zip(&self.0)
    }
}

/// A named type. Its body is never nullable as a whole: null belongs to the references to it.
#[derive(Clone, Debug)]
pub struct Type {
    /// The origin of its name.
    pub origin: Origin,
    /// The place in the document.
    pub place: Option<Place>,
    /// The JSON pointer of its schema.
    pub pointer: String,
    /// The documentation.
    pub docs: Docs,
    /// For an alias, the documentation of properties and values that differs from that of the aliased type, by name on the wire.
    pub member_docs: Vec<(String, Docs)>,
    /// The definition.
    pub body: TypeBody,
    /// The directions in which it is used.
    pub usage: Usage,
    /// Its names and form in XML, if the document has them.
    pub xml: Option<Box<XmlHint>>,
    /// A complete value: documented, or generated from the schema.
    pub example: Option<Json>,
    /// The type that this one is a merge patch of.
    pub patch_of: Option<TypeId>,
}

/// The origin of a type's name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A component schema, with its key.
    Component(String),
    /// A schema inside another one or an operation: the named root, then the segments below it, in the words of the document
    /// (`["ListUsers", "response", "item"]`). It is stable when something is added elsewhere.
    Inline(Vec<String>),
    /// Several equal inline schemas that became one type.
    Shared {
        /// What they have in common, in the words of the document.
        name: String,
        /// The path of the first of them, as in [`Self::Inline`].
        first: Vec<String>,
    },
    /// A custom name from the document or the configuration (`x-rust-name`, a configured rename).
    Custom(String),
}

impl Origin {
    /// Returns whether the document or the configuration names the type.
    pub fn is_named(&self) -> bool {
        match self {
            Self::Component(_) | Self::Custom(_) => true,
            Self::Inline(_) | Self::Shared { .. } => false,
        }
    }
}

/// The names and the form of a value in XML.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct XmlHint {
    /// The name of the element or attribute. For a list it is that of the wrapping element.
    pub name: Option<String>,
    /// The namespace.
    pub namespace: Option<String>,
    /// The prefix of the name.
    pub prefix: Option<String>,
    /// Whether the value is an attribute.
    pub attribute: bool,
    /// Whether an element wraps the items of a list.
    pub wrapped: bool,
    /// Whether the value is the text of the element of its object.
    pub content: bool,
    /// The hint for the items of a list.
    pub item: Option<Box<XmlHint>>,
}

/// The directions in which a type is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// It is sent.
    pub request: bool,
    /// It is received.
    pub response: bool,
}

/// The definition of a type.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeBody {
    /// An object with known properties.
    Struct(Struct),
    /// A string or integer from a list.
    Enum(Enum),
    /// One of several types.
    Union(Union),
    /// Another name for a type.
    Alias(TypeRef),
    /// A wrapper around another type, used if an alias would refer to itself.
    Newtype(TypeRef),
}

/// A reference to a type.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeRef {
    /// The shape.
    pub shape: Shape,
    /// Whether null is a value.
    pub nullable: bool,
}

impl TypeRef {
    /// Creates a reference that is never null.
    pub fn non_null(shape: Shape) -> Self {
        Self { shape, nullable: false }
    }
}

/// The shape of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Any JSON value.
    Any,
    /// No value: the schema contradicts itself.
    Never,
    /// Only null.
    Null,
    /// A boolean.
    Bool,
    /// An integer.
    Int(Int),
    /// A number.
    Float,
    /// A string.
    Text(Text),
    /// Bytes, encoded as base64 in JSON.
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
    /// A value with a type of another crate.
    Foreign(ForeignType),
    /// A named type.
    Named(TypeId),
}

/// Widths of integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Int {
    /// `int32` and narrower.
    I32,
    /// `int64`, and the default.
    I64,
    /// `uint32`
    U32,
    /// `uint64`
    U64,
    /// An integer that may be wider than 64 bits, represented as any JSON value.
    AnyWidth,
    /// An integer that the configuration represents as `i128`.
    I128,
}

/// Formats of strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Text {
    /// Any string, with any other format.
    Unformatted,
    /// A date and time of RFC 3339.
    DateTime,
    /// `YYYY-MM-DD`
    Date,
    /// `HH:MM:SS`
    Time,
    /// A duration of ISO 8601.
    Duration,
    /// A UUID of RFC 9562.
    Uuid,
}

/// An object with known properties.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Struct {
    /// The properties, in the order of the document.
    pub fields: Vec<Field>,
    /// The type of other properties.
    pub extra: Extra,
}

/// The properties that an object may have in addition to the known ones.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Extra {
    /// Other properties are ignored.
    #[default]
    Ignored,
    /// Other properties are kept and have this type.
    Typed(TypeRef),
}

/// A property.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The name on the wire.
    pub wire: String,
    /// A custom name from the document or the configuration.
    pub custom_name: Option<String>,
    /// The type.
    pub ty: TypeRef,
    /// Whether the document declares it as required.
    pub required: bool,
    /// Whether it occurs only in responses.
    pub read_only: bool,
    /// Whether it occurs only in requests.
    pub write_only: bool,
    /// Whether it is a password, which must not be logged.
    pub secret: bool,
    /// Whether a value of the type may lack it: it is not required, or it is `writeOnly` while the type is also received. A
    /// type that is used in one direction lacks the properties of the other direction.
    pub omittable: bool,
    /// Whether the document describes it. If not, it is only listed as required.
    pub described: bool,
    /// The discriminator value of the type in the union that contains it, if this is the discriminator property.
    /// Constructors fill it in.
    pub tag: Option<String>,
    /// The documentation.
    pub docs: Docs,
    /// The value that the server assumes if none is sent.
    pub default: Option<Json>,
    /// The only value that is allowed.
    pub constant: Option<Json>,
    /// An example from the document.
    pub example: Option<Json>,
    /// Its names and form in XML, if the document has them.
    pub xml: Option<Box<XmlHint>>,
    /// Whether it is boxed, because the type would contain itself otherwise.
    pub boxed: bool,
}

/// A string or integer from a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Enum {
    /// The JSON type of the values.
    pub base: EnumBase,
    /// The distinct values, in the order of the document.
    pub values: Vec<EnumValue>,
    /// Whether unlisted values are kept.
    pub open: bool,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumValue {
    /// The value on the wire; an integer as text.
    pub wire: String,
    /// A custom name from the document (`x-enum-varnames`).
    pub custom_name: Option<String>,
    /// The description.
    pub description: Option<String>,
}

/// One of several types.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// The variants, in the order of the document.
    pub variants: Vec<Variant>,
    /// How the variants are distinguished.
    pub strategy: Strategy,
    /// Whether a value that matches no variant is kept.
    pub open: bool,
    /// Whether an object that no variant can represent is kept, although each variant accepts certain values only.
    pub verbatim: bool,
    /// The indices of the variants that a value can match as well as another one. The first of them is read.
    pub ambiguous: Vec<usize>,
}

/// A variant of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// The name, in the words of the document: title, component name, discriminator value, or the JSON type.
    pub name: String,
    /// A custom name from the configuration.
    pub custom_name: Option<String>,
    /// The type.
    pub ty: TypeRef,
    /// The discriminator values; empty without a discriminator.
    pub tags: Vec<String>,
    /// The description.
    pub description: Option<String>,
    /// The form of its strings, if there are other string variants.
    pub form: StringForm,
    /// Whether it is boxed, because the type would contain itself otherwise.
    pub boxed: bool,
    /// The structure by which it is recognized.
    pub evidence: Evidence,
}

/// The structure by which the variant of a value is recognized.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// The JSON types that a value can have.
    pub kinds: Vec<JsonKind>,
    /// Whether the type is a struct, so that its keys distinguish it.
    pub keyed: bool,
    /// The keys that distinguish a union of structs. A key is required if every struct requires it.
    pub nested: Option<Vec<NestedKey>>,
    /// Properties with a fixed set of values, and these values as text. An empty property name means the value itself.
    pub constants: Vec<(String, Vec<String>)>,
    /// The discriminator value that is added when the variant is serialized. `None` if the type already contains it.
    pub written_tag: Option<String>,
}

/// A key of a union of structs.
#[derive(Clone, Debug, PartialEq)]
pub struct NestedKey {
    /// The name on the wire.
    pub wire: String,
    /// Whether every struct requires it.
    pub required: bool,
}

/// How the variants of a union are distinguished.
#[derive(Clone, Debug, PartialEq)]
pub enum Strategy {
    /// By the value of a property.
    Discriminator {
        /// The property.
        property: String,
        /// The index of the variant for unknown values.
        default: Option<usize>,
    },
    /// By JSON type, constant properties, required properties and best match, in this order.
    Structure,
    /// By the name of the server-sent event that contains the value. A value without an event is read as in [`Self::Structure`].
    EventName {
        /// The names of the events whose data is text. The data of the others is JSON.
        text: Vec<String>,
    },
}
