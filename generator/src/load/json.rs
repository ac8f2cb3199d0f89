//! Parses strict JSON into a tree, with positions and the text of numbers.
//!
//! One pass over the bytes, without recursion. Strings without escapes are not copied. Anything that strict JSON forbids is an
//! error; the caller then tries YAML, which accepts most of it.

use super::builder::{Builder, TooDeep};
use super::finding::Finding;
use super::tree::{Extent, Kind, Slice};

/// Parses a whole text into the builder.
pub(super) fn read(text: &str, builder: &mut Builder<'_>) -> Result<(), Finding> {
    Reader {
        text,
        bytes: text.as_bytes(),
        at: 0,
        builder,
    }
    .document()
}

struct Reader<'t, 'b, 'k> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    builder: &'b mut Builder<'k>,
}

type Read<T> = Result<T, Finding>;

impl Reader<'_, '_, '_> {
    fn document(mut self) -> Read<()> {
        let mut open = Vec::new();
        loop {
            self.value(&mut open)?;
            if self.next_value(&mut open)? {
                continue;
            }
            self.blank();
            return match self.peek() {
                None => Ok(()),
                Some(_) => Err(self.error("unexpected text after the end of the document")),
            };
        }
    }

    /// Parses a scalar, or opens containers until a scalar or an empty container.
    fn value(&mut self, open: &mut Vec<Kind>) -> Read<()> {
        loop {
            self.blank();
            let start = self.at;
            match self.peek() {
                Some(b'{') => {
                    self.open(Kind::Object, open)?;
                    self.blank();
                    match self.peek() {
                        Some(b'}') => return self.close(open),
                        _ => self.key()?,
                    }
                }
                Some(b'[') => {
                    self.open(Kind::Array, open)?;
                    self.blank();
                    if self.peek() == Some(b']') {
                        return self.close(open);
                    }
                }
                Some(b'"') => {
                    let text = self.string()?;
                    self.builder.scalar(Kind::String, text, self.since(start));
                    return Ok(());
                }
                Some(b'-' | b'0'..=b'9') => return self.number(),
                Some(b't') => return self.word("true", Kind::True),
                Some(b'f') => return self.word("false", Kind::False),
                Some(b'n') => return self.word("null", Kind::Null),
                Some(_) => return Err(self.error("expected a value")),
                None => return Err(self.error("unexpected end of the text; expected a value")),
            }
        }
    }

    /// Advances to the next value; returns false at the end of the document.
    fn next_value(&mut self, open: &mut Vec<Kind>) -> Read<bool> {
        while let Some(container) = open.last().copied() {
            self.blank();
            let is_object = container == Kind::Object;
            match self.peek() {
                Some(b',') => {
                    self.at += 1;
                    if is_object {
                        self.blank();
                        self.key()?;
                    }
                    return Ok(true);
                }
                Some(b'}') if is_object => self.close(open)?,
                Some(b']') if !is_object => self.close(open)?,
                Some(_) if is_object => return Err(self.error("expected `,` or `}`")),
                Some(_) => return Err(self.error("expected `,` or `]`")),
                None => return Err(self.error("unexpected end of the text inside an object or array")),
            }
        }
        Ok(false)
    }

    fn open(&mut self, kind: Kind, open: &mut Vec<Kind>) -> Read<()> {
        let opened = self.builder.open(kind, self.at as u32);
        opened.map_err(|TooDeep| Finding::too_deep(self.at))?;
        open.push(kind);
        self.at += 1;
        Ok(())
    }

    fn close(&mut self, open: &mut Vec<Kind>) -> Read<()> {
        self.at += 1;
        open.pop();
        self.builder.close(self.at as u32);
        Ok(())
    }

    fn key(&mut self) -> Read<()> {
        let start = self.at;
        if self.peek() != Some(b'"') {
            return Err(self.error("expected a key in double quotes"));
        }
        let text = self.string()?;
        let extent = self.since(start);
        self.blank();
        if self.peek() != Some(b':') {
            return Err(self.error("expected `:` after the key"));
        }
        self.at += 1;
        self.builder.key(text, extent);
        Ok(())
    }

    /// Parses a string, including its quotes.
    fn string(&mut self) -> Read<Slice> {
        let start = self.at + 1;
        self.at = start;
        loop {
            match self.peek() {
                Some(b'"') => {
                    let slice = Slice::of_file(start as u32, (self.at - start) as u32);
                    self.at += 1;
                    return Ok(slice);
                }
                Some(b'\\') => return self.escaped(start),
                Some(_) => self.at += 1,
                None => return Err(self.error("unexpected end of the text inside a string")),
            }
        }
    }

    /// Parses the rest of a string from its first escape on.
    fn escaped(&mut self, start: usize) -> Read<Slice> {
        let mut value = String::from(&self.text[start..self.at]);
        let mut plain = self.at;
        loop {
            match self.peek() {
                Some(b'"') => {
                    value.push_str(&self.text[plain..self.at]);
                    self.at += 1;
                    return Ok(self.builder.keep(&value));
                }
                Some(b'\\') => {
                    value.push_str(&self.text[plain..self.at]);
                    value.push(self.escape()?);
                    plain = self.at;
                }
                Some(_) => self.at += 1,
                None => return Err(self.error("unexpected end of the text inside a string")),
            }
        }
    }

    fn escape(&mut self) -> Read<char> {
        self.at += 1;
        let escape = self
            .peek()
            .ok_or_else(|| self.error("unexpected end of the text inside a string"))?;
        self.at += 1;
        Ok(match escape {
            b'"' | b'\\' | b'/' => escape as char,
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => {
                self.at -= 2;
                return Err(self.error("invalid escape sequence"));
            }
        })
    }

    /// Parses `\uXXXX` or a surrogate pair. An unpaired surrogate becomes U+FFFD.
    fn unicode(&mut self) -> Read<char> {
        let high = self.hex()?;
        if (0xd800..0xdc00).contains(&high) && self.bytes[self.at..].starts_with(b"\\u") {
            let back = self.at;
            self.at += 2;
            let low = self.hex()?;
            if (0xdc00..0xe000).contains(&low) {
                let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = back;
        }
        Ok(char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn hex(&mut self) -> Read<u32> {
        let digits = self
            .bytes
            .get(self.at..self.at + 4)
            .filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let code = digits.and_then(|_| u32::from_str_radix(self.text.get(self.at..self.at + 4)?, 16).ok());
        let code = code.ok_or_else(|| self.error("expected four hexadecimal digits"))?;
        self.at += 4;
        Ok(code)
    }

    fn number(&mut self) -> Read<()> {
        let start = self.at;
        while matches!(self.peek(), Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')) {
            self.at += 1;
        }
        if !is_number(&self.text[start..self.at]) {
            self.at = start;
            return Err(self.error("invalid number"));
        }
        let extent = self.since(start);
        self.builder.scalar(
            Kind::Number,
            Slice::of_file(extent.start, extent.end - extent.start),
            extent,
        );
        Ok(())
    }

    fn word(&mut self, word: &str, kind: Kind) -> Read<()> {
        let start = self.at;
        if !self.bytes[self.at..].starts_with(word.as_bytes()) {
            return Err(self.error("expected a value"));
        }
        self.at += word.len();
        let extent = self.since(start);
        self.builder
            .scalar(kind, Slice::of_file(extent.start, word.len() as u32), extent);
        Ok(())
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn since(&self, start: usize) -> Extent {
        Extent {
            start: start as u32,
            end: self.at as u32,
        }
    }

    fn error(&self, message: &str) -> Finding {
        Finding::syntax(self.at, &format!("invalid JSON: {message}"))
    }
}

/// Returns whether a text is a number in JSON's grammar.
pub(super) fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let leading_zero = whole.len() > 1 && whole.starts_with('0');
    digits(whole) && !leading_zero && fraction.is_none_or(digits) && exponent.is_none_or(digits)
}
