//! Unions: their variants, and how the variant of a value is found.

use crate::ir::{self, Api, NestedKey, Strategy, Variant};
use crate::krate::{Dispatch, Doc, Ident, Presence, TypeExpr, Union, UnionVariant, WireName};
use crate::plan::names::{Casing, Claim, Rank, Scope, Words};
use crate::plan::sizes::Sizes;
use crate::plan::{doc_text, types};

use super::variants;

/// Plans a union. `empty` is the index of the variant whose empty value is that of the union.
pub fn union(api: &Api, sizes: &Sizes, name: &Words, empty: usize, union: &ir::Union) -> Union {
    let candidates = variants::candidates(&api.types, union, name);
    let variants = union.variants.iter().zip(candidates).enumerate();
    let claims = variants.map(|(index, (variant, candidates))| {
        // The index comes last in the key, so that variants of the same name keep the order of the document.
        let key = format!("{} {index:06}", variant.name);
        if let Some(name) = &variant.custom_name {
            let words = Words::of(name).starting_with_letter("value");
            return Claim::new(Rank::Explicit, key, words.clone()).or(words.followed_by("value"));
        }
        let mut candidates = candidates.into_iter().map(|words| words.starting_with_letter("value"));
        let first = candidates.next().unwrap_or_else(|| Words::of("value"));
        let claim = candidates.fold(Claim::new(Rank::Document, key, first.clone()), Claim::or);
        claim.or(first.followed_by("value"))
    });
    let mut scope = Scope::new(Casing::Pascal).without(&["Self"]);
    let names = scope.idents(&claims.collect::<Vec<_>>());
    let other = Claim::new(Rank::Derived, "other", Words::of("other")).or(Words::of("unlisted"));
    let variant_types: Vec<TypeExpr> = union
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
        Strategy::EventName { .. } => Dispatch::EventName,
    };
    let variants = union.variants.iter().zip(names).zip(&variant_types);
    let variants = variants.map(|((source, name), own)| UnionVariant {
        has_from: variant_types.iter().filter(|other| *other == own).count() == 1 && *own != TypeExpr::Json,
        ..variant(sizes, source, name)
    });
    Union {
        variants: variants.collect(),
        dispatch,
        other: (union.open || union.verbatim).then(|| scope.ident(&other)),
        verbatim: union.verbatim,
        empty,
    }
}

/// Plans a variant, except its conversion.
fn variant(sizes: &Sizes, variant: &Variant, name: Ident) -> UnionVariant {
    let base = types::expr(&variant.ty);
    let evidence = &variant.evidence;
    let constants = evidence.constants.iter();
    let nested = evidence.nested.as_ref();
    UnionVariant {
        written_tag: evidence.written_tag.clone(),
        kinds: evidence.kinds.clone(),
        constants: constants
            .map(|(name, values)| (WireName::new(name), values.clone()))
            .collect(),
        nested: nested.map(|keys| keys.iter().map(nested_key).collect()),
        ty: if variant.boxed || sizes.is_large(&base) {
            TypeExpr::Boxed(Box::new(base))
        } else {
            base
        },
        tags: variant.tags.clone(),
        form: variant.form.clone(),
        doc: doc(variant, name.as_str()),
        has_from: false,
        keyed: evidence.keyed,
        name,
    }
}

fn nested_key(key: &NestedKey) -> (WireName, Presence) {
    let presence = match key.required {
        true => Presence::Required,
        false => Presence::Optional,
    };
    (WireName::new(&key.wire), presence)
}

fn doc(variant: &Variant, name: &str) -> Doc {
    let docs = ir::Docs {
        description: variant.description.clone(),
        ..ir::Docs::default()
    };
    doc_text::doc_of_named(&docs, &[name, &variant.name])
}
