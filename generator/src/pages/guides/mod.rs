//! The guides. A crate has a guide only if the guide applies to its API.

mod authentication;
mod calls;
mod pagination;
mod retries;
mod servers;
mod webhooks;

use super::Job;
use super::site::{Page, Site};
use crate::krate::Crate;

pub(super) use retries::policy_sentence;

/// A guide and its links.
pub(super) struct Guide {
    /// The heading.
    pub title: &'static str,
    /// The description in lists of guides.
    pub about: &'static str,
    pub page: Page,
    render: fn(&Site<'_>) -> askama::Result<String>,
}

/// Returns the guides of a crate in reading order.
pub(super) fn all(krate: &Crate) -> Vec<Guide> {
    let guide = |file: &str, title, about, render| Guide {
        title,
        about,
        page: Page::new(format!("docs/{file}.md")),
        render,
    };
    let mut guides = Vec::new();
    if !krate.credentials.schemes.is_empty() {
        let about = "how a client authenticates, and where credentials come from";
        guides.push(guide("authentication", "Authentication", about, authentication::page));
    }
    if krate.servers.choices.len() > 1 || !krate.servers.variables.is_empty() {
        let about = "the servers of the API, and how to use another base URL";
        guides.push(guide("servers", "Servers", about, servers::page));
    }
    if krate.paged().next().is_some() {
        let about = "lists that span several pages, item by item or page by page";
        guides.push(guide("pagination", "Pagination", about, pagination::page));
    }
    if !krate.webhooks.is_empty() {
        let about = "requests that the API sends to you, and how to deserialize them";
        guides.push(guide("webhooks", "Webhooks", about, webhooks::page));
    }
    let about = "which calls are retried, how often, and how long a call may take";
    guides.push(guide("retries", "Retries and timeouts", about, retries::page));
    let about = "response metadata, call options, custom requests, hooks, custom HTTP clients";
    guides.push(guide("calls", "Calls", about, calls::page));
    guides
}

/// Returns the guides as rendering jobs.
pub(super) fn pages<'j>(site: &'j Site<'_>) -> Vec<Job<'j>> {
    let job = |guide: Guide| -> Job<'j> {
        let render = guide.render;
        (guide.page.path().to_owned(), Box::new(move || render(site)))
    };
    all(site.krate).into_iter().map(job).collect()
}
