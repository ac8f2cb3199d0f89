//! Conversion of XML elements to a JSON tree, guided by the table of names and forms. Elements in another structure are read by their
//! content and reported as deviations.

use serde_json::{Map, Value};

use super::codec::{Deviation, DeviationRule, PathStep, ReadReport};
use super::xml::{ATTRIBUTE, TEXT, XmlField, XmlForm, XmlNode};
use super::xml_reader::{Element, add, json, scalar, unprefixed};

/// Returns the content of the root element as a tree, with the deviations from the documented form. With `reports`, the tree also
/// contains what is not documented.
pub(super) fn tree(node: &XmlNode, root: &Element, reports: bool) -> (Value, Vec<Deviation>) {
    let mut tree = Tree {
        report: ReadReport::default(),
        reports,
    };
    let value = tree.root(node, root);
    (value, tree.report.deviations)
}

/// Returns the only child that has documented properties. `None` if no child or several children have them.
fn enclosed<'e>(fields: &[XmlField], root: &'e Element) -> Option<&'e Element> {
    let mut found = root.children.iter().filter(|child| has_any(fields, child));
    found.next().filter(|_| found.next().is_none())
}

/// Returns whether an element has a value of one of the properties.
fn has_any(fields: &[XmlField], element: &Element) -> bool {
    fields.iter().any(|field| {
        let attribute = match matches!(field.form, XmlForm::Attribute) {
            true => element.attribute(field.name),
            false => element.undocumented_attribute(field.name),
        };
        let mut children = element.children.iter();
        attribute.is_some()
            || children.any(|child| child.name == unprefixed(field.name) || is_named(field, &child.name))
    })
}

/// A conversion of elements to a tree.
struct Tree {
    report: ReadReport,
    /// Whether undocumented content is part of the tree.
    reports: bool,
}

impl Tree {
    /// Returns the content of the root element. Some servers put the documented elements into a child of the root, or send the only one
    /// of them as the root.
    fn root(&mut self, node: &XmlNode, root: &Element) -> Value {
        let XmlNode::Object(fields, None) = node else {
            return self.content(node, root);
        };
        if has_any(fields, root) {
            return self.content(node, root);
        }
        let is_root = |field: &&XmlField| {
            let has_name = matches!(field.form, XmlForm::Element) && unprefixed(field.name) == root.name;
            has_name && is_value(field.node, root)
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
        self.record(DeviationRule::OtherElements, expected, found);
    }

    fn record(&mut self, rule: DeviationRule, expected: &str, found: &str) {
        self.report.deviations.push(Deviation::new(rule, expected, found));
    }

    fn content(&mut self, node: &XmlNode, element: &Element) -> Value {
        if matches!(element.attribute("nil"), Some("true" | "1")) {
            return Value::Null;
        }
        match node {
            XmlNode::Text => Value::from(element.text.as_str()),
            XmlNode::Json => json(&element.text),
            XmlNode::Object(fields, others) => self.object(fields, *others, element),
            XmlNode::List(_) if element.children.is_empty() && !element.text.trim().is_empty() => {
                self.deviate("the items of a list", "text");
                text(node, &element.text)
            }
            XmlNode::List(item) => {
                self.check_names(item, &[element]);
                self.lists(item, &[element])
            }
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
            let mark = self.report.mark();
            if let Some(value) = self.field(field, fields, element) {
                object.insert(field.key.to_owned(), value);
            }
            self.report.enclose(mark, &PathStep::Key(field.key.to_owned()));
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
        // If the values may have elements such as `key` and `value` themselves, the names of the elements are the keys.
        let is_value = match of {
            XmlNode::Any | XmlNode::Union(Some(_), _) => true,
            XmlNode::Object(fields, _) => {
                let mut parts = element.children.iter().flat_map(|entry| &entry.children);
                parts.any(|part| fields.iter().any(|field| is_named(field, &part.name)))
            }
            XmlNode::Text | XmlNode::Json | XmlNode::List(_) | XmlNode::Map(_) | XmlNode::Union(None, _) => false,
        };
        let Some(entries) = element.entries().filter(|_| !is_value) else {
            return self.object(&[], Some(of), element);
        };
        self.deviate("elements whose names are keys", "elements with a key and a value");
        let mut object = Map::new();
        for (key, value) in entries {
            let value = self.content(of, value);
            if object.insert(key.to_owned(), value).is_some() {
                self.record(
                    DeviationRule::DuplicateProperty,
                    "one value for a key",
                    "several values",
                );
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
                add(
                    object,
                    &format!("{ATTRIBUTE}{}", unprefixed(name)),
                    Value::from(value.as_str()),
                );
            }
        }
        // An undocumented element must not replace the value of a field that has its name as the key.
        let is_known = |child: &&Element| {
            fields
                .iter()
                .any(|field| field.key == child.name || is_named(field, &child.name))
        };
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
                None => {
                    let value = self.element(field, element)?;
                    self.deviate("an attribute", "an element");
                    Some(value)
                }
            },
            XmlForm::Content => Some(text(field.node, &element.text)),
            XmlForm::Element => self.element(field, element).or_else(|| {
                let value = attribute_instead(field, all, element)?;
                self.deviate("an element", "an attribute");
                Some(text(field.node, value))
            }),
            XmlForm::Repeated { list } => self.repeated(field, list, all, element),
            XmlForm::Wrapped { name, .. } => self.wrapped(field, name, all, element),
        }
    }

