//! Models.

use super::{Doc, Example, Ident, ModelId, OperationId, Take, TypeExpr, WireName};
use crate::json::Json;

/// A type of `models`.
#[derive(Clone, Debug)]
pub struct Model {
    /// Its name.
    pub name: Ident,
    /// The JSON pointer of its schema.
    pub pointer: String,
    /// About it.
    pub doc: Doc,
    /// What it is.
    pub body: ModelBody,
    /// Whether it is sent.
    pub sent: bool,
    /// Whether it is received.
    pub received: bool,
    /// A complete value on the wire, as the crate writes it: read and written, it comes back.
    pub example: Option<Json>,
    /// How one is made in Rust; `None` for what is never sent, or cannot be made without the caller's own values.
    pub construct: Option<Example>,
    /// The operations that send or receive it, itself or inside another.
    pub used_by: Vec<OperationId>,
}

/// A file of `src/models/`.
#[derive(Clone, Debug)]
pub struct ModelFile {
    /// The module.
    pub module: Ident,
    /// Its models: the one that it is named after first, then those inside it.
    pub models: Vec<ModelId>,
    /// Models of other files that it speaks of, by name.
    pub imports: Vec<ModelId>,
    /// The feature that brings it in; `None` where it is always there.
    pub feature: Option<String>,
}

/// What a model is.
#[derive(Clone, Debug)]
pub enum ModelBody {
    /// A struct.
    Record(Record),
    /// An enum of strings or integers.
    Enum(Enum),
    /// An enum of types.
    Union(Union),
    /// `type A = B;`
    Alias(TypeExpr),
    /// `struct A(pub B);`
    Newtype(TypeExpr),
}

/// A struct.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its fields, in the order of the document.
    pub fields: Vec<Field>,
    /// The field for properties that are not listed, where they are kept.
    pub extra: Option<ExtraField>,
    /// Whether it has `new` and setters: it is sent.
    pub constructor: bool,
    /// Whether it has a `Default`: it is sent, and nothing has to be given.
    pub default: bool,
}

/// A field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: Ident,
    /// Its name on the wire.
    pub wire: WireName,
    /// Its whole type.
    pub ty: TypeExpr,
    /// Whether it is always there.
    pub presence: Presence,
    /// About it; the wire's default is among it.
    pub doc: Doc,
    /// What `new` puts there by itself: the only value it can have.
    pub constant: Option<Example>,
    /// How the caller sets it; `None` where the type is not sent or the field is only received.
    pub setter: Setter,
    /// Whether it is only received.
    pub read_only: bool,
    /// Whether it is only sent.
    pub write_only: bool,
    /// What the server takes where nothing is sent.
    pub default: Option<Json>,
    /// An example on the wire.
    pub example: Option<Json>,
}

/// Whether a field is always there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Reading fails without it, writing always writes it.
    Required,
    /// Left out where it is absent.
    Optional,
}

/// How the caller sets a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Setter {
    /// Not at all.
    None,
    /// As an argument of `new`, in this form.
    Argument(Take),
    /// By `with_x(value)`, in this form.
    Method(Ident, Take),
}

/// The field for properties that are not listed.
#[derive(Clone, Debug)]
pub struct ExtraField {
    /// Its name.
    pub name: Ident,
    /// What each of them holds.
    pub value: TypeExpr,
}

/// An enum of strings or integers.
#[derive(Clone, Debug)]
pub struct Enum {
    /// What its values are.
    pub base: EnumBase,
    /// Its variants, in the order of the document.
    pub variants: Vec<EnumVariant>,
    /// The variant that keeps a value that is not listed; `None` where such a value is refused.
    pub other: Option<Ident>,
}

/// What the values of an enum are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnumBase {
    /// Strings.
    Text,
    /// Integers, as `i64`.
    Int,
}

/// A variant of an enum.
#[derive(Clone, Debug)]
pub struct EnumVariant {
    /// Its name.
    pub name: Ident,
    /// Its value on the wire; an integer as its text.
    pub wire: WireName,
    /// About it.
    pub doc: Doc,
}

/// An enum of types.
#[derive(Clone, Debug)]
pub struct Union {
    /// Its variants, in the order of the document.
    pub variants: Vec<UnionVariant>,
    /// How they are told apart.
    pub dispatch: Dispatch,
    /// The variant that keeps a value that fits none; `None` where such a value is refused.
    pub other: Option<Ident>,
    /// The variant that a vacant value has where there is none that keeps others, by index.
    pub vacant: usize,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// Its name.
    pub name: Ident,
    /// What it holds, box included.
    pub ty: TypeExpr,
    /// The tags that stand for it.
    pub tags: Vec<String>,
    /// The tag that is written with it; `None` where what it holds has the tag itself.
    pub written_tag: Option<String>,
    /// The kinds of JSON that it can be.
    pub kinds: Vec<JsonKind>,
    /// Whether it is a struct, whose keys tell it from others.
    pub keyed: bool,
    /// The keys that tell it from others where it is a union of structs itself; required are those that every one of the
    /// structs requires.
    pub nested: Option<Vec<(WireName, Presence)>>,
    /// Properties that have few values, with these, as text; an empty name stands for the value itself.
    pub consts: Vec<(WireName, Vec<String>)>,
    /// About it.
    pub doc: Doc,
    /// Whether `From<ty>` can be there: no other variant holds the same.
    pub from: bool,
}

/// The kinds of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // The names say it.
pub enum JsonKind {
    Null,
    Bool,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// How the variants of a union are told apart.
#[derive(Clone, Debug, PartialEq)]
pub enum Dispatch {
    /// By the value of a property.
    Tag {
        /// The property.
        property: WireName,
        /// The variant of an unknown tag, by index.
        default: Option<usize>,
    },
    /// By structure.
    Structure,
}
