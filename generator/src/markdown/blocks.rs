//! The starts of blocks, which text at the beginning of a line must not look like.

/// Escapes the start of a line that would begin a block.
pub fn escape_line_start(text: &str) -> String {
    if starts_block(text) {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (before, after) = text.split_at(digits);
        return format!("{before}\\{after}");
    }
    text.to_owned()
}

/// Returns whether a line with this text would begin a block other than a paragraph.
pub fn starts_block(text: &str) -> bool {
    let word = text.split(' ').next().unwrap_or_default();
    let ordered = word
        .strip_suffix(['.', ')'])
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()));
    let ruled =
        word.len() > 1 && word.starts_with(['-', '=', '_', '*']) && word.bytes().all(|byte| byte == word.as_bytes()[0]);
    let heading = !word.is_empty() && word.len() <= 6 && word.bytes().all(|b| b == b'#');
    matches!(word, "-" | "+" | "*" | "=")
        || ordered
        || ruled
        || heading
        || text.starts_with(['>', '|'])
        || text.starts_with("~~~")
}
