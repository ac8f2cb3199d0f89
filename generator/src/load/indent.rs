//! Indents continuation lines that YAML 1.2 requires to be indented, but that most YAML parsers accept at any column.
//!
//! In: a text that is not valid YAML 1.2. Out: the text with spaces inserted at the start of lines inside flow collections and
//! quoted scalars, where leading space has no meaning, and the [`Shifts`] that map positions back.

/// The insertions of an indented text, in order.
#[derive(Debug, Default)]
pub(super) struct Shifts {
    /// For each insertion: its position in the indented text, and the number of bytes inserted up to its end.
    list: Vec<(usize, usize)>,
}

impl Shifts {
    /// Returns the position in the original text.
    pub(super) fn original(&self, at: usize) -> usize {
        let after = self.list.partition_point(|(start, _)| *start <= at);
        let Some((start, inserted)) = after.checked_sub(1).and_then(|last| self.list.get(last)) else {
            return at;
        };
        let before = after.checked_sub(2).map_or(0, |last| self.list[last].1);
        at.saturating_sub(*inserted).max(start - before)
    }
}

/// An indented text.
pub(super) struct Indented {
    pub(super) text: String,
    pub(super) shifts: Shifts,
    /// The first indented line, as a position in the original text.
    pub(super) first: usize,
}

/// Indents the continuation lines of flow collections and quoted scalars. Returns `None` if no line needs it.
pub(super) fn indent(text: &str) -> Option<Indented> {
    let mut scanner = Scanner {
        bytes: text.as_bytes(),
        at: 0,
        line: 0,
        parent: -1,
        short: Vec::new(),
    };
    scanner.blocks();
    let first = scanner.short.first()?.0;
    let mut indented = String::with_capacity(text.len() + scanner.short.len() * 8);
    let (mut shifts, mut copied, mut inserted) = (Shifts::default(), 0, 0);
    for (line, missing) in scanner.short {
        indented.push_str(&text[copied..line]);
        copied = line;
        inserted += missing;
        shifts.list.push((indented.len(), inserted));
        indented.extend(std::iter::repeat_n(' ', missing));
    }
    indented.push_str(&text[copied..]);
    Some(Indented {
        text: indented,
        shifts,
        first,
    })
}

/// The maximum indentation that is inserted.
const MAX_DEPTH: usize = 64;

