//! Paging that the document declares by an extension.

use crate::ir::{FieldPath, Paging, PagingInput, PagingStep};
use crate::json::Json;

use super::super::extensions::Dialect;
use super::super::look;
use super::path::{self, Path};
use super::{Flaw, Site, Unbound};

/// The paging that an extension declares; `None` where it declares that there is none.
pub(super) fn read(site: &Site<'_, '_>, dialect: Dialect, value: &Json) -> Result<Option<Paging>, Flaw> {
    match dialect {
        Dialect::Speakeasy => speakeasy(site, value).map(Some),
        Dialect::Fern => fern(site, value),
        Dialect::Microsoft => microsoft(site, value),
        Dialect::Datadog => datadog(site, value).map(Some),
    }
}

fn paging(step: PagingStep, items: Option<FieldPath>, key: &str) -> Paging {
    Paging {
        step,
        items,
        why: format!("the document declares it by `{key}`"),
    }
}

fn odd<T>(why: impl Into<String>) -> Result<T, Flaw> {
    Err(Flaw::Odd(why.into()))
}

fn plain(text: &str) -> Result<String, Flaw> {
    match path::read(text) {
        Some(Path::Plain(path)) => Ok(path),
        Some(Path::LastOf { .. }) | None => odd(format!("`{text}` is no path of properties")),
    }
}

fn speakeasy(site: &Site<'_, '_>, value: &Json) -> Result<Paging, Flaw> {
    let key = "x-speakeasy-pagination";
    let outputs = |name: &str| {
        value
            .get("outputs")
            .and_then(|outputs| outputs.get(name))
            .and_then(Json::as_str)
    };
    let results = outputs("results").map(plain).transpose()?;
    let items = results.as_deref().map(|results| site.items(results)).transpose()?;
    let input = |kind: &str| speakeasy_input(site, value, kind);
    match value.get("type").and_then(Json::as_str) {
        Some("url") => match outputs("nextUrl") {
            Some(next) => Ok(paging(
                PagingStep::Url {
                    next: site.output(&plain(next)?)?,
                },
                items,
                key,
            )),
            None => odd("it names no `nextUrl`"),
        },
        Some("cursor") => {
            let (Some(input), Some(next)) = (input("cursor")?, outputs("nextCursor")) else {
                return odd("it names no cursor");
            };
            cursor(site, input, next, items, key)
        }
        Some("offsetLimit") => {
            let limit = input("limit")?;
            if let Some(input) = input("page")? {
                let total = outputs("numPages").map(plain).transpose()?;
                let total = total.map(|total| site.number(&total)).transpose()?;
                return Ok(paging(
                    PagingStep::Page {
                        first: site.first_page(&input),
                        input,
                        total,
                        limit,
                    },
                    items,
                    key,
                ));
            }
            match input("offset")? {
                Some(input) => Ok(paging(PagingStep::Offset { input, limit }, items, key)),
                None => odd("it names neither a page nor an offset"),
            }
        }
        _ => odd("its `type` is unknown"),
    }
}

fn speakeasy_input(site: &Site<'_, '_>, value: &Json, kind: &str) -> Result<Option<PagingInput>, Flaw> {
    let inputs = value.get("inputs").and_then(Json::as_array).unwrap_or_default();
    let is = |input: &&Json| input.get("type").and_then(Json::as_str) == Some(kind);
    let Some(input) = inputs.iter().find(is) else {
        return Ok(None);
    };
    let name = input.get("name").and_then(Json::as_str).unwrap_or_default();
    Ok(Some(match input.get("in").and_then(Json::as_str) {
        Some("requestBody") => site.body_input(&plain(name)?)?,
        _ => site.input(name)?,
    }))
}

