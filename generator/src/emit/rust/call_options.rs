//! The setters of request builders for the options of a call.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Expr, ExprLit, ImplItem, ImplItemFn, Item, Lit, Meta};

use crate::emit::tokens::docs;

/// The module of the runtime whose `impl` block has the setters.
const SOURCE: &str = include_str!("../../../../templates/runtime/call_options.rs");

/// Returns the setters, which are the same in every builder. Builders are emitted with a placeholder for them.
pub fn setters() -> TokenStream {
    setters_in(SOURCE)
}

/// Returns the methods of the `impl` block in a source.
fn setters_in(source: &str) -> TokenStream {
    let items = syn::parse_file(source).map_or_else(|_| Vec::new(), |file| file.items);
    let methods = items.into_iter().flat_map(|item| match item {
        Item::Impl(block) => block.items,
        _ => Vec::new(),
    });
    let methods = methods.filter_map(|member| match member {
        ImplItem::Fn(method) => Some(setter(method)),
        _ => None,
    });
    methods.collect()
}

/// Returns a method with its doc comment at the line width of generated files.
fn setter(mut method: ImplItemFn) -> TokenStream {
    let text: Vec<String> = method.attrs.iter().filter_map(doc_line).collect();
    let doc = docs(&text.join("\n"), 4);
    method.attrs.retain(|attribute| doc_line(attribute).is_none());
    quote!(#doc #method)
}

/// Returns the text of a line of a doc comment.
fn doc_line(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit {
                lit: Lit::Str(text), ..
            }) => Some(text.value().trim().to_owned()),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{SOURCE, setters_in};

    #[test]
    fn requests_that_are_not_in_the_document_have_the_same_setters() {
        let raw = include_str!("../../../../templates/runtime/raw_request.rs");
        let (_, setters) = raw.split_once("// The options of a single call").expect("the setters");
        let expected = setters_in(SOURCE).to_string();
        assert!(expected.contains("fn retries"), "{expected}");
        assert_eq!(
            setters_in(&format!("// The options of a single call{setters}")).to_string(),
            expected
        );
    }
}
