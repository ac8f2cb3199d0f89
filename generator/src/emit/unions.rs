//! Unions.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::tokens::{View, docs, item_docs, member_docs, ty};
use crate::krate::{Crate, Dispatch, JsonKind, Model, Presence, TypeExpr, Union, UnionVariant};

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
        let doc = docs("Something that the API's description does not list, as it came.", 4);
        quote!(#doc #other(serde_json::Value))
    });
    let wire = wire(krate, model, union);
    let from = union
        .variants
        .iter()
        .filter(|variant| variant.from)
        .map(|variant| from(krate, model, variant));
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* #(#other,)* }
        #(#from)*
        #wire
        codec::serde!(#name);
    }
}

fn from(krate: &Crate, model: &Model, variant: &UnionVariant) -> TokenStream {
    let (name, variant_name) = (&model.name, &variant.name);
    let (held, value) = match &variant.ty {
        TypeExpr::Boxed(of) => (ty(krate, View::Models, of), quote!(Box::new(value))),
        other => (ty(krate, View::Models, other), quote!(value)),
    };
    quote! {
        impl From<#held> for #name {
            fn from(value: #held) -> Self {
                Self::#variant_name(#value)
            }
        }
    }
}

fn wire(krate: &Crate, model: &Model, union: &Union) -> TokenStream {
    let name = &model.name;
    let shape = shape(krate, model, union);
    let vacant = match (&union.other, union.variants.get(union.vacant)) {
        (Some(other), _) => quote!(Self::#other(serde_json::Value::Null)),
        (None, Some(variant)) => {
            let name = &variant.name;
            quote!(Self::#name(Wire::vacant()))
        }
        (None, None) => quote!(unreachable!("a union has variants")),
    };
    let reads = union.variants.iter().enumerate().map(|(index, variant)| {
        let (index, name) = (Literal::usize_unsuffixed(index), &variant.name);
        quote!(#index => Self::#name(codec::decode(value)?))
    });
    let last = match &union.other {
        Some(other) => quote!(_ => Self::#other(codec::decode(value)?)),
        None => quote!(_ => return value.skip()),
    };
    let writes = union.variants.iter().map(|variant| {
        let name = &variant.name;
        match (&union.dispatch, &variant.written_tag) {
            (Dispatch::Tag { property, .. }, Some(tag)) => {
                quote!(Self::#name(value) => out.tagged(#property, #tag, value))
            }
            (Dispatch::Tag { .. } | Dispatch::Structure, _) => quote!(Self::#name(value) => value.encode(out)),
        }
    });
    let other_write = union
        .other
        .iter()
        .map(|other| quote!(Self::#other(value) => value.encode(out)));
    quote! {
        impl Wire for #name {
            fn vacant() -> Self {
                #vacant
            }
            fn read(&mut self, source: &mut dyn codec::Source) -> codec::Outcome {
                static SHAPE: codec::Shape = #shape;
                codec::read_union(self, source, &SHAPE)
            }
            fn variant(&mut self, index: usize, value: &mut dyn codec::Source) -> codec::Outcome {
                *self = match index {
                    #(#reads,)*
                    #last,
                };
                Ok(())
            }
            fn encode(&self, out: codec::Encoder<'_>) {
                match self {
                    #(#writes,)*
                    #(#other_write,)*
                }
            }
        }
    }
}

fn shape(krate: &Crate, model: &Model, union: &Union) -> TokenStream {
    let name = model.name.as_str();
    let variants = union.variants.iter().map(|variant| entry(krate, variant));
    let open = union.other.as_ref().map(|_| quote!(open: true,));
    let (tag, fallback) = match &union.dispatch {
        Dispatch::Tag { property, default } => {
            let fallback = default.map(|index| {
                let index = Literal::usize_unsuffixed(index);
                quote!(fallback: Some(#index),)
            });
            (Some(quote!(tag: Some(#property),)), fallback)
        }
        Dispatch::Structure => (None, None),
    };
    let all = tag.is_some() && open.is_some() && fallback.is_some();
    let rest = (!all).then(|| quote!(..codec::Shape::CLOSED));
    quote! {
        codec::Shape {
            name: #name,
            #tag
            #open
            #fallback
            variants: &[#(#variants),*],
            #rest
        }
    }
}

fn entry(krate: &Crate, variant: &UnionVariant) -> TokenStream {
    let name = variant.name.as_str();
    let tags = (!variant.tags.is_empty()).then(|| {
        let tags = &variant.tags;
        quote!(tags: &[#(#tags),*],)
    });
    let consts = (!variant.consts.is_empty()).then(|| {
        let consts = variant
            .consts
            .iter()
            .map(|(key, values)| quote!((#key, &[#(#values),*])));
        quote!(consts: &[#(#consts),*],)
    });
    let held = match &variant.ty {
        TypeExpr::Boxed(of) => of,
        other => other,
    };
    if variant.keyed {
        let held = ty(krate, View::Models, held);
        return quote!(codec::Variant { name: #name, #tags keys: #held::keys, #consts ..codec::Variant::OBJECT });
    }
    let kinds = variant.kinds.iter().map(|kind| match kind {
        JsonKind::Null => quote!(codec::NULL),
        JsonKind::Bool => quote!(codec::BOOL),
        JsonKind::Integer => quote!(codec::INTEGER),
        JsonKind::Number => quote!(codec::NUMBER),
        JsonKind::String => quote!(codec::STRING),
        JsonKind::Array => quote!(codec::ARRAY),
        JsonKind::Object => quote!(codec::OBJECT),
    });
    let keys = variant.nested.iter().map(|keys| {
        let names = keys.iter().map(|(name, _)| name);
        let presence = keys.iter().map(|(_, presence)| match presence {
            Presence::Required => quote!(codec::Presence::Required),
            Presence::Optional => quote!(codec::Presence::Optional),
        });
        quote!(keys: || &codec::Keys { names: &[#(#names),*], presence: &[#(#presence),*] },)
    });
    quote!(codec::Variant { name: #name, #tags kinds: #(#kinds)|*, #(#keys)* #consts ..codec::Variant::ANY })
}
