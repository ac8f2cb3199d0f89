//! The call of a test case, as an expression.

use proc_macro2::TokenStream;
use quote::quote;

use super::literals::literal;
use crate::emit::example_tokens;
use crate::emit::tokens::View;
use crate::krate::{ArgumentType, CallCase, Crate, Example, Operation};

/// Returns the builder with all its setters, such as `client.activities().get_activity_by_id("…")`.
pub fn call(krate: &Crate, operation: &Operation, call_case: &CallCase) -> TokenStream {
    let path = &krate[operation.group].path;
    let method = &operation.names.method;
    let arguments = operation.arguments.iter().zip(&call_case.arguments);
    let arguments = arguments.map(|(input, given)| value(krate, &input.argument, &given.value));
    let setters = call_case.setters.iter().filter_map(|(name, given)| {
        let input = operation.setters.iter().find(|input| input.name == *name)?;
        let value = value(krate, &input.argument, &given.value);
        Some(quote!(.#name(#value)))
    });
    let media_type = call_case.media_type.map(|name| quote!(.header("content-type", #name)));
    quote!(client #(.#path())* .#method(#(#arguments),*) #(#setters)* #media_type)
}

fn value(krate: &Crate, take: &ArgumentType, example: &Example) -> TokenStream {
    match example {
        Example::FromJson(json) => {
            let text = literal(&json.to_text());
            match take {
                ArgumentType::Items(_) => {
                    let collection = collection(take);
                    quote!(json::<#collection>(#text)?)
                }
                ArgumentType::Value
                | ArgumentType::Into
                | ArgumentType::Borrow
                | ArgumentType::IntoString
                | ArgumentType::IntoBytes
                | ArgumentType::IntoFile => {
                    quote!(json(#text)?)
                }
            }
        }
        Example::Borrow(inner) => {
            let inner = value(krate, take, inner);
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

/// Returns the collection type to deserialize when the method takes an iterator, from which no type can be inferred.
fn collection(take: &ArgumentType) -> TokenStream {
    match take {
        ArgumentType::Items(item) => {
            let item = collection(item);
            quote!(Vec<#item>)
        }
        ArgumentType::IntoString => quote!(String),
        ArgumentType::Value
        | ArgumentType::Into
        | ArgumentType::Borrow
        | ArgumentType::IntoBytes
        | ArgumentType::IntoFile => quote!(_),
    }
}
