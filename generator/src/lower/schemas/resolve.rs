//! Resolution: from a [`SchemaId`] to a [`TypeRef`].
//!
//! In: any schema. Out: a type reference; schemas that need a name become types on the way. Guarantees: a schema is the same
//! type wherever it is used, and a schema inside itself is a named type.

use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Additional, Schema, SchemaId, Type, TypeSet};
use crate::ir::{self, Extra, Origin, Shape, TypeBody, TypeId, TypeRef, Usage};

use crate::lower::Lowering;
use crate::lower::schemas::graph::{OwnConstraints, own_constraints};
use crate::lower::schemas::scalars;

/// The maximum depth of inline schemas.
const DEPTH: usize = 96;

/// The state of the resolution of a schema.
#[derive(Clone, Debug, Default)]
pub(in crate::lower) enum Progress {
    /// Not started.
    #[default]
    Unknown,
    /// In progress, with the type that was reserved if the schema contains itself.
    InProgress(Option<TypeId>),
    /// Resolved.
    Done(Shape),
}

/// The result of building a schema.
pub(in crate::lower) enum Built {
    /// A shape that needs no name.
    Shape(Shape),
    /// A body that needs a name.
    Body(TypeBody),
}

impl<'d> Lowering<'d> {
    /// Returns the schema that a use resolves to.
    pub(in crate::lower) fn target(&self, id: SchemaId) -> SchemaId {
        self.graph.target(id)
    }

    /// Returns the type reference of a schema.
    pub(in crate::lower) fn type_ref(&mut self, id: SchemaId) -> TypeRef {
        let nullable = self.nullable(id);
        let target = self.target(id);
        let shape = self.shape(target);
        let nullable = nullable && !matches!(shape, Shape::Any | Shape::Null);
        TypeRef { shape, nullable }
    }

    /// Returns the shape of a schema that is a target.
    pub(in crate::lower) fn shape(&mut self, target: SchemaId) -> Shape {
        if let Some(component) = self.graph.component(target) {
            return Shape::Named(TypeId(component));
        }
        let index = target.0 as usize;
        if self.progress.len() <= index {
            self.progress.resize(self.graph.len().max(index + 1), Progress::Unknown);
        }
        match &self.progress[index] {
            Progress::Done(shape) => return shape.clone(),
            Progress::InProgress(Some(id)) => return Shape::Named(*id),
            Progress::InProgress(None) => {
                let id = self.reserve(target);
                self.progress[index] = Progress::InProgress(Some(id));
                return Shape::Named(id);
            }
            Progress::Unknown => {}
        }
        if self.depth >= DEPTH {
            self.report_size_limit(target);
            return Shape::Any;
        }
        self.progress[index] = Progress::InProgress(None);
        self.depth += 1;
        let built = self.build(target);
        self.depth -= 1;
        let shape = self.finish(target, built);
        self.progress[index] = Progress::Done(shape.clone());
        shape
    }

    /// Adds a named type if the result needs one.
    fn finish(&mut self, target: SchemaId, built: Built) -> Shape {
        let reserved = match &self.progress[target.0 as usize] {
            Progress::InProgress(reserved) => *reserved,
            Progress::Unknown | Progress::Done(_) => None,
        };
        let body = match (built, reserved) {
            (Built::Shape(shape), None) => return shape,
            (Built::Shape(shape), Some(_)) => TypeBody::Alias(TypeRef::non_null(shape)),
            (Built::Body(body), _) => body,
        };
        let id = reserved.unwrap_or_else(|| self.reserve(target));
        self.api.types[id].body = body;
        Shape::Named(id)
    }

    /// Reserves the type of an inline schema.
    fn reserve(&mut self, target: SchemaId) -> TypeId {
        let path = self.inline_names.path(target);
        self.add_type(target, Origin::Inline(path))
    }

    /// Adds a type without a body.
    pub(in crate::lower) fn add_type(&mut self, schema: SchemaId, origin: Origin) -> TypeId {
        let view = self.graph.get(schema);
        let id = TypeId(u32::try_from(self.api.types.0.len()).unwrap_or(u32::MAX));
        self.sources.push(schema);
        self.api.types.0.push(ir::Type {
            origin,
            place: view.place,
            pointer: view.pointer.clone(),
            docs: self.docs_of(&[schema]),
            body: TypeBody::Alias(TypeRef::non_null(Shape::Any)),
            usage: Usage::default(),
            example: None,
        });
        id
    }

    /// Builds the body of a component.
    pub(in crate::lower) fn component_body(&mut self, index: u32, id: SchemaId) -> TypeBody {
        let target = self.target(id);
        if self.graph.component(target) != Some(index) {
            // A component that only refers to another schema is an alias of it.
            return TypeBody::Alias(TypeRef::non_null(self.shape(target)));
        }
        match self.build(target) {
            Built::Body(body) => body,
            Built::Shape(shape) => TypeBody::Alias(TypeRef::non_null(shape)),
        }
    }

    /// Builds the type of a schema.
    fn build(&mut self, id: SchemaId) -> Built {
        let schema = self.flatten(id);
        self.report_untyped_keywords(&schema);
        if schema.never {
            return Built::Shape(Shape::Never);
        }
        if let Some(built) = self.subtype_union(id, &schema) {
            return built;
        }
        if !schema.one_of.is_empty() || !schema.any_of.is_empty() {
            return self.union(id, &schema);
        }
        self.without_union(id, &schema)
    }

