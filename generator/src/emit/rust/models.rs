//! The files of `src/models/`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::unions;
use crate::emit::RustFile;
use crate::emit::example_tokens::expression;
use crate::emit::tokens::{
    View, allow_many_arguments, allow_module_inception, cfg_feature, docs, item_docs, member_docs, ty,
};
use crate::krate::{
    ArgumentType, Crate, Enum, Field, Ident, Model, ModelBody, ModelFile, Presence, Record, Setter, TypeExpr,
};
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
        let mut names: Vec<_> = file.models.iter().map(|id| &krate[*id].name).collect();
        names.sort();
        match names.as_slice() {
            [one] => quote!(#only pub use #module::#one;),
            several => quote!(#only pub use #module::{#(#several),*};),
        }
    });
    RustFile::new(krate.prose.models.clone(), quote!(#(#files)* #(#exports)*))
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
                codec::newtype!(#name);
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
    let redacted = has_secrets.then(|| redacted_debug(record, name));
    let fields = record.fields.iter().map(|field| {
        let (doc, name, ty) = (member_docs(&field.doc), &field.name, ty(krate, View::Models, &field.ty));
        quote!(#doc pub #name: #ty)
    });
    let extra = record.extra.iter().map(|extra| {
        let (name, ty) = (&extra.name, ty(krate, View::Models, &extra.value));
        let doc = docs(krate.prose.extra_properties, 4);
        quote!(#doc pub #name: std::collections::BTreeMap<String, #ty>)
    });
    let constructor = if record.constructor {
        constructor(krate, name, record)
    } else {
        quote!()
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
        codec::record!(#name, #(#kept,)* [#(#table),*]);
    }
}

/// Returns the table of an implementation of `Debug` that does not show secrets.
fn redacted_debug(record: &Record, name: &Ident) -> TokenStream {
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
    quote!(codec::redacted_debug!(#name, [#(#rows),*]);)
}

/// Returns `new` and the setters.
fn constructor(krate: &Crate, name: &Ident, record: &Record) -> TokenStream {
    let arguments: Vec<(&Field, &ArgumentType)> = record
        .fields
        .iter()
        .filter_map(|field| match &field.setter {
            Setter::Argument(take) => Some((field, take)),
            Setter::None | Setter::Method(..) => None,
        })
        .collect();
    let parameters = arguments.iter().map(|(field, take)| {
        let (name, form) = (&field.name, argument_type(krate, take, &field.ty));
        quote!(#name: #form)
    });
    let many = allow_many_arguments(arguments.len());
    let body = if record.default {
        quote!(Self::default())
    } else {
        let fields = record.fields.iter().map(|field| initial(krate, field));
        let extra = record.extra.iter().map(|extra| {
            let name = &extra.name;
            quote!(#name: std::collections::BTreeMap::new())
        });
        quote!(Self { #(#fields,)* #(#extra,)* })
    };
    let doc = docs(
        if arguments.is_empty() {
            krate.prose.new_without_fields
        } else {
            krate.prose.new_with_fields
        },
        4,
    );
    let setters: Vec<TokenStream> = record.fields.iter().filter_map(|field| setter(krate, field)).collect();
    let setters = (!setters.is_empty()).then(|| quote!(codec::setters!(#name, [#(#setters),*]);));
    let nulls = record.fields.iter().filter_map(|field| {
        let (method, name) = (field.null_setter.as_ref()?, &field.name);
        Some(quote!(#method(#name)))
    });
    let nulls: Vec<TokenStream> = nulls.collect();
    let nulls = (!nulls.is_empty()).then(|| quote!(codec::null_setters!(#name, [#(#nulls),*]);));
    // A type that `new` builds without arguments implements `Default`, derived or by hand.
    let default = if arguments.is_empty() && !record.default {
        quote!(impl Default for #name { fn default() -> Self { Self::new() } })
    } else {
        quote!()
    };
    quote! {
        impl #name {
            #doc
            #many
            pub fn new(#(#parameters),*) -> Self {
                #body
            }
        }
        #default
        #setters
        #nulls
    }
}

/// Returns the initial value of a field in `new`.
fn initial(krate: &Crate, field: &Field) -> TokenStream {
    let name = &field.name;
    let value = match (&field.setter, &field.constant) {
        (Setter::Argument(take), _) => {
            let value = argument_value(take, quote!(#name));
            let value = if is_boxed(&field.ty) {
                quote!(Box::new(#value))
            } else {
                value
            };
            if value.to_string() == name.as_str() {
                return quote!(#name);
            }
            value
        }
        (Setter::None | Setter::Method(..), Some(constant)) => {
            let value = expression(krate, View::Models, constant);
            match field.presence {
                Presence::Required => value,
                Presence::Optional => wrap_optional(&field.ty, value),
            }
        }
        (Setter::None | Setter::Method(..), None) => unset_value(&field.ty),
    };
    quote!(#name: #value)
}

/// Returns the value of an unset field.
fn unset_value(ty: &TypeExpr) -> TokenStream {
    match ty {
        TypeExpr::Option(_) => quote!(None),
        TypeExpr::Nullable(_) => quote!(codec::Nullable::Absent),
        _ => quote!(codec::Wire::empty()),
    }
}

fn is_boxed(ty: &TypeExpr) -> bool {
    matches!(ty, TypeExpr::Boxed(_))
}

/// Returns a row of the setter table: the argument and the value that the setter stores.
fn setter(krate: &Crate, field: &Field) -> Option<TokenStream> {
    let Setter::Method(method, take) = &field.setter else {
        return None;
    };
    let name = &field.name;
    let inner = match &field.ty {
        TypeExpr::Option(of) | TypeExpr::Nullable(of) => of,
        other => other,
    };
    let unboxed = match inner {
        TypeExpr::Boxed(of) => of,
        other => other,
    };
    let form = argument_type(krate, take, unboxed);
    let value = wrap_optional(&field.ty, argument_value(take, quote!(#name)));
    Some(quote!(#method(#name: #form) = #value))
}

/// Wraps a value in the optional type of its field.
fn wrap_optional(ty: &TypeExpr, value: TokenStream) -> TokenStream {
    match ty {
        TypeExpr::Option(of) if is_boxed(of) => quote!(Some(Box::new(#value))),
        TypeExpr::Option(_) => quote!(Some(#value)),
        TypeExpr::Nullable(of) if is_boxed(of) => quote!(codec::Nullable::Value(Box::new(#value))),
        TypeExpr::Nullable(_) => quote!(codec::Nullable::Value(#value)),
        _ => value,
    }
}

/// Returns the type of an argument.
fn argument_type(krate: &Crate, take: &ArgumentType, expr: &TypeExpr) -> TokenStream {
    match (take, expr) {
        (ArgumentType::IntoString, _) => quote!(impl Into<String>),
        (ArgumentType::IntoBytes | ArgumentType::IntoFile, _) => quote!(impl Into<bytes::Bytes>),
        (ArgumentType::Items(item), TypeExpr::List(of)) => {
            let item = argument_type(krate, item, of);
            quote!(impl IntoIterator<Item = #item>)
        }
        (_, TypeExpr::Boxed(of)) => argument_type(krate, take, of),
        (ArgumentType::Into, expr) => {
            let expr = ty(krate, View::Models, expr);
            quote!(impl Into<#expr>)
        }
        (ArgumentType::Items(_) | ArgumentType::Value | ArgumentType::Borrow, expr) => ty(krate, View::Models, expr),
    }
}

/// Returns the value of an argument, converted to the type of its field.
fn argument_value(take: &ArgumentType, name: TokenStream) -> TokenStream {
    match take {
        ArgumentType::Into | ArgumentType::IntoString | ArgumentType::IntoBytes | ArgumentType::IntoFile => {
            quote!(#name.into())
        }
        ArgumentType::Items(item) if **item == ArgumentType::IntoString => {
            quote!(#name.into_iter().map(Into::into).collect())
        }
        ArgumentType::Items(_) => quote!(#name.into_iter().collect()),
        ArgumentType::Value | ArgumentType::Borrow => name,
    }
}

fn enumeration(krate: &Crate, model: &Model, body: &Enum) -> TokenStream {
    let name = &model.name;
    let doc = item_docs(&model.doc);
    let variants = body.variants.iter().map(|variant| {
        let (doc, name) = (member_docs(&variant.doc), &variant.name);
        quote!(#doc #name)
    });
    let values: Vec<TokenStream> = body
        .variants
        .iter()
        .map(|variant| {
            let value = match body.base {
                EnumBase::String => Literal::string(variant.wire.as_str()),
                EnumBase::Int => Literal::i64_unsuffixed(variant.wire.as_str().parse().unwrap_or_default()),
            };
            let name = &variant.name;
            quote!(#name = #value)
        })
        .collect();
    let payload = match body.base {
        EnumBase::String => quote!(String),
        EnumBase::Int => quote!(i64),
    };
    let (open, closed) = match body.base {
        EnumBase::String => (quote!(open_enum), quote!(closed_enum)),
        EnumBase::Int => (quote!(open_int_enum), quote!(closed_int_enum)),
    };
    match &body.other {
        Some(other) => {
            let other_doc = docs(krate.prose.unknown_value, 4);
            quote! {
                #doc
                #[derive(Clone, Debug, PartialEq, Eq, Hash)]
                #[non_exhaustive]
                pub enum #name { #(#variants,)* #other_doc #other(#payload) }
                codec::#open!(#name, #other, [#(#values),*]);
            }
        }
        None => quote! {
            #doc
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            pub enum #name { #(#variants,)* }
            codec::#closed!(#name, [#(#values),*]);
        },
    }
}
