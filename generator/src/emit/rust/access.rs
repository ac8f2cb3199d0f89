//! Paths from a response body to a value inside it, as expressions over the variable `body`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::krate::{Access, AccessStep, TypeExpr, Wrapper};

/// Returns an expression of type `Option<&str>`.
pub fn as_str(access: &Access) -> TokenStream {
    let (before, last) = split(access, Borrow::Yes);
    match last.map(|step| step.wrapper) {
        Some(Wrapper::Option) => quote!(#before.as_deref()),
        Some(Wrapper::Nullable) => quote!(#before.value().map(String::as_str)),
        Some(Wrapper::None) | None => quote!(Some(&#before)),
    }
}

/// Returns an expression that copies the value into an `Option<String>`.
pub fn owned_string(access: &Access) -> TokenStream {
    let (before, last) = split(access, Borrow::Yes);
    let is_string = access.ty == TypeExpr::String;
    match (last.map(|step| step.wrapper), is_string) {
        (Some(Wrapper::Option), true) => quote!(#before.clone()),
        (Some(Wrapper::Nullable), true) => quote!(#before.value().cloned()),
        (Some(Wrapper::None) | None, true) => quote!(Some(#before.clone())),
        (Some(Wrapper::Option), false) => quote!(#before.as_ref().map(ToString::to_string)),
        (Some(Wrapper::Nullable), false) => quote!(#before.value().map(ToString::to_string)),
        (Some(Wrapper::None) | None, false) => quote!(Some(#before.to_string())),
    }
}

/// Returns an expression that copies a number or boolean into an `Option`.
pub fn copied(access: &Access) -> TokenStream {
    let (before, last) = split(access, Borrow::Yes);
    match last.map(|step| step.wrapper) {
        Some(Wrapper::Option) => quote!(#before),
        Some(Wrapper::Nullable) => quote!(#before.value().copied()),
        Some(Wrapper::None) | None => quote!(Some(#before)),
    }
}

/// Returns an expression that moves the list out of the body, as `Vec<_>`.
pub fn list(access: &Access) -> TokenStream {
    let (before, last) = split(access, Borrow::No);
    let is_deep = access.steps.len() > 1
        && access.steps[..access.steps.len() - 1]
            .iter()
            .any(|step| step.wrapper != Wrapper::None);
    let value = match last.map(|step| step.wrapper) {
        Some(Wrapper::Option) => quote!(#before),
        Some(Wrapper::Nullable) => quote!(#before.into_option()),
        Some(Wrapper::None) | None if is_deep => quote!(Some(#before)),
        Some(Wrapper::None) | None => return before,
    };
    if is_deep {
        quote!((|| #value)().unwrap_or_default())
    } else {
        quote!(#value.unwrap_or_default())
    }
}

/// Returns an expression for the length of the list.
pub fn count(access: &Access) -> TokenStream {
    let (before, last) = split(access, Borrow::Yes);
    let is_deep = access.steps.len() > 1
        && access.steps[..access.steps.len() - 1]
            .iter()
            .any(|step| step.wrapper != Wrapper::None);
    let value = match last.map(|step| step.wrapper) {
        Some(Wrapper::Option) => quote!(#before.as_ref().map(Vec::len)),
        Some(Wrapper::Nullable) => quote!(#before.value().map(Vec::len)),
        Some(Wrapper::None) | None if is_deep => quote!(Some(#before.len())),
        Some(Wrapper::None) | None => return quote!(#before.len()),
    };
    if is_deep {
        quote!((|| #value)().unwrap_or(0))
    } else {
        quote!(#value.unwrap_or(0))
    }
}

/// Returns an expression for the last item of the list, as an `Option` of a reference.
pub fn last(access: &Access) -> TokenStream {
    let (before, last) = split(access, Borrow::Yes);
    match last.map(|step| step.wrapper) {
        Some(Wrapper::Option) => quote!(#before.as_ref()?.last()),
        Some(Wrapper::Nullable) => quote!(#before.value()?.last()),
        Some(Wrapper::None) | None => quote!(#before.last()),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Borrow {
    Yes,
    No,
}

/// Splits the path before its last step: returns the expression that ends with the last field, and the last step.
fn split(access: &Access, borrow: Borrow) -> (TokenStream, Option<&AccessStep>) {
    let mut expression = quote!(body);
    for (index, step) in access.steps.iter().enumerate() {
        let field = &step.field;
        expression = quote!(#expression.#field);
        if index + 1 < access.steps.len() {
            expression = match (step.wrapper, borrow) {
                (Wrapper::None, _) => expression,
                (Wrapper::Option, Borrow::Yes) => quote!(#expression.as_ref()?),
                (Wrapper::Option, Borrow::No) => quote!(#expression?),
                (Wrapper::Nullable, Borrow::Yes) => quote!(#expression.value()?),
                (Wrapper::Nullable, Borrow::No) => quote!(#expression.into_option()?),
            };
        }
    }
    (expression, access.steps.last())
}
