//! The types of a schema, and whether null is among them.

use super::super::Reader;
use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Schema, Type};
use crate::json::Json;
use crate::source::{Node, Value};

/// What a word under `type` stands for.
enum Word {
    Type(Type),
    /// A type by the name that another language has for it.
    Foreign(Type),
    /// `file` of Swagger 2.0: bytes.
    File,
    Unknown,
}

fn word(name: &str) -> Word {
    match name {
        "null" => Word::Type(Type::Null),
        "boolean" => Word::Type(Type::Boolean),
        "integer" => Word::Type(Type::Integer),
        "number" => Word::Type(Type::Number),
        "string" => Word::Type(Type::String),
        "array" => Word::Type(Type::Array),
        "object" => Word::Type(Type::Object),
        "file" => Word::File,
        _ => match name.trim().to_ascii_lowercase().as_str() {
            "null" | "none" => Word::Foreign(Type::Null),
            "bool" | "boolean" => Word::Foreign(Type::Boolean),
            "int" | "int32" | "int64" | "long" | "integer" => Word::Foreign(Type::Integer),
            "float" | "double" | "decimal" | "number" => Word::Foreign(Type::Number),
            "str" | "text" | "string" | "date" | "datetime" | "date-time" | "uuid" => Word::Foreign(Type::String),
            "list" | "array" => Word::Foreign(Type::Array),
            "dict" | "map" | "hash" | "object" => Word::Foreign(Type::Object),
            _ => Word::Unknown,
        },
    }
}

/// The value in the writing of a type, where it is written otherwise but can be meant.
fn as_type(value: &Json, kind: Type) -> Option<Json> {
    match (kind, value) {
        (Type::String, Json::Number(text)) => Some(Json::String(text.clone())),
        (Type::String, Json::Bool(value)) => Some(Json::String(value.to_string())),
        (Type::Integer, Json::String(text)) if text.parse::<i128>().is_ok() => Some(Json::Number(text.clone())),
        (Type::Number, Json::String(text)) if text.parse::<f64>().is_ok_and(f64::is_finite) => {
            Some(Json::Number(text.clone()))
        }
        (Type::Boolean, Json::String(text)) => text.parse().ok().map(Json::Bool),
        _ => None,
    }
}

impl<'b> Reader<'b, '_> {
    /// Reads `type`: a name or an array of names.
    pub(super) fn types(&mut self, node: Node<'b>, schema: &mut Schema) {
        let Some(written) = node.get("type") else { return };
        match written.value() {
            Value::String(name) => self.add_type(written, name, schema),
            Value::Array => {
                for item in written.items() {
                    match item.value() {
                        Value::String(name) => self.add_type(item, name, schema),
                        // YAML makes a null of `[string, null]`.
                        Value::Null => schema.types.insert(Type::Null),
                        Value::Bool(_) | Value::Number(_) | Value::Array | Value::Object => {
                            self.odd(item, "the name of a type", "it is ignored");
                        }
                    }
                }
            }
            Value::Null => self.add_type(written, "null", schema),
            Value::Bool(_) | Value::Number(_) | Value::Object => {
                self.odd(written, "the name of a type", "it is ignored");
            }
        }
    }

    fn add_type(&mut self, written: Node<'b>, name: &str, schema: &mut Schema) {
        match word(name) {
            Word::Type(kind) => schema.types.insert(kind),
            Word::File => {
                schema.types.insert(Type::String);
                schema.format.get_or_insert_with(|| "binary".to_owned());
            }
            Word::Foreign(kind) => {
                schema.types.insert(kind);
                let message = format!("there is no type `{name}`; it is read as `{}`", kind.name());
                let diagnostic = Diagnostic::new(Code::NonStandardType, written.place(), message);
                self.diagnostics
                    .push(diagnostic.help(format!("write `type: {}`", kind.name())));
            }
            Word::Unknown => {
                let message = format!("there is no type `{name}`; this becomes any JSON value");
                let help = "the types are `string`, `number`, `integer`, `boolean`, `array`, `object` and, from 3.1 on, `null`";
                self.diagnostics
                    .push(Diagnostic::new(Code::UnknownType, written.place(), message).help(help));
            }
        }
    }

    /// Gives the values of `enum` and `const` the one type that the schema says. YAML makes numbers of `[1.0, 2.0]` though
    /// strings are meant, and some put all values in quotes.
    pub(super) fn values_of_type(&mut self, node: Node<'b>, schema: &mut Schema) {
        let mut kinds = schema.types.iter().filter(|kind| *kind != Type::Null);
        let (Some(kind), None) = (kinds.next(), kinds.next()) else {
            return;
        };
        let mut changed = false;
        for value in schema.values.iter_mut().flatten().chain(&mut schema.constant) {
            if let Some(other) = as_type(value, kind) {
                *value = other;
                changed = true;
            }
        }
        if changed && let Some(values) = node.get("enum").or_else(|| node.get("const")) {
            let message = format!(
                "not all values are of the type `{}`; they are read as such",
                kind.name()
            );
            self.diagnostics
                .push(Diagnostic::new(Code::ValueOfOtherType, values.place(), message));
        }
    }

    /// Brings the ways in which versions say "or null" into one.
    pub(super) fn nullability(&mut self, node: Node<'b>, schema: &mut Schema) {
        let nullable = self.flag(node, "nullable") || self.flag(node, "x-nullable");
        let lists_null = schema
            .values
            .as_ref()
            .is_some_and(|values| values.contains(&Json::Null));
        if !nullable && !lists_null && !schema.types.has(Type::Null) {
            return;
        }
        if !schema.types.is_empty() {
            schema.types.insert(Type::Null);
        }
        // Whoever says that null is allowed means it, though a list of values may forget it.
        if let Some(values) = schema.values.as_mut().filter(|_| !lists_null) {
            values.push(Json::Null);
        }
        let elsewhere = schema.reference.is_some()
            || schema.constant.is_some()
            || !(schema.all_of.is_empty() && schema.one_of.is_empty() && schema.any_of.is_empty());
        // A schema that says nothing else is how some tools add null to a union.
        schema.nullable = nullable && (elsewhere || schema.types.is_empty());
    }
}
