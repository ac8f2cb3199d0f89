//! The parts of a file that people read.

/// A piece of text with its line.
#[derive(Debug)]
pub struct Region {
    /// The line, starting at 1.
    pub line: usize,
    /// The text.
    pub text: String,
}

/// Returns the lines of a text that a predicate selects. Consecutive lines form one region, so that phrases can wrap.
pub fn lines(text: &str, selects: impl Fn(&str) -> bool) -> Vec<Region> {
    let lines = text.lines().enumerate();
    lines
        .filter(|(_, line)| selects(line))
        .map(|(index, line)| Region {
            line: index + 1,
            text: line.to_owned(),
        })
        .collect()
}

/// Returns the comments of Rust code, and its string literals if `strings` is set.
pub fn rust(code: &str, strings: bool) -> Vec<Region> {
    let bytes = code.as_bytes();
    let (mut regions, mut at) = (Vec::new(), 0);
    let mut push = |from: usize, to: usize| {
        regions.push(Region {
            line: code[..from].matches('\n').count() + 1,
            text: code[from..to].to_owned(),
        });
    };
    while at < bytes.len() {
        let rest = &code[at..];
        if rest.starts_with("//") {
            let end = rest.find('\n').unwrap_or(rest.len());
            push(at + 2, at + end);
            at += end;
        } else if rest.starts_with("/*") {
            let end = rest.find("*/").map_or(rest.len(), |end| end + 2);
            push(at + 2, at + end - 2);
            at += end;
        } else if let Some((start, end, length)) = raw_string(rest).filter(|_| !is_word(bytes, at)) {
            if strings {
                push(at + start, at + end);
            }
            at += length;
        } else if rest.starts_with('"') {
            let end = string_end(rest);
            if strings {
                push(at + 1, at + end);
            }
            at += end + 1;
        } else if let Some(length) = char_literal(rest) {
            at += length;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    regions
}

/// Returns whether the byte before a position belongs to an identifier.
fn is_word(bytes: &[u8], at: usize) -> bool {
    at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_')
}

/// Returns the start and end of the content of a raw string at the start of a text, and the length of the literal.
fn raw_string(rest: &str) -> Option<(usize, usize, usize)> {
    let after = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let content = after[hashes..].strip_prefix('"')?;
    let start = rest.len() - content.len();
    let close = format!("\"{}", "#".repeat(hashes));
    let end = start + content.find(&close)?;
    Some((start, end, end + close.len()))
}

/// Returns the position of the closing quote of a string at the start of a text.
fn string_end(rest: &str) -> usize {
    let mut escaped = false;
    for (at, char) in rest.char_indices().skip(1) {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at,
            _ => {}
        }
    }
    rest.len() - 1
}

/// Returns the length of a character literal at the start of a text. A lifetime is not a literal.
fn char_literal(rest: &str) -> Option<usize> {
    let content = rest.strip_prefix('\'')?;
    if content.starts_with('\\') {
        return content[2..].find('\'').map(|end| end + 4);
    }
    let first = content.chars().next()?;
    content[first.len_utf8()..]
        .starts_with('\'')
        .then(|| first.len_utf8() + 2)
}
