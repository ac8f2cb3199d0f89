//! The keywords of a schema.

use indexmap::IndexMap;

use super::super::Reader;
use super::super::dialect::Dialect;
use super::super::shape::scalar_text;
use super::allows_nothing;
use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Additional, Bounds, Discriminator, Schema, SchemaId, Type, Xml};
use crate::json::Json;
use crate::load::{Node, Value};

/// Assertions that Rust types cannot express.
const UNTYPED: [&str; 14] = [
    "not",
    "if",
    "then",
    "else",
    "dependentRequired",
    "dependentSchemas",
    "dependencies",
    "propertyNames",
    "contains",
    "minContains",
    "maxContains",
    "patternProperties",
    "unevaluatedProperties",
    "unevaluatedItems",
];

impl<'b> Reader<'b, '_> {
    /// Reads annotations.
    pub(super) fn annotations(&mut self, node: Node<'b>, schema: &mut Schema) {
        schema.title = self.text(node, "title");
        let description = self.text(node, "description");
        schema.description = self.with_page(node, description);
        schema.read_only = self.flag(node, "readOnly");
        schema.write_only = self.flag(node, "writeOnly");
        schema.deprecated = self.flag(node, "deprecated");
        schema.examples = schema_examples(node);
        schema.default = node.get("default").map(Node::to_json);
        schema.extensions = self.extensions(node);
    }

    /// Reads assertions without subschemas, and the keywords of arrays, which parameters of Swagger 2.0 have too.
    pub(super) fn assertions(&mut self, node: Node<'b>, schema: &mut Schema) {
        schema.format = self.text(node, "format");
        self.types(node, schema);
        Self::int_or_string(schema);
        schema.content_encoding = self.text(node, "contentEncoding");
        schema.content_media_type = self.text(node, "contentMediaType");
        schema.content_schema = self.present(node, "contentSchema").map(|schema| self.schema(schema));
        schema.values = self
            .array(node, "enum")
            .map(|values| values.items().map(Node::to_json).collect());
        schema.constant = node.get("const").map(Node::to_json);
        schema.default = node.get("default").map(Node::to_json);
        self.values_of_type(node, schema);
        self.default_of_type(node, schema);
        schema.bounds = self.bounds(node).into();
        self.array_items(node, schema);
    }

    fn bounds(&mut self, node: Node<'b>) -> Bounds {
        let mut bounds = Bounds {
            minimum: self.number(node, "minimum"),
            maximum: self.number(node, "maximum"),
            exclusive_minimum: None,
            exclusive_maximum: None,
            multiple_of: self.number(node, "multipleOf"),
            min_length: self.count(node, "minLength"),
            max_length: self.count(node, "maxLength"),
            pattern: self.text(node, "pattern"),
            min_items: self.count(node, "minItems"),
            max_items: self.count(node, "maxItems"),
            unique_items: self.flag(node, "uniqueItems"),
            min_properties: self.count(node, "minProperties"),
            max_properties: self.count(node, "maxProperties"),
        };
        self.exclusive(
            node,
            "exclusiveMinimum",
            &mut bounds.minimum,
            &mut bounds.exclusive_minimum,
        );
        self.exclusive(
            node,
            "exclusiveMaximum",
            &mut bounds.maximum,
            &mut bounds.exclusive_maximum,
        );
        bounds
    }

    /// Reads an exclusive bound: a number, or up to 3.0 a boolean that makes the other bound exclusive.
    fn exclusive(&mut self, node: Node<'b>, key: &str, bound: &mut Option<String>, exclusive: &mut Option<String>) {
        match node.get(key).map(Node::value) {
            None | Some(Value::Null | Value::Bool(false)) => {}
            Some(Value::Bool(true)) => *exclusive = bound.take(),
            Some(Value::String("true" | "false")) => {
                if self.flag(node, key) {
                    *exclusive = bound.take();
                }
            }
            Some(Value::Number(_) | Value::String(_) | Value::Array | Value::Object) => {
                *exclusive = self.number(node, key);
            }
        }
    }

    fn array_items(&mut self, node: Node<'b>, schema: &mut Schema) {
        schema.prefix_items = self.schemas(node, "prefixItems");
        match node.get("items") {
            // Draft 4 had tuples here.
            Some(items) if items.is_array() => {
                schema.prefix_items = items.items().map(|item| self.schema(item)).collect();
                schema.items = self.present(node, "additionalItems").map(|items| self.schema(items));
            }
            Some(items) if !items.is_null() => schema.items = Some(self.schema(items)),
            Some(_) | None => {
                let is_array = schema.types.has(Type::Array) && schema.prefix_items.is_empty();
                if is_array && self.dialect < Dialect::V31 && schema.reference.is_none() {
                    let message = "the array has no `items`; the elements are read as any JSON value";
                    self.diagnostics
                        .push(Diagnostic::new(Code::MissingKeyword, node.place(), message));
                }
            }
        }
    }

    /// Reads the keywords with subschemas.
    pub(super) fn composition(&mut self, node: Node<'b>, schema: &mut Schema) {
        schema.all_of = self.schemas(node, "allOf");
        schema.one_of = self.schemas(node, "oneOf");
        schema.any_of = self.schemas(node, "anyOf");
        self.properties(node, schema);
        schema.additional = self.additional(node);
        schema.conditional = self.conditional(node);
        schema.discriminator = self.discriminator(node).map(Box::new);
        schema.xml = self.xml(node).map(Box::new);
        schema.untyped_keywords = UNTYPED
            .into_iter()
            .filter(|key| node.get(key).is_some() && !(*key == "not" && schema.never))
            .collect();
    }

    /// Reads the schemas that apply under a condition, if they may describe properties. `then` and `else` have no meaning
    /// without `if`. If `if` distinguishes types, the value need not be an object.
    fn conditional(&mut self, node: Node<'b>) -> Vec<SchemaId> {
        let tested = node.get("if").and_then(|condition| condition.get("type"));
        let tests_other = tested.is_some_and(|tested| tested.as_str() != Some("object"));
        let branches = ["then", "else"]
            .into_iter()
            .filter(|_| node.get("if").is_some() && !tests_other);
        let mut conditional: Vec<Node<'b>> = branches.filter_map(|key| self.present(node, key)).collect();
        for key in ["dependentSchemas", "dependencies"] {
            let dependent = self
                .present(node, key)
                .into_iter()
                .flat_map(|dependent| dependent.entries());
            conditional.extend(dependent.map(|(_, schema)| schema));
        }
        let describes = ["properties", "$ref", "allOf", "if", "dependentSchemas", "dependencies"];
        conditional.retain(|schema| describes.iter().any(|key| schema.get(key).is_some()));
        conditional.into_iter().map(|schema| self.schema(schema)).collect()
    }

    fn xml(&mut self, node: Node<'b>) -> Option<Xml> {
        let node = self.object(node, "xml")?;
        Some(Xml {
            name: self.text(node, "name"),
            namespace: self.text(node, "namespace"),
            prefix: self.text(node, "prefix"),
            attribute: self.flag(node, "attribute"),
            wrapped: self.flag(node, "wrapped"),
            node_type: self.text(node, "nodeType"),
        })
    }

    /// Reads an array of schemas. A single schema is read as an array of one.
    fn schemas(&mut self, node: Node<'b>, key: &str) -> Vec<SchemaId> {
        match self.present(node, key) {
            Some(lone) if lone.is_object() => vec![self.schema(lone)],
            _ => match self.array(node, key) {
                Some(array) => array.items().map(|item| self.schema(item)).collect(),
                None => Vec::new(),
            },
        }
    }

    fn properties(&mut self, node: Node<'b>, schema: &mut Schema) {
        if let Some(properties) = self.object(node, "properties") {
            for (name, property) in properties.entries() {
                self.warn_of_required_flag(name, property);
                schema.properties.insert(name.to_owned(), self.schema(property));
            }
        }
        // A boolean is the flag of a property, which has been reported at its object.
        if !node
            .get("required")
            .is_some_and(|flag| matches!(flag.value(), Value::Bool(_)))
        {
            schema.required = self.strings(node, "required").into_iter().collect();
        }
    }

    fn warn_of_required_flag(&mut self, name: &str, property: Node<'b>) {
        let Some(flag) = property.get("required") else { return };
        if let Value::Bool(value) = flag.value() {
            let message = format!(
                "the property `{name}` has `required: {value}`, which is only valid as a list on its object; it is ignored"
            );
            let diagnostic = Diagnostic::new(Code::RequiredFlag, flag.place().key(), message);
            self.diagnostics
                .push(diagnostic.help("list the property under `required` of its object"));
        }
    }

    fn additional(&mut self, node: Node<'b>) -> Additional {
        let stated = ["additionalProperties", "unevaluatedProperties"]
            .into_iter()
            .find_map(|key| self.present(node, key));
        let patterns = self.object(node, "patternProperties");
        let patterns: Vec<Node<'b>> = patterns
            .map(|node| node.entries().map(|(_, schema)| schema).collect())
            .unwrap_or_default();
        // Property names that match a pattern restrict more than no statement and less than `additionalProperties`.
        let from_patterns = match patterns.as_slice() {
            [] => None,
            [only] => Some(Additional::Schema(self.schema(*only))),
            [_, ..] => Some(Additional::Any),
        };
        match stated.map(|stated| (stated, stated.value())) {
            None => from_patterns.unwrap_or_default(),
            Some((stated, _)) if allows_nothing(stated) => from_patterns.unwrap_or(Additional::Forbidden),
            Some((_, Value::Bool(_))) => Additional::Any,
            Some((stated, Value::String("true" | "false"))) => {
                let key = stated.key().unwrap_or_default();
                if self.flag(node, key) {
                    Additional::Any
                } else {
                    from_patterns.unwrap_or(Additional::Forbidden)
                }
            }
            Some((stated, Value::Object)) => {
                // One map contains the properties that match a pattern and all others.
                let same = |pattern: &Node<'b>| pattern.to_json() == stated.to_json();
                match patterns.iter().all(same) {
                    true => Additional::Schema(self.schema(stated)),
                    false => Additional::Any,
                }
            }
            Some((stated, Value::Null | Value::Number(_) | Value::String(_) | Value::Array)) => {
                self.report_shape(stated, "a boolean or a schema", "it is ignored");
                from_patterns.unwrap_or_default()
            }
        }
    }

    fn discriminator(&mut self, node: Node<'b>) -> Option<Discriminator> {
        let written = self.present(node, "discriminator")?;
        // In Swagger 2.0 the value is the name of the property.
        if let Some(property) = scalar_text(written) {
            return Some(Discriminator {
                property,
                ..Discriminator::default()
            });
        }
        let written = self.as_object(written)?;
        let Some(property) = self.text(written, "propertyName") else {
            self.report_shape(written, "an object with `propertyName`", "it is ignored");
            return None;
        };
        let mut mapping = IndexMap::new();
        if let Some(entries) = self.object(written, "mapping") {
            for (tag, target) in entries.entries() {
                if let Some(schema) = self.mapped(target) {
                    mapping.insert(tag.to_owned(), schema);
                }
            }
        }
        let default = self
            .present(written, "defaultMapping")
            .and_then(|target| self.mapped(target));
        Some(Discriminator {
            property,
            mapping,
            default,
        })
    }

    /// Returns the schema that a value of a discriminator's mapping refers to.
    fn mapped(&mut self, target: Node<'b>) -> Option<SchemaId> {
        let Some(text) = target.as_str() else {
            self.report_shape(target, "the name of a schema", "it is ignored");
            return None;
        };
        let node = match self.bundle.component(text) {
            Some(node) => node,
            None if self.leaves_incomplete() => return None,
            None => self
                .bundle
                .step(target, "the mapping entry is ignored", self.diagnostics)?,
        };
        Some(self.schema(node))
    }
}

/// Returns `example` and `examples` of a schema, best first.
fn schema_examples(node: Node<'_>) -> Vec<Json> {
    let mut examples: Vec<Json> = node
        .get("example")
        .or_else(|| node.get("x-example"))
        .map(Node::to_json)
        .into_iter()
        .collect();
    if let Some(more) = node.get("examples") {
        examples.extend(more.items().map(Node::to_json));
        // Some documents write them as an object, as media types have them.
        examples.extend(
            more.entries()
                .map(|(_, example)| example.get("value").unwrap_or(example).to_json()),
        );
    }
    examples
}
