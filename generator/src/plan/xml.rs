//! The form of bodies in XML, by the keyword `xml` of their schemas.

use crate::ir::{self, Api, Content, Extra, Field, Origin, Shape, Struct, Type, TypeBody, TypeId, TypeRef, XmlHint};
use crate::krate::{
    ErrorEnum, Ident, InputKind, Model, ModelId, Operation, XmlField, XmlForm, XmlModel, XmlNode, XmlRoot,
};
use crate::wire::EnumBase;

use super::names::{Casing, Claim, Rank, Scope, Words};
use super::{crate_facts, types, xml_unions};

/// Returns the root element of a response body, if it is XML.
pub fn of_content(api: &Api, content: &Content) -> Option<XmlRoot> {
    match content {
        Content::Json { media_type, ty, .. } if media_type.is_xml() => Some(root(api, ty)),
        Content::Json { .. } | Content::Text { .. } | Content::Bytes { .. } | Content::Stream { .. } => None,
        Content::Empty | Content::ByStatus => None,
    }
}

/// Returns the root element of a request body, if it is XML.
pub fn of_body(api: &Api, format: &ir::BodyFormat) -> Option<XmlRoot> {
    match &format.kind {
        ir::BodyKind::Json(ty) if format.media_type.is_xml() => Some(root(api, ty)),
        ir::BodyKind::Json(_) | ir::BodyKind::Form(_) | ir::BodyKind::Multipart(_) => None,
        ir::BodyKind::Lines(_) | ir::BodyKind::Text | ir::BodyKind::Binary => None,
    }
}

/// Returns the root element of a part of a multipart body, if it is XML and not text.
pub fn of_part(api: &Api, body: &ir::BodyKind, field: &ir::FormField) -> Option<XmlRoot> {
    let is_part = matches!(body, ir::BodyKind::Multipart(_)) && field.media_type.is_xml();
    let root = is_part.then(|| root(api, &field.ty))?;
    match root.node {
        XmlNode::Model(_) | XmlNode::Map(_) | XmlNode::Any | XmlNode::Union(Some(_), _) => Some(root),
        XmlNode::Text | XmlNode::Json | XmlNode::List(_) | XmlNode::Union(None, _) => None,
    }
}

