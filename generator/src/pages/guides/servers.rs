//! The servers guide.

use askama::Template;

use super::super::describe;
use super::super::site::Site;
use crate::krate::{ServerVariable, VariableKind};
use crate::markdown;

#[derive(Template)]
#[template(path = "docs/servers.md", escape = "none")]
struct ServersPage<'c> {
    lib: &'c str,
    rows: Vec<ServerRow>,
    variables: Vec<VariableRow>,
    choice: &'c str,
}

struct ServerRow {
    variant: String,
    url: String,
    about: String,
}

struct VariableRow {
    setter: String,
    values: String,
    default: String,
    about: String,
}

pub(super) fn page(site: &Site<'_>) -> askama::Result<String> {
    let krate = site.krate;
    let row = |server: &crate::krate::ServerChoice| ServerRow {
        variant: markdown::code_cell(&format!("Server::{}", server.name)),
        url: markdown::code_cell(&server.url),
        about: describe::summary_cell(&server.doc, &[&server.url]),
    };
    ServersPage {
        lib: krate.package.lib.as_str(),
        rows: krate.servers.choices.iter().map(row).collect(),
        variables: krate.servers.variables.iter().map(variable).collect(),
        choice: &krate.snippets.server,
    }
    .render()
}

fn variable(variable: &ServerVariable) -> VariableRow {
    VariableRow {
        setter: markdown::code_cell(variable.setter.as_str()),
        values: match &variable.kind {
            VariableKind::Text => "any text".to_owned(),
            VariableKind::Enum { name, values } => {
                let values: Vec<String> = values
                    .iter()
                    .map(|value| markdown::code_cell(&format!("{name}::{}", value.name)))
                    .collect();
                values.join(", ")
            }
        },
        default: markdown::code_cell(&variable.default),
        about: describe::summary_cell(&variable.doc, &[variable.wire.as_str()]),
    }
}
