//! The call of a test case, as an expression.

use proc_macro2::TokenStream;
use quote::quote;

use super::literals::literal;
use crate::emit::example_tokens;
use crate::emit::tokens::View;
use crate::krate::{ArgumentType, CallCase, CaseInput, Crate, Example, Operation};

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
        ArgumentType::Value | ArgumentType::Borrow | ArgumentType::IntoBytes | ArgumentType::IntoFile => quote!(_),
    }
}

/// Returns whether a value of the call is deserialized from JSON.
pub fn reads_json(call_case: &CallCase) -> bool {
    fn reads(example: &Example) -> bool {
        match example {
            Example::FromJson(_) => true,
            Example::Borrow(inner) => reads(inner),
            Example::Str(_)
            | Example::String(_)
            | Example::Number(_)
            | Example::Bool(_)
            | Example::Variant(..)
            | Example::Wrap(..)
            | Example::Record { .. }
            | Example::List(_)
            | Example::Array(_)
            | Example::Map(_)
            | Example::Parse(..)
            | Example::Json(_)
            | Example::Some(_)
            | Example::None
            | Example::Boxed(_)
            | Example::Bytes(_)
            | Example::File(_) => false,
        }
    }
    given(call_case).any(|given| reads(&given.value))
}

/// Returns whether a value of the call is an enum variant.
pub fn uses_models(call_case: &CallCase) -> bool {
    given(call_case).any(|given| match &given.value {
        Example::Borrow(inner) => matches!(**inner, Example::Variant(..)),
        value => matches!(value, Example::Variant(..)),
    })
}

fn given(call_case: &CallCase) -> impl Iterator<Item = &CaseInput> {
    call_case
        .arguments
        .iter()
        .chain(call_case.setters.iter().map(|(_, given)| given))
}
