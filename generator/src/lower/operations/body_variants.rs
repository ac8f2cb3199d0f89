//! Operations whose request body has several forms: each form becomes a separate operation.
//!
//! The first form keeps the operation's name. The others add their media type to it, such as `create_pet_with_form`.

use std::collections::BTreeSet;

use crate::ir::{BodyForm, BodyKind, BodyVariant, Operation};
use crate::lower::conventions::media_types;
use crate::wire::{MediaKind, MediaType};

/// Returns one operation for each form of the body.
pub(in crate::lower) fn split(mut operation: Operation) -> Vec<Operation> {
    let Some(body) = operation.body.as_mut().filter(|body| body.forms.len() > 1) else {
        return vec![operation];
    };
    let others = body.forms.split_off(1);
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut variants = Vec::with_capacity(others.len());
    for form in others {
        let mut variant = operation.clone();
        variant.variant = Some(BodyVariant {
            words: unique_words(&form, &mut taken),
            media_type: form.media_type.clone(),
        });
        if let Some(body) = &mut variant.body {
            body.forms = vec![form];
        }
        variants.push(variant);
    }
    variants.insert(0, operation);
    variants
}

fn unique_words(form: &BodyForm, taken: &mut BTreeSet<String>) -> String {
    let name = form.range.as_ref().unwrap_or(&form.media_type);
    let short = words(form, name);
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

/// Returns the words for a form in the names of methods.
fn words(form: &BodyForm, name: &MediaType) -> String {
    match (&form.kind, name.kind()) {
        (BodyKind::Form(_), _) => "form".to_owned(),
        (BodyKind::Multipart(_), _) => "multipart".to_owned(),
        (BodyKind::Binary, MediaKind::Binary) if form.also.is_empty() => media_types::words(name),
        (BodyKind::Binary, MediaKind::Binary) => "bytes".to_owned(),
        (BodyKind::Json(_) | BodyKind::Lines(_) | BodyKind::Text | BodyKind::Binary, _) => media_types::words(name),
    }
}
