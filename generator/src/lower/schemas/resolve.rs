//! Resolution: from a [`SchemaId`] to a [`TypeRef`].
//!
//! In: any schema. Out: a type reference; schemas that need a name become types on the way. Guarantees: a schema is the
//! same type wherever it is used, and a schema that contains itself becomes a named type.

use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Additional, Schema, SchemaId, Type, TypeSet};
use crate::ir::{self, Extra, Origin, Shape, TypeBody, TypeId, TypeRef, Usage};
use crate::lower::schemas::Schemas;
use crate::lower::schemas::all_of;
use crate::lower::schemas::enums;
use crate::lower::schemas::nullability;
use crate::lower::schemas::scalars;
use crate::lower::schemas::structs;
use crate::lower::schemas::unions;
use crate::lower::schemas::unions::discriminator;
use crate::lower::schemas::xml;

/// The maximum depth of inline schemas.
const MAX_DEPTH: usize = 96;

/// The state of the resolution of a schema.
#[derive(Clone, Debug, Default)]
pub(in crate::lower) enum Progress {
    /// Not started.
    #[default]
    NotStarted,
    /// Started and not done, with the type that was reserved if the schema contains itself.
    Started(Option<TypeId>),
    /// Resolved.
    Done(Shape),
}

/// The result of building a schema.
pub(in crate::lower) enum Built {
    /// A shape that needs no name.
    Shape(Shape),
    /// A body that needs a name.
    Body(TypeBody),
}

/// Returns the type reference of a schema.
pub(in crate::lower) fn type_ref(schemas: &mut Schemas<'_>, id: SchemaId) -> TypeRef {
    let nullable = nullability::nullable(schemas, id);
    let target = schemas.target(id);
    let shape = shape(schemas, target);
    let nullable = nullable && !matches!(shape, Shape::Any | Shape::Null);
    TypeRef { shape, nullable }
}

/// Returns the shape of a schema that is a target.
pub(in crate::lower) fn shape(schemas: &mut Schemas<'_>, target: SchemaId) -> Shape {
    if let Some(component) = schemas.graph.component(target) {
        return Shape::Named(TypeId(component));
    }
    let index = target.0 as usize;
    if schemas.progress.len() <= index {
        schemas
            .progress
            .resize(schemas.graph.len().max(index + 1), Progress::NotStarted);
    }
    match &schemas.progress[index] {
        Progress::Done(shape) => return shape.clone(),
        Progress::Started(Some(id)) => return Shape::Named(*id),
        Progress::Started(None) => {
            let id = reserve(schemas, target);
            schemas.progress[index] = Progress::Started(Some(id));
            return Shape::Named(id);
        }
        Progress::NotStarted => {}
    }
    if schemas.depth >= MAX_DEPTH {
        all_of::report_size_limit(schemas, target);
        return Shape::Any;
    }
    schemas.progress[index] = Progress::Started(None);
    schemas.depth += 1;
    let built = build(schemas, target);
    schemas.depth -= 1;
    let shape = finish(schemas, target, built);
    schemas.progress[index] = Progress::Done(shape.clone());
    shape
}

/// Adds a named type if the result needs one.
fn finish(schemas: &mut Schemas<'_>, target: SchemaId, built: Built) -> Shape {
    let reserved = match &schemas.progress[target.0 as usize] {
        Progress::Started(reserved) => *reserved,
        Progress::NotStarted | Progress::Done(_) => None,
    };
    let body = match (built, reserved) {
        (Built::Shape(shape), None) => return shape,
        (Built::Shape(shape), Some(_)) => TypeBody::Alias(TypeRef::non_null(shape)),
        (Built::Body(body), _) => body,
    };
    let id = reserved.unwrap_or_else(|| reserve(schemas, target));
    schemas.types[id].body = body;
    Shape::Named(id)
}

/// Reserves the type of an inline schema.
fn reserve(schemas: &mut Schemas<'_>, target: SchemaId) -> TypeId {
    let path = schemas.inline_names.path(target);
    add_type(schemas, target, Origin::Inline(path))
}

/// Adds a type with a placeholder body.
pub(in crate::lower) fn add_type(schemas: &mut Schemas<'_>, schema: SchemaId, origin: Origin) -> TypeId {
    let view = schemas.graph.get(schema);
    let id = TypeId(u32::try_from(schemas.types.0.len()).unwrap_or(u32::MAX));
    schemas.sources.push(schema);
    schemas.types.0.push(ir::Type {
        origin,
        place: view.place,
        pointer: view.pointer.clone(),
        docs: structs::docs_of(schemas, &[schema]),
        member_docs: Vec::new(),
        body: TypeBody::Alias(TypeRef::non_null(Shape::Any)),
        usage: Usage::default(),
        xml: xml::hint(schemas, &schemas.graph.chain(schema)),
        example: None,
        patch_of: None,
    });
    id
}

/// Builds the body of a component.
pub(in crate::lower) fn component_body(schemas: &mut Schemas<'_>, index: u32, id: SchemaId) -> TypeBody {
    let target = schemas.target(id);
    if schemas.graph.component(target) != Some(index) {
        // A component that only refers to another schema is an alias of it.
        return TypeBody::Alias(TypeRef::non_null(shape(schemas, target)));
    }
    match build(schemas, target) {
        Built::Body(body) => body,
        Built::Shape(shape) => TypeBody::Alias(TypeRef::non_null(shape)),
    }
}

/// Builds the type of a schema.
fn build(schemas: &mut Schemas<'_>, id: SchemaId) -> Built {
    let schema = all_of::flatten(schemas, id);
    report_untyped_keywords(schemas, &schema);
    if schema.never {
        return Built::Shape(Shape::Never);
    }
    if let Some(built) = discriminator::subtype_union(schemas, id, &schema) {
        return built;
    }
    if !schema.one_of.is_empty() || !schema.any_of.is_empty() {
        return unions::union(schemas, id, &schema);
    }
    without_union(schemas, id, &schema)
}

