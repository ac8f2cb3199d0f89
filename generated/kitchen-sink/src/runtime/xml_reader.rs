//! Reading XML: a document becomes a JSON tree, guided by the table of names and forms.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use serde_json::{Map, Value};

use super::xml::{ATTRIBUTE, TEXT, XmlField, XmlForm, XmlNode, XmlScalar};

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

    /// Returns whether the element has attributes or children.
    fn has_parts(&self) -> bool {
        !self.attributes.is_empty() || !self.children.is_empty()
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
                add_others(&mut object, of, element, fields);
            }
            Value::Object(object)
        }
        XmlNode::List(item) => items(item, element),
        XmlNode::Map(of) => {
            let mut object = Map::new();
            add_others(&mut object, of, element, &[]);
            Value::Object(object)
        }
        XmlNode::Any if !element.has_parts() => Value::from(element.text.as_str()),
        XmlNode::Any => {
            let mut object = Map::new();
            add_others(&mut object, node, element, &[]);
            Value::Object(object)
        }
        XmlNode::Union(Some(object), scalars) if scalars.is_empty() || element.has_parts() => content(object, element),
        XmlNode::Union(_, scalars) => scalar(scalars, &element.text),
    }
}

/// Adds the elements that no field describes. Those with the same name are a list, also if their type is not, because an error
/// is better than a value that is lost. If they may have any content, attributes and text are added too.
fn add_others(object: &mut Map<String, Value>, of: &XmlNode, element: &Element, fields: &[XmlField]) {
    let is_free = matches!(of, XmlNode::Any);
    if is_free {
        let is_known = |name: &str| {
            let mut attributes = fields.iter().filter(|field| matches!(field.form, XmlForm::Attribute));
            attributes.any(|field| unprefixed(field.name) == name)
        };
        for (name, value) in element.attributes.iter().filter(|(name, _)| !is_known(name)) {
            add(object, &format!("{ATTRIBUTE}{name}"), Value::from(value.as_str()));
        }
    }
    let is_known = |child: &&Element| fields.iter().any(|field| is_named(field, &child.name));
    for child in element.children.iter().filter(|child| !is_known(child)) {
        add(object, &child.name, content(of, child));
    }
    // White space between elements is not content.
    let text = match element.children.is_empty() && !element.text.trim().is_empty() {
        true => &element.text,
        false => element.text.trim(),
    };
    if is_free && !text.is_empty() && !fields.iter().any(|field| matches!(field.form, XmlForm::Content)) {
        object.entry(TEXT).or_insert_with(|| Value::from(text));
    }
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
        XmlForm::Element => {
            let mut values = element.children(field.name).map(|child| content(field.node, child));
            let first = values.next()?;
            let others: Vec<Value> = values.filter(|_| field.node.may_be_list()).collect();
            match others.is_empty() {
                true => Some(first),
                false => Some(std::iter::once(first).chain(others).collect()),
            }
        }
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
        XmlNode::Union(_, scalars) => scalar(scalars, value),
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

/// Adds a value. Those of one name are a list.
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

/// Returns a scalar of the first type that the text matches.
fn scalar(types: &[XmlScalar], text: &str) -> Value {
    let parsed = serde_json::from_str(text.trim()).unwrap_or(Value::Null);
    let mut types = types.iter();
    let is_read = types.any(|of| match of {
        XmlScalar::Boolean => parsed.is_boolean(),
        XmlScalar::Integer => parsed.is_i64() || parsed.is_u64(),
        XmlScalar::Number => parsed.is_number(),
        XmlScalar::Text => false,
    });
    if is_read { parsed } else { Value::from(text) }
}