/// Returns the tables of all models in XML bodies.
pub fn models(api: &Api, models: &[Model], operations: &[Operation], errors: &[ErrorEnum]) -> Vec<XmlModel> {
    let mut pending = Vec::new();
    let failures = errors.iter().flat_map(|errors| &errors.variants);
    failures
        .filter_map(|variant| variant.xml.as_ref())
        .for_each(|root| referenced(&root.node, &mut pending));
    for operation in operations {
        let bodies = operation.body.iter().flat_map(|body| &body.formats);
        let roots = bodies.filter_map(|format| format.xml.as_ref()).chain(&operation.xml);
        let parts = crate_facts::inputs(operation).filter_map(|input| match &input.kind {
            InputKind::Part(part) => part.xml.as_ref(),
            InputKind::Parameter { .. } | InputKind::Body(_) => None,
        });
        let cases = operation.cases.iter().filter_map(|case| case.xml.as_ref());
        let results = operation.polling.iter().filter_map(|polling| polling.xml.as_ref());
        let others = operation.representations.iter().filter_map(|other| other.xml.as_ref());
        roots
            .chain(cases)
            .chain(others)
            .chain(results)
            .chain(parts)
            .for_each(|root| referenced(&root.node, &mut pending));
    }
    let mut found: Vec<(ModelId, Vec<XmlField>, Option<XmlNode>)> = Vec::new();
    while let Some(id) = pending.pop() {
        if found.iter().any(|(known, ..)| *known == id) {
            continue;
        }
        let Some((type_id, ty)) = api.types.iter().nth(id.0) else {
            continue;
        };
        let (fields, others) = match &ty.body {
            TypeBody::Struct(body) => (fields(api, body), others(api, body)),
            TypeBody::Union(_) => xml_unions::properties(api, type_id),
            TypeBody::Enum(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => continue,
        };
        let nodes = fields.iter().map(|field| &field.node).chain(&others);
        nodes.for_each(|node| referenced(node, &mut pending));
        found.push((id, fields, others));
    }
    found.sort_by_key(|(id, ..)| id.0);
    let claims = found.iter().map(|(id, ..)| {
        let name = models[id.0].name.as_str();
        Claim::new(Rank::Document, name, Words::of(name))
    });
    let names = Scope::new(Casing::Snake).idents(&claims.collect::<Vec<_>>());
    let tables = found.into_iter().zip(names);
    let table = |((model, fields, others), name): ((ModelId, _, _), Ident)| XmlModel {
        model,
        name: Ident::nearest(&name.as_str().trim_start_matches("r#").to_ascii_uppercase()),
        fields,
        others,
    };
    tables.map(table).collect()
}

fn referenced(node: &XmlNode, to: &mut Vec<ModelId>) {
    match node {
        XmlNode::Model(id) | XmlNode::Union(Some(id), _) => to.push(*id),
        XmlNode::List(item) => referenced(&item.node, to),
        XmlNode::Map(of) => referenced(of, to),
        XmlNode::Text | XmlNode::Json | XmlNode::Any | XmlNode::Union(None, _) => {}
    }
}

fn root(api: &Api, ty: &TypeRef) -> XmlRoot {
    let named = match &ty.shape {
        Shape::Named(id) => Some(&api.types[*id]),
        _ => None,
    };
    let hint = named.and_then(|named| named.xml.as_deref());
    let fallback = named.map_or_else(|| "root".to_owned(), type_name);
    XmlRoot {
        name: prefixed(hint, &fallback),
        namespace: namespace(hint),
        node: node(api, ty, hint, &fallback),
    }
}

fn type_name(ty: &Type) -> String {
    match &ty.origin {
        Origin::Component(name) | Origin::Custom(name) => name.clone(),
        Origin::Inline(path) | Origin::Shared { first: path, .. } => path.last().cloned().unwrap_or_default(),
    }
}

fn prefixed(hint: Option<&XmlHint>, fallback: &str) -> String {
    let name = hint.and_then(|hint| hint.name.as_deref()).unwrap_or(fallback);
    match hint.and_then(|hint| hint.prefix.as_deref()) {
        Some(prefix) if !prefix.is_empty() && !name.contains(':') => format!("{prefix}:{name}"),
        Some(_) | None => name.to_owned(),
    }
}

fn namespace(hint: Option<&XmlHint>) -> String {
    hint.and_then(|hint| hint.namespace.clone()).unwrap_or_default()
}

/// Returns the forms of all properties of an object.
pub fn fields(api: &Api, body: &Struct) -> Vec<XmlField> {
    body.fields.iter().map(|field| of_field(api, field)).collect()
}

fn others(api: &Api, body: &Struct) -> Option<XmlNode> {
    match &body.extra {
        Extra::Typed(ty) => Some(content_of_others(api, ty)),
        Extra::Ignored => None,
    }
}

/// Returns the content of additional properties, which are elements with the names of their keys.
pub fn content_of_others(api: &Api, ty: &TypeRef) -> XmlNode {
    node(api, ty, None, "item")
}

fn of_field(api: &Api, field: &Field) -> XmlField {
    let hint = field.xml.as_deref();
    let name = prefixed(hint, &field.wire);
    let mut row = XmlField {
        key: field.wire.clone(),
        namespace: namespace(hint),
        form: match hint {
            Some(hint) if hint.attribute => XmlForm::Attribute,
            Some(hint) if hint.content => XmlForm::Content,
            Some(_) | None => XmlForm::Element,
        },
        node: XmlNode::Any,
        name,
    };
    let Shape::List(of) = api.types.resolve(&field.ty.shape) else {
        row.node = node(api, &field.ty, hint, &field.wire);
        // An attribute cannot contain an object.
        if matches!(
            (&row.form, &row.node),
            (XmlForm::Attribute, XmlNode::Model(_) | XmlNode::Map(_))
        ) {
            row.form = XmlForm::Element;
        }
        return row;
    };
    let item = hint.and_then(|hint| hint.item.as_deref());
    if matches!(row.form, XmlForm::Attribute | XmlForm::Content) {
        // OpenAPI does not define lists in attributes and text. XML Schema does: items are separated by white space.
        row.node = node(api, &field.ty, hint, &field.wire);
        return row;
    }
    let wrapper = hint.filter(|hint| hint.wrapped);
    let fallback = match (wrapper, item) {
        // The name of an unwrapped list is ignored.
        (None, _) => field.wire.clone(),
        (Some(_), None) => row.name.clone(),
        // The items have their own prefix, or none.
        (Some(wrapper), Some(_)) => wrapper.name.clone().unwrap_or_else(|| field.wire.clone()),
    };
    XmlField {
        name: prefixed(item, &fallback),
        namespace: namespace(item),
        form: match wrapper {
            Some(_) => XmlForm::Wrapped {
                name: row.name,
                namespace: row.namespace,
            },
            None => XmlForm::Repeated { list: row.name },
        },
        node: node(api, of, item, &fallback),
        ..row
    }
}

fn node(api: &Api, ty: &TypeRef, hint: Option<&XmlHint>, name: &str) -> XmlNode {
    match api.types.resolve(&ty.shape) {
        Shape::Foreign(of) if of.is_text() => XmlNode::Text,
        Shape::Bool | Shape::Int(_) | Shape::Float | Shape::Foreign(_) => XmlNode::Json,
        Shape::Text(_) | Shape::Base64 | Shape::Binary => XmlNode::Text,
        Shape::List(of) => {
            let item = hint.and_then(|hint| hint.item.as_deref());
            XmlNode::List(Box::new(XmlField {
                key: String::new(),
                name: prefixed(item, name),
                namespace: namespace(item),
                form: XmlForm::Element,
                node: node(api, of, item, name),
            }))
        }
        Shape::Map(of) => XmlNode::Map(Box::new(node(api, of, None, name))),
        Shape::Named(id) => named(api, *id),
        Shape::Any | Shape::Never | Shape::Null | Shape::Object | Shape::Tuple(_) => XmlNode::Any,
    }
}

fn named(api: &Api, id: TypeId) -> XmlNode {
    match &api.types[id].body {
        TypeBody::Struct(_) => XmlNode::Model(types::model(id)),
        TypeBody::Enum(body) if body.base == EnumBase::String => XmlNode::Text,
        TypeBody::Enum(_) => XmlNode::Json,
        TypeBody::Union(_) => xml_unions::node(api, id),
        TypeBody::Alias(_) | TypeBody::Newtype(_) => XmlNode::Any,
    }
}
