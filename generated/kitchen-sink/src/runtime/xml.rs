//! Bodies in XML. A value is converted to or from a JSON tree, guided by a table of the names and forms that the API documents.

use std::fmt::Write;

use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use serde_json::{Map, Value};

use super::codec::{self, ReadError, ReadResult, Wire};
use super::request::Request;
use super::{ErrorSet, RawResponse};

/// Elements that are nested deeper are an error.
const MAX_DEPTH: usize = 128;

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
    Object(&'static [XmlField]),
    /// Elements of one name.
    List(&'static XmlField),
    /// Elements whose names are keys.
    Map(&'static XmlNode),
    /// Any content, which is read by its form.
    Any,
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
    /// One element for each item of a list.
    Repeated,
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
        self.body(media_type, to_xml(root, value));
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
        from_xml(root, &self.text()?)
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

/// Writes a value as an XML document.
pub fn to_xml(root: &XmlRoot, value: &dyn Wire) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_owned();
    element(
        &mut out,
        root.name,
        root.namespace,
        root.node,
        &codec::to_request_value(value),
    );
    out
}

/// Reads a value from an XML document, regardless of the name of the root element.
pub fn from_xml<T: Wire>(root: &XmlRoot, text: &str) -> ReadResult<T> {
    let document = parse(text).map_err(|error| ReadError::new(format!("invalid XML: {error}")))?;
    codec::from_value(&content(root.node, &document))
}

fn element(out: &mut String, name: &str, namespace: &str, node: &XmlNode, value: &Value) {
    let _ = write!(out, "<{name}");
    let mut declared = Vec::new();
    declare(out, name, namespace, &mut declared);
    let fields: &[XmlField] = if let XmlNode::Object(fields) = node {
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
            let _ = write!(out, " {}=\"{}\"", field.name, escape(unstructured(value)));
        }
    }
    out.push('>');
    match (node, value) {
        (XmlNode::Object(fields), _) => fields
            .iter()
            .for_each(|field| write_field(out, field, value.get(field.key))),
        (XmlNode::List(item), Value::Array(items)) => {
            items
                .iter()
                .for_each(|value| element(out, item.name, item.namespace, item.node, value));
        }
        (XmlNode::Map(of), Value::Object(entries)) => {
            entries
                .iter()
                .for_each(|(name, value)| element(out, name, "", of, value));
        }
        (XmlNode::Any, Value::Object(entries)) => {
            entries
                .iter()
                .for_each(|(name, value)| repeated(out, name, "", &XmlNode::Any, value));
        }
        _ => out.push_str(&escape(scalar(value))),
    }
    let _ = write!(out, "</{name}>");
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

fn write_field(out: &mut String, field: &XmlField, value: Option<&Value>) {
    let Some(value) = value.filter(|value| !value.is_null()) else {
        return;
    };
    match field.form {
        XmlForm::Attribute => {}
        XmlForm::Content => out.push_str(&escape(unstructured(value))),
        XmlForm::Element => element(out, field.name, field.namespace, field.node, value),
        XmlForm::Repeated => repeated(out, field.name, field.namespace, field.node, value),
        XmlForm::Wrapped { name, namespace } => {
            let _ = write!(out, "<{name}");
            declare(out, name, namespace, &mut Vec::new());
            out.push('>');
            repeated(out, field.name, field.namespace, field.node, value);
            let _ = write!(out, "</{name}>");
        }
    }
}

fn repeated(out: &mut String, name: &str, namespace: &str, node: &XmlNode, value: &Value) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| element(out, name, namespace, node, item)),
        single => element(out, name, namespace, node, single),
    }
}

/// Returns the text of an attribute, or of an element without children.
fn unstructured(value: &Value) -> String {
    match value {
        Value::Array(items) => items.iter().map(scalar).collect::<Vec<_>>().join(" "),
        single => scalar(single),
    }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// An element without the prefixes of names.
#[derive(Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    fn of(start: &BytesStart<'_>) -> Result<Self, quick_xml::Error> {
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0)?.into_owned();
            attributes.push((local(attribute.key.as_ref()), value));
        }
        let name = local(start.name().as_ref());
        Ok(Self {
            name,
            attributes,
            ..Self::default()
        })
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        let mut found = self.attributes.iter().filter(|(other, _)| *other == unprefixed(name));
        found.next().map(|(_, value)| value.as_str())
    }

    fn children<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        self.children.iter().filter(move |child| child.name == unprefixed(name))
    }
}

fn local(name: &str) -> String {
    unprefixed(name).to_owned()
}

