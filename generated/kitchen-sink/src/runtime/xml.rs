//! Bodies in XML. A value is converted to or from a JSON tree, guided by a table of the names and forms that the API documents.

use std::fmt::Write;

use quick_xml::escape::escape;
use serde_json::Value;

use super::call_error::BuildError;
use super::codec::{self, DeviationRule, ReadError, ReadMode, ReadReport, ReadResult, Wire, scalar_text};
use super::request::Request;
use super::xml_reader::parse;
use super::xml_tree::tree;
use super::{ErrorSet, RawResponse};

/// The key of text next to attributes or elements in content without a documented form. It is not a name of XML.
pub(super) const TEXT: &str = "$text";

/// The prefix of the keys of attributes in content without a documented form. It is not part of a name of XML either.
pub(super) const ATTRIBUTE: &str = "@";

/// The root element of a body.
pub struct XmlRoot {
    pub name: &'static str,
    /// The value of the `xmlns` attribute, or an empty string.
    pub namespace: &'static str,
    pub node: &'static XmlNode,
}

/// The content of an element.
pub enum XmlNode {
    Text,
    /// A number or a boolean.
    Json,
    /// Properties, and the content of others, if the API documents them.
    Object(&'static [XmlField], Option<&'static XmlNode>),
    /// Elements of one name.
    List(&'static XmlField),
    /// Elements whose names are keys.
    Map(&'static XmlNode),
    /// Any content, which is read by its form.
    Any,
    /// The properties of all objects of a union, and the types of its scalars.
    Union(Option<&'static XmlNode>, &'static [XmlScalar]),
}

/// The type of a scalar in a union. Text that matches none of them is kept.
pub enum XmlScalar {
    Boolean,
    Integer,
    Number,
    Text,
}

impl XmlNode {
    /// Returns whether a value in an element may be a list, which is one element for each item.
    pub(super) fn may_be_list(&self) -> bool {
        matches!(self, Self::Any | Self::Union(..))
    }
}

/// A property of an object, or an item of a list.
pub struct XmlField {
    pub key: &'static str,
    /// The name of the element or attribute, with its prefix.
    pub name: &'static str,
    pub namespace: &'static str,
    pub form: XmlForm,
    pub node: &'static XmlNode,
}

/// Where the value of a property is. In an attribute and in text, the items of a list are separated by spaces, as in XML Schema.
pub enum XmlForm {
    Attribute,
    Element,
    /// One element for each item of a list. `list` is the name of the element that some servers put around them.
    Repeated {
        list: &'static str,
    },
    /// A list in an element of this name and namespace.
    Wrapped {
        name: &'static str,
        namespace: &'static str,
    },
    /// The text of the object's own element.
    Content,
}

impl Request {
    /// Sets the body to XML.
    pub fn xml_body(&mut self, media_type: &str, root: &XmlRoot, value: &dyn Wire) {
        let text = self.xml_text(root, value);
        self.body(media_type, text);
    }

    /// Returns a value as an XML document. It is empty if the value cannot be written, which is an error of the request.
    pub(super) fn xml_text(&mut self, root: &XmlRoot, value: &dyn Wire) -> String {
        to_xml(root, value).unwrap_or_else(|error| {
            self.fail(error);
            String::new()
        })
    }
}

impl RawResponse {
    /// Reads the body as XML.
    ///
    /// # Errors
    ///
    /// Returns an error if the body is not XML, or does not match `T`.
    #[doc(hidden)]
    pub fn xml<T: Wire>(&self, root: &XmlRoot) -> ReadResult<T> {
        if self.is_bodiless() {
            self.note(DeviationRule::NoBody, "an XML body", "no body");
            return Ok(T::empty());
        }
        let (value, report) = from_xml(root, &self.text()?, self.read_mode, self.skips_items)?;
        self.report.add(report);
        Ok(value)
    }

    /// Reads the body as XML, or returns `None` if it is empty.
    ///
    /// # Errors
    ///
    /// Returns an error if the body is not XML, or does not match `T`.
    #[doc(hidden)]
    pub fn optional_xml<T: Wire>(&self, root: &XmlRoot) -> ReadResult<Option<T>> {
        match self.body.is_empty() {
            true => Ok(None),
            false => self.xml(root).map(Some),
        }
    }

    /// Reads the body of a documented error. A body that does not match becomes the `Unexpected` variant.
    #[doc(hidden)]
    pub fn xml_error<T: Wire, E: ErrorSet>(&self, documented: fn(T) -> E, root: &XmlRoot) -> E {
        match self.xml(root) {
            Ok(body) => documented(body),
            Err(_) => E::unexpected(self.unexpected()),
        }
    }
}

/// Writes a value as an XML document. Keys that are not valid XML names and characters that XML forbids are errors.
pub fn to_xml(root: &XmlRoot, value: &dyn Wire) -> Result<String, BuildError> {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_owned();
    element(
        &mut out,
        root.name,
        root.namespace,
        root.node,
        &codec::to_request_value(value),
    )?;
    match out.contains(is_forbidden) {
        true => Err(BuildError::new(
            "the value contains a character that XML cannot represent",
        )),
        false => Ok(out),
    }
}

/// Returns whether XML 1.0 forbids a character, even as a character reference.
fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Reads a value from an XML document, regardless of the name of the root element, and returns the deviations that were accepted.
///
/// XML has no types and no empty lists, so the tree is read with tolerance. In strict mode, the first deviation is an error.
pub fn from_xml<T: Wire>(root: &XmlRoot, text: &str, mode: ReadMode, skips_items: bool) -> ReadResult<(T, ReadReport)> {
    let document = parse(text).map_err(|error| ReadError::new(format!("invalid XML: {error}")))?;
    let (tree, deviations) = tree(root.node, &document, mode == ReadMode::Reporting);
    let (value, mut report) = codec::from_untyped(&tree, mode, skips_items)?;
    report.deviations.splice(..0, deviations);
    match report.deviations.first() {
        Some(first) if mode == ReadMode::Strict => Err(first.to_error()),
        Some(_) | None => Ok((value, report)),
    }
}

fn element(out: &mut String, name: &str, namespace: &str, node: &XmlNode, value: &Value) -> Result<(), BuildError> {
    let node = match node {
        XmlNode::Union(Some(object), _) if value.is_object() => object,
        node => node,
    };
    let _ = write!(out, "<{name}");
    let mut declared = Vec::new();
    declare(out, name, namespace, &mut declared);
    let fields: &[XmlField] = if let XmlNode::Object(fields, _) = node {
        fields
    } else {
        &[]
    };
    for field in fields.iter().filter(|field| matches!(field.form, XmlForm::Attribute)) {
        if let Some(value) = value.get(field.key).filter(|value| !value.is_null()) {
            // A namespace applies only to attributes with a prefix.
            if field.name.contains(':') {
                declare(out, field.name, field.namespace, &mut declared);
            }
            attribute(out, field.name, value);
        }
    }
    let others = match node {
        XmlNode::Map(of) | XmlNode::Object(_, Some(of)) => Some(*of),
        XmlNode::Any => Some(node),
        XmlNode::Text | XmlNode::Json | XmlNode::Object(_, None) | XmlNode::List(_) | XmlNode::Union(..) => None,
    };
    let entries = value.as_object().filter(|_| others.is_some()).into_iter().flatten();
    let mut elements = Vec::new();
    for (key, value) in entries.filter(|(key, _)| fields.iter().all(|field| field.key != *key)) {
        match key.strip_prefix(ATTRIBUTE) {
            Some(name) if matches!(others, Some(XmlNode::Any)) && !value.is_object() => {
                let name = undocumented_attribute(fields, &declared, name)?;
                // An attribute cannot be null, only missing.
                if !value.is_null() {
                    attribute(out, name, value);
                }
            }
            Some(_) | None => elements.push((key, value)),
        }
    }
    out.push('>');
    match (node, value) {
        (XmlNode::Object(..) | XmlNode::Map(_) | XmlNode::Any, Value::Object(_)) => {
            fields
                .iter()
                .try_for_each(|field| write_field(out, field, value.get(field.key)))?;
            let of = others.unwrap_or(&XmlNode::Any);
            elements
                .into_iter()
                .try_for_each(|(key, value)| other(out, key, of, value))?;
        }
        (XmlNode::List(item), Value::Array(items)) => items
            .iter()
            .try_for_each(|value| element(out, item.name, item.namespace, item.node, value))?,
        _ => out.push_str(&escape(scalar_text(value))),
    }
    let _ = write!(out, "</{name}>");
    Ok(())
}

fn attribute(out: &mut String, name: &str, value: &Value) {
    // A reader replaces line breaks and tabs in attributes by spaces, unless they are character references.
    let text = escape(unstructured(value)).replace('\n', "&#10;").replace('\t', "&#9;");
    let _ = write!(out, " {name}=\"{text}\"");
}

/// Returns the name of an attribute that no field describes. That of a documented attribute or of a declared namespace is an error,
/// because an element cannot have two attributes of one name.
fn undocumented_attribute<'n>(fields: &[XmlField], declared: &[&str], name: &'n str) -> Result<&'n str, BuildError> {
    let is_same = |field: &XmlField| matches!(field.form, XmlForm::Attribute) && field.name == name;
    let prefix = match name {
        "xmlns" => Some(""),
        name => name.strip_prefix("xmlns:"),
    };
    if fields.iter().any(is_same) || prefix.is_some_and(|prefix| declared.contains(&prefix)) {
        let message = format!("the key `{ATTRIBUTE}{name}` is the name of a documented attribute");
        return Err(BuildError::new(message));
    }
    key_name(name)
}

