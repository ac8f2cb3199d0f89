//! Names of union variants.

use crate::ir::{Field, Shape, Struct, TypeBody, TypeRef, Types, Union};
use crate::json::Json;
use crate::plan::names::Words;

/// Returns the candidates for the name of each variant, the best first. The name of the union and words with which all
/// variants begin are left out.
pub fn candidates(types: &Types, union: &Union, union_name: &Words) -> Vec<Vec<Words>> {
    let names = union.variants.iter().enumerate().map(|(index, variant)| {
        let words = Words::of(&variant.name);
        let better = is_numbered(&words).then(|| distinguishing_words(types, union, index));
        better.flatten().unwrap_or(words)
    });
    let names: Vec<Words> = names.collect();
    let prefix = Words::common_prefix(&names).filter(|_| names.len() > 1);
    let short = |name: &Words| {
        let shared = prefix.as_ref().and_then(|prefix| name.without_prefix(prefix));
        let own = shared.or_else(|| name.without_prefix(union_name));
        let own = own.unwrap_or_else(|| name.clone());
        let own = own.without_suffix(union_name).unwrap_or(own);
        let is_word = own.snake().starts_with(|c: char| c.is_ascii_alphabetic());
        if is_word { own } else { name.clone() }
    };
    names.iter().map(|name| vec![short(name), name.clone()]).collect()
}

/// Returns whether a name is only a number after a generic word, such as `option 2`.
pub fn is_numbered(name: &Words) -> bool {
    let spaced = name.spaced();
    let number = ["option ", "variant ", "value ", "member "]
        .iter()
        .find_map(|word| spaced.strip_prefix(word));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Returns words that distinguish a variant from the others: its discriminator value, otherwise the value of a
/// constant, otherwise a property that only it has.
pub fn distinguishing_words(types: &Types, union: &Union, index: usize) -> Option<Words> {
    let variant = union.variants.get(index)?;
    if let Some(tag) = variant.tags.first().filter(|tag| is_word(tag)) {
        return Some(Words::of(tag));
    }
    let own = as_struct(types, &variant.ty)?;
    let others = union.variants.iter().enumerate().filter(|(other, _)| *other != index);
    let others: Vec<&Struct> = others.filter_map(|(_, other)| as_struct(types, &other.ty)).collect();
    let constant = own.fields.iter().find_map(|field| {
        let value = constant(types, field).filter(|value| is_word(value))?;
        let repeated = others.iter().any(|other| {
            let same = other.fields.iter().find(|known| known.wire == field.wire);
            same.and_then(|known| constant(types, known)) == Some(value)
        });
        (!repeated).then_some(value)
    });
    if let Some(value) = constant {
        return Some(Words::of(value));
    }
    let is_own = |field: &&Field| {
        others
            .iter()
            .all(|other| other.fields.iter().all(|known| known.wire != field.wire))
    };
    let required = own.fields.iter().filter(|field| field.required).find(is_own);
    let field = required.or_else(|| own.fields.iter().find(is_own))?;
    is_word(&field.wire).then(|| Words::of(&field.wire))
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic())
}

fn as_struct<'t>(types: &'t Types, ty: &'t TypeRef) -> Option<&'t Struct> {
    let Shape::Named(id) = types.resolve(&ty.shape) else {
        return None;
    };
    match &types[*id].body {
        TypeBody::Struct(body) => Some(body),
        TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => None,
    }
}

/// Returns the only string that a field can have.
fn constant<'t>(types: &'t Types, field: &'t Field) -> Option<&'t str> {
    if let Some(Json::String(value)) = &field.constant {
        return Some(value);
    }
    let Shape::Named(id) = types.resolve(&field.ty.shape) else {
        return None;
    };
    match &types[*id].body {
        TypeBody::Enum(values) => match values.values.as_slice() {
            [only] => Some(&only.wire),
            _ => None,
        },
        TypeBody::Struct(_) | TypeBody::Union(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => None,
    }
}
