//! Macro calls at the level of items, which the printer only strings together: one entry a line, as a table.
//! An entry that is too wide is broken as the fields of a struct are.

use proc_macro2::Delimiter;
use syn::{Item, ItemMacro, parse_quote};

use super::tree::{Line, Token, split, tree};

/// What stands for a call until all else is printed.
pub const MARK: &str = "table!();";

/// How long a call on one line may be.
const WIDTH: usize = 100;

/// How far what is inside of something stands in from it.
const INDENT: &str = "    ";

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
    let entries: Vec<Entry<'_>> = split(arguments).into_iter().map(Entry::of).collect();
    let line: Vec<String> = entries.iter().map(Entry::line).collect();
    let whole = format!("{path}!({});", line.join(", "));
    match entries.split_last() {
        Some((Entry::List(items), before)) if whole.len() > WIDTH => {
            let before: String = before.iter().map(|entry| entry.line() + ", ").collect();
            let items: String = items
                .iter()
                .map(|item| format!("{INDENT}{},\n", broken(item, INDENT)))
                .collect();
            format!("{path}!({before}[\n{items}]);")
        }
        _ => whole,
    }
}

/// Something behind this indent, whose widest brackets are broken where it is too wide for a line.
fn broken(tokens: &[Token], indent: &str) -> String {
    let line = flat(tokens);
    let group = |token: &Token| match token {
        Token::Group(_, inner) => flat(inner).len(),
        Token::Word(_) | Token::Literal(_) | Token::Mark(_) => 0,
    };
    let widest = (0..tokens.len()).max_by_key(|at| group(&tokens[*at]));
    let Some((at, Token::Group(delimiter, inner))) = widest.map(|at| (at, &tokens[at])) else {
        return line;
    };
    if indent.len() + line.len() < WIDTH || inner.is_empty() {
        return line;
    }
    let (open, close) = match delimiter {
        Delimiter::Brace => (" {", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::None => return line,
    };
    let within = format!("{indent}{INDENT}");
    let parts: String = fill(&split(inner), &within);
    let (before, after) = (flat(&tokens[..at]), flat(&tokens[at + 1..]));
    let after = if after.is_empty() {
        after
    } else {
        format!(" {}", after.trim_start())
    };
    format!("{before}{open}\n{parts}{indent}{close}{after}")
}

/// Parts on lines of their own, but for those of a single token, which share lines.
fn fill(parts: &[&[Token]], indent: &str) -> String {
    let (mut out, mut line) = (String::new(), String::new());
    for part in parts {
        let text = format!("{},", broken(part, indent));
        if part.len() == 1 && !line.is_empty() && indent.len() + line.len() + 1 + text.len() <= WIDTH {
            line = format!("{line} {text}");
            continue;
        }
        if !line.is_empty() {
            out.push_str(&format!("{indent}{line}\n"));
        }
        line = text;
    }
    out + &format!("{indent}{line}\n")
}

/// An argument of a call.
enum Entry<'a> {
    Plain(String),
    /// What stands in brackets.
    List(Vec<&'a [Token]>),
}

impl<'a> Entry<'a> {
    fn of(part: &'a [Token]) -> Self {
        match part {
            [Token::Group(Delimiter::Bracket, items)] => Self::List(split(items)),
            all => Self::Plain(flat(all)),
        }
    }

    fn line(&self) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::List(items) => format!(
                "[{}]",
                items.iter().map(|item| flat(item)).collect::<Vec<_>>().join(", ")
            ),
        }
    }
}
