//! Characters that change how a text is displayed or that no text should contain.

/// Replaces control characters and characters that change the direction of text by U+FFFD. Emitted string literals have them as
/// escapes, so only comments and documentation change.
pub fn replace_invisible(text: String) -> String {
    if !has_invisible(&text) {
        return text;
    }
    text.replace(is_invisible, "\u{fffd}")
}

/// Returns whether a text has a character that is replaced.
fn has_invisible(text: &str) -> bool {
    const BLOCK: usize = 256;
    // Most texts have no such character, which their bytes show. Without a branch for each byte, many bytes are compared at a time.
    let may_start = |byte: u8| {
        let is_control = byte < 0x20 && byte != b'\n' && byte != b'\t';
        is_control | matches!(byte, 0x7f | 0xc2 | 0xe2)
    };
    let blocks = text.as_bytes().chunks(BLOCK).enumerate();
    blocks.into_iter().any(|(index, block)| {
        let starts = |at: usize| may_start(block[at]) && text[index * BLOCK + at..].starts_with(is_invisible);
        block.iter().fold(false, |found, byte| found | may_start(*byte)) && (0..block.len()).any(starts)
    })
}

/// Returns whether a character is a control character or changes the direction of the text around it.
fn is_invisible(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' => true,
        _ => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::replace_invisible;

    #[test]
    fn invisible_characters_are_replaced() {
        for (text, expected) in [
            ("a\n\tb — ü", "a\n\tb — ü"),
            ("a\rb\u{0}", "a\u{fffd}b\u{fffd}"),
            ("a\u{202e}b\u{85}c\u{2028}", "a\u{fffd}b\u{fffd}c\u{fffd}"),
            (
                &format!("{}\u{202e}", "a".repeat(255)),
                &format!("{}\u{fffd}", "a".repeat(255)),
            ),
            ("👩\u{200d}🚀", "👩\u{200d}🚀"),
        ] {
            assert_eq!(replace_invisible(text.to_owned()), expected);
        }
    }
}
