//! The guides of a crate, with their titles and descriptions. A crate has a guide only if the guide applies to its API.

use crate::krate::{Crate, Guide, GuideKind};

/// Returns the guides in reading order.
///
/// The function is long, because it is a table.
pub fn guides(krate: &Crate) -> Vec<Guide> {
    let has_servers = krate.servers.choices.len() > 1 || !krate.servers.variables.is_empty();
    let all = [
        (
            !krate.credentials.schemes.is_empty(),
            Guide {
                kind: GuideKind::Authentication,
                stem: "authentication",
                title: "Authentication",
                about: "how a client authenticates, and where credentials come from",
                feature: None,
            },
        ),
        (
            has_servers,
            Guide {
                kind: GuideKind::Servers,
                stem: "servers",
                title: "Servers",
                about: "the servers of the API, and how to use another base URL",
                feature: None,
            },
        ),
        (
            krate.paged().next().is_some(),
            Guide {
                kind: GuideKind::Pagination,
                stem: "pagination",
                title: "Pagination",
                about: "lists that span several pages, item by item or page by page",
                feature: None,
            },
        ),
        (
            krate.polled().next().is_some(),
            Guide {
                kind: GuideKind::Polling,
                stem: "polling",
                title: "Long-running operations",
                about: "operations that continue after their response, and how to wait for their results",
                feature: None,
            },
        ),
        (
            !krate.webhooks.is_empty(),
            Guide {
                kind: GuideKind::Webhooks,
                stem: "webhooks",
                title: "Webhooks",
                about: "requests that the API sends to you, their events and signatures",
                feature: Some("webhooks"),
            },
        ),
        (
            true,
            Guide {
                kind: GuideKind::Retries,
                stem: "retries",
                title: "Retries and timeouts",
                about: "which calls are retried, how often, and how long a call may take",
                feature: None,
            },
        ),
        (
            true,
            Guide {
                kind: GuideKind::Calls,
                stem: "calls",
                title: "Calls",
                about: "response metadata, call options, custom requests, hooks, custom HTTP clients",
                feature: None,
            },
        ),
        (
            !krate.models.is_empty(),
            Guide {
                kind: GuideKind::Values,
                stem: "values",
                title: "Values",
                about: "how to create models, and the types of their fields",
                feature: None,
            },
        ),
    ];
    all.into_iter()
        .filter_map(|(applies, guide)| applies.then_some(guide))
        .collect()
}
