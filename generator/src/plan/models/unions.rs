//! Unions.

use indexmap::IndexSet;
use rustc_hash::FxHashSet;

use crate::ir::{self, Api, Shape, Strategy, TypeBody, TypeRef, Types, Variant};
use crate::json::{Json, JsonKind};
use crate::krate::{Dispatch, Doc, Presence, TypeExpr, Union, UnionVariant, WireName};
use crate::plan::names::{Case, Claim, Rank, Scope, Words};
use crate::plan::sizes::Sizes;
use crate::plan::{doc_text, types};
use crate::wire::EnumBase;

use super::{is_record, variants};

// The function is long, because it decides one field after the other.
pub fn union(api: &Api, sizes: &Sizes, name: &Words, empty: usize, union: &ir::Union) -> Union {
    let candidates = variants::candidates(&api.types, union, name);
    let variants = union.variants.iter().zip(candidates).enumerate();
    let claims = variants.map(|(index, (variant, candidates))| {
        // The index comes last in the key, so that variants of the same name keep the order of the document.
        let key = format!("{} {index:06}", variant.name);
        let mut candidates = candidates.into_iter().map(|words| words.starting_with_letter("value"));
        let first = candidates.next().unwrap_or_else(|| Words::of("value"));
        let claim = candidates.fold(Claim::new(Rank::Document, key, first.clone()), Claim::or);
        claim.or(first.followed_by("value"))
    });
    let mut scope = Scope::new(Case::Pascal).without(&["Self"]);
    let names = scope.idents(&claims.collect::<Vec<_>>());
    let other = Claim::new(Rank::Derived, "other", Words::of("other")).or(Words::of("unlisted"));
    let types_held: Vec<TypeExpr> = union
        .variants
        .iter()
        .map(|variant| types::resolved(&api.types, &variant.ty))
        .collect();
    let dispatch = match &union.strategy {
        Strategy::Discriminator { property, default } => Dispatch::Discriminator {
            property: WireName::new(property),
            default: *default,
        },
        Strategy::Structure => Dispatch::Structure,
    };
    let variants =
        union
            .variants
            .iter()
            .enumerate()
            .zip(names)
            .zip(&types_held)
            .map(|(((index, variant), name), own)| {
                let base = types::expr(&variant.ty);
                let keyed = is_record(&api.types, &base);
                let by_structure = dispatch == Dispatch::Structure || union.shares_tag(index);
                UnionVariant {
                    written_tag: written_tag(&api.types, &dispatch, index, variant, keyed),
                    kinds: kinds(&api.types, &variant.ty),
                    constants: if by_structure {
                        constants(&api.types, &variant.ty, is_last(&api.types, union, index))
                    } else {
                        Vec::new()
                    },
                    nested: (by_structure && !keyed)
                        .then(|| nested_keys(&api.types, &variant.ty))
                        .flatten(),
                    ty: if variant.boxed || sizes.is_large(&base) {
                        TypeExpr::Boxed(Box::new(base))
                    } else {
                        base
                    },
                    tags: variant.tags.clone(),
                    form: variant.form.clone(),
                    doc: doc(variant, name.as_str()),
                    has_from: types_held.iter().filter(|other| *other == own).count() == 1 && *own != TypeExpr::Json,
                    keyed,
                    name,
                }
            });
    Union {
        variants: variants.collect(),
        dispatch,
        other: union.open.then(|| scope.ident(&other)),
        empty,
    }
}

fn doc(variant: &Variant, name: &str) -> Doc {
    let docs = ir::Docs {
        description: variant.description.clone(),
        ..ir::Docs::default()
    };
    doc_text::doc_of_named(&docs, &[name, &variant.name])
}

