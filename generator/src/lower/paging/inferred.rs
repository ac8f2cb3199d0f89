//! Pagination that follows from parameters and bodies, without a declaration.
//!
//! Both sides are required: a parameter that selects a page, and a property that identifies the next page or a list that ends
//! when it is empty.

use crate::document::Location;
use crate::ir::{Field, FieldPath, Paging, PagingInput, PagingStep, TypeRef};

use super::Candidate;
use super::vocabulary::{
    CURSORS, LAST_IDS, LIMITS, LIST_PROPERTIES, MORE_FLAGS, NEXT_CURSORS, NEXT_LINKS, OFFSETS, PAGE_COUNTS,
    PAGE_MARKERS, PAGES, PAGING_OBJECTS, SECONDARY_LISTS, mentions_link, normalized,
};
use crate::lower::schemas::bounds;
use crate::lower::types::lookup;

/// Returns the pagination that can be inferred.
pub(in crate::lower) fn find(candidate: &Candidate<'_, '_>) -> Option<Paging> {
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
            .or_else(|| next_link(candidate))
            .or_else(|| page(candidate))
            .or_else(|| offset(candidate)),
    }?;
    Some(Paging {
        step,
        items: Some(items),
        reason: format!("inferred: {reason}"),
    })
}

type Found = Option<(PagingStep, String)>;

fn cursor(candidate: &Candidate<'_, '_>) -> Found {
    for name in CURSORS {
        let Some(parameter) = candidate.query().find(|parameter| normalized(&parameter.wire) == *name) else {
            continue;
        };
        let text = lookup::is_string(candidate.types, &parameter.ty.shape);
        // A number may count pages or items, so it is a cursor only if the body contains the next one. The same applies to a
        // string `page`.
        let sendable = text || *name != "page" && lookup::is_number(candidate.types, &parameter.ty.shape);
        if !sendable || parameter.required {
            continue;
        }
        let matches = |property: &str, field: &Field| {
            let says_next = property.starts_with("next") && (*name != "page" || property != "next");
            let number = says_next && lookup::is_number(candidate.types, &field.ty.shape);
            number || text && lookup::is_string(candidate.types, &field.ty.shape) && (says_next || *name != "page")
        };
        let Some(next) = next_of(candidate, NEXT_CURSORS, &matches) else {
            continue;
        };
        let reason = format!(
            "the parameter `{}` takes the value of the property `{}`",
            parameter.wire,
            next.0.join(".")
        );
        return Some((
            PagingStep::Cursor {
                input: PagingInput::Query(parameter.wire.clone()),
                next,
            },
            reason,
        ));
    }
    None
}

fn body_cursor(candidate: &Candidate<'_, '_>) -> Found {
    let sent = candidate.sent()?;
    let (_, body) = lookup::as_struct(candidate.types, &sent.shape)?;
    for name in CURSORS {
        let matches = |field: &&Field| {
            normalized(&field.wire) == *name && !field.required && lookup::is_string(candidate.types, &field.ty.shape)
        };
        let Some(field) = body.fields.iter().find(matches) else {
            continue;
        };
        let next = next_of(candidate, NEXT_CURSORS, &|_, field| {
            lookup::is_string(candidate.types, &field.ty.shape)
        })?;
        let reason = format!(
            "the property `{}` of the request takes the value of `{}`",
            field.wire,
            next.0.join(".")
        );
        return Some((
            PagingStep::Cursor {
                input: PagingInput::Body(FieldPath(vec![field.wire.clone()])),
                next,
            },
            reason,
        ));
    }
    None
}

fn last_id(candidate: &Candidate<'_, '_>, items: &FieldPath) -> Found {
    let more = candidate.more()?;
    let parameter = candidate
        .query()
        .find(|parameter| LAST_IDS.contains(&normalized(&parameter.wire).as_str()))?;
    let list = lookup::at_path(candidate.types, candidate.body, items)?;
    let item = lookup::list_item(candidate.types, &list.shape)?;
    let id = lookup::field(candidate.types, &item.shape, "id")?;
    let sendable = lookup::is_string(candidate.types, &id.ty.shape) || lookup::is_number(candidate.types, &id.ty.shape);
    if !sendable || parameter.required {
        return None;
    }
    let reason = format!(
        "the parameter `{}` takes the id of the last item while `{}` is true",
        parameter.wire,
        more.0.join(".")
    );
    let input = PagingInput::Query(parameter.wire.clone());
    Some((
        PagingStep::LastId {
            input,
            id: FieldPath(vec!["id".to_owned()]),
            more: Some(more),
        },
        reason,
    ))
}

fn link_header(candidate: &Candidate<'_, '_>) -> Found {
    let mut headers = candidate.operation.success.cases.iter().flat_map(|case| &case.headers);
    headers
        .any(|header| header.name.eq_ignore_ascii_case("link"))
        .then(|| (PagingStep::Link, "the response has a `Link` header".to_owned()))
}

