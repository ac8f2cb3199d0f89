//! Error sets: the documented failures of operations. Operations with the same failures share one set.

use crate::lower::Lowering;
use crate::lower::conventions::extensions;
use crate::lower::operations::responses;
use crate::lower::schemas::Schemas;
use crate::lower::types::lookup;
use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::document::{Operation, Response, Status};
use crate::ir::{Api, Content, ErrorCase, ErrorSet, ErrorSetId, FieldPath, Shape, TypeBody, TypeId, TypeRef, Types};

/// Properties that hold the error message, the most specific first.
const MESSAGE_PROPERTIES: &[&[&str]] = &[
    &["message"],
    &["error", "message"],
    &["error_description"],
    &["errorMessage"],
    &["error_message"],
    &["detail"],
    &["error", "detail"],
    &["title"],
    &["description"],
    &["msg"],
    &["reason"],
    &["error"],
];

/// The status codes and contents of failures. Failures with the same key are equal for the caller.
type Key = Vec<(Status, String)>;

/// Everything that determines the failures of an operation: its failure responses, whether `default` is also its success, and
/// whether its responses have no body. Operations share the responses that they refer to.
type Failures = (Vec<*const Response>, bool, bool);

/// Assigns each operation its error set.
pub(in crate::lower) fn run(lowering: &mut Lowering<'_>) {
    let mut sets: IndexMap<Key, ErrorSet> = IndexMap::new();
    let mut known: FxHashMap<Failures, ErrorSetId> = FxHashMap::default();
    for (index, operation) in lowering.operations.iter().enumerate() {
        let id = *known.entry(failures(operation)).or_insert_with(|| {
            let cases = error_cases(&mut lowering.schemas, operation);
            let entry = sets.entry(key(&cases));
            let id = ErrorSetId(u32::try_from(entry.index()).unwrap_or(u32::MAX));
            entry.or_insert_with(|| ErrorSet {
                cases,
                operations: Vec::new(),
            });
            id
        });
        sets[id.0 as usize].operations.push(index);
        lowering.api.operations[index].errors = id;
    }
    lowering.api.error_sets = sets.into_values().collect();
}

fn failures(operation: &Operation) -> Failures {
    let failures = failure_responses(operation).map(std::ptr::from_ref).collect();
    let is_default_success = responses::is_success(operation, Status::Default);
    (failures, is_default_success, operation.method == "HEAD")
}

/// Returns the responses that describe failures.
fn failure_responses(operation: &Operation) -> impl Iterator<Item = &Response> {
    let responses = operation.responses.iter().map(AsRef::as_ref);
    responses.filter(|response: &&Response| responses::is_failure(operation, response.status))
}

/// Returns the types of error bodies.
pub(in crate::lower) fn bodies(api: &Api) -> FxHashSet<TypeId> {
    let cases = api.error_sets.iter().flat_map(|set| &set.cases);
    let bodies = cases.filter_map(|case| match &case.content {
        Content::Json { ty, .. } => match ty.shape {
            Shape::Named(id) => Some(id),
            _ => None,
        },
        Content::Empty | Content::Text { .. } | Content::Bytes { .. } | Content::Stream { .. } | Content::ByStatus => {
            None
        }
    });
    bodies.collect()
}

/// Merges the sets that are equal after their types were replaced.
pub(in crate::lower) fn merge_equal(api: &mut Api) {
    let mut sets: IndexMap<Key, ErrorSet> = IndexMap::new();
    for set in std::mem::take(&mut api.error_sets) {
        let entry = sets.entry(key(&set.cases));
        let id = ErrorSetId(u32::try_from(entry.index()).unwrap_or(u32::MAX));
        set.operations
            .iter()
            .for_each(|index| api.operations[*index].errors = id);
        let operations = &mut entry
            .or_insert_with(|| ErrorSet {
                cases: set.cases,
                operations: Vec::new(),
            })
            .operations;
        operations.extend(set.operations);
        operations.sort_unstable();
    }
    api.error_sets = sets.into_values().collect();
}

fn key(cases: &[ErrorCase]) -> Key {
    cases
        .iter()
        .map(|case| (case.status, content_key(&case.content)))
        .collect()
}

