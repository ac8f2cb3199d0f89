//! The structure by which the variant of a value is recognized, if the discriminator does not decide.
//!
//! In: the finished types. Out: the evidence of a variant: the JSON types that it accepts, the properties with fixed values,
//! the keys of its structs, and the discriminator value that is added when it is serialized.

use indexmap::IndexSet;
use rustc_hash::FxHashSet;

use crate::ir::{Enum, Evidence, NestedKey, Shape, Strategy, Struct, TypeBody, TypeRef, Types, Union, Variant};
use crate::json::{Json, JsonKind};
use crate::lower::schemas::unions::shared_values;
use crate::wire::EnumBase;

/// Returns the evidence of all variants of a union.
pub(in crate::lower) fn of_union(types: &Types, union: &Union) -> Vec<Evidence> {
    let variants = shared_values::of(union).into_iter().enumerate();
    variants
        .map(|(index, shares_tag)| of_variant(types, union, index, shares_tag))
        .collect()
}

/// Returns the evidence of the variant at an index. `shares_tag` states whether it shares a discriminator value.
fn of_variant(types: &Types, union: &Union, index: usize, shares_tag: bool) -> Evidence {
    let variant = &union.variants[index];
    let keyed =
        matches!(types.resolve(&variant.ty.shape), Shape::Named(id) if matches!(types[*id].body, TypeBody::Struct(_)));
    let by_structure = match &union.strategy {
        Strategy::Discriminator { .. } => shares_tag,
        Strategy::Structure | Strategy::EventName { .. } => true,
    };
    Evidence {
        kinds: kinds(types, &variant.ty),
        keyed,
        nested: (by_structure && !keyed)
            .then(|| nested_keys(types, &variant.ty))
            .flatten(),
        constants: constants_of_variant(types, union, index, by_structure),
        written_tag: written_tag(types, &union.strategy, index, variant, keyed),
    }
}

/// Returns the properties with fixed values. If no other variant has its discriminator values, these properties decide
/// only for a value without the discriminator, so only those with one value are returned.
fn constants_of_variant(types: &Types, union: &Union, index: usize, by_structure: bool) -> Vec<(String, Vec<String>)> {
    let ty = &union.variants[index].ty;
    let property = match &union.strategy {
        Strategy::Discriminator { property, .. } if !by_structure => property,
        Strategy::Discriminator { .. } | Strategy::Structure | Strategy::EventName { .. } => {
            return texts(constants(types, ty, is_last(types, union, index)));
        }
    };
    let mut found = constants(types, ty, false);
    found.retain(|constant| constant.name != *property && constant.values.len() == 1);
    texts(found)
}

/// A property with a fixed set of values.
struct Constant {
    name: String,
    values: Vec<String>,
    nullable: bool,
}

/// Returns the names and values of properties, with null as text.
fn texts(constants: Vec<Constant>) -> Vec<(String, Vec<String>)> {
    let texts = constants.into_iter().map(|mut constant| {
        constant.values.extend(constant.nullable.then(|| "null".to_owned()));
        (constant.name, constant.values)
    });
    texts.collect()
}

