//! Links to pages and headings, as lists and tables have them.

use std::fmt;

use super::guides::Guide;
use super::markdown;
use super::site::{Page, Site};
use crate::krate::{ErrorId, GroupId, ModelId, OperationId};

/// A link with a line about what it leads to: `[list](sdks/pets.md#list): List all pets.`
pub(super) struct Link {
    /// What it is called.
    pub text: String,
    /// Where it leads to, from the page that has it.
    pub href: String,
    /// What is there; empty where its name says it all.
    pub about: String,
}

impl Link {
    /// To an operation.
    pub(super) fn operation(site: &Site<'_>, from: &Page, id: OperationId) -> Self {
        let operation = &site.krate[id];
        let text = operation.names.method.to_string();
        Self {
            href: site.operation(from, id),
            about: markdown::summary(&operation.doc, &[&text, &operation.id]),
            text,
        }
    }

    /// To a model.
    pub(super) fn model(site: &Site<'_>, from: &Page, id: ModelId) -> Self {
        let text = site.krate[id].name.to_string();
        Self {
            href: from.link_to(site.model(id)),
            about: markdown::summary(&site.krate[id].doc, &[&text]),
            text,
        }
    }

    /// To an error enum.
    pub(super) fn error(site: &Site<'_>, from: &Page, id: ErrorId) -> Self {
        let text = site.krate[id].name.to_string();
        Self {
            href: from.link_to(site.error(id)),
            about: markdown::summary(&site.krate[id].doc, &[&text]),
            text,
        }
    }

    /// To a group.
    pub(super) fn group(site: &Site<'_>, from: &Page, id: GroupId) -> Self {
        let text = site.krate[id].title.clone();
        Self {
            href: from.link_to(site.group(id)),
            about: markdown::summary(&site.krate[id].doc, &[&text]),
            text,
        }
    }

    /// To a guide.
    pub(super) fn guide(from: &Page, guide: &Guide) -> Self {
        Self {
            text: guide.title.to_owned(),
            href: from.link_to(&guide.page),
            about: guide.about.to_owned(),
        }
    }

    /// The description, in a cell.
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
