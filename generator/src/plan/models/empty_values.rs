//! Finds the types that have an empty value.
//!
//! Deserialization fills an empty value. The empty value of a struct consists of those of its fields, and that of a
//! closed union is the empty value of one variant. So each chain of required fields must end. If the document leaves no
//! end (`A` requires an `A`), a field becomes optional, because no JSON value could satisfy the schema anyway.

use std::collections::HashSet;

use crate::ir::{Shape, TypeBody, TypeId, TypeRef, Types};

/// The empty values of all types.
pub struct EmptyValues {
    /// The index of the variant of each closed union's empty value. 0 for other types.
    pub variants: Vec<usize>,
    /// Fields that must be optional, by type and field index.
    pub optional: HashSet<(TypeId, usize)>,
}

/// Finds an empty value for every type.
pub fn empty_values(types: &Types) -> EmptyValues {
    let mut search = Search {
        types,
        ends: vec![false; types.0.len()],
        found: EmptyValues {
            variants: vec![0; types.0.len()],
            optional: HashSet::new(),
        },
    };
    search.propagate();
    while let Some((id, fields)) = search.first_unresolved() {
        search
            .found
            .optional
            .extend(fields.into_iter().map(|field| (id, field)));
        search.ends[id.0 as usize] = true;
        search.propagate();
    }
    search.found
}

struct Search<'a> {
    types: &'a Types,
    /// Whether the type is known to have a finite empty value.
    ends: Vec<bool>,
    found: EmptyValues,
}

impl Search<'_> {
    fn propagate(&mut self) {
        loop {
            let mut changed = false;
            for (id, ty) in self.types.iter() {
                if !self.ends[id.0 as usize] && self.body_ends(id, &ty.body) {
                    self.ends[id.0 as usize] = true;
                    changed = true;
                }
            }
            if !changed {
                return;
            }
        }
    }

    fn body_ends(&mut self, id: TypeId, body: &TypeBody) -> bool {
        match body {
            TypeBody::Enum(_) => true,
            TypeBody::Struct(record) => record
                .fields
                .iter()
                .all(|field| field.omittable || self.type_ends(&field.ty)),
            TypeBody::Union(union) => {
                let variant = union.variants.iter().position(|variant| self.type_ends(&variant.ty));
                self.found.variants[id.0 as usize] = variant.unwrap_or(0);
                union.open || variant.is_some()
            }
            TypeBody::Alias(of) | TypeBody::Newtype(of) => self.type_ends(of),
        }
    }

    fn type_ends(&self, ty: &TypeRef) -> bool {
        match &ty.shape {
            _ if ty.nullable => true,
            Shape::Named(id) => self.ends[id.0 as usize],
            Shape::Tuple(items) => items.iter().all(|item| self.type_ends(item)),
            _ => true,
        }
    }

    /// Returns the first struct without a finite empty value, and the fields that cause it.
    fn first_unresolved(&self) -> Option<(TypeId, Vec<usize>)> {
        self.types
            .iter()
            .filter(|(id, _)| !self.ends[id.0 as usize])
            .find_map(|(id, ty)| match &ty.body {
                TypeBody::Struct(record) => {
                    let causes = record.fields.iter().enumerate();
                    let causes = causes.filter(|(_, field)| !field.omittable && !self.type_ends(&field.ty));
                    Some((id, causes.map(|(index, _)| index).collect()))
                }
                TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => None,
            })
    }
}