    /// Returns the value of the child with the name of a field.
    fn element(&mut self, field: &XmlField, element: &Element) -> Option<Value> {
        let mut found: Vec<Value> = element
            .children(field.name)
            .map(|child| self.content(field.node, child))
            .collect();
        if found.len() < 2 {
            return found.pop();
        }
        if field.node.may_be_list() {
            return Some(Value::Array(found));
        }
        self.record(DeviationRule::DuplicateProperty, "one element", "several elements");
        found.pop()
    }

    /// Returns a list that is not in a separate element.
    fn repeated(&mut self, field: &XmlField, list: &str, all: &[XmlField], element: &Element) -> Option<Value> {
        let mut found: Vec<&Element> = element.children(field.name).collect();
        let has_name = !found.is_empty();
        if !(has_name || is_of_other(list, field, all)) {
            found = element.children(list).collect();
        }
        // A single empty element is an empty list, unless it may be an item: an empty text, or an element with the name of an item only.
        let has_one_name = unprefixed(list) == unprefixed(field.name);
        let is_object = matches!(field.node, XmlNode::Object(..));
        let is_empty = |one: &Element| one.is_blank() && (!has_name || has_one_name && is_object);
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
            self.check_names(field, &found);
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

    /// Reports documented lists whose items have another name than documented, which `items` accepts.
    fn check_names(&mut self, item: &XmlField, lists: &[&Element]) {
        let has_other = |list: &&Element| !list.children.is_empty() && list.children(item.name).next().is_none();
        if lists.iter().any(has_other) {
            self.deviate("items with the documented name", "items with another name");
        }
    }

    /// Returns the items in elements.
    fn lists(&mut self, item: &XmlField, lists: &[&Element]) -> Value {
        let items: Vec<&Element> = lists.iter().flat_map(|list| self.items(item, list)).collect();
        self.contents(item.node, &items)
    }

    /// Returns the items in an element: those of the documented name, or all if none has it.
    fn items<'e>(&mut self, item: &XmlField, element: &'e Element) -> Vec<&'e Element> {
        let named: Vec<&Element> = element.children(item.name).collect();
        if named.is_empty() {
            return element.children.iter().collect();
        }
        if self.reports && named.len() < element.children.len() {
            let rule = DeviationRule::UndocumentedProperty;
            self.record(rule, "items of one name", "other elements");
        }
        named
    }

    fn contents(&mut self, node: &XmlNode, items: &[&Element]) -> Value {
        let mut values = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let mark = self.report.mark();
            values.push(self.content(node, item));
            self.report.enclose(mark, &PathStep::Index(index));
        }
        Value::Array(values)
    }
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
    element.children(item.name).next().is_none() && is_value(item.node, element)
}

/// Returns whether an element is certainly a value of a node: it has text, or documented properties.
fn is_value(node: &XmlNode, element: &Element) -> bool {
    match node {
        XmlNode::Text | XmlNode::Json => element.children.is_empty() && !element.text.trim().is_empty(),
        XmlNode::Object(fields, _) => has_any(fields, element),
        XmlNode::List(_) | XmlNode::Map(_) | XmlNode::Any | XmlNode::Union(..) => false,
    }
}

/// Returns whether the value of a field is read from the attribute of this name.
fn is_attribute(field: &XmlField, all: &[XmlField], name: &str, element: &Element) -> bool {
    match field.form {
        XmlForm::Attribute => unprefixed(field.name) == unprefixed(name),
        XmlForm::Element => unprefixed(field.name) == name && attribute_instead(field, all, element).is_some(),
        XmlForm::Repeated { .. } | XmlForm::Wrapped { .. } | XmlForm::Content => false,
    }
}

/// Returns the attribute that some servers send instead of the element of a field.
fn attribute_instead<'e>(field: &XmlField, all: &[XmlField], element: &'e Element) -> Option<&'e str> {
    let is_text = matches!(field.node, XmlNode::Text | XmlNode::Json);
    let has_element = element.children(field.name).next().is_some();
    let value = element.undocumented_attribute(field.name)?;
    (is_text && !has_element && !is_shared(field, all)).then_some(value)
}

/// Returns whether the value of a field is read from elements of this name.
fn is_named(field: &XmlField, name: &str) -> bool {
    let is_list = |list: &str| unprefixed(list) == name;
    match field.form {
        XmlForm::Element => unprefixed(field.name) == name,
        XmlForm::Repeated { list } => unprefixed(field.name) == name || is_list(list),
        XmlForm::Wrapped { name: list, .. } => is_list(list),
        XmlForm::Attribute | XmlForm::Content => false,
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
