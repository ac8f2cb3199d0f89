//! Schemas, in the words of JSON Schema 2020-12.

use indexmap::{IndexMap, IndexSet};

use super::{Extensions, Sparse};
use crate::diagnostics::Place;
use crate::json::Json;

/// The id of a schema: its index in [`Schemas`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaId(pub u32);

/// All schemas of a document. The same node of the text is one schema, however often it is referred to.
///
/// They are in blocks of [`BLOCK`], so that no schema is moved when another one is added.
#[derive(Clone, Debug, Default)]
pub struct Schemas {
    blocks: Vec<Vec<Schema>>,
}

/// The number of schemas in a block.
const BLOCK: usize = 1024;

impl Schemas {
    /// Adds a schema. Its id is the number of schemas before it.
    pub fn push(&mut self, schema: Schema) {
        match self.blocks.last_mut() {
            Some(block) if block.len() < BLOCK => block.push(schema),
            _ => {
                // The only block of a small document takes no more memory than its schemas.
                let mut block = Vec::with_capacity(if self.blocks.is_empty() { 0 } else { BLOCK });
                block.push(schema);
                self.blocks.push(block);
            }
        }
    }

    /// Returns the number of schemas.
    pub fn count(&self) -> usize {
        let last = self.blocks.last().map_or(0, Vec::len);
        self.blocks.len().saturating_sub(1) * BLOCK + last
    }

    /// Returns the schema with an id.
    pub fn get(&self, id: SchemaId) -> Option<&Schema> {
        let index = id.0 as usize;
        self.blocks.get(index / BLOCK)?.get(index % BLOCK)
    }
}

impl std::ops::Index<SchemaId> for Schemas {
    type Output = Schema;
    fn index(&self, id: SchemaId) -> &Schema {
        let index = id.0 as usize;
        &self.blocks[index / BLOCK][index % BLOCK]
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
    /// Returns the name of the type in JSON Schema.
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

/// A set of JSON types. It is empty if the schema declares no type.
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
    /// Returns whether the type is in the set.
    pub fn has(self, kind: Type) -> bool {
        self.0 & (1 << kind as u8) != 0
    }
    /// Returns whether the set is empty.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
    /// Iterates over the types in a fixed order.
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

/// The keyword `xml`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Xml {
    /// The name of the element or attribute.
    pub name: Option<String>,
    /// The namespace.
    pub namespace: Option<String>,
    /// The prefix of the name.
    pub prefix: Option<String>,
    /// Whether the value is an attribute.
    pub attribute: bool,
    /// Whether an element wraps the items of a list.
    pub wrapped: bool,
    /// `nodeType` (3.2).
    pub node_type: Option<String>,
}

/// A schema.
///
/// Null is allowed if [`Schema::types`] has [`Type::Null`] (then [`Schema::values`] has it too, if there are any), or if
/// [`Schema::nullable`] is set. The keywords of older versions are converted: `exclusiveMinimum: true` to a number, `items: [..]` to
/// `prefix_items`, and `type: file` to a binary string.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// The place that messages point to.
    pub place: Option<Place>,
    /// The JSON pointer, such as `#/components/schemas/Activity`. In another file it is prefixed with the relative path of that
    /// file: `parts/pet.yaml#/Pet`. Empty if the schema has no place in the document.
    pub pointer: String,
    /// The target of `$ref`. The keywords next to it are in the other fields: all of them in 3.1, and annotations in 3.0.
    pub reference: Option<SchemaId>,
    /// Whether the schema is `false`, which no value matches.
    pub never: bool,
    /// The declared types.
    pub types: TypeSet,
    /// Whether null is allowed in addition to what the referenced or composed schemas allow.
    pub nullable: bool,
    /// `title`
    pub title: Option<String>,
    /// The description, in CommonMark.
    pub description: Option<String>,
    /// `format`
    pub format: Option<String>,
    /// `contentEncoding`
    pub content_encoding: Option<String>,
    /// `contentMediaType`
    pub content_media_type: Option<String>,
    /// `contentSchema`: the schema of the embedded content.
    pub content_schema: Option<SchemaId>,
    /// `enum`
    pub values: Option<Vec<Json>>,
    /// `const`
    pub constant: Option<Json>,
    /// `default`
    pub default: Option<Json>,
    /// `example` and `examples`, the best first.
    pub examples: Vec<Json>,
    /// `xml`
    pub xml: Option<Box<Xml>>,
    /// `properties`, in order.
    pub properties: Sparse<IndexMap<String, SchemaId>>,
    /// `required`, including properties that are not declared here.
    pub required: Sparse<IndexSet<String>>,
    /// `additionalProperties`, otherwise `unevaluatedProperties` and `patternProperties`.
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
    /// `then`, `else` and the values of `dependentSchemas` and `dependencies`, if they may describe properties.
    pub conditional: Vec<SchemaId>,
    /// `discriminator`
    pub discriminator: Option<Box<Discriminator>>,
    /// The bounds of the value, which the documentation states and which select the width of a number.
    pub bounds: Sparse<Bounds>,
    /// `readOnly`
    pub read_only: bool,
    /// `writeOnly`
    pub write_only: bool,
    /// `deprecated`
    pub deprecated: bool,
    /// Assertions that Rust types cannot express (`not`, `if`, `dependentRequired`, …).
    pub untyped_keywords: Vec<&'static str>,
    /// The extensions.
    pub extensions: Extensions,
}