/// Returns the discriminator value that is added when the variant is serialized.
fn written_tag(types: &Types, dispatch: &Dispatch, index: usize, variant: &Variant, keyed: bool) -> Option<String> {
    let Dispatch::Discriminator { property, default } = dispatch else {
        return None;
    };
    let has_property = match types::resolve(types, &variant.ty.shape) {
        Shape::Named(id) => match &types[*id].body {
            TypeBody::Struct(record) => record.fields.iter().any(|field| field.wire == property.as_str()),
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
    let (mut kinds, mut seen, mut open) = (Vec::new(), FxHashSet::default(), vec![ty]);
    while let Some(ty) = open.pop() {
        if ty.nullable {
            kinds.push(JsonKind::Null);
        }
        match types::resolve(types, &ty.shape) {
            Shape::Any | Shape::Never => kinds.extend(ALL),
            Shape::Null => kinds.push(JsonKind::Null),
            Shape::Bool => kinds.push(JsonKind::Bool),
            Shape::Int(_) => kinds.push(JsonKind::Integer),
            Shape::Float => kinds.push(JsonKind::Number),
            Shape::Text(_) | Shape::Base64 | Shape::Binary => kinds.push(JsonKind::String),
            Shape::Object | Shape::Map(_) => kinds.push(JsonKind::Object),
            Shape::List(_) | Shape::Tuple(_) => kinds.push(JsonKind::Array),
            Shape::Named(id) => match &types[*id].body {
                TypeBody::Struct(_) => kinds.push(JsonKind::Object),
                TypeBody::Enum(values) if values.base == EnumBase::Int => kinds.push(JsonKind::Integer),
                TypeBody::Enum(_) => kinds.push(JsonKind::String),
                TypeBody::Union(union) if union.open => kinds.extend(ALL),
                TypeBody::Union(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) if !seen.insert(*id) => {}
                TypeBody::Union(union) => open.extend(union.variants.iter().map(|variant| &variant.ty)),
                TypeBody::Alias(of) | TypeBody::Newtype(of) => open.push(of),
            },
        }
    }
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// Returns whether no later variant accepts a JSON type that this one accepts.
fn is_last(types: &Types, union: &ir::Union, index: usize) -> bool {
    let of = |variant: &Variant| kinds(types, &variant.ty);
    let own = union.variants.get(index).map(of).unwrap_or_default();
    let mut later = union.variants.iter().skip(index + 1).flat_map(of);
    !later.any(|kind| kind != JsonKind::Null && own.contains(&kind))
}

/// Returns the properties of a struct that have a fixed set of values, with these values. For an enum these are its
/// values, under an empty name. For a union of structs these are the properties that all structs share.
fn constants(types: &Types, ty: &TypeRef, last: bool) -> Vec<(WireName, Vec<String>)> {
    let Shape::Named(id) = types::resolve(types, &ty.shape) else {
        return Vec::new();
    };
    match &types[*id].body {
        TypeBody::Struct(record) => record_constants(types, record),
        // An open enum also accepts unknown values, once all other variants have been tried.
        TypeBody::Enum(values) if values.open && last => Vec::new(),
        TypeBody::Enum(values) => vec![(WireName::new(""), wire_values(values))],
        TypeBody::Union(_) => {
            let records = records(types, ty, 0).unwrap_or_default();
            let each = records.into_iter().map(|record| record_constants(types, record));
            each.reduce(common_constants).unwrap_or_default()
        }
        TypeBody::Alias(_) | TypeBody::Newtype(_) => Vec::new(),
    }
}

fn record_constants(types: &Types, record: &ir::Struct) -> Vec<(WireName, Vec<String>)> {
    let fields = record.fields.iter().filter_map(|field| {
        let values = match &field.constant {
            Some(value) => scalar_text(value).map(|text| vec![text]),
            None => listed(types, &field.ty),
        };
        Some((WireName::new(&field.wire), values?))
    });
    fields.collect()
}

/// Returns the properties that both have, with the values of both.
fn common_constants(
    one: Vec<(WireName, Vec<String>)>,
    other: Vec<(WireName, Vec<String>)>,
) -> Vec<(WireName, Vec<String>)> {
    let shared = one.into_iter().filter_map(|(name, mut values)| {
        let (_, more) = other.iter().find(|(known, _)| *known == name)?;
        values.extend(
            more.iter()
                .filter(|value| !values.contains(value))
                .cloned()
                .collect::<Vec<_>>(),
        );
        Some((name, values))
    });
    shared.collect()
}

/// Returns the keys of the structs in a union.
fn nested_keys(types: &Types, ty: &TypeRef) -> Option<Vec<(WireName, Presence)>> {
    let records = records(types, ty, 0).filter(|records| !records.is_empty())?;
    let mut names: IndexSet<&str> = IndexSet::new();
    for record in &records {
        names.extend(record.fields.iter().map(|field| field.wire.as_str()));
    }
    let requires =
        |record: &ir::Struct, name: &str| record.fields.iter().any(|field| field.wire == name && !field.omittable);
    let presence = |name: &str| match records.iter().all(|record| requires(record, name)) {
        true => Presence::Required,
        false => Presence::Optional,
    };
    Some(
        names
            .into_iter()
            .map(|name| (WireName::new(name), presence(name)))
            .collect(),
    )
}

/// Returns the structs of a type. `None` if it contains an object that is not a struct.
fn records<'a>(types: &'a Types, ty: &'a TypeRef, depth: usize) -> Option<Vec<&'a ir::Struct>> {
    match types::resolve(types, &ty.shape) {
        Shape::Any | Shape::Never | Shape::Object | Shape::Map(_) => None,
        Shape::Null | Shape::Bool | Shape::Int(_) | Shape::Float | Shape::Text(_) => Some(Vec::new()),
        Shape::Base64 | Shape::Binary | Shape::List(_) | Shape::Tuple(_) => Some(Vec::new()),
        Shape::Named(id) => match &types[*id].body {
            TypeBody::Struct(record) => Some(vec![record]),
            TypeBody::Enum(_) => Some(Vec::new()),
            // Unions may contain themselves.
            TypeBody::Union(union) if depth < 8 && !union.open => {
                let each = union
                    .variants
                    .iter()
                    .map(|variant| records(types, &variant.ty, depth + 1));
                Some(each.collect::<Option<Vec<_>>>()?.concat())
            }
            TypeBody::Alias(of) | TypeBody::Newtype(of) if depth < 8 => records(types, of, depth + 1),
            TypeBody::Union(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => None,
        },
    }
}

fn listed(types: &Types, ty: &TypeRef) -> Option<Vec<String>> {
    let Shape::Named(id) = types::resolve(types, &ty.shape) else {
        return None;
    };
    match &types[*id].body {
        // An open enum may get more values in the future. An open enum with one value is a constant in practice.
        TypeBody::Enum(values) => (!values.open || values.values.len() == 1).then(|| wire_values(values)),
        TypeBody::Struct(_) | TypeBody::Union(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => None,
    }
}

fn wire_values(values: &ir::Enum) -> Vec<String> {
    values.values.iter().map(|value| value.wire.clone()).collect()
}

fn scalar_text(value: &Json) -> Option<String> {
    match value {
        Json::String(text) | Json::Number(text) => Some(text.clone()),
        Json::Bool(value) => Some(value.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}
