//! Models.

use super::{ArgumentType, Doc, Example, Ident, ModelId, ModelSnippets, TypeExpr, WireName};
use crate::json::{Json, JsonKind};
use crate::wire::{EnumBase, StringForm};

/// A type in `models`.
#[derive(Clone, Debug)]
pub struct Model {
    /// The name of the type.
    pub name: Ident,
    /// The JSON pointer of its schema.
    pub pointer: String,
    /// The documentation.
    pub doc: Doc,
    /// The definition.
    pub body: ModelBody,
    /// Whether a request contains it.
    pub sent: bool,
    /// Whether a response contains it.
    pub received: bool,
    /// A complete example in JSON, in the form in which the crate serializes it.
    pub example: Option<Json>,
    /// An expression that creates an example value. `None` if the model has no constructor, or if a caller must supply
    /// values. The plan stage drops it after it has planned the snippets.
    pub construct: Option<Example>,
    /// The usage examples.
    pub snippets: ModelSnippets,
}

impl Model {
    /// Returns the struct that `new` takes, if there is one.
    pub fn required_fields(&self) -> Option<&RequiredFields> {
        match &self.body {
            ModelBody::Record(record) => record.required_fields(),
            ModelBody::Enum(_) | ModelBody::Union(_) | ModelBody::Alias(_) | ModelBody::Newtype(_) => None,
        }
    }
}

/// A file of `src/models/`.
#[derive(Clone, Debug)]
pub struct ModelFile {
    /// The module name.
    pub module: Ident,
    /// The models. The one that the file is named after comes first.
    pub models: Vec<ModelId>,
    /// The models of other files that it uses, sorted by name.
    pub imports: Vec<ModelId>,
    /// The Cargo feature that enables it. `None` if it is always included.
    pub feature: Option<String>,
}

/// The definition of a model.
#[derive(Clone, Debug)]
pub enum ModelBody {
    /// A struct.
    Record(Record),
    /// An enum of strings or integers.
    Enum(Enum),
    /// An enum whose variants have fields of different types.
    Union(Union),
    /// `type A = B;`
    Alias(TypeExpr),
    /// `struct A(pub B);`
    Newtype(TypeExpr),
}

/// A struct.
#[derive(Clone, Debug)]
pub struct Record {
    /// The fields, in the order of the document.
    pub fields: Vec<Field>,
    /// The field for additional properties, if they are kept.
    pub extra: Option<ExtraField>,
    /// How callers create it.
    pub constructor: Constructor,
    /// Whether it implements `Default`: it has setters, and no field is required or constant.
    pub default: bool,
}

impl Record {
    /// Returns the struct that `new` takes, if there is one.
    pub fn required_fields(&self) -> Option<&RequiredFields> {
        match &self.constructor {
            Constructor::Fields(required) => Some(required),
            Constructor::None | Constructor::Arguments => None,
        }
    }

    /// Returns the fields that a caller of `new` passes.
    pub fn arguments(&self) -> impl Iterator<Item = (&Field, &ArgumentType)> {
        self.fields.iter().filter_map(|field| match &field.setter {
            Setter::Argument(form) => Some((field, form)),
            Setter::None | Setter::Method(..) => None,
        })
    }
}

/// How callers create a struct.
#[derive(Clone, Debug, PartialEq)]
pub enum Constructor {
    /// There are neither `new` nor setters.
    None,
    /// `new` has an argument for each required field.
    Arguments,
    /// `new` takes a struct with the required fields, because there are too many for arguments without names.
    Fields(RequiredFields),
}

/// The struct that contains the required fields of a model, from which `new` creates the model.
#[derive(Clone, Debug, PartialEq)]
pub struct RequiredFields {
    /// The name of the struct.
    pub name: Ident,
    /// The documentation.
    pub doc: Doc,
}

