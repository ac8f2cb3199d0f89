//! Macro calls at the level of items, which the printer only strings together: one entry a line, as a table.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{Item, ItemMacro, LitStr, parse_quote};

use crate::krate::LAID_OUT;

/// What stands for a call until all else is printed.
pub const MARK: &str = "table!();";

/// How long a call on one line may be.
const WIDTH: usize = 100;

/// [`MARK`] as an item.
pub fn mark() -> ItemMacro {
    parse_quote!(table!();)
}

/// Whether an item is text already, rather than a call.
pub fn is_laid_out(call: &ItemMacro) -> bool {
    call.mac.path.is_ident(LAID_OUT)
}

/// Takes a macro call, or an item that is text already, out of a file and leaves a mark for it. Gives its text.
pub fn take(item: &mut Item, mark: &ItemMacro) -> Option<String> {
    let Item::Macro(call) = item else { return None };
    let text = if is_laid_out(call) {
        syn::parse2::<LitStr>(call.mac.tokens.clone()).ok()?.value()
    } else if call.attrs.is_empty() && call.ident.is_none() {
        let path = call.mac.path.segments.iter().map(|segment| segment.ident.to_string());
        layout(&path.collect::<Vec<_>>().join("::"), &call.mac.tokens)
    } else {
        return None;
    };
    let attrs = std::mem::take(&mut call.attrs);
    *item = Item::Macro(ItemMacro { attrs, ..mark.clone() });
    Some(text)
}

fn layout(path: &str, tokens: &TokenStream) -> String {
    let entries = entries(tokens);
    let line = format!(
        "{path}!({});",
        entries.iter().map(Entry::line).collect::<Vec<_>>().join(", ")
    );
    if line.len() <= WIDTH || entries.iter().all(|entry| matches!(entry, Entry::Plain(_))) {
        return line;
    }
    let mut text = format!("{path}!(\n");
    for entry in &entries {
        match entry {
            Entry::List(items) => {
                text.push_str("    [\n");
                items
                    .iter()
                    .for_each(|item| text.push_str(&format!("        {item},\n")));
                text.push_str("    ]\n");
            }
            Entry::Plain(item) => text.push_str(&format!("    {item},\n")),
        }
    }
    text.push_str(");");
    text
}

/// An argument of a call.
enum Entry {
    Plain(String),
    /// What stands in brackets.
    List(Vec<String>),
}

impl Entry {
    fn line(&self) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::List(items) => format!("[{}]", items.join(", ")),
        }
    }
}

fn entries(tokens: &TokenStream) -> Vec<Entry> {
    let parts = split(tokens);
    let entry = |part: TokenStream| match part.clone().into_iter().collect::<Vec<_>>().as_slice() {
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::Bracket => {
            Entry::List(split(&group.stream()).iter().map(text).collect())
        }
        _ => Entry::Plain(text(&part)),
    };
    parts.into_iter().map(entry).collect()
}

/// The text of an entry. A sign stands close to its number.
fn text(tokens: &TokenStream) -> String {
    let mut text = String::new();
    for token in tokens.clone() {
        if !text.is_empty() && !text.ends_with('-') {
            text.push(' ');
        }
        text.push_str(&token.to_string());
    }
    text
}

/// The pieces between commas.
fn split(tokens: &TokenStream) -> Vec<TokenStream> {
    let mut parts = vec![TokenStream::new()];
    for token in tokens.clone() {
        match (&token, parts.last_mut()) {
            (TokenTree::Punct(punct), _) if punct.as_char() == ',' => parts.push(TokenStream::new()),
            (_, Some(part)) => part.extend([token]),
            (_, None) => {}
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}
