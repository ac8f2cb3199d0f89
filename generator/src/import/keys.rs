//! A configuration file whose keys are taken one by one, so that the rest is what could not be carried over.

use std::collections::BTreeSet;

use serde_yaml::Value;

/// The values of a file.
#[derive(Debug)]
pub(super) struct Keys {
    root: Value,
    /// The paths of values that were taken, and of everything around them.
    touched: BTreeSet<Vec<String>>,
}

impl Keys {
    pub(super) fn new(root: Value) -> Self {
        Self {
            root,
            touched: BTreeSet::new(),
        }
    }

    /// Returns the value at a path.
    pub(super) fn get(&self, path: &[&str]) -> Option<&Value> {
        path.iter().try_fold(&self.root, |value, key| child(value, key))
    }

    /// Returns the keys of the mapping at a path.
    pub(super) fn names(&self, path: &[&str]) -> Vec<String> {
        let mapping = self.get(path).and_then(Value::as_mapping);
        let names = mapping.into_iter().flat_map(serde_yaml::Mapping::keys);
        names.filter_map(scalar).collect()
    }

    /// Returns the value at a path, which counts as carried over. Null counts as missing.
    pub(super) fn take(&mut self, path: &[&str]) -> Option<Value> {
        let value = self.get(path)?.clone();
        for length in 1..=path.len() {
            self.touched
                .insert(path[..length].iter().map(|key| (*key).to_owned()).collect());
        }
        // What is below a value that is taken as a whole is carried over too.
        self.touch_below(path, &value);
        Some(value).filter(|value| !value.is_null())
    }

    /// Returns the text of the scalar at a path. Empty text counts as missing.
    pub(super) fn text(&mut self, path: &[&str]) -> Option<String> {
        scalar(self.get(path)?)?;
        let text = self.take(path).as_ref().and_then(scalar)?;
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// Returns the text of the first path that has one.
    pub(super) fn first_text(&mut self, paths: &[&[&str]]) -> Option<String> {
        let texts: Vec<Option<String>> = paths.iter().map(|path| self.text(path)).collect();
        texts.into_iter().flatten().next()
    }

    /// Returns the pairs of names of the mapping at a path.
    pub(super) fn pairs(&mut self, path: &[&str]) -> Vec<(String, String)> {
        let Some(Value::Mapping(mapping)) = self.take(path) else {
            return Vec::new();
        };
        let pairs = mapping.iter();
        pairs
            .filter_map(|(key, value)| Some((scalar(key)?, scalar(value)?)))
            .collect()
    }

    /// Marks a value as one that needs no equivalent.
    pub(super) fn skip(&mut self, path: &[&str]) {
        let _ = self.take(path);
    }

    fn touch_below(&mut self, path: &[&str], value: &Value) {
        for (key, value) in children(value) {
            let path = [path, &[key.as_str()]].concat();
            self.touched.insert(path.iter().map(|key| (*key).to_owned()).collect());
            self.touch_below(&path, value);
        }
    }

    /// Returns the paths of the values that were not taken.
    pub(super) fn rest(&self) -> Vec<String> {
        let mut rest = Vec::new();
        self.add_rest(&mut Vec::new(), &self.root, &mut rest);
        rest
    }

    fn add_rest(&self, path: &mut Vec<String>, value: &Value, rest: &mut Vec<String>) {
        for (key, value) in children(value) {
            path.push(key);
            if self.touched.contains(path) {
                self.add_rest(path, value, rest);
            } else if !is_empty(value) {
                rest.push(path.join("."));
            }
            path.pop();
        }
    }
}

/// Returns the values of a mapping by their keys, or those of a list by their index.
fn children(value: &Value) -> Vec<(String, &Value)> {
    match value {
        Value::Mapping(mapping) => mapping
            .iter()
            .filter_map(|(key, value)| Some((scalar(key)?, value)))
            .collect(),
        Value::Sequence(items) => (0..).map(|index: usize| index.to_string()).zip(items).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Tagged(_) => Vec::new(),
    }
}

/// Returns the value of a key of a mapping, or at an index of a list.
fn child<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    match value {
        Value::Sequence(items) => items.get(key.parse::<usize>().ok()?),
        _ => value.get(key),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Mapping(mapping) => mapping.is_empty(),
        Value::Sequence(items) => items.is_empty(),
        Value::String(text) => text.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::Tagged(_) => false,
    }
}

/// Returns the text of a scalar.
pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Sequence(_) | Value::Mapping(_) | Value::Tagged(_) => None,
    }
}
