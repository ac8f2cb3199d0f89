//! The pages whose Rust examples are doctests of the crate.
//!
//! In: the planned crate and its files. Out: a module name and the path of each page that shows Rust code. The index
//! of all pages and the list of models have no examples, and the page of a group or a model has only those that are
//! planned.

use std::collections::HashSet;

use crate::krate::{Crate, Doctest, File, FileKind, GuideKind, PageKind};

/// Returns the pages, in the order of the files.
pub fn doctests(krate: &Crate, files: &[File]) -> Vec<Doctest> {
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
    let is_tested = |file: &&File| matches!(file.kind, FileKind::Page(kind) if has_examples(krate, kind));
    let pages = files.iter().filter(is_tested);
    let feature_of = |path: &str| krate.guides.iter().find(|guide| guide.path() == path)?.feature;
    let doctest = |file: &File| Doctest {
        module: name(&file.path),
        path: file.path.clone(),
        feature: feature_of(&file.path),
    };
    pages.map(doctest).collect()
}

/// Returns whether a page shows Rust code.
fn has_examples(krate: &Crate, kind: PageKind) -> bool {
    match kind {
        PageKind::Guide(GuideKind::Values) => krate.runtime.nullables,
        PageKind::Readme | PageKind::Errors | PageKind::Guide(_) => true,
        PageKind::Index | PageKind::Models => false,
        PageKind::Group(id) => !krate[id].operations.is_empty(),
        PageKind::Model(id) => {
            let snippets = &krate[id].snippets;
            let variants = snippets.variants.iter().flatten();
            snippets.construct.is_some() || snippets.round_trip.is_some() || variants.count() > 0
        }
        PageKind::Error(id) => krate[id].usage.is_some(),
    }
}
