//! `src/client.rs`

use askama::Template;
use quote::quote;

use super::root::literal;
use super::{client_parameters, credentials, retries, security};
use crate::emit::tokens::{cfg_feature, docs};
use crate::krate::{Crate, Group, ServerChoice, ServerVariable, VariableKind};
use crate::markdown;

#[derive(Template)]
#[template(path = "crate/client.rs.j2", escape = "none")]
struct Client<'c> {
    imports: &'c [&'static str],
    user_agent: String,
    server: String,
    schemes: String,
    security: String,
    retries: String,
    groups: Vec<String>,
    choices: Vec<Choice>,
    enums: Vec<String>,
    variables: Vec<Variable>,
    credentials: Vec<String>,
    parameters: Vec<String>,
    /// The constants of the parameters.
    constants: Vec<String>,
    streams: bool,
    login: bool,
}

struct Choice {
    doc: String,
    name: String,
    url: String,
    /// The URL with its variables filled in.
    expression: String,
}

struct Variable {
    setter: String,
    default: String,
    code: String,
}

/// Renders `src/client.rs`.
pub fn file(krate: &Crate) -> askama::Result<String> {
    let schemes = krate.credentials.schemes.iter().map(credentials::scheme);
    let client = Client {
        imports: &krate.imports.client,
        user_agent: literal(&krate.user_agent()),
        server: literal(&krate.servers.default_url),
        schemes: quote!(#(#schemes),*).to_string(),
        security: security::requirements(&krate.credentials.common_requirements).to_string(),
        retries: match &krate.retries {
            Some(rule) => {
                let policy = retries::policy(rule);
                quote!(Some(#policy)).to_string()
            }
            None => "None".to_owned(),
        },
        groups: krate
            .groups
            .iter()
            .filter(|group| group.parent.is_none())
            .map(accessor)
            .collect(),
        choices: krate
            .servers
            .choices
            .iter()
            .map(|choice| self::choice(krate, choice))
            .collect(),
        enums: krate.servers.variables.iter().filter_map(variable_enum).collect(),
        variables: krate.servers.variables.iter().map(variable).collect(),
        parameters: krate
            .client_parameters
            .iter()
            .map(|parameter| client_parameters::setter(krate, parameter).to_string())
            .collect(),
        constants: krate
            .client_parameters
            .iter()
            .map(|parameter| client_parameters::constant(parameter).to_string())
            .collect(),
        streams: krate.runtime.streams,
        login: krate.runtime.login,
        credentials: krate
            .credentials
            .setters
            .iter()
            .map(|setter| credentials::setter(setter).to_string())
            .collect(),
    };
    client.render()
}

fn accessor(group: &Group) -> String {
    let (accessor, handle) = (&group.accessor, &group.handle);
    let doc = docs(&group.accessor_doc, 4);
    let only = cfg_feature(group.feature.as_deref());
    let code = quote! {
        #doc
        #only
        pub fn #accessor(&self) -> crate::api::#accessor::#handle<'_> {
            crate::api::#accessor::#handle::new(&self.core)
        }
    };
    code.to_string()
}

fn choice(krate: &Crate, choice: &ServerChoice) -> Choice {
    let url = markdown::without_backticks(&choice.url);
    let summary = choice.doc.summary.as_str();
    let text = if summary.contains(&url) || summary.is_empty() {
        format!("`{url}`")
    } else {
        format!("`{url}`: {summary}")
    };
    Choice {
        doc: docs(&text, 4).to_string(),
        name: choice.name.to_string(),
        url: literal(&choice.url),
        expression: expression(krate, choice),
    }
}

/// Returns the URL as an expression: its literal pieces joined with the variables between them.
fn expression(krate: &Crate, choice: &ServerChoice) -> String {
    let mut pieces = Vec::new();
    let mut rest = choice.url.as_str();
    while let Some((before, variable, after)) = next_variable(krate, rest) {
        pieces.push(literal(before));
        pieces.push(variable.setter.to_string());
        rest = after;
    }
    if pieces.is_empty() {
        return literal(rest);
    }
    pieces.push(literal(rest));
    format!("crate::runtime::server_url(&[{}])", pieces.join(", "))
}

fn next_variable<'u, 'k>(krate: &'k Crate, url: &'u str) -> Option<(&'u str, &'k ServerVariable, &'u str)> {
    let found = krate.servers.variables.iter().filter_map(|variable| {
        let mark = format!("{{{}}}", variable.wire);
        url.find(&mark).map(|at| (at, at + mark.len(), variable))
    });
    let (start, end, variable) = found.min_by_key(|(at, ..)| *at)?;
    Some((&url[..start], variable, &url[end..]))
}

fn variable(variable: &ServerVariable) -> Variable {
    let setter = &variable.setter;
    let doc = docs(&variable.setter_doc, 4);
    let code = match &variable.kind {
        VariableKind::Text => quote! {
            #doc
            pub fn #setter(mut self, #setter: impl Into<String>) -> Self {
                self.#setter = Some(#setter.into());
                self
            }
        },
        VariableKind::Enum { name, .. } => quote! {
            #doc
            pub fn #setter(mut self, #setter: #name) -> Self {
                self.#setter = Some(#setter.as_str().to_owned());
                self
            }
        },
    };
    Variable {
        setter: setter.to_string(),
        default: literal(&variable.default),
        code: code.to_string(),
    }
}

fn variable_enum(variable: &ServerVariable) -> Option<String> {
    let VariableKind::Enum { name, values } = &variable.kind else {
        return None;
    };
    let doc = docs(&variable.doc.to_markdown(), 0);
    let variants = values.iter().map(|value| {
        let (doc, name) = (
            docs(&format!("`{}`", markdown::without_backticks(&value.wire)), 4),
            &value.name,
        );
        quote!(#doc #name)
    });
    let arms = values.iter().map(|value| {
        let (name, wire) = (&value.name, &value.wire);
        quote!(Self::#name => #wire)
    });
    let code = quote! {
        #doc
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum #name { #(#variants),* }
        impl #name {
            fn as_str(self) -> &'static str {
                match self { #(#arms),* }
            }
        }
    };
    Some(code.to_string())
}
