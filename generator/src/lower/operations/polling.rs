//! Long-running operations: how their status is requested.
//!
//! The configuration takes precedence over an extension, and an extension over the response headers that the document
//! describes. A rule of the configuration that cannot be applied is an error.

use crate::config::PollingRule;
use crate::diagnostics::{Code, Diagnostic};
use crate::document;
use crate::ir::{Content, FieldPath, Operation, Polling, PollingTarget, Shape};
use crate::json::unescape_pointer;
use crate::lower::Lowering;
use crate::lower::conventions::extensions;
use crate::lower::schemas::{Schemas, resolve};
use crate::lower::types::lookup;
use crate::wire::{Location, Method, ResultLocation, Status};

/// The headers with the URL of a status monitor, in order of preference.
const MONITORS: [&str; 2] = ["operation-location", "azure-asyncoperation"];

/// The property of a status monitor with the status, unless the configuration names another one.
const STATUS: &str = "status";

/// Sets how the status of each long-running operation is requested.
pub(in crate::lower) fn run(lowering: &mut Lowering<'_>) {
    for index in 0..lowering.api.operations.len() {
        let operation = &lowering.api.operations[index];
        let rules = &lowering.settings.polling;
        let rule = rules.iter().find(|rule| rule.operations.contains(&operation.id));
        let source = lowering.operations[index];
        let mut documented = declared(source).or_else(|| documented(operation));
        let mut unknown = Vec::new();
        if let Some(polling) = &mut documented {
            unknown.extend(set_result_location(polling, source).err());
            unknown.extend(set_result_type(&mut lowering.schemas, polling, source).err());
        }
        let polling = match rule {
            Some(rule) if rule.none => Ok(None),
            Some(rule) => configured(lowering, operation, rule, documented).map(Some),
            None => Ok(documented),
        };
        for message in unknown.into_iter().filter(|_| matches!(polling, Ok(Some(_)))) {
            let diagnostic = Diagnostic::new(Code::InvalidExtension, source.place, message);
            lowering.schemas.report.push(diagnostic);
        }
        match polling {
            Ok(polling) => lowering.api.operations[index].polling = polling,
            Err(reason) => {
                let place = rule.and_then(|rule| rule.place).unwrap_or(operation.place);
                let message = format!("cannot apply the polling rule to `{}`: {reason}", operation.id);
                lowering
                    .schemas
                    .report
                    .push(Diagnostic::new(Code::PollingRuleInvalid, place, message));
            }
        }
    }
}

/// Returns the polling of an operation that an extension declares as long-running. A document with this extension need
/// not describe the headers, so all of them are used. If a response has the URL of a status monitor, `Location` has the
/// URL of the result.
fn declared(source: &document::Operation) -> Option<Polling> {
    let key = extensions::long_running(&source.extensions)?;
    let headers = MONITORS.iter().chain(&["location"]);
    Some(by_header(
        headers.map(|name| (*name).to_owned()).collect(),
        Some(path(STATUS)),
        format!("set by the extension `{key}`"),
    ))
}

/// Sets where the result of a long-running operation is, if an extension declares it.
fn set_result_location(polling: &mut Polling, source: &document::Operation) -> Result<(), String> {
    let Some((key, via)) = extensions::final_state(&source.extensions) else {
        return Ok(());
    };
    let (result, monitor) = match via {
        "azure-async-operation" => (ResultLocation::Status, "azure-asyncoperation"),
        "operation-location" => (ResultLocation::Status, "operation-location"),
        "location" => (ResultLocation::Location, ""),
        "original-uri" => (ResultLocation::Request, ""),
        _ => {
            return Err(format!(
                "unknown `final-state-via: {via}` in `{key}`; the URL of the result is inferred"
            ));
        }
    };
    polling.result = Some(result);
    // The result is in this monitor, if the response has several.
    if let PollingTarget::Header(headers) = &mut polling.target {
        headers.sort_by_key(|name| *name != monitor);
    }
    Ok(())
}

/// Sets the type of the result of a long-running operation, if an extension declares its schema.
fn set_result_type(
    schemas: &mut Schemas<'_>,
    polling: &mut Polling,
    source: &document::Operation,
) -> Result<(), String> {
    let Some((key, reference)) = extensions::final_state_schema(&source.extensions) else {
        return Ok(());
    };
    let folders = ["#/components/schemas/", "#/definitions/"];
    let name = folders.iter().find_map(|folder| reference.strip_prefix(folder));
    let name = name.map(unescape_pointer).unwrap_or_default();
    let Some(schema) = schemas.document.components.get(&*name) else {
        return Err(format!(
            "unknown `final-state-schema: {reference}` in `{key}`; the type of the result is inferred"
        ));
    };
    polling.result_type = Some(resolve::type_ref(schemas, *schema));
    Ok(())
}

/// Returns the polling that the response headers of an operation describe.
fn documented(operation: &Operation) -> Option<Polling> {
    let monitors = headers(operation, &MONITORS, &[200, 201, 202]);
    if !monitors.is_empty() {
        return Some(by_header(
            monitors,
            Some(path(STATUS)),
            "the URL of a status monitor is in a response header".to_owned(),
        ));
    }
    // The location of a created resource is in the same header, but with another status code.
    let location = headers(operation, &["location"], &[202]);
    (!location.is_empty()).then(|| {
        let reason = "the response with the status code 202 has the header `Location`";
        by_header(location, None, reason.to_owned())
    })
}

/// Returns the polling of the URL in the first of these headers that a response has.
fn by_header(headers: Vec<String>, status: Option<FieldPath>, reason: String) -> Polling {
    Polling {
        target: PollingTarget::Header(headers),
        status,
        done: Vec::new(),
        failed: Vec::new(),
        interval: None,
        result: None,
        result_type: None,
        reason,
    }
}

