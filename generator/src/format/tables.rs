//! Macro calls at the level of items, which the printer only strings together: one entry a line, as a table.

use proc_macro2::Delimiter;
use syn::{Item, ItemMacro, LitStr, parse_quote};

use super::tree::{Line, Token, split, tree, unescaped};
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
        layout(&path.collect::<Vec<_>>().join("::"), &tree(call.mac.tokens.clone()))
    } else {
        return None;
    };
    let attrs = std::mem::take(&mut call.attrs);
    *item = Item::Macro(ItemMacro { attrs, ..mark.clone() });
    Some(text)
}

/// Whether an item is a macro call or text already. It has no attributes then.
pub fn is_call(item: &[Token]) -> bool {
    let bang = item
        .iter()
        .take_while(|token| matches!(token, Token::Word(_) | Token::Mark("::")))
        .count();
    item.get(bang).is_some_and(|token| token.is_mark("!"))
}

/// The text of a macro call, or of an item that is text already.
pub fn text(item: &[Token]) -> Option<String> {
    match item {
        [name, _, Token::Group(_, inner), Token::Mark(";")] if name.is_word(LAID_OUT) => match inner.as_slice() {
            [Token::Literal(text)] => unescaped(text),
            _ => None,
        },
        [path @ .., Token::Mark("!"), Token::Group(_, inner), Token::Mark(";")] => Some(layout(&flat(path), inner)),
        _ => None,
    }
}

fn flat(tokens: &[Token]) -> String {
    let mut line = Line::default();
    line.flat(tokens);
    line.out
}

fn layout(path: &str, arguments: &[Token]) -> String {
    let entries: Vec<Entry> = split(arguments).into_iter().map(Entry::of).collect();
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
    fn of(part: &[Token]) -> Self {
        match part {
            [Token::Group(Delimiter::Bracket, items)] => Self::List(split(items).into_iter().map(flat).collect()),
            all => Self::Plain(flat(all)),
        }
    }

    fn line(&self) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::List(items) => format!("[{}]", items.join(", ")),
        }
    }
}
