//! Paging that the document says nothing of, and that its parameters and bodies give away.
//!
//! Input and output have to be there both: a parameter that asks for a page, and a property that leads to the next, or a
//! list that ends when it is empty.

use crate::document::Location;
use crate::ir::{Field, FieldPath, Paging, PagingInput, PagingStep, TypeRef};

use super::super::{bounds, look};
use super::Site;
use super::words::{
    ASIDE, CURSORS, LAST_IDS, LIMITS, LISTS, MORE, NEXT_CURSORS, NEXT_LINKS, OFFSETS, PAGES, PARTS, TOTALS, WRAPPERS,
    plain, speaks_of_link,
};

/// The paging that can be inferred.
pub(super) fn find(site: &Site<'_, '_>) -> Option<Paging> {
    let method = site.operation.method.as_str();
    if !matches!(method, "GET" | "POST" | "QUERY") {
        return None;
    }
    let items = site.likely_items()?;
    let (step, why) = match method {
        "POST" => body_cursor(site).or_else(|| cursor(site)),
        _ => cursor(site)
            .or_else(|| last_id(site, &items))
            .or_else(|| link_header(site))
            .or_else(|| next_link(site))
            .or_else(|| page(site))
            .or_else(|| offset(site)),
    }?;
    Some(Paging {
        step,
        items: Some(items),
        why: format!("inferred: {why}"),
    })
}

type Found = Option<(PagingStep, String)>;

fn cursor(site: &Site<'_, '_>) -> Found {
    for name in CURSORS {
        let Some(parameter) = site.query().find(|parameter| plain(&parameter.wire) == *name) else {
            continue;
        };
        let text = look::is_text(site.api, &parameter.ty.shape);
        // A number may count pages or items: it is a cursor where the body says which one is next. So is a text called `page`.
        let sendable = text || *name != "page" && look::is_number(site.api, &parameter.ty.shape);
        if !sendable || parameter.required {
            continue;
        }
        let fits = |property: &str, field: &Field| {
            let says_next = property.starts_with("next") && (*name != "page" || property != "next");
            let number = says_next && look::is_number(site.api, &field.ty.shape);
            number || text && look::is_text(site.api, &field.ty.shape) && (says_next || *name != "page")
        };
        let Some(next) = next_of(site, NEXT_CURSORS, &fits) else {
            continue;
        };
        let why = format!(
            "the parameter `{}` takes what the property `{}` gives",
            parameter.wire,
            next.0.join(".")
        );
        return Some((
            PagingStep::Cursor {
                input: PagingInput::Query(parameter.wire.clone()),
                next,
            },
            why,
        ));
    }
    None
}

fn body_cursor(site: &Site<'_, '_>) -> Found {
    let sent = site.sent()?;
    let (_, body) = look::structure(site.api, &sent.shape)?;
    for name in CURSORS {
        let fits =
            |field: &&Field| plain(&field.wire) == *name && !field.required && look::is_text(site.api, &field.ty.shape);
        let Some(field) = body.fields.iter().find(fits) else {
            continue;
        };
        let next = next_of(site, NEXT_CURSORS, &|_, field| look::is_text(site.api, &field.ty.shape))?;
        let why = format!(
            "the property `{}` of the request takes what `{}` gives",
            field.wire,
            next.0.join(".")
        );
        return Some((
            PagingStep::Cursor {
                input: PagingInput::Body(FieldPath(vec![field.wire.clone()])),
                next,
            },
            why,
        ));
    }
    None
}

fn last_id(site: &Site<'_, '_>, items: &FieldPath) -> Found {
    let more = site.more()?;
    let parameter = site
        .query()
        .find(|parameter| LAST_IDS.contains(&plain(&parameter.wire).as_str()))?;
    let list = look::at(site.api, site.body, items)?;
    let item = look::items(site.api, &list.shape)?;
    let id = look::field(site.api, &item.shape, "id")?;
    let sendable = look::is_text(site.api, &id.ty.shape) || look::is_number(site.api, &id.ty.shape);
    if !sendable || parameter.required {
        return None;
    }
    let why = format!(
        "the parameter `{}` takes the id of the last item, as long as `{}` holds",
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
        why,
    ))
}

fn link_header(site: &Site<'_, '_>) -> Found {
    let mut headers = site.operation.success.cases.iter().flat_map(|case| &case.headers);
    headers
        .any(|header| header.name.eq_ignore_ascii_case("link"))
        .then(|| (PagingStep::Link, "the response has a `Link` header".to_owned()))
}

