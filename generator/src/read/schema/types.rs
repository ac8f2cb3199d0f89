//! The types of a schema, and whether null is among them.

use super::super::Reader;
use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Schema, Type};
use crate::json::Json;
use crate::load::{Node, Value, json_number};

/// The meaning of a name under `type`.
enum TypeName {
    Type(Type),
    /// A type by the name that a programming language has for it.
    Foreign(Type),
    /// `file` of Swagger 2.0: bytes.
    File,
    Unknown,
}

fn type_name(name: &str) -> TypeName {
    match name {
        "null" => TypeName::Type(Type::Null),
        "boolean" => TypeName::Type(Type::Boolean),
        "integer" => TypeName::Type(Type::Integer),
        "number" => TypeName::Type(Type::Number),
        "string" => TypeName::Type(Type::String),
        "array" => TypeName::Type(Type::Array),
        "object" => TypeName::Type(Type::Object),
        "file" => TypeName::File,
        _ => match name.trim().to_ascii_lowercase().as_str() {
            "null" | "none" => TypeName::Foreign(Type::Null),
            "bool" | "boolean" => TypeName::Foreign(Type::Boolean),
            "int" | "int32" | "int64" | "long" | "integer" => TypeName::Foreign(Type::Integer),
            "float" | "double" | "decimal" | "number" => TypeName::Foreign(Type::Number),
            "str" | "text" | "string" | "date" | "datetime" | "date-time" | "uuid" => TypeName::Foreign(Type::String),
            "list" | "array" => TypeName::Foreign(Type::Array),
            "dict" | "map" | "hash" | "object" => TypeName::Foreign(Type::Object),
            _ => TypeName::Unknown,
        },
    }
}

/// Converts a value to the type that its schema declares, if the conversion is unambiguous.
fn as_type(value: &Json, kind: Type) -> Option<Json> {
    match (kind, value) {
        (Type::String, Json::Number(text)) => Some(Json::String(text.clone())),
        (Type::String, Json::Bool(value)) => Some(Json::String(value.to_string())),
        (Type::Integer, Json::String(text)) if text.parse::<i128>().is_ok() => json_number(text).map(Json::Number),
        (Type::Number, Json::String(text)) => json_number(text).map(Json::Number),
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
                        // In YAML, `[string, null]` contains a null.
                        Value::Null => schema.types.insert(Type::Null),
                        Value::Bool(_) | Value::Number(_) | Value::Array | Value::Object => {
                            self.report_shape(item, "the name of a type", "it is ignored");
                        }
                    }
                }
            }
            Value::Null => self.add_type(written, "null", schema),
            Value::Bool(_) | Value::Number(_) | Value::Object => {
                self.report_shape(written, "the name of a type", "it is ignored");
            }
        }
    }

    /// Reads `type: string` with the format `int-or-string` as both types. Documents of Kubernetes write it so, and a number that is
    /// sent as text has another meaning there: the name of a port.
    pub(super) fn int_or_string(schema: &mut Schema) {
        if schema.types.has(Type::String) && schema.format.as_deref() == Some("int-or-string") {
            schema.types.insert(Type::Integer);
            schema.format = None;
        }
    }

    fn add_type(&mut self, written: Node<'b>, name: &str, schema: &mut Schema) {
        match type_name(name) {
            TypeName::Type(kind) => schema.types.insert(kind),
            TypeName::File => {
                schema.types.insert(Type::String);
                schema.format.get_or_insert_with(|| "binary".to_owned());
            }
            TypeName::Foreign(kind) => {
                schema.types.insert(kind);
                let message = format!("unknown type `{name}`; it is read as `{}`", kind.name());
                let diagnostic = Diagnostic::new(Code::NonStandardType, written.place(), message);
                self.diagnostics
                    .push(diagnostic.help(format!("write `type: {}`", kind.name())));
            }
            TypeName::Unknown => {
                let message = format!("unknown type `{name}`; it is read as any JSON value");
                let help = "use `string`, `number`, `integer`, `boolean`, `array`, `object` or, since 3.1, `null`";
                self.diagnostics
                    .push(Diagnostic::new(Code::UnknownType, written.place(), message).help(help));
            }
        }
    }

    /// Converts the values of `enum` and `const` to the single type of the schema: unquoted `[1.0, 2.0]` are numbers in YAML where
    /// strings are meant, and some documents quote all values.
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
            let message = format!("some values are not of type `{}`; they are converted", kind.name());
            self.diagnostics
                .push(Diagnostic::new(Code::ValueOfOtherType, values.place(), message));
        }
    }

    /// Removes a default that is not of the type of the schema.
    pub(super) fn default_of_type(&mut self, node: Node<'b>, schema: &mut Schema) {
        let Some(default) = schema.default.as_ref().filter(|_| !schema.types.is_empty()) else {
            return;
        };
        let is_of = |kind: Type| match (kind, default) {
            (Type::Null, Json::Null)
            | (Type::Boolean, Json::Bool(_))
            | (Type::Number, Json::Number(_))
            | (Type::String, Json::String(_))
            | (Type::Array, Json::Array(_))
            | (Type::Object, Json::Object(_)) => true,
            (Type::Integer, Json::Number(text)) => text.parse::<f64>().is_ok_and(|number| number.fract() == 0.0),
            (kind, _) => as_type(default, kind).is_some(),
        };
        if *default == Json::Null || schema.types.iter().any(is_of) {
            return;
        }
        schema.default = None;
        if let Some(written) = node.get("default") {
            let kinds: Vec<&str> = schema.types.iter().map(Type::name).collect();
            let message = format!(
                "the default is {}, but the type is `{}`; it is ignored",
                written.kind(),
                kinds.join("` or `")
            );
            self.diagnostics
                .push(Diagnostic::new(Code::DefaultOfOtherType, written.place(), message));
        }
    }

    /// Normalizes the ways in which versions declare "or null".
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
        // If null is allowed, a list of values allows it too, even if the list lacks it.
        if let Some(values) = schema.values.as_mut().filter(|_| !lists_null) {
            values.push(Json::Null);
        }
        let elsewhere = schema.reference.is_some()
            || schema.constant.is_some()
            || !(schema.all_of.is_empty() && schema.one_of.is_empty() && schema.any_of.is_empty());
        // Some tools add null to a union by a schema that has no other keyword.
        schema.nullable = nullable && (elsewhere || schema.types.is_empty());
    }
}
