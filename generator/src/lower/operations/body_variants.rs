//! Operations whose request body has several formats: each format becomes a separate operation.
//!
//! The first format keeps the operation's name. The others add their media type to it, such as `create_pet_with_form`.

use std::collections::BTreeSet;

use crate::ir::{BodyFormat, BodyKind, BodyVariant, Operation};
use crate::lower::conventions::media_types;
use crate::wire::{MediaKind, MediaType};

/// Leaves an operation with the first format of its body, and returns one operation for each other format.
pub(in crate::lower) fn split_off(operation: &mut Operation) -> Vec<Operation> {
    let Some(body) = operation.body.as_mut().filter(|body| body.formats.len() > 1) else {
        return Vec::new();
    };
    let others = body.formats.split_off(1);
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut variants = Vec::with_capacity(others.len());
    for format in others {
        let mut variant = operation.clone();
        variant.variant = Some(BodyVariant {
            words: unique_words(&format, &mut taken),
            media_type: format.media_type.clone(),
        });
        if let Some(body) = &mut variant.body {
            body.formats = vec![format];
        }
        variants.push(variant);
    }
    variants
}

fn unique_words(format: &BodyFormat, taken: &mut BTreeSet<String>) -> String {
    let name = format.range.as_ref().unwrap_or(&format.media_type);
    let short = words(format, name);
    let long = || {
        let letters = name.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' });
        letters.collect::<String>()
    };
    let candidates = std::iter::once(short.clone()).chain([long()]);
    let numbered = (2..).map(|number| format!("{short} {number}"));
    let free = candidates.chain(numbered).find(|words| !taken.contains(words));
    let words = free.unwrap_or(short);
    taken.insert(words.clone());
    words
}

/// Returns the words for a format in the names of methods.
fn words(format: &BodyFormat, name: &MediaType) -> String {
    match (&format.kind, name.kind()) {
        (BodyKind::Form(_), _) => "form".to_owned(),
        (BodyKind::Multipart(_), _) => "multipart".to_owned(),
        (BodyKind::Binary, MediaKind::Binary) if format.also.is_empty() => media_types::words(name),
        (BodyKind::Binary, MediaKind::Binary) => "bytes".to_owned(),
        (BodyKind::Json(_) | BodyKind::Lines(_) | BodyKind::Text | BodyKind::Binary, _) => media_types::words(name),
    }
}
