//! The Markdown of a crate: its README, the pages of `docs/`, and the module that tests their examples.
//!
//! In: the planned crate. Out: files with their paths. Every link points to an existing page or heading, every Rust example
//! compiles against the crate, and the pages are rendered in parallel.

mod describe;
mod doctests;
mod error;
mod group;
mod guide_modules;
mod guides;
mod index;
mod link;
mod model;
mod readme;
mod responses;
mod site;
mod types;

#[cfg(test)]
mod tests;

use rayon::prelude::*;

use crate::krate::{Crate, FileKind, PageKind};
use site::Site;

/// Renders all pages of a crate, with their paths.
///
/// # Errors
/// Fails if a template cannot be rendered, which indicates a bug in the generator.
pub fn render(krate: &Crate) -> askama::Result<Vec<(String, String)>> {
    let site = Site::new(krate);
    let rendered = krate.files.par_iter().filter_map(|file| {
        let FileKind::Page(kind) = file.kind else { return None };
        Some(page(&site, kind).map(|text| (file.path.clone(), ended(text))))
    });
    let mut pages = rendered.collect::<askama::Result<Vec<_>>>()?;
    // These list the pages, or the links on them.
    let mut modules = Vec::new();
    for file in &krate.files {
        if file.kind == FileKind::Doctests {
            modules.push((file.path.clone(), doctests::file(krate)?));
        } else if file.kind == FileKind::GuideModules {
            modules.push((file.path.clone(), guide_modules::file(&site, &pages)));
        }
    }
    pages.extend(modules);
    Ok(pages)
}

fn page(site: &Site<'_>, kind: PageKind) -> askama::Result<String> {
    match kind {
        PageKind::Readme => readme::page(site),
        PageKind::Index => index::index(site),
        PageKind::Errors => index::errors(site),
        PageKind::Models => index::models(site),
        PageKind::Guide(kind) => Ok(guide_modules::with_references(&guides::page(site, kind)?)),
        PageKind::Group(id) => group::page(site, id),
        PageKind::Model(id) => model::page(site, id),
        PageKind::Error(id) => error::page(site, id),
    }
}

/// Ends the text with exactly one line break.
fn ended(text: String) -> String {
    format!("{}\n", text.trim_end())
}
