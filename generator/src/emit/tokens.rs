//! Building blocks of all files: names, types, doc comments.

use proc_macro2::{Delimiter, Group, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt, format_ident, quote};

use crate::krate::{Crate, Doc, Ident, LINE_WIDTH, TypeExpr, WireName};
use crate::markdown::wrap;
use crate::wire::MediaType;

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(syn::Ident::new(self.as_str(), Span::call_site()));
    }
}

impl ToTokens for WireName {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(Literal::string(self.as_str()));
    }
}

impl ToTokens for MediaType {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(Literal::string(self.as_str()));
    }
}

/// The place from which code refers to models.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// A file of `models`, which imports them.
    Models,
    /// Any other file, which writes `models::X`.
    Outside,
}

/// Returns a type of the codec.
fn codec_type(view: View, name: &str) -> TokenStream {
    let name = syn::Ident::new(name, Span::call_site());
    match view {
        View::Models => quote!(codec::#name),
        View::Outside => quote!(crate::runtime::#name),
    }
}

/// Returns a type.
pub fn ty(krate: &Crate, view: View, expr: &TypeExpr) -> TokenStream {
    let inner = |of: &TypeExpr| ty(krate, view, of);
    match expr {
        TypeExpr::Unit => quote!(()),
        TypeExpr::Bool => quote!(bool),
        TypeExpr::I32 => quote!(i32),
        TypeExpr::I64 => quote!(i64),
        TypeExpr::U32 => quote!(u32),
        TypeExpr::U64 => quote!(u64),
        TypeExpr::I128 => quote!(i128),
        TypeExpr::F64 => quote!(f64),
        TypeExpr::Foreign(of) => of.path().parse().unwrap_or_default(),
        TypeExpr::String => quote!(String),
        TypeExpr::Date => quote!(jiff::civil::Date),
        TypeExpr::Bytes => quote!(bytes::Bytes),
        TypeExpr::DateTime => codec_type(view, "DateTime"),
        TypeExpr::Time => codec_type(view, "Time"),
        TypeExpr::Duration => codec_type(view, "Duration"),
        TypeExpr::Base64 => codec_type(view, "Base64"),
        TypeExpr::Json => quote!(serde_json::Value),
        TypeExpr::JsonObject => quote!(serde_json::Map<String, serde_json::Value>),
        TypeExpr::Option(of) => {
            let of = inner(of);
            quote!(Option<#of>)
        }
        TypeExpr::Nullable(of) => {
            let of = inner(of);
            let nullable = codec_type(view, "Nullable");
            quote!(#nullable<#of>)
        }
        TypeExpr::Boxed(of) => {
            let of = inner(of);
            quote!(Box<#of>)
        }
        TypeExpr::List(of) => {
            let of = inner(of);
            quote!(Vec<#of>)
        }
        TypeExpr::Map(of) => {
            let of = inner(of);
            quote!(std::collections::BTreeMap<String, #of>)
        }
        TypeExpr::Tuple(items) => {
            let items = items.iter().map(inner);
            quote!((#(#items,)*))
        }
        TypeExpr::Model(id) => {
            let name = &krate[*id].name;
            match view {
                View::Models => quote!(#name),
                View::Outside => quote!(models::#name),
            }
        }
        TypeExpr::File => quote!(crate::runtime::File),
        TypeExpr::Local(name) => quote!(#name),
    }
}

/// Returns a doc comment for an item at an indentation, as one attribute whose lines `format` prints as `///` lines. Unlike
/// the value of `#[doc = "…"]`, its text is not parsed by syn.
pub fn docs(text: &str, indent: usize) -> TokenStream {
    let lines = wrap(text, LINE_WIDTH - indent - 4);
    if lines.is_empty() {
        return TokenStream::new();
    }
    let mut text = String::with_capacity(lines.iter().map(|line| line.len() + 2).sum());
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        if !line.is_empty() {
            text.push(' ');
            text.push_str(line);
        }
    }
    let text = TokenTree::from(raw_literal(&text));
    let text = Group::new(Delimiter::Parenthesis, text.into());
    quote!(#[doc_lines #text])
}

/// Returns a raw string literal. Doc comments are long, and escaping and unescaping each character takes time.
fn raw_literal(text: &str) -> Literal {
    let mut hashes = "#".to_owned();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    let literal = format!("r{hashes}\"{text}\"{hashes}").parse();
    // Parsing fails for a text with a carriage return or more than 255 hashes.
    literal.unwrap_or_else(|_| Literal::string(text))
}

/// Returns the attribute that `format` prints as a line comment.
pub fn comment(text: &str) -> TokenStream {
    let text = format!(" {text}");
    quote!(#[comment = #text])
}

/// Returns the doc comment of an item.
pub fn item_docs(doc: &Doc) -> TokenStream {
    docs(&doc.to_markdown(), 0)
}

/// Returns the doc comment of a field, variant or method.
pub fn member_docs(doc: &Doc) -> TokenStream {
    docs(&doc.to_markdown(), 4)
}

/// Returns `#[deprecated]` if the document marks the item as deprecated.
pub fn deprecated(doc: &Doc) -> TokenStream {
    match doc.deprecated.as_deref() {
        None => TokenStream::new(),
        Some("") => quote!(#[deprecated]),
        Some(note) => quote!(#[deprecated(note = #note)]),
    }
}

/// Returns `#[cfg(feature = "…")]` if the item belongs to a feature.
pub fn cfg_feature(feature: Option<&str>) -> TokenStream {
    feature.map_or_else(TokenStream::new, |feature| quote!(#[cfg(feature = #feature)]))
}

/// Allows an item to be unused in a crate with features for groups, because a build without some groups may not need it. `lint` is the
/// lint of rustc.
pub fn allow_unused(krate: &Crate, lint: &str) -> Option<TokenStream> {
    let lint = format_ident!("{lint}");
    (!krate.package.features.is_empty()).then(|| quote!(#[allow(#lint)]))
}

/// Allows a module to have the name of its parent, because both names come from the document.
pub fn allow_module_inception(module: &Ident, parent: &str) -> Option<TokenStream> {
    (module.as_str() == parent).then(|| quote!(#[allow(clippy::module_inception)]))
}

/// Allows functions with more arguments than Clippy accepts, because the document requires them.
pub fn allow_many_arguments(count: usize) -> Option<TokenStream> {
    (count > 7).then(|| quote!(#[allow(clippy::too_many_arguments)]))
}

/// Returns the import of `models`, if a file needs it.
pub fn use_models(needed: bool) -> Option<TokenStream> {
    needed.then(|| {
        quote!(
            use crate::models;
        )
    })
}

#[cfg(test)]
mod tests {
    use super::raw_literal;

    #[test]
    fn literals_have_the_value_of_the_text() {
        let many = format!("\"{}", "#".repeat(300));
        for text in ["", "a", "a \"b\"# c\n\\n `\"##`", "a\r\nb", "a\rb\0", &many] {
            let literal: syn::LitStr =
                syn::parse2(proc_macro2::TokenTree::from(raw_literal(text)).into()).expect("a string");
            assert_eq!(literal.value(), text);
        }
    }
}
