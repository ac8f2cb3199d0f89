//! `src/lib.rs` and `examples/quickstart.rs`

use askama::Template;

use crate::krate::{Crate, Group, Guide, LINE_WIDTH, VariableKind};
use crate::markdown;

#[derive(Template)]
#[template(path = "crate/lib.rs.j2", escape = "none")]
struct Root<'c> {
    docs: Vec<String>,
    example: Vec<String>,
    /// The groups of operations at the top level, each as a line of a list, with its feature.
    groups: Vec<(Option<&'c str>, String)>,
    /// The guides, each as a line of a list.
    guides: Vec<String>,
    /// Whether groups of operations are Cargo features. The examples need all of them.
    in_parts: bool,
    exports: Vec<String>,
    recursion_limit: Option<usize>,
    disallowed_names: bool,
    complex_types: bool,
    mock: bool,
    files: bool,
    headers: bool,
    links: bool,
    nullables: bool,
    xml: bool,
    custom: bool,
    security: bool,
    webhooks: bool,
}

/// Renders the root of the library.
pub fn file(krate: &Crate) -> askama::Result<String> {
    let example = krate.snippets.first_call.as_deref().unwrap_or_default();
    let mut exports = vec!["Client".to_owned(), "ClientBuilder".to_owned(), "Server".to_owned()];
    exports.extend(
        krate
            .servers
            .variables
            .iter()
            .filter_map(|variable| match &variable.kind {
                VariableKind::Enum { name, .. } => Some(name.to_string()),
                VariableKind::Text => None,
            }),
    );
    exports.sort();
    Root {
        docs: wrapped(&krate.api_info.doc.to_markdown()),
        example: example.trim_end().lines().map(|line| literal(&padded(line))).collect(),
        groups: krate
            .groups
            .iter()
            .filter(|group| group.parent.is_none())
            .flat_map(|group| {
                let feature = group.feature.as_deref();
                let line = group_line(group);
                let lines = markdown::wrap(&line, LINE_WIDTH - 4).into_iter();
                let lines = lines.map(|line| match feature {
                    Some(feature) => (Some(feature), literal(&line)),
                    None => (None, literal(&padded(&line))),
                });
                lines.collect::<Vec<_>>()
            })
            .collect(),
        guides: krate
            .guides
            .iter()
            .flat_map(|guide| wrapped(&guide_line(guide)))
            .collect(),
        in_parts: !krate.package.features.is_empty(),
        exports,
        recursion_limit: krate.recursion_limit,
        disallowed_names: krate.disallowed_names,
        complex_types: krate.complex_types,
        mock: krate.tests,
        files: krate.runtime.files,
        headers: !krate.headers.is_empty(),
        links: !krate.links.is_empty(),
        nullables: krate.runtime.nullables,
        xml: krate.runtime.xml,
        custom: krate.package.custom,
        security: !krate.security.is_empty(),
        webhooks: krate.runtime.webhooks,
    }
    .render()
}

fn group_line(group: &Group) -> String {
    let link = format!("[`Client::{}`]", group.accessor);
    match group.doc.summary.as_str() {
        "" => format!("- {link}"),
        summary => format!("- {}", markdown::described_link(&link, summary)),
    }
}

fn guide_line(guide: &Guide) -> String {
    format!("- [{}](guide::{}): {}", guide.title, guide.stem, guide.about)
}

/// Returns the lines of a `//!` comment as string literals.
fn wrapped(text: &str) -> Vec<String> {
    let lines = markdown::wrap(text, LINE_WIDTH - 4).into_iter();
    lines.map(|line| literal(&padded(&line))).collect()
}

fn padded(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!(" {line}")
    }
}

/// Returns a Rust string literal.
pub fn literal(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
}

/// Renders `examples/quickstart.rs`.
pub fn quickstart(krate: &Crate) -> String {
    let head: String = krate
        .prose
        .quickstart
        .lines()
        .map(|line| format!("//! {line}\n"))
        .collect();
    match &krate.snippets.quickstart {
        Some(program) => format!("{head}\n{}\n", program.trim_end()),
        None => format!("{head}\nfn main() {{}}\n"),
    }
}
