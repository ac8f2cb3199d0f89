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

use crate::krate::{Crate, File, FileKind, PageKind};
use site::Site;

/// Renders all pages of a crate, in parallel, and passes each with its path to `finish`.
///
/// # Errors
/// Fails if a template cannot be rendered, which indicates a bug in the generator.
pub fn render<T: Send>(krate: &Crate, finish: impl Fn((String, String)) -> T + Sync) -> askama::Result<Vec<T>> {
    let site = Site::new(krate);
    let guides: Vec<(String, String)> = krate
        .files
        .iter()
        .filter(|file| is_guide(file))
        .filter_map(|file| text(&site, file, &[]).transpose())
        .collect::<askama::Result<_>>()?;
    let others = krate.files_in_parallel().filter(|file| !is_guide(file));
    let rendered = others.filter_map(|file| text(&site, file, &guides).transpose());
    let mut finished = rendered
        .map(|page| page.map(&finish))
        .collect::<askama::Result<Vec<T>>>()?;
    finished.extend(guides.into_iter().map(finish));
    Ok(finished)
}

fn is_guide(file: &File) -> bool {
    matches!(file.kind, FileKind::Page(PageKind::Guide(_)))
}

/// Returns the path and text of a file; `None` if `emit` renders it. `guides` are the rendered guides, whose links the module of the
/// guides lists.
fn text(site: &Site<'_>, file: &File, guides: &[(String, String)]) -> askama::Result<Option<(String, String)>> {
    let text = if let FileKind::Page(kind) = file.kind {
        ended(page(site, kind)?)
    } else if file.kind == FileKind::Doctests {
        doctests::file(site.krate)?
    } else if file.kind == FileKind::GuideModules {
        guide_modules::file(site, guides)
    } else {
        return Ok(None);
    };
    Ok(Some((file.path.clone(), text)))
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
fn ended(mut text: String) -> String {
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}
