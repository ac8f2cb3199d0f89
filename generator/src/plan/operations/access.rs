//! Paths from a body to a value inside it.

use crate::ir::{FieldPath, Shape, TypeBody, TypeRef, Types};
use crate::krate::{Access, AccessStep, ModelBody, TypeExpr, Wrapper};
use crate::plan::models::by_wire;
use crate::plan::types;

/// Converts a path of property names to a path of fields. `None` if a type on the path is not a struct.
pub fn access(
    api_types: &Types,
    models: &[crate::krate::Model],
    from: &TypeRef,
    path: &FieldPath,
) -> Option<(Access, TypeRef)> {
    let mut ty = from.clone();
    let mut steps = Vec::new();
    for wire in &path.0 {
        let Shape::Named(id) = api_types.resolve(&ty.shape) else {
            return None;
        };
        let TypeBody::Struct(source) = &api_types[*id].body else {
            return None;
        };
        let ModelBody::Record(record) = &models.get(id.0 as usize)?.body else {
            return None;
        };
        let field = by_wire(record, wire)?;
        let wrapper = match &field.ty {
            TypeExpr::Option(_) => Wrapper::Option,
            TypeExpr::Nullable(_) => Wrapper::Nullable,
            _ => Wrapper::None,
        };
        steps.push(AccessStep {
            field: field.name.clone(),
            wrapper,
        });
        ty = source.fields.iter().find(|field| field.wire == *wire)?.ty.clone();
    }
    let access = Access {
        steps,
        ty: types::shape(api_types.resolve(&ty.shape)),
    };
    Some((access, ty))
}
