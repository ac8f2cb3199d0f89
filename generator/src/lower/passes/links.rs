//! Links: which operation follows a response, and where its parameters come from.
//!
//! In: the links of the document. Out: the links of each [`ir::Operation`](crate::ir::Operation) whose target operation
//! and parameters are known. Any other link is reported. A value from the request becomes an argument, because the
//! caller knows it.

use rustc_hash::FxHashMap;

use crate::diagnostics::{Code, Diagnostic};
use crate::document::{self, LinkTarget, Location, Operation, Status};
use crate::ir::{self, FieldPath, LinkSource, LinkValue};
use crate::json::{Json, unescape_pointer};
use crate::lower::Lowering;
use crate::wire::url::percent_decode;

/// Resolves the links of all operations.
pub(in crate::lower) fn run(lowering: &mut Lowering<'_>) {
    if lowering.operations.iter().all(|operation| has_no_link(operation)) {
        return;
    }
    let targets = Targets::new(&lowering.api.operations);
    for (index, operation) in lowering.operations.iter().enumerate() {
        let mut found = Vec::new();
        for (status, link) in links(operation) {
            match bind(&lowering.api.operations, &targets, index, status, link) {
                Ok(link) => found.push(link),
                Err(reason) => {
                    let message = format!("the link `{}` does not become a method: {reason}", link.name);
                    let diagnostic = Diagnostic::new(Code::UnboundLink, link.place, message);
                    lowering.schemas.report.push(diagnostic);
                }
            }
        }
        lowering.api.operations[index].links = found;
    }
}

fn has_no_link(operation: &Operation) -> bool {
    operation.responses.iter().all(|response| response.links.is_empty())
}

fn links(operation: &Operation) -> impl Iterator<Item = (Status, &document::Link)> {
    let responses = operation.responses.iter();
    responses.flat_map(|response| response.links.iter().map(|link| (response.status, link)))
}

/// The operations that links can name. An operation with several formats of its body is represented by the first format.
struct Targets {
    ids: FxHashMap<String, usize>,
    pointers: FxHashMap<String, usize>,
}

impl Targets {
    fn new(operations: &[ir::Operation]) -> Self {
        let (mut ids, mut pointers) = (FxHashMap::default(), FxHashMap::default());
        for (index, operation) in operations.iter().enumerate() {
            ids.entry(operation.id.clone()).or_insert(index);
            pointers.entry(operation.pointer.clone()).or_insert(index);
        }
        Self { ids, pointers }
    }

    fn find(&self, target: &LinkTarget) -> Result<usize, String> {
        let (known, name) = match target {
            LinkTarget::Id(id) => (self.ids.get(id), id),
            LinkTarget::Reference(reference) => {
                let pointer = percent_decode(reference);
                (self.pointers.get(pointer.as_ref()), reference)
            }
        };
        known
            .copied()
            .ok_or_else(|| format!("the SDK has no operation `{name}`"))
    }
}

/// Resolves a link, or returns the reason why that is impossible.
fn bind(
    operations: &[ir::Operation],
    targets: &Targets,
    source: usize,
    status: Status,
    link: &document::Link,
) -> Result<ir::Link, String> {
    if let Some(key) = link.unsupported {
        return Err(format!("`{key}` is not supported"));
    }
    let mut cases = operations[source].success.cases.iter();
    let Some(case) = cases.position(|case| case.status == status) else {
        return Err("its response is an error".to_owned());
    };
    let target = targets.find(&link.target)?;
    let values = link.parameters.iter().map(|(name, value)| {
        let parameter = parameter(&operations[target], name)?;
        let source = value_source(value)?;
        Ok(LinkValue { parameter, source })
    });
    Ok(ir::Link {
        place: link.place,
        name: link.name.clone(),
        case,
        target,
        values: values.collect::<Result<_, String>>()?,
        description: link.description.clone(),
    })
}

/// Returns the parameter with a name. The name can begin with the location: `id` or `path.id`.
fn parameter(target: &ir::Operation, name: &str) -> Result<usize, String> {
    let by_name = |name: &str, location: Option<Location>| {
        target.parameters.iter().position(|parameter| {
            parameter.wire == name && location.is_none_or(|location| parameter.location == location)
        })
    };
    let qualified = || {
        let (location, name) = name.split_once('.')?;
        let location = match location {
            "path" => Location::Path,
            "query" => Location::Query,
            "header" => Location::Header,
            "cookie" => Location::Cookie,
            _ => return None,
        };
        by_name(name, Some(location))
    };
    by_name(name, None)
        .or_else(qualified)
        .ok_or_else(|| format!("`{}` has no parameter `{name}`", target.id))
}

/// Parses a runtime expression. Any other value is a constant.
fn value_source(value: &Json) -> Result<LinkSource, String> {
    let Some(text) = value.as_str() else {
        return Ok(LinkSource::Constant(value.clone()));
    };
    let unsupported = || Err(format!("the expression `{text}` is not supported"));
    if !text.starts_with('$') {
        return match text.contains("{$") {
            true => unsupported(),
            false => Ok(LinkSource::Constant(value.clone())),
        };
    }
    if text.starts_with("$request.") {
        return Ok(LinkSource::Request);
    }
    if let Some(name) = text.strip_prefix("$response.header.") {
        return Ok(LinkSource::Header(name.to_owned()));
    }
    match text.strip_prefix("$response.body") {
        Some("" | "#" | "#/") => Ok(LinkSource::Body(FieldPath::default())),
        Some(pointer) if pointer.starts_with("#/") => {
            let steps = pointer[2..].split('/');
            let steps = steps.map(|step| unescape_pointer(step).into_owned());
            Ok(LinkSource::Body(FieldPath(steps.collect())))
        }
        Some(_) | None => unsupported(),
    }
}
