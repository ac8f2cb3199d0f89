//! Compares a JSON value with a schema.

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::{Map, Value};

use super::bounds;
use super::finding::{Finding, Fix};
use super::infer::type_of;
use super::kind::Kind;
use super::patterns::Patterns;
use super::properties;
use crate::document::{Additional, Schema, SchemaId, Schemas, Type};
use crate::json::Json;

/// The direction of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// A request: properties with `readOnly` are not sent.
    Request,
    /// A response: properties with `writeOnly` are not returned.
    Response,
}

/// The findings of a value. They are shared, because members of unions are compared more than once.
type Found = Rc<Vec<Finding>>;

/// Compares the values of one message with schemas.
pub(super) struct Values<'d, 'p> {
    schemas: &'d Schemas,
    patterns: &'p mut Patterns,
    direction: Direction,
    /// The results by value and schema. The same value has the same address while a message is compared. An entry without
    /// findings is made first, so that schemas that refer to themselves end.
    known: HashMap<(*const Value, SchemaId), Found>,
}

impl<'d, 'p> Values<'d, 'p> {
    pub(super) fn new(schemas: &'d Schemas, patterns: &'p mut Patterns, direction: Direction) -> Self {
        Self {
            schemas,
            patterns,
            direction,
            known: HashMap::new(),
        }
    }

    /// Compares a value with a schema. `path` is the position of the value in its message.
    pub(super) fn compare(&mut self, value: &Value, id: SchemaId, path: &str) -> Vec<Finding> {
        let schema = &self.schemas[id];
        let kind = type_of(value);
        if !accepts(self.schemas, id, kind, 0) {
            return vec![refused(schema, id, value, path)];
        }
        let mut found = self.content(value, id, path).to_vec();
        if let Value::Object(object) = value {
            self.undocumented(object, value, id, path, &mut found);
        }
        found
    }

    /// Compares the content of a value whose type is allowed, except for undocumented properties.
    fn content(&mut self, value: &Value, id: SchemaId, path: &str) -> Found {
        let key = (std::ptr::from_ref(value), id);
        if let Some(known) = self.known.get(&key) {
            return Rc::clone(known);
        }
        self.known.insert(key, Found::default());
        let schema = &self.schemas[id];
        let mut found = Vec::new();
        listed_values(schema, id, value, path, &mut found);
        for member in schema.reference.iter().chain(&schema.all_of) {
            found.extend(self.content(value, *member, path).iter().cloned());
        }
        match value {
            Value::Null | Value::Bool(_) => {}
            Value::Number(number) => bounds::number(schema, value, number, path, &mut found),
            Value::String(text) => bounds::text(schema, value, text, path, self.patterns, &mut found),
            Value::Array(items) => self.array(schema, value, items, path, &mut found),
            Value::Object(object) => self.object(schema, id, value, object, path, &mut found),
        }
        if let Some(member) = self.member(value, id, path, &mut found) {
            found.extend(self.content(value, member, path).iter().cloned());
        }
        let found = Rc::new(found);
        self.known.insert(key, Rc::clone(&found));
        found
    }

    fn array(&mut self, schema: &Schema, value: &Value, items: &[Value], path: &str, found: &mut Vec<Finding>) {
        bounds::items(schema, value, items, path, found);
        for (index, item) in items.iter().enumerate() {
            if let Some(id) = schema.prefix_items.get(index).copied().or(schema.items) {
                found.extend(self.compare(item, id, &format!("{path}[{index}]")));
            }
        }
    }

