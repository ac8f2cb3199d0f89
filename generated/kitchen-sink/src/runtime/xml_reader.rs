//! Reading XML: a document becomes elements.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use serde_json::{Map, Value};

use super::environment::BoxError;
use super::xml::XmlScalar;

/// Elements that are nested deeper are an error.
const MAX_DEPTH: usize = 128;

/// An element.
#[derive(Default)]
pub(super) struct Element {
    /// The name without its prefix.
    pub(super) name: String,
    /// The names of attributes, with their prefixes, and the values. Declarations of namespaces are not included.
    pub(super) attributes: Vec<(String, String)>,
    pub(super) text: String,
    pub(super) children: Vec<Element>,
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
            attributes.push((key.to_owned(), value));
        }
        Ok(Self {
            name: unprefixed(start.name().as_ref()).to_owned(),
            attributes,
            ..Self::default()
        })
    }

    /// Returns the value of an attribute, regardless of the prefixes of both names.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|(other, _)| unprefixed(other) == unprefixed(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Returns the value of an attribute that is not documented as one. Attributes with a prefix, such as `xsi:type`, have another meaning.
    pub(super) fn undocumented_attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(other, _)| other == unprefixed(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Returns whether the element has neither attributes nor children nor text.
    pub(super) fn is_blank(&self) -> bool {
        !self.has_parts() && self.text.trim().is_empty()
    }

    /// Returns the entries of a map if each is an element with a key and a value, as Java and AWS write maps.
    pub(super) fn entries(&self) -> Option<Vec<(&str, &Self)>> {
        let name = &self.children.first()?.name;
        let entries = self.children.iter().map(|entry| {
            let [key, value] = entry.children.as_slice() else {
                return None;
            };
            let is_entry = entry.name == *name
                && matches!(key.name.as_str(), "key" | "Key" | "name" | "Name")
                && matches!(value.name.as_str(), "value" | "Value");
            is_entry.then(|| (key.text.trim(), value))
        });
        entries.collect()
    }

    /// Returns whether the element has attributes or children.
    pub(super) fn has_parts(&self) -> bool {
        !self.attributes.is_empty() || !self.children.is_empty()
    }

    pub(super) fn children<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        self.children.iter().filter(move |child| child.name == unprefixed(name))
    }
}

pub(super) fn unprefixed(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Parses a document into its root element. Entities of a DTD are not known, so they cannot expand.
pub(super) fn parse(text: &str) -> Result<Element, BoxError> {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event()? {
            Event::Start(start) if open.len() <= MAX_DEPTH => open.push(Element::of(&start)?),
            Event::Start(_) => return Err("the elements are nested too deeply".into()),
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
            Event::Eof if open.len() > 1 => return Err("the document is truncated".into()),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    let root = open.swap_remove(0).children.into_iter().next();
    root.ok_or_else(|| "there is no element".into())
}

/// Returns the innermost open element. The first one holds the root.
fn last(open: &mut Vec<Element>) -> &mut Element {
    if open.is_empty() {
        open.push(Element::default());
    }
    let index = open.len() - 1;
    &mut open[index]
}

/// Adds a value. Those of one name are a list.
pub(super) fn add(object: &mut Map<String, Value>, name: &str, value: Value) {
    match object.get_mut(name) {
        Some(Value::Array(items)) => items.push(value),
        Some(known) => *known = Value::Array(vec![known.take(), value]),
        None => drop(object.insert(name.to_owned(), value)),
    }
}

/// Returns a number or a boolean, and null for `null`, which some servers write. Anything else is text, which does not match the
/// documented type.
pub(super) fn json(text: &str) -> Value {
    match text.trim() {
        "null" => Value::Null,
        _ => scalar(&[XmlScalar::Boolean, XmlScalar::Number], text),
    }
}

/// Returns a scalar of the first type that the text matches.
pub(super) fn scalar(types: &[XmlScalar], text: &str) -> Value {
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
