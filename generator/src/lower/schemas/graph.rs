//! All schemas by id: those of the document, and synthetic ones that lowering adds.
//!
//! In: the document's schemas. Out: [`View`]s, by id. Guarantees: the intersection of two schemas is created once, and
//! the number of synthetic schemas is bounded, so that lowering ends on every document.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use crate::document::{Additional, Document, Schema, SchemaId, Schemas, Type, TypeSet};
use crate::json::Json;
use crate::lower::schemas::scalars;

/// The maximum number of references and wrappers that are followed.
const MAX_CHAIN: usize = 64;

/// How much each schema of the document adds to the maximum number of synthetic schemas.
const MAX_SYNTHETIC_PER_SCHEMA: usize = 4;

/// A schema, independent of where it is stored.
#[derive(Clone, Debug)]
pub(in crate::lower) enum View<'d> {
    /// A schema of the document.
    Document(&'d Schema),
    /// A schema that lowering created.
    Synthetic(Arc<Schema>),
}

impl<'d> View<'d> {
    /// Returns the schema if it belongs to the document. Synthetic schemas do not.
    pub(in crate::lower) fn in_document(self) -> Option<&'d Schema> {
        match self {
            Self::Document(schema) => Some(schema),
            Self::Synthetic(_) => None,
        }
    }
}

impl Deref for View<'_> {
    type Target = Schema;
    fn deref(&self) -> &Schema {
        match self {
            Self::Document(schema) => schema,
            Self::Synthetic(schema) => schema,
        }
    }
}

/// The kind of constraints that a schema has itself, without those of the schemas that it refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum OwnConstraints {
    /// Only annotations, flags, bounds and null.
    None,
    /// A `type`, and nothing else except what [`Self::None`] allows.
    TypeOnly,
    /// Other keywords.
    Full,
}

/// All schemas.
#[derive(Debug)]
pub(in crate::lower) struct Graph<'d> {
    /// The schemas of the document.
    document_schemas: &'d Schemas,
    synthetic: Vec<Arc<Schema>>,
    intersections: FxHashMap<(SchemaId, SchemaId), SchemaId>,
    /// The cached target of each schema.
    targets: Vec<OnceLock<SchemaId>>,
    /// The component index of each schema of the document.
    components: Vec<Option<u32>>,
    /// The schema that replaces an equal one elsewhere.
    duplicates: FxHashMap<SchemaId, SchemaId>,
}

impl<'d> Graph<'d> {
    pub(in crate::lower) fn new(document: &'d Document) -> Self {
        let mut components = vec![None; document.schemas.count()];
        for (index, id) in (0..).zip(document.components.values()) {
            components[id.0 as usize].get_or_insert(index);
        }
        let mut graph = Self {
            document_schemas: &document.schemas,
            synthetic: Vec::new(),
            targets: Vec::new(),
            intersections: FxHashMap::default(),
            components,
            duplicates: FxHashMap::default(),
        };
        graph.name_referenced_schemas(document);
        graph.targets.resize_with(document.schemas.count(), OnceLock::new);
        graph
    }

    /// Names a schema without a name, such as the root of another file, after the component that only refers to it.
    fn name_referenced_schemas(&mut self, document: &Document) {
        for (index, id) in (0..).zip(document.components.values()) {
            let target = self.target(*id);
            self.components[target.0 as usize].get_or_insert(index);
        }
    }