fn next_link(candidate: &Candidate<'_, '_>) -> Found {
    let is_link = |name: &str, field: &Field| {
        lookup::is_string(candidate.types, &field.ty.shape) && (mentions_link(name) || candidate.is_url(field))
    };
    let next = next_of(candidate, NEXT_LINKS, &is_link).or_else(|| href(candidate))?;
    let reason = format!("the property `{}` is the URL of the next page", next.0.join("."));
    Some((PagingStep::Url { next }, reason))
}

/// Returns the path `_links.next.href`.
fn href(candidate: &Candidate<'_, '_>) -> Option<FieldPath> {
    let links = find_field(candidate, candidate.body, |field| normalized(&field.wire) == "links")?;
    let next = find_field(candidate, &links.ty, |field| normalized(&field.wire) == "next")?;
    let href = find_field(candidate, &next.ty, |field| {
        matches!(field.wire.as_str(), "href" | "url")
    })?;
    let text = lookup::is_string(candidate.types, &href.ty.shape);
    text.then(|| FieldPath(vec![links.wire.clone(), next.wire.clone(), href.wire.clone()]))
}

fn page(candidate: &Candidate<'_, '_>) -> Found {
    let parameter = numbered(candidate, PAGES)?;
    let input = PagingInput::Query(parameter.clone());
    let total = next_of(candidate, PAGE_COUNTS, &|_, field| {
        lookup::is_number(candidate.types, &field.ty.shape)
    });
    let first = candidate.first_page(&input);
    let limit = numbered(candidate, LIMITS).map(PagingInput::Query);
    let reason = format!("the parameter `{parameter}` counts pages");
    Some((
        PagingStep::Page {
            input,
            first,
            total,
            limit,
        },
        reason,
    ))
}

fn offset(candidate: &Candidate<'_, '_>) -> Found {
    let parameter = numbered(candidate, OFFSETS)?;
    // An offset without a limit may mean something else.
    let limit = numbered(candidate, LIMITS)?;
    let reason = format!("the parameters `{parameter}` and `{limit}` select a part of the list");
    Some((
        PagingStep::Offset {
            input: PagingInput::Query(parameter),
            limit: Some(PagingInput::Query(limit)),
        },
        reason,
    ))
}

/// Returns the first optional numeric query parameter with one of these names.
fn numbered(candidate: &Candidate<'_, '_>, names: &[&str]) -> Option<String> {
    let named = |name: &&str| {
        candidate
            .query()
            .find(|parameter| normalized(&parameter.wire) == **name)
    };
    let mut found = names.iter().filter_map(named);
    let matches = |parameter: &&crate::ir::Parameter| {
        lookup::is_number(candidate.types, &parameter.ty.shape)
            && !parameter.required
            && parameter.location == Location::Query
    };
    found.find(matches).map(|parameter| parameter.wire.clone())
}

/// Returns a property with one of these names in the page, or in an object of the page that describes the pagination.
fn next_of(candidate: &Candidate<'_, '_>, names: &[&str], matches: &dyn Fn(&str, &Field) -> bool) -> Option<FieldPath> {
    let at = |ty: &TypeRef| {
        let named = |name: &&str| {
            find_field(candidate, ty, |field| {
                normalized(&field.wire) == **name && matches(name, field)
            })
        };
        names.iter().find_map(named).map(|field| field.wire.clone())
    };
    if let Some(name) = at(candidate.body) {
        return Some(FieldPath(vec![name]));
    }
    let (_, body) = lookup::as_struct(candidate.types, &candidate.body.shape)?;
    let page_object = candidate.page_object().map(|field| field.wire.as_str());
    let wrappers = || {
        body.fields.iter().filter(|field| {
            PAGING_OBJECTS.contains(&normalized(&field.wire).as_str()) || page_object == Some(&field.wire)
        })
    };
    if let Some(path) = wrappers().find_map(|wrapper| Some(FieldPath(vec![wrapper.wire.clone(), at(&wrapper.ty)?]))) {
        return Some(path);
    }
    wrappers().find_map(|outer| {
        let (_, body) = lookup::as_struct(candidate.types, &outer.ty.shape)?;
        let mut inner = body
            .fields
            .iter()
            .filter(|field| PAGING_OBJECTS.contains(&normalized(&field.wire).as_str()));
        inner.find_map(|inner| Some(FieldPath(vec![outer.wire.clone(), inner.wire.clone(), at(&inner.ty)?])))
    })
}

fn find_field<'a>(
    candidate: &Candidate<'a, '_>,
    ty: &'a TypeRef,
    matches: impl Fn(&Field) -> bool,
) -> Option<&'a Field> {
    lookup::as_struct(candidate.types, &ty.shape)?
        .1
        .fields
        .iter()
        .find(|field| matches(field))
}

