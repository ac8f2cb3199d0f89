//! Pagination that the document declares by an extension.

use crate::ir::{FieldPath, Pagination, PaginationInput, PaginationStep};
use crate::json::Json;

use super::path::{self, Path};
use super::{Candidate, RuleError, Unresolved};
use crate::lower::conventions::extensions::Dialect;
use crate::lower::types::lookup;

/// Returns the declared pagination, or `None` if the extension excludes pagination.
pub(in crate::lower) fn read(
    candidate: &Candidate<'_, '_>,
    dialect: Dialect,
    value: &Json,
) -> Result<Option<Pagination>, RuleError> {
    match dialect {
        Dialect::Speakeasy => speakeasy(candidate, value).map(Some),
        Dialect::Fern => fern(candidate, value),
        Dialect::Microsoft => microsoft(candidate, value),
        Dialect::Datadog => datadog(candidate, value).map(Some),
    }
}

fn pagination(step: PaginationStep, items: Option<FieldPath>, key: &str) -> Pagination {
    Pagination::new(step, items, format!("the document declares it by `{key}`"))
}

fn invalid<T>(reason: impl Into<String>) -> Result<T, RuleError> {
    Err(RuleError::Invalid(reason.into()))
}

/// Returns a path that consists of properties only.
fn properties(text: &str) -> Result<String, RuleError> {
    match path::read(text) {
        Some(Path::Properties(path)) => Ok(path),
        Some(Path::LastItem { .. }) | None => invalid(format!("`{text}` is not a path of properties")),
    }
}

/// Reads `x-speakeasy-pagination`.
fn speakeasy(candidate: &Candidate<'_, '_>, value: &Json) -> Result<Pagination, RuleError> {
    let key = "x-speakeasy-pagination";
    let outputs = |name: &str| {
        value
            .get("outputs")
            .and_then(|outputs| outputs.get(name))
            .and_then(Json::as_str)
    };
    let results = outputs("results").map(properties).transpose()?;
    let items = results
        .as_deref()
        .map(|results| candidate.list_property(results))
        .transpose()?;
    let input = |kind: &str| speakeasy_input(candidate, value, kind);
    match value.get("type").and_then(Json::as_str) {
        Some("url") => match outputs("nextUrl") {
            Some(next) => Ok(pagination(
                PaginationStep::Url {
                    next: candidate.value_property(&properties(next)?)?,
                },
                items,
                key,
            )),
            None => invalid("`nextUrl` is missing"),
        },
        Some("cursor") => {
            let (Some(input), Some(next)) = (input("cursor")?, outputs("nextCursor")) else {
                return invalid("the input or output of the cursor is missing");
            };
            cursor(candidate, input, next, items, key)
        }
        Some("offsetLimit") => {
            let limit = input("limit")?;
            if let Some(input) = input("page")? {
                let total = outputs("numPages").map(properties).transpose()?;
                let total = total.map(|total| candidate.number_output(&total)).transpose()?;
                return Ok(pagination(
                    PaginationStep::Page {
                        first: candidate.first_page(&input),
                        input,
                        total,
                        limit,
                    },
                    items,
                    key,
                ));
            }
            match input("offset")? {
                Some(input) => Ok(pagination(candidate.offset_step(input, limit), items, key)),
                None => invalid("both `page` and `offset` are missing"),
            }
        }
        _ => invalid("the `type` of the extension is unknown"),
    }
}

/// Returns the input with a type such as `page` or `cursor`.
fn speakeasy_input(
    candidate: &Candidate<'_, '_>,
    value: &Json,
    kind: &str,
) -> Result<Option<PaginationInput>, RuleError> {
    let inputs = value.get("inputs").and_then(Json::as_array).unwrap_or_default();
    let is = |input: &&Json| input.get("type").and_then(Json::as_str) == Some(kind);
    let Some(input) = inputs.iter().find(is) else {
        return Ok(None);
    };
    let name = input.get("name").and_then(Json::as_str).unwrap_or_default();
    Ok(Some(match input.get("in").and_then(Json::as_str) {
        Some("requestBody") => candidate.body_input(&properties(name)?)?,
        _ => candidate.input(name)?,
    }))
}

