//! The pages on what all calls have in common. Each is there only where the API has what it is about.

mod authentication;
mod calls;
mod pagination;
mod retries;
mod servers;
mod webhooks;

use super::Job;
use super::site::{Page, Site};
use crate::krate::{Crate, Operation, OperationId};

pub(super) use authentication::{client, setter_call};

/// A guide, as others link to it.
pub(super) struct Guide {
    /// Its heading.
    pub title: &'static str,
    /// What it tells.
    pub about: &'static str,
    /// Where it stands.
    pub page: Page,
    render: fn(&Site<'_>) -> askama::Result<String>,
}

/// The guides that a crate has, in the order in which they are read.
pub(super) fn all(krate: &Crate) -> Vec<Guide> {
    let guide = |file: &str, title, about, render| Guide {
        title,
        about,
        page: Page::new(format!("docs/{file}.md")),
        render,
    };
    let mut guides = Vec::new();
    if !krate.credentials.schemes.is_empty() {
        let about = "how a client proves who it is, and where credentials come from";
        guides.push(guide("authentication", "Authentication", about, authentication::page));
    }
    if krate.servers.choices.len() > 1 || !krate.servers.variables.is_empty() {
        let about = "which servers there are, and how to speak to another one";
        guides.push(guide("servers", "Servers", about, servers::page));
    }
    if paged(krate).next().is_some() {
        let about = "lists that come in pages, item by item or page by page";
        guides.push(guide("pagination", "Pagination", about, pagination::page));
    }
    if !krate.webhooks.is_empty() {
        let about = "requests that the API makes to you, and how to read them";
        guides.push(guide("webhooks", "Webhooks", about, webhooks::page));
    }
    let about = "what is tried again, how often, and how long a call may take";
    guides.push(guide("retries", "Retries and timeouts", about, retries::page));
    let about = "status and headers, options of a call, requests of your own, hooks, your own HTTP client";
    guides.push(guide("calls", "Calls", about, calls::page));
    guides
}

/// The guides as files.
pub(super) fn pages<'j>(site: &'j Site<'_>) -> Vec<Job<'j>> {
    let job = |guide: Guide| -> Job<'j> {
        let render = guide.render;
        (guide.page.path().to_owned(), Box::new(move || render(site)))
    };
    all(site.krate).into_iter().map(job).collect()
}

/// The operations that are paged.
pub(super) fn paged(krate: &Crate) -> impl Iterator<Item = (OperationId, &Operation)> {
    let all = krate.operations.iter().enumerate();
    all.filter(|(_, operation)| operation.paging.is_some())
        .map(|(index, operation)| (OperationId(index), operation))
}

/// The operation that examples call: the one that the crate shows, else the first.
pub(super) fn example(krate: &Crate) -> Option<OperationId> {
    krate
        .featured
        .or((!krate.operations.is_empty()).then_some(OperationId(0)))
}