impl<'a> Candidate<'a, '_> {
    /// Returns the list of a page: the body itself, a property with a typical name, or the only list.
    pub(in crate::lower) fn infer_items(&self) -> Option<FieldPath> {
        if lookup::list_item(self.types, &self.body.shape).is_some() {
            return Some(FieldPath::default());
        }
        if let Some(name) = self.list_in(self.body) {
            return Some(FieldPath(vec![name]));
        }
        let wrapper = self.page_object()?;
        Some(FieldPath(vec![wrapper.wire.clone(), self.list_in(&wrapper.ty)?]))
    }

    /// Returns the object that wraps the page: by its name, or the only object.
    fn page_object(&self) -> Option<&'a Field> {
        let named = find_field(self, self.body, |field| {
            matches!(
                normalized(&field.wire).as_str(),
                "data" | "result" | "response" | "embedded"
            )
        });
        named.or_else(|| {
            let fields = &lookup::as_struct(self.types, &self.body.shape)?.1.fields;
            let mut objects = fields
                .iter()
                .filter(|field| lookup::as_struct(self.types, &field.ty.shape).is_some());
            let lists = fields
                .iter()
                .any(|field| lookup::list_item(self.types, &field.ty.shape).is_some());
            let only = objects.next().filter(|_| objects.next().is_none() && !lists)?;
            (self.is_page_like(&only.ty) && self.list_in(&only.ty).is_some()).then_some(only)
        })
    }

    /// Returns whether an object has properties that are typical of a page.
    fn is_page_like(&self, ty: &'a TypeRef) -> bool {
        find_field(self, ty, |field| {
            let name = normalized(&field.wire);
            PAGE_MARKERS.iter().any(|word| name.contains(word))
        })
        .is_some()
    }

    fn list_in(&self, ty: &'a TypeRef) -> Option<String> {
        let (_, body) = lookup::as_struct(self.types, &ty.shape)?;
        let lists: Vec<&Field> = body
            .fields
            .iter()
            .filter(|field| lookup::list_item(self.types, &field.ty.shape).is_some())
            .collect();
        let subject = self
            .operation
            .path
            .rsplit('/')
            .find(|step| !step.is_empty() && !step.contains('{'))
            .map(normalized)
            .unwrap_or_default();
        let named = |name: &str| lists.iter().find(|field| normalized(&field.wire) == name);
        let telling = std::iter::once(subject.as_str())
            .chain(LIST_PROPERTIES.iter().copied())
            .find_map(named);
        let only = |matches: &dyn Fn(&Field) -> bool| {
            let mut fitting = lists.iter().filter(|field| matches(field));
            fitting.next().filter(|_| fitting.next().is_none())
        };
        let of_objects = |field: &Field| {
            let item = lookup::list_item(self.types, &field.ty.shape);
            item.is_some_and(|item| lookup::as_struct(self.types, &item.shape).is_some())
        };
        let found = telling.or_else(|| only(&|_| true));
        if found.is_some() || !self.is_page_like(ty) {
            return found.map(|field| field.wire.clone());
        }
        only(&|field| !SECONDARY_LISTS.contains(&normalized(&field.wire).as_str()))
            .or_else(|| only(&of_objects))
            .map(|field| field.wire.clone())
    }

    /// Returns the flag that reports whether more pages follow.
    pub(in crate::lower) fn more(&self) -> Option<FieldPath> {
        next_of(self, MORE_FLAGS, &|_, field| self.is_boolean(&field.ty.shape))
    }

    /// Returns the number of the first page: the default of the parameter, its minimum, or 1.
    pub(in crate::lower) fn first_page(&self, input: &PagingInput) -> i64 {
        let PagingInput::Query(name) = input else { return 1 };
        let default = self
            .query()
            .find(|parameter| parameter.wire == *name)
            .and_then(|parameter| parameter.default.as_ref());
        if let Some(default) = default.and_then(crate::json::Json::as_i64) {
            return default;
        }
        let schema = self
            .source
            .parameters
            .iter()
            .find(|parameter| parameter.name == *name)
            .and_then(|parameter| parameter.schema);
        let bounds = schema
            .map(|id| {
                self.lowering
                    .schemas
                    .graph
                    .get(self.lowering.schemas.target(id))
                    .bounds
                    .clone()
            })
            .unwrap_or_default();
        let least = bounds::integer_range(&bounds)
            .0
            .and_then(|least| i64::try_from(least).ok());
        least.filter(|least| (0..=1).contains(least)).unwrap_or(1)
    }

    /// Returns whether a property is documented as a URL, by its description or its example.
    pub(in crate::lower) fn is_url(&self, field: &Field) -> bool {
        let words = field
            .docs
            .description
            .iter()
            .chain(&field.docs.summary)
            .map(|text| text.to_lowercase());
        let mentions_url = words
            .into_iter()
            .any(|text| ["url", "uri", "link"].iter().any(|word| text.contains(word)));
        let example = field
            .example
            .as_ref()
            .and_then(crate::json::Json::as_str)
            .unwrap_or_default();
        mentions_url || example.starts_with("http") || example.starts_with('/')
    }
}
