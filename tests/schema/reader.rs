//! Reads instances of schemas into the types of an SDK, and writes them again.
//!
//! usage: reader INSTANCES RESULTS [MUTATIONS]
//!
//! For each line of INSTANCES, RESULTS has a line: `{"same": …}` with the written value, or `{"error": …}`. The program reads and writes
//! with all codecs of the SDK, which must agree. With a number of MUTATIONS, so many mutations of each valid instance are read
//! as responses (`mutations.rs`). Their counts are the last line of standard output, and losses are in `RESULTS.lost`.

// The limit.
#![allow(dead_code, unused_imports)]

mod models;
mod mutations;
mod runtime;

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};

use serde_json::{Value, json};

use runtime::codec::{self, Wire};

/// The result of an instance.
type Trip = fn(&Value) -> Result<Value, String>;

/// Reads mutations of an instance.
type Mutate = fn(&Value, usize, &mut mutations::Random, &mut mutations::Tally);

/// The pointers of schemas, with the functions that read and write their types, and those for mutations of types that are received.
/// `run.sh` adds them.
const TRIPS: &[(&str, Trip, Option<Mutate>)] = &[
    // The schemas.
];

/// Reads a value and writes it again.
fn trip<T: Wire>(instance: &Value) -> Result<Value, String> {
    let bytes = instance.to_string().into_bytes();
    let mut text = serde_json::Deserializer::from_slice(&bytes);
    let read = [
        codec::from_slice::<T>(&bytes).map_err(|fault| fault.to_string()),
        codec::from_value::<T>(instance).map_err(|fault| fault.to_string()),
        codec::deserialize::<T, _>(instance).map_err(|error| error.to_string()),
        codec::deserialize::<T, _>(&mut text).map_err(|error| error.to_string()),
    ];
    let failed = read.iter().filter(|read| read.is_err()).count();
    let [first, others @ ..] = read;
    if failed == others.len() + 1 {
        first.as_ref().map_err(String::clone)?;
    }
    let only = |error| format!("not read in {failed} of 4 ways: {error}");
    let first = codec::to_vec(&first.map_err(only)?);
    let written: Value = serde_json::from_slice(&first).map_err(|error| format!("what is written is no JSON: {error}"))?;
    for other in others {
        let other = other.map_err(only)?;
        if codec::to_vec(&other) != first {
            return Err("two ways to read differ".to_owned());
        }
        let by_serde = codec::serialize(&other, serde_json::value::Serializer).map_err(|error| error.to_string())?;
        if !alike(&by_serde, &written) {
            return Err("two ways to write differ".to_owned());
        }
    }
    Ok(written)
}

/// Returns whether two trees are equal. In a tree, a 32-bit number is the nearest 64-bit number; in text, it is the shortest one.
fn alike(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| alike(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let in_other = |(key, one)| other.get(key).is_some_and(|other| alike(one, other));
            one.len() == other.len() && one.iter().all(in_other)
        }
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64().map(|one| one as f32) == other.as_f64().map(|other| other as f32)
        }
        _ => one == other,
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(instances), Some(results)) = (arguments.next(), arguments.next()) else {
        return Err("usage: reader INSTANCES RESULTS [MUTATIONS]".into());
    };
    let count = match arguments.next() {
        Some(count) => count.to_string_lossy().parse()?,
        None => 0,
    };
    let (mut random, mut tally) = (mutations::Random(0x9e37_79b9_7f4a_7c15), mutations::Tally::default());
    let mut lost = results.clone();
    lost.push(".lost");
    let mut out = BufWriter::new(File::create(results)?);
    for line in BufReader::new(File::open(instances)?).lines() {
        let line: Value = serde_json::from_str(&line?)?;
        let found = TRIPS.iter().find(|(pointer, ..)| line["pointer"] == *pointer);
        if let Some((pointer, _, Some(mutate))) = found
            && line["kind"] == "valid"
        {
            let before = tally.lost.len();
            mutate(&line["value"], count, &mut random, &mut tally);
            tally.lost[before..].iter_mut().for_each(|lost| lost["pointer"] = json!(pointer));
        }
        let result = match found {
            Some((_, trip, _)) => trip(&line["value"]),
            None => Err("the schema has no type".to_owned()),
        };
        let result = match result {
            Ok(same) => json!({ "same": same }),
            Err(error) => json!({ "error": error }),
        };
        writeln!(out, "{result}")?;
    }
    if count > 0 {
        let mut file = BufWriter::new(File::create(lost)?);
        for value in &tally.lost {
            writeln!(file, "{value}")?;
        }
        file.flush()?;
        let mutations::Tally { total, read, refused, panics, lost } = tally;
        println!("{total} mutations: {read} read, {refused} refused, {panics} panics, {} lost", lost.len());
    }
    Ok(out.flush()?)
}
