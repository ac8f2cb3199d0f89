//! Skeletons: what two types must have in common to be equal, except the types that they refer to.

use std::fmt::Write as _;

use crate::ir::{Enum, Extra, Field, Shape, Strategy, Struct, Type, TypeBody, TypeId, TypeRef, Types, Union};
use crate::json::Json;

/// How many aliases in one reference are resolved.
const MAX_ALIASES: usize = 4;

/// The skeleton of a type.
#[derive(Debug, Default)]
pub(super) struct Skeleton {
    /// Everything except the types that it refers to, as text.
    pub(super) text: String,
    /// The types that it refers to, in the order of the text.
    pub(super) references: Vec<TypeId>,
}

impl Skeleton {
    /// Returns the skeleton of a type. The order of properties and of values of enums does not matter.
    pub(super) fn new(types: &Types, ty: &Type) -> Self {
        let mut skeleton = Self::default();
        if ty.docs.deprecated.is_some() {
            skeleton.text.push_str("deprecated ");
        }
        if let Some(xml) = &ty.xml {
            skeleton.debug(xml);
        }
        match &ty.body {
            TypeBody::Struct(body) => skeleton.structure(types, body),
            TypeBody::Enum(body) => skeleton.values(body),
            TypeBody::Union(body) => skeleton.union(types, body),
            TypeBody::Alias(to) => {
                skeleton.text.push_str("alias ");
                skeleton.ty(types, to);
            }
            TypeBody::Newtype(of) => {
                skeleton.text.push_str("newtype ");
                skeleton.ty(types, of);
            }
        }
        skeleton
    }

    fn structure(&mut self, types: &Types, body: &Struct) {
        self.text.push_str("struct ");
        let mut fields: Vec<&Field> = body.fields.iter().collect();
        fields.sort_by(|one, other| one.wire.cmp(&other.wire));
        for field in fields {
            self.field(types, field);
        }
        if let Extra::Typed(ty) = &body.extra {
            self.text.push_str("* ");
            self.ty(types, ty);
        }
    }

    fn field(&mut self, types: &Types, field: &Field) {
        self.word(&field.wire);
        let flags = [
            (field.required, 'r'),
            (field.read_only, 'o'),
            (field.write_only, 'w'),
            (field.secret, 's'),
            (field.omittable, '?'),
            (field.described, 'd'),
            (field.docs.deprecated.is_some(), '!'),
        ];
        self.text
            .extend(flags.into_iter().filter(|(is_set, _)| *is_set).map(|(_, flag)| flag));
        // The constant of a required property states the discriminator value, too. Constructors fill in both.
        let is_filled = field.required && !field.omittable;
        let is_constant =
            |tag: &&String| is_filled && matches!(&field.constant, Some(Json::String(value)) if value == *tag);
        let tag = field.tag.as_ref().filter(|tag| !is_constant(tag));
        for name in field.custom_name.iter().chain(tag) {
            self.text.push('@');
            self.word(name);
        }
        self.text.push('=');
        if let Some(value) = &field.constant {
            self.word(&value.to_text());
        }
        if let Some(xml) = &field.xml {
            self.debug(xml);
        }
        self.ty(types, &field.ty);
    }

    fn values(&mut self, body: &Enum) {
        let _ = write!(self.text, "enum {:?} {} ", body.base, body.open);
        let mut values: Vec<(&str, Option<&String>)> = body
            .values
            .iter()
            .map(|value| (value.wire.as_str(), value.custom_name.as_ref()))
            .collect();
        values.sort_unstable();
        for (wire, name) in values {
            self.word(wire);
            if let Some(name) = name {
                self.text.push('@');
                self.word(name);
            }
        }
    }

    fn union(&mut self, types: &Types, body: &Union) {
        let _ = write!(self.text, "union {} ", body.open);
        match &body.strategy {
            Strategy::Discriminator { property, default } => self.debug(&(property, default)),
            Strategy::Structure => {}
            Strategy::EventName { text } => self.debug(&("event", text)),
        }
        for variant in &body.variants {
            self.debug(&(&variant.tags, &variant.form));
            if let Some(name) = &variant.custom_name {
                self.text.push('@');
                self.word(name);
            }
            self.ty(types, &variant.ty);
        }
    }

    fn ty(&mut self, types: &Types, ty: &TypeRef) {
        self.resolved(types, ty, MAX_ALIASES);
    }

    /// Adds a type reference. Aliases are resolved, because they are the same type in Rust. Their number is limited, since an
    /// alias of a list may contain itself.
    fn resolved(&mut self, types: &Types, ty: &TypeRef, mut aliases: usize) {
        let (mut at, mut nullable) = (ty, ty.nullable);
        while aliases > 0 {
            let Shape::Named(id) = &at.shape else { break };
            let TypeBody::Alias(to) = &types[*id].body else { break };
            at = to;
            nullable |= at.nullable;
            aliases -= 1;
        }
        if nullable {
            self.text.push('0');
        }
        match &at.shape {
            Shape::Named(id) => {
                self.text.push('#');
                self.references.push(*id);
            }
            Shape::List(item) => {
                self.text.push('[');
                self.resolved(types, item, aliases);
            }
            Shape::Map(value) => {
                self.text.push('{');
                self.resolved(types, value, aliases);
            }
            Shape::Tuple(items) => {
                self.debug(&items.len());
                items.iter().for_each(|item| self.resolved(types, item, 0));
            }
            shape @ (Shape::Any
            | Shape::Never
            | Shape::Null
            | Shape::Bool
            | Shape::Int(_)
            | Shape::Float
            | Shape::Foreign(_)) => {
                self.debug(shape);
            }
            shape @ (Shape::Text(_) | Shape::Base64 | Shape::Binary | Shape::Object) => self.debug(shape),
        }
    }

    /// Adds a text of any characters. Its length makes it unambiguous.
    fn word(&mut self, text: &str) {
        let _ = write!(self.text, "{} {text} ", text.len());
    }

    fn debug(&mut self, value: &impl std::fmt::Debug) {
        let _ = write!(self.text, "{value:?} ");
    }
}
