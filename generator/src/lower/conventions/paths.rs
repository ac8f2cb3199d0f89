//! Words of URL paths.

/// Returns the words of a path: `["users", "by", "id"]` for `/users/{id}`.
pub(in crate::lower) fn words_of_path(path: &str) -> Vec<String> {
    let mut words = Vec::new();
    for segment in path
        .split(['/', '?', '&', '=', '#'])
        .filter(|segment| !segment.is_empty())
    {
        let mut rest = segment;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            push_words(before, &mut words);
            words.push("by".to_owned());
            push_words(name, &mut words);
            rest = after;
        }
        push_words(rest, &mut words);
    }
    words
}

/// Returns whether a segment of a path does not describe the resource of the path: `api`, `v1`, `2024-01-01`.
pub(in crate::lower) fn is_prefix(segment: &str) -> bool {
    let number = segment.strip_prefix(['v', 'V']).unwrap_or(segment);
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
    let suffix = number
        .trim_start_matches(is_part)
        .trim_end_matches(|c: char| c.is_ascii_digit());
    let is_version =
        number.starts_with(|c: char| c.is_ascii_digit()) && matches!(suffix, "" | "alpha" | "beta" | "rc" | "preview");
    is_version || matches!(segment.to_ascii_lowercase().as_str(), "api" | "rest")
}

fn push_words(text: &str, words: &mut Vec<String>) {
    let parts = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|part| !part.is_empty());
    words.extend(parts.map(str::to_owned));
}
