//! What inference finds in an operation: its inputs, the list of a page, and the first page.

use crate::ir::{Field, FieldPath, PaginationFlag, PaginationInput, PaginationOutput, PaginationStep, Struct, TypeRef};
use crate::wire::Style;

use super::Candidate;
use super::properties::{Property, find_field, page_property, pagination_objects};
use super::vocabulary::{
    CURSORS, DONE_FLAGS, ITEM_COUNT_HEADERS, ITEM_COUNTS, LIMITS, LIST_PROPERTIES, LIST_VERBS, MORE_FLAGS, OFFSETS,
    PAGE_MARKERS, PAGES, PAGINATION_OBJECTS, SECONDARY_LISTS, normalized,
};
use crate::lower::types::lookup;

/// Properties of a page of Spring Data, whose `number` counts from zero (`org.springframework.data.domain.Page`).
const SPRING_PAGE: [&str; 4] = ["content", "number", "totalElements", "totalPages"];

/// An input that can select a page: a query parameter, or a property of a parameter that is an object.
pub(in crate::lower) struct QueryInput<'a> {
    pub(in crate::lower) input: PaginationInput,
    /// The name, such as `limit` or `page[size]`.
    pub(in crate::lower) name: String,
    pub(in crate::lower) ty: &'a TypeRef,
    pub(in crate::lower) required: bool,
    pub(in crate::lower) default: Option<&'a crate::json::Json>,
    pub(in crate::lower) description: Option<&'a str>,
}

impl QueryInput<'_> {
    /// Returns the name without case and punctuation. `pagination[page]` is `page`.
    pub(in crate::lower) fn key(&self) -> String {
        let inner = self.name.strip_prefix("pagination[");
        normalized(inner.unwrap_or(&self.name))
    }
}

