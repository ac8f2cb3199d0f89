//! Pagination that follows from parameters and bodies, without a declaration.
//!
//! Pagination is inferred only if the response identifies the next page, or if a parameter counts pages or items, so
//! that the list is empty after the last page.

use crate::ir::{Field, FieldPath, Pagination, PaginationInput, PaginationOutput, PaginationStep, Shape, Text};

use super::Candidate;
use super::candidate::QueryInput;
use super::properties::{Property, find_field, page_property};
use super::vocabulary::{
    CURSORS, LAST_IDS, LIMITS, NEXT_CURSOR_HEADERS, NEXT_CURSORS, NEXT_LINKS, OFFSETS, PAGE_COUNT_HEADERS, PAGE_COUNTS,
    PAGES, mentions_link, normalized,
};
use crate::lower::types::lookup;

/// Returns the pagination that can be inferred.
pub(in crate::lower) fn find(candidate: &Candidate<'_, '_>) -> Option<Pagination> {
    let method = candidate.operation.method.as_str();
    if !matches!(method, "GET" | "POST" | "QUERY") {
        return None;
    }
    let items = candidate.infer_items()?;
    let (step, reason) = match method {
        "POST" => body_cursor(candidate).or_else(|| cursor(candidate)),
        _ => cursor(candidate)
            .or_else(|| last_id(candidate, &items))
            .or_else(|| link_header(candidate))
            .or_else(|| next_link(candidate, is_documented))
            .or_else(|| page(candidate))
            .or_else(|| offset(candidate))
            // A page number also works behind a proxy that changes the origin.
            .or_else(|| linked(candidate, &items)),
    }?;
    let counts = matches!(step, PaginationStep::Page { .. } | PaginationStep::Offset { .. });
    let has_flag = counts || matches!(step, PaginationStep::Cursor { .. });
    let pagination = Pagination::new(step, Some(items), format!("inferred: {reason}"));
    Some(Pagination {
        more: candidate.flag().filter(|_| has_flag),
        total: candidate.item_count().filter(|_| counts),
        ..pagination
    })
}

/// A step of pagination, with the reason why it was inferred.
type Found = Option<(PaginationStep, String)>;

/// Infers a cursor: a query parameter takes a value of the previous page.
fn cursor(candidate: &Candidate<'_, '_>) -> Found {
    let inputs = candidate.query_inputs();
    for name in CURSORS {
        let Some(parameter) = inputs.iter().find(|input| input.key() == *name) else {
            continue;
        };
        let format = lookup::text(candidate.types, &parameter.ty.shape);
        let text = format.is_some();
        // A number may count pages or items, so it is a cursor only if the body contains the next one. A string `page` is a
        // cursor only if the body or a header contains the next one. A string `from` may be a date.
        let number = *name != "page" && lookup::is_number(candidate.types, &parameter.ty.shape);
        if !(text && *name != "from" || number) {
            continue;
        }
        let matches = |property: &Property<'_>| {
            // The number of the next page is not an offset.
            if *name == "offset" && property.name.contains("page") {
                return false;
            }
            let shape = &property.field.ty.shape;
            let is_next = property.name.starts_with("next") && (*name != "page" || property.name != "next");
            // A number with the name of the parameter may be the value of the request, unless its object is for cursors.
            let in_cursors = property.name == *name && property.is_in(&["cursor", "cursors"]);
            let number = (is_next || in_cursors) && lookup::is_number(candidate.types, shape);
            let text = lookup::text(candidate.types, shape)
                .is_some_and(|next| format.is_some_and(|format| takes(format, next)));
            number || text && (is_next || *name != "page")
        };
        let header = || candidate.header(NEXT_CURSOR_HEADERS).filter(|_| text);
        let next = page_property(candidate, NEXT_CURSORS, &matches).map(PaginationOutput::Body);
        let Some(next) = next.or_else(header) else {
            continue;
        };
        let source = match &next {
            PaginationOutput::Body(path) => format!("property `{}`", path.0.join(".")),
            PaginationOutput::Header(name) => format!("header `{name}`"),
        };
        let reason = format!("the parameter `{}` takes the value of the {source}", parameter.name);
        let input = parameter.input.clone();
        return Some((PaginationStep::Cursor { input, next }, reason));
    }
    None
}

