//! Building blocks of all files: names, types, doc comments.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::krate::{Crate, Doc, Ident, TypeExpr, WireName};

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        syn::Ident::new(self.as_str(), Span::call_site()).to_tokens(tokens);
    }
}

impl ToTokens for WireName {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        Literal::string(self.as_str()).to_tokens(tokens);
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
        TypeExpr::F64 => quote!(f64),
        TypeExpr::String => quote!(String),
        TypeExpr::Timestamp => quote!(jiff::Timestamp),
        TypeExpr::Date => quote!(jiff::civil::Date),
        TypeExpr::Time => quote!(jiff::civil::Time),
        TypeExpr::Bytes => quote!(bytes::Bytes),
        TypeExpr::Base64 if view == View::Models => quote!(codec::Base64),
        TypeExpr::Base64 => quote!(crate::runtime::codec::Base64),
        TypeExpr::Json => quote!(serde_json::Value),
        TypeExpr::JsonObject => quote!(serde_json::Map<String, serde_json::Value>),
        TypeExpr::Option(of) => {
            let of = inner(of);
            quote!(Option<#of>)
        }
        TypeExpr::Nullable(of) => {
            let of = inner(of);
            match view {
                View::Models => quote!(codec::Nullable<#of>),
                View::Outside => quote!(crate::runtime::codec::Nullable<#of>),
            }
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

/// The maximum width of a doc comment line, with indentation and `/// `.
const WIDTH: usize = 100;

/// Returns a doc comment for an item at an indentation, with one attribute per line.
pub fn docs(text: &str, indent: usize) -> TokenStream {
    let lines = wrap(text, WIDTH - indent - 4);
    let lines = lines.iter().map(|line| {
        let line = if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        };
        let line = Literal::string(&line);
        quote!(#[doc = #line])
    });
    lines.collect()
}

/// Returns text that can be placed in a code span.
pub fn without_backticks(text: &str) -> String {
    text.replace('`', "'")
}

/// Escapes the characters that have a meaning in Markdown and joins the lines.
pub fn escape_markdown(text: &str) -> String {
    let special = |c: char| {
        matches!(
            c,
            '*' | '_' | '[' | ']' | '<' | '>' | '`' | '\\' | '&' | '#' | '~' | '|'
        )
    };
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .fold(String::new(), |mut out, c| {
            if special(c) {
                out.push('\\');
            }
            out.push(c);
            out
        })
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

/// Allows a module to have the name of its parent, because both names come from the document.
pub fn allow_module_inception(module: &Ident, parent: &str) -> Option<TokenStream> {
    (module.as_str() == parent).then(|| quote!(#[allow(clippy::module_inception)]))
}

/// Wraps Markdown at a width. Code blocks and tables are not wrapped.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut fence: Option<String> = None;
    for line in text.lines() {
        let bare = line.trim_start_matches([' ', '>']);
        if let Some(mark) = &fence {
            if bare == mark {
                fence = None;
            }
            lines.push(line.to_owned());
            continue;
        }
        let ticks = bare.bytes().take_while(|byte| *byte == b'`').count();
        if ticks >= 3 {
            fence = Some("`".repeat(ticks));
            lines.push(line.to_owned());
        } else if line.len() <= width || bare.starts_with('|') {
            lines.push(line.to_owned());
        } else {
            wrap_line(line, width, &mut lines);
        }
    }
    lines
}

fn wrap_line(line: &str, width: usize, lines: &mut Vec<String>) {
    let marker = marker(line);
    // Continuation lines are indented to the text of the first line; quote marks are repeated.
    let indent: String = line[..marker]
        .chars()
        .map(|c| if c == '>' { '>' } else { ' ' })
        .collect();
    let mut current = line[..marker].to_owned();
    let mut empty = true;
    for word in words(&line[marker..]) {
        let fits = current.chars().count() + 1 + word.chars().count() <= width;
        if !empty && !fits && !starts_block(word) {
            lines.push(std::mem::replace(&mut current, indent.clone()));
            empty = true;
        }
        if !empty {
            current.push(' ');
        }
        current.push_str(word);
        empty = false;
    }
    lines.push(current);
}

/// Splits a line into words. A short code span is one word.
fn words(line: &str) -> Vec<&str> {
    const SHORT: usize = 60;
    let mut words = Vec::new();
    let mut start = 0;
    while start < line.len() {
        let rest = &line[start..];
        let ends = rest.match_indices(' ').map(|(at, _)| at).chain([rest.len()]);
        let first = rest.find(' ').unwrap_or(rest.len());
        let whole = ends.take_while(|end| *end == first || *end <= SHORT);
        let end = whole
            .into_iter()
            .find(|end| rest[..*end].matches('`').count().is_multiple_of(2))
            .unwrap_or(first);
        words.push(&rest[..end]);
        start += end + 1;
    }
    words
}

/// Returns the length of the quote and list markers at the beginning of a line.
fn marker(line: &str) -> usize {
    let mut length = 0;
    loop {
        let rest = &line[length..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let step = if rest.starts_with(' ') {
            1
        } else if rest.starts_with("> ") || rest.starts_with("- ") {
            2
        } else if digits > 0 && rest[digits..].starts_with(". ") {
            digits + 2
        } else {
            return length;
        };
        length += step;
    }
}

/// Returns whether the word would start a new block at the beginning of a line.
fn starts_block(word: &str) -> bool {
    let bare = word.trim_end_matches(['.', ')']);
    let only = |mark: char| !word.is_empty() && word.chars().all(|c| c == mark);
    ["-", "+", "*", ":"].contains(&word)
        || ['-', '=', '#', '_', '*'].into_iter().any(only)
        || word.starts_with(['>', '|'])
        || word.starts_with("```")
        || word.starts_with("~~~")
        || (bare.len() < word.len() && bare.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Allows functions with more arguments than Clippy accepts, because the document requires them.
pub fn allow_many_arguments(count: usize) -> Option<TokenStream> {
    (count > 7).then(|| quote!(#[allow(clippy::too_many_arguments)]))
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn paragraphs_and_list_items_are_wrapped_but_code_blocks_are_not() {
        let text = "one two three\n\n- four five six\n  - seven eight nine\n\n> ten eleven twelve\n\n```text\na b c d e f g h i\n```";
        let lines = wrap(text, 10);
        let expected = [
            "one two",
            "three",
            "",
            "- four",
            "  five six",
            "  - seven",
            "    eight",
            "    nine",
            "",
            "> ten",
            "> eleven",
            "> twelve",
            "",
            "```text",
            "a b c d e f g h i",
            "```",
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn code_spans_are_not_broken() {
        assert_eq!(wrap("aaa `b c` d", 7), ["aaa", "`b c` d"]);
        assert_eq!(wrap("aaa `b c d", 7), ["aaa `b", "c d"]);
    }

    #[test]
    fn wrapped_lines_never_start_a_block() {
        assert_eq!(wrap("aaaa bbbb - cccc 1. dddd", 9), ["aaaa bbbb -", "cccc 1.", "dddd"]);
    }
}