/// Returns the discriminator value that is added when the variant is serialized.
fn written_tag(types: &Types, strategy: &Strategy, index: usize, variant: &Variant, keyed: bool) -> Option<String> {
    let Strategy::Discriminator { property, default } = strategy else {
        return None;
    };
    let has_property = match types.resolve(&variant.ty.shape) {
        Shape::Named(id) => match &types[*id].body {
            TypeBody::Struct(body) => body.fields.iter().any(|field| field.wire == *property),
            TypeBody::Union(_) => return None,
            TypeBody::Enum(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => false,
        },
        _ => false,
    };
    let first = variant.tags.first()?;
    // A variant for unknown discriminator values must keep the one that was received.
    let keeps_discriminator = has_property && (variant.tags.len() > 1 || *default == Some(index));
    (keyed && !keeps_discriminator).then(|| first.clone())
}

/// Returns the JSON types that a value can have. Unions may contain themselves and each other, so each type is visited once.
fn kinds(types: &Types, ty: &TypeRef) -> Vec<JsonKind> {
    const ALL: [JsonKind; 5] = [
        JsonKind::Bool,
        JsonKind::Number,
        JsonKind::String,
        JsonKind::Array,
        JsonKind::Object,
    ];
    let (mut kinds, mut seen, mut pending) = (Vec::new(), FxHashSet::default(), vec![ty]);
    while let Some(ty) = pending.pop() {
        if ty.nullable {
            kinds.push(JsonKind::Null);
        }
        match types.resolve(&ty.shape) {
            Shape::Any | Shape::Never => kinds.extend(ALL),
            Shape::Null => kinds.push(JsonKind::Null),
            Shape::Bool => kinds.push(JsonKind::Bool),
            Shape::Int(_) => kinds.push(JsonKind::Integer),
            Shape::Foreign(of) if of.is_text() => kinds.push(JsonKind::String),
            Shape::Float | Shape::Foreign(_) => kinds.push(JsonKind::Number),
            Shape::Text(_) | Shape::Base64 | Shape::Binary => kinds.push(JsonKind::String),
            Shape::Object | Shape::Map(_) => kinds.push(JsonKind::Object),
            Shape::List(_) | Shape::Tuple(_) => kinds.push(JsonKind::Array),
            Shape::Named(id) => match &types[*id].body {
                TypeBody::Struct(_) => kinds.push(JsonKind::Object),
                TypeBody::Enum(values) if values.base == EnumBase::Int => kinds.push(JsonKind::Integer),
                TypeBody::Enum(_) => kinds.push(JsonKind::String),
                TypeBody::Union(union) if union.open => kinds.extend(ALL),
                TypeBody::Union(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) if !seen.insert(*id) => {}
                TypeBody::Union(union) => pending.extend(union.variants.iter().map(|variant| &variant.ty)),
                TypeBody::Alias(of) | TypeBody::Newtype(of) => pending.push(of),
            },
        }
    }
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// Returns whether no later variant accepts a JSON type that this one accepts.
fn is_last(types: &Types, union: &Union, index: usize) -> bool {
    let of = |variant: &Variant| kinds(types, &variant.ty);
    let own = union.variants.get(index).map(of).unwrap_or_default();
    let mut later = union.variants.iter().skip(index + 1).flat_map(of);
    !later.any(|kind| kind != JsonKind::Null && own.contains(&kind))
}

/// Returns the properties of a struct that have a fixed set of values, with these values. For an enum these are its
/// values, under an empty name. For a union of structs these are the properties that all structs share.
fn constants(types: &Types, ty: &TypeRef, last: bool) -> Vec<Constant> {
    let Shape::Named(id) = types.resolve(&ty.shape) else {
        return Vec::new();
    };
    match &types[*id].body {
        TypeBody::Struct(body) => struct_constants(types, body),
        // An open enum also accepts unknown values, once all other variants have been tried.
        TypeBody::Enum(values) if values.open && last => Vec::new(),
        TypeBody::Enum(values) => vec![Constant {
            name: String::new(),
            values: wire_values(values),
            nullable: false,
        }],
        TypeBody::Union(_) => {
            let structs = structs(types, ty, false, 0).unwrap_or_default();
            let each = structs.into_iter().map(|body| struct_constants(types, body));
            each.reduce(common_constants).unwrap_or_default()
        }
        TypeBody::Alias(_) | TypeBody::Newtype(_) => Vec::new(),
    }
}

fn struct_constants(types: &Types, body: &Struct) -> Vec<Constant> {
    let fields = body.fields.iter().filter_map(|field| {
        let values = match &field.constant {
            Some(value) => scalar_text(value).map(|text| vec![text]),
            None => listed(types, &field.ty),
        };
        Some(Constant {
            name: field.wire.clone(),
            values: values?,
            nullable: field.ty.nullable,
        })
    });
    fields.collect()
}

/// Returns the properties that both have, with the values of both.
fn common_constants(one: Vec<Constant>, other: Vec<Constant>) -> Vec<Constant> {
    let shared = one.into_iter().filter_map(|mut constant| {
        let more = other.iter().find(|known| known.name == constant.name)?;
        constant.nullable |= more.nullable;
        let is_new = |value: &&String| !constant.values.contains(value);
        let values: Vec<String> = more.values.iter().filter(is_new).cloned().collect();
        constant.values.extend(values);
        Some(constant)
    });
    shared.collect()
}

/// Returns the keys of the structs in a union.
fn nested_keys(types: &Types, ty: &TypeRef) -> Option<Vec<NestedKey>> {
    let structs = structs(types, ty, true, 0).filter(|structs| !structs.is_empty())?;
    let mut names: IndexSet<&str> = IndexSet::new();
    for body in &structs {
        names.extend(body.fields.iter().map(|field| field.wire.as_str()));
    }
    let requires = |body: &Struct, name: &str| body.fields.iter().any(|field| field.wire == name && !field.omittable);
    let key = |name: &str| NestedKey {
        wire: name.to_owned(),
        required: structs.iter().all(|body| requires(body, name)),
    };
    Some(names.into_iter().map(key).collect())
}

/// Returns the structs of a type. `None` if it contains an object that is not a struct. An open union is read without
/// its unknown values if `ignores_unknown` is set; otherwise the result is `None`.
fn structs<'a>(types: &'a Types, ty: &'a TypeRef, ignores_unknown: bool, depth: usize) -> Option<Vec<&'a Struct>> {
    match types.resolve(&ty.shape) {
        Shape::Any | Shape::Never | Shape::Object | Shape::Map(_) => None,
        Shape::Null | Shape::Bool | Shape::Int(_) | Shape::Float | Shape::Foreign(_) | Shape::Text(_) => {
            Some(Vec::new())
        }
        Shape::Base64 | Shape::Binary | Shape::List(_) | Shape::Tuple(_) => Some(Vec::new()),
        Shape::Named(id) => match &types[*id].body {
            TypeBody::Struct(body) => Some(vec![body]),
            TypeBody::Enum(_) => Some(Vec::new()),
            // Unions may contain themselves.
            TypeBody::Union(union) if depth < 8 && (ignores_unknown || !union.open) => {
                let each = union
                    .variants
                    .iter()
                    .map(|variant| structs(types, &variant.ty, ignores_unknown, depth + 1));
                Some(each.collect::<Option<Vec<_>>>()?.concat())
            }
            TypeBody::Alias(of) | TypeBody::Newtype(of) if depth < 8 => structs(types, of, ignores_unknown, depth + 1),
            TypeBody::Union(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => None,
        },
    }
}

fn listed(types: &Types, ty: &TypeRef) -> Option<Vec<String>> {
    let Shape::Named(id) = types.resolve(&ty.shape) else {
        return None;
    };
    match &types[*id].body {
        // An open enum may get more values in the future. An open enum with one value is a constant in practice.
        TypeBody::Enum(values) => (!values.open || values.values.len() == 1).then(|| wire_values(values)),
        TypeBody::Struct(_) | TypeBody::Union(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => None,
    }
}

fn wire_values(values: &Enum) -> Vec<String> {
    values.values.iter().map(|value| value.wire.clone()).collect()
}

fn scalar_text(value: &Json) -> Option<String> {
    match value {
        Json::String(text) | Json::Number(text) => Some(text.clone()),
        Json::Bool(value) => Some(value.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}