/// A scanner that knows enough of YAML to find flow collections and quoted scalars.
struct Scanner<'t> {
    bytes: &'t [u8],
    at: usize,
    /// Where the current line starts.
    line: usize,
    /// The column of the block node that the current value belongs to.
    parent: isize,
    /// Lines that need more spaces: where they start, and how many.
    short: Vec<(usize, usize)>,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn starts_with(&self, text: &[u8]) -> bool {
        self.bytes[self.at..].starts_with(text)
    }

    fn column(&self) -> usize {
        self.at - self.line
    }

    fn is_space_at(&self, at: usize) -> bool {
        self.bytes
            .get(at)
            .is_none_or(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
    }

    fn skip_spaces(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
    }

    fn skip_line(&mut self) {
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == b'\n' {
                break;
            }
        }
        self.line = self.at;
    }

    /// Scans the lines of block context.
    fn blocks(&mut self) {
        while self.at < self.bytes.len() {
            self.skip_spaces();
            match self.peek() {
                None => {}
                Some(b'\n' | b'\r' | b'#') => self.skip_line(),
                Some(_) => self.entry(),
            }
        }
    }

    /// Scans one line of block context, and the lines that its value continues on.
    fn entry(&mut self) {
        let is_marker = (self.starts_with(b"---") || self.starts_with(b"...")) && self.is_space_at(self.at + 3);
        if self.column() == 0 && (is_marker || self.peek() == Some(b'%')) {
            return self.skip_line();
        }
        self.parent = self.column() as isize - 1;
        loop {
            self.skip_spaces();
            match self.peek() {
                None => return,
                Some(b'\n' | b'\r' | b'#') => return self.skip_line(),
                Some(b'-' | b'?' | b':') if self.is_space_at(self.at + 1) => {
                    self.parent = self.column() as isize;
                    self.at += 1;
                }
                Some(b'&' | b'!' | b'*') => self.skip_word(),
                Some(b'|' | b'>') => return self.block_scalar(),
                Some(quote @ (b'"' | b'\'')) => {
                    let column = self.column();
                    self.quoted(quote, column + 1);
                    self.after_key(column);
                }
                Some(b'[' | b'{') => {
                    let column = self.column();
                    self.flow(column + 1);
                    self.after_key(column);
                }
                Some(_) => {
                    let column = self.column();
                    if !self.plain() {
                        return self.continued();
                    }
                    self.after_key(column);
                }
            }
        }
    }

    /// Handles the end of a node at `column`. If a colon follows, the node was a key, and its value is next.
    fn after_key(&mut self, column: usize) {
        self.skip_spaces();
        if self.peek() == Some(b':') && self.is_space_at(self.at + 1) {
            self.parent = column as isize;
            self.at += 1;
        }
    }

    fn skip_word(&mut self) {
        while !self.is_space_at(self.at) {
            self.at += 1;
        }
    }

    /// Scans a plain scalar up to the end of its line or its colon. Returns whether it is a key.
    fn plain(&mut self) -> bool {
        while let Some(byte) = self.peek() {
            match byte {
                b'\n' => return false,
                b':' if self.is_space_at(self.at + 1) => return true,
                b'#' if self.at > 0 && self.is_space_at(self.at - 1) => return false,
                _ => self.at += 1,
            }
        }
        false
    }

    /// Skips the rest of a line and the more deeply indented lines after it.
    fn continued(&mut self) {
        self.skip_line();
        self.deeper_lines();
    }

    fn block_scalar(&mut self) {
        self.skip_line();
        self.deeper_lines();
    }

    /// Skips lines that are empty or indented more deeply than the parent.
    fn deeper_lines(&mut self) {
        while self.at < self.bytes.len() {
            self.skip_spaces();
            let is_empty = matches!(self.peek(), None | Some(b'\n' | b'\r'));
            if !is_empty && self.column() as isize <= self.parent {
                self.at = self.line;
                return;
            }
            self.skip_line();
        }
    }

    /// Scans a quoted scalar. Its further lines need an indentation of `wanted`.
    fn quoted(&mut self, quote: u8, wanted: usize) {
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'\\' if quote == b'"' => self.at += usize::from(self.peek().is_some_and(|next| next != b'\n')),
                b'\'' if quote == b'\'' && self.peek() == Some(b'\'') => self.at += 1,
                b'\n' => self.next_line(wanted),
                _ if byte == quote => return,
                _ => {}
            }
        }
    }

    /// Scans a flow collection. Its further lines need an indentation of `wanted`.
    fn flow(&mut self, wanted: usize) {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' | b'\'' if self.is_value_start() => {
                    self.quoted(byte, wanted);
                    continue;
                }
                b'#' if self.is_space_at(self.at.saturating_sub(1)) => {
                    while self.peek().is_some_and(|byte| byte != b'\n') {
                        self.at += 1;
                    }
                    continue;
                }
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if byte == b'\n' {
                self.next_line(wanted);
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// Returns whether a quote starts a scalar here, rather than being part of a plain one.
    fn is_value_start(&self) -> bool {
        let before = self.bytes[..self.at].iter().rev();
        let before = before.copied().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
        before.is_none_or(|byte| matches!(byte, b'[' | b'{' | b',' | b':' | b'\n'))
    }

    /// Starts a line inside a flow collection or quoted scalar.
    fn next_line(&mut self, wanted: usize) {
        self.line = self.at;
        self.skip_spaces();
        let missing = wanted.min(MAX_DEPTH).saturating_sub(self.column());
        let is_empty = matches!(self.peek(), None | Some(b'\n' | b'\r'));
        if missing > 0
            && !is_empty
            && !(self.starts_with(b"---") && self.column() == 0 && self.is_space_at(self.at + 3))
        {
            self.short.push((self.line, missing));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::indent;

    /// Checks the indented text, and that positions map back.
    fn check(text: &str, expected: Option<&str>) {
        let indented = indent(text);
        assert_eq!(
            indented.as_ref().map(|indented| indented.text.as_str()),
            expected,
            "{text}"
        );
        if let Some(indented) = indented {
            let mut copied = String::new();
            let mut last = None;
            for (at, c) in indented.text.char_indices() {
                let original = indented.shifts.original(at);
                if last != Some(original) && text[original..].starts_with(c) {
                    copied.push(c);
                    last = Some(original);
                }
            }
            assert_eq!(copied, text);
        }
    }

    #[test]
    fn flow_collections_and_quoted_scalars_are_indented() {
        check("a: [\n]\nb: 1\n", Some("a: [\n    ]\nb: 1\n"));
        check("a: {\n  b: 'x\ny',\n}\n", Some("a: {\n    b: 'x\n    y',\n    }\n"));
        check("a: \"x\ny\n\nz\"\n", Some("a: \"x\n    y\n\n    z\"\n"));
        for start in ["---\n", "%YAML 1.2\n---\n", "--- # a\n", "a: 1\n...\n---\n"] {
            let (text, expected) = (format!("{start}a: [\n]\n"), format!("{start}a: [\n    ]\n"));
            check(&text, Some(&expected));
        }
        check("- a: [ # [\n'''[', ]\n- b\n", Some("- a: [ # [\n      '''[', ]\n- b\n"));
    }

    #[test]
    fn other_lines_are_kept() {
        for text in [
            "a: |\n  [\n  x\nb: 1\n",
            "a: text\n  [not a flow\nb: it's\nc: d\n",
            "a: [b,\n     c]\n",
            "# [\na: b # \"\nc: &x 'y'\n",
            "? a\n: b\n- |\n [\n- c\n",
        ] {
            check(text, None);
        }
    }
}