/// A cursor, or the id of the last item where the path says so.
fn cursor(
    site: &Site<'_, '_>,
    input: PagingInput,
    next: &str,
    items: Option<FieldPath>,
    key: &str,
) -> Result<Paging, Flaw> {
    match path::read(next) {
        Some(Path::Plain(next)) => Ok(paging(
            PagingStep::Cursor {
                input,
                next: site.output(&next)?,
            },
            items,
            key,
        )),
        Some(Path::LastOf { list, of }) => {
            let items = site.items(&list)?;
            let id = FieldPath(of.split('.').map(str::to_owned).collect());
            let item = look::at(site.api, site.body, &items).and_then(|list| look::items(site.api, &list.shape));
            if item.and_then(|item| look::at(site.api, item, &id)).is_none() {
                return odd(format!("the items have no property `{of}`"));
            }
            Ok(paging(
                PagingStep::LastId {
                    input,
                    id,
                    more: site.more(),
                },
                Some(items),
                key,
            ))
        }
        None => odd(format!("`{next}` is no path that can be followed")),
    }
}

fn fern(site: &Site<'_, '_>, value: &Json) -> Result<Option<Paging>, Flaw> {
    let key = "x-fern-pagination";
    // `true` means the rule at the root of the document.
    let value = match value {
        Json::Bool(false) => return Ok(None),
        Json::Bool(true) => match site.lowering.document.extensions.get(key) {
            Some(value) => value,
            None => return odd("the document has no rule at its root"),
        },
        value => value,
    };
    let text = |name: &str| value.get(name).and_then(Json::as_str);
    let items = text("results").map(plain).transpose()?;
    let items = items.map(|items| site.items(&items)).transpose()?;
    let input = |name: &str| -> Result<PagingInput, Flaw> {
        let path = plain(name)?;
        Ok(site
            .input(&path)
            .or_else(|unbound| site.body_input(&path).map_err(|_| unbound))?)
    };
    if let (Some(name), Some(next)) = (text("cursor"), text("next_cursor")) {
        return cursor(site, input(name)?, next, items, key).map(Some);
    }
    if let Some(next) = text("next_uri").or_else(|| text("next_url")) {
        return Ok(Some(paging(
            PagingStep::Url {
                next: site.output(&plain(next)?)?,
            },
            items,
            key,
        )));
    }
    let Some(name) = text("offset") else {
        return odd("it names neither a cursor nor an offset");
    };
    let input = input(name)?;
    let step = if name.to_lowercase().contains("page") {
        PagingStep::Page {
            first: site.first_page(&input),
            input,
            total: None,
            limit: None,
        }
    } else {
        PagingStep::Offset { input, limit: None }
    };
    Ok(Some(paging(step, items, key)))
}

fn microsoft(site: &Site<'_, '_>, value: &Json) -> Result<Option<Paging>, Flaw> {
    // Without a link there is one page only, which happens to be a list.
    let Some(next) = value
        .get("nextLinkName")
        .and_then(Json::as_str)
        .filter(|name| !name.is_empty())
    else {
        return Ok(None);
    };
    let items = match value.get("itemName").and_then(Json::as_str) {
        Some(name) => Some(site.items(name)?),
        None => site.items("value").ok(),
    };
    Ok(Some(paging(
        PagingStep::Url {
            next: site.output(next)?,
        },
        items,
        "x-ms-pageable",
    )))
}

fn datadog(site: &Site<'_, '_>, value: &Json) -> Result<Paging, Flaw> {
    let key = "x-pagination";
    let text = |name: &str| value.get(name).and_then(Json::as_str);
    let items = Some(site.items(text("resultsPath").unwrap_or_default())?);
    let input = |name: &str| -> Result<Option<PagingInput>, Unbound> {
        let bind = |name: &str| {
            site.input(name)
                .or_else(|unbound| site.body_input(name).map_err(|_| unbound))
        };
        text(name).map(bind).transpose()
    };
    let limit = input("limitParam")?;
    if let (Some(input), Some(next)) = (input("cursorParam")?, text("cursorPath")) {
        return Ok(paging(
            PagingStep::Cursor {
                input,
                next: site.output(next)?,
            },
            items,
            key,
        ));
    }
    if let Some(input) = input("pageParam")? {
        let first = value
            .get("pageStart")
            .and_then(Json::as_i64)
            .unwrap_or_else(|| site.first_page(&input));
        return Ok(paging(
            PagingStep::Page {
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
        Some(input) => Ok(paging(PagingStep::Offset { input, limit }, items, key)),
        None => odd("it names no parameter that counts"),
    }
}