impl<'a> Candidate<'a, '_> {
    /// Returns the query parameters, and the properties of those that are objects with a pair for each property.
    pub(in crate::lower) fn query_inputs(&self) -> Vec<QueryInput<'a>> {
        let mut inputs = Vec::new();
        for parameter in self.query() {
            let is_deep = parameter.style == Style::DeepObject;
            let is_exploded = parameter.style == Style::Form && parameter.explode;
            let property = |field: &'a Field| {
                let (object, name) = (parameter.wire.clone(), field.wire.clone());
                let (name, input) = match is_deep {
                    true => (format!("{object}[{name}]"), PaginationInput::Deep(object, name)),
                    false => (name.clone(), PaginationInput::Exploded(object, name)),
                };
                QueryInput {
                    input,
                    name,
                    ty: &field.ty,
                    required: field.required || is_deep && parameter.required,
                    default: field.default.as_ref(),
                    description: field.docs.description.as_deref(),
                }
            };
            match lookup::as_struct(self.types, &parameter.ty.shape) {
                Some((_, body)) if is_deep || is_exploded => inputs.extend(body.fields.iter().map(property)),
                _ => inputs.push(QueryInput {
                    input: PaginationInput::Query(parameter.wire.clone()),
                    name: parameter.wire.clone(),
                    ty: &parameter.ty,
                    required: parameter.required,
                    default: parameter.default.as_ref(),
                    description: parameter.docs.description.as_deref(),
                }),
            }
        }
        inputs
    }

    /// Returns whether an operation looks like a list: its body is a list or has properties of a page, or a parameter
    /// selects a page.
    pub(in crate::lower) fn is_list_like(&self) -> bool {
        let selects = |input: &QueryInput<'_>| {
            let name = input.key();
            [CURSORS, PAGES, OFFSETS, LIMITS]
                .iter()
                .any(|names| names.contains(&name.as_str()))
        };
        lookup::list_item(self.types, &self.body.shape).is_some()
            || self.is_page_like(self.body)
            || self.query_inputs().iter().any(selects)
    }

    /// Returns the flag that reports whether more pages follow, or that this is the last one.
    pub(in crate::lower) fn flag(&self) -> Option<PaginationFlag> {
        let done = || page_property(self, DONE_FLAGS, &|property| self.is_boolean(&property.field.ty.shape));
        let more = self.more().map(|path| PaginationFlag { path, value: true });
        more.or_else(|| {
            Some(PaginationFlag {
                path: done()?,
                value: false,
            })
        })
    }

    /// Returns the property or the header with the number of items of all pages.
    pub(in crate::lower) fn item_count(&self) -> Option<PaginationOutput> {
        let number = |property: &Property<'_>| lookup::is_number(self.types, &property.field.ty.shape);
        page_property(self, ITEM_COUNTS, &number)
            .map(PaginationOutput::Body)
            .or_else(|| self.header(ITEM_COUNT_HEADERS))
    }

    /// Returns the first of these headers that a successful response has.
    pub(in crate::lower) fn header(&self, names: &[&str]) -> Option<PaginationOutput> {
        let headers = || self.operation.success.cases.iter().flat_map(|case| &case.headers);
        let named = |name: &&str| headers().find(|header| normalized(&header.name) == **name);
        names
            .iter()
            .find_map(named)
            .map(|header| PaginationOutput::Header(header.name.clone()))
    }

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
    pub(in crate::lower) fn page_object(&self) -> Option<&'a Field> {
        let named = find_field(self, self.body, |field| {
            matches!(
                normalized(&field.wire).as_str(),
                "data" | "result" | "response" | "embedded" | "payload" | "body"
            )
        });
        named.or_else(|| {
            let fields = &lookup::as_struct(self.types, &self.body.shape)?.1.fields;
            let is_object = |field: &&Field| lookup::as_struct(self.types, &field.ty.shape).is_some();
            let lists = fields
                .iter()
                .any(|field| lookup::list_item(self.types, &field.ty.shape).is_some());
            let (descriptions, others): (Vec<&Field>, Vec<&Field>) = fields
                .iter()
                .filter(is_object)
                .partition(|field| PAGINATION_OBJECTS.contains(&normalized(&field.wire).as_str()));
            let (only, is_page) = match (descriptions.as_slice(), others.as_slice()) {
                ([], [only]) | ([only], []) => (*only, self.is_page_like(&only.ty)),
                ([_, ..], [only]) => (*only, true),
                _ => return None,
            };
            (is_page && !lists && self.list_in(&only.ty).is_some()).then_some(only)
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
        // `/listshortcuts` returns `shortcuts`.
        let verbs = LIST_VERBS.iter().filter_map(|verb| subject.strip_prefix(verb));
        let well_named = std::iter::once(subject.as_str())
            .chain(verbs)
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
        let is_page = self.is_page_like(ty) || pagination_objects(self, ty).any(|object| self.is_page_like(&object.ty));
        if !is_page && self.is_addressed(body) {
            return well_named.map(|field| field.wire.clone());
        }
        let found = well_named.or_else(|| only(&|field| normalized(&field.wire) != "included"));
        if found.is_some() || !is_page {
            return found.map(|field| field.wire.clone());
        }
        only(&|field| !SECONDARY_LISTS.contains(&normalized(&field.wire).as_str()))
            .or_else(|| only(&of_objects))
            .map(|field| field.wire.clone())
    }

    /// Returns whether an object is the one that the last segment of the path identifies, such as the article of
    /// `/articles/{slug}`. A list in it, such as `tags`, is a detail.
    fn is_addressed(&self, body: &Struct) -> bool {
        let last = self.operation.path.rsplit('/').next().unwrap_or_default();
        let Some(parameter) = last.rsplit_once('{').and_then(|(_, end)| end.strip_suffix('}')) else {
            return false;
        };
        let parameter = normalized(parameter);
        let identifies = |field: &Field| {
            let name = normalized(&field.wire);
            name == "id" || name == parameter
        };
        body.fields.iter().any(identifies)
    }

    /// Returns the flag that reports whether more pages follow.
    pub(in crate::lower) fn more(&self) -> Option<FieldPath> {
        page_property(self, MORE_FLAGS, &|property| self.is_boolean(&property.field.ty.shape))
    }

    /// Returns the number of the first page: the default of the parameter, 0 if its description calls it zero-based or if
    /// the body is a page of Spring Data, which counts from zero, or 1.
    pub(in crate::lower) fn first_page(&self, input: &PaginationInput) -> i64 {
        let inputs = self.query_inputs();
        let Some(found) = inputs.iter().find(|other| other.input == *input) else {
            return 1;
        };
        if let Some(default) = found.default.and_then(crate::json::Json::as_i64) {
            return default;
        }
        let description = found.description.unwrap_or_default().to_lowercase();
        let zero = [
            "zero-based",
            "zero based",
            "0-based",
            "0 based",
            "(0..n)",
            "starts at 0",
            "starting at 0",
            "starts with 0",
            "starting from 0",
            "starts from 0",
            "first page is 0",
        ];
        let has = |name: &&str| lookup::field(self.types, &self.body.shape, name).is_some();
        let is_spring = SPRING_PAGE.iter().all(has);
        i64::from(!is_spring && !zero.iter().any(|words| description.contains(words)))
    }

    /// Returns the offset of the first item: the default of the parameter, 1 if its description calls it one-based, or 0.
    pub(in crate::lower) fn first_offset(&self, input: &PaginationInput) -> i64 {
        let inputs = self.query_inputs();
        let found = inputs.iter().find(|other| other.input == *input);
        if let Some(default) = found.and_then(|found| found.default?.as_i64()) {
            return default;
        }
        let description = found
            .and_then(|found| found.description)
            .unwrap_or_default()
            .to_lowercase();
        let one = [
            "one-based",
            "one based",
            "1-based",
            "1 based",
            "1-indexed",
            "starts at 1",
            "starting at 1",
        ];
        // SCIM (RFC 7644) counts from 1 and defines the names of its parameters and properties.
        let has = |name: &str| lookup::field(self.types, &self.body.shape, name).is_some();
        let is_scim = found.is_some_and(|found| found.name == "startIndex") && has("Resources") && has("itemsPerPage");
        i64::from(is_scim || one.iter().any(|words| description.contains(words)))
    }

    /// Returns the step of an input that counts items.
    pub(in crate::lower) fn offset_step(
        &self,
        input: PaginationInput,
        limit: Option<PaginationInput>,
    ) -> PaginationStep {
        let first = self.first_offset(&input);
        PaginationStep::Offset { input, first, limit }
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