/// Builds the type of a schema without its union.
pub(in crate::lower) fn without_union(schemas: &mut Schemas<'_>, id: SchemaId, schema: &Schema) -> Built {
    if let Some(built) = enums::enumeration(schemas, id, schema) {
        return built;
    }
    if let Some(number) = scalars::number_or_string(schema) {
        return build_type(schemas, schema, number);
    }
    let kinds = json_types(schema);
    let mut types = kinds.iter();
    match (types.next(), types.next()) {
        (None, _) if schema.types.has(Type::Null) => Built::Shape(Shape::Null),
        (None, _) => Built::Shape(Shape::Any),
        (Some(kind), None) => build_type(schemas, schema, kind),
        (Some(_), Some(_)) => unions::type_list_union(schemas, id, schema, kinds),
    }
}

/// Returns the JSON types that a value can have, except null. If the schema has no `type`, the other keywords decide.
fn json_types(schema: &Schema) -> TypeSet {
    let mut kinds = schema.types;
    kinds.remove(Type::Null);
    if kinds.has(Type::Number) {
        kinds.remove(Type::Integer);
    }
    if !schema.types.is_empty() {
        return kinds;
    }
    if !schema.properties.is_empty() || schema.additional != Additional::Unspecified {
        kinds.insert(Type::Object);
    } else if schema.items.is_some() || !schema.prefix_items.is_empty() {
        kinds.insert(Type::Array);
    } else if scalars::implies_string(schema) {
        kinds.insert(Type::String);
    }
    kinds
}

fn build_type(schemas: &mut Schemas<'_>, schema: &Schema, kind: Type) -> Built {
    let choices = schemas.settings.types;
    match kind {
        Type::Null => Built::Shape(Shape::Null),
        Type::Boolean => Built::Shape(Shape::Bool),
        Type::Integer => Built::Shape(Shape::Int(scalars::integer(choices, schema))),
        Type::Number if scalars::is_whole(schema) => Built::Shape(Shape::Int(scalars::integer(choices, schema))),
        Type::Number => Built::Shape(scalars::number(choices, schema)),
        Type::String => Built::Shape(scalars::string(choices, schema)),
        Type::Array => Built::Shape(array(schemas, schema)),
        Type::Object => object(schemas, schema),
    }
}

fn array(schemas: &mut Schemas<'_>, schema: &Schema) -> Shape {
    if !schema.prefix_items.is_empty() {
        return tuple(schemas, schema);
    }
    let item = match schema.items {
        Some(items) => type_ref(schemas, items),
        None => TypeRef::non_null(Shape::Any),
    };
    Shape::List(Box::new(item))
}

/// Returns a list if `items` describes further items that `maxItems` does not exclude, otherwise a tuple.
fn tuple(schemas: &mut Schemas<'_>, schema: &Schema) -> Shape {
    let first: Vec<TypeRef> = schema
        .prefix_items
        .iter()
        .map(|item| type_ref(schemas, *item))
        .collect();
    let full = schema.bounds.max_items.is_some_and(|most| most <= first.len() as u64);
    let rest = match schema.items {
        Some(items) if !full && !schemas.graph.get(schemas.target(items)).never => type_ref(schemas, items),
        _ => return Shape::Tuple(first),
    };
    if first.iter().all(|item| *item == rest) {
        return Shape::List(Box::new(rest));
    }
    schemas.report.record_dropped(
        schema.place,
        &schema.pointer,
        "the items of an array with fixed first items and further items have no separate types",
    );
    let message = "an array with fixed first items and further items is read as a list of any JSON values";
    schemas
        .report
        .push(Diagnostic::new(Code::OpenTuple, schema.place, message));
    Shape::List(Box::new(TypeRef::non_null(Shape::Any)))
}

fn object(schemas: &mut Schemas<'_>, schema: &Schema) -> Built {
    if !schema.properties.is_empty() {
        return Built::Body(TypeBody::Struct(structs::build_struct(schemas, schema)));
    }
    Built::Shape(match schema.additional {
        Additional::Schema(value) => match type_ref(schemas, value) {
            TypeRef { shape: Shape::Any, .. } => Shape::Object,
            value => Shape::Map(Box::new(value)),
        },
        Additional::Unspecified | Additional::Any | Additional::Forbidden => Shape::Object,
    })
}

/// Returns the type of additional properties.
pub(in crate::lower) fn extra(schemas: &mut Schemas<'_>, schema: &Schema) -> Extra {
    match schema.additional {
        Additional::Schema(value) => Extra::Typed(type_ref(schemas, value)),
        Additional::Any => Extra::Typed(TypeRef::non_null(Shape::Any)),
        Additional::Unspecified | Additional::Forbidden => Extra::Ignored,
    }
}

/// Reports the keywords that no Rust type can express.
fn report_untyped_keywords(schemas: &mut Schemas<'_>, schema: &Schema) {
    if schema.untyped_keywords.is_empty() {
        return;
    }
    let keywords: Vec<String> = schema
        .untyped_keywords
        .iter()
        .map(|keyword| format!("`{keyword}`"))
        .collect();
    let message = format!(
        "no Rust type can express {}; only the server checks it",
        keywords.join(", ")
    );
    schemas
        .report
        .push(Diagnostic::new(Code::UncheckedKeyword, schema.place, message));
}

/// Returns whether the target of a schema has no constraints other than bounds and null.
pub(in crate::lower) fn is_target_unconstrained(schemas: &Schemas<'_>, id: SchemaId) -> bool {
    all_of::is_unconstrained(&schemas.graph.get(schemas.target(id)))
}