/// Returns whether a parameter of one format takes strings of another one. A date that filters the items is not a cursor.
fn takes(format: Text, next: Text) -> bool {
    match format {
        Text::Unformatted | Text::Uuid => true,
        Text::DateTime | Text::Date | Text::Time | Text::Duration => format == next,
    }
}

/// Infers a cursor that is a property of the request body.
fn body_cursor(candidate: &Candidate<'_, '_>) -> Found {
    let ty = candidate.request_body()?;
    let (_, body) = lookup::as_struct(candidate.types, &ty.shape)?;
    for name in CURSORS {
        let matches =
            |field: &&Field| normalized(&field.wire) == *name && lookup::is_string(candidate.types, &field.ty.shape);
        let Some(field) = body.fields.iter().find(matches) else {
            continue;
        };
        let next = page_property(candidate, NEXT_CURSORS, &|property| {
            lookup::is_string(candidate.types, &property.field.ty.shape)
        })?;
        let reason = format!(
            "the property `{}` of the request takes the value of `{}`",
            field.wire,
            next.0.join(".")
        );
        let input = PaginationInput::Body(FieldPath(vec![field.wire.clone()]));
        let next = PaginationOutput::Body(next);
        return Some((PaginationStep::Cursor { input, next }, reason));
    }
    None
}

/// Infers that a query parameter takes the id of the last item. The page must report whether more pages follow.
fn last_id(candidate: &Candidate<'_, '_>, items: &FieldPath) -> Found {
    let more = candidate.more()?;
    let parameter = candidate
        .query()
        .find(|parameter| LAST_IDS.contains(&normalized(&parameter.wire).as_str()))?;
    if parameter.required {
        return None;
    }
    let reason = format!(
        "the parameter `{}` takes the id of the last item while `{}` is true",
        parameter.wire,
        more.0.join(".")
    );
    let input = PaginationInput::Query(parameter.wire.clone());
    let is_id = |shape: &Shape| lookup::is_string(candidate.types, shape) || lookup::is_number(candidate.types, shape);
    let list = lookup::at_path(candidate.types, candidate.body, items)?;
    let item = lookup::list_item(candidate.types, &list.shape)?;
    if !lookup::field(candidate.types, &item.shape, "id").is_some_and(|id| is_id(&id.ty.shape)) {
        // If the items are unions, no common id is found, but the page may contain the id of the last item.
        let last = page_property(candidate, &["lastid"], &|property| is_id(&property.field.ty.shape))?;
        let next = PaginationOutput::Body(last);
        return Some((PaginationStep::Cursor { input, next }, reason));
    }
    Some((
        PaginationStep::LastId {
            input,
            id: FieldPath(vec!["id".to_owned()]),
            more: Some(more),
        },
        reason,
    ))
}

/// Infers that the `Link` header contains the URL of the next page.
fn link_header(candidate: &Candidate<'_, '_>) -> Found {
    let mut headers = candidate.operation.success.cases.iter().flat_map(|case| &case.headers);
    // Some documents list the header for single objects too.
    let has_link = headers.any(|header| header.name.eq_ignore_ascii_case("link"));
    (has_link && candidate.is_list_like())
        .then(|| (PaginationStep::Link, "the response has a `Link` header".to_owned()))
}

/// Infers that a property of the page is the URL of the next page. `accepts` returns whether the document shows that a
/// property is a URL.
fn next_link(candidate: &Candidate<'_, '_>, accepts: impl Fn(&Candidate<'_, '_>, &Property<'_>) -> bool) -> Found {
    let is_link = |property: &Property<'_>| {
        lookup::is_string(candidate.types, &property.field.ty.shape) && accepts(candidate, property)
    };
    let next = page_property(candidate, NEXT_LINKS, &is_link).or_else(|| href(candidate))?;
    let reason = format!("the property `{}` is the URL of the next page", next.0.join("."));
    Some((PaginationStep::Url { next }, reason))
}

/// Infers the URL of the next page from the object `links` alone. Single objects have such links too.
fn linked(candidate: &Candidate<'_, '_>, items: &FieldPath) -> Found {
    let is_item = candidate.operation.path.ends_with('}') || items.0.len() > 1;
    (!is_item).then(|| next_link(candidate, |_, property| property.is_in(&["links"])))?
}

