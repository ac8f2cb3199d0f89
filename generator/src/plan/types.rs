//! Types of the document as types of Rust.

use super::sizes::Sizes;
use crate::ir::{Field, Float, Int, Shape, Text, TypeBody, TypeRef, Types};
use crate::krate::{ModelId, Presence, Take, TypeExpr};

/// The type of a value.
pub fn expr(ty: &TypeRef) -> TypeExpr {
    let base = shape(&ty.shape);
    if ty.nullable { optional(base) } else { base }
}

/// The type of a field, with its box and what stands for its absence.
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

/// The type with `Option` around it. Any JSON has a null of its own.
fn optional(base: TypeExpr) -> TypeExpr {
    match base {
        TypeExpr::Option(_) => base,
        base => TypeExpr::Option(Box::new(base)),
    }
}

/// The type of a shape.
pub fn shape(shape: &Shape) -> TypeExpr {
    match shape {
        Shape::Any | Shape::Never | Shape::Null | Shape::Int(Int::I128) => TypeExpr::Json,
        Shape::Bool => TypeExpr::Bool,
        Shape::Int(Int::I32) => TypeExpr::I32,
        Shape::Int(Int::I64) => TypeExpr::I64,
        Shape::Int(Int::U32) => TypeExpr::U32,
        Shape::Int(Int::U64) => TypeExpr::U64,
        Shape::Float(Float::F32) => TypeExpr::F32,
        Shape::Float(Float::F64) => TypeExpr::F64,
        Shape::Text(Text::Plain | Text::Duration | Text::Uuid) => TypeExpr::String,
        Shape::Text(Text::DateTime) => TypeExpr::Timestamp,
        Shape::Text(Text::Date) => TypeExpr::Date,
        Shape::Text(Text::Time) => TypeExpr::Time,
        Shape::Base64 => TypeExpr::Base64,
        Shape::Binary => TypeExpr::Bytes,
        Shape::Object => TypeExpr::JsonObject,
        Shape::List(of) => TypeExpr::List(Box::new(expr(of))),
        Shape::Map(of) => TypeExpr::Map(Box::new(expr(of))),
        // The codec knows tuples of up to six.
        Shape::Tuple(items) if (1..=6).contains(&items.len()) => TypeExpr::Tuple(items.iter().map(expr).collect()),
        Shape::Tuple(_) => TypeExpr::List(Box::new(TypeExpr::Json)),
        Shape::Named(id) => TypeExpr::Model(model(*id)),
    }
}

/// The model of a type. There is one for each.
pub fn model(id: crate::ir::TypeId) -> ModelId {
    ModelId(id.0 as usize)
}

/// The shape behind names that are mere aliases.
pub fn resolve<'a>(types: &'a Types, shape: &'a Shape) -> &'a Shape {
    let mut shape = shape;
    // An alias that leads to itself would be a newtype; the bound keeps a wrong document from looping here.
    for _ in 0..64 {
        match shape {
            Shape::Named(id) => match &types[*id].body {
                TypeBody::Alias(of) => shape = &of.shape,
                TypeBody::Struct(_) | TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Newtype(_) => break,
            },
            _ => break,
        }
    }
    shape
}

/// The type with all aliases resolved, to tell whether two types are the same to the compiler.
pub fn resolved(types: &Types, ty: &TypeRef) -> TypeExpr {
    let base = match resolve(types, &ty.shape) {
        Shape::List(of) => TypeExpr::List(Box::new(resolved(types, of))),
        Shape::Map(of) => TypeExpr::Map(Box::new(resolved(types, of))),
        Shape::Tuple(items) => TypeExpr::Tuple(items.iter().map(|item| resolved(types, item)).collect()),
        other => shape(other),
    };
    if ty.nullable { optional(base) } else { base }
}

/// In which form the caller gives a value.
pub fn take(types: &Types, ty: &TypeRef) -> Take {
    if ty.nullable {
        return Take::Value;
    }
    match resolve(types, &ty.shape) {
        Shape::Text(Text::Plain | Text::Duration | Text::Uuid) => Take::IntoString,
        Shape::Binary => Take::IntoBytes,
        Shape::List(of) => Take::Items(Box::new(match take(types, of) {
            Take::IntoString => Take::IntoString,
            Take::Value | Take::IntoBytes | Take::Items(_) | Take::Borrow => Take::Value,
        })),
        Shape::Any
        | Shape::Never
        | Shape::Null
        | Shape::Bool
        | Shape::Int(_)
        | Shape::Float(_)
        | Shape::Text(Text::DateTime | Text::Date | Text::Time)
        | Shape::Base64
        | Shape::Object
        | Shape::Map(_)
        | Shape::Tuple(_)
        | Shape::Named(_) => Take::Value,
    }
}
