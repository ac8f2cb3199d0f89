//! Fuzz targets. Each takes bytes and must neither panic nor take long.

// Models refer to the runtime by `crate::runtime`, as in their SDKs.
#[path = "../../generated/kitchen-sink/src/models/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the targets do not use every model")]
mod kitchen_sink;
#[path = "../../generated/pieces-activity/src/models/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the targets do not use every model")]
mod pieces;
#[allow(dead_code, reason = "the targets do not send requests")]
mod runtime;
mod structure;

use std::sync::LazyLock;

use sdkwright::{Generator, Input};
use serde_json::Value;

/// The cases of the repository, which structural mutations start from.
static CASES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/cases");
    let mut files = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(root)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "yaml") {
                files.push(path);
            }
        }
    }
    files.sort();
    let texts = files.iter().filter_map(|path| std::fs::read_to_string(path).ok());
    texts.filter_map(|text| serde_yaml::from_str(&text).ok()).collect()
});

/// Returns the number of cases.
pub fn cases() -> usize {
    CASES.len()
}

/// Generates an SDK from arbitrary text.
pub fn document_bytes(data: &[u8]) {
    generate(String::from_utf8_lossy(data).into_owned());
}

/// Generates an SDK from a case whose structure the bytes change.
pub fn document_structure(data: &[u8]) {
    generate(structured(data));
}

/// Reads bytes as models. The first byte selects the model.
pub fn codec(data: &[u8]) {
    const READERS: [fn(&[u8]); 12] = [
        runtime::read_as::<kitchen_sink::Animal>,
        runtime::read_as::<kitchen_sink::Completion>,
        runtime::read_as::<kitchen_sink::Problem>,
        runtime::read_as::<kitchen_sink::Settings>,
        runtime::read_as::<kitchen_sink::Shape>,
        runtime::read_as::<kitchen_sink::Thing>,
        runtime::read_as::<kitchen_sink::ThingPatch>,
        runtime::read_as::<kitchen_sink::Tree>,
        runtime::read_as::<kitchen_sink::Value>,
        runtime::read_as::<Vec<kitchen_sink::Thing>>,
        runtime::read_as::<pieces::Activity>,
        runtime::read_as::<pieces::SeededActivity>,
    ];
    if let Some((first, body)) = data.split_first() {
        READERS[usize::from(*first) % READERS.len()](body);
    }
}

/// Splits bytes into the items of a stream.
pub fn events(data: &[u8]) {
    runtime::events(data);
}

/// Parses bytes as the headers `Retry-After` and `retry-after-ms`.
pub fn retry_after(data: &[u8]) {
    runtime::retry_after(data);
}

/// Returns the document that [`document_structure`] uses.
pub fn structured(data: &[u8]) -> String {
    structure::mutate(&CASES, data).to_string()
}

fn generate(text: String) {
    // An invalid document is an error, which is not a finding. An internal error is one, such as a file that is not valid Rust.
    if let Err(error) = Generator::new(Input::from_text("fuzz.yaml", text)).name("fuzz").render() {
        let internal = error.messages().iter().find(|message| message.contains("[E0901]"));
        assert_eq!(internal, None);
    }
}
