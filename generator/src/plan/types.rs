//! Converts types of the document to Rust types.

use super::sizes::Sizes;
use crate::ir::{Field, Int, Shape, Text, TypeBody, TypeRef, Types};
use crate::krate::{ArgumentType, ModelId, Presence, TypeExpr};
use crate::wire::EnumBase;

/// Returns the Rust type of a value.
pub fn expr(ty: &TypeRef) -> TypeExpr {
    let base = shape(&ty.shape);
    if ty.nullable { optional(base) } else { base }
}

/// Returns the Rust type of a field, including `Box` and `Option`.
pub fn field(sizes: &Sizes, field: &Field, omittable: bool) -> (TypeExpr, Presence) {
    let base = shape(&field.ty.shape);
    let base = if sizes.is_boxed(field, &base, omittable) {
        TypeExpr::Boxed(Box::new(base))
    } else {
        base
    };
    match (omittable, field.ty.nullable && base != TypeExpr::Json) {
        (false, false) => (base, Presence::Required),
        (false, true) => (optional(base), Presence::Required),
        (true, false) => (optional(base), Presence::Optional),
        (true, true) => (TypeExpr::Nullable(Box::new(base)), Presence::Optional),
    }
}

/// Wraps a type in `Option`, unless it is one.
fn optional(base: TypeExpr) -> TypeExpr {
    match base {
        TypeExpr::Option(_) => base,
        base => TypeExpr::Option(Box::new(base)),
    }
}

/// Returns the Rust type of a shape.
pub fn shape(shape: &Shape) -> TypeExpr {
    match shape {
        Shape::Any | Shape::Never | Shape::Null | Shape::Int(Int::AnyWidth) => TypeExpr::Json,
        Shape::Bool => TypeExpr::Bool,
        Shape::Int(Int::I128) => TypeExpr::I128,
        Shape::Int(Int::I32) => TypeExpr::I32,
        Shape::Int(Int::I64) => TypeExpr::I64,
        Shape::Int(Int::U32) => TypeExpr::U32,
        Shape::Int(Int::U64) => TypeExpr::U64,
        Shape::Float => TypeExpr::F64,
        Shape::Text(Text::Unformatted | Text::Uuid) => TypeExpr::String,
        Shape::Text(Text::DateTime) => TypeExpr::DateTime,
        Shape::Text(Text::Date) => TypeExpr::Date,
        Shape::Text(Text::Time) => TypeExpr::Time,
        Shape::Text(Text::Duration) => TypeExpr::Duration,
        Shape::Foreign(of) => TypeExpr::Foreign(*of),
        Shape::Base64 => TypeExpr::Base64,
        Shape::Binary => TypeExpr::Bytes,
        Shape::Object => TypeExpr::JsonObject,
        Shape::List(of) => TypeExpr::List(Box::new(expr(of))),
        Shape::Map(of) => TypeExpr::Map(Box::new(expr(of))),
        // The codec supports tuples of up to six items.
        Shape::Tuple(items) if (1..=6).contains(&items.len()) => TypeExpr::Tuple(items.iter().map(expr).collect()),
        Shape::Tuple(_) => TypeExpr::List(Box::new(TypeExpr::Json)),
        Shape::Named(id) => TypeExpr::Model(model(*id)),
    }
}

/// Returns the model of a type. Each type has one.
pub fn model(id: crate::ir::TypeId) -> ModelId {
    ModelId(id.0 as usize)
}

/// Returns the type of an optional input, for which null means that nothing is sent.
pub fn without_null(types: &Types, ty: &TypeRef) -> TypeRef {
    let is_nullable = |shape: &Shape| match shape {
        Shape::Named(id) => matches!(&types[*id].body, TypeBody::Alias(of) if of.nullable),
        _ => false,
    };
    match is_nullable(&ty.shape) {
        true => TypeRef::non_null(types.resolve(&ty.shape).clone()),
        false => TypeRef::non_null(ty.shape.clone()),
    }
}

/// Returns the type with all aliases resolved, to compare types as the compiler does.
pub fn resolved(types: &Types, ty: &TypeRef) -> TypeExpr {
    let base = match types.resolve(&ty.shape) {
        Shape::List(of) => TypeExpr::List(Box::new(resolved(types, of))),
        Shape::Map(of) => TypeExpr::Map(Box::new(resolved(types, of))),
        Shape::Tuple(items) => TypeExpr::Tuple(items.iter().map(|item| resolved(types, item)).collect()),
        other => shape(other),
    };
    if ty.nullable { optional(base) } else { base }
}

/// Returns the form in which the caller passes a value.
pub fn argument_type(types: &Types, ty: &TypeRef) -> ArgumentType {
    if ty.nullable {
        return ArgumentType::Value;
    }
    match types.resolve(&ty.shape) {
        Shape::Text(Text::Unformatted | Text::Uuid) => ArgumentType::IntoString,
        Shape::Binary => ArgumentType::IntoBytes,
        Shape::List(of) => ArgumentType::Items(Box::new(match argument_type(types, of) {
            ArgumentType::IntoString => ArgumentType::IntoString,
            // Integers in a list of numbers are rare, and an empty `vec![]` would need an annotation.
            ArgumentType::Value if converts(types, of) && *types.resolve(&of.shape) != Shape::Float => {
                ArgumentType::Into
            }
            ArgumentType::Value
            | ArgumentType::Into
            | ArgumentType::IntoBytes
            | ArgumentType::IntoFile
            | ArgumentType::Items(_)
            | ArgumentType::Borrow => ArgumentType::Value,
        })),
        Shape::Any
        | Shape::Never
        | Shape::Null
        | Shape::Bool
        | Shape::Int(_)
        | Shape::Float
        | Shape::Foreign(_)
        | Shape::Text(Text::DateTime | Text::Date | Text::Time | Text::Duration)
        | Shape::Base64
        | Shape::Object
        | Shape::Map(_)
        | Shape::Tuple(_)
        | Shape::Named(_) => ArgumentType::Value,
    }
}

/// Returns whether other types convert to the type: strings to an open enum, members to a union, and integers to a
/// floating-point number. Documents of NestJS describe every number as one.
pub fn converts(types: &Types, ty: &TypeRef) -> bool {
    let id = match types.resolve(&ty.shape) {
        Shape::Named(id) => *id,
        shape => return !ty.nullable && *shape == Shape::Float,
    };
    !ty.nullable
        && match &types[id].body {
            TypeBody::Enum(body) => body.open && body.base == EnumBase::String,
            TypeBody::Union(_) => true,
            TypeBody::Struct(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => false,
        }
}
