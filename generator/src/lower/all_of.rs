//! `allOf` merging: one schema out of all that a value has to fit.
//!
//! In: a schema with `allOf`, or with siblings beside `$ref`. Out: one without. Properties are united, bounds and enums
//! intersected, required names added up; a property in several parts becomes the schema of what fits all of them. What
//! contradicts itself is reported and becomes any value, since a server that says it sends something sends something.

use indexmap::IndexSet;
use rustc_hash::FxHashSet;

use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Additional, Schema, SchemaId, Type, TypeSet};
use crate::json::Json;

use super::Lowering;
use super::bounds;
use super::graph::{View, Weight, weight};

/// How deep `allOf` may stand in `allOf`.
const DEPTH: usize = 48;

impl<'d> Lowering<'d> {
    /// The schema with all that it has to fit in it.
    pub(super) fn flat(&mut self, id: SchemaId) -> View<'d> {
        let schema = self.graph.get(id);
        if schema.reference.is_none() && schema.all_of.is_empty() {
            return schema;
        }
        if let Some(merged) = self.merged.get(&id) {
            return self.graph.get(*merged);
        }
        let parts = self.parts(id);
        let merged = self.merge(id, &parts);
        match self.graph.make(merged) {
            Some(made) => {
                self.homes.settle(made, id, "");
                self.merged.insert(id, made);
                self.graph.get(made)
            }
            None => {
                self.report_too_much(id);
                View::Made(std::rc::Rc::new(Schema {
                    place: schema.place,
                    ..Schema::default()
                }))
            }
        }
    }

    /// All schemas that a value has to fit: those that a schema refers to first, itself last.
    pub(super) fn parts(&self, id: SchemaId) -> IndexSet<SchemaId> {
        let mut parts = Parts {
            done: IndexSet::new(),
            seen: FxHashSet::default(),
        };
        self.gather(id, 0, &mut parts);
        parts.done
    }

    fn gather(&self, id: SchemaId, depth: usize, to: &mut Parts) {
        if depth > DEPTH || !to.seen.insert(id) {
            return;
        }
        let schema = self.graph.get(id);
        for part in schema.reference.iter().chain(&schema.all_of) {
            self.gather(*part, depth + 1, to);
        }
        to.done.insert(id);
    }

    fn merge(&mut self, id: SchemaId, parts: &IndexSet<SchemaId>) -> Schema {
        let root = self.graph.get(id);
        let mut merged = Schema {
            place: root.place,
            pointer: root.pointer.clone(),
            discriminator: root.discriminator.clone(),
            nullable: root.nullable,
            ..Schema::default()
        };
        for part in parts {
            let schema = self.graph.get(*part);
            // The words of another component are about that one.
            if *part == id || self.graph.component(*part).is_none() {
                annotate(&mut merged, &schema);
            }
            if weight(&schema) != Weight::Annotations {
                self.constrain(&mut merged, &schema, id);
            }
            if *part == id || !self.chooses(&schema, parts) {
                self.add_union(&mut merged, &schema, id);
            }
            bounds::intersect(&mut merged.bounds, &schema.bounds);
            merged.read_only |= schema.read_only;
            merged.write_only |= schema.write_only;
        }
        merged
    }

    fn constrain(&mut self, merged: &mut Schema, part: &Schema, home: SchemaId) {
        merged.never |= part.never;
        merged.types = match common(merged.types, part.types) {
            Some(types) => types,
            None => {
                self.report_contradiction(home, "its parts allow no common type");
                *merged = Schema {
                    place: merged.place,
                    pointer: merged.pointer.clone(),
                    ..Schema::default()
                };
                return;
            }
        };
        self.add_properties(merged, part, home);
        merged.required.extend(part.required.iter().cloned());
        merged.additional = additional(merged.additional, part.additional);
        merged.items = match (merged.items, part.items) {
            (Some(first), Some(second)) => Some(self.both(first, second, home, "item")),
            (first, second) => first.or(second),
        };
        if merged.prefix_items.is_empty() {
            merged.prefix_items.clone_from(&part.prefix_items);
        }
        self.add_values(merged, part, home);
        replace(&mut merged.format, &part.format);
        replace(&mut merged.content_encoding, &part.content_encoding);
        replace(&mut merged.content_media_type, &part.content_media_type);
        replace(&mut merged.content_schema, &part.content_schema);
        for keyword in &part.untyped_keywords {
            if !merged.untyped_keywords.contains(keyword) {
                merged.untyped_keywords.push(keyword);
            }
        }
    }

    fn add_properties(&mut self, merged: &mut Schema, part: &Schema, home: SchemaId) {
        for (name, property) in &part.properties {
            let both = match merged.properties.get(name).copied() {
                Some(before) => {
                    if self.stands_for.contains_key(&home) && self.are_disjoint(before, *property) {
                        self.report_contradiction(home, "a property has no common value");
                    }
                    self.both(before, *property, home, name)
                }
                None => *property,
            };
            merged.properties.insert(name.clone(), both);
        }
    }

    fn add_values(&mut self, merged: &mut Schema, part: &Schema, home: SchemaId) {
        if let Some(values) = &part.values {
            let common = match merged.values.take() {
                Some(before) => before.into_iter().filter(|value| values.contains(value)).collect(),
                None => values.clone(),
            };
            if common.is_empty() && !values.is_empty() {
                self.report_contradiction(home, "its parts have no common value");
            } else {
                merged.values = Some(common);
            }
        }
        match (&merged.constant, &part.constant) {
            (Some(first), Some(second)) if first != second => {
                merged.constant = None;
                self.report_contradiction(home, "its parts have different constants");
            }
            (None, Some(_)) => merged.constant.clone_from(&part.constant),
            _ => {}
        }
    }

    /// Whether the part is a union with one of the other parts as a member: being that member is the choice then.
    fn chooses(&self, part: &Schema, parts: &IndexSet<SchemaId>) -> bool {
        let mut members = part.one_of.iter().chain(&part.any_of);
        members.any(|member| self.graph.chain(*member).iter().any(|member| parts.contains(member)))
    }

    /// Adds the union of a part. A schema has room for two.
    fn add_union(&mut self, merged: &mut Schema, part: &Schema, home: SchemaId) {
        for members in [&part.one_of, &part.any_of] {
            if members.is_empty() {
                continue;
            }
            if self.narrows(&mut merged.one_of, members) || self.narrows(&mut merged.any_of, members) {
                continue;
            }
            let free = merged.one_of.is_empty() || merged.any_of.is_empty();
            let room = if merged.one_of.is_empty() {
                &mut merged.one_of
            } else {
                &mut merged.any_of
            };
            if free {
                room.clone_from(members);
                if merged.discriminator.is_none() {
                    merged.discriminator.clone_from(&part.discriminator);
                }
            } else {
                self.report_contradiction(home, "it has more unions than can be told apart");
            }
        }
    }

    /// Whether one of two unions has all members of the other; then the smaller one is both.
    fn narrows(&self, before: &mut Vec<SchemaId>, members: &[SchemaId]) -> bool {
        let targets = |members: &[SchemaId]| {
            members
                .iter()
                .map(|member| self.target(*member))
                .collect::<FxHashSet<_>>()
        };
        let (old, new) = (targets(before), targets(members));
        if old.is_empty() || !(old.is_subset(&new) || new.is_subset(&old)) {
            return false;
        }
        if new.len() < old.len() {
            *before = members.to_vec();
        }
        true
    }

    /// Whether two schemas list their values, and no value is in both.
    pub(super) fn are_disjoint(&self, first: SchemaId, second: SchemaId) -> bool {
        let (first, second) = (self.graph.get(self.target(first)), self.graph.get(self.target(second)));
        let lists = |schema: &Schema| schema.values.is_some() || schema.constant.is_some();
        let mut values = listed(&first);
        lists(&first) && lists(&second) && !values.any(|value| listed(&second).any(|other| other == value))
    }

    /// The schema of the values that fit both, which stands at a step below `home`.
    pub(super) fn both(&mut self, first: SchemaId, second: SchemaId, home: SchemaId, step: &str) -> SchemaId {
        let (first_is, second_is) = (self.target(first), self.target(second));
        if first == second || first_is == second_is || self.is_unsaid(first_is) {
            return second;
        }
        if self.is_unsaid(second_is) {
            return first;
        }
        match self.graph.conjoin(first, second) {
            Some((id, new)) => {
                if new {
                    self.homes.settle(id, home, step.to_owned());
                }
                id
            }
            None => {
                self.report_too_much(home);
                second
            }
        }
    }

    fn is_unsaid(&self, id: SchemaId) -> bool {
        let schema = self.graph.get(id);
        schema.reference.is_none() && schema.all_of.is_empty() && weight(&schema) == Weight::Annotations
    }

    /// Says that no value fits a schema. A member of a union together with what stands beside the union is no mistake: it
    /// is a member that does not occur there.
    pub(super) fn report_contradiction(&mut self, id: SchemaId, why: &str) {
        self.impossible.insert(id);
        if self.stands_for.contains_key(&id) {
            return;
        }
        let schema = self.graph.get(id);
        let message = format!("no value fits this schema: {why}; what contradicts becomes any value");
        let help = "let the parts of `allOf` agree, or use `oneOf` where one of them is meant";
        self.diagnostics
            .push(Diagnostic::new(Code::Contradiction, schema.place, message).help(help));
        self.drop(schema.place, &schema.pointer, why);
    }

    /// Whether the schema is a member of a union that does not occur where the union stands.
    pub(super) fn is_impossible(&mut self, id: SchemaId) -> bool {
        self.flat(id);
        self.impossible.contains(&id) && self.stands_for.contains_key(&id)
    }

    pub(super) fn report_too_much(&mut self, id: SchemaId) {
        let schema = self.graph.get(id);
        let message = "this schema unfolds into more than can be written down; it becomes any JSON value";
        self.diagnostics
            .push(Diagnostic::new(Code::SchemaTooLarge, schema.place, message));
        self.drop(schema.place, &schema.pointer, "unfolds without end");
    }
}

