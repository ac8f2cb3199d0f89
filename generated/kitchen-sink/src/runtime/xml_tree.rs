//! Elements of XML become a JSON tree, guided by the table of names and forms. Elements that are nested or named otherwise are read
//! by their content, and reported.

use serde_json::{Map, Value};

use super::codec::{Deviation, DeviationRule};
use super::xml::{ATTRIBUTE, TEXT, XmlField, XmlForm, XmlNode};
use super::xml_reader::{Element, add, json, scalar, unprefixed};

/// Returns the content of the root element as a tree, with the deviations from the documented form. With `reports`, the tree also
/// contains what is not documented.
pub(super) fn tree(node: &XmlNode, root: &Element, reports: bool) -> (Value, Vec<Deviation>) {
    let mut tree = Tree {
        deviations: Vec::new(),
        reports,
    };
    let value = tree.root(node, root);
    (value, tree.deviations)
}

/// Returns the only child with documented properties.
fn enclosed<'e>(fields: &[XmlField], root: &'e Element) -> Option<&'e Element> {
    let mut found = root.children.iter().filter(|child| has_any(fields, child));
    found.next().filter(|_| found.next().is_none())
}

/// Returns whether an element has a value of one of the properties.
fn has_any(fields: &[XmlField], element: &Element) -> bool {
    let attributes = element.attributes.iter().map(|(name, _)| name);
    let children = element.children.iter().map(|child| &child.name);
    attributes.chain(children).any(|name| {
        fields
            .iter()
            .any(|field| unprefixed(field.name) == name || is_named(field, name))
    })
}

/// Elements become a tree.
struct Tree {
    deviations: Vec<Deviation>,
    reports: bool,
}

impl Tree {
    /// Returns the content of the root element. The documented elements may be in another one, or the root is the only one of them.
    fn root(&mut self, node: &XmlNode, root: &Element) -> Value {
        let XmlNode::Object(fields, None) = node else {
            return self.content(node, root);
        };
        if has_any(fields, root) {
            return self.content(node, root);
        }
        let is_root = |field: &&XmlField| {
            let is_content = match field.node {
                XmlNode::Text | XmlNode::Json => root.children.is_empty() && !root.text.trim().is_empty(),
                XmlNode::Object(fields, _) => has_any(fields, root),
                XmlNode::List(_) | XmlNode::Map(_) | XmlNode::Any | XmlNode::Union(..) => false,
            };
            is_content && matches!(field.form, XmlForm::Element) && unprefixed(field.name) == root.name
        };
        if let Some(field) = fields.iter().find(is_root) {
            self.deviate("an element that contains the documented ones", "one of them");
            let value = self.content(field.node, root);
            return Value::Object(Map::from_iter([(field.key.to_owned(), value)]));
        }
        let inner = enclosed(fields, root);
        if inner.is_some() {
            self.deviate("the documented elements", "an element that contains them");
        }
        self.content(node, inner.unwrap_or(root))
    }

    fn deviate(&mut self, expected: &str, found: &str) {
        self.deviations
            .push(Deviation::new(DeviationRule::OtherElements, expected, found));
    }

    fn content(&mut self, node: &XmlNode, element: &Element) -> Value {
        if element.attribute("nil") == Some("true") {
            return Value::Null;
        }
        match node {
            XmlNode::Text => Value::from(element.text.as_str()),
            XmlNode::Json => json(&element.text),
            XmlNode::Object(fields, others) => self.object(fields, *others, element),
            XmlNode::List(item) => self.lists(item, &[element]),
            XmlNode::Map(of) => self.map(of, element),
            XmlNode::Any if !element.has_parts() => Value::from(element.text.as_str()),
            XmlNode::Any => self.object(&[], Some(node), element),
            XmlNode::Union(Some(object), scalars) if scalars.is_empty() || element.has_parts() => {
                self.content(object, element)
            }
            XmlNode::Union(_, scalars) => scalar(scalars, &element.text),
        }
    }

    fn object(&mut self, fields: &[XmlField], others: Option<&XmlNode>, element: &Element) -> Value {
        let mut object = Map::new();
        for field in fields {
            let known = self.deviations.len();
            if let Some(value) = self.field(field, fields, element) {
                object.insert(field.key.to_owned(), value);
            }
            for deviation in self.deviations.split_off(known) {
                self.deviations.push(deviation.at_key(field.key));
            }
        }
        match others {
            Some(of) => self.others(&mut object, of, element, fields),
            None if self.reports => self.others(&mut object, &XmlNode::Any, element, fields),
            None => {}
        }
        Value::Object(object)
    }

