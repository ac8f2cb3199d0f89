//! The short way to canonical text, for what generated Rust consists of nearly everywhere.
//!
//! In: the tokens of an item. Out: its text as `prettyplease` would give it, or none where a line is too long or holds
//! something that is not known here; the parser and the printer, which are ten times as slow, do the rest. Only white space
//! is decided here, so a mistake would be one of looks alone, and a test compares both ways.

use std::fmt::Write;

use proc_macro2::{Delimiter, Literal};

use super::tree::{Line, Token, extent, head, split, unescaped, without_comma};
use super::values::{Slot, is_path};
use crate::krate::DOC_BREAK;

/// How wide the printer lets a line be.
pub const WIDTH: usize = 89;

/// How much further each level stands to the right.
pub const INDENT: usize = 4;

/// What is not laid out here.
#[derive(Debug)]
pub struct Unknown;

/// Whether something was laid out.
pub type Laid = Result<(), Unknown>;

/// The text of an item with its attributes, without a line break at the end.
pub fn item(attributes: &[Token], body: &[Token]) -> Option<String> {
    let mut text = Text::default();
    text.item(attributes, body).ok()?;
    text.line.out.pop();
    Some(text.line.out)
}

/// The lines of a text.
#[derive(Default)]
pub struct Text {
    pub line: Line,
}

impl Text {
    fn item(&mut self, attributes: &[Token], body: &[Token]) -> Laid {
        self.attributes(attributes, 0)?;
        let start = self.line.out.len();
        match (head(body), body) {
            (Some("use"), [path @ .., Token::Mark(";")]) => self.import(path)?,
            (Some("static" | "const"), [fact @ .., Token::Mark(";")]) => self.fact(fact)?,
            (Some("struct" | "enum"), [head @ .., Token::Group(Delimiter::Brace, members)]) => {
                self.one(head, 0, " {")?;
                for member in split(members) {
                    let (attributes, member) = member.split_at(extent(member).0);
                    self.attributes(attributes, INDENT)?;
                    self.member(member)?;
                }
                self.close(members, 0);
            }
            (Some("impl"), [head @ .., Token::Group(Delimiter::Brace, members)]) => {
                self.one(head, 0, " {")?;
                self.members(members, !head.iter().any(|token| token.is_word("for")))?;
                self.close(members, 0);
            }
            (Some("fn"), [head @ .., Token::Group(Delimiter::Brace, block)]) => self.function(head, block, 0)?,
            (Some("type"), [alias @ .., Token::Mark(";")]) => {
                let at = alias.iter().position(|token| token.is_mark("=")).ok_or(Unknown)? + 1;
                self.line.flat(&alias[..at]);
                self.line.out.push(' ');
                self.ty(&alias[at..], 0, start, ";")?;
                self.line.out.push_str(";\n");
            }
            (Some("mod" | "struct"), [line @ .., Token::Mark(";")]) => self.one(line, 0, ";")?,
            _ => return Err(Unknown),
        }
        // The printer puts an attribute and an item on one line where both fit.
        let is_line = self.line.out[start..].trim_end().bytes().all(|byte| byte != b'\n');
        let is_attributed = self.line.out[..start]
            .lines()
            .next_back()
            .is_some_and(|line| line.starts_with("#["));
        if is_line && is_attributed { Err(Unknown) } else { Ok(()) }
    }

    pub fn indent(&mut self, indent: usize) -> usize {
        let start = self.line.out.len();
        self.line.out.extend(std::iter::repeat_n(' ', indent));
        start
    }

    /// Attributes on lines of their own, and docs.
    fn attributes(&mut self, tokens: &[Token], indent: usize) -> Laid {
        for attribute in tokens.chunks(2) {
            let [_, Token::Group(Delimiter::Bracket, inner)] = attribute else {
                return Err(Unknown);
            };
            match inner.as_slice() {
                [name, _, Token::Literal(text)] if name.is_word("doc") => self.doc(text, indent)?,
                all => {
                    let start = self.indent(indent);
                    self.line.out.push_str("#[");
                    self.line.flat(all);
                    self.ends("]", start)?;
                }
            }
        }
        Ok(())
    }

