//! The guides.

mod authentication;
mod calls;
mod pagination;
mod polling;
mod retries;
mod servers;
mod values;
mod webhooks;

use super::site::Site;
use crate::krate::GuideKind;

/// Renders a guide.
pub(super) fn page(site: &Site<'_>, kind: GuideKind) -> askama::Result<String> {
    match kind {
        GuideKind::Authentication => authentication::page(site),
        GuideKind::Servers => servers::page(site),
        GuideKind::Pagination => pagination::page(site),
        GuideKind::Polling => polling::page(site),
        GuideKind::Webhooks => webhooks::page(site),
        GuideKind::Retries => retries::page(site),
        GuideKind::Calls => calls::page(site),
        GuideKind::Values => values::page(site),
    }
}