/// Returns a cursor rule, or a last-id rule if the path refers to the last item.
fn cursor(
    candidate: &Candidate<'_, '_>,
    input: PaginationInput,
    next: &str,
    items: Option<FieldPath>,
    key: &str,
) -> Result<Pagination, RuleError> {
    match path::read(next) {
        Some(Path::Properties(next)) => Ok(pagination(
            PaginationStep::Cursor {
                input,
                next: candidate.value_output(&next)?,
            },
            items,
            key,
        )),
        Some(Path::LastItem { list, property }) => {
            let items = candidate.list_property(&list)?;
            let id = FieldPath(property.split('.').map(str::to_owned).collect());
            let item = lookup::at_path(candidate.types, candidate.body, &items)
                .and_then(|list| lookup::list_item(candidate.types, &list.shape));
            if item
                .and_then(|item| lookup::at_path(candidate.types, item, &id))
                .is_none()
            {
                return invalid(format!("the items have no property `{property}`"));
            }
            Ok(pagination(
                PaginationStep::LastId {
                    input,
                    id,
                    more: candidate.more(),
                },
                Some(items),
                key,
            ))
        }
        None => invalid(format!("`{next}` is not a supported path")),
    }
}

/// Reads `x-fern-pagination`. `None` if it excludes pagination.
fn fern(candidate: &Candidate<'_, '_>, value: &Json) -> Result<Option<Pagination>, RuleError> {
    let key = "x-fern-pagination";
    // `true` refers to the rule at the root of the document.
    let value = match value {
        Json::Bool(false) => return Ok(None),
        Json::Bool(true) => match candidate.lowering.document.extensions.get(key) {
            Some(value) => value,
            None => return invalid("the root of the document does not contain the extension"),
        },
        value => value,
    };
    let text = |name: &str| value.get(name).and_then(Json::as_str);
    let items = text("results").map(properties).transpose()?;
    let items = items.map(|items| candidate.list_property(&items)).transpose()?;
    let input = |name: &str| -> Result<PaginationInput, RuleError> {
        let path = properties(name)?;
        Ok(candidate
            .input(&path)
            .or_else(|unresolved| candidate.body_input(&path).map_err(|_| unresolved))?)
    };
    if let (Some(name), Some(next)) = (text("cursor"), text("next_cursor")) {
        return cursor(candidate, input(name)?, next, items, key).map(Some);
    }
    if let Some(next) = text("next_uri").or_else(|| text("next_url")) {
        return Ok(Some(pagination(
            PaginationStep::Url {
                next: candidate.value_property(&properties(next)?)?,
            },
            items,
            key,
        )));
    }
    let Some(name) = text("offset") else {
        return invalid("both the cursor and the offset are missing");
    };
    let input = input(name)?;
    let step = if name.to_lowercase().contains("page") {
        PaginationStep::Page {
            first: candidate.first_page(&input),
            input,
            total: None,
            limit: None,
        }
    } else {
        candidate.offset_step(input, None)
    };
    Ok(Some(pagination(step, items, key)))
}

/// Reads `x-ms-pageable`. `None` if there is only one page.
fn microsoft(candidate: &Candidate<'_, '_>, value: &Json) -> Result<Option<Pagination>, RuleError> {
    // Without a link, the response is the only page.
    let Some(next) = value
        .get("nextLinkName")
        .and_then(Json::as_str)
        .filter(|name| !name.is_empty())
    else {
        return Ok(None);
    };
    let items = match value.get("itemName").and_then(Json::as_str) {
        Some(name) => Some(candidate.list_property(name)?),
        None => candidate.list_property("value").ok(),
    };
    Ok(Some(pagination(
        PaginationStep::Url {
            next: candidate.value_property(next)?,
        },
        items,
        "x-ms-pageable",
    )))
}

/// Reads `x-pagination`.
fn datadog(candidate: &Candidate<'_, '_>, value: &Json) -> Result<Pagination, RuleError> {
    let key = "x-pagination";
    let text = |name: &str| value.get(name).and_then(Json::as_str);
    let items = Some(candidate.list_property(text("resultsPath").unwrap_or_default())?);
    let input = |name: &str| -> Result<Option<PaginationInput>, Unresolved> {
        let resolve = |name: &str| {
            candidate
                .input(name)
                .or_else(|unresolved| candidate.body_input(name).map_err(|_| unresolved))
        };
        text(name).map(resolve).transpose()
    };
    let limit = input("limitParam")?;
    if let (Some(input), Some(next)) = (input("cursorParam")?, text("cursorPath")) {
        return Ok(pagination(
            PaginationStep::Cursor {
                input,
                next: candidate.value_output(next)?,
            },
            items,
            key,
        ));
    }
    if let Some(input) = input("pageParam")? {
        let first = value
            .get("pageStart")
            .and_then(Json::as_i64)
            .unwrap_or_else(|| candidate.first_page(&input));
        return Ok(pagination(
            PaginationStep::Page {
                first,
                input,
                total: None,
                limit,
            },
            items,
            key,
        ));
    }
    match input("pageOffsetParam")? {
        Some(input) => Ok(pagination(candidate.offset_step(input, limit), items, key)),
        None => invalid("it names no page or offset parameter"),
    }
}
