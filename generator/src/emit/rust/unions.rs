//! Unions.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::tokens::{View, comment, docs, item_docs, member_docs, ty};
use crate::json::JsonKind;
use crate::krate::{Crate, Dispatch, Model, Presence, Union, UnionVariant};
use crate::wire::StringForm;

pub fn union(krate: &Crate, model: &Model, union: &Union) -> TokenStream {
    let name = &model.name;
    let doc = item_docs(&model.doc);
    let variants = union.variants.iter().map(|variant| {
        let (doc, name, ty) = (
            member_docs(&variant.doc),
            &variant.name,
            ty(krate, View::Models, &variant.ty),
        );
        quote!(#doc #name(#ty))
    });
    let other = union.other.iter().map(|other| {
        let doc = docs(krate.prose.unknown_value, 4);
        quote!(#doc #other(serde_json::Value))
    });
    let conversions = conversions(krate, model, union);
    let table = table(krate, model, union);
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* #(#other,)* }
        #conversions
        #table
    }
}

/// Returns the `From` conversions.
fn conversions(krate: &Crate, model: &Model, union: &Union) -> TokenStream {
    let name = &model.name;
    let rows = union.variants.iter().filter(|variant| variant.has_from).map(|variant| {
        let (variant_name, content) = (&variant.name, ty(krate, View::Models, variant.ty.unboxed()));
        quote!(#variant_name: #content)
    });
    let from_str = union.text_variant().map(|variant| {
        let variant_name = &variant.name;
        quote!(#variant_name: &str)
    });
    let rows: Vec<_> = rows.chain(from_str).collect();
    if rows.is_empty() {
        return quote!();
    }
    let comment = comment(krate.prose.tables.conversions);
    quote! {
        #comment
        codec::conversions! { name: #name, variants: [#(#rows),*] }
    }
}

/// Returns the table by which the codec selects a variant.
fn table(krate: &Crate, model: &Model, union: &Union) -> TokenStream {
    let name = &model.name;
    let count = Literal::usize_unsuffixed(union.variants.len());
    let other = union.other.iter().map(|other| quote!(other: #count #other,));
    let empty = union
        .other
        .iter()
        .chain(union.variants.get(union.empty).map(|variant| &variant.name));
    let empty = empty.take(1);
    let mut facts = Vec::new();
    if let Dispatch::Discriminator { property, .. } = &union.dispatch {
        facts.push(quote!(tag: Some(#property)));
    }
    if union.verbatim {
        facts.push(quote!(verbatim: true));
    } else if union.other.is_some() {
        facts.push(quote!(open: true));
    }
    if let Dispatch::Discriminator {
        default: Some(index), ..
    } = &union.dispatch
    {
        let index = Literal::usize_unsuffixed(*index);
        facts.push(quote!(fallback: Some(#index)));
    }
    let rows = union.variants.iter().enumerate().map(|(index, variant)| {
        let (index, name, known) = (
            Literal::usize_unsuffixed(index),
            &variant.name,
            variant_tokens(krate, variant),
        );
        let written = match (&union.dispatch, &variant.written_tag) {
            (Dispatch::Discriminator { property, .. }, Some(tag)) => quote!(as #property = #tag),
            (Dispatch::Discriminator { .. } | Dispatch::Structure | Dispatch::EventName, _) => quote!(),
        };
        quote!(#index #name: #known #written)
    });
    let selection = (!facts.is_empty()).then(|| quote!(selection: { #(#facts),* },));
    let comment = comment(krate.prose.tables.union);
    quote! {
        #comment
        codec::union! {
            name: #name,
            #(empty: #empty,)*
            #(#other)*
            #selection
            variants: [#(#rows),*]
        }
    }
}

/// Returns what identifies a variant, as a `codec::Variant` without its name.
fn variant_tokens(krate: &Crate, variant: &UnionVariant) -> TokenStream {
    let mut facts = Vec::new();
    if !variant.tags.is_empty() {
        let tags = &variant.tags;
        facts.push(quote!(tags: &[#(#tags),*]));
    }
    if !variant.keyed {
        let kinds = variant.kinds.iter().map(kind);
        facts.push(quote!(kinds: #(#kinds)|*));
    }
    if let Some(keys) = &variant.nested {
        let keys = keys.iter().map(|(name, presence)| match presence {
            Presence::Required => quote!(#name: Required),
            Presence::Optional => quote!(#name: Optional),
        });
        facts.push(quote!(keys: || codec::keys![#(#keys),*]));
    }
    facts.extend(form(&variant.form));
    if !variant.constants.is_empty() {
        let consts = variant.constants.iter();
        let consts = consts.map(|(key, values)| quote!((#key, &[#(#values),*])));
        facts.push(quote!(consts: &[#(#consts),*]));
    }
    if variant.keyed {
        let content = ty(krate, View::Models, variant.ty.unboxed());
        quote!(OBJECT of #content { #(#facts),* })
    } else {
        quote!(ANY { #(#facts),* })
    }
}

/// Returns the form of a variant's strings.
fn form(form: &StringForm) -> Option<TokenStream> {
    let ranges = |ranges: &[(char, char)]| {
        let ranges = ranges.iter().map(|(low, high)| quote!((#low, #high)));
        quote!(&[#(#ranges),*])
    };
    let form = match form {
        StringForm::Any => return None,
        StringForm::Characters { first, all } => {
            let (first, all) = (ranges(first), ranges(all));
            quote!(Characters { first: #first, all: #all })
        }
        StringForm::Uuid => quote!(Uuid),
        StringForm::Ipv4 => quote!(Ipv4),
        StringForm::Ipv6 => quote!(Ipv6),
        StringForm::Date => quote!(Date),
        StringForm::DateTime => quote!(DateTime),
    };
    Some(quote!(form: codec::Form::#form))
}

fn kind(kind: &JsonKind) -> TokenStream {
    match kind {
        JsonKind::Null => quote!(codec::NULL),
        JsonKind::Bool => quote!(codec::BOOL),
        JsonKind::Integer => quote!(codec::INTEGER),
        JsonKind::Number => quote!(codec::NUMBER),
        JsonKind::String => quote!(codec::STRING),
        JsonKind::Array => quote!(codec::ARRAY),
        JsonKind::Object => quote!(codec::OBJECT),
    }
}
