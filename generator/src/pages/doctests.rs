//! The module of a crate that runs the examples of its pages as doctests.

use askama::Template;

use crate::krate::{Crate, Doctest};

#[derive(Template)]
#[template(path = "crate/doctests.rs.j2", escape = "none")]
struct Doctests<'c> {
    /// The pages, with an item for each, so that each doctest is named after its page.
    pages: Vec<&'c Doctest>,
    /// The pages whose examples need a feature.
    gated: Vec<(&'static str, &'c Doctest)>,
}

/// Renders the module, which the crate root includes under `cfg(doctest)`: one line for each page with a Rust example.
pub(super) fn file(krate: &Crate) -> askama::Result<String> {
    let gated = krate.doctests.iter();
    Doctests {
        pages: krate.doctests.iter().filter(|page| page.feature.is_none()).collect(),
        gated: gated.filter_map(|page| Some((page.feature?, page))).collect(),
    }
    .render()
}
