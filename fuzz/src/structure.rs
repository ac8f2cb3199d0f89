//! Mutations of documents: subtrees are dropped, duplicated, moved to another place, or replaced by a scalar or a reference.

use serde_json::{Map, Value, json};

/// Decisions, read from bytes. When the bytes are used up, all decisions are 0.
struct Decisions<'d>(&'d [u8]);

impl Decisions<'_> {
    /// Returns a number below `limit`.
    fn below(&mut self, limit: usize) -> usize {
        let (bytes, rest) = self.0.split_at(self.0.len().min(2));
        self.0 = rest;
        let number = bytes.iter().fold(0, |number, byte| number * 256 + usize::from(*byte));
        number % limit.max(1)
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Returns a document in which the bytes have changed some subtrees.
pub fn mutate(cases: &[Value], data: &[u8]) -> Value {
    let mut decisions = Decisions(data);
    let mut document = cases.get(decisions.below(cases.len())).cloned().unwrap_or(Value::Null);
    let other = cases.get(decisions.below(cases.len())).cloned().unwrap_or(Value::Null);
    for _ in 0..16 {
        if decisions.is_empty() {
            break;
        }
        step(&mut document, &other, &mut decisions);
    }
    document
}

fn step(document: &mut Value, other: &Value, decisions: &mut Decisions<'_>) {
    let pointers = pointers(document);
    let from = &pointers[decisions.below(pointers.len())];
    let at = &pointers[decisions.below(pointers.len())];
    let subtree = document.pointer(from).cloned().unwrap_or(Value::Null);
    let replacement = match decisions.below(9) {
        0 => return remove(document, at),
        1 | 2 => subtree,
        3 => {
            let pointers = self::pointers(other);
            let pointer = &pointers[decisions.below(pointers.len())];
            other.pointer(pointer).cloned().unwrap_or(Value::Null)
        }
        4 | 5 => json!({ "$ref": format!("#{from}") }),
        6 => scalar(decisions),
        7 => Value::Array(vec![subtree; 1 + decisions.below(3)]),
        _ => return rename(document, at, decisions),
    };
    // Splicing can double a document, so large ones only shrink.
    if pointers.len() < 5_000
        && let Some(target) = document.pointer_mut(at)
    {
        *target = replacement;
    }
}

fn scalar(decisions: &mut Decisions<'_>) -> Value {
    let choices = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1e300),
        json!(u64::MAX),
        json!(""),
        json!("\u{202e}\r\u{0}"),
        json!("{id}"),
        json!("a/b?c=d#e"),
        json!("type"),
        json!("x".repeat(300)),
        json!("é".repeat(40)),
        json!([]),
        json!({}),
    ];
    choices[decisions.below(choices.len())].clone()
}

fn remove(document: &mut Value, at: &str) {
    let Some((parent, key)) = at.rsplit_once('/') else { return };
    match document.pointer_mut(parent) {
        Some(Value::Object(entries)) => {
            entries.remove(&unescape(key));
        }
        Some(Value::Array(items)) => {
            if let Some(index) = key.parse().ok().filter(|index| *index < items.len()) {
                items.remove(index);
            }
        }
        Some(_) | None => {}
    }
}

/// Changes the key of an entry to that of another one, or to an unusual key.
fn rename(document: &mut Value, at: &str, decisions: &mut Decisions<'_>) {
    const KEYS: [&str; 12] = [
        "allOf", "oneOf", "anyOf", "items", "properties", "additionalProperties", "discriminator", "enum", "const", "not", "", "Self",
    ];
    let Some((parent, key)) = at.rsplit_once('/') else { return };
    if let Some(Value::Object(entries)) = document.pointer_mut(parent)
        && let Some(value) = entries.remove(&unescape(key))
    {
        entries.insert(KEYS[decisions.below(KEYS.len())].to_owned(), value);
    }
}

/// Returns the JSON pointers of all values.
fn pointers(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), document)];
    while let Some((pointer, value)) = open.pop() {
        let child = |key: &str| format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
        match value {
            Value::Object(entries) => open.extend(below(entries, child)),
            Value::Array(items) => {
                let items = items.iter().enumerate();
                open.extend(items.map(|(index, item)| (child(&index.to_string()), item)));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
        found.push(pointer);
    }
    found
}

fn below<'v>(entries: &'v Map<String, Value>, child: impl Fn(&str) -> String) -> Vec<(String, &'v Value)> {
    entries.iter().map(|(key, value)| (child(key), value)).collect()
}

fn unescape(key: &str) -> String {
    key.replace("~1", "/").replace("~0", "~")
}
