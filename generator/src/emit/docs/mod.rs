//! The Markdown of a crate: its README, the pages of `docs/`, and the module that makes tests of their examples.
//!
//! In: the crate as planned. Out: files, each with its path. Every link leads to a page or heading that is there, every
//! example of Rust compiles against the crate, and each page is rendered on its own, in parallel.

mod call;
mod curl;
mod doctests;
mod error;
mod example_code;
mod group;
mod guides;
mod index;
mod link;
mod markdown;
mod model;
mod readme;
mod rust_layout;
mod site;
mod snippets;
mod types;

#[cfg(test)]
mod tests;

use rayon::prelude::*;

use crate::krate::{Crate, ErrorId, GroupId, ModelId};
use site::Site;

/// A file that is yet to be rendered.
type Job<'j> = (String, Box<dyn Fn() -> askama::Result<String> + Sync + Send + 'j>);

/// All pages of a crate, with their paths in it.
///
/// # Errors
/// When a template cannot be rendered, which no crate brings about.
pub fn files(krate: &Crate) -> askama::Result<Vec<(String, String)>> {
    let site = Site::new(krate);
    let jobs = jobs(&site);
    let rendered = jobs
        .par_iter()
        .map(|(path, render)| Ok((path.clone(), ended(render()?))));
    let mut files = rendered.collect::<askama::Result<Vec<_>>>()?;
    files.push((doctests::PATH.to_owned(), doctests::file(&files)));
    Ok(files)
}

/// The program that a newcomer reads first; `None` where there is no operation.
pub fn first_call(krate: &Crate) -> Option<String> {
    guides::example(krate).map(|id| snippets::usage(krate, id))
}

/// The program that a newcomer runs first; `None` where there is no operation.
pub fn first_run(krate: &Crate) -> Option<String> {
    guides::example(krate).map(|id| snippets::quickstart(krate, id))
}

/// The variable of the environment that sends that program to another server.
pub fn base_url_variable(krate: &Crate) -> String {
    snippets::base_url_variable(krate)
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

/// One line end at the end, none before it.
fn ended(text: String) -> String {
    format!("{}\n", text.trim_end())
}
