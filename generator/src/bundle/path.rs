//! Paths as references write them: text with slashes, resolved without file system access.

use crate::wire::url::{self, is_url};

/// Resolves a reference against the path of the file that contains it. References in a remote file stay remote.
pub(super) fn join(base: &str, uri: &str) -> String {
    if is_url(uri) {
        return normalize(uri);
    }
    if is_url(base) {
        return url::join(base, uri).unwrap_or_else(|_| uri.to_owned());
    }
    let uri = uri.strip_prefix("file://").unwrap_or(uri);
    let uri = url::percent_decode(uri).replace('\\', "/");
    match base.rsplit_once('/') {
        Some((folder, _)) if !is_absolute(&uri) => normalize(&format!("{folder}/{uri}")),
        _ => normalize(&uri),
    }
}

/// Resolves a relative URL against a remote file, without the query, fragment and credentials of that file's URL.
pub(super) fn absolute(base: &str, uri: &str) -> Option<String> {
    if !is_url(base) || uri.contains("://") || uri.starts_with('{') {
        return None;
    }
    let url = url::parse(&url::join(base, uri).ok()?).ok()?;
    let path = url.path().replace("%7B", "{").replace("%7D", "}");
    Some(format!("{}{path}", url::origin(&url)))
}

fn is_absolute(path: &str) -> bool {
    path.starts_with('/') || path.as_bytes().get(1) == Some(&b':')
}

/// Removes `.` segments, and `..` segments where the parent is known.
pub(super) fn normalize(path: &str) -> String {
    if is_url(path) {
        return url::join(path, "").unwrap_or_else(|_| path.to_owned());
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
    let from: Vec<&str> = from.split('?').next().unwrap_or_default().split('/').collect();
    // Scheme and host of a URL are the first three parts.
    if is_url(&to) && !to.split('/').take(3).eq(from.iter().copied().take(3)) {
        return to;
    }
    let to: Vec<&str> = to.split('/').collect();
    let folder = &from[..from.len() - 1];
    let common = folder.iter().zip(&to).take_while(|(from, to)| from == to).count();
    let up = std::iter::repeat_n("..", folder.len() - common);
    up.chain(to[common..].iter().copied()).collect::<Vec<_>>().join("/")
}
