//! Parameters of the client: those that the configuration names or, without its key `client_parameters`, those that nearly all
//! operations require.
//!
//! In: the operations with their pagination. Out: [`Parameter::on_client`]. An SDK sets such a parameter once, on the
//! client, and calls can override it.
//!
//! Without a configuration, a path parameter is set on the client only if every path that has it begins with it, after
//! prefixes such as `v1`, and continues after it, as in `/v1/{tenant}/users`. An id after the name of its resource selects
//! the resource of a call, so only the configuration can set it on the client.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Code, Diagnostic};
use crate::document::Location;
use crate::ir::{Api, Int, Operation, Parameter, SchemeKind, Shape, Text, Types};
use crate::lower::Lowering;
use crate::lower::conventions::client_parameters::{is_call_specific, may_be_optional, selects_resource};
use crate::lower::conventions::paths;
use crate::lower::conventions::spelling::nearest;
use crate::lower::types::lookup;
use crate::wire::Style;

/// The minimum number of operations for inference. In a smaller API, a parameter that all operations require may be a
/// coincidence.
const MIN_OPERATIONS: usize = 3;

/// The minimum share of operations, in percent, that must have a parameter of the client.
const MIN_SHARE: usize = 80;

/// The location and the canonical name of a parameter.
type Key = (Location, String);

/// Marks the parameters of the client.
pub(in crate::lower) fn run(lowering: &mut Lowering<'_>) {
    let (api, types) = (&lowering.api, &lowering.schemas.types);
    let found: BTreeSet<Key> = match &lowering.settings.client_parameters {
        Some(names) => configured(api, names),
        None => inferred(api, types),
    };
    let found: BTreeSet<Key> = found.into_iter().filter(|key| is_uniform(api, types, key)).collect();
    report_unusable(lowering, &found);
    for parameter in lowering
        .api
        .operations
        .iter_mut()
        .flat_map(|operation| &mut operation.parameters)
    {
        parameter.on_client = parameter.constant.is_none() && found.contains(&key(parameter));
    }
}

fn key(parameter: &Parameter) -> Key {
    let name = parameter.location.canonical_name(&parameter.wire);
    (parameter.location, name.into_owned())
}

fn parameters(api: &Api) -> impl Iterator<Item = &Parameter> {
    api.operations.iter().flat_map(|operation| &operation.parameters)
}

fn configured(api: &Api, names: &[String]) -> BTreeSet<Key> {
    parameters(api)
        .filter(|parameter| names.iter().any(|name| is_named(parameter, name)))
        .map(key)
        .collect()
}

fn is_named(parameter: &Parameter, name: &str) -> bool {
    let location = parameter.location;
    location.canonical_name(&parameter.wire) == location.canonical_name(name)
}

fn inferred(api: &Api, types: &Types) -> BTreeSet<Key> {
    if api.operations.len() < MIN_OPERATIONS {
        return BTreeSet::new();
    }
    let mut counts: BTreeMap<Key, usize> = BTreeMap::new();
    for parameter in parameters(api) {
        *counts.entry(key(parameter)).or_default() += 1;
    }
    // Only the few parameters that nearly all operations have are compared in all operations.
    counts.retain(|_, count| is_nearly_all(*count, api));
    counts.into_keys().filter(|key| is_common(api, types, key)).collect()
}

/// Returns whether a number of operations is nearly all of them.
fn is_nearly_all(count: usize, api: &Api) -> bool {
    count * 100 >= api.operations.len() * MIN_SHARE
}

/// Returns whether nearly all operations require a parameter that is not about a single call. A header for a key,
/// version or owner may be optional.
fn is_common(api: &Api, types: &Types, wanted: &Key) -> bool {
    let uses: Vec<(&Operation, &Parameter)> = api
        .operations
        .iter()
        .filter_map(|operation| {
            let mut own = operation.parameters.iter();
            Some((operation, own.find(|parameter| key(parameter) == *wanted)?))
        })
        .collect();
    let required = uses.iter().filter(|(_, parameter)| parameter.required).count();
    let counted = match wanted.0 == Location::Header && may_be_optional(&wanted.1) {
        true => uses.len(),
        false => required,
    };
    let excluded = |(operation, parameter): &(&Operation, &Parameter)| match parameter.location {
        Location::Path => !begins_path(operation, parameter),
        Location::Query | Location::Cookie => {
            is_call_specific(&parameter.wire)
                || selects_resource(&parameter.wire)
                || is_pagination_input(operation, parameter)
        }
        Location::Header => is_call_specific(&parameter.wire) || is_pagination_input(operation, parameter),
        Location::QueryString => true,
    };
    is_nearly_all(counted, api)
        && !is_credential(api, wanted)
        && !uses.iter().any(excluded)
        && uses.iter().all(|(_, parameter)| is_scalar(types, parameter))
}

