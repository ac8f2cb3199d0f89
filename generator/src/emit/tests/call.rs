//! The call of a test case, as an expression.

use proc_macro2::TokenStream;
use quote::quote;

use super::literals::literal;
use crate::emit::example_tokens;
use crate::emit::tokens::{View, ty};
use crate::krate::{ArgumentType, CallCase, Crate, Example, Input, Operation};

/// Returns the builder with all its setters, such as `client.activities().get_activity_by_id("…")`.
pub fn call(krate: &Crate, operation: &Operation, call_case: &CallCase) -> TokenStream {
    let path = &krate[operation.group].path;
    let (lib, method) = (&krate.package.lib, &operation.names.method);
    let arguments = operation.arguments.iter().zip(&call_case.arguments);
    let arguments = match &operation.required {
        Some(required) => {
            let fields = arguments.map(|(input, given)| field(krate, input, &given.value));
            quote!(#lib::api #(::#path)* ::#required { #(#fields),* })
        }
        None => {
            let arguments = arguments.map(|(input, given)| value(krate, input, &given.value));
            quote!(#(#arguments),*)
        }
    };
    let setters = call_case.setters.iter().filter_map(|(name, given)| {
        let input = operation.setters.iter().find(|input| input.name == *name)?;
        let value = value(krate, input, &given.value);
        Some(quote!(.#name(#value)))
    });
    let media_type = call_case.media_type.map(|name| quote!(.header("content-type", #name)));
    quote!(client #(.#path())* .#method(#arguments) #(#setters)* #media_type)
}

/// Returns a field of the struct with the required inputs.
fn field(krate: &Crate, input: &Input, example: &Example) -> TokenStream {
    let name = &input.name;
    let file = |example: &Example| match example {
        Example::File(text) | Example::Bytes(text) => Some(quote!(#text.into())),
        _ => None,
    };
    if let Some(value) = file(example) {
        return quote!(#name: #value);
    }
    let value = match example {
        Example::List(items) | Example::Array(items)
            if !items.is_empty() && items.iter().all(|item| file(item).is_some()) =>
        {
            let items = items.iter().filter_map(file);
            quote!(vec![#(#items),*])
        }
        other => value(krate, input, other),
    };
    quote!(#name: #value)
}

fn value(krate: &Crate, input: &Input, example: &Example) -> TokenStream {
    match example {
        Example::FromJson(json) => {
            let text = literal(&json.to_text());
            match input.argument {
                // No type can be inferred from an iterator or a conversion.
                ArgumentType::Items(ref item) if **item == ArgumentType::IntoString => {
                    quote!(json::<Vec<String>>(#text)?)
                }
                ArgumentType::Items(_) | ArgumentType::Into => {
                    let ty = ty(krate, View::Outside, &input.ty);
                    quote!(json::<#ty>(#text)?)
                }
                ArgumentType::Value
                | ArgumentType::Borrow
                | ArgumentType::IntoString
                | ArgumentType::IntoBytes
                | ArgumentType::IntoFile => {
                    quote!(json(#text)?)
                }
            }
        }
        Example::Borrow(inner) => {
            let inner = value(krate, input, inner);
            quote!(&#inner)
        }
        Example::Array(items) => {
            let items = items
                .iter()
                .map(|item| example_tokens::expression(krate, View::Outside, item));
            quote!([#(#items),*])
        }
        plain => example_tokens::expression(krate, View::Outside, plain),
    }
}
