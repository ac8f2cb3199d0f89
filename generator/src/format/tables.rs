//! Layout of item-level macro calls as tables with one entry per line, because `prettyplease` does not break them.
//! An entry that is too wide is broken like the fields of a struct.

use proc_macro2::Delimiter;
use syn::{Item, ItemMacro, parse_quote};

use super::tokens::{Line, Token, split, tree};

/// The placeholder of a call while the rest of the file is printed.
pub const PLACEHOLDER: &str = "table!();";

/// The maximum width of a line.
const WIDTH: usize = 100;

const INDENT: &str = "    ";

/// Returns [`PLACEHOLDER`] as an item.
pub fn placeholder() -> ItemMacro {
    parse_quote!(table!();)
}

/// Replaces a macro call in a file by the placeholder. Returns the text of the call.
pub fn take(item: &mut Item, placeholder: &ItemMacro) -> Option<String> {
    let Item::Macro(call) = item else { return None };
    if !call.attrs.is_empty() || call.ident.is_some() {
        return None;
    }
    let path = call.mac.path.segments.iter().map(|segment| segment.ident.to_string());
    let text = layout(&path.collect::<Vec<_>>().join("::"), &tree(call.mac.tokens.clone()));
    let attrs = std::mem::take(&mut call.attrs);
    *item = Item::Macro(ItemMacro {
        attrs,
        ..placeholder.clone()
    });
    Some(text)
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

/// Returns tokens at an indentation. If they are too wide for a line, their widest group is broken.
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

/// Returns one line per part; parts of a single token share lines.
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

/// An argument of a macro call.
enum Entry<'a> {
    Single(String),
    /// The items of a bracketed list.
    List(Vec<&'a [Token]>),
}

impl<'a> Entry<'a> {
    fn of(part: &'a [Token]) -> Self {
        match part {
            [Token::Group(Delimiter::Bracket, items)] => Self::List(split(items)),
            all => Self::Single(flat(all)),
        }
    }

    fn line(&self) -> String {
        match self {
            Self::Single(text) => text.clone(),
            Self::List(items) => format!(
                "[{}]",
                items.iter().map(|item| flat(item)).collect::<Vec<_>>().join(", ")
            ),
        }
    }
}
