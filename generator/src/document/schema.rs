//! Schemas, in the words of JSON Schema 2020-12.

use indexmap::{IndexMap, IndexSet};

use super::Extensions;
use crate::diagnostics::Place;
use crate::json::Json;

/// One schema of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaId(pub u32);

/// All schemas of a document. The same node of the text is one schema, however often it is referred to.
#[derive(Clone, Debug, Default)]
pub struct Schemas(pub Vec<Schema>);

impl std::ops::Index<SchemaId> for Schemas {
    type Output = Schema;
    fn index(&self, id: SchemaId) -> &Schema {
        &self.0[id.0 as usize]
    }
}

/// A JSON type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Type {
    /// `null`
    Null,
    /// `boolean`
    Boolean,
    /// `integer`
    Integer,
    /// `number`
    Number,
    /// `string`
    String,
    /// `array`
    Array,
    /// `object`
    Object,
}

impl Type {
    /// The type's name in JSON Schema.
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// A set of JSON types. Empty: the schema does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TypeSet(u8);

impl TypeSet {
    /// Adds a type.
    pub fn insert(&mut self, kind: Type) {
        self.0 |= 1 << kind as u8;
    }
    /// Removes a type.
    pub fn remove(&mut self, kind: Type) {
        self.0 &= !(1 << kind as u8);
    }
    /// Whether the type is in the set.
    pub fn has(self, kind: Type) -> bool {
        self.0 & (1 << kind as u8) != 0
    }
    /// Whether nothing is said.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
    /// The types of the set, in a fixed order.
    pub fn iter(self) -> impl Iterator<Item = Type> {
        use Type::{Array, Boolean, Integer, Null, Number, Object, String};
        [Null, Boolean, Integer, Number, String, Array, Object]
            .into_iter()
            .filter(move |kind| self.has(*kind))
    }
}

impl FromIterator<Type> for TypeSet {
    fn from_iter<I: IntoIterator<Item = Type>>(kinds: I) -> Self {
        let mut set = Self::default();
        kinds.into_iter().for_each(|kind| set.insert(kind));
        set
    }
}

/// A schema.
///
/// Null is allowed where [`Schema::types`] has [`Type::Null`] (then [`Schema::values`] has it too, if there are any), or
/// where [`Schema::nullable`] says so. `exclusiveMinimum: true` has become a number, `items: [..]` of draft 4
/// `prefix_items`, `type: file` a binary string.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// Where it stands.
    pub place: Option<Place>,
    /// Its JSON pointer, such as `#/components/schemas/Activity`; for one in another file with the path of that file before
    /// it, as the document would write it: `parts/pet.yaml#/Pet`. Empty if it stands nowhere.
    pub pointer: String,
    /// `$ref`: the schema that this one is. Siblings that count (3.1: all; 3.0: none but annotations) stay beside it.
    pub reference: Option<SchemaId>,
    /// A `false` schema: nothing matches.
    pub never: bool,
    /// The types that a value may have.
    pub types: TypeSet,
    /// Whether null is allowed whatever the schemas say that this one is made of (`$ref` or `allOf` with `nullable`).
    pub nullable: bool,
    /// `title`
    pub title: Option<String>,
    /// CommonMark.
    pub description: Option<String>,
    /// `format`
    pub format: Option<String>,
    /// `contentEncoding`
    pub content_encoding: Option<String>,
    /// `contentMediaType`
    pub content_media_type: Option<String>,
    /// `contentSchema`: what the text holds, where it is of that media type.
    pub content_schema: Option<SchemaId>,
    /// `enum`
    pub values: Option<Vec<Json>>,
    /// `const`
    pub constant: Option<Json>,
    /// `default`
    pub default: Option<Json>,
    /// `example` and `examples`, the best first.
    pub examples: Vec<Json>,
    /// `properties`, in order.
    pub properties: IndexMap<String, SchemaId>,
    /// `required`, also of properties that are not listed here.
    pub required: IndexSet<String>,
    /// `additionalProperties` (and, where that is silent, `unevaluatedProperties` and `patternProperties`).
    pub additional: Additional,
    /// `items`
    pub items: Option<SchemaId>,
    /// `prefixItems`
    pub prefix_items: Vec<SchemaId>,
    /// `allOf`
    pub all_of: Vec<SchemaId>,
    /// `oneOf`
    pub one_of: Vec<SchemaId>,
    /// `anyOf`
    pub any_of: Vec<SchemaId>,
    /// `discriminator`
    pub discriminator: Option<Discriminator>,
    /// Limits on the value; kept for documentation and for choosing a number's width.
    pub bounds: Bounds,
    /// `readOnly`
    pub read_only: bool,
    /// `writeOnly`
    pub write_only: bool,
    /// `deprecated`
    pub deprecated: bool,
    /// Keywords that say something about a value which Rust types cannot hold (`not`, `if`, `dependentRequired`, …).
    pub untyped_keywords: Vec<&'static str>,
    /// Extensions.
    pub extensions: Extensions,
}

/// What properties an object may have beside the listed ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Additional {
    /// Nothing is said.
    #[default]
    Unsaid,
    /// Anything.
    Any,
    /// None.
    Forbidden,
    /// Values of a schema.
    Schema(SchemaId),
}

/// How a union tells its members apart.
#[derive(Clone, Debug, Default)]
pub struct Discriminator {
    /// The property that holds the tag.
    pub property: String,
    /// Tags, and the schemas that they stand for. Unresolvable ones are reported and left out.
    pub mapping: IndexMap<String, SchemaId>,
    /// The schema of an unknown tag (3.2).
    pub default: Option<SchemaId>,
}

/// Limits on a value. Numbers are kept as text, whatever their size.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bounds {
    /// `minimum`
    pub minimum: Option<String>,
    /// `maximum`
    pub maximum: Option<String>,
    /// `exclusiveMinimum`
    pub exclusive_minimum: Option<String>,
    /// `exclusiveMaximum`
    pub exclusive_maximum: Option<String>,
    /// `multipleOf`
    pub multiple_of: Option<String>,
    /// `minLength`
    pub min_length: Option<u64>,
    /// `maxLength`
    pub max_length: Option<u64>,
    /// `pattern`
    pub pattern: Option<String>,
    /// `minItems`
    pub min_items: Option<u64>,
    /// `maxItems`
    pub max_items: Option<u64>,
    /// `uniqueItems`
    pub unique_items: bool,
    /// `minProperties`
    pub min_properties: Option<u64>,
    /// `maxProperties`
    pub max_properties: Option<u64>,
}