/// Returns the key of a content. It does not depend on the exact JSON media type.
fn content_key(content: &Content) -> String {
    match content {
        Content::Empty => "empty".to_owned(),
        Content::Json { ty, media_type, .. } if media_type.is_xml() => format!("xml {ty:?}"),
        Content::Json { ty, .. } => format!("{ty:?}"),
        Content::Text { .. } => "text".to_owned(),
        Content::Bytes { .. } | Content::Stream { .. } => "bytes".to_owned(),
        Content::ByStatus => "by status".to_owned(),
    }
}

fn error_cases(schemas: &mut Schemas<'_>, operation: &Operation) -> Vec<ErrorCase> {
    let mut cases = Vec::new();
    for response in failure_responses(operation) {
        let content = match responses::content(schemas, operation, response) {
            // An error body is read as a whole.
            Content::Stream { media_type, .. } => Content::Bytes { media_type },
            other => other,
        };
        let message = match &content {
            Content::Json { ty, .. } => message(schemas, ty),
            Content::Empty
            | Content::Text { .. }
            | Content::Bytes { .. }
            | Content::Stream { .. }
            | Content::ByStatus => None,
        };
        cases.push(ErrorCase {
            status: response.status,
            content,
            description: response.description.clone(),
            message,
        });
    }
    cases.sort_by_key(|case| rank(case.status));
    cases.dedup_by_key(|case| case.status);
    cases
}

/// Returns the path of the error message in a body. `None` also if the first of [`MESSAGE_PROPERTIES`] that can be a string can
/// also have another type, such as a list of messages: the runtime finds the message in each of these forms.
fn message(schemas: &Schemas<'_>, ty: &TypeRef) -> Option<FieldPath> {
    if lookup::is_string(&schemas.types, &ty.shape) {
        return Some(FieldPath::default());
    }
    if let Some(declared) = declared_message(schemas, &ty.shape) {
        return Some(declared);
    }
    let mut places = MESSAGE_PROPERTIES
        .iter()
        .filter_map(|names| find_property(&schemas.types, ty, names));
    let (path, shape) = places.find(|(_, shape)| {
        let resolved = schemas.types.resolve(shape);
        lookup::is_string(&schemas.types, shape) || *resolved == Shape::Any || is_union(&schemas.types, resolved)
    })?;
    lookup::is_string(&schemas.types, shape).then_some(path)
}

fn is_union(types: &Types, shape: &Shape) -> bool {
    matches!(shape, Shape::Named(id) if matches!(types[*id].body, TypeBody::Union(_)))
}

/// Returns the property that the document declares as the error message.
fn declared_message(schemas: &Schemas<'_>, shape: &Shape) -> Option<FieldPath> {
    let (id, body) = lookup::as_struct(&schemas.types, shape)?;
    let source = schemas.target(*schemas.sources.get(id.0 as usize)?);
    let merged = schemas.merged.get(&source).copied().unwrap_or(source);
    let schema = schemas.graph.get(merged);
    let is_declared = |name: &&str| {
        let property = schema.properties.get(*name).map(|id| schemas.graph.get(*id));
        property.is_some_and(|property| extensions::is_error_message(&property.extensions))
    };
    let names = body.fields.iter().map(|field| field.wire.as_str());
    names
        .into_iter()
        .find(is_declared)
        .map(|name| FieldPath(vec![name.to_owned()]))
}

/// Returns the path of these names with its type. Names are compared without case.
fn find_property<'t>(types: &'t Types, ty: &'t TypeRef, names: &[&str]) -> Option<(FieldPath, &'t Shape)> {
    let mut path = FieldPath::default();
    let mut at = ty;
    for name in names {
        let (_, body) = lookup::as_struct(types, &at.shape)?;
        let field = body.fields.iter().find(|field| field.wire.eq_ignore_ascii_case(name))?;
        path.0.push(field.wire.clone());
        at = &field.ty;
    }
    Some((path, &at.shape))
}

fn rank(status: Status) -> (u8, u16) {
    match status {
        Status::Code(code) => (0, code),
        Status::Range(hundreds) => (1, u16::from(hundreds)),
        Status::Default => (2, 0),
    }
}