/// Writes a property that has no documented form.
fn other(out: &mut String, key: &str, of: &XmlNode, value: &Value) -> Result<(), BuildError> {
    match (of, key) {
        (XmlNode::Any, TEXT) => out.push_str(&escape(scalar_text(value))),
        (XmlNode::Any, key) => repeated(out, key_name(key)?, "", of, value)?,
        (of, key) => element(out, key_name(key)?, "", of, value)?,
    }
    Ok(())
}

/// Returns a key as the name of an element or attribute. Keys may come from users, so a key that is not a valid name is an error.
fn key_name(key: &str) -> Result<&str, BuildError> {
    let is_start = |c: char| c.is_alphabetic() || matches!(c, '_' | ':');
    let is_name = key.starts_with(is_start)
        && key
            .chars()
            .all(|c| is_start(c) || c.is_alphanumeric() || matches!(c, '-' | '.'));
    match is_name {
        true => Ok(key),
        false => Err(BuildError::new(format!("the key `{key}` is not a valid XML name"))),
    }
}

/// Declares the namespace of a name, once for each prefix.
fn declare<'n>(out: &mut String, name: &'n str, namespace: &str, declared: &mut Vec<&'n str>) {
    let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
    if namespace.is_empty() || declared.contains(&prefix) {
        return;
    }
    declared.push(prefix);
    let separator = if prefix.is_empty() { "" } else { ":" };
    let _ = write!(out, " xmlns{separator}{prefix}=\"{}\"", escape(namespace));
}