    /// Builds the type of a schema without its union.
    pub(in crate::lower) fn without_union(&mut self, id: SchemaId, schema: &Schema) -> Built {
        if let Some(built) = self.enumeration(id, schema) {
            return built;
        }
        let kinds = self.instance_types(schema);
        let mut types = kinds.iter();
        match (types.next(), types.next()) {
            (None, _) if schema.types.has(Type::Null) => Built::Shape(Shape::Null),
            (None, _) => Built::Shape(Shape::Any),
            (Some(kind), None) => self.build_type(schema, kind),
            (Some(_), Some(_)) => self.type_list_union(id, schema, kinds),
        }
    }

    /// Returns the JSON types of a value without null. Without `type`, the other keywords decide.
    fn instance_types(&self, schema: &Schema) -> TypeSet {
        let mut kinds = schema.types;
        kinds.remove(Type::Null);
        if kinds.has(Type::Number) {
            kinds.remove(Type::Integer);
        }
        if !schema.types.is_empty() {
            return kinds;
        }
        if !schema.properties.is_empty() || schema.additional != Additional::Unspecified {
            kinds.insert(Type::Object);
        } else if schema.items.is_some() || !schema.prefix_items.is_empty() {
            kinds.insert(Type::Array);
        } else if scalars::implies_string(schema) {
            kinds.insert(Type::String);
        }
        kinds
    }

    fn build_type(&mut self, schema: &Schema, kind: Type) -> Built {
        match kind {
            Type::Null => Built::Shape(Shape::Null),
            Type::Boolean => Built::Shape(Shape::Bool),
            Type::Integer => Built::Shape(Shape::Int(scalars::integer(schema))),
            Type::Number if scalars::is_whole(schema) => Built::Shape(Shape::Int(scalars::integer(schema))),
            Type::Number => Built::Shape(Shape::Float(scalars::number(schema))),
            Type::String => Built::Shape(scalars::text(schema)),
            Type::Array => Built::Shape(self.array(schema)),
            Type::Object => self.object(schema),
        }
    }

    fn array(&mut self, schema: &Schema) -> Shape {
        if !schema.prefix_items.is_empty() {
            return self.tuple(schema);
        }
        let item = match schema.items {
            Some(items) => self.type_ref(items),
            None => TypeRef::non_null(Shape::Any),
        };
        Shape::List(Box::new(item))
    }

    /// Returns a tuple if the length is fixed or not specified, and a list if more items may follow.
    fn tuple(&mut self, schema: &Schema) -> Shape {
        let first: Vec<TypeRef> = schema.prefix_items.iter().map(|item| self.type_ref(*item)).collect();
        let full = schema.bounds.max_items.is_some_and(|most| most <= first.len() as u64);
        let rest = match schema.items {
            Some(items) if !full && !self.graph.get(self.target(items)).never => self.type_ref(items),
            _ => return Shape::Tuple(first),
        };
        if first.iter().all(|item| *item == rest) {
            return Shape::List(Box::new(rest));
        }
        self.drop(
            schema.place,
            &schema.pointer,
            "the items of an array with fixed first items and further items have no separate types",
        );
        let message = "an array with fixed first items and further items becomes a list of any values";
        self.diagnostics
            .push(Diagnostic::new(Code::OpenTuple, schema.place, message));
        Shape::List(Box::new(TypeRef::non_null(Shape::Any)))
    }

    fn object(&mut self, schema: &Schema) -> Built {
        if !schema.properties.is_empty() {
            return Built::Body(TypeBody::Struct(self.build_struct(schema)));
        }
        Built::Shape(match schema.additional {
            Additional::Schema(value) => match self.type_ref(value) {
                TypeRef { shape: Shape::Any, .. } => Shape::Object,
                value => Shape::Map(Box::new(value)),
            },
            Additional::Unspecified | Additional::Any | Additional::Forbidden => Shape::Object,
        })
    }

    /// Returns the type of additional properties.
    pub(in crate::lower) fn extra(&mut self, schema: &Schema) -> Extra {
        match schema.additional {
            Additional::Schema(value) => Extra::Typed(self.type_ref(value)),
            Additional::Any => Extra::Typed(TypeRef::non_null(Shape::Any)),
            Additional::Unspecified | Additional::Forbidden => Extra::Ignored,
        }
    }

    /// Reports the keywords that no Rust type can express.
    fn report_untyped_keywords(&mut self, schema: &Schema) {
        if schema.untyped_keywords.is_empty() {
            return;
        }
        let keywords: Vec<String> = schema
            .untyped_keywords
            .iter()
            .map(|keyword| format!("`{keyword}`"))
            .collect();
        let message = format!(
            "no Rust type can express {}; only the server checks it",
            keywords.join(", ")
        );
        self.diagnostics
            .push(Diagnostic::new(Code::UncheckedKeyword, schema.place, message));
    }

    /// Returns whether a schema has no constraints at all.
    pub(in crate::lower) fn accepts_anything(&self, id: SchemaId) -> bool {
        let schema = self.graph.get(self.target(id));
        schema.reference.is_none() && schema.all_of.is_empty() && own_constraints(&schema) == OwnConstraints::None
    }
}
