//! The guide to calls: response metadata, call options, custom requests, hooks and transports.

use askama::Template;

use super::super::describe;
use super::super::site::Site;
use crate::krate::{ClientParameter, Crate, Operation, RuntimeNeeds};
use crate::markdown;

#[derive(Template)]
#[template(path = "docs/calls.md", escape = "none")]
struct CallsPage<'c> {
    lib: &'c str,
    response: Option<&'c str>,
    options: Option<&'c str>,
    hook: &'c str,
    http_client: &'c str,
    tower: &'c str,
    package: &'c str,
    /// The first getter of a response header.
    header: Option<&'c str>,
    /// The property of a body that is false in an error.
    success_flag: Option<&'c str>,
    parameters: Vec<ParameterRow>,
    client_parameters: &'c str,
    links: bool,
    /// The first method that takes a struct, and that struct.
    required: Option<(String, String)>,
    needs: &'c RuntimeNeeds,
    /// Whether groups of operations have features.
    in_parts: bool,
}

/// A parameter that is set on the client.
struct ParameterRow {
    setter: String,
    wire: String,
    about: String,
}

pub(super) fn page(site: &Site<'_>) -> askama::Result<String> {
    let krate = site.krate;
    let snippets = &krate.snippets;
    CallsPage {
        lib: krate.package.lib.as_str(),
        response: snippets.response.as_deref(),
        options: snippets.call_options.as_deref(),
        hook: &snippets.hook,
        http_client: &snippets.http_client,
        tower: &snippets.tower,
        package: &krate.package.name,
        header: krate.headers.first().map(|getter| getter.name.as_str()),
        success_flag: krate
            .operations
            .iter()
            .find_map(|operation| operation.success_flag.as_deref()),
        parameters: krate.client_parameters.iter().map(parameter).collect(),
        client_parameters: snippets.client_parameters.as_deref().unwrap_or_default(),
        links: !krate.links.is_empty(),
        required: krate.operations.iter().find_map(|operation| required(krate, operation)),
        needs: &krate.runtime,
        in_parts: !krate.package.features.is_empty(),
    }
    .render()
}

/// Returns the method of an operation and the path of the struct that it takes, if it takes one.
fn required(krate: &Crate, operation: &Operation) -> Option<(String, String)> {
    let group = &krate[operation.group];
    let method = format!("client.{}.{}", group.accessors(), operation.names.method);
    Some((method, group.path_of(operation.required.as_ref()?)))
}

fn parameter(parameter: &ClientParameter) -> ParameterRow {
    ParameterRow {
        setter: markdown::code_cell(parameter.setter.as_str()),
        wire: markdown::code_cell(parameter.wire.as_str()),
        about: describe::summary_cell(&parameter.doc, &[parameter.wire.as_str()]),
    }
}
