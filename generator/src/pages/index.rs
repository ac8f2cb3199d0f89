//! The index pages: `docs/`, models and errors.

use askama::Template;

use super::link::Link;
use super::site::{Page, Site};
use super::types;
use crate::krate::{ErrorId, Framing, GroupId, ModelBody, ModelId, Operation, TypeExpr};
use crate::markdown;
use crate::wire::ForeignType;

#[derive(Template)]
#[template(path = "docs/index.md", escape = "none")]
struct Index<'c> {
    package: &'c str,
    title: &'c str,
    guides: Vec<Link>,
    groups: Vec<GroupPart>,
    errors: String,
    models: Option<String>,
    types: Vec<(String, &'static str)>,
}

struct GroupPart {
    link: Link,
    operations: Vec<Link>,
}

#[derive(Template)]
#[template(path = "docs/models.md", escape = "none")]
struct Models {
    kinds: Vec<(&'static str, Vec<Link>)>,
}

/// The predicates of the runtime's `Error` that check the status code.
const STATUS_PREDICATES: &str = "`is_unauthorized()`, `is_forbidden()`, `is_not_found()`, `is_conflict()`, `is_rate_limited()`, \
     `is_client_error()`, `is_server_error()`";

/// The status codes that the predicates check, in the same order.
const PREDICATE_STATUSES: &str = "401, 403, 404, 409, 429, any 4XX, or any 5XX";

#[derive(Template)]
#[template(path = "docs/errors.md", escape = "none")]
struct Errors {
    lib: String,
    predicates: &'static str,
    statuses: &'static str,
    errors: Vec<Link>,
}

/// Renders the list of all pages.
pub(super) fn index(site: &Site<'_>) -> askama::Result<String> {
    let krate = site.krate;
    let here = Page::new("docs/README.md");
    let guides: Vec<Link> = krate.guides.iter().map(|guide| Link::guide(&here, guide)).collect();
    let group = |index: usize| GroupPart {
        link: Link::group(site, &here, GroupId(index)),
        operations: krate.groups[index]
            .operations
            .iter()
            .map(|&id| Link::operation(site, &here, id))
            .collect(),
    };
    Index {
        package: &krate.package.name,
        title: &krate.api_info.title,
        guides,
        groups: (0..krate.groups.len()).map(group).collect(),
        errors: markdown::count(krate.errors.len(), "error enum"),
        models: (!krate.models.is_empty()).then(|| markdown::count(krate.models.len(), "model")),
        types: foreign_types(site),
    }
    .render()
}

/// Returns the types from other crates that occur in the API, with their descriptions.
fn foreign_types(site: &Site<'_>) -> Vec<(String, &'static str)> {
    let mut found = ForeignTypes::default();
    site.each_type(&mut |ty| found.note(ty));
    let prose = &site.krate.prose.page;
    let link = |name: &str, address: &str| format!("[`{name}`](https://docs.rs/{address})");
    let name = |ty: &TypeExpr| types::name(site, ty);
    let in_runtime = |ty: &TypeExpr| {
        let name = name(ty);
        let name = name.strip_prefix("runtime::").unwrap_or(&name);
        markdown::code_span(&format!("runtime::{name}"))
    };
    let has_events = site.krate.operations.iter().flat_map(Operation::streams).any(|stream| {
        let framing = stream.framing;
        matches!(framing, Framing::Events | Framing::NamedEvents | Framing::TextEvents)
    });
    let rows = [
        (found.date_time, in_runtime(&TypeExpr::DateTime), prose.date_time),
        (
            found.date,
            link(&name(&TypeExpr::Date), "jiff/latest/jiff/civil/struct.Date.html"),
            prose.date,
        ),
        (found.time, in_runtime(&TypeExpr::Time), prose.time),
        (
            found.json,
            link(&name(&TypeExpr::Json), "serde_json/latest/serde_json/enum.Value.html"),
            prose.json,
        ),
        (
            found.object,
            link(
                &types::path_if_shadowed(site, "serde_json::", "Map"),
                "serde_json/latest/serde_json/struct.Map.html",
            ),
            prose.json_object,
        ),
        (
            found.bytes,
            link(&name(&TypeExpr::Bytes), "bytes/latest/bytes/struct.Bytes.html"),
            prose.bytes,
        ),
        (found.file, markdown::code_span(&name(&TypeExpr::File)), prose.file),
        (has_events, "`runtime::ServerEvent`".to_owned(), prose.server_event),
        (found.nullable, "`Nullable`".to_owned(), prose.nullable),
        (found.duration, in_runtime(&TypeExpr::Duration), prose.duration),
        (found.base64, in_runtime(&TypeExpr::Base64), prose.base64),
    ];
    let foreign = prose.foreign.iter().filter(|(of, _)| found.foreign.contains(of));
    let foreign = foreign.map(|(of, about)| (link(of.name(), of.address()), *about));
    rows.into_iter()
        .filter_map(|(there, name, about)| there.then_some((name, about)))
        .chain(foreign)
        .collect()
}

/// The types from other crates that occur.
#[derive(Default)]
struct ForeignTypes {
    date_time: bool,
    date: bool,
    time: bool,
    duration: bool,
    json: bool,
    object: bool,
    bytes: bool,
    file: bool,
    nullable: bool,
    base64: bool,
    foreign: Vec<ForeignType>,
}

impl ForeignTypes {
    fn note(&mut self, ty: &TypeExpr) {
        match ty {
            TypeExpr::DateTime => self.date_time = true,
            TypeExpr::Date => self.date = true,
            TypeExpr::Time => self.time = true,
            TypeExpr::Duration => self.duration = true,
            TypeExpr::Json => self.json = true,
            TypeExpr::JsonObject => self.object = true,
            TypeExpr::Bytes => self.bytes = true,
            TypeExpr::File => self.file = true,
            TypeExpr::Base64 => self.base64 = true,
            TypeExpr::Foreign(of) => self.foreign.push(*of),
            TypeExpr::Nullable(of) => {
                self.nullable = true;
                self.note(of);
            }
            TypeExpr::Option(of) | TypeExpr::Boxed(of) | TypeExpr::List(of) | TypeExpr::Map(of) => self.note(of),
            TypeExpr::Tuple(items) => items.iter().for_each(|item| self.note(item)),
            TypeExpr::Unit
            | TypeExpr::Bool
            | TypeExpr::I32
            | TypeExpr::I64
            | TypeExpr::U32
            | TypeExpr::U64
            | TypeExpr::I128
            | TypeExpr::F64
            | TypeExpr::String
            | TypeExpr::Model(_)
            | TypeExpr::Local(_) => {}
        }
    }
}

/// Renders the list of models, in alphabetical order.
pub(super) fn models(site: &Site<'_>) -> askama::Result<String> {
    let here = Page::new("docs/models/README.md");
    let mut kinds: Vec<(&'static str, Vec<Link>)> = ["Structs", "Enums", "Unions", "Type aliases"]
        .into_iter()
        .map(|kind| (kind, Vec::new()))
        .collect();
    for (index, model) in site.krate.models.iter().enumerate() {
        let kind = match &model.body {
            ModelBody::Record(_) | ModelBody::Newtype(_) => 0,
            ModelBody::Enum(_) => 1,
            ModelBody::Union(_) => 2,
            ModelBody::Alias(_) => 3,
        };
        kinds[kind].1.push(Link::model(site, &here, ModelId(index)));
    }
    kinds.retain(|(_, models)| !models.is_empty());
    kinds
        .iter_mut()
        .for_each(|(_, models)| models.sort_by(|a, b| a.text.cmp(&b.text)));
    Models { kinds }.render()
}

/// Renders the list of errors.
pub(super) fn errors(site: &Site<'_>) -> askama::Result<String> {
    let here = Page::new("docs/errors/README.md");
    let link = |index| Link::error(site, &here, ErrorId(index));
    Errors {
        lib: site.krate.package.lib.to_string(),
        predicates: STATUS_PREDICATES,
        statuses: PREDICATE_STATUSES,
        errors: (0..site.krate.errors.len()).map(link).collect(),
    }
    .render()
}
