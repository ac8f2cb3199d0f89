//! Directives such as `:::{admonition} Title … :::` and `:::note … :::`, which only some renderers support.

use std::borrow::Cow;

/// Replaces each directive by a bold line before its content.
pub fn to_markdown(text: &str) -> Cow<'_, str> {
    if !text.contains(":::") {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut opened = false;
    for line in text.lines() {
        let trimmed = line.trim();
        if let Some(directive) = trimmed.strip_prefix(":::") {
            let title = title(directive.trim_start_matches(':'));
            opened = !title.is_empty();
            if opened {
                out.push_str(&format!("\n**{title}**\n\n"));
            } else {
                out.push('\n');
            }
        } else if opened && trimmed.starts_with(':') && trimmed[1..].contains(':') {
            // An option of the directive, such as `:class: warning`.
        } else {
            opened = opened && trimmed.is_empty();
            out.push_str(line);
            out.push('\n');
        }
    }
    out.into()
}

/// Returns the title of a directive, or its kind if it has no title.
fn title(directive: &str) -> String {
    let directive = directive.trim();
    let (kind, title) = match directive.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        Some((kind, title)) => (kind, title),
        None => directive.split_once(' ').unwrap_or((directive, "")),
    };
    let title = title.trim().trim_matches(['*', '[', ']']);
    if !title.is_empty() {
        return title.to_owned();
    }
    let mut kind = kind.trim().chars();
    kind.next()
        .map(|first| first.to_uppercase().chain(kind).collect())
        .unwrap_or_default()
}