    fn object(
        &mut self,
        schema: &Schema,
        id: SchemaId,
        value: &Value,
        object: &Map<String, Value>,
        path: &str,
        found: &mut Vec<Finding>,
    ) {
        bounds::properties(schema, value, object.len(), path, found);
        let (schemas, direction) = (self.schemas, self.direction);
        let other_direction = |id: &SchemaId| match direction {
            Direction::Request => properties::is_read_only(schemas, *id),
            Direction::Response => properties::is_write_only(schemas, *id),
        };
        for name in schema.required.iter().filter(|name| !object.contains_key(*name)) {
            if !schema.properties.get(name).is_some_and(other_direction) {
                let message = format!("the required property `{name}` is missing");
                let fix = Fix::Optional {
                    schema: id,
                    name: name.clone(),
                };
                found.push(
                    Finding::of_schema(Kind::MissingProperty, schema, path, message)
                        .about(name)
                        .fix(fix),
                );
            }
        }
        for (name, value) in object {
            let path = format!("{path}.{name}");
            match (schema.properties.get(name), schema.additional) {
                (Some(id), _) => {
                    if other_direction(id) {
                        found.push(self.wrong_direction(*id, name, &path));
                    }
                    found.extend(self.compare(value, *id, &path));
                }
                (None, Additional::Schema(id)) => found.extend(self.compare(value, id, &path)),
                (None, Additional::Any | Additional::Forbidden | Additional::Unspecified) => {}
            }
        }
    }

    fn wrong_direction(&self, id: SchemaId, name: &str, path: &str) -> Finding {
        let holder = properties::holder_of_direction(self.schemas, id, self.direction);
        let schema = &self.schemas[holder];
        let (kind, keyword, verb) = match self.direction {
            Direction::Request => (Kind::ReadOnlySent, "readOnly", "sent in a request"),
            Direction::Response => (Kind::WriteOnlyReturned, "writeOnly", "returned in a response"),
        };
        let message = format!("`{name}` is `{keyword}`, but it is {verb}");
        Finding::of_schema(kind, schema, path, message).fix(Fix::remove(schema, keyword))
    }

    /// Returns the member of a union that a value belongs to: the one that the discriminator names, or else the one with the
    /// fewest deviations.
    fn member(&mut self, value: &Value, id: SchemaId, path: &str, found: &mut Vec<Finding>) -> Option<SchemaId> {
        let schema = &self.schemas[id];
        if schema.one_of.is_empty() && schema.any_of.is_empty() {
            return None;
        }
        let tag = schema.discriminator.as_ref().and_then(|discriminator| {
            let tag = value.get(&discriminator.property)?.as_str()?;
            Some((discriminator, tag))
        });
        let best = self.best_member(value, id, path);
        let Some((discriminator, tag)) = tag else { return best };
        if let Some(named) = discriminator.mapping.get(tag) {
            return Some(*named);
        }
        let members = || schema.one_of.iter().chain(&schema.any_of);
        let is_named = |member: &&SchemaId| properties::component_name(self.schemas, **member) == Some(tag);
        if let Some(named) = members().find(is_named) {
            return Some(*named);
        }
        if discriminator.default.is_none() {
            let message = format!(
                "`{}` has the value `{tag}`, which names no member",
                discriminator.property
            );
            let fix = match best {
                Some(member) => Fix::Map {
                    schema: id,
                    tag: tag.to_owned(),
                    member,
                },
                None => Fix::None,
            };
            found.push(
                Finding::of_schema(Kind::UnknownDiscriminator, schema, path, message)
                    .about(tag)
                    .fix(fix),
            );
        }
        discriminator.default.or(best)
    }

    fn best_member(&mut self, value: &Value, id: SchemaId, path: &str) -> Option<SchemaId> {
        let (schemas, kind) = (self.schemas, type_of(value));
        let schema = &schemas[id];
        let members = schema.one_of.iter().chain(&schema.any_of).copied();
        let mut best: Option<((usize, usize), SchemaId)> = None;
        for member in members.filter(|member| accepts(schemas, *member, kind, 0)) {
            let wrong = self.content(value, member, path).len();
            let unknown = value.as_object().map_or(0, |object| {
                let known = properties::documented(schemas, member, &mut |_| None);
                object.keys().filter(|name| !known.has(name)).count()
            });
            if best.is_none_or(|(least, _)| (wrong, unknown) < least) {
                best = Some(((wrong, unknown), member));
            }
        }
        best.map(|(_, member)| member)
    }

