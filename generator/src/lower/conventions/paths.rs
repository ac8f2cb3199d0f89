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

/// Returns an id without the first segments of the path that do not describe the resource: `items_list` for
/// `api_v1_items_list` at `/api/v1/items`. `None` if the id does not repeat them and the resource.
pub(in crate::lower) fn without_prefix<'i>(path: &str, id: &'i str) -> Option<&'i str> {
    let mut segments = path.split('/').filter(|segment| !segment.is_empty()).peekable();
    let mut rest = id;
    while let Some(prefix) = segments.next_if(|segment| is_prefix(segment)) {
        rest = without_segment(prefix, rest)?.strip_prefix('_')?;
    }
    let is_repeated = rest.len() < id.len() && without_segment(segments.next()?, rest).is_some();
    is_repeated.then_some(rest)
}

/// Returns the rest of an id that starts with a segment of the path. The id has `_` where the segment has a character that is
/// neither a letter nor a digit.
fn without_segment<'i>(segment: &str, id: &'i str) -> Option<&'i str> {
    let (start, rest) = id.split_at_checked(segment.len())?;
    let spelled = segment.replace(|c: char| !c.is_alphanumeric(), "_");
    (start.eq_ignore_ascii_case(&spelled) && !rest.starts_with(char::is_alphanumeric)).then_some(rest)
}

fn push_words(text: &str, words: &mut Vec<String>) {
    let parts = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|part| !part.is_empty());
    words.extend(parts.map(str::to_owned));
}

#[cfg(test)]
mod tests {
    use super::without_prefix;

    #[test]
    fn ids_lose_the_prefix_of_the_path_only_before_the_resource() {
        for (path, id, expected) in [
            ("/api/v1/items/{id}/", "api_v1_items_retrieve", Some("items_retrieve")),
            ("/api/author-list/", "api_author_list_list", Some("author_list_list")),
            ("/api/items/", "api_itemsets_list", None),
            ("/api/items/", "items_list", None),
            ("/items/", "items_list", None),
            ("/api/", "api_retrieve", None),
            ("/api/items/", "api", None),
            ("/ä/", "api_ä", None),
        ] {
            assert_eq!(without_prefix(path, id), expected, "{id}");
        }
    }
}