/// Returns whether a path begins with a parameter, after prefixes such as `api` and `v1`, and continues after it. A
/// parameter at the end of a path selects a resource.
fn begins_path(operation: &Operation, parameter: &Parameter) -> bool {
    let mut segments = paths::segments(&operation.path);
    let first = segments.find(|segment| !paths::is_prefix(segment));
    first.is_some_and(|first| first == format!("{{{}}}", parameter.wire)) && segments.next().is_some()
}

/// Returns whether pagination sets a parameter.
fn is_pagination_input(operation: &Operation, parameter: &Parameter) -> bool {
    let step = operation.pagination.as_ref().map(|pagination| &pagination.step);
    let mut inputs = step
        .into_iter()
        .flat_map(|step| step.input().into_iter().chain(step.limit()));
    inputs.any(|input| input.parameter() == Some(parameter.wire.as_str()))
}

/// Returns whether a security scheme sets a parameter.
fn is_credential(api: &Api, wanted: &Key) -> bool {
    api.schemes.iter().any(|scheme| match &scheme.kind {
        SchemeKind::ApiKey { location, name } => *location == wanted.0 && name.eq_ignore_ascii_case(&wanted.1),
        SchemeKind::Bearer
        | SchemeKind::Basic
        | SchemeKind::OAuth2 { .. }
        | SchemeKind::Token { .. }
        | SchemeKind::MutualTls => false,
    })
}

/// Returns whether all operations that have a parameter send it as the same kind of scalar, so that one value serves all.
fn is_uniform(api: &Api, types: &Types, wanted: &Key) -> bool {
    let mut uses = parameters(api).filter(|parameter| key(parameter) == *wanted && parameter.constant.is_none());
    let Some(first) = uses.next() else { return false };
    let shape = |parameter: &Parameter| lookup::resolve_aliases(types, &parameter.ty.shape).clone();
    is_scalar(types, first) && uses.all(|other| shape(other) == shape(first) && is_scalar(types, other))
}

/// Returns whether a parameter is a string, an integer or a boolean in the default style of its location.
fn is_scalar(types: &Types, parameter: &Parameter) -> bool {
    let style = match parameter.location {
        Location::Path | Location::Header => Style::Simple,
        Location::Query | Location::Cookie => Style::Form,
        Location::QueryString => return false,
    };
    let is_default =
        parameter.style == style && !parameter.allow_reserved && !parameter.wildcard && parameter.media_type.is_none();
    match lookup::resolve_aliases(types, &parameter.ty.shape) {
        Shape::Bool | Shape::Text(Text::Unformatted | Text::Uuid) => is_default,
        Shape::Int(width) => is_default && *width != Int::AnyWidth,
        _ => false,
    }
}

/// Reports the configured parameters that do not exist, or that cannot have one value for all operations.
fn report_unusable(lowering: &mut Lowering<'_>, found: &BTreeSet<Key>) {
    let names = lowering.settings.client_parameters.as_deref().unwrap_or_default();
    let known: Vec<String> = parameters(&lowering.api)
        .map(|parameter| parameter.wire.clone())
        .collect();
    for (index, name) in names.iter().enumerate() {
        let place = lowering.settings.places.get(&["client_parameters", &index.to_string()]);
        let report = |message| Diagnostic::new(Code::UnknownInConfig, place, message);
        let uses = || parameters(&lowering.api).filter(|parameter| is_named(parameter, name));
        let diagnostic = if uses().next().is_none() {
            let diagnostic = report(format!("the document has no parameter `{name}`"));
            match nearest(name, known.iter().map(String::as_str)) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => {
                    diagnostic.help("fix the name, or remove it if the document no longer has the parameter".to_owned())
                }
            }
        } else if !uses().any(|parameter| found.contains(&key(parameter))) {
            let message = format!(
                "the parameter `{name}` cannot be set on the client: it is not a string, an integer or a boolean of the same type in all operations"
            );
            report(message).help("remove it from `client_parameters`".to_owned())
        } else {
            continue;
        };
        lowering.schemas.report.push(diagnostic);
    }
}
