//! Small things that all files are made of: names, types, doc lines.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::krate::{Crate, DOC_BREAK, Doc, Ident, TypeExpr, WireName};

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

/// From where a file speaks of models.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// From a file of `models`, which imports them.
    Models,
    /// From any other, as `models::X`.
    Outside,
}

/// A type.
pub fn ty(krate: &Crate, view: View, expr: &TypeExpr) -> TokenStream {
    let inner = |of: &TypeExpr| ty(krate, view, of);
    match expr {
        TypeExpr::Unit => quote!(()),
        TypeExpr::Bool => quote!(bool),
        TypeExpr::I32 => quote!(i32),
        TypeExpr::I64 => quote!(i64),
        TypeExpr::U32 => quote!(u32),
        TypeExpr::U64 => quote!(u64),
        TypeExpr::F32 => quote!(f32),
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
        TypeExpr::File => quote!(bytes::Bytes),
        TypeExpr::Local(name) => quote!(#name),
    }
}

/// How wide doc lines are, with their indent and `/// `.
const WIDTH: usize = 100;

/// Doc lines of an item at this indent, parted by [`DOC_BREAK`].
pub fn docs(text: &str, indent: usize) -> TokenStream {
    let mut doc = String::with_capacity(text.len() + 16);
    for (index, line) in wrap(text, WIDTH - indent - 4).iter().enumerate() {
        if index > 0 {
            doc.push(DOC_BREAK);
        }
        if !line.is_empty() {
            doc.push(' ');
            doc.push_str(line);
        }
    }
    if text.is_empty() {
        return TokenStream::new();
    }
    let doc = Literal::string(&doc);
    quote!(#[doc = #doc])
}

/// A text inside a code span.
pub fn without_backticks(text: &str) -> String {
    text.replace('`', "'")
}

/// Words of the document where Markdown would take them for something else.
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

/// The doc lines of an item.
pub fn item_docs(doc: &Doc) -> TokenStream {
    docs(&doc.to_markdown(), 0)
}

/// The doc lines of a field, variant or method.
pub fn member_docs(doc: &Doc) -> TokenStream {
    docs(&doc.to_markdown(), 4)
}

/// `#[deprecated]`, where the document says so.
pub fn deprecated(doc: &Doc) -> TokenStream {
    match doc.deprecated.as_deref() {
        None => TokenStream::new(),
        Some("") => quote!(#[deprecated]),
        Some(note) => quote!(#[deprecated(note = #note)]),
    }
}

/// `#[cfg(feature = "…")]`, for what can be left out.
pub fn cfg_feature(feature: Option<&str>) -> TokenStream {
    feature.map_or_else(TokenStream::new, |feature| quote!(#[cfg(feature = #feature)]))
}

/// Lets a module have the name of the one that it stands in: the document names both.
pub fn allow_module_inception(module: &Ident, parent: &str) -> Option<TokenStream> {
    (module.as_str() == parent).then(|| quote!(#[allow(clippy::module_inception)]))
}

/// Canonical Markdown as lines of a width. Code and tables stay as they are.
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
    // The lines that follow stand under the text of the first one, quotes keep their mark.
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

/// The words of a line. A short code span is one word.
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

/// How long the quote and list marks at the beginning of a line are.
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

/// Whether a line that begins with the word would be something else than the rest of a paragraph.
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

/// What lets a function have as many arguments as the document requires, where the linter would ask.
pub fn allow_many_arguments(count: usize) -> Option<TokenStream> {
    (count > 7).then(|| quote!(#[allow(clippy::too_many_arguments)]))
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn paragraphs_and_items_are_wrapped_and_code_is_not() {
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
    fn a_code_span_stays_whole() {
        assert_eq!(wrap("aaa `b c` d", 7), ["aaa", "`b c` d"]);
        assert_eq!(wrap("aaa `b c d", 7), ["aaa `b", "c d"]);
    }

    #[test]
    fn a_wrapped_line_never_begins_a_block() {
        assert_eq!(wrap("aaaa bbbb - cccc 1. dddd", 9), ["aaaa bbbb -", "cccc 1.", "dddd"]);
    }
}