    fn doc(&mut self, literal: &Literal, indent: usize) -> Laid {
        let text = unescaped(literal).ok_or(Unknown)?;
        if text.contains('\n') || text.starts_with('/') {
            return Err(Unknown);
        }
        for piece in text.split(DOC_BREAK) {
            self.indent(indent);
            self.line.out.push_str("///");
            self.line.out.push_str(piece.trim_end_matches(' '));
            self.line.out.push('\n');
        }
        Ok(())
    }

    /// Ends a line that began there.
    pub fn ends(&mut self, end: &str, start: usize) -> Laid {
        self.line.out.push_str(end);
        let width = self.line.out.len() - start;
        self.line.out.push('\n');
        if width > WIDTH || std::mem::take(&mut self.line.is_forced) {
            return Err(Unknown);
        }
        Ok(())
    }

    /// A line.
    pub fn one(&mut self, tokens: &[Token], indent: usize, end: &str) -> Laid {
        let start = self.indent(indent);
        self.line.flat(tokens);
        self.ends(end, start)
    }

    /// Closes a block, which is closed on the line where it begins if there is nothing in it.
    fn close(&mut self, inner: &[Token], indent: usize) {
        if inner.is_empty() {
            self.line.out.pop();
        } else {
            self.indent(indent);
        }
        self.line.out.push_str("}\n");
    }

    /// `use …`, which is filled rather than broken at each name.
    fn import(&mut self, path: &[Token]) -> Laid {
        let [before @ .., Token::Group(Delimiter::Brace, names)] = path else {
            return self.one(path, 0, ";");
        };
        let names = split(names);
        if names.len() < 2 || names.iter().any(|name| name.len() != 1) {
            return Err(Unknown);
        }
        let start = self.line.out.len();
        self.line.flat(before);
        self.line.out.push('{');
        let first = self.line.out.len();
        for name in &names {
            self.line.flat(name);
            self.line.out.push_str(", ");
        }
        let listed = self.line.out.split_off(first);
        let listed = listed.trim_end_matches(", ");
        if self.line.out.len() - start + listed.len() + "};".len() <= WIDTH {
            self.line.out.push_str(listed);
        } else {
            self.ends("", start)?;
            let (mut width, mut names) = (INDENT, listed.split(", ").peekable());
            self.indent(INDENT);
            while let Some(name) = names.next() {
                // The comma of the last name stands there in any case, so it does not count.
                let comma = usize::from(names.peek().is_some());
                if width > INDENT {
                    let fits = width + 1 + name.len() + comma <= WIDTH;
                    self.line.out.push_str(if fits { " " } else { "\n    " });
                    width = if fits { width + 1 } else { INDENT };
                }
                let _ = write!(self.line.out, "{name},");
                width += name.len() + 1;
            }
            self.line.out.push('\n');
        }
        self.line.out.push_str("};\n");
        Ok(())
    }

    /// A field of a struct, or a variant.
    fn member(&mut self, member: &[Token]) -> Laid {
        let Some(at) = member.iter().position(|token| token.is_mark(":")) else {
            return self.one(member, INDENT, ",");
        };
        let start = self.indent(INDENT);
        self.line.flat(&member[..=at]);
        self.line.out.push(' ');
        self.ty(&member[at + 1..], INDENT, start, ",")?;
        self.line.out.push_str(",\n");
        Ok(())
    }

    /// `static NAME: Type = value`.
    fn fact(&mut self, fact: &[Token]) -> Laid {
        let position = |mark| fact.iter().position(|token| token.is_mark(mark)).ok_or(Unknown);
        let (colon, equals) = (position(":")?, position("=")?);
        let start = self.line.out.len();
        self.line.flat(&fact[..=colon]);
        self.line.out.push(' ');
        let start = self.ty(fact.get(colon + 1..equals).ok_or(Unknown)?, 0, start, " = ")?;
        self.line.out.push_str(" = ");
        self.value(&fact[equals + 1..], Slot::line(0, start, ";"))
    }

    /// The members of an `impl`.
    fn members(&mut self, members: &[Token], are_apart: bool) -> Laid {
        let mut rest = members;
        while !rest.is_empty() {
            if are_apart && rest.len() < members.len() {
                self.line.out.push('\n');
            }
            let (body, end) = extent(rest);
            self.attributes(&rest[..body], INDENT)?;
            match &rest[body..end] {
                [head @ .., Token::Group(Delimiter::Brace, block)] => self.function(head, block, INDENT)?,
                [call @ .., Token::Group(_, arguments), Token::Mark(";")] if arguments.is_empty() => {
                    self.one(call, INDENT, "();")?;
                }
                _ => return Err(Unknown),
            }
            rest = &rest[end..];
        }
        Ok(())
    }