    /// Returns a map. Its keys are names of elements, or in elements next to the values.
    fn map(&mut self, of: &XmlNode, element: &Element) -> Value {
        // The values of some maps have these elements themselves, and those of others have any.
        let is_value = match of {
            XmlNode::Any | XmlNode::Union(Some(_), _) => true,
            XmlNode::Object(fields, _) => {
                let mut parts = element.children.iter().flat_map(|entry| &entry.children);
                parts.any(|part| fields.iter().any(|field| is_named(field, &part.name)))
            }
            XmlNode::Text | XmlNode::Json | XmlNode::List(_) | XmlNode::Map(_) | XmlNode::Union(None, _) => false,
        };
        let Some(entries) = entries(element).filter(|_| !is_value) else {
            return self.object(&[], Some(of), element);
        };
        self.deviate("elements whose names are keys", "elements with a key and a value");
        let mut object = Map::new();
        for (key, value) in entries {
            let value = self.content(of, value);
            if object.insert(key.to_owned(), value).is_some() {
                let rule = DeviationRule::DuplicateProperty;
                self.deviations
                    .push(Deviation::new(rule, "one value for a key", "several values"));
            }
        }
        Value::Object(object)
    }

    /// Adds the elements that no field describes. Those with the same name are a list, also if their type is not, because an error
    /// is better than a value that is lost. If they may have any content, attributes and text are added too.
    fn others(&mut self, object: &mut Map<String, Value>, of: &XmlNode, element: &Element, fields: &[XmlField]) {
        let is_free = matches!(of, XmlNode::Any);
        if is_free {
            let is_known = |name: &str| fields.iter().any(|field| is_attribute(field, fields, name, element));
            for (name, value) in element.attributes.iter().filter(|(name, _)| !is_known(name)) {
                add(object, &format!("{ATTRIBUTE}{name}"), Value::from(value.as_str()));
            }
        }
        let is_known = |child: &&Element| fields.iter().any(|field| is_named(field, &child.name));
        for child in element.children.iter().filter(|child| !is_known(child)) {
            let value = self.content(of, child);
            add(object, &child.name, value);
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

    fn field(&mut self, field: &XmlField, all: &[XmlField], element: &Element) -> Option<Value> {
        match field.form {
            XmlForm::Attribute => match element.attribute(field.name) {
                Some(value) => Some(text(field.node, value)),
                None if is_shared(field, all) => None,
                None => self.element(field, element, "an attribute"),
            },
            XmlForm::Content => Some(text(field.node, &element.text)),
            XmlForm::Element => self.element(field, element, "").or_else(|| {
                let is_text = matches!(field.node, XmlNode::Text | XmlNode::Json);
                let is_free = is_text && !is_shared(field, all);
                let value = element.undocumented_attribute(field.name).filter(|_| is_free)?;
                self.deviate("an element", "an attribute");
                Some(text(field.node, value))
            }),
            XmlForm::Repeated { list } => self.repeated(field, list, all, element),
            XmlForm::Wrapped { name, .. } => self.wrapped(field, name, all, element),
        }
    }

    /// Returns the value of an element. `expected` is another form that is documented, if it is not empty.
    fn element(&mut self, field: &XmlField, element: &Element, expected: &str) -> Option<Value> {
        let mut found: Vec<Value> = element
            .children(field.name)
            .map(|child| self.content(field.node, child))
            .collect();
        if !(expected.is_empty() || found.is_empty()) {
            self.deviate(expected, "an element");
        }
        if found.len() < 2 {
            return found.pop();
        }
        if field.node.may_be_list() {
            return Some(Value::Array(found));
        }
        let rule = DeviationRule::DuplicateProperty;
        self.deviations
            .push(Deviation::new(rule, "one element", "several elements"));
        found.pop()
    }

    /// Returns a list that is not in a separate element.
    fn repeated(&mut self, field: &XmlField, list: &str, all: &[XmlField], element: &Element) -> Option<Value> {
        let mut found: Vec<&Element> = element.children(field.name).collect();
        let has_name = !found.is_empty();
        if !(has_name || is_of_other(list, field, all)) {
            found = element.children(list).collect();
        }
        let has_one_name = unprefixed(list) == unprefixed(field.name);
        let is_object = matches!(field.node, XmlNode::Object(..));
        let is_empty = |one: &Element| is_blank(one) && (!has_name || has_one_name && is_object);
        let are_lists = match found.as_slice() {
            [] => return None,
            [only] if is_empty(only) => true,
            several => several
                .iter()
                .all(|one| is_list(field, one) || !has_name && has_items(field, one)),
        };
        if are_lists {
            self.deviate("the items of a list", "an element that contains them");
            return Some(self.lists(field, &found));
        }
        if !has_name {
            self.deviate("items with another name", "items with the name of the list");
        }
        Some(self.contents(field.node, &found))
    }

    /// Returns a list that is in an element `name`.
    fn wrapped(&mut self, field: &XmlField, name: &str, all: &[XmlField], element: &Element) -> Option<Value> {
        let found: Vec<&Element> = element.children(name).collect();
        if found.iter().any(|one| !is_item(field, one)) {
            if found.len() > 1 {
                self.deviate("one list", "several lists");
            }
            return Some(self.lists(field, &found));
        }
        let items: Vec<&Element> = match found.is_empty() {
            true if is_of_other(field.name, field, all) => Vec::new(),
            true => element.children(field.name).collect(),
            false => found,
        };
        if items.is_empty() {
            return None;
        }
        self.deviate("an element that contains the items of a list", "the items");
        Some(self.contents(field.node, &items))
    }

    /// Returns the items in elements.
    fn lists(&mut self, item: &XmlField, lists: &[&Element]) -> Value {
        let items: Vec<&Element> = lists.iter().flat_map(|list| self.items(item, list)).collect();
        self.contents(item.node, &items)
    }

    /// Returns the items in an element: those of the documented name, or all if none has it.
    fn items<'e>(&mut self, item: &XmlField, element: &'e Element) -> Vec<&'e Element> {
        let has_name = element.children(item.name).next().is_some();
        let is_item = |child: &&Element| !has_name || child.name == unprefixed(item.name);
        let items: Vec<&Element> = element.children.iter().filter(is_item).collect();
        if self.reports && items.len() < element.children.len() {
            let rule = DeviationRule::UndocumentedProperty;
            let deviation = Deviation::new(rule, "items of one name", "other elements");
            self.deviations.push(deviation);
        }
        items
    }

