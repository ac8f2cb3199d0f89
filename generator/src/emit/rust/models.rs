//! The files of `src/models/`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{constructors, unions};
use crate::emit::RustFile;
use crate::emit::tokens::{View, allow_module_inception, cfg_feature, comment, docs, item_docs, member_docs, ty};
use crate::krate::{Constructor, Crate, Enum, Ident, Model, ModelBody, ModelFile, Presence, Record, TypeExpr};
use crate::wire::EnumBase;

/// Returns `src/models/mod.rs`.
pub fn module(krate: &Crate) -> RustFile {
    let files = krate.model_files.iter().map(|file| {
        let (only, module) = (cfg_feature(file.feature.as_deref()), &file.module);
        let same = allow_module_inception(module, "models");
        quote!(#only #same mod #module;)
    });
    let exports = krate.model_files.iter().map(|file| {
        let (only, module) = (cfg_feature(file.feature.as_deref()), &file.module);
        let mut names: Vec<_> = file.models.iter().flat_map(|id| public_names(&krate[*id])).collect();
        names.sort();
        match names.as_slice() {
            [one] => quote!(#only pub use #module::#one;),
            several => quote!(#only pub use #module::{#(#several),*};),
        }
    });
    RustFile::new(krate.prose.models.clone(), quote!(#(#files)* #(#exports)*))
}

/// Returns the names of a model and of the struct with its required fields.
fn public_names(model: &Model) -> impl Iterator<Item = &Ident> {
    let required = model.required_fields().map(|required| &required.name);
    [&model.name].into_iter().chain(required)
}

/// Renders the file of a schema and of the types nested in it.
pub fn file(krate: &Crate, file: &ModelFile) -> RustFile {
    let mut imports: Vec<_> = file.imports.iter().map(|id| &krate[*id].name).collect();
    imports.sort();
    let imports = match imports.as_slice() {
        [] => quote!(),
        [one] => quote!(use super::#one;),
        several => quote!(use super::{#(#several),*};),
    };
    let models: Vec<&Model> = file.models.iter().map(|id| &krate[*id]).collect();
    let codec = codec_import(&models);
    let models = models.iter().map(|model| item(krate, model));
    RustFile::new(String::new(), quote!(#imports #codec #(#models)*))
}

/// Returns the import of the codec, if the file uses it.
fn codec_import(models: &[&Model]) -> TokenStream {
    let has_macro = models.iter().any(|model| !matches!(model.body, ModelBody::Alias(_)));
    let names = models.iter().any(|model| match &model.body {
        ModelBody::Alias(of) => mentions_codec(of),
        ModelBody::Record(_) | ModelBody::Enum(_) | ModelBody::Union(_) | ModelBody::Newtype(_) => false,
    });
    if has_macro || names {
        quote!(
            use crate::runtime::codec;
        )
    } else {
        quote!()
    }
}

fn mentions_codec(ty: &TypeExpr) -> bool {
    match ty {
        TypeExpr::Base64 | TypeExpr::Nullable(_) | TypeExpr::DateTime | TypeExpr::Time | TypeExpr::Duration => true,
        TypeExpr::Option(of) | TypeExpr::Boxed(of) | TypeExpr::List(of) | TypeExpr::Map(of) => mentions_codec(of),
        TypeExpr::Tuple(items) => items.iter().any(mentions_codec),
        TypeExpr::Unit
        | TypeExpr::Bool
        | TypeExpr::I32
        | TypeExpr::I64
        | TypeExpr::U32
        | TypeExpr::U64
        | TypeExpr::I128
        | TypeExpr::F64
        | TypeExpr::Foreign(_)
        | TypeExpr::String
        | TypeExpr::Date
        | TypeExpr::Bytes
        | TypeExpr::Json
        | TypeExpr::JsonObject
        | TypeExpr::Model(_)
        | TypeExpr::File
        | TypeExpr::Local(_) => false,
    }
}

fn item(krate: &Crate, model: &Model) -> TokenStream {
    let name = &model.name;
    let doc = item_docs(&model.doc);
    match &model.body {
        ModelBody::Record(body) => record(krate, model, body),
        ModelBody::Enum(body) => enumeration(krate, model, body),
        ModelBody::Union(body) => unions::union(krate, model, body),
        ModelBody::Alias(of) => {
            let of = ty(krate, View::Models, of);
            quote!(#doc pub type #name = #of;)
        }
        ModelBody::Newtype(of) => {
            let of = ty(krate, View::Models, of);
            quote! {
                #doc
                #[derive(Clone, Debug, PartialEq)]
                pub struct #name(pub #of);
                codec::newtype! { name: #name }
            }
        }
    }
}

fn record(krate: &Crate, model: &Model, record: &Record) -> TokenStream {
    let name = &model.name;
    let doc = item_docs(&model.doc);
    let default = if record.default { quote!(Default,) } else { quote!() };
    let has_secrets = record.fields.iter().any(|field| field.secret);
    let debug = if has_secrets { quote!() } else { quote!(Debug,) };
    let redacted = has_secrets.then(|| redacted_debug(krate, record, name));
    let fields = record.fields.iter().map(|field| {
        let (doc, name, ty) = (member_docs(&field.doc), &field.name, ty(krate, View::Models, &field.ty));
        quote!(#doc pub #name: #ty)
    });
    let extra = record.extra.iter().map(|extra| {
        let (name, ty) = (&extra.name, ty(krate, View::Models, &extra.value));
        let doc = docs(krate.prose.extra_properties, 4);
        quote!(#doc pub #name: std::collections::BTreeMap<String, #ty>)
    });
    let constructor = match record.constructor {
        Constructor::None => quote!(),
        Constructor::Arguments | Constructor::Fields(_) => constructors::constructor(krate, name, record),
    };
    let table = record.fields.iter().map(|field| {
        let (name, key) = (&field.name, &field.wire);
        let presence = match field.presence {
            Presence::Optional if field.read_only && key.needs_no_escape() => quote!(ReadOnly),
            Presence::Optional if field.read_only => quote!(ReadOnlyEscaped),
            Presence::Required if field.read_only && model.sent && key.needs_no_escape() => quote!(RequiredReadOnly),
            Presence::Required if field.read_only && model.sent => quote!(RequiredReadOnlyEscaped),
            Presence::Required if key.needs_no_escape() => quote!(Required),
            Presence::Optional if key.needs_no_escape() => quote!(Optional),
            Presence::Required => quote!(RequiredEscaped),
            Presence::Optional => quote!(OptionalEscaped),
        };
        quote!(#name: #presence = #key)
    });
    let kept = record.extra.iter().map(|extra| &extra.name);
    let comment = comment(krate.prose.tables.record);
    quote! {
        #doc
        #[derive(Clone, #debug #default PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            #(#extra,)*
        }
        #constructor
        #redacted
        #comment
        codec::record! {
            name: #name,
            #(extra: #kept,)*
            fields: [#(#table),*]
        }
    }
}

/// Returns the table of an implementation of `Debug` that does not show secrets.
fn redacted_debug(krate: &Crate, record: &Record, name: &Ident) -> TokenStream {
    let fields = record.fields.iter().map(|field| {
        let name = &field.name;
        if field.secret {
            quote!(#name: Redacted)
        } else {
            quote!(#name: Shown)
        }
    });
    let extra = record
        .extra
        .iter()
        .map(|extra| &extra.name)
        .map(|name| quote!(#name: Shown));
    let rows = fields.chain(extra);
    let comment = comment(krate.prose.tables.debug);
    quote! {
        #comment
        codec::redacted_debug! { name: #name, fields: [#(#rows),*] }
    }
}

fn enumeration(krate: &Crate, model: &Model, body: &Enum) -> TokenStream {
    let name = &model.name;
    let doc = item_docs(&model.doc);
    let variants = body.variants.iter().map(|variant| {
        let (doc, name) = (member_docs(&variant.doc), &variant.name);
        quote!(#doc #name)
    });
    let methods = enum_methods(krate, name, body);
    let (payload, open, closed) = match body.base {
        EnumBase::String => (quote!(String), quote!(open_enum), quote!(closed_enum)),
        EnumBase::Int => (quote!(i64), quote!(open_int_enum), quote!(closed_int_enum)),
    };
    match &body.other {
        Some(other) => {
            let other_doc = docs(krate.prose.unknown_value, 4);
            quote! {
                #doc
                #[derive(Clone, Debug, PartialEq, Eq, Hash)]
                #[non_exhaustive]
                pub enum #name { #(#variants,)* #other_doc #other(#payload) }
                #methods
                codec::#open! { name: #name, other: #other }
            }
        }
        None => quote! {
            #doc
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            pub enum #name { #(#variants,)* }
            #methods
            codec::#closed! { name: #name }
        },
    }
}

/// Returns the list of the values of an enum, and the methods that return its value on the wire and whether it is documented.
fn enum_methods(krate: &Crate, name: &Ident, body: &Enum) -> TokenStream {
    let prose = &krate.prose;
    let [all_doc, value_doc, known_doc] =
        [prose.enum_all, prose.enum_value, prose.enum_is_known].map(|text| docs(text, 4));
    let names = body.variants.iter().map(|variant| &variant.name);
    let arms = body.variants.iter().map(|variant| {
        let value = match body.base {
            EnumBase::String => Literal::string(variant.wire.as_str()),
            EnumBase::Int => Literal::i64_unsuffixed(variant.wire.as_str().parse().unwrap_or_default()),
        };
        let name = &variant.name;
        quote!(Self::#name => #value)
    });
    let (method, returned, other_value) = match (body.base, &body.other) {
        (EnumBase::String, Some(_)) => (quote!(as_str), quote!(&str), quote!(value)),
        (EnumBase::String, None) => (quote!(as_str), quote!(&'static str), quote!()),
        (EnumBase::Int, _) => (quote!(as_i64), quote!(i64), quote!(*value)),
    };
    let other_arm = body
        .other
        .iter()
        .map(|other| quote!(Self::#other(value) => #other_value));
    let is_known = body.other.iter().map(|other| {
        quote! {
            #known_doc
            pub fn is_known(&self) -> bool {
                !matches!(self, Self::#other(_))
            }
        }
    });
    quote! {
        impl #name {
            #all_doc
            pub const ALL: &'static [Self] = &[#(Self::#names),*];
            #value_doc
            pub fn #method(&self) -> #returned {
                match self {
                    #(#arms,)*
                    #(#other_arm,)*
                }
            }
            #(#is_known)*
        }
    }
}
