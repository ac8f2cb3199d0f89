//! Tokens as a tree that can be looked at more than once, and their text on one line.
//!
//! In: the tokens of a file. Out: [`Token`]s, of which each text is written as `prettyplease` would have it on one line.

use std::fmt::Write;

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, TokenStream, TokenTree};

/// A token. Operators are whole, so that nothing has to look at two of them.
#[derive(Debug)]
pub enum Token {
    Word(Ident),
    Literal(Literal),
    Mark(&'static str),
    Group(Delimiter, Vec<Token>),
}

impl Token {
    /// Whether it is this operator.
    pub fn is_mark(&self, mark: &str) -> bool {
        matches!(self, Self::Mark(own) if *own == mark)
    }

    /// Whether it is this word.
    pub fn is_word(&self, word: &str) -> bool {
        matches!(self, Self::Word(own) if own == word)
    }
}

/// The operators, the longer before the shorter. `>>` is two, as it only closes types here.
const MARKS: &[&str] = &[
    "..=", "...", "::", "->", "=>", "..", "==", "!=", "<=", ">=", "&&", "||", "+=", "-=", "#", ",", ";", ":", ".", "=",
    "<", ">", "&", "|", "!", "?", "*", "+", "-", "'", "/", "%", "^", "@", "$", "~",
];

/// The tokens as a tree. They are taken apart rather than copied.
pub fn tree(tokens: TokenStream) -> Vec<Token> {
    let mut tree = Vec::new();
    let mut joint = String::new();
    for token in tokens {
        if let TokenTree::Punct(punct) = &token {
            if joint.is_empty() && punct.spacing() == Spacing::Alone {
                tree.extend(lone(punct.as_char()).map(Token::Mark));
                continue;
            }
            joint.push(punct.as_char());
            if punct.spacing() == Spacing::Joint && punct.as_char() != '\'' {
                continue;
            }
        }
        marks(&mut joint, &mut tree);
        match token {
            TokenTree::Ident(word) => tree.push(Token::Word(word)),
            TokenTree::Literal(literal) => tree.push(Token::Literal(literal)),
            TokenTree::Punct(_) => {}
            TokenTree::Group(group) => {
                let (delimiter, inner) = (group.delimiter(), group.stream());
                // The last owner of tokens need not copy them.
                drop(group);
                tree.push(Token::Group(delimiter, self::tree(inner)));
            }
        }
    }
    marks(&mut joint, &mut tree);
    tree
}

/// An operator of one character that stands alone, as most do.
fn lone(mark: char) -> Option<&'static str> {
    Some(match mark {
        ',' => ",",
        '#' => "#",
        '.' => ".",
        ':' => ":",
        ';' => ";",
        '&' => "&",
        '=' => "=",
        '<' => "<",
        '>' => ">",
        other => {
            return MARKS
                .iter()
                .copied()
                .find(|mark| mark.starts_with(other) && mark.len() == 1);
        }
    })
}

/// The tokens of a tree.
pub fn tokens(tree: &[Token]) -> TokenStream {
    let token = |token: &Token| match token {
        Token::Word(word) => TokenStream::from(TokenTree::from(word.clone())),
        Token::Literal(literal) => TokenTree::from(literal.clone()).into(),
        Token::Group(delimiter, inner) => TokenTree::from(Group::new(*delimiter, tokens(inner))).into(),
        Token::Mark(mark) => {
            let last = mark.chars().count() - 1;
            let spacing = |at| {
                if at < last || *mark == "'" {
                    Spacing::Joint
                } else {
                    Spacing::Alone
                }
            };
            let marks = mark.chars().enumerate();
            marks
                .map(|(at, mark)| TokenTree::from(Punct::new(mark, spacing(at))))
                .collect()
        }
    };
    tree.iter().map(token).collect()
}

/// Adds the operators that stand close together.
fn marks(joint: &mut String, tree: &mut Vec<Token>) {
    let mut rest = joint.as_str();
    while let Some(first) = rest.chars().next() {
        let mark = MARKS.iter().find(|mark| rest.starts_with(**mark));
        rest = &rest[mark.map_or(first.len_utf8(), |mark| mark.len())..];
        tree.extend(mark.map(|mark| Token::Mark(mark)));
    }
    joint.clear();
}

