//! Estimates the size of values in memory, to decide which of them are boxed. Models contain their fields inline, and
//! the stack of a thread holds few values of many kilobytes.

use crate::ir::{Api, Field, Shape, TypeBody, TypeId, TypeRef};
use crate::krate::TypeExpr;

/// The size in bytes above which a variant of an enum is boxed.
const LARGE: usize = 160;

/// The size in bytes above which an optional field is boxed.
const LARGE_OPTIONAL: usize = 1024;

/// The maximum depth of types that are measured.
const MAX_DEPTH: usize = 100;

/// The size of each type, in bytes.
pub struct Sizes(Vec<usize>);

impl Sizes {
    /// Measures all types.
    pub fn new(api: &Api) -> Self {
        let mut sizes: Vec<Option<usize>> = vec![None; api.types.0.len()];
        for (id, _) in api.types.iter() {
            measure(api, id, &mut sizes, 0);
        }
        Self(sizes.into_iter().map(Option::unwrap_or_default).collect())
    }

    /// Boxes the type if it is large.
    pub fn boxed_if_large(&self, ty: TypeExpr) -> TypeExpr {
        if self.is_large(&ty) {
            TypeExpr::Boxed(Box::new(ty))
        } else {
            ty
        }
    }

    /// Returns whether a field is boxed. A field is boxed if its type would otherwise contain itself, or if the field is
    /// omittable and larger than [`LARGE_OPTIONAL`].
    pub fn is_boxed(&self, field: &Field, ty: &TypeExpr, omittable: bool) -> bool {
        field.boxed || (omittable && self.of(ty) > LARGE_OPTIONAL)
    }

    /// Returns whether a value is large.
    pub fn is_large(&self, ty: &TypeExpr) -> bool {
        self.of(ty) > LARGE
    }

    fn of(&self, ty: &TypeExpr) -> usize {
        match ty {
            TypeExpr::Model(id) => self.0.get(id.0).copied().unwrap_or_default(),
            TypeExpr::Option(of) | TypeExpr::Nullable(of) => self.of(of) + 8,
            TypeExpr::Tuple(items) => total(items.iter().map(|item| self.of(item))),
            _ => 32,
        }
    }
}

fn measure(api: &Api, id: TypeId, sizes: &mut Vec<Option<usize>>, depth: usize) -> usize {
    if let Some(size) = sizes[id.0 as usize] {
        return size;
    }
    if depth > MAX_DEPTH {
        // A type as deep as this is large in any case.
        sizes[id.0 as usize] = Some(LARGE + 1);
        return LARGE + 1;
    }
    // A recursive type contains itself behind a pointer.
    sizes[id.0 as usize] = Some(8);
    let size = match &api.types[id].body {
        TypeBody::Struct(body) => {
            let fields = body.fields.iter().map(|field| match field.boxed {
                true => 8,
                false => match size_of_ref(api, &field.ty, sizes, depth) {
                    size if !field.omittable => size,
                    size if size > LARGE_OPTIONAL => 8,
                    size => size + 4,
                },
            });
            total(fields).next_multiple_of(8)
        }
        TypeBody::Enum(_) => 24,
        TypeBody::Union(union) => {
            let variants = union.variants.iter().map(|variant| match variant.boxed {
                true => 8,
                false => size_of_ref(api, &variant.ty, sizes, depth),
            });
            // Large variants are boxed.
            variants
                .map(|size| if size > LARGE { 8 } else { size })
                .max()
                .unwrap_or(32)
                .max(32)
                + 8
        }
        TypeBody::Alias(of) | TypeBody::Newtype(of) => size_of_ref(api, of, sizes, depth),
    };
    sizes[id.0 as usize] = Some(size);
    size
}

/// Returns the size of a value of a type reference.
fn size_of_ref(api: &Api, ty: &TypeRef, sizes: &mut Vec<Option<usize>>, depth: usize) -> usize {
    match &ty.shape {
        Shape::Named(id) => measure(api, *id, sizes, depth + 1),
        Shape::Tuple(items) => total(items.iter().map(|item| size_of_ref(api, item, sizes, depth + 1))),
        Shape::Bool => 1,
        Shape::Int(crate::ir::Int::I32 | crate::ir::Int::U32) => 4,
        Shape::Int(_) | Shape::Float => 8,
        Shape::Foreign(_) => 16,
        Shape::Any | Shape::Never | Shape::Null => 32,
        Shape::Text(_) | Shape::Base64 | Shape::Binary | Shape::Object | Shape::List(_) | Shape::Map(_) => 24,
    }
}

/// Returns the sum of sizes, up to a limit. Structs that contain the next one twice double the size at each level.
fn total(sizes: impl Iterator<Item = usize>) -> usize {
    const LIMIT: usize = 1 << 40;
    sizes.fold(0, |sum: usize, size| sum.saturating_add(size).min(LIMIT))
}