/// A field.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name of the field.
    pub name: Ident,
    /// The name in JSON.
    pub wire: WireName,
    /// The type, including `Option` and `Box`.
    pub ty: TypeExpr,
    /// Whether the field is required.
    pub presence: Presence,
    /// The documentation, which includes the default value.
    pub doc: Doc,
    /// The only value of the field, which `new` fills in.
    pub constant: Option<Example>,
    /// How the caller sets the field.
    pub setter: Setter,
    /// The method that sets it to null, if it is optional and nullable.
    pub null_setter: Option<Ident>,
    /// Whether only responses contain it.
    pub read_only: bool,
    /// Whether only requests contain it.
    pub write_only: bool,
    /// Whether `Debug` does not show it.
    pub secret: bool,
    /// The value that the server uses if the field is missing.
    pub default: Option<Json>,
    /// An example in JSON.
    pub example: Option<Json>,
}

/// Whether a field is required.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Deserialization fails if the field is missing. It is always serialized.
    Required,
    /// The field is omitted if unset.
    Optional,
}

/// How the caller sets a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Setter {
    /// The caller cannot set it.
    None,
    /// By `new`: with an argument, or with a field of its argument.
    Argument(ArgumentType),
    /// By the method `with_x(value)`.
    Method(Ident, ArgumentType),
}

/// The field for additional properties.
#[derive(Clone, Debug)]
pub struct ExtraField {
    /// The name of the field.
    pub name: Ident,
    /// The type of the values.
    pub value: TypeExpr,
}

/// An enum of strings or integers.
#[derive(Clone, Debug)]
pub struct Enum {
    /// The type of its values.
    pub base: EnumBase,
    /// Its variants, in the order of the document.
    pub variants: Vec<EnumVariant>,
    /// The variant that keeps an unknown value. `None` if unknown values are rejected.
    pub other: Option<Ident>,
}

/// A variant of an enum.
#[derive(Clone, Debug)]
pub struct EnumVariant {
    /// The name of the variant.
    pub name: Ident,
    /// The value in JSON. An integer is written as text.
    pub wire: WireName,
    /// The documentation.
    pub doc: Doc,
}

/// An enum whose variants have fields of different types.
#[derive(Clone, Debug)]
pub struct Union {
    /// Its variants, in the order of the document.
    pub variants: Vec<UnionVariant>,
    /// How the variant of a value is found.
    pub dispatch: Dispatch,
    /// The variant that keeps a value that no other variant accepts. `None` if such a value is rejected.
    pub other: Option<Ident>,
    /// Whether `other` is used only if the value cannot be read as a variant, even with tolerance.
    pub verbatim: bool,
    /// The index of the variant that an empty value has, if no variant keeps unknown values.
    pub empty: usize,
}

impl Union {
    /// Returns the variant that a string literal converts to, if there is one.
    pub fn text_variant(&self) -> Option<&UnionVariant> {
        self.variants
            .iter()
            .find(|variant| variant.has_from && variant.ty == TypeExpr::String)
    }
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// The name of the variant.
    pub name: Ident,
    /// The type of its field, including `Box`.
    pub ty: TypeExpr,
    /// The discriminator values that select it.
    pub tags: Vec<String>,
    /// The discriminator value that is added when it is serialized. `None` if the field's type already contains the
    /// discriminator.
    pub written_tag: Option<String>,
    /// The JSON types that it accepts.
    pub kinds: Vec<JsonKind>,
    /// Whether its type is a struct, so that its keys distinguish it.
    pub keyed: bool,
    /// The keys that distinguish it if its type is a union of structs. A key is required if every struct requires it.
    pub nested: Option<Vec<(WireName, Presence)>>,
    /// Properties with a fixed set of values, and these values as text. An empty property name means the value itself.
    pub constants: Vec<(WireName, Vec<String>)>,
    /// The form of its strings.
    pub form: StringForm,
    /// The documentation.
    pub doc: Doc,
    /// Whether `From` is implemented for its type: no other variant has the same type.
    pub has_from: bool,
}

/// How the variant of a union is found.
#[derive(Clone, Debug, PartialEq)]
pub enum Dispatch {
    /// By a discriminator.
    Discriminator {
        /// The discriminator property.
        property: WireName,
        /// The index of the variant for unknown discriminator values.
        default: Option<usize>,
    },
    /// By the structure of the value.
    Structure,
    /// By the name of the server-sent event that contains the value. Without an event, the structure decides.
    EventName,
}
