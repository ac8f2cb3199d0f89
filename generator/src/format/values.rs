//! The short way for values: one line, or one line for each part.

use proc_macro2::Delimiter;

use super::fast_path::{INDENT, Laid, Text, Unknown, WIDTH};
use super::tree::{Token, split};

/// Where a value stands.
#[derive(Clone, Copy)]
pub struct Slot {
    /// How far to the right the line stands on which it begins.
    indent: usize,
    /// Where that line begins.
    start: usize,
    /// What stands behind the value.
    end: &'static str,
    /// How wide the line may be if the value ends on it.
    width: usize,
}

impl Slot {
    /// On a line of its own, or at the end of one.
    pub fn line(indent: usize, start: usize, end: &'static str) -> Self {
        Self {
            indent,
            start,
            end,
            width: WIDTH,
        }
    }

    /// In a list, each on a line. The comma of the last one stands there in any case, so it does not count.
    fn listed(indent: usize, start: usize, is_last: bool) -> Self {
        Self {
            width: WIDTH + usize::from(is_last),
            ..Self::line(indent, start, ",")
        }
    }
}

impl Text {
    /// A value on its line.
    pub fn value(&mut self, value: &[Token], slot: Slot) -> Laid {
        let before = self.line.out.len();
        self.line.flat(value);
        let width = self.line.out.len() + slot.end.len() - slot.start;
        let (indent, inner) = (slot.indent, slot.indent + INDENT);
        if self.line.is_forced || width > slot.width {
            self.line.out.truncate(before);
            self.line.is_forced = false;
            let close = match value {
                [first, .., Token::Group(Delimiter::Brace, arms)] if first.is_word("match") => {
                    self.line.flat(&value[..value.len() - 1]);
                    self.ends(" {", slot.start)?;
                    self.arms(arms, inner)?;
                    '}'
                }
                [path @ .., Token::Group(Delimiter::Brace, fields)] if path.iter().all(is_path) => {
                    self.line.flat(path);
                    self.ends(" {", slot.start)?;
                    self.fields(fields, inner)?;
                    '}'
                }
                [marks @ .., Token::Group(Delimiter::Bracket, items)] if marks.iter().all(|mark| mark.is_mark("&")) => {
                    self.line.flat(marks);
                    self.ends("[", slot.start)?;
                    self.list(items, inner)?;
                    ']'
                }
                [path @ .., Token::Group(Delimiter::Parenthesis, arguments)]
                    if path.iter().all(is_path) && split(arguments).len() > 1 =>
                {
                    self.line.flat(path);
                    self.ends("(", slot.start)?;
                    for argument in split(arguments) {
                        self.one(argument, inner, ",")?;
                    }
                    ')'
                }
                _ => return Err(Unknown),
            };
            self.indent(indent);
            self.line.out.push(close);
        }
        self.line.out.push_str(slot.end);
        self.line.out.push('\n');
        Ok(())
    }

    /// The fields of a struct, each on a line.
    fn fields(&mut self, fields: &[Token], indent: usize) -> Laid {
        let mut fields = split(fields).into_iter().peekable();
        while let Some(field) = fields.next() {
            let start = self.indent(indent);
            match field {
                [name @ Token::Word(_), colon @ Token::Mark(":"), value @ ..] => {
                    self.line.flat(std::slice::from_ref(name));
                    self.line.flat(std::slice::from_ref(colon));
                    self.line.out.push(' ');
                    self.value(value, Slot::listed(indent, start, fields.peek().is_none()))?;
                }
                [Token::Mark(".."), ..] => {
                    self.line.flat(field);
                    self.ends("", start)?;
                }
                all => {
                    self.line.flat(all);
                    self.ends(",", start)?;
                }
            }
        }
        Ok(())
    }

    /// The items of a list, each on a line.
    fn list(&mut self, items: &[Token], indent: usize) -> Laid {
        let items = split(items);
        // Numbers are filled.
        if items.iter().any(|item| is_number(item)) {
            return Err(Unknown);
        }
        let mut items = items.into_iter().peekable();
        while let Some(item) = items.next() {
            let start = self.indent(indent);
            self.value(item, Slot::listed(indent, start, items.peek().is_none()))?;
        }
        Ok(())
    }

    /// The arms of a `match`, each on a line.
    fn arms(&mut self, arms: &[Token], indent: usize) -> Laid {
        for arm in split(arms) {
            let arrow = arm.iter().position(|token| token.is_mark("=>")).ok_or(Unknown)?;
            let (pattern, body) = (&arm[..arrow], &arm[arrow + 1..]);
            if arm
                .iter()
                .any(|token| matches!(token, Token::Group(Delimiter::Brace, _)))
            {
                return Err(Unknown);
            }
            let mut start = self.indent(indent);
            self.line.flat(pattern);
            if self.line.out.len() + " => ".len() - start > WIDTH {
                self.line.out.truncate(start);
                let mut cases = pattern.split(|token| token.is_mark("|")).peekable();
                let mut mark = "";
                while let Some(case) = cases.next() {
                    start = self.indent(indent);
                    self.line.out.push_str(mark);
                    self.line.flat(case);
                    if cases.peek().is_some() {
                        self.ends("", start)?;
                    }
                    mark = "| ";
                }
            }
            self.line.out.push_str(" => ");
            self.line.flat(body);
            self.ends(",", start)?;
        }
        Ok(())
    }
}

/// Whether it may be part of a path, or stand before one.
pub fn is_path(token: &Token) -> bool {
    matches!(token, Token::Word(_)) || token.is_mark("::") || token.is_mark("&")
}

fn is_number(item: &[Token]) -> bool {
    matches!(item, [Token::Literal(literal)] if !literal.to_string().starts_with('"'))
}
