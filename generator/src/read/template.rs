//! The expressions of path templates: their names, and whether their values span several segments.

use crate::load::Node;

/// Returns the name in an expression of a path template, without operators and patterns.
pub(super) fn bare_name(expression: &str) -> &str {
    let name = expression.split([':', '=']).next().unwrap_or(expression);
    name.trim_start_matches(['.', ';', '+', '/', '?', '&', '#', '*'])
        .trim_end_matches(['*', '+'])
}

/// Returns whether an expression of a path template matches several segments: `{+path}`, `{*path}` and `{**path}`, `{path+}`,
/// `{path:path}`, `{path:.*}`, and `{name=shelves/*}` of Google's HTTP rules.
pub(super) fn is_wildcard(expression: &str) -> bool {
    let segments = expression.split_once('=').map(|(_, segments)| segments);
    let pattern = expression.split_once(':').map(|(_, pattern)| pattern);
    expression.starts_with(['+', '*'])
        || expression.ends_with('+')
        || pattern.is_some_and(|pattern| matches!(pattern, "path" | ".*" | ".+" | "**"))
        || segments.is_some_and(|segments| segments.contains('/') || segments == "**")
}

/// Returns whether the pattern of a path parameter consists of several segments, such as `shelves/[^/]+` of grpc-gateway.
pub(super) fn spans_segments(parameter: Node<'_>) -> bool {
    let pattern = parameter
        .get("pattern")
        .or_else(|| parameter.get("schema")?.get("pattern"));
    let pattern = pattern.and_then(Node::as_str).unwrap_or_default().replace("\\/", "/");
    let pattern = pattern.trim_start_matches('^').trim_end_matches('$');
    let any = ["[^/]+", "[^/]*", ".+", ".*"];
    let template = any.iter().fold(pattern.to_owned(), |text, any| text.replace(any, "*"));
    let is_name = |segment: &str| {
        let mut letters = segment.bytes();
        !segment.is_empty() && letters.all(|letter| letter.is_ascii_alphanumeric() || b"-_".contains(&letter))
    };
    let (mut any, mut names) = (false, 0);
    for segment in template.split('/') {
        any |= segment == "*";
        names += usize::from(is_name(segment));
        if segment != "*" && !is_name(segment) {
            return false;
        }
    }
    any && names > 0
}

/// Returns the distinct names in a path template, in order.
pub(super) fn template_names(path: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for part in path.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}')
            && !name.is_empty()
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}
