//! Constructors and setters of models.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::example_tokens::expression;
use crate::emit::tokens::{View, comment, docs, item_docs, ty};
use crate::krate::{ArgumentType, Crate, Field, Ident, Presence, Record, RequiredFields, Setter, TypeExpr};

/// Returns `new` and the setters, and the struct that `new` takes if there are many required fields.
pub(super) fn constructor(krate: &Crate, name: &Ident, record: &Record) -> TokenStream {
    let required = record.required_fields();
    let parameters = parameters(krate, record);
    let is_empty = record.arguments().next().is_none();
    let body = if record.default {
        quote!(Self::default())
    } else {
        let fields = record
            .fields
            .iter()
            .map(|field| initial(krate, required.is_some(), field));
        let extra = record.extra.iter().map(|extra| {
            let name = &extra.name;
            quote!(#name: std::collections::BTreeMap::new())
        });
        quote!(Self { #(#fields,)* #(#extra,)* })
    };
    let doc = docs(
        if is_empty {
            krate.prose.new_without_fields
        } else {
            krate.prose.new_with_fields
        },
        4,
    );
    let setters: Vec<TokenStream> = record.fields.iter().filter_map(|field| setter(krate, field)).collect();
    let setters = (!setters.is_empty()).then(|| {
        let comment = comment(krate.prose.tables.setters);
        quote!(#comment codec::setters! { name: #name, methods: [#(#setters),*] })
    });
    let nulls = record.fields.iter().filter_map(|field| {
        let (method, name) = (field.null_setter.as_ref()?, &field.name);
        Some(quote!(#method(#name)))
    });
    let nulls: Vec<TokenStream> = nulls.collect();
    let nulls = (!nulls.is_empty()).then(|| {
        let comment = comment(krate.prose.tables.null_setters);
        quote!(#comment codec::null_setters! { name: #name, methods: [#(#nulls),*] })
    });
    // A type that `new` builds without arguments implements `Default`, derived or by hand.
    let default = if is_empty && !record.default {
        quote!(impl Default for #name { fn default() -> Self { Self::new() } })
    } else {
        quote!()
    };
    let required = required.map(|required| required_struct(krate, record, required));
    quote! {
        #required
        impl #name {
            #doc
            pub fn new(#parameters) -> Self {
                #body
            }
        }
        #default
        #setters
        #nulls
    }
}

/// Returns the parameters of `new`.
fn parameters(krate: &Crate, record: &Record) -> TokenStream {
    match record.required_fields() {
        Some(RequiredFields { name, .. }) => quote!(required: #name),
        None => {
            let parameters = record.arguments().map(|(field, take)| {
                let (name, form) = (&field.name, argument_type(krate, take, &field.ty));
                quote!(#name: #form)
            });
            quote!(#(#parameters),*)
        }
    }
}

/// Returns the struct with the required fields. It has no derives, because callers only write literals of it.
fn required_struct(krate: &Crate, record: &Record, required: &RequiredFields) -> TokenStream {
    let (doc, name) = (item_docs(&required.doc), &required.name);
    let fields = record.arguments().map(|(field, _)| {
        let doc = docs(field.doc.summary.as_str(), 4);
        let (name, ty) = (&field.name, ty(krate, View::Models, field.ty.unboxed()));
        quote!(#doc pub #name: #ty)
    });
    quote! {
        #doc
        pub struct #name { #(#fields),* }
    }
}

/// Returns the initial value of a field in `new`. `in_struct` states whether the argument of `new` is a struct.
fn initial(krate: &Crate, in_struct: bool, field: &Field) -> TokenStream {
    let name = &field.name;
    let value = match (&field.setter, &field.constant) {
        (Setter::Argument(take), _) => {
            let value = if in_struct {
                quote!(required.#name)
            } else {
                argument_value(take, quote!(#name))
            };
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
        ArgumentType::Items(item) if matches!(**item, ArgumentType::Into | ArgumentType::IntoString) => {
            quote!(#name.into_iter().map(Into::into).collect())
        }
        ArgumentType::Items(_) => quote!(#name.into_iter().collect()),
        ArgumentType::Value | ArgumentType::Borrow => name,
    }
}
