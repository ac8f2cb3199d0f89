//! Example values as tokens.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::tokens::View;
use crate::krate::{Crate, Example};

/// Returns an example value as an expression. Values whose construction can fail do not occur here.
pub fn expression(krate: &Crate, view: View, value: &Example) -> TokenStream {
    match value {
        Example::Str(text) | Example::Bytes(text) | Example::File(text) => {
            let text = Literal::string(text);
            quote!(#text)
        }
        Example::String(text) | Example::Parse(_, text) => {
            let text = Literal::string(text);
            quote!(#text.to_owned())
        }
        Example::Number(number) => number.parse().unwrap_or_else(|_| quote!(0)),
        Example::Bool(value) => quote!(#value),
        Example::Variant(model, variant) => {
            let name = &krate[*model].name;
            match view {
                View::Models => quote!(#name::#variant),
                View::Outside => quote!(models::#name::#variant),
            }
        }
        Example::Some(inner) => {
            let inner = expression(krate, view, inner);
            quote!(Some(#inner))
        }
        Example::None => quote!(None),
        Example::Boxed(inner) => {
            let inner = expression(krate, view, inner);
            quote!(Box::new(#inner))
        }
        Example::Borrow(inner) => {
            let inner = expression(krate, view, inner);
            quote!(&#inner)
        }
        Example::List(items) | Example::Array(items) => {
            let items = items.iter().map(|item| expression(krate, view, item));
            quote!(vec![#(#items),*])
        }
        Example::Wrap(..)
        | Example::Record { .. }
        | Example::Fields(..)
        | Example::Map(_)
        | Example::Json(_)
        | Example::FromJson(_)
        | Example::FromJsonAs(..) => {
            quote!(codec::Wire::empty())
        }
    }
}

/// Prints a number whose type is not known from its use, with a suffix if it does not fit into the default type `i32`.
pub fn number_literal(number: &str) -> TokenStream {
    let literal = match (number.parse::<i32>(), number.parse::<i64>(), number.parse::<u64>()) {
        (Ok(_), _, _) => None,
        (_, Ok(value), _) => Some(Literal::i64_suffixed(value)),
        (_, _, Ok(value)) => Some(Literal::u64_suffixed(value)),
        _ => None,
    };
    literal.map_or_else(
        || number.parse().unwrap_or_else(|_| quote!(0)),
        |literal| quote!(#literal),
    )
}