    fn function(&mut self, head: &[Token], block: &[Token], indent: usize) -> Laid {
        self.signature(head, indent)?;
        let mut statements = block.split_inclusive(|token| token.is_mark(";")).peekable();
        while let Some(statement) = statements.next() {
            let start = self.indent(indent + INDENT);
            let (statement, end) = match statement {
                [statement @ .., Token::Mark(";")] => (statement, ";"),
                last => (last, ""),
            };
            // A block in the middle would be a statement of its own.
            if end.is_empty() && statements.peek().is_some() {
                return Err(Unknown);
            }
            let slot = Slot::line(indent + INDENT, start, end);
            match statement.iter().position(|token| token.is_mark("=")) {
                Some(at) if !statement[at + 1..].is_empty() => {
                    self.line.flat(&statement[..=at]);
                    self.line.out.push(' ');
                    self.value(&statement[at + 1..], slot)?;
                }
                _ => self.value(statement, slot)?,
            }
        }
        self.close(block, indent);
        Ok(())
    }

    /// The line or lines before the block of a function.
    fn signature(&mut self, head: &[Token], indent: usize) -> Laid {
        let is_list = |token: &Token| matches!(token, Token::Group(Delimiter::Parenthesis, _));
        let after_name = head.iter().position(|token| token.is_word("fn")).ok_or(Unknown)? + 2;
        let (before, [Token::Group(_, inputs), output @ ..]) = head.split_at_checked(after_name).ok_or(Unknown)? else {
            return Err(Unknown);
        };
        if !is_list(&head[after_name]) {
            return Err(Unknown);
        }
        let start = self.indent(indent);
        self.line.flat(before);
        let name = self.line.out.len();
        self.line.out.push('(');
        self.line.flat(without_comma(inputs));
        self.line.out.push(')');
        let list = self.line.out.len();
        self.line.flat(output);
        let is_forced = std::mem::take(&mut self.line.is_forced);
        if is_forced {
            return Err(Unknown);
        }
        let width = self.line.out.len() + " {".len() - start;
        if width <= WIDTH || inputs.is_empty() {
            self.line.out.truncate(list);
            return self.output(output, indent, start);
        }
        self.line.out.truncate(name);
        self.ends("(", start)?;
        for input in split(inputs) {
            self.one(input, indent + INDENT, ",")?;
        }
        let start = self.indent(indent);
        self.line.out.push(')');
        self.output(output, indent, start)
    }

    /// What a function gives, and the beginning of its block.
    fn output(&mut self, output: &[Token], indent: usize, start: usize) -> Laid {
        if let [_, ty @ ..] = output {
            self.line.out.push_str(" -> ");
            self.ty(ty, indent, start, " {")?;
        }
        self.line.out.push_str(" {\n");
        Ok(())
    }

    /// A type on the line that began there, before an end that is yet to be written: on one line, or each argument on its own.
    /// Gives where the line begins that it ends on.
    fn ty(&mut self, ty: &[Token], indent: usize, start: usize, end: &str) -> Result<usize, Unknown> {
        let before = self.line.out.len();
        self.line.flat(ty);
        if std::mem::take(&mut self.line.is_forced) {
            return Err(Unknown);
        }
        let first = ty.iter().position(|token| !is_path(token));
        if self.line.out.len() + end.len() - start <= WIDTH {
            return Ok(start);
        }
        match (first, ty) {
            // A path alone cannot be broken.
            (None, _) => Ok(start),
            (Some(first), [.., Token::Mark(">")]) if ty[first].is_mark("<") => {
                self.line.out.truncate(before);
                self.line.flat(&ty[..=first]);
                self.ends("", start)?;
                for argument in split(&ty[first + 1..ty.len() - 1]) {
                    self.one(argument, indent + INDENT, ",")?;
                }
                let start = self.indent(indent);
                self.line.out.push('>');
                Ok(start)
            }
            (Some(_), _) => Err(Unknown),
        }
    }
}