/// The parts between commas, which may stand inside the angle brackets of a type.
pub fn split(tokens: &[Token]) -> Vec<&[Token]> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Mark("<") => depth += 1,
            Token::Mark(">") => depth = depth.saturating_sub(1),
            Token::Mark(",") if depth == 0 => {
                parts.push(&tokens[start..at]);
                start = at + 1;
            }
            Token::Mark(_) | Token::Word(_) | Token::Literal(_) | Token::Group(..) => {}
        }
    }
    if start < tokens.len() {
        parts.push(&tokens[start..]);
    }
    parts
}

/// What stands before a token, as far as the space between both goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Something that the next token stands close to.
    Close,
    /// Something that wants a space behind it.
    Apart,
    /// A word that wants a space behind it, but not before the brackets of a type.
    Keyword,
    /// A name, to which brackets stand close.
    Name,
    /// A literal or the end of a group.
    End,
}

/// How wide a literal of a struct may be before the printer breaks it.
const STRUCT_WIDTH: usize = 34;

/// The text of tokens on one line.
#[derive(Default)]
pub struct Line {
    /// What is written, with all that was there before.
    pub out: String,
    /// Whether something is on the line that the printer never leaves on one, or that is not known here.
    pub is_forced: bool,
}

impl Line {
    /// Writes tokens.
    pub fn flat(&mut self, tokens: &[Token]) {
        let mut before = Before::Close;
        let mut rest = tokens.iter();
        while let Some(token) = rest.next() {
            before = match token {
                Token::Word(word) => self.word(word, before),
                Token::Literal(literal) => {
                    self.space(before != Before::Close);
                    // Writing to a string does not fail.
                    let _ = write!(self.out, "{literal}");
                    Before::End
                }
                Token::Group(delimiter, inner) => self.group(*delimiter, inner, before),
                Token::Mark("'") => {
                    self.space(matches!(before, Before::Apart | Before::Keyword | Before::Name));
                    self.out.push('\'');
                    if let Some(Token::Word(name)) = rest.next() {
                        let _ = write!(self.out, "{name}");
                    }
                    Before::Keyword
                }
                Token::Mark("|") if is_prefix(before) => {
                    self.space(before != Before::Close);
                    let all = rest.as_slice();
                    let end = all.iter().position(|token| token.is_mark("|")).unwrap_or(all.len());
                    self.out.push('|');
                    self.flat(&all[..end]);
                    self.out.push('|');
                    rest = all.get(end + 1..).unwrap_or_default().iter();
                    Before::Apart
                }
                Token::Mark(mark) => self.mark(mark, before),
            };
        }
    }

    fn space(&mut self, is_wanted: bool) {
        if is_wanted {
            self.out.push(' ');
        }
    }

    fn word(&mut self, word: &Ident, before: Before) -> Before {
        self.space(before != Before::Close);
        let start = self.out.len();
        let _ = write!(self.out, "{word}");
        match &self.out[start..] {
            "as" | "dyn" | "for" | "impl" | "let" | "match" | "move" | "mut" | "ref" | "return" => Before::Keyword,
            "async" | "else" | "if" | "in" | "loop" | "unsafe" | "where" | "while" => {
                self.is_forced = true;
                Before::Keyword
            }
            _ => Before::Name,
        }
    }

    fn mark(&mut self, mark: &'static str, before: Before) -> Before {
        let (is_spaced, after) = match mark {
            "::" | "!" | ".." => (matches!(before, Before::Apart | Before::Keyword), Before::Close),
            "." | "..=" => (false, Before::Close),
            "<" => (before == Before::Apart, Before::Close),
            "," | ";" | ":" => (false, Before::Apart),
            "?" => (false, Before::End),
            ">" => {
                // A comma at the end only stands where the line is broken.
                if self.out.ends_with(',') {
                    self.out.pop();
                }
                (false, Before::End)
            }
            "&" | "*" | "-" if is_prefix(before) => (before != Before::Close, Before::Close),
            "->" | "=>" | "=" | "==" | "+" | "|" => (true, Before::Apart),
            _ => {
                self.is_forced = true;
                (true, Before::Apart)
            }
        };
        self.space(is_spaced);
        self.out.push_str(mark);
        after
    }

