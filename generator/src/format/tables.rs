//! Layout of item-level macro calls with named arguments, `record! { name: Pet, fields: [...] }`, because `prettyplease` does not
//! break them. A call that is too wide has one argument per line, and a list one item per line. An item that is too wide is broken
//! like the fields of a struct.

use proc_macro2::{Delimiter, Ident, Span};
use syn::{Item, MacroDelimiter, token};

use super::tokens::{Line, Token, split, tree};
use crate::krate::LINE_WIDTH;

/// The placeholder of a call while the rest of the file is printed.
pub const PLACEHOLDER: &str = "table!();";

const INDENT: &str = "    ";

/// Replaces a macro call in a file by the placeholder, except its line comments. Returns the text of the call.
pub fn take(item: &mut Item) -> Option<String> {
    let Item::Macro(call) = item else { return None };
    let is_comment = |attribute: &syn::Attribute| attribute.path().is_ident("comment");
    let has_braces = matches!(call.mac.delimiter, MacroDelimiter::Brace(_));
    if !has_braces || call.ident.is_some() || !call.attrs.iter().all(is_comment) {
        return None;
    }
    let path = call.mac.path.segments.iter().map(|segment| segment.ident.to_string());
    let tokens = std::mem::take(&mut call.mac.tokens);
    let text = layout(&path.collect::<Vec<_>>().join("::"), &tree(tokens));
    call.mac.path = Ident::new("table", Span::call_site()).into();
    call.mac.delimiter = MacroDelimiter::Paren(token::Paren::default());
    call.semi_token = Some(token::Semi::default());
    Some(text)
}

fn flat(tokens: &[Token]) -> String {
    let mut line = Line::default();
    line.flat(tokens);
    line.out
}

fn layout(path: &str, arguments: &[Token]) -> String {
    let arguments = split(arguments);
    let line: Vec<String> = arguments.iter().map(|argument| flat(argument)).collect();
    let line = format!("{path}! {{ {} }}", line.join(", "));
    if line.len() <= LINE_WIDTH {
        return line;
    }
    let lines = arguments.iter().map(|argument| self::argument(argument));
    let lines: String = lines.map(|argument| format!("{INDENT}{argument},\n")).collect();
    format!("{path}! {{\n{lines}}}")
}

/// Returns an argument of a call that needs several lines. A list has one item per line.
fn argument(argument: &[Token]) -> String {
    match argument {
        [name @ .., Token::Group(Delimiter::Bracket, items)] if !items.is_empty() => {
            let indent = INDENT.repeat(2);
            let rows = split(items).into_iter().map(|item| broken(item, &indent));
            let rows: String = rows.map(|row| format!("{indent}{row},\n")).collect();
            format!("{} [\n{rows}{INDENT}]", flat(name))
        }
        other => broken(other, INDENT),
    }
}

/// Returns tokens at an indentation. If they are too wide for a line, their widest group is broken.
fn broken(tokens: &[Token], indent: &str) -> String {
    let line = flat(tokens);
    if indent.len() + line.len() < LINE_WIDTH {
        return line;
    }
    let group = |token: &Token| match token {
        Token::Group(_, inner) => flat(inner).len(),
        Token::Word(_) | Token::Literal(_) | Token::Mark(_) => 0,
    };
    let widest = (0..tokens.len()).max_by_key(|at| group(&tokens[*at]));
    let Some((at, Token::Group(delimiter, inner))) = widest.map(|at| (at, &tokens[at])) else {
        return line;
    };
    if inner.is_empty() {
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
        if part.len() == 1 && !line.is_empty() && indent.len() + line.len() + 1 + text.len() <= LINE_WIDTH {
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
