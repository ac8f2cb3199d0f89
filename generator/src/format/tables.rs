//! Macro calls at the level of items, which the printer only strings together: one entry a line, as a table.

use proc_macro2::Delimiter;
use syn::{Item, ItemMacro, parse_quote};

use super::tree::{Line, Token, split, tree};

/// What stands for a call until all else is printed.
pub const MARK: &str = "table!();";

/// How long a call on one line may be.
const WIDTH: usize = 100;

/// [`MARK`] as an item.
pub fn mark() -> ItemMacro {
    parse_quote!(table!();)
}

/// Takes a macro call out of a file and leaves a mark for it. Gives its text.
pub fn take(item: &mut Item, mark: &ItemMacro) -> Option<String> {
    let Item::Macro(call) = item else { return None };
    if !call.attrs.is_empty() || call.ident.is_some() {
        return None;
    }
    let path = call.mac.path.segments.iter().map(|segment| segment.ident.to_string());
    let text = layout(&path.collect::<Vec<_>>().join("::"), &tree(call.mac.tokens.clone()));
    let attrs = std::mem::take(&mut call.attrs);
    *item = Item::Macro(ItemMacro { attrs, ..mark.clone() });
    Some(text)
}

/// Whether an item is a macro call. It has no attributes then.
pub fn is_call(item: &[Token]) -> bool {
    let bang = item
        .iter()
        .take_while(|token| matches!(token, Token::Word(_) | Token::Mark("::")))
        .count();
    item.get(bang).is_some_and(|token| token.is_mark("!"))
}

/// The text of a macro call.
pub fn text(item: &[Token]) -> Option<String> {
    match item {
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
    let line: Vec<String> = entries.iter().map(Entry::line).collect();
    let whole = format!("{path}!({});", line.join(", "));
    match entries.split_last() {
        Some((Entry::List(items), before)) if whole.len() > WIDTH => {
            let before: String = before.iter().map(|entry| entry.line() + ", ").collect();
            let items: String = items.iter().map(|item| format!("    {item},\n")).collect();
            format!("{path}!({before}[\n{items}]);")
        }
        _ => whole,
    }
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