    /// Replaces all schemas of each group by the first one.
    pub(in crate::lower) fn merge_duplicates<'g>(&mut self, groups: impl Iterator<Item = &'g [SchemaId]>) {
        for group in groups {
            let others = group.iter().skip(1);
            self.duplicates.extend(others.map(|other| (*other, group[0])));
        }
        for known in &mut self.targets {
            *known = OnceLock::new();
        }
    }

    /// Returns the schema with an id.
    pub(in crate::lower) fn get(&self, id: SchemaId) -> View<'d> {
        let index = id.0 as usize;
        match self.document_schemas.get(id) {
            Some(schema) => View::Document(schema),
            None => self.synthetic.get(index - self.document_schemas.count()).map_or_else(
                || View::Synthetic(Arc::new(Schema::default())),
                |schema| View::Synthetic(Arc::clone(schema)),
            ),
        }
    }

    /// Returns the number of schemas.
    pub(in crate::lower) fn len(&self) -> usize {
        self.document_schemas.count() + self.synthetic.len()
    }

    /// Returns the component index of an id.
    pub(in crate::lower) fn component(&self, id: SchemaId) -> Option<u32> {
        self.components.get(id.0 as usize).copied().flatten()
    }

    /// Adds a schema. Returns `None` if there are too many synthetic schemas.
    pub(in crate::lower) fn add(&mut self, schema: Schema) -> Option<SchemaId> {
        if self.synthetic.len() > 1_000 + MAX_SYNTHETIC_PER_SCHEMA * self.document_schemas.count() {
            return None;
        }
        let id = SchemaId(u32::try_from(self.len()).ok()?);
        self.synthetic.push(Arc::new(schema));
        self.targets.push(OnceLock::new());
        Some(id)
    }

    /// Returns the schema of the values that match both, and whether it is new. It is created once for each pair.
    pub(in crate::lower) fn intersect(&mut self, first: SchemaId, second: SchemaId) -> Option<(SchemaId, bool)> {
        if let Some(id) = self.intersections.get(&(first, second)) {
            return Some((*id, false));
        }
        let second_schema = self.get(second);
        let schema = Schema {
            place: second_schema.place,
            pointer: second_schema.pointer.clone(),
            all_of: vec![first, second],
            ..Schema::default()
        };
        let id = self.add(schema)?;
        self.intersections.insert((first, second), id);
        Some((id, true))
    }

    /// Returns the schema that a reference resolves to: the last of its chain.
    pub(in crate::lower) fn target(&self, id: SchemaId) -> SchemaId {
        let last = || self.chain(id).last().copied().unwrap_or(id);
        let known = self.targets.get(id.0 as usize);
        known.map_or_else(last, |known| *known.get_or_init(last))
    }

    /// Returns the schemas from a reference to its target, through references and wrappers that add only annotations,
    /// flags, bounds or null. Ends at the first component after the reference.
    pub(in crate::lower) fn chain(&self, id: SchemaId) -> Vec<SchemaId> {
        let mut chain = vec![id];
        let mut at = id;
        while let Some(next) = self.wrapped(at) {
            if chain.len() > MAX_CHAIN || chain.contains(&next) {
                break;
            }
            chain.push(next);
            at = next;
            if self.component(at).is_some() {
                break;
            }
        }
        chain
    }

    /// Returns the schema that a wrapper wraps.
    fn wrapped(&self, id: SchemaId) -> Option<SchemaId> {
        if let Some(one) = self.duplicates.get(&id) {
            return Some(*one);
        }
        let schema = self.get(id);
        if schema.reference.is_none() && schema.all_of.is_empty() {
            return self.single_member(&schema);
        }
        let own = own_constraints(&schema);
        if own == OwnConstraints::Full {
            return None;
        }
        let mut parts = schema.reference.iter().chain(&schema.all_of).copied();
        let mut constraining = parts.by_ref().filter(|part| self.has_constraints(*part));
        let only = constraining.next();
        if constraining.next().is_some() {
            return None;
        }
        // If no part has constraints, the first one is the target.
        let only = only.or_else(|| schema.reference.or(schema.all_of.first().copied()))?;
        self.adds_nothing_to(own, &schema, only).then_some(only)
    }

    /// Returns whether a schema with these constraints adds nothing to the schema that it wraps.
    fn adds_nothing_to(&self, own: OwnConstraints, schema: &Schema, wrapped: SchemaId) -> bool {
        match own {
            OwnConstraints::None => true,
            OwnConstraints::TypeOnly => {
                let mut kinds = schema.types;
                kinds.remove(Type::Null);
                self.json_types(wrapped, MAX_CHAIN) == kinds
            }
            OwnConstraints::Full => false,
        }
    }

    /// Returns whether a part of an `allOf` has more than annotations, flags, bounds and null. A reference always counts
    /// as more.
    fn has_constraints(&self, id: SchemaId) -> bool {
        let schema = self.get(id);
        schema.reference.is_some() || !schema.all_of.is_empty() || own_constraints(&schema) != OwnConstraints::None
    }

    /// Returns the only member of a union that is not null, if the union has no other constraints.
    fn single_member(&self, schema: &Schema) -> Option<SchemaId> {
        let members = match (schema.one_of.as_slice(), schema.any_of.as_slice()) {
            (members, []) | ([], members) => members,
            _ => return None,
        };
        let own = own_constraints_without_union(schema);
        if own == OwnConstraints::Full {
            return None;
        }
        let mut others = members.iter().copied().filter(|member| !self.is_null(*member));
        let only = others.next()?;
        // A mapping may list more members than the union.
        let mut mapped = schema
            .discriminator
            .iter()
            .flat_map(|discriminator| discriminator.mapping.values());
        let is_single = others.next().is_none()
            && mapped.all(|member| *member == only || self.get(only).reference == Some(*member));
        (is_single && self.adds_nothing_to(own, schema, only)).then_some(only)
    }

    /// Returns whether null is the only value. Follows references, because some frameworks emit a component for null.
    pub(in crate::lower) fn is_null(&self, id: SchemaId) -> bool {
        let mut schema = self.get(id);
        for _ in 0..MAX_CHAIN {
            match schema
                .reference
                .filter(|_| own_constraints(&schema) == OwnConstraints::None)
            {
                Some(next) => schema = self.get(next),
                None => break,
            }
        }
        let null = |value: &Json| *value == Json::Null;
        let typed = schema.types.has(Type::Null) && schema.types.iter().count() == 1;
        let listed = schema
            .values
            .as_ref()
            .is_some_and(|values| !values.is_empty() && values.iter().all(null));
        // OpenAPI 3.0 tools write `anyOf: [X, { nullable: true }]`.
        let is_null_marker = schema.nullable && self.get(id).reference.is_none() && schema.all_of.is_empty();
        typed
            || listed
            || schema.constant.as_ref().is_some_and(null)
            || is_null_marker && own_constraints(&schema) == OwnConstraints::None
    }

    /// Returns the JSON types that a value can have as far as they are known, without null.
    pub(in crate::lower) fn json_types(&self, id: SchemaId, remaining_steps: usize) -> TypeSet {
        let schema = self.get(id);
        let mut types = schema.types;
        types.remove(Type::Null);
        if !types.is_empty() || remaining_steps == 0 {
            return types;
        }
        if !schema.properties.is_empty() || !schema.conditional.is_empty() {
            types.insert(Type::Object);
        } else if schema.items.is_some() {
            types.insert(Type::Array);
        }
        let parts = schema.reference.iter().chain(&schema.all_of);
        for part in parts {
            if !types.is_empty() {
                return types;
            }
            types = self.json_types(*part, remaining_steps / 2);
        }
        if types.is_empty() {
            let members = schema.one_of.iter().chain(&schema.any_of);
            types = members
                .flat_map(|member| self.json_types(*member, remaining_steps / 4).iter().collect::<Vec<_>>())
                .collect();
        }
        types
    }
}