fn unprefixed(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Parses a document into its root element. Entities of a DTD are not known, so they cannot expand.
fn parse(text: &str) -> Result<Element, quick_xml::Error> {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event()? {
            Event::Start(start) if open.len() <= MAX_DEPTH => open.push(Element::of(&start)?),
            Event::Start(_) => return Err(std::io::Error::other("the elements are nested too deeply").into()),
            Event::Empty(start) => {
                let element = Element::of(&start)?;
                last(&mut open).children.push(element);
            }
            Event::End(_) => {
                if let Some(element) = open.pop() {
                    last(&mut open).children.push(element);
                }
            }
            Event::Text(text) => last(&mut open).text.push_str(&text.xml10_content()),
            Event::CData(text) => last(&mut open).text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let text = match reference.resolve_char_ref()? {
                    Some(character) => character.to_string(),
                    None => quick_xml::escape::unescape(&format!("&{};", &*reference))?.into_owned(),
                };
                last(&mut open).text.push_str(&text);
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    let root = open.swap_remove(0).children.into_iter().next();
    root.ok_or_else(|| std::io::Error::other("there is no element").into())
}

/// Returns the innermost open element. The first one holds the root.
fn last(open: &mut Vec<Element>) -> &mut Element {
    if open.is_empty() {
        open.push(Element::default());
    }
    let index = open.len() - 1;
    &mut open[index]
}

fn content(node: &XmlNode, element: &Element) -> Value {
    if element.attribute("nil") == Some("true") {
        return Value::Null;
    }
    match node {
        XmlNode::Text => Value::from(element.text.as_str()),
        XmlNode::Json => json(&element.text),
        XmlNode::Object(fields) => {
            let pairs = fields
                .iter()
                .filter_map(|field| Some((field.key.to_owned(), read_field(field, element)?)));
            Value::Object(pairs.collect())
        }
        XmlNode::List(item) => items(item, element),
        XmlNode::Map(of) => {
            let pairs = element
                .children
                .iter()
                .map(|child| (child.name.clone(), content(of, child)));
            Value::Object(pairs.collect())
        }
        XmlNode::Any => any(element),
    }
}

fn read_field(field: &XmlField, element: &Element) -> Option<Value> {
    match field.form {
        XmlForm::Attribute => element.attribute(field.name).map(|value| text(field.node, value)),
        XmlForm::Content => Some(text(field.node, &element.text)),
        XmlForm::Element => element
            .children(field.name)
            .next()
            .map(|child| content(field.node, child)),
        XmlForm::Repeated => {
            let values: Vec<Value> = element
                .children(field.name)
                .map(|child| content(field.node, child))
                .collect();
            (!values.is_empty()).then_some(Value::Array(values))
        }
        XmlForm::Wrapped { name, .. } => element.children(name).next().map(|wrapper| items(field, wrapper)),
    }
}

/// Returns the value of an attribute or of the text of an element.
fn text(node: &XmlNode, value: &str) -> Value {
    match node {
        XmlNode::Json => json(value),
        XmlNode::List(item) => value.split_whitespace().map(|value| text(item.node, value)).collect(),
        XmlNode::Text | XmlNode::Object(_) | XmlNode::Map(_) | XmlNode::Any => Value::from(value),
    }
}

/// Returns the items in an element: those of the documented name, or all if none has it.
fn items(item: &XmlField, element: &Element) -> Value {
    let mut values: Vec<Value> = element
        .children(item.name)
        .map(|child| content(item.node, child))
        .collect();
    if values.is_empty() {
        values = element.children.iter().map(|child| content(item.node, child)).collect();
    }
    Value::Array(values)
}

/// Returns text, or an object of attributes and elements. Elements of one name are a list.
fn any(element: &Element) -> Value {
    if element.children.is_empty() && element.attributes.is_empty() {
        return Value::from(element.text.as_str());
    }
    let attributes = element
        .attributes
        .iter()
        .map(|(name, value)| (name.clone(), Value::from(value.as_str())));
    let mut object: Map<String, Value> = attributes.collect();
    for child in &element.children {
        let value = any(child);
        match object.get_mut(&child.name) {
            Some(Value::Array(items)) => items.push(value),
            Some(known) => *known = Value::Array(vec![known.take(), value]),
            None => drop(object.insert(child.name.clone(), value)),
        }
    }
    Value::Object(object)
}

/// Returns a number or a boolean. Anything else is text, which does not match the documented type.
fn json(text: &str) -> Value {
    serde_json::from_str(text.trim()).unwrap_or_else(|_| Value::from(text))
}
