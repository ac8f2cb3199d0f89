//! The Markdown of a crate: its README, the pages of `docs/`, and the module that tests their examples.
//!
//! In: the planned crate. Out: files with their paths. Every link points to an existing page or heading, every Rust example
//! compiles against the crate, and the pages are rendered in parallel.

mod describe;
mod doctests;
mod error;
mod group;
mod guides;
mod index;
mod link;
mod model;
mod readme;
mod site;
mod types;

#[cfg(test)]
mod tests;

use rayon::prelude::*;

use crate::krate::{Crate, ErrorId, GroupId, ModelId};
use site::Site;

/// A file to render.
type Job<'j> = (String, Box<dyn Fn() -> askama::Result<String> + Sync + Send + 'j>);

/// Renders all pages of a crate, with their paths.
///
/// # Errors
/// Fails if a template cannot be rendered, which indicates a bug in the generator.
pub fn render(krate: &Crate) -> askama::Result<Vec<(String, String)>> {
    let site = Site::new(krate);
    let jobs = jobs(&site);
    let rendered = jobs
        .par_iter()
        .map(|(path, render)| Ok((path.clone(), ended(render()?))));
    let mut files = rendered.collect::<askama::Result<Vec<_>>>()?;
    files.push((doctests::PATH.to_owned(), doctests::file(&files)));
    Ok(files)
}

/// Returns the file names of the guides, without folder and extension.
pub fn guide_names(krate: &Crate) -> Vec<String> {
    let guides = guides::all(krate).into_iter();
    let stem = |path: &str| {
        path.strip_prefix("docs/")
            .and_then(|path| path.strip_suffix(".md"))
            .map(str::to_owned)
    };
    guides.filter_map(|guide| stem(guide.page.path())).collect()
}

fn jobs<'j>(site: &'j Site<'_>) -> Vec<Job<'j>> {
    let krate = site.krate;
    let mut jobs: Vec<Job<'j>> = guides::pages(site);
    jobs.push(("README.md".to_owned(), Box::new(|| readme::page(site))));
    jobs.extend(index::pages(site));
    for id in (0..krate.groups.len()).map(GroupId) {
        jobs.push((
            site.group(id).path().to_owned(),
            Box::new(move || group::page(site, id)),
        ));
    }
    for id in (0..krate.models.len()).map(ModelId) {
        jobs.push((
            site.model(id).path().to_owned(),
            Box::new(move || model::page(site, id)),
        ));
    }
    for id in (0..krate.errors.len()).map(ErrorId) {
        jobs.push((
            site.error(id).path().to_owned(),
            Box::new(move || error::page(site, id)),
        ));
    }
    jobs
}

/// Ends the text with exactly one line break.
fn ended(text: String) -> String {
    format!("{}\n", text.trim_end())
}
