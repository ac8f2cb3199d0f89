//! The tokens of macro calls, and their layout on one line in the style of `prettyplease`.

use std::fmt::Write;

use proc_macro2::{Delimiter, Ident, Literal, Spacing, TokenStream, TokenTree};

/// A token. An operator of several characters is one token.
#[derive(Debug)]
pub enum Token {
    Word(Ident),
    Literal(Literal),
    Mark(&'static str),
    Group(Delimiter, Vec<Token>),
}

impl Token {
    /// Returns whether the token is an operator.
    pub fn is_mark(&self, mark: &str) -> bool {
        matches!(self, Self::Mark(operator) if *operator == mark)
    }
}

/// The operators, longer ones first. `>>` is two tokens, because it only closes types here.
const MARKS: &[&str] = &[
    "..=", "...", "::", "->", "=>", "..", "==", "!=", "<=", ">=", "&&", "||", "+=", "-=", "#", ",", ";", ":", ".", "=",
    "<", ">", "&", "|", "!", "?", "*", "+", "-", "'", "/", "%", "^", "@", "$", "~",
];

/// Converts tokens to a tree.
pub fn tree(tokens: TokenStream) -> Vec<Token> {
    let mut tree = Vec::new();
    let mut joint = String::new();
    for token in tokens {
        if let TokenTree::Punct(punct) = &token {
            if joint.is_empty() && punct.spacing() == Spacing::Alone {
                tree.extend(single(punct.as_char()).map(Token::Mark));
                continue;
            }
            joint.push(punct.as_char());
            if punct.spacing() == Spacing::Joint && punct.as_char() != '\'' {
                continue;
            }
        }
        split_operators(&mut joint, &mut tree);
        match token {
            TokenTree::Ident(word) => tree.push(Token::Word(word)),
            TokenTree::Literal(literal) => tree.push(Token::Literal(literal)),
            TokenTree::Punct(_) => {}
            TokenTree::Group(group) => {
                let (delimiter, inner) = (group.delimiter(), group.stream());
                // Without other owners, the tokens are not copied.
                drop(group);
                tree.push(Token::Group(delimiter, self::tree(inner)));
            }
        }
    }
    split_operators(&mut joint, &mut tree);
    tree
}

/// Returns an operator of one character.
fn single(mark: char) -> Option<&'static str> {
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

/// Splits adjacent punctuation into operators and appends them.
fn split_operators(joint: &mut String, tree: &mut Vec<Token>) {
    let mut rest = joint.as_str();
    while let Some(first) = rest.chars().next() {
        let mark = MARKS.iter().find(|mark| rest.starts_with(**mark));
        rest = &rest[mark.map_or(first.len_utf8(), |mark| mark.len())..];
        tree.extend(mark.map(|mark| Token::Mark(mark)));
    }
    joint.clear();
}

/// Splits tokens at commas outside the angle brackets of types.
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

/// The previous token, for the decision whether a space follows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// No space follows.
    Close,
    /// A space follows.
    Apart,
    /// A keyword: a space follows, except before the angle brackets of a type.
    Keyword,
    /// A name: no space before brackets.
    Name,
    /// A literal or the end of a group.
    End,
}

/// A line of text.
#[derive(Default)]
pub struct Line {
    /// The text.
    pub out: String,
}

impl Line {
    /// Appends tokens.
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
            "as" | "async" | "dyn" | "else" | "for" | "if" | "impl" | "in" | "let" | "loop" | "match" | "move"
            | "mut" | "ref" | "return" | "unsafe" | "where" | "while" => Before::Keyword,
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
                // A trailing comma is removed on one line.
                if self.out.ends_with(',') {
                    self.out.pop();
                }
                (false, Before::End)
            }
            "&" | "*" | "-" if is_prefix(before) => (before != Before::Close, Before::Close),
            "->" | "=>" | "=" | "==" | "+" | "|" => (true, Before::Apart),
            _ => (true, Before::Apart),
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
                self.braces(inner, before);
                return Before::End;
            }
            Delimiter::None => {
                self.flat(inner);
                return Before::End;
            }
        };
        self.space(matches!(before, Before::Apart | Before::Keyword));
        self.out.push(open);
        let is_call = matches!(before, Before::Name | Before::End);
        match inner {
            // A tuple of one element keeps its comma.
            [one @ .., Token::Mark(",")] if is_call || delimiter == Delimiter::Bracket || split(one).len() != 1 => {
                self.flat(one);
            }
            all => self.flat(all),
        }
        self.out.push(close);
        Before::End
    }

    /// Appends braces and their content.
    fn braces(&mut self, inner: &[Token], before: Before) {
        self.space(before != Before::Close);
        if inner.is_empty() {
            self.out.push_str("{}");
            return;
        }
        self.out.push_str("{ ");
        self.flat(without_comma(inner));
        self.out.push(' ');
        self.out.push('}');
    }
}

/// Returns the tokens without a trailing comma.
fn without_comma(tokens: &[Token]) -> &[Token] {
    match tokens {
        [rest @ .., Token::Mark(",")] => rest,
        all => all,
    }
}

/// Returns whether an operator is a prefix operator.
fn is_prefix(before: Before) -> bool {
    match before {
        Before::Close | Before::Apart | Before::Keyword => true,
        Before::Name | Before::End => false,
    }
}
