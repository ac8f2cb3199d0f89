//! Links to pages and headings, for lists and tables.

use std::fmt;

use super::describe;
use super::site::{Page, Site};
use crate::krate::{ErrorId, GroupId, Guide, ModelId, OperationId};
use crate::markdown;

/// A link with a description: `[list](sdks/pets.md#list): List all pets.`
pub(super) struct Link {
    /// The link text.
    pub text: String,
    /// The target, relative to the page with the link.
    pub href: String,
    /// The description; empty if it would repeat the name.
    pub about: String,
}

impl Link {
    /// Creates a link to an operation.
    pub(super) fn operation(site: &Site<'_>, from: &Page, id: OperationId) -> Self {
        let operation = &site.krate[id];
        let text = operation.names.method.to_string();
        Self {
            href: site.operation(from, id),
            about: describe::summary(&operation.doc, &[&text, &operation.id]),
            text,
        }
    }

    /// Creates a link to a model.
    pub(super) fn model(site: &Site<'_>, from: &Page, id: ModelId) -> Self {
        let text = site.krate[id].name.to_string();
        Self {
            href: from.link_to(site.model(id)),
            about: describe::summary(&site.krate[id].doc, &[&text]),
            text,
        }
    }

    /// Creates a link to an error enum.
    pub(super) fn error(site: &Site<'_>, from: &Page, id: ErrorId) -> Self {
        let text = site.krate[id].name.to_string();
        Self {
            href: from.link_to(site.error(id)),
            about: describe::summary(&site.krate[id].doc, &[&text]),
            text,
        }
    }

    /// Creates a link to a group.
    pub(super) fn group(site: &Site<'_>, from: &Page, id: GroupId) -> Self {
        let text = site.krate[id].title.clone();
        Self {
            href: from.link_to(site.group(id)),
            about: describe::summary(&site.krate[id].doc, &[&text]),
            text,
        }
    }

    /// Creates a link to a guide.
    pub(super) fn guide(from: &Page, guide: &Guide) -> Self {
        Self {
            text: guide.title.to_owned(),
            href: from.link_to(&Page::new(guide.path())),
            about: guide.about.to_owned(),
        }
    }

    /// Returns the description for a table cell.
    pub(super) fn about_cell(&self) -> String {
        markdown::table_cell(&self.about)
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}]({})", self.text, self.href)?;
        if self.about.is_empty() {
            return Ok(());
        }
        write!(f, ": {}", self.about)
    }
}