/// Returns the names, in lowercase, of those headers that a success with one of the status codes has.
fn headers(operation: &Operation, names: &[&str], codes: &[u16]) -> Vec<String> {
    let has_code = |status: Status| matches!(status, Status::Code(code) if codes.contains(&code));
    let cases = operation.success.cases.iter().filter(|case| has_code(case.status));
    let documented: Vec<String> = cases
        .flat_map(|case| &case.headers)
        .map(|header| header.name.to_ascii_lowercase())
        .collect();
    let names = names
        .iter()
        .filter(|name| documented.iter().any(|header| header == *name));
    names.map(|name| (*name).to_owned()).collect()
}

/// Returns the polling of a rule, or the reason why it cannot be applied.
fn configured(
    lowering: &Lowering<'_>,
    operation: &Operation,
    rule: &PollingRule,
    documented: Option<Polling>,
) -> Result<Polling, String> {
    let target = match (&rule.operation, &documented) {
        (Some(id), _) => by_operation(lowering, operation, rule, id)?,
        (None, Some(documented)) => documented.target.clone(),
        (None, None) => {
            return Err("no response documents a header with the URL of the status; set `operation`".to_owned());
        }
    };
    let lowercase = |values: &[String]| values.iter().map(|value| value.to_lowercase()).collect::<Vec<_>>();
    let (known, result, result_type) = match documented {
        Some(documented) => (documented.status, documented.result, documented.result_type),
        None => (None, None, None),
    };
    let status = rule.status.as_deref().map(path).or(known);
    Ok(Polling {
        status: status.or_else(|| rule.operation.as_ref().map(|_| path(STATUS))),
        target,
        done: lowercase(&rule.done),
        failed: lowercase(&rule.failed),
        interval: rule.interval.map(milliseconds),
        // If `operation` is set, the last response of that operation is the result.
        result: result.filter(|_| rule.operation.is_none()),
        result_type: result_type.filter(|_| rule.operation.is_none()),
        reason: "set by the configuration".to_owned(),
    })
}

/// Returns the operation that returns the status, and where its path parameters come from.
fn by_operation(
    lowering: &Lowering<'_>,
    starting: &Operation,
    rule: &PollingRule,
    id: &str,
) -> Result<PollingTarget, String> {
    let mut operations = lowering.api.operations.iter();
    let operation = operations.position(|operation| operation.id == id);
    let operation = operation.ok_or_else(|| format!("there is no operation `{id}`"))?;
    let status_operation = &lowering.api.operations[operation];
    if status_operation.method != Method::Get {
        return Err(format!("`{id}` is not a GET operation"));
    }
    if !matches!(&status_operation.success.content, Content::Json { media_type, .. } if !media_type.is_xml()) {
        return Err(format!("`{id}` does not return exactly one JSON body"));
    }
    let in_path = |operation: &'_ Operation| -> Vec<String> {
        let parameters = operation
            .parameters
            .iter()
            .filter(|parameter| parameter.location == Location::Path);
        parameters.map(|parameter| parameter.wire.clone()).collect()
    };
    let known = in_path(starting);
    let missing: Vec<String> = in_path(status_operation)
        .into_iter()
        .filter(|name| !known.contains(name))
        .collect();
    let inputs = match (&missing[..], &rule.id) {
        ([], _) => Vec::new(),
        ([name], Some(id)) => vec![(name.clone(), path(id))],
        ([name], None) => vec![(name.clone(), identifier(lowering, starting, name))],
        (_, _) => {
            return Err(format!(
                "`{id}` has more than one path parameter that `{}` lacks",
                starting.id
            ));
        }
    };
    if let Some((_, property)) = inputs
        .iter()
        .find(|(_, property)| !has_property(lowering, starting, property))
    {
        return Err(format!(
            "the response of `{}` has no property `{}`",
            starting.id,
            property.0.join(".")
        ));
    }
    let property = rule.status.as_deref().unwrap_or(STATUS);
    if !has_property(lowering, status_operation, &path(property)) {
        return Err(format!("the response of `{id}` has no property `{property}`"));
    }
    Ok(PollingTarget::Operation { operation, inputs })
}

/// Returns the property of the first response that contains the value of a path parameter: the property with the name
/// of the parameter, otherwise `id`.
fn identifier(lowering: &Lowering<'_>, starting: &Operation, name: &str) -> FieldPath {
    let path = FieldPath(vec![name.to_owned()]);
    match has_property(lowering, starting, &path) {
        true => path,
        false => FieldPath(vec!["id".to_owned()]),
    }
}

/// Returns whether the response body of an operation has a property. A body without known properties may have it.
fn has_property(lowering: &Lowering<'_>, operation: &Operation, path: &FieldPath) -> bool {
    let types = &lowering.schemas.types;
    match &operation.success.content {
        Content::Json { ty, .. } => match lookup::as_struct(types, &ty.shape) {
            Some(_) => lookup::at_path(types, ty, path).is_some(),
            None => !matches!(lookup::resolve_aliases(types, &ty.shape), Shape::List(_)),
        },
        // The bodies of several successes differ.
        Content::ByStatus => true,
        Content::Empty | Content::Text { .. } | Content::Bytes { .. } | Content::Stream { .. } => false,
    }
}

fn path(text: &str) -> FieldPath {
    FieldPath(text.split('.').map(str::to_owned).collect())
}

/// Converts seconds, which the configuration has checked, to milliseconds.
fn milliseconds(seconds: f64) -> u64 {
    // The conversion saturates.
    (seconds * 1_000.0) as u64
}
