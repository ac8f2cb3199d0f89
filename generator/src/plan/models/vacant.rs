//! Which types have a value to start reading from.
//!
//! Reading fills a vacant value. A struct's is made of its fields' vacant values, a closed union's is that of one of its
//! variants; so there has to be a way that ends. Where the document leaves none (`A` requires an `A`), a field is made
//! optional: no JSON could ever have satisfied it.

use std::collections::HashSet;

use crate::ir::{Shape, TypeBody, TypeId, TypeRef, Types};

/// How vacant values are made.
pub struct Vacancies {
    /// For each type the variant that its vacant value has, where it is a closed union.
    pub variants: Vec<usize>,
    /// Fields that have to be optional, by type and place.
    pub optional: HashSet<(TypeId, usize)>,
}

/// Finds a vacant value for every type.
pub fn vacancies(types: &Types) -> Vacancies {
    let mut search = Search {
        types,
        ends: vec![false; types.0.len()],
        found: Vacancies {
            variants: vec![0; types.0.len()],
            optional: HashSet::new(),
        },
    };
    search.settle();
    while let Some((id, fields)) = search.stuck() {
        search
            .found
            .optional
            .extend(fields.into_iter().map(|field| (id, field)));
        search.ends[id.0 as usize] = true;
        search.settle();
    }
    search.found
}

struct Search<'a> {
    types: &'a Types,
    /// Whether the type's vacant value is known to end.
    ends: Vec<bool>,
    found: Vacancies,
}

impl Search<'_> {
    fn settle(&mut self) {
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
                .all(|field| field.omittable || self.use_ends(&field.ty)),
            TypeBody::Union(union) => {
                let way = union.variants.iter().position(|variant| self.use_ends(&variant.ty));
                self.found.variants[id.0 as usize] = way.unwrap_or(0);
                union.open || way.is_some()
            }
            TypeBody::Alias(of) | TypeBody::Newtype(of) => self.use_ends(of),
        }
    }

    fn use_ends(&self, ty: &TypeRef) -> bool {
        match &ty.shape {
            _ if ty.nullable => true,
            Shape::Named(id) => self.ends[id.0 as usize],
            Shape::Tuple(items) => items.iter().all(|item| self.use_ends(item)),
            _ => true,
        }
    }

    /// The first struct without an end, with the fields that are to blame.
    fn stuck(&self) -> Option<(TypeId, Vec<usize>)> {
        self.types
            .iter()
            .filter(|(id, _)| !self.ends[id.0 as usize])
            .find_map(|(id, ty)| match &ty.body {
                TypeBody::Struct(record) => {
                    let blamed = record.fields.iter().enumerate();
                    let blamed = blamed.filter(|(_, field)| !field.omittable && !self.use_ends(&field.ty));
                    Some((id, blamed.map(|(index, _)| index).collect()))
                }
                TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => None,
            })
    }
}