fn next_link(site: &Site<'_, '_>) -> Found {
    let is_link = |name: &str, field: &Field| {
        look::is_text(site.api, &field.ty.shape) && (speaks_of_link(name) || site.is_address(field))
    };
    let next = next_of(site, NEXT_LINKS, &is_link).or_else(|| href(site))?;
    let why = format!("the property `{}` is the address of the next page", next.0.join("."));
    Some((PagingStep::Url { next }, why))
}

/// `_links.next.href`
fn href(site: &Site<'_, '_>) -> Option<FieldPath> {
    let links = find_field(site, site.body, |field| plain(&field.wire) == "links")?;
    let next = find_field(site, &links.ty, |field| plain(&field.wire) == "next")?;
    let href = find_field(site, &next.ty, |field| matches!(field.wire.as_str(), "href" | "url"))?;
    let text = look::is_text(site.api, &href.ty.shape);
    text.then(|| FieldPath(vec![links.wire.clone(), next.wire.clone(), href.wire.clone()]))
}

fn page(site: &Site<'_, '_>) -> Found {
    let parameter = numbered(site, PAGES)?;
    let input = PagingInput::Query(parameter.clone());
    let total = next_of(site, TOTALS, &|_, field| look::is_number(site.api, &field.ty.shape));
    let first = site.first_page(&input);
    let limit = numbered(site, LIMITS).map(PagingInput::Query);
    let why = format!("the parameter `{parameter}` counts pages");
    Some((
        PagingStep::Page {
            input,
            first,
            total,
            limit,
        },
        why,
    ))
}

fn offset(site: &Site<'_, '_>) -> Found {
    let parameter = numbered(site, OFFSETS)?;
    // An offset alone may be anything; with a limit it is one.
    let limit = numbered(site, LIMITS)?;
    let why = format!("the parameters `{parameter}` and `{limit}` cut out a part of the list");
    Some((
        PagingStep::Offset {
            input: PagingInput::Query(parameter),
            limit: Some(PagingInput::Query(limit)),
        },
        why,
    ))
}

/// The first optional numeric query parameter with one of these names.
fn numbered(site: &Site<'_, '_>, names: &[&str]) -> Option<String> {
    let named = |name: &&str| site.query().find(|parameter| plain(&parameter.wire) == **name);
    let mut found = names.iter().filter_map(named);
    let fits = |parameter: &&crate::ir::Parameter| {
        look::is_number(site.api, &parameter.ty.shape) && !parameter.required && parameter.location == Location::Query
    };
    found.find(fits).map(|parameter| parameter.wire.clone())
}

/// A property of the page, or of an object in it that is about paging, with one of these names.
fn next_of(site: &Site<'_, '_>, names: &[&str], fits: &dyn Fn(&str, &Field) -> bool) -> Option<FieldPath> {
    let at = |ty: &TypeRef| {
        let named = |name: &&str| find_field(site, ty, |field| plain(&field.wire) == **name && fits(name, field));
        names.iter().find_map(named).map(|field| field.wire.clone())
    };
    if let Some(name) = at(site.body) {
        return Some(FieldPath(vec![name]));
    }
    let (_, body) = look::structure(site.api, &site.body.shape)?;
    let holder = site.holder().map(|field| field.wire.as_str());
    let wrappers = || {
        body.fields
            .iter()
            .filter(|field| WRAPPERS.contains(&plain(&field.wire).as_str()) || holder == Some(&field.wire))
    };
    if let Some(path) = wrappers().find_map(|wrapper| Some(FieldPath(vec![wrapper.wire.clone(), at(&wrapper.ty)?]))) {
        return Some(path);
    }
    wrappers().find_map(|outer| {
        let (_, body) = look::structure(site.api, &outer.ty.shape)?;
        let mut inner = body
            .fields
            .iter()
            .filter(|field| WRAPPERS.contains(&plain(&field.wire).as_str()));
        inner.find_map(|inner| Some(FieldPath(vec![outer.wire.clone(), inner.wire.clone(), at(&inner.ty)?])))
    })
}

fn find_field<'a>(site: &Site<'a, '_>, ty: &'a TypeRef, fits: impl Fn(&Field) -> bool) -> Option<&'a Field> {
    look::structure(site.api, &ty.shape)?
        .1
        .fields
        .iter()
        .find(|field| fits(field))
}

