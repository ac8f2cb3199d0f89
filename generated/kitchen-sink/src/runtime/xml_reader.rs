//! Reading XML: a document becomes a JSON tree, guided by the table of names and forms.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use serde_json::{Map, Value};

use super::xml::{TEXT, XmlField, XmlForm, XmlNode};

/// Elements that are nested deeper are an error.
const MAX_DEPTH: usize = 128;

/// An element without the prefixes of names.
#[derive(Default)]
pub(super) struct Element {
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
            let key: &str = attribute.key.as_ref();
            if key == "xmlns" || key.starts_with("xmlns:") {
                continue;
            }
            let value = attribute.normalized_value(XmlVersion::Implicit1_0)?.into_owned();
            attributes.push((local(key), value));
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
pub(super) fn parse(text: &str) -> Result<Element, quick_xml::Error> {
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

/// Returns the content of an element as a tree.
pub(super) fn content(node: &XmlNode, element: &Element) -> Value {
    if element.attribute("nil") == Some("true") {
        return Value::Null;
    }
    match node {
        XmlNode::Text => Value::from(element.text.as_str()),
        XmlNode::Json => json(&element.text),
        XmlNode::Object(fields, others) => {
            let pairs = fields
                .iter()
                .filter_map(|field| Some((field.key.to_owned(), read_field(field, element)?)));
            let mut object: Map<String, Value> = pairs.collect();
            if let Some(of) = others {
                let is_known = |child: &&Element| fields.iter().any(|field| is_named(field, &child.name));
                add_others(
                    &mut object,
                    of,
                    element.children.iter().filter(|child| !is_known(child)),
                );
            }
            Value::Object(object)
        }
        XmlNode::List(item) => items(item, element),
        XmlNode::Map(of) => {
            let mut object = Map::new();
            add_others(&mut object, of, element.children.iter());
            Value::Object(object)
        }
        XmlNode::Any => any(element),
    }
}

/// Adds elements that have no documented form. Those with the same name are a list, also if their type is not, because an error
/// is better than a value that is lost.
fn add_others<'e>(object: &mut Map<String, Value>, of: &XmlNode, elements: impl Iterator<Item = &'e Element>) {
    elements.for_each(|element| add(object, &element.name, content(of, element)));
}

/// Returns whether a field has an element of this name, or the key that another property of this name would have.
fn is_named(field: &XmlField, name: &str) -> bool {
    let element = match field.form {
        XmlForm::Element | XmlForm::Repeated => Some(field.name),
        XmlForm::Wrapped { name, .. } => Some(name),
        XmlForm::Attribute | XmlForm::Content => None,
    };
    field.key == name || element.is_some_and(|element| unprefixed(element) == name)
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
        XmlNode::Text | XmlNode::Object(..) | XmlNode::Map(_) | XmlNode::Any => Value::from(value),
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

/// Returns text, or an object of attributes and elements. Elements of one name are a list, and text next to others has the key
/// [`TEXT`].
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
        add(&mut object, &child.name, any(child));
    }
    let text = element.text.trim();
    if !text.is_empty() {
        object.entry(TEXT).or_insert_with(|| Value::from(text));
    }
    Value::Object(object)
}

/// Adds the value of an element. Elements of one name are a list.
fn add(object: &mut Map<String, Value>, name: &str, value: Value) {
    match object.get_mut(name) {
        Some(Value::Array(items)) => items.push(value),
        Some(known) => *known = Value::Array(vec![known.take(), value]),
        None => drop(object.insert(name.to_owned(), value)),
    }
}

/// Returns a number or a boolean. Anything else is text, which does not match the documented type.
fn json(text: &str) -> Value {
    serde_json::from_str(text.trim()).unwrap_or_else(|_| Value::from(text))
}
