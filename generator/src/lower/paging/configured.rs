//! Paging that the configuration rules.

use crate::config::PagingRule;
use crate::ir::{FieldPath, Paging, PagingStep};

use super::bind::Unbound;
use super::{Flaw, Site};

/// The paging that a rule asks for.
pub(super) fn read(site: &Site<'_, '_>, rule: &PagingRule) -> Result<Paging, Flaw> {
    let items = |name: &Option<String>| name.as_deref().map(|name| site.items(name)).transpose();
    let paging = |step: PagingStep, items: Option<FieldPath>| Paging {
        step,
        items,
        why: "the configuration says so".to_owned(),
    };
    if let Some(rule) = &rule.cursor {
        let step = PagingStep::Cursor {
            input: site.input(&rule.input)?,
            next: site.output(&rule.next)?,
        };
        return Ok(paging(step, items(&rule.items)?));
    }
    if let Some(rule) = &rule.url {
        return Ok(paging(
            PagingStep::Url {
                next: site.output(&rule.next)?,
            },
            items(&rule.items)?,
        ));
    }
    if let Some(rule) = &rule.link {
        return Ok(paging(
            PagingStep::Link,
            Some(site.items(rule.items.as_deref().unwrap_or_default())?),
        ));
    }
    if let Some(rule) = &rule.page {
        let input = site.input(&rule.input)?;
        let step = PagingStep::Page {
            first: rule.first.unwrap_or_else(|| site.first_page(&input)),
            input,
            total: rule.total.as_deref().map(|name| site.number(name)).transpose()?,
            limit: rule.limit.as_deref().map(|name| site.input(name)).transpose()?,
        };
        return Ok(paging(step, Some(list(site, &rule.items)?)));
    }
    if let Some(rule) = &rule.offset {
        let limit = rule.limit.as_deref().map(|name| site.input(name)).transpose()?;
        let step = PagingStep::Offset {
            input: site.input(&rule.input)?,
            limit,
        };
        return Ok(paging(step, Some(list(site, &rule.items)?)));
    }
    Err(Flaw::Odd("the rule is of no kind".to_owned()))
}

/// The list that ends the walk when it is empty: the named one, else the body itself, else the only one that there is.
fn list(site: &Site<'_, '_>, name: &Option<String>) -> Result<FieldPath, Unbound> {
    match name {
        Some(name) => site.items(name),
        None => site.items("").or_else(|unbound| site.likely_items().ok_or(unbound)),
    }
}
