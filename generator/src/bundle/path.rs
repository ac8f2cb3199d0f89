//! Paths of files as references write them: text with slashes, never looked up on disk.

/// Whether a reference leads into the network.
pub(super) fn is_remote(uri: &str) -> bool {
    let lower = |prefix: &str| {
        uri.get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    lower("http://") || lower("https://")
}

/// The path of a file that another one refers to.
pub(super) fn join(base: &str, uri: &str) -> String {
    let uri = uri.strip_prefix("file://").unwrap_or(uri);
    let uri = super::reference::percent_decode(uri).replace('\\', "/");
    match base.rsplit_once('/') {
        Some((folder, _)) if !is_absolute(&uri) => normal(&format!("{folder}/{uri}")),
        _ => normal(&uri),
    }
}

fn is_absolute(path: &str) -> bool {
    path.starts_with('/') || path.as_bytes().get(1) == Some(&b':')
}

/// A path without `.` and, where that can be said without looking, without `..`.
pub(super) fn normal(path: &str) -> String {
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

/// The path of a file as seen from another one.
pub(super) fn relative(from: &str, to: &str) -> String {
    let (from, to) = (normal(from), normal(to));
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let folder = &from[..from.len() - 1];
    let common = folder.iter().zip(&to).take_while(|(from, to)| from == to).count();
    let up = std::iter::repeat_n("..", folder.len() - common);
    up.chain(to[common..].iter().copied()).collect::<Vec<_>>().join("/")
}
