//! Schemas as `lower` looks at them: those of the document, and those made by merging.
//!
//! In: the document's schemas. Out: [`View`]s, by id. Holds afterwards: a made schema is made once for the same parts, and
//! there is a limit to how many are made, so merging ends on every document.

use std::cell::Cell;
use std::ops::Deref;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::document::{Additional, Document, Schema, SchemaId, Schemas, Type, TypeSet};
use crate::json::Json;

/// How far references and wrappers are followed. Longer chains exist in no document that a person wrote.
const CHAIN: usize = 64;

/// How many schemas merging may make for each one of the document.
const MADE_FOR_EACH: usize = 4;

/// A schema, wherever it is kept.
#[derive(Clone, Debug)]
pub(super) enum View<'d> {
    /// One of the document.
    Written(&'d Schema),
    /// One made by merging.
    Made(Rc<Schema>),
}

impl<'d> View<'d> {
    /// The schema, if it is one of the document.
    pub(super) fn written(self) -> Option<&'d Schema> {
        match self {
            Self::Written(schema) => Some(schema),
            Self::Made(_) => None,
        }
    }
}

impl Deref for View<'_> {
    type Target = Schema;
    fn deref(&self) -> &Schema {
        match self {
            Self::Written(schema) => schema,
            Self::Made(schema) => schema,
        }
    }
}

/// How much a schema says itself, beside what it refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// Words, flags and limits only.
    Annotations,
    /// A type, and nothing about what is in it.
    Kind,
    /// More.
    Full,
}

/// All schemas.
#[derive(Debug)]
pub(super) struct Graph<'d> {
    written: &'d Schemas,
    made: Vec<Rc<Schema>>,
    conjoined: FxHashMap<(SchemaId, SchemaId), SchemaId>,
    /// What each schema comes down to, once that is known.
    targets: Vec<Cell<Option<SchemaId>>>,
    /// The component that an id is, by index.
    components: FxHashMap<SchemaId, u32>,
    /// The schema that stands for one that says the same elsewhere.
    united: FxHashMap<SchemaId, SchemaId>,
}

