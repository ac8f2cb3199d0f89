//! Paths as references write them: text with slashes, resolved without file system access.

use url::Url;

/// Returns whether a reference is an http or https URL.
pub(super) fn is_remote(uri: &str) -> bool {
    let lower = |prefix: &str| {
        uri.get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    lower("http://") || lower("https://")
}

/// Resolves a reference against the path of the file that contains it. References in a remote file stay remote.
pub(super) fn join(base: &str, uri: &str) -> String {
    if is_remote(uri) {
        return normalize(uri);
    }
    if is_remote(base) {
        let joined = Url::parse(base).and_then(|base| base.join(uri));
        return joined.map_or_else(|_| uri.to_owned(), String::from);
    }
    let uri = uri.strip_prefix("file://").unwrap_or(uri);
    let uri = super::reference::percent_decode(uri).replace('\\', "/");
    match base.rsplit_once('/') {
        Some((folder, _)) if !is_absolute(&uri) => normalize(&format!("{folder}/{uri}")),
        _ => normalize(&uri),
    }
}

/// Resolves a relative URL against a remote file, without the query, fragment and credentials of that file's URL.
pub(super) fn absolute(base: &str, uri: &str) -> Option<String> {
    if !is_remote(base) || uri.contains("://") || uri.starts_with('{') {
        return None;
    }
    let mut url = Url::parse(base).and_then(|base| base.join(uri)).ok()?;
    url.set_query(None);
    url.set_fragment(None);
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    Some(String::from(url).replace("%7B", "{").replace("%7D", "}"))
}

fn is_absolute(path: &str) -> bool {
    path.starts_with('/') || path.as_bytes().get(1) == Some(&b':')
}

/// Removes `.` segments, and `..` segments where the parent is known.
pub(super) fn normalize(path: &str) -> String {
    if is_remote(path) {
        return Url::parse(path).map_or_else(|_| path.to_owned(), String::from);
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match (part, parts.last()) {
            ("." | "", Some(_)) | (".", None) => {}
            ("..", Some(last)) if *last != ".." && !last.is_empty() => {
                parts.pop();
            }
            ("..", Some(&"")) => {}
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// Returns a path relative to another file.
pub(super) fn relative(from: &str, to: &str) -> String {
    let (from, to) = (normalize(from), normalize(to));
    if is_remote(&to) {
        let from = Url::parse(&from).ok();
        let relative = from.and_then(|from| from.make_relative(&Url::parse(&to).ok()?));
        return relative.unwrap_or(to);
    }
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let folder = &from[..from.len() - 1];
    let common = folder.iter().zip(&to).take_while(|(from, to)| from == to).count();
    let up = std::iter::repeat_n("..", folder.len() - common);
    up.chain(to[common..].iter().copied()).collect::<Vec<_>>().join("/")
}
