//! Finds an empty value for every type.
//!
//! Deserialization starts with an empty value and sets its fields. The empty value of a struct contains an empty value
//! for each required field. The empty value of a closed union is the empty value of one of its variants. So required
//! fields must not form a reference cycle. If they do (`A` requires an `A`), some structs have no empty value. The fields
//! that prevent it in the first of them become optional. This is repeated until every struct has an empty value. Nothing
//! is lost, because no JSON value satisfies such a schema.

use std::collections::{BTreeSet, HashSet};

use crate::ir::{Shape, TypeBody, TypeId, TypeRef, Types};

/// The empty values of all types.
pub struct EmptyValues {
    /// The index of a variant with an empty value, for each type that is a union. The entries of other types, and of unions
    /// without such a variant, are 0.
    pub variants: Vec<usize>,
    /// Fields that must be optional, by type and field index.
    pub optional: HashSet<(TypeId, usize)>,
}

/// Finds an empty value for every type.
pub fn empty_values(types: &Types) -> EmptyValues {
    let mut search = Search {
        types,
        referrers: referrers(types),
        is_found: vec![false; types.0.len()],
        next_struct: 0,
        found: EmptyValues {
            variants: vec![0; types.0.len()],
            optional: HashSet::new(),
        },
    };
    search.propagate(types.iter().map(|(id, _)| id).collect());
    while let Some((id, fields)) = search.first_unresolved() {
        search
            .found
            .optional
            .extend(fields.into_iter().map(|field| (id, field)));
        search.is_found[id.0 as usize] = true;
        let referrers = search.referrers[id.0 as usize].iter().copied().collect();
        search.propagate(referrers);
    }
    search.found
}

/// Returns the types that refer to each type.
fn referrers(types: &Types) -> Vec<Vec<TypeId>> {
    let mut referrers = vec![Vec::new(); types.0.len()];
    for (referrer, ty) in types.iter() {
        each_type(&ty.body, &mut |id| referrers[id.0 as usize].push(referrer));
    }
    referrers
}

/// Visits the types whose empty values may be part of the empty value of a type.
fn each_type(body: &TypeBody, visit: &mut impl FnMut(TypeId)) {
    match body {
        TypeBody::Enum(_) => {}
        TypeBody::Struct(body) => body.fields.iter().for_each(|field| named(&field.ty, visit)),
        TypeBody::Union(union) => union.variants.iter().for_each(|variant| named(&variant.ty, visit)),
        TypeBody::Alias(of) | TypeBody::Newtype(of) => named(of, visit),
    }
}

fn named(ty: &TypeRef, visit: &mut impl FnMut(TypeId)) {
    match &ty.shape {
        Shape::Named(id) => visit(*id),
        Shape::Tuple(items) => items.iter().for_each(|item| named(item, visit)),
        _ => {}
    }
}

struct Search<'a> {
    types: &'a Types,
    /// The types that refer to each type.
    referrers: Vec<Vec<TypeId>>,
    /// Whether an empty value of the type was found.
    is_found: Vec<bool>,
    /// The index of the first type that can be an unresolved struct.
    next_struct: usize,
    found: EmptyValues,
}

impl Search<'_> {
    /// Evaluates the types of a round in the order of their ids. If a type has an empty value, the types that refer to
    /// it are evaluated again: in the same round if their ids are larger, otherwise in the next one. So the result
    /// depends only on the ids, and each reference is followed once.
    fn propagate(&mut self, mut round: BTreeSet<TypeId>) {
        let mut next_round = BTreeSet::new();
        while !round.is_empty() {
            while let Some(id) = round.pop_first() {
                let index = id.0 as usize;
                if self.is_found[index] || !self.body_has_empty_value(id, &self.types[id].body) {
                    continue;
                }
                self.is_found[index] = true;
                for referrer in &self.referrers[index] {
                    let to = if *referrer > id { &mut round } else { &mut next_round };
                    to.insert(*referrer);
                }
            }
            round = std::mem::take(&mut next_round);
        }
    }

    fn body_has_empty_value(&mut self, id: TypeId, body: &TypeBody) -> bool {
        match body {
            TypeBody::Enum(_) => true,
            TypeBody::Struct(body) => body
                .fields
                .iter()
                .all(|field| field.omittable || self.type_has_empty_value(&field.ty)),
            TypeBody::Union(union) => {
                let variant = union
                    .variants
                    .iter()
                    .position(|variant| self.type_has_empty_value(&variant.ty));
                self.found.variants[id.0 as usize] = variant.unwrap_or(0);
                union.open || variant.is_some()
            }
            TypeBody::Alias(of) | TypeBody::Newtype(of) => self.type_has_empty_value(of),
        }
    }

    fn type_has_empty_value(&self, ty: &TypeRef) -> bool {
        match &ty.shape {
            _ if ty.nullable => true,
            Shape::Named(id) => self.is_found[id.0 as usize],
            Shape::Tuple(items) => items.iter().all(|item| self.type_has_empty_value(item)),
            _ => true,
        }
    }

    /// Returns the first struct without a finite empty value, and the fields that cause it.
    fn first_unresolved(&mut self) -> Option<(TypeId, Vec<usize>)> {
        let pending = self.types.iter().skip(self.next_struct);
        let (id, body) = pending
            .filter(|(id, _)| !self.is_found[id.0 as usize])
            .find_map(|(id, ty)| match &ty.body {
                TypeBody::Struct(body) => Some((id, body)),
                TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => None,
            })?;
        self.next_struct = id.0 as usize;
        let causes = body.fields.iter().enumerate();
        let causes = causes.filter(|(_, field)| !field.omittable && !self.type_has_empty_value(&field.ty));
        Some((id, causes.map(|(index, _)| index).collect()))
    }
}
