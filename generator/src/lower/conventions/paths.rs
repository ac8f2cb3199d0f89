//! Words and segments of URL paths.

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

/// Splits the segments of a path before its resource.
///
/// The first part consists of `api`, `rest` and versions such as `v1`, with the parameters before them: `["{tenant}", "api"]` for
/// `/{tenant}/api/users`. Most paths of an API begin with the same ones, so they describe neither the group of an operation nor its
/// resource. The second part is empty if a path has no other segments.
pub(in crate::lower) fn split_prefix(path: &str) -> (Vec<&str>, Vec<&str>) {
    let mut prefix: Vec<&str> = segments(path).collect();
    let resource = prefix
        .iter()
        .position(|segment| is_word(segment) && !is_prefix(segment));
    let before = &prefix[..resource.unwrap_or(prefix.len())];
    // A parameter that only the resource follows belongs to the resource.
    let length = before
        .iter()
        .rposition(|segment| is_prefix(segment))
        .map_or(0, |last| last + 1);
    let rest = prefix.split_off(length);
    (prefix, rest)
}

/// Returns the segments of a path and its query. A fragment distinguishes operations of one path and is not sent.
pub(in crate::lower) fn segments(path: &str) -> impl Iterator<Item = &str> {
    let path = path.split('#').next().unwrap_or_default();
    path.split(['/', '?']).filter(|segment| !segment.is_empty())
}

/// Returns whether a segment of a path is text and not a parameter.
pub(in crate::lower) fn is_word(segment: &str) -> bool {
    segment.chars().any(char::is_alphanumeric) && !segment.contains('{')
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

/// Returns an id without the prefix of the path: `items_list` for `api_v1_items_list` at `/api/v1/items`. `None` if the id
/// does not repeat the prefix and the first segment of the resource.
pub(in crate::lower) fn without_prefix<'i>(path: &str, id: &'i str) -> Option<&'i str> {
    let (prefix, resource) = split_prefix(path);
    let mut rest = id;
    for segment in &prefix {
        rest = without_segment(segment, rest)?.strip_prefix('_')?;
    }
    let is_repeated = !prefix.is_empty() && without_segment(resource.first()?, rest).is_some();
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
    use super::{split_prefix, without_prefix};

    #[test]
    fn paths_are_split_before_the_resource() {
        for (path, prefix, resource) in [
            ("/api/v1/users/{id}", &["api", "v1"][..], &["users", "{id}"][..]),
            ("/{tenant}/api/users", &["{tenant}", "api"], &["users"]),
            ("/api/{tenant}/v1/users", &["api", "{tenant}", "v1"], &["users"]),
            ("/{tenant}/users", &[], &["{tenant}", "users"]),
            ("/users/v1/api", &[], &["users", "v1", "api"]),
            ("/api/{id}", &["api"], &["{id}"]),
            ("/api#list", &["api"], &[]),
            ("/", &[], &[]),
        ] {
            assert_eq!(split_prefix(path), (prefix.to_vec(), resource.to_vec()), "{path}");
        }
    }

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
