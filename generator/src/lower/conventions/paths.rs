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

fn push_words(text: &str, words: &mut Vec<String>) {
    let parts = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|part| !part.is_empty());
    words.extend(parts.map(str::to_owned));
}
