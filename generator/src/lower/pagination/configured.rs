//! Pagination from the configuration.

use crate::config::PaginationRule;
use crate::ir::{FieldPath, Pagination, PaginationStep};

use super::resolve::Unresolved;
use super::{Candidate, RuleError};

/// Returns the pagination of a rule.
pub(in crate::lower) fn read(candidate: &Candidate<'_, '_>, rule: &PaginationRule) -> Result<Pagination, RuleError> {
    let items = |name: &Option<String>| name.as_deref().map(|name| candidate.list_property(name)).transpose();
    let pagination = |step: PaginationStep, items: Option<FieldPath>| {
        Pagination::new(step, items, "set by the configuration".to_owned())
    };
    if let Some(rule) = &rule.cursor {
        let step = PaginationStep::Cursor {
            input: candidate.input(&rule.input)?,
            next: candidate.value_output(&rule.next)?,
        };
        return Ok(pagination(step, items(&rule.items)?));
    }
    if let Some(rule) = &rule.url {
        return Ok(pagination(
            PaginationStep::Url {
                next: candidate.value_property(&rule.next)?,
            },
            items(&rule.items)?,
        ));
    }
    if let Some(rule) = &rule.link {
        return Ok(pagination(
            PaginationStep::Link,
            Some(candidate.list_property(rule.items.as_deref().unwrap_or_default())?),
        ));
    }
    if let Some(rule) = &rule.page {
        let input = candidate.input(&rule.input)?;
        let step = PaginationStep::Page {
            first: rule.first.unwrap_or_else(|| candidate.first_page(&input)),
            input,
            total: rule
                .total
                .as_deref()
                .map(|name| candidate.number_output(name))
                .transpose()?,
            limit: rule.limit.as_deref().map(|name| candidate.input(name)).transpose()?,
        };
        return Ok(pagination(step, Some(list(candidate, &rule.items)?)));
    }
    if let Some(rule) = &rule.offset {
        let limit = rule.limit.as_deref().map(|name| candidate.input(name)).transpose()?;
        let input = candidate.input(&rule.input)?;
        let step = PaginationStep::Offset {
            first: rule.first.unwrap_or_else(|| candidate.first_offset(&input)),
            input,
            limit,
        };
        return Ok(pagination(step, Some(list(candidate, &rule.items)?)));
    }
    Err(RuleError::Invalid("the rule does not name the next page".to_owned()))
}

/// Returns the list that ends the pagination when it is empty: the named one, the body itself, or the inferred one.
fn list(candidate: &Candidate<'_, '_>, name: &Option<String>) -> Result<FieldPath, Unresolved> {
    match name {
        Some(name) => candidate.list_property(name),
        None => candidate
            .list_property("")
            .or_else(|unresolved| candidate.infer_items().ok_or(unresolved)),
    }
}
