//! The servers and the variables of their URLs.

use std::collections::BTreeMap;

use crate::document::Server;
use crate::ir::{Api, Docs};
use crate::krate::{ServerChoice, ServerVariable, Servers, VariableKind, VariableValue, WireName};
use crate::plan::names::{BUILDER_METHODS, Casing, Claim, Rank, Scope, Words};
use crate::plan::{doc_text, models, prose};

/// Plans the servers. Also returns the scope of the builder's methods, which the setters of credentials share.
pub fn servers(api: &Api) -> (Servers, Scope) {
    let mut types = Scope::new(Casing::Pascal).without(&["Custom", "Self"]);
    let claims: Vec<Claim> = api
        .servers
        .iter()
        .enumerate()
        .map(|(index, server)| server_claim(index, server))
        .collect();
    let names = types.idents(&claims);
    let choices = api.servers.iter().zip(names).map(|(server, name)| {
        let docs = Docs {
            description: server.description.clone(),
            ..Docs::default()
        };
        ServerChoice {
            name,
            url: without_trailing_slash(&server.url),
            doc: doc_text::doc(&docs, || models::code(&server.url)),
        }
    });
    let mut methods = Scope::new(Casing::Snake).without(BUILDER_METHODS);
    let choices: Vec<ServerChoice> = choices.collect();
    let variables = variables(api, &mut methods);
    let first = choices.first().map(|choice| choice.url.clone()).unwrap_or_default();
    let default_url = variables.iter().fold(first, |url, variable| {
        url.replace(&format!("{{{}}}", variable.wire), &variable.default)
    });
    let servers = Servers {
        choices,
        default_url,
        variables,
    };
    (servers, methods)
}

fn server_claim(index: usize, server: &Server) -> Claim {
    let key = format!("{index:06}");
    let short = |text: &str| {
        let words = Words::of(text);
        (words.spaced().split(' ').count() <= 3).then_some(words)
    };
    let described = server.description.as_deref().and_then(|text| {
        let text = text.trim().trim_end_matches('.');
        let bare = [
            "server",
            "Server",
            "environment",
            "Environment",
            "region",
            "Region",
            "API",
            "endpoint",
        ]
        .iter()
        .fold(text.to_owned(), |text, word| {
            text.strip_suffix(word).map(str::trim_end).unwrap_or(&text).to_owned()
        });
        short(if bare.is_empty() { text } else { &bare })
    });
    let named = server.name.as_deref().map(Words::of);
    let host = server
        .url
        .split("://")
        .nth(1)
        .and_then(|rest| rest.split(['/', ':']).next())
        .unwrap_or_default();
    let label = host
        .split('.')
        .find(|label| !matches!(*label, "www" | "api" | "") && !label.contains('{'));
    let candidates = named.or(described).unwrap_or_else(|| match (index, label) {
        (0, _) | (_, None) => Words::of("default"),
        (_, Some(label)) => Words::of(label),
    });
    let candidates = candidates.starting_with_letter("server");
    Claim::new(Rank::Document, key, candidates.clone())
        .or(label.map_or(candidates, |label| Words::of(label).starting_with_letter("server")))
}

/// Returns the URL without a trailing slash.
fn without_trailing_slash(url: &str) -> String {
    let trimmed = url.trim_end_matches('/');
    if trimmed.is_empty() {
        url.to_owned()
    } else {
        trimmed.to_owned()
    }
}

fn variables(api: &Api, methods: &mut Scope) -> Vec<ServerVariable> {
    let mut all: BTreeMap<&str, &crate::document::ServerVariable> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    for (name, variable) in api.servers.iter().flat_map(|server| &server.variables) {
        if !order.contains(&name.as_str()) {
            order.push(name);
            all.insert(name, variable);
        }
    }
    let claims = order.iter().map(|name| {
        let words = Words::of(name).starting_with_letter("server");
        Claim::new(Rank::Document, *name, words.clone()).or(words.prefixed_with("server"))
    });
    let setters = methods.resolve(&claims.collect::<Vec<_>>());
    let mut types = Scope::new(Casing::Pascal).without(&[
        "Client",
        "ClientBuilder",
        "Server",
        "String",
        "Option",
        "Self",
        "Result",
        "Error",
        "Method",
        "Response",
        "RetryPolicy",
        "TowerTransport",
    ]);
    let variables = order.into_iter().zip(setters).filter_map(|(name, words)| {
        let variable = all.get(name)?;
        let docs = Docs {
            description: variable.description.clone(),
            ..Docs::default()
        };
        let kind = variable_kind(name, &words, &variable.values, &mut types);
        let doc = doc_text::doc(&docs, || format!("The server variable {}", models::code(name)));
        Some(ServerVariable {
            wire: WireName::new(name),
            setter: Casing::Snake.ident(&words),
            setter_doc: prose::client::server_variable(name, docs.is_described().then_some(&doc), &variable.default),
            doc,
            default: variable.default.clone(),
            kind,
        })
    });
    variables.collect()
}

/// Returns the kind of a variable, with the names of its values.
fn variable_kind(name: &str, words: &Words, values: &[String], types: &mut Scope) -> VariableKind {
    if values.is_empty() {
        return VariableKind::Text;
    }
    let claims = values
        .iter()
        .map(|value| Claim::new(Rank::Document, value, Words::of(value).starting_with_letter("value")));
    let names = Scope::new(Casing::Pascal)
        .without(&["Self"])
        .idents(&claims.collect::<Vec<_>>());
    let values = names.into_iter().zip(values).map(|(name, wire)| VariableValue {
        name,
        wire: wire.clone(),
    });
    let claim = Claim::new(Rank::Document, name, words.clone()).or(words.prefixed_with("server"));
    VariableKind::Enum {
        name: types.ident(&claim),
        values: values.collect(),
    }
}