    fn contents(&mut self, node: &XmlNode, items: &[&Element]) -> Value {
        let mut values = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let known = self.deviations.len();
            values.push(self.content(node, item));
            for deviation in self.deviations.split_off(known) {
                self.deviations.push(deviation.at_index(index));
            }
        }
        Value::Array(values)
    }
}

/// Returns the entries of a map if each is an element with a key and a value, as Java and AWS write maps.
fn entries(map: &Element) -> Option<Vec<(&str, &Element)>> {
    let name = &map.children.first()?.name;
    let entries = map.children.iter().map(|entry| {
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

/// Returns whether another property has the name of this one, such as an attribute and an element `name`.
fn is_shared(field: &XmlField, all: &[XmlField]) -> bool {
    let mut others = all.iter().filter(|other| other.key != field.key);
    others.any(|other| unprefixed(other.name) == unprefixed(field.name))
}

/// Returns whether another property has elements of this name.
fn is_of_other(name: &str, field: &XmlField, all: &[XmlField]) -> bool {
    let mut others = all.iter().filter(|other| other.key != field.key);
    others.any(|other| is_named(other, unprefixed(name)))
}

fn is_blank(element: &Element) -> bool {
    element.children.is_empty() && element.attributes.is_empty() && element.text.trim().is_empty()
}

/// Returns whether an element contains elements with the name of an item, and no others.
fn has_items(item: &XmlField, element: &Element) -> bool {
    let mut children = element.children.iter();
    !element.children.is_empty() && children.all(|child| child.name == unprefixed(item.name))
}

/// Returns whether an element that is documented as an item is the list, because the items are in it.
fn is_list(item: &XmlField, element: &Element) -> bool {
    match item.node {
        XmlNode::Text | XmlNode::Json => !element.children.is_empty(),
        XmlNode::Object(fields, None) => {
            let mut children = element.children.iter();
            !has_any(fields, element) && (has_items(item, element) || children.any(|child| has_any(fields, child)))
        }
        XmlNode::Object(_, Some(_)) | XmlNode::List(_) | XmlNode::Map(_) | XmlNode::Any | XmlNode::Union(..) => {
            element.name != unprefixed(item.name) && has_items(item, element)
        }
    }
}

/// Returns whether an element that is documented as a list is an item: it has properties of an item, or text.
fn is_item(item: &XmlField, element: &Element) -> bool {
    if element.children(item.name).next().is_some() {
        return false;
    }
    match item.node {
        XmlNode::Text | XmlNode::Json => element.children.is_empty() && !element.text.trim().is_empty(),
        XmlNode::Object(fields, _) => has_any(fields, element),
        XmlNode::List(_) | XmlNode::Map(_) | XmlNode::Any | XmlNode::Union(..) => false,
    }
}

/// Returns whether the value of a field is in an attribute of this name.
fn is_attribute(field: &XmlField, all: &[XmlField], name: &str, element: &Element) -> bool {
    let is_read = match field.form {
        XmlForm::Attribute => true,
        XmlForm::Element => {
            let is_text = matches!(field.node, XmlNode::Text | XmlNode::Json);
            let is_read = is_text && !is_shared(field, all) && element.undocumented_attribute(name).is_some();
            is_read && element.children(field.name).next().is_none()
        }
        XmlForm::Repeated { .. } | XmlForm::Wrapped { .. } | XmlForm::Content => false,
    };
    is_read && unprefixed(field.name) == name
}

/// Returns whether a field has an element of this name, or the key that another property of this name would have.
fn is_named(field: &XmlField, name: &str) -> bool {
    let is_list = |list: &str| unprefixed(list) == name;
    let is_element = match field.form {
        XmlForm::Element => unprefixed(field.name) == name,
        XmlForm::Repeated { list } => unprefixed(field.name) == name || is_list(list),
        XmlForm::Wrapped { name: list, .. } => is_list(list),
        XmlForm::Attribute | XmlForm::Content => false,
    };
    field.key == name || is_element
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
