//! Objects with known properties.

use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Additional, Schema, SchemaId, Type};
use crate::ir::{Docs, Field, Shape, Struct, Text, TypeRef};
use crate::json::Json;
use crate::lower::conventions::extensions;
use crate::lower::schemas::Schemas;
use crate::lower::schemas::all_of::single_value;
use crate::lower::schemas::graph::{OwnConstraints, own_constraints};
use crate::lower::schemas::nullability;
use crate::lower::schemas::resolve;
use crate::lower::schemas::scalars;
use crate::lower::schemas::xml;

/// Builds the struct of an object.
pub(in crate::lower) fn build_struct(schemas: &mut Schemas<'_>, schema: &Schema) -> Struct {
    let mut fields = Vec::with_capacity(schema.properties.len());
    for (name, property) in &schema.properties {
        let required = schema.required.contains(name);
        if schemas.graph.get(schemas.target(*property)).never {
            // A property whose schema is `false` never occurs.
            continue;
        }
        if !required && is_excluded(schemas, *property) {
            continue;
        }
        fields.push(field(schemas, name, *property, required));
    }
    for name in undescribed_properties(schema) {
        let message = format!("the property `{name}` is required but not described; it is read as any JSON value");
        schemas
            .report
            .push(Diagnostic::new(Code::UndescribedProperty, schema.place, message));
        fields.push(undescribed_field(name));
    }
    Struct {
        fields,
        extra: resolve::extra(schemas, schema),
    }
}

fn field(schemas: &mut Schemas<'_>, name: &str, property: SchemaId, required: bool) -> Field {
    let chain = schemas.graph.chain(property);
    let constant = constant(schemas, &chain, required);
    let ty = match &constant {
        Some(value) => TypeRef {
            shape: shape_of_constant(schemas, &chain, value),
            nullable: nullability::nullable(schemas, property),
        },
        None => resolve::type_ref(schemas, property),
    };
    let mut field = Field {
        wire: name.to_owned(),
        custom_name: None,
        ty,
        required,
        read_only: false,
        write_only: false,
        secret: false,
        omittable: !required,
        described: true,
        tag: None,
        docs: docs_of(schemas, &chain),
        default: None,
        constant,
        example: None,
        xml: xml::hint(schemas, &chain),
        boxed: false,
    };
    for id in &chain {
        let schema = schemas.graph.get(*id);
        field.read_only |= schema.read_only;
        field.write_only |= schema.write_only;
        field.secret |= schema.format.as_deref() == Some("password");
        set_if_none(&mut field.default, schema.default.as_ref());
        set_if_none(&mut field.example, schema.examples.first());
        if schemas.graph.component(*id).is_none() && field.custom_name.is_none() {
            field.custom_name = extensions::name(&schema.extensions);
        }
    }
    // Both flags together are an error: the property would occur in no direction.
    if field.read_only && field.write_only {
        (field.read_only, field.write_only) = (false, false);
    }
    field
}

/// Returns the only value of a reference, if it is a scalar: a `const`, or the single value of an inline enum if the
/// property is required.
pub(in crate::lower) fn constant(schemas: &Schemas<'_>, chain: &[SchemaId], required: bool) -> Option<Json> {
    let target = schemas.graph.get(*chain.last()?);
    let value = if required {
        single_value(&target)
    } else {
        target.constant.as_ref()
    }?;
    let named = schemas.graph.component(*chain.last()?).is_some() && target.constant.is_none();
    let scalar = matches!(value, Json::Bool(_) | Json::Number(_) | Json::String(_));
    (scalar && !named).then(|| value.clone())
}

/// Returns the shape of a constant, without a separate type for its single value.
pub(in crate::lower) fn shape_of_constant(schemas: &Schemas<'_>, chain: &[SchemaId], value: &Json) -> Shape {
    let schema = chain.last().map(|id| schemas.graph.get(*id));
    match value {
        Json::Bool(_) => Shape::Bool,
        Json::Number(text) if text.parse::<i64>().is_ok() => match schema {
            Some(schema) if schema.types.has(Type::Number) => Shape::Float,
            Some(schema) => Shape::Int(scalars::integer(schemas.settings.types, &schema)),
            None => Shape::Any,
        },
        Json::Number(_) => Shape::Float,
        Json::String(_) => Shape::Text(Text::Unformatted),
        Json::Null | Json::Array(_) | Json::Object(_) => Shape::Any,
    }
}

/// Returns the documentation of a reference: its own, otherwise that of its target.
pub(in crate::lower) fn docs_of(schemas: &Schemas<'_>, chain: &[SchemaId]) -> Docs {
    let mut docs = Docs::default();
    for (index, id) in chain.iter().enumerate() {
        let schema = schemas.graph.get(*id);
        // A title further along the chain describes the type, not a reference with a separate description.
        if docs.description.is_none() {
            set_if_none(&mut docs.summary, schema.title.as_ref());
            set_if_none(&mut docs.description, schema.description.as_ref());
        }
        // A deprecated component carries its own notice.
        if index == 0 || schemas.graph.component(*id).is_none() {
            if schema.deprecated && docs.deprecated.is_none() {
                docs.deprecated = Some(String::new());
            }
            if let Some(message) = extensions::deprecation(&schema.extensions) {
                docs.deprecated = Some(message);
            }
        }
        if docs.description.is_none() {
            set_description_from_parts(schemas, &schema, &mut docs);
        }
    }
    docs
}

/// Sets a missing description to that of the first part of an `allOf` that has a description and no constraints.
fn set_description_from_parts(schemas: &Schemas<'_>, schema: &Schema, docs: &mut Docs) {
    for part in &schema.all_of {
        let part = schemas.graph.get(*part);
        if part.reference.is_none() && own_constraints(&part) == OwnConstraints::None {
            set_if_none(&mut docs.description, part.description.as_ref());
        }
    }
}

/// Returns whether the document excludes a property from the SDK, and reports it.
fn is_excluded(schemas: &mut Schemas<'_>, property: SchemaId) -> bool {
    let schema = schemas.graph.get(property);
    let Some(key) = extensions::exclusion(&schema.extensions) else {
        return false;
    };
    schemas.report.excluded(key, "property", schema.place, &schema.pointer);
    true
}

/// Returns the properties that a schema requires without describing them. `additionalProperties`, if present, describes
/// them.
pub(in crate::lower) fn undescribed_properties(schema: &Schema) -> impl Iterator<Item = &String> {
    let is_open_by_default = schema.additional == Additional::Unspecified;
    schema
        .required
        .iter()
        .filter(move |name| is_open_by_default && !schema.properties.contains_key(*name))
}

/// Returns the field of an undescribed property. It accepts any value. It may be missing from responses, because a name
/// that is left over in `required` is a common mistake.
fn undescribed_field(name: &str) -> Field {
    Field {
        wire: name.to_owned(),
        custom_name: None,
        ty: TypeRef::non_null(Shape::Any),
        required: true,
        read_only: false,
        write_only: false,
        secret: false,
        omittable: true,
        described: false,
        tag: None,
        docs: Docs {
            description: Some("Required by the API, which does not document its type.".to_owned()),
            ..Docs::default()
        },
        default: None,
        constant: None,
        example: None,
        xml: None,
        boxed: false,
    }
}

/// Sets a value that is `None`.
pub(in crate::lower) fn set_if_none<T: Clone>(to: &mut Option<T>, from: Option<&T>) {
    if to.is_none() {
        *to = from.cloned();
    }
}