impl Schema {
    /// Replaces each id of another schema.
    pub fn renumber(&mut self, new: impl Fn(SchemaId) -> SchemaId) {
        let change = |id: &mut SchemaId| *id = new(*id);
        for id in [&mut self.reference, &mut self.content_schema, &mut self.items] {
            id.iter_mut().for_each(&change);
        }
        let lists = [
            &mut self.prefix_items,
            &mut self.all_of,
            &mut self.one_of,
            &mut self.any_of,
            &mut self.conditional,
        ];
        for list in lists {
            list.iter_mut().for_each(&change);
        }
        // A mutable access would store an empty map.
        if !self.properties.is_empty() {
            self.properties.values_mut().for_each(&change);
        }
        if let Additional::Schema(id) = &mut self.additional {
            change(id);
        }
        if let Some(discriminator) = &mut self.discriminator {
            discriminator.mapping.values_mut().for_each(&change);
            discriminator.default.iter_mut().for_each(&change);
        }
    }
}

/// The additional properties of an object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Additional {
    /// The schema does not declare whether they are allowed.
    #[default]
    Unspecified,
    /// Any value is allowed.
    Any,
    /// None is allowed.
    Forbidden,
    /// Values that match a schema are allowed.
    Schema(SchemaId),
}

/// The discriminator of a union.
#[derive(Clone, Debug, Default)]
pub struct Discriminator {
    /// The name of the property.
    pub property: String,
    /// The schemas by discriminator value. Invalid references are reported and removed.
    pub mapping: IndexMap<String, SchemaId>,
    /// The schema for unknown values (3.2).
    pub default: Option<SchemaId>,
}

/// The bounds of a value. Numbers are kept as text, so that any size fits.
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

impl Bounds {
    /// Returns whether there are no bounds.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Schema, SchemaId, Schemas};

    #[test]
    fn blocks_are_one_list() {
        let mut schemas = Schemas::default();
        for index in 0..=2 * BLOCK {
            assert_eq!(schemas.count(), index);
            schemas.push(Schema {
                pointer: index.to_string(),
                ..Schema::default()
            });
        }
        for index in [0, BLOCK - 1, BLOCK, 2 * BLOCK] {
            assert_eq!(schemas[SchemaId(index as u32)].pointer, index.to_string());
        }
        assert!(schemas.get(SchemaId(2 * BLOCK as u32 + 1)).is_none());
    }
}
