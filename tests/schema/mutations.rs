//! Mutations of valid instances: a response may break its document in any way, but no value may be lost in silence.
//!
//! A mutated instance is read as a response. If it is read, every value in it that is not written again must be covered by a deviation.
//! In a list of a valid, a mutated and a valid instance, the valid ones must be kept, and the mutated one read or reported as skipped.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::{Value, json};

use crate::runtime::codec::{self, DeviationRule, ReadMode, Wire};

/// The counts of all mutations.
#[derive(Default)]
pub struct Tally {
    /// The number of mutated instances, those that were read, and those with an error.
    pub total: usize,
    pub read: usize,
    pub refused: usize,
    /// The number of panics.
    pub panics: usize,
    /// Values that were lost in silence, and lists that lost a valid item, each with the instance.
    pub lost: Vec<Value>,
}

/// A small generator of random numbers (xorshift), because runs must be reproducible.
pub struct Random(pub u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit.max(1)
    }
}

/// Reads `count` mutations of an instance.
pub fn check<T: Wire>(instance: &Value, count: usize, random: &mut Random, tally: &mut Tally) {
    for _ in 0..count {
        let mut mutated = instance.clone();
        for _ in 0..=random.below(2) {
            mutate(&mut mutated, random);
        }
        tally.total += 1;
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            (single::<T>(&mutated), list::<T>(instance, &mutated))
        }));
        match outcome {
            Ok((single, list)) => {
                match single {
                    Some(lost) => {
                        tally.read += 1;
                        tally
                            .lost
                            .extend(lost.map(|path| json!({ "lost": path, "value": mutated })));
                    }
                    None => tally.refused += 1,
                }
                tally
                    .lost
                    .extend(list.map(|what| json!({ "list": what, "value": mutated })));
            }
            Err(_) => {
                tally.panics += 1;
                tally.lost.push(json!({ "panic": true, "value": mutated }));
            }
        }
    }
}

/// Writes a value as a JSON tree.
fn tree(value: &impl Wire) -> Value {
    serde_json::from_slice(&codec::to_vec(value)).unwrap_or_default()
}

/// Reads a mutated instance. Returns the first value that was lost in silence, or `None` if the instance was refused.
fn single<T: Wire>(mutated: &Value) -> Option<Option<String>> {
    let text = mutated.to_string();
    let (value, report) = codec::read_response::<T>(text.as_bytes(), ReadMode::Reporting, false).ok()?;
    // The default mode reads the same values. It reports less, but never nothing where a value changed its form.
    let by_default = codec::read_response::<T>(text.as_bytes(), ReadMode::Tolerant, false)
        .ok()?
        .0;
    let written = tree(&value);
    if tree(&by_default) != written {
        return Some(Some("the modes differ".to_owned()));
    }
    let mut expected = BTreeMap::new();
    let covered: Vec<String> = report.deviations.iter().map(|one| one.affected_path()).collect();
    let left_out = report
        .deviations
        .iter()
        .filter(|one| one.rule() == DeviationRule::ItemSkipped);
    let left_out: Vec<String> = left_out.map(|one| one.affected_path()).collect();
    leaves(mutated, "$".to_owned(), &mut expected);
    let mut kept = BTreeMap::new();
    leaves(&with_gaps(written, "$", &left_out), "$".to_owned(), &mut kept);
    let is_covered = |path: &str| {
        covered.iter().any(|by| {
            path.strip_prefix(by.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        })
    };
    let lost = expected
        .into_iter()
        .find(|(path, value)| !kept.get(path).is_some_and(|kept| alike(kept, value)) && !is_covered(path));
    Some(lost.map(|(path, _)| path))
}

/// Reads a list of a valid, a mutated and a valid instance. Returns what is wrong.
fn list<T: Wire>(valid: &Value, mutated: &Value) -> Option<&'static str> {
    let text = json!([valid, mutated, valid]).to_string();
    match codec::read_response::<Vec<T>>(text.as_bytes(), ReadMode::Tolerant, true) {
        Ok((items, report)) if items.len() + report.skipped.len() == 3 && items.len() >= 2 => None,
        Ok(_) => Some("an item is missing"),
        Err(_) => Some("the list was refused"),
    }
}

