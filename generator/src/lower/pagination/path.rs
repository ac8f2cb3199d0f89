//! Paths into bodies, as extensions write them: `$.meta.next`, `$response.data`, `$.data[-1].id`, `$['@odata.nextLink']`.

use crate::json::unescape_pointer;

/// A parsed path.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::lower) enum Path {
    /// Properties separated by dots.
    Properties(String),
    /// A property of the last item of a list.
    LastItem {
        /// The path of the list.
        list: String,
        /// The path in the item.
        property: String,
    },
}

/// Parses a path. Returns `None` if it contains more than properties and the last item.
pub(in crate::lower) fn read(text: &str) -> Option<Path> {
    let text = text.trim();
    let text = [
        "$response.body#",
        "$response.body",
        "$response",
        "$request.body",
        "$request",
        "$",
    ]
    .iter()
    .find_map(|start| text.strip_prefix(start))
    .unwrap_or(text);
    let text = text.strip_prefix('#').unwrap_or(text);
    if text.starts_with('/') {
        let steps: Vec<String> = text
            .split('/')
            .skip(1)
            .map(|step| unescape_pointer(step).into_owned())
            .collect();
        return Some(Path::Properties(steps.join(".")));
    }
    let mut list: Option<Vec<String>> = None;
    let mut steps: Vec<String> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('.') {
            rest = after;
        } else if let Some(inside) = rest.strip_prefix('[') {
            let (index, after) = inside.split_once(']')?;
            rest = after;
            match index.trim() {
                "-1" | "-1:" | "(@.length-1)" if list.is_none() => list = Some(std::mem::take(&mut steps)),
                // All items: the list itself.
                "*" | ":" if rest.is_empty() => {}
                name => steps.push(quoted(name)?.to_owned()),
            }
        } else {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            steps.push(rest[..end].to_owned());
            rest = &rest[end..];
        }
    }
    Some(match list {
        Some(list) => Path::LastItem {
            list: list.join("."),
            property: steps.join("."),
        },
        None => Path::Properties(steps.join(".")),
    })
}

fn quoted(name: &str) -> Option<&str> {
    let inner = |mark: char| name.strip_prefix(mark)?.strip_suffix(mark);
    inner('\'').or_else(|| inner('"'))
}