    /// Reports properties that neither the schema nor its parts document.
    fn undocumented(
        &mut self,
        object: &Map<String, Value>,
        value: &Value,
        id: SchemaId,
        path: &str,
        found: &mut Vec<Finding>,
    ) {
        let schemas = self.schemas;
        let mut member = |id: SchemaId| self.member(value, id, path, &mut Vec::new());
        let known = properties::documented(schemas, id, &mut member);
        let owner = properties::owner(schemas, id, &mut member);
        for (name, value) in object.iter().filter(|(name, _)| !known.has(name)) {
            let message = format!("the property `{name}` is not documented");
            let finding = Finding::of_schema(
                Kind::UndocumentedProperty,
                &schemas[owner],
                &format!("{path}.{name}"),
                message,
            );
            let fix = Fix::Property {
                schema: owner,
                name: name.clone(),
            };
            found.push(finding.about(name).sample(value).fix(fix));
        }
    }
}

/// Returns whether a schema allows values of a type.
pub(super) fn accepts(schemas: &Schemas, id: SchemaId, kind: Type, depth: usize) -> bool {
    let schema = &schemas[id];
    // Reference cycles that consist of references alone allow everything.
    if depth > 32 || (kind == Type::Null && schema.nullable) {
        return true;
    }
    let types = properties::types(schema);
    let is_listed = types.is_empty() || types.has(kind) || (kind == Type::Integer && types.has(Type::Number));
    let mut members = schema.one_of.iter().chain(&schema.any_of).peekable();
    !schema.never
        && is_listed
        && schema
            .reference
            .is_none_or(|target| accepts(schemas, target, kind, depth + 1))
        && schema
            .all_of
            .iter()
            .all(|member| accepts(schemas, *member, kind, depth + 1))
        && (members.peek().is_none() || members.any(|member| accepts(schemas, *member, kind, depth + 1)))
}

/// Returns the finding of a value whose type is not allowed.
fn refused(schema: &Schema, id: SchemaId, value: &Value, path: &str) -> Finding {
    let name = type_of(value).name();
    let is_union = !(schema.one_of.is_empty() && schema.any_of.is_empty());
    let (kind, message, fix) = if value.is_null() {
        (
            Kind::Null,
            "the value is null, which the schema does not allow".to_owned(),
            Fix::AllowNull(id),
        )
    } else if is_union {
        let message = format!("no member of the union allows a value of type {name}");
        (Kind::NoVariant, message, Fix::AllowType(id))
    } else {
        let types = properties::types(schema).iter().filter(|kind| *kind != Type::Null);
        let types: Vec<&str> = types.map(Type::name).collect();
        let message = match types.as_slice() {
            [] => format!("the value has the type {name}, which the schema does not allow"),
            types => format!("the value has the type {name} instead of {}", types.join(" or ")),
        };
        (Kind::WrongType, message, Fix::AllowType(id))
    };
    Finding::of_schema(kind, schema, path, message)
        .about(name)
        .sample(value)
        .fix(fix)
}

/// Compares a value with `enum` and `const`.
fn listed_values(schema: &Schema, id: SchemaId, value: &Value, path: &str, found: &mut Vec<Finding>) {
    let text = value.to_string();
    if let Some(values) = &schema.values
        && !values.iter().any(|listed| is_equal(listed, value))
    {
        let message = format!("the value {text} is not listed in `enum`");
        let finding = Finding::of_schema(Kind::EnumValue, schema, path, message);
        found.push(finding.about(&text).sample(value).fix(Fix::Value(id)));
    }
    if let Some(constant) = &schema.constant
        && !is_equal(constant, value)
    {
        let message = format!("the value {text} differs from `const`");
        let finding = Finding::of_schema(Kind::ConstValue, schema, path, message);
        found.push(finding.about(&text).sample(value).fix(Fix::Value(id)));
    }
}

/// Returns whether two values are equal. Numbers are equal if they have the same value.
fn is_equal(listed: &Json, value: &Value) -> bool {
    match (listed, value) {
        (Json::Number(text), Value::Number(number)) => {
            *text == number.to_string() || text.parse::<f64>().ok() == number.as_f64()
        }
        (listed, value) => serde_json::to_value(listed).is_ok_and(|listed| listed == *value),
    }
}