    fn group(&mut self, delimiter: Delimiter, inner: &[Token], before: Before) -> Before {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ('(', ')'),
            Delimiter::Bracket => ('[', ']'),
            Delimiter::Brace => {
                self.literal_of_struct(inner, before);
                return Before::End;
            }
            Delimiter::None => {
                self.is_forced = true;
                self.flat(inner);
                return Before::End;
            }
        };
        self.space(matches!(before, Before::Apart | Before::Keyword));
        self.out.push(open);
        let is_call = matches!(before, Before::Name | Before::End);
        match inner {
            // A tuple of one keeps its comma.
            [one @ .., Token::Mark(",")] if is_call || delimiter == Delimiter::Bracket || split(one).len() != 1 => {
                self.flat(one);
            }
            all => self.flat(all),
        }
        self.out.push(close);
        Before::End
    }

    /// What stands in braces in an expression: the fields of a struct, if it is short and nothing else.
    fn literal_of_struct(&mut self, inner: &[Token], before: Before) {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':');
        let start = self.out.trim_end_matches(is_part).len();
        let is_block = inner.iter().any(|token| token.is_mark("=>") || token.is_mark(";"));
        self.is_forced |= is_block || before != Before::Name;
        self.space(before != Before::Close);
        if inner.is_empty() {
            self.out.push_str("{}");
            return;
        }
        self.out.push_str("{ ");
        self.flat(without_comma(inner));
        self.out.push(' ');
        self.is_forced |= self.out.len() - start > STRUCT_WIDTH;
        self.out.push('}');
    }
}

/// The tokens without a comma behind them.
pub fn without_comma(tokens: &[Token]) -> &[Token] {
    match tokens {
        [rest @ .., Token::Mark(",")] => rest,
        all => all,
    }
}

/// Whether an operator stands before its operand rather than between two.
fn is_prefix(before: Before) -> bool {
    match before {
        Before::Close | Before::Apart | Before::Keyword => true,
        Before::Name | Before::End => false,
    }
}

/// Where the item that begins here ends: behind its attributes, and behind all of it.
pub fn extent(tokens: &[Token]) -> (usize, usize) {
    let mut body = 0;
    while tokens.get(body).is_some_and(|token| token.is_mark("#")) {
        body += 2;
    }
    let body = body.min(tokens.len());
    let words = &tokens[body..];
    let is_ended_by_brace = !matches!(head(words), Some("use" | "static" | "const" | "type"));
    let end = words.iter().position(|token| match token {
        Token::Mark(";") => true,
        Token::Group(Delimiter::Brace, _) => is_ended_by_brace,
        Token::Mark(_) | Token::Word(_) | Token::Literal(_) | Token::Group(..) => false,
    });
    (body, end.map_or(tokens.len(), |end| body + end + 1))
}

/// What kind of item it is, by the word after its visibility.
pub fn head(body: &[Token]) -> Option<&'static str> {
    let kinds = ["use", "static", "const", "type", "struct", "enum", "impl", "fn", "mod"];
    let words = body.iter().filter(|token| matches!(token, Token::Word(_))).take(2);
    let mut words = words.skip_while(|word| word.is_word("pub"));
    let first = words.next()?;
    kinds.into_iter().find(|kind| first.is_word(kind))
}

/// The text that a string literal stands for, as far as generated ones go.
pub fn unescaped(literal: &Literal) -> Option<String> {
    let literal = literal.to_string();
    let quoted = literal.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::with_capacity(quoted.len());
    let mut rest = quoted;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let mut chars = after.chars();
        text.push(match chars.next()? {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            '0' => '\0',
            mark @ ('\\' | '"' | '\'') => mark,
            'u' => {
                let (digits, after) = chars.as_str().strip_prefix('{')?.split_once('}')?;
                chars = after.chars();
                char::from_u32(u32::from_str_radix(digits, 16).ok()?)?
            }
            _ => return None,
        });
        rest = chars.as_str();
    }
    text.push_str(rest);
    Some(text)
}