fn alike(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        // Base64 is written in one alphabet, with padding, and times keep their text without spaces around it.
        (Value::String(one), Value::String(other)) => plain(one) == plain(other),
        _ => one == other,
    }
}

fn plain(text: &str) -> String {
    text.trim().trim_end_matches('=').replace('-', "+").replace('_', "/")
}

/// Returns the written value with null for the items that were left out, so that the other items have their former positions.
fn with_gaps(value: Value, path: &str, left_out: &[String]) -> Value {
    match value {
        Value::Array(items) => {
            let (mut filled, mut items) = (Vec::new(), items.into_iter());
            loop {
                let path = format!("{path}[{}]", filled.len());
                match left_out.contains(&path) {
                    true => filled.push(Value::Null),
                    false => match items.next() {
                        Some(item) => filled.push(with_gaps(item, &path, left_out)),
                        None => return Value::Array(filled),
                    },
                }
            }
        }
        Value::Object(entries) => {
            let fill = |(key, value): (String, Value)| {
                let value = with_gaps(value, &format!("{path}{}", step(&key)), left_out);
                (key, value)
            };
            entries.into_iter().map(fill).collect()
        }
        value => value,
    }
}

/// Returns the step of a path to the value of a key.
fn step(key: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '@');
    match !key.is_empty() && key.chars().all(is_plain) {
        true => format!(".{key}"),
        false => format!("[{key:?}]"),
    }
}

/// Collects all scalars except null, which means the same as an absent property.
fn leaves(value: &Value, path: String, found: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(entries) if !entries.is_empty() => {
            for (key, value) in entries {
                leaves(value, format!("{path}{}", step(key)), found);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (index, value) in items.iter().enumerate() {
                leaves(value, format!("{path}[{index}]"), found);
            }
        }
        // An empty container has nothing to lose.
        Value::Null | Value::Object(_) | Value::Array(_) => {}
        value => {
            found.insert(path, value.clone());
        }
    }
}

/// Changes a random place of a value.
fn mutate(value: &mut Value, random: &mut Random) {
    match value {
        Value::Object(entries) if !entries.is_empty() && random.below(4) > 0 => {
            let at = random.below(entries.len());
            if let Some(value) = entries.values_mut().nth(at)
                && random.below(3) > 0
            {
                return mutate(value, random);
            }
            let key = entries.keys().nth(at).cloned().unwrap_or_default();
            match random.below(3) {
                0 => drop(entries.remove(&key)),
                1 => drop(entries.insert("x-unlisted".to_owned(), json!({ "a": 1 }))),
                _ => drop(entries.insert(key, Value::Null)),
            }
        }
        Value::Array(items) if !items.is_empty() && random.below(4) > 0 => {
            let at = random.below(items.len());
            match random.below(3) {
                0 => items.insert(at, another(random)),
                1 => drop(items.remove(at)),
                _ => mutate(&mut items[at], random),
            }
        }
        value => *value = other_form(value, random),
    }
}

/// Returns the same value in another form, or a value of another kind.
fn other_form(value: &Value, random: &mut Random) -> Value {
    if random.below(3) == 0 {
        return another(random);
    }
    match value {
        Value::Number(number) => json!(number.to_string()),
        Value::Bool(value) => [json!(value.to_string()), json!(u8::from(*value))][random.below(2)].clone(),
        Value::String(text) => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => json!(number),
            Ok(_) | Err(_) => json!(""),
        },
        Value::Object(_) => json!([]),
        Value::Array(_) | Value::Null => json!({}),
    }
}

fn another(random: &mut Random) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!(7),
        json!(-1.5),
        json!(u64::MAX),
        json!("text"),
        json!(""),
        json!([]),
        json!({}),
        json!([1, "a"]),
        json!({ "x": 1 }),
    ];
    values[random.below(values.len())].clone()
}