impl<'d> Graph<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        let mut components = FxHashMap::default();
        for (index, id) in (0..).zip(document.components.values()) {
            components.entry(*id).or_insert(index);
        }
        let mut graph = Self {
            written: &document.schemas,
            made: Vec::new(),
            targets: Vec::new(),
            conjoined: FxHashMap::default(),
            components,
            united: FxHashMap::default(),
        };
        graph.adopt(document);
        graph.targets = vec![Cell::new(None); document.schemas.0.len()];
        graph
    }

    /// Lets a component that only refers to a schema without a name, as to the root of another file, be that schema.
    fn adopt(&mut self, document: &Document) {
        for (index, id) in (0..).zip(document.components.values()) {
            let target = self.target(*id);
            self.components.entry(target).or_insert(index);
        }
    }

    /// Lets the first schema of each group stand for all of them.
    pub(super) fn unite<'g>(&mut self, groups: impl Iterator<Item = &'g [SchemaId]>) {
        for group in groups {
            let others = group.iter().skip(1);
            self.united.extend(others.map(|other| (*other, group[0])));
        }
        for known in &self.targets {
            known.set(None);
        }
    }

    /// The schema of an id.
    pub(super) fn get(&self, id: SchemaId) -> View<'d> {
        let index = id.0 as usize;
        match self.written.0.get(index) {
            Some(schema) => View::Written(schema),
            None => self.made.get(index - self.written.0.len()).map_or_else(
                || View::Made(Rc::new(Schema::default())),
                |schema| View::Made(Rc::clone(schema)),
            ),
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.written.0.len() + self.made.len()
    }

    /// The component that the id is, by index.
    pub(super) fn component(&self, id: SchemaId) -> Option<u32> {
        self.components.get(&id).copied()
    }

    /// Adds a schema; `None` when there are more than any document needs.
    pub(super) fn make(&mut self, schema: Schema) -> Option<SchemaId> {
        if self.made.len() > 1_000 + MADE_FOR_EACH * self.written.0.len() {
            return None;
        }
        let id = SchemaId(u32::try_from(self.len()).ok()?);
        self.made.push(Rc::new(schema));
        self.targets.push(Cell::new(None));
        Some(id)
    }

    /// The schema of the values that fit both, made once for each pair; whether it is new.
    pub(super) fn conjoin(&mut self, first: SchemaId, second: SchemaId) -> Option<(SchemaId, bool)> {
        if let Some(id) = self.conjoined.get(&(first, second)) {
            return Some((*id, false));
        }
        let second_schema = self.get(second);
        let schema = Schema {
            place: second_schema.place,
            pointer: second_schema.pointer.clone(),
            all_of: vec![first, second],
            ..Schema::default()
        };
        let id = self.make(schema)?;
        self.conjoined.insert((first, second), id);
        Some((id, true))
    }

    /// The schema that a use comes down to: the last of its chain.
    pub(super) fn target(&self, id: SchemaId) -> SchemaId {
        let known = self.targets.get(id.0 as usize);
        if let Some(target) = known.and_then(Cell::get) {
            return target;
        }
        let target = self.chain(id).last().copied().unwrap_or(id);
        if let Some(known) = known {
            known.set(Some(target));
        }
        target
    }

    /// The schemas from a use down to what it is: through references and wrappers that add words or null only. Ends at the
    /// first component below the use.
    pub(super) fn chain(&self, id: SchemaId) -> Vec<SchemaId> {
        let mut chain = vec![id];
        let mut at = id;
        while let Some(next) = self.below(at) {
            if chain.len() > CHAIN || chain.contains(&next) {
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

    /// What a schema only wraps, if it does.
    fn below(&self, id: SchemaId) -> Option<SchemaId> {
        if let Some(one) = self.united.get(&id) {
            return Some(*one);
        }
        let schema = self.get(id);
        if schema.reference.is_none() && schema.all_of.is_empty() {
            return self.only_member(&schema);
        }
        let own = weight(&schema);
        if own == Weight::Full {
            return None;
        }
        let mut parts = schema.reference.iter().chain(&schema.all_of).copied();
        let mut weighty = parts.by_ref().filter(|part| self.adds(*part));
        let only = weighty.next();
        if weighty.next().is_some() {
            return None;
        }
        // Where no part says anything, the first stands for all.
        let only = only.or_else(|| schema.reference.or(schema.all_of.first().copied()))?;
        self.agrees(own, &schema, only).then_some(only)
    }

    /// Whether a schema that weighs so much adds nothing to what it wraps.
    fn agrees(&self, own: Weight, schema: &Schema, wrapped: SchemaId) -> bool {
        match own {
            Weight::Annotations => true,
            Weight::Kind => {
                let mut kinds = schema.types;
                kinds.remove(Type::Null);
                self.kinds(wrapped, CHAIN) == kinds
            }
            Weight::Full => false,
        }
    }

    /// Whether a part of an `allOf` says more than words.
    fn adds(&self, id: SchemaId) -> bool {
        let schema = self.get(id);
        schema.reference.is_some() || !schema.all_of.is_empty() || weight(&schema) != Weight::Annotations
    }

    /// The only member of a union that is not null, where the union says nothing else.
    fn only_member(&self, schema: &Schema) -> Option<SchemaId> {
        let members = match (schema.one_of.as_slice(), schema.any_of.as_slice()) {
            (members, []) | ([], members) => members,
            _ => return None,
        };
        let own = weight_beside_union(schema);
        if own == Weight::Full {
            return None;
        }
        let mut others = members.iter().copied().filter(|member| !self.is_null(*member));
        let only = others.next()?;
        // A mapping may know more members than the list.
        let mut mapped = schema
            .discriminator
            .iter()
            .flat_map(|discriminator| discriminator.mapping.values());
        let alone = others.next().is_none()
            && mapped.all(|member| *member == only || self.get(only).reference == Some(*member));
        (alone && self.agrees(own, schema, only)).then_some(only)
    }

    /// Whether null is all that fits, also behind references: some frameworks keep a component for null.
    pub(super) fn is_null(&self, id: SchemaId) -> bool {
        let mut schema = self.get(id);
        for _ in 0..CHAIN {
            match schema.reference.filter(|_| weight(&schema) == Weight::Annotations) {
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
        // `anyOf: [X, { nullable: true }]` is how tools of 3.0 say it.
        let remark = schema.nullable && self.get(id).reference.is_none() && schema.all_of.is_empty();
        typed
            || listed
            || schema.constant.as_ref().is_some_and(null)
            || remark && weight(&schema) == Weight::Annotations
    }

    /// The types that a value can have as far as it is said, null aside.
    pub(super) fn kinds(&self, id: SchemaId, fuel: usize) -> TypeSet {
        let schema = self.get(id);
        let mut types = schema.types;
        types.remove(Type::Null);
        if !types.is_empty() || fuel == 0 {
            return types;
        }
        if !schema.properties.is_empty() {
            types.insert(Type::Object);
        } else if schema.items.is_some() {
            types.insert(Type::Array);
        }
        let above = schema.reference.iter().chain(&schema.all_of);
        for part in above {
            if !types.is_empty() {
                return types;
            }
            types = self.kinds(*part, fuel / 2);
        }
        if types.is_empty() {
            let members = schema.one_of.iter().chain(&schema.any_of);
            types = members
                .flat_map(|member| self.kinds(*member, fuel / 4).iter().collect::<Vec<_>>())
                .collect();
        }
        types
    }
}

/// How much a schema says itself.
pub(super) fn weight(schema: &Schema) -> Weight {
    if schema.one_of.is_empty() && schema.any_of.is_empty() && schema.discriminator.is_none() {
        weight_beside_union(schema)
    } else {
        Weight::Full
    }
}

/// How much a schema says itself, its union aside.
pub(super) fn weight_beside_union(schema: &Schema) -> Weight {
    let mut kinds = schema.types;
    kinds.remove(Type::Null);
    match (says_more(schema) || !schema.required.is_empty(), kinds.is_empty()) {
        (true, _) => Weight::Full,
        (false, false) => Weight::Kind,
        (false, true) => Weight::Annotations,
    }
}

/// Whether a schema says more of its values than a type, what is required, and limits; its union aside.
pub(super) fn says_more(schema: &Schema) -> bool {
    !schema.properties.is_empty()
        || schema.never
        || schema.values.is_some()
        || schema.constant.is_some()
        || schema.additional != Additional::Unspecified
        || schema.items.is_some()
        || !schema.prefix_items.is_empty()
        || schema.format.is_some()
        || schema.content_encoding.is_some()
}
