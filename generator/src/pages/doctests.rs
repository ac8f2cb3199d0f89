//! The module of a crate that runs the examples of its pages as doctests.

use std::collections::HashSet;

use askama::Template;

use crate::krate::Guide;

#[derive(Template)]
#[template(path = "crate/doctests.rs.j2", escape = "none")]
struct Doctests<'p> {
    /// The pages, with an item for each, so that each doctest is named after its page.
    pages: Vec<(String, &'p str)>,
    /// The pages whose examples need a feature.
    gated: Vec<(&'static str, String, &'p str)>,
}

/// Renders the module, which the crate root includes under `cfg(doctest)`: one line for each page with a Rust example.
pub(super) fn file(guides: &[Guide], pages: &[(String, String)]) -> askama::Result<String> {
    let mut taken = HashSet::new();
    let mut name = |path: &str| {
        let stem: String = path
            .trim_end_matches(".md")
            .to_ascii_lowercase()
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
            .collect();
        let numbered = (2..).map(|number| format!("{stem}_{number}"));
        let mut names = std::iter::once(stem.clone()).chain(numbered);
        names.find(|name| taken.insert(name.clone())).unwrap_or(stem)
    };
    let pages = pages.iter().filter(|(_, text)| text.contains("\n```rust"));
    let feature_of = |path: &str| guides.iter().find(|guide| guide.path() == path)?.feature;
    let (gated, pages): (Vec<_>, Vec<_>) = pages
        .map(|(path, _)| (feature_of(path), name(path), path.as_str()))
        .partition(|(feature, ..)| feature.is_some());
    let gated = gated.into_iter();
    Doctests {
        pages: pages.into_iter().map(|(_, name, path)| (name, path)).collect(),
        gated: gated
            .filter_map(|(feature, name, path)| Some((feature?, name, path)))
            .collect(),
    }
    .render()
}