impl<'a> Site<'a, '_> {
    /// The list of a page: the body itself, a property with a telling name, or the only list that there is.
    pub(super) fn likely_items(&self) -> Option<FieldPath> {
        if look::items(self.api, &self.body.shape).is_some() {
            return Some(FieldPath::default());
        }
        if let Some(name) = self.list_in(self.body) {
            return Some(FieldPath(vec![name]));
        }
        let wrapper = self.holder()?;
        Some(FieldPath(vec![wrapper.wire.clone(), self.list_in(&wrapper.ty)?]))
    }

    /// The object that a page stands in, where the body is not the page itself: by its name, or the only one that there is.
    fn holder(&self) -> Option<&'a Field> {
        let named = find_field(self, self.body, |field| {
            matches!(plain(&field.wire).as_str(), "data" | "result" | "response" | "embedded")
        });
        named.or_else(|| {
            let fields = &look::structure(self.api, &self.body.shape)?.1.fields;
            let mut objects = fields
                .iter()
                .filter(|field| look::structure(self.api, &field.ty.shape).is_some());
            let lists = fields
                .iter()
                .any(|field| look::items(self.api, &field.ty.shape).is_some());
            let only = objects.next().filter(|_| objects.next().is_none() && !lists)?;
            (self.is_part(&only.ty) && self.list_in(&only.ty).is_some()).then_some(only)
        })
    }

    /// Whether an object says that it is a part of more.
    fn is_part(&self, ty: &'a TypeRef) -> bool {
        find_field(self, ty, |field| {
            let name = plain(&field.wire);
            PARTS.iter().any(|word| name.contains(word))
        })
        .is_some()
    }

    fn list_in(&self, ty: &'a TypeRef) -> Option<String> {
        let (_, body) = look::structure(self.api, &ty.shape)?;
        let lists: Vec<&Field> = body
            .fields
            .iter()
            .filter(|field| look::items(self.api, &field.ty.shape).is_some())
            .collect();
        let subject = self
            .operation
            .path
            .rsplit('/')
            .find(|step| !step.is_empty() && !step.contains('{'))
            .map(plain)
            .unwrap_or_default();
        let named = |name: &str| lists.iter().find(|field| plain(&field.wire) == name);
        let telling = std::iter::once(subject.as_str())
            .chain(LISTS.iter().copied())
            .find_map(named);
        let only = |fits: &dyn Fn(&Field) -> bool| {
            let mut fitting = lists.iter().filter(|field| fits(field));
            fitting.next().filter(|_| fitting.next().is_none())
        };
        let of_objects = |field: &Field| {
            let item = look::items(self.api, &field.ty.shape);
            item.is_some_and(|item| look::structure(self.api, &item.shape).is_some())
        };
        let found = telling.or_else(|| only(&|_| true));
        if found.is_some() || !self.is_part(ty) {
            return found.map(|field| field.wire.clone());
        }
        only(&|field| !ASIDE.contains(&plain(&field.wire).as_str()))
            .or_else(|| only(&of_objects))
            .map(|field| field.wire.clone())
    }

    /// The flag that says whether there is more.
    pub(super) fn more(&self) -> Option<FieldPath> {
        next_of(self, MORE, &|_, field| self.is_flag(&field.ty.shape))
    }

    /// The number of the first page: the default of the parameter, else its minimum, else 1.
    pub(super) fn first_page(&self, input: &PagingInput) -> i64 {
        let PagingInput::Query(name) = input else { return 1 };
        let default = self
            .query()
            .find(|parameter| parameter.wire == *name)
            .and_then(|parameter| parameter.default.as_ref());
        if let Some(default) = default.and_then(crate::json::Json::as_i64) {
            return default;
        }
        let schema = self
            .described
            .parameters
            .iter()
            .find(|parameter| parameter.name == *name)
            .and_then(|parameter| parameter.schema);
        let bounds = schema
            .map(|id| self.lowering.graph.get(self.lowering.target(id)).bounds.clone())
            .unwrap_or_default();
        let least = bounds::integer_range(&bounds)
            .0
            .and_then(|least| i64::try_from(least).ok());
        least.filter(|least| (0..=1).contains(least)).unwrap_or(1)
    }

    /// Whether a property says that it is an address: in its words, or by its example.
    pub(super) fn is_address(&self, field: &Field) -> bool {
        let words = field
            .docs
            .description
            .iter()
            .chain(&field.docs.summary)
            .map(|text| text.to_lowercase());
        let told = words
            .into_iter()
            .any(|text| ["url", "uri", "link"].iter().any(|word| text.contains(word)));
        let example = field
            .example
            .as_ref()
            .and_then(crate::json::Json::as_str)
            .unwrap_or_default();
        told || example.starts_with("http") || example.starts_with('/')
    }
}