fn write_field(out: &mut String, field: &XmlField, value: Option<&Value>) -> Result<(), BuildError> {
    let Some(value) = value.filter(|value| !value.is_null()) else {
        return Ok(());
    };
    match field.form {
        XmlForm::Attribute => {}
        XmlForm::Content => out.push_str(&escape(unstructured(value))),
        XmlForm::Element if !field.node.may_be_list() => {
            element(out, field.name, field.namespace, field.node, value)?;
        }
        XmlForm::Element | XmlForm::Repeated { .. } => repeated(out, field.name, field.namespace, field.node, value)?,
        XmlForm::Wrapped { name, namespace } => {
            let _ = write!(out, "<{name}");
            declare(out, name, namespace, &mut Vec::new());
            out.push('>');
            repeated(out, field.name, field.namespace, field.node, value)?;
            let _ = write!(out, "</{name}>");
        }
    }
    Ok(())
}

fn repeated(out: &mut String, name: &str, namespace: &str, node: &XmlNode, value: &Value) -> Result<(), BuildError> {
    match value {
        Value::Array(items) => items
            .iter()
            .try_for_each(|item| element(out, name, namespace, node, item)),
        single => element(out, name, namespace, node, single),
    }
}

/// Returns the text of an attribute, or of an element without children.
fn unstructured(value: &Value) -> String {
    match value {
        Value::Array(items) => items.iter().map(scalar_text).collect::<Vec<_>>().join(" "),
        single => scalar_text(single),
    }
}
