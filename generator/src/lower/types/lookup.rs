//! Lookups in finished types, through aliases and newtypes.

use crate::ir::{Field, FieldPath, Shape, Struct, Text, TypeBody, TypeId, TypeRef, Types};
use crate::wire::ForeignType;

/// The maximum length of a chain of aliases.
pub(in crate::lower) const MAX_ALIASES: usize = 64;

/// Resolves the aliases and newtypes of a shape. [`Types::resolve`] stops at newtypes.
pub(in crate::lower) fn resolve_aliases<'a>(types: &'a Types, shape: &'a Shape) -> &'a Shape {
    let mut at = shape;
    for _ in 0..MAX_ALIASES {
        match at {
            Shape::Named(id) => match &types[*id].body {
                TypeBody::Alias(inner) | TypeBody::Newtype(inner) => at = &inner.shape,
                TypeBody::Struct(_) | TypeBody::Enum(_) | TypeBody::Union(_) => return at,
            },
            _ => return at,
        }
    }
    at
}

/// Returns the struct that a shape refers to.
pub(in crate::lower) fn as_struct<'a>(types: &'a Types, shape: &'a Shape) -> Option<(TypeId, &'a Struct)> {
    let Shape::Named(id) = resolve_aliases(types, shape) else {
        return None;
    };
    match &types[*id].body {
        TypeBody::Struct(body) => Some((*id, body)),
        TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => None,
    }
}

/// Returns a property of the struct that a shape refers to.
pub(in crate::lower) fn field<'a>(types: &'a Types, shape: &'a Shape, name: &str) -> Option<&'a Field> {
    as_struct(types, shape)?
        .1
        .fields
        .iter()
        .find(|field| field.wire == name)
}

/// Returns the type at a path of properties. The empty path is the type itself.
pub(in crate::lower) fn at_path<'a>(types: &'a Types, ty: &'a TypeRef, path: &FieldPath) -> Option<&'a TypeRef> {
    let mut at = ty;
    for step in &path.0 {
        at = &field(types, &at.shape, step)?.ty;
    }
    Some(at)
}

/// Returns the item type of a list.
pub(in crate::lower) fn list_item<'a>(types: &'a Types, shape: &'a Shape) -> Option<&'a TypeRef> {
    match resolve_aliases(types, shape) {
        Shape::List(item) => Some(item),
        _ => None,
    }
}

/// Returns whether a shape is a string of any format. Base64, enums and types of other crates are not.
pub(in crate::lower) fn is_string(types: &Types, shape: &Shape) -> bool {
    text(types, shape).is_some()
}

/// Returns the format of a string; `None` if the shape is not a string.
pub(in crate::lower) fn text(types: &Types, shape: &Shape) -> Option<Text> {
    match resolve_aliases(types, shape) {
        Shape::Text(text) => Some(*text),
        _ => None,
    }
}

/// Returns whether a shape is an integer or a number. Some documents use `number` for integers.
pub(in crate::lower) fn is_number(types: &Types, shape: &Shape) -> bool {
    matches!(
        resolve_aliases(types, shape),
        Shape::Int(_) | Shape::Float | Shape::Foreign(ForeignType::Decimal)
    )
}
