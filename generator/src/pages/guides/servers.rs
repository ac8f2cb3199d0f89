//! The servers guide.

use askama::Template;

use super::super::site::Site;
use super::super::{describe, snippets};
use crate::krate::{Crate, ServerVariable, VariableKind};
use crate::markdown;

#[derive(Template)]
#[template(path = "docs/servers.md", escape = "none")]
struct ServersPage<'c> {
    lib: &'c str,
    rows: Vec<ServerRow>,
    variables: Vec<VariableRow>,
    choice: String,
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
        about: describe::summary_cell(&server.doc, &[server.name.as_str(), &server.url]),
    };
    ServersPage {
        lib: krate.package.lib.as_str(),
        rows: krate.servers.choices.iter().map(row).collect(),
        variables: krate.servers.variables.iter().map(variable).collect(),
        choice: choice(krate),
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

/// Returns an example that selects the last server, because the first is the default.
fn choice(krate: &Crate) -> String {
    let server = krate.servers.choices.last().filter(|_| krate.servers.choices.len() > 1);
    let mut imports: Vec<&str> = Vec::new();
    let mut setters: Vec<String> = Vec::new();
    if let Some(server) = server {
        imports.push("Server");
        setters.push(format!("server(Server::{})", server.name));
    }
    for variable in &krate.servers.variables {
        if let VariableKind::Enum { name, values } = &variable.kind
            && let Some(last) = values.last()
        {
            imports.push(name.as_str());
            setters.push(format!("{}({name}::{})", variable.setter, last.name));
        }
    }
    let setters: Vec<&str> = setters.iter().map(String::as_str).collect();
    snippets::client(krate, &imports, "", "", &setters)
}
