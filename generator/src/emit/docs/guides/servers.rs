//! The servers of the API.

use askama::Template;

use super::super::layout::Code;
use super::super::site::Site;
use super::super::{snippet, text};
use crate::krate::{Crate, ServerVariable, VariableKind};

#[derive(Template)]
#[template(path = "docs/servers.md", escape = "none")]
struct ServersPage<'c> {
    lib: &'c str,
    rows: Vec<ServerRow>,
    variables: Vec<VariableRow>,
    choice: String,
    custom: String,
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
        variant: text::code_cell(&format!("Server::{}", server.name)),
        url: text::code_cell(&server.url),
        about: text::about_cell(&server.doc),
    };
    ServersPage {
        lib: krate.package.lib.as_str(),
        rows: krate.servers.choices.iter().map(row).collect(),
        variables: krate.servers.variables.iter().map(variable).collect(),
        choice: choice(krate),
        custom: Code::chain(
            Code::text("Client::builder()"),
            vec![
                Code::text("base_url(\"http://localhost:8080\")"),
                Code::text("build()?"),
            ],
        )
        .statement(1, "let client = ", ";"),
    }
    .render()
}

fn variable(variable: &ServerVariable) -> VariableRow {
    VariableRow {
        setter: text::code_cell(variable.setter.as_str()),
        values: match &variable.kind {
            VariableKind::Text => "any text".to_owned(),
            VariableKind::Enum { name, values } => {
                let values: Vec<String> = values
                    .iter()
                    .map(|value| text::code_cell(&format!("{name}::{}", value.name)))
                    .collect();
                values.join(", ")
            }
        },
        default: text::code_cell(&variable.default),
        about: text::about_cell(&variable.doc),
    }
}

/// A client of the last of the servers: the first is the default.
fn choice(krate: &Crate) -> String {
    let server = krate.servers.choices.last().filter(|_| krate.servers.choices.len() > 1);
    let mut imports = vec!["Client".to_owned()];
    let mut setters: Vec<Code> = Vec::new();
    if let Some(server) = server {
        imports.push("Server".to_owned());
        setters.push(Code::text(format!("server(Server::{})", server.name)));
    }
    for variable in &krate.servers.variables {
        if let VariableKind::Enum { name, values } = &variable.kind
            && let Some(last) = values.last()
        {
            imports.push(name.to_string());
            setters.push(Code::text(format!("{}({name}::{})", variable.setter, last.name)));
        }
    }
    let own = snippet::Imports {
        own: imports.into_iter().collect(),
        ..snippet::Imports::default()
    };
    format!(
        "{}\nfn client() -> Result<Client, Box<dyn std::error::Error>> {{\n{}\n    Ok(client)\n}}",
        own.lines(krate),
        snippet::builder(krate, &setters).statement(1, "let client = ", ";")
    )
}
