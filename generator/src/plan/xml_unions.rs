//! Unions in XML: the properties of all objects of a union, and the types of its scalars.
//!
//! A list is one element for each item, so the items of a list are values of the union here.

use crate::ir::{Api, Extra, Shape, Strategy, TypeBody, TypeId, TypeRef};
use crate::krate::{XmlField, XmlForm, XmlNode, XmlScalar};
use crate::wire::EnumBase;

use super::{types, xml};

/// The values of a union.
#[derive(Default)]
struct Values {
    has_objects: bool,
    /// Whether a value has no documented form.
    has_any: bool,
    scalars: Vec<XmlScalar>,
    visited: Vec<TypeId>,
}

/// The properties of the objects of a union.
#[derive(Default)]
struct Properties {
    fields: Vec<XmlField>,
    others: Option<XmlNode>,
    visited: Vec<TypeId>,
}

/// Returns the content of an element with a union.
pub fn node(api: &Api, id: TypeId) -> XmlNode {
    let mut values = Values::default();
    values.add_type(api, id);
    values.scalars.sort();
    values.scalars.dedup();
    match (values.has_objects, &values.scalars[..]) {
        _ if values.has_any => XmlNode::Any,
        (false, [] | [XmlScalar::Text]) => XmlNode::Text,
        (has_objects, _) => XmlNode::Union(has_objects.then(|| types::model(id)), values.scalars),
    }
}

/// Returns the properties of all objects of a union, and the content of others.
pub fn properties(api: &Api, id: TypeId) -> (Vec<XmlField>, Option<XmlNode>) {
    let mut properties = Properties::default();
    properties.add_type(api, id);
    (properties.fields, properties.others)
}

impl Values {
    fn add_type(&mut self, api: &Api, id: TypeId) {
        if self.visited.contains(&id) {
            return;
        }
        self.visited.push(id);
        match &api.types[id].body {
            TypeBody::Struct(_) => self.has_objects = true,
            TypeBody::Enum(body) => self.scalars.push(match body.base {
                EnumBase::String => XmlScalar::Text,
                EnumBase::Int => XmlScalar::Integer,
            }),
            TypeBody::Union(body) => body.variants.iter().for_each(|variant| self.add(api, &variant.ty)),
            TypeBody::Alias(of) => self.add(api, of),
            TypeBody::Newtype(_) => self.has_any = true,
        }
    }

    fn add(&mut self, api: &Api, ty: &TypeRef) {
        match &ty.shape {
            Shape::Named(id) => self.add_type(api, *id),
            Shape::List(of) => self.add(api, of),
            Shape::Object | Shape::Map(_) => self.has_objects = true,
            Shape::Any | Shape::Tuple(_) => self.has_any = true,
            Shape::Bool => self.scalars.push(XmlScalar::Boolean),
            Shape::Int(_) => self.scalars.push(XmlScalar::Integer),
            Shape::Float => self.scalars.push(XmlScalar::Number),
            Shape::Foreign(of) if !of.is_text() => self.scalars.push(XmlScalar::Number),
            Shape::Foreign(_) | Shape::Text(_) | Shape::Base64 | Shape::Binary => self.scalars.push(XmlScalar::Text),
            Shape::Never | Shape::Null => {}
        }
    }
}

impl Properties {
    fn add_type(&mut self, api: &Api, id: TypeId) {
        if self.visited.contains(&id) {
            return;
        }
        self.visited.push(id);
        match &api.types[id].body {
            TypeBody::Struct(body) => {
                xml::fields(api, body)
                    .into_iter()
                    .for_each(|field| self.add_field(field));
                if let Extra::Typed(of) = &body.extra {
                    self.add_others(xml::content_of_others(api, of));
                }
            }
            TypeBody::Union(body) => {
                body.variants.iter().for_each(|variant| self.add(api, &variant.ty));
                if let Strategy::Discriminator { property, .. } = &body.strategy {
                    self.add_field(discriminator(property));
                }
                // An object that matches no variant is kept.
                if body.open || body.verbatim {
                    self.add_others(XmlNode::Any);
                }
            }
            TypeBody::Alias(of) => self.add(api, of),
            TypeBody::Enum(_) | TypeBody::Newtype(_) => {}
        }
    }

    fn add(&mut self, api: &Api, ty: &TypeRef) {
        match &ty.shape {
            Shape::Named(id) => self.add_type(api, *id),
            Shape::List(of) => self.add(api, of),
            Shape::Map(of) => self.add_others(xml::content_of_others(api, of)),
            Shape::Object => self.add_others(XmlNode::Any),
            Shape::Any | Shape::Never | Shape::Null | Shape::Bool | Shape::Int(_) | Shape::Float => {}
            Shape::Text(_) | Shape::Base64 | Shape::Binary | Shape::Tuple(_) | Shape::Foreign(_) => {}
        }
    }

    /// Adds a property. If another object has it in another form, it is in an element with any content, unless the first one is in an
    /// attribute or in text.
    fn add_field(&mut self, field: XmlField) {
        let Some(known) = self.fields.iter_mut().find(|known| known.key == field.key) else {
            self.fields.push(field);
            return;
        };
        if known.node != field.node {
            known.node = merged(&known.node, &field.node);
        }
        if known.form != field.form && !matches!(known.form, XmlForm::Attribute | XmlForm::Content) {
            known.form = XmlForm::Element;
            known.node = XmlNode::Any;
        }
    }

    fn add_others(&mut self, of: XmlNode) {
        self.others = Some(match &self.others {
            Some(known) if *known != of => XmlNode::Any,
            Some(_) | None => of,
        });
    }
}

/// Returns the content of a property that has another content in another object. A number can be read from text.
fn merged(first: &XmlNode, second: &XmlNode) -> XmlNode {
    let is_scalar = |node: &XmlNode| match node {
        XmlNode::Text | XmlNode::Json | XmlNode::Union(None, _) => true,
        XmlNode::Model(_) | XmlNode::List(_) | XmlNode::Map(_) | XmlNode::Any | XmlNode::Union(Some(_), _) => false,
    };
    match is_scalar(first) && is_scalar(second) {
        true => XmlNode::Text,
        false => XmlNode::Any,
    }
}

fn discriminator(property: &str) -> XmlField {
    XmlField {
        key: property.to_owned(),
        name: property.to_owned(),
        namespace: String::new(),
        form: XmlForm::Element,
        node: XmlNode::Text,
    }
}
