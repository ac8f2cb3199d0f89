//! Directives such as `:::{admonition} Title … :::` and `:::note … :::`, which only some renderers support.

use std::borrow::Cow;

/// Replaces each directive by a block quote that begins with its title.
pub fn to_markdown(text: &str) -> Cow<'_, str> {
    if !text.contains(":::") {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut depth = 0_usize;
    let mut in_options = false;
    for line in text.lines() {
        let trimmed = line.trim();
        if let Some(directive) = trimmed.strip_prefix(":::") {
            let title = title(directive.trim_start_matches(':'));
            in_options = !title.is_empty();
            if in_options {
                let start = if depth == 0 { "\n" } else { ">\n" };
                out.push_str(&format!("{start}> **{title}**\n>\n"));
                depth += 1;
            } else {
                depth = depth.saturating_sub(1);
                out.push_str(if depth == 0 { "\n" } else { ">\n" });
            }
        } else if in_options && trimmed.starts_with(':') && trimmed[1..].contains(':') {
            // An option of the directive, such as `:class: warning`.
        } else {
            in_options = in_options && trimmed.is_empty();
            if depth > 0 {
                out.push_str("> ");
            }
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