struct Parts {
    done: IndexSet<SchemaId>,
    seen: FxHashSet<SchemaId>,
}

/// Takes over the words of a part.
fn annotate(merged: &mut Schema, part: &Schema) {
    replace(&mut merged.title, &part.title);
    replace(&mut merged.description, &part.description);
    replace(&mut merged.default, &part.default);
    if !part.examples.is_empty() {
        merged.examples.clone_from(&part.examples);
    }
    merged.deprecated |= part.deprecated;
    for (key, value) in &part.extensions {
        merged.extensions.insert(key.clone(), value.clone());
    }
}

fn replace<T: Clone>(to: &mut Option<T>, from: &Option<T>) {
    if from.is_some() {
        to.clone_from(from);
    }
}

/// The types that both allow; `None` where there are none. Every integer is a number. Null is nobody's contradiction.
fn common(first: TypeSet, second: TypeSet) -> Option<TypeSet> {
    if first.is_empty() || second.is_empty() {
        return Some(if first.is_empty() { second } else { first });
    }
    let mut both: TypeSet = first.iter().filter(|kind| second.has(*kind)).collect();
    let integer = |some: TypeSet, other: TypeSet| some.has(Type::Integer) && other.has(Type::Number);
    if integer(first, second) || integer(second, first) {
        both.remove(Type::Number);
        both.insert(Type::Integer);
    }
    (!both.is_empty()).then_some(both)
}

fn additional(first: Additional, second: Additional) -> Additional {
    match (first, second) {
        (Additional::Schema(schema), _) | (_, Additional::Schema(schema)) => Additional::Schema(schema),
        (Additional::Forbidden, _) | (_, Additional::Forbidden) => Additional::Forbidden,
        (Additional::Any, _) | (_, Additional::Any) => Additional::Any,
        (Additional::Unspecified, Additional::Unspecified) => Additional::Unspecified,
    }
}

/// The values that a schema lists.
fn listed(schema: &Schema) -> impl Iterator<Item = &Json> {
    schema.constant.iter().chain(schema.values.iter().flatten())
}

/// The one value of a schema that allows no other.
pub(super) fn only_value(schema: &Schema) -> Option<&Json> {
    match (&schema.constant, schema.values.as_deref()) {
        (Some(value), _) | (None, Some([value])) => Some(value),
        (None, Some(_) | None) => None,
    }
}