/// Returns which constraints a schema has itself.
pub(in crate::lower) fn own_constraints(schema: &Schema) -> OwnConstraints {
    if schema.one_of.is_empty() && schema.any_of.is_empty() && schema.discriminator.is_none() {
        own_constraints_without_union(schema)
    } else {
        OwnConstraints::Full
    }
}

/// Returns which constraints a schema has itself, apart from its union.
pub(in crate::lower) fn own_constraints_without_union(schema: &Schema) -> OwnConstraints {
    let mut kinds = schema.types;
    kinds.remove(Type::Null);
    match (
        constrains_values(schema) || !schema.required.is_empty(),
        kinds.is_empty(),
    ) {
        (true, _) => OwnConstraints::Full,
        (false, false) => OwnConstraints::TypeOnly,
        (false, true) => OwnConstraints::None,
    }
}

/// Returns whether a schema has constraints other than a type, required names, bounds and a union.
pub(in crate::lower) fn constrains_values(schema: &Schema) -> bool {
    // Next to a union, a non-standard format (`int-or-string`) describes the union.
    let is_union = schema.types.is_empty() && !(schema.one_of.is_empty() && schema.any_of.is_empty());
    !schema.properties.is_empty()
        || !schema.conditional.is_empty()
        || schema.never
        || schema.values.is_some()
        || schema.constant.is_some()
        || schema.additional != Additional::Unspecified
        || schema.items.is_some()
        || !schema.prefix_items.is_empty()
        || schema
            .format
            .as_deref()
            .is_some_and(|format| !is_union || scalars::is_known_format(format))
        || schema.content_encoding.is_some()
}
