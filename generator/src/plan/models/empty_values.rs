//! Finds the types that have an empty value.
//!
//! Deserialization fills an empty value. The empty value of a struct consists of those of its fields, and that of a
//! closed union is the empty value of one variant. Each chain of required fields must therefore end. If it does not (`A` requires
//! an `A`), a field becomes optional, because no JSON value could satisfy the schema anyway.

use std::collections::{BTreeSet, HashSet};

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
        users: users(types),
        ends: vec![false; types.0.len()],
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
        search.ends[id.0 as usize] = true;
        let users = search.users[id.0 as usize].iter().copied().collect();
        search.propagate(users);
    }
    search.found
}

/// Returns the types that refer to each type.
fn users(types: &Types) -> Vec<Vec<TypeId>> {
    let mut users = vec![Vec::new(); types.0.len()];
    for (user, ty) in types.iter() {
        each_type(&ty.body, &mut |id| users[id.0 as usize].push(user));
    }
    users
}

/// Passes the types whose empty values are part of the empty value of a type.
fn each_type(body: &TypeBody, visit: &mut impl FnMut(TypeId)) {
    match body {
        TypeBody::Enum(_) => {}
        TypeBody::Struct(record) => record.fields.iter().for_each(|field| named(&field.ty, visit)),
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
    users: Vec<Vec<TypeId>>,
    /// Whether the type is known to have a finite empty value.
    ends: Vec<bool>,
    /// The index of the first type that can be an unresolved struct.
    next_struct: usize,
    found: EmptyValues,
}

impl Search<'_> {
    /// Evaluates all types in the order of their ids. If a type ends, the types that refer to it are evaluated again: in this round
    /// if their ids are larger, otherwise in the next one. So the result does not depend on the order of the search, and each
    /// reference is followed once.
    fn propagate(&mut self, mut round: BTreeSet<TypeId>) {
        let mut next_round = BTreeSet::new();
        while !round.is_empty() {
            while let Some(id) = round.pop_first() {
                let index = id.0 as usize;
                if self.ends[index] || !self.body_ends(id, &self.types[id].body) {
                    continue;
                }
                self.ends[index] = true;
                for user in &self.users[index] {
                    let to = if *user > id { &mut round } else { &mut next_round };
                    to.insert(*user);
                }
            }
            round = std::mem::take(&mut next_round);
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
    fn first_unresolved(&mut self) -> Option<(TypeId, Vec<usize>)> {
        let open = self.types.iter().skip(self.next_struct);
        let (id, record) = open
            .filter(|(id, _)| !self.ends[id.0 as usize])
            .find_map(|(id, ty)| match &ty.body {
                TypeBody::Struct(record) => Some((id, record)),
                TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => None,
            })?;
        self.next_struct = id.0 as usize;
        let causes = record.fields.iter().enumerate();
        let causes = causes.filter(|(_, field)| !field.omittable && !self.type_ends(&field.ty));
        Some((id, causes.map(|(index, _)| index).collect()))
    }
}