/// Returns whether a property is a URL by its name, its description or its example.
fn is_documented(candidate: &Candidate<'_, '_>, property: &Property<'_>) -> bool {
    mentions_link(property.name) || candidate.is_url(property.field)
}

/// Returns the path of a link such as `_links.next.href` or `links.next.url`.
fn href(candidate: &Candidate<'_, '_>) -> Option<FieldPath> {
    let links = find_field(candidate, candidate.body, |field| normalized(&field.wire) == "links")?;
    let next = find_field(candidate, &links.ty, |field| normalized(&field.wire) == "next")?;
    let href = find_field(candidate, &next.ty, |field| {
        matches!(field.wire.as_str(), "href" | "url")
    })?;
    let text = lookup::is_string(candidate.types, &href.ty.shape);
    text.then(|| FieldPath(vec![links.wire.clone(), next.wire.clone(), href.wire.clone()]))
}

/// Infers that a query parameter is the number of the page.
fn page(candidate: &Candidate<'_, '_>) -> Found {
    let (input, name) = numeric_input(candidate, PAGES, |input| !input.required)?;
    let total = page_property(candidate, PAGE_COUNTS, &|property| {
        lookup::is_number(candidate.types, &property.field.ty.shape)
    });
    let total = total
        .map(PaginationOutput::Body)
        .or_else(|| candidate.header(PAGE_COUNT_HEADERS));
    let first = candidate.first_page(&input);
    let limit = numeric_input(candidate, LIMITS, |_| true).map(|(limit, _)| limit);
    let reason = format!("the parameter `{name}` counts pages");
    Some((
        PaginationStep::Page {
            input,
            first,
            total,
            limit,
        },
        reason,
    ))
}

/// Infers that a query parameter is the number of items to skip.
fn offset(candidate: &Candidate<'_, '_>) -> Found {
    let (input, name) = numeric_input(candidate, OFFSETS, |_| true).or_else(|| text_offset(candidate))?;
    let limit = numeric_input(candidate, LIMITS, |_| true).or_else(|| text_input(candidate, LIMITS));
    let (limit, reason) = match limit {
        Some((limit, limit_name)) => {
            let reason = format!("the parameters `{name}` and `{limit_name}` select a part of the list");
            (Some(limit), reason)
        }
        // An offset without a limit may mean something else, unless the page reports the number of all items.
        None => {
            candidate.item_count()?;
            (None, format!("the parameter `{name}` selects a part of the list"))
        }
    };
    Some((candidate.offset_step(input, limit), reason))
}

/// Returns an offset of type string. It is a number if the limit is a string, too, because then the document declares
/// numbers as strings.
fn text_offset(candidate: &Candidate<'_, '_>) -> Option<(PaginationInput, String)> {
    text_input(candidate, LIMITS)?;
    text_input(candidate, OFFSETS)
}

/// Returns the first input of type string with one of these names.
fn text_input(candidate: &Candidate<'_, '_>, names: &[&str]) -> Option<(PaginationInput, String)> {
    let inputs = candidate.query_inputs();
    let mut named = names
        .iter()
        .filter_map(|name| inputs.iter().find(|input| input.key() == *name));
    let found = named.find(|input| lookup::is_string(candidate.types, &input.ty.shape))?;
    Some((found.input.clone(), found.name.clone()))
}

/// Returns the first numeric input with one of these names. The default of a string may be a number.
fn numeric_input(
    candidate: &Candidate<'_, '_>,
    names: &[&str],
    accepts: fn(&QueryInput<'_>) -> bool,
) -> Option<(PaginationInput, String)> {
    let inputs = candidate.query_inputs();
    let named = |name: &&str| inputs.iter().find(|input| input.key() == **name);
    let mut found = names.iter().filter_map(named);
    let is_numeric = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let matches = |input: &&QueryInput<'_>| {
        let default = input.default.and_then(crate::json::Json::as_str);
        (lookup::is_number(candidate.types, &input.ty.shape) || default.is_some_and(is_numeric)) && accepts(input)
    };
    found
        .find(matches)
        .map(|input| (input.input.clone(), input.name.clone()))
}
