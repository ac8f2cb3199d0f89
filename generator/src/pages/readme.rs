//! The README of a crate.

use askama::Template;

use super::describe;
use super::link::Link;
use super::site::{Page, Site};
use crate::krate::{ClientParameter, Crate, CredentialKind, GroupId, OperationId};
use crate::markdown;

/// The maximum number of operations in the README; a larger API lists its groups instead.
const MOST_OPERATIONS: usize = 60;

#[derive(Template)]
#[template(path = "docs/readme.md", escape = "none")]
struct Readme<'c> {
    package: &'c str,
    header: &'c str,
    footer: &'c str,
    version: &'c str,
    title: &'c str,
    api_version: &'c str,
    about: String,
    part: Option<&'c str>,
    recursion_limit: Option<usize>,
    quickstart: Option<&'c str>,
    authentication: Option<Authentication<'c>>,
    sections: Vec<Section>,
    groups: Vec<GroupRow>,
    models: usize,
    pages: Option<&'c str>,
    streams: Option<&'c str>,
    errors: Option<&'c str>,
    retry_policy: String,
    retries: &'c str,
    calls: &'c str,
    servers: Option<String>,
    client_parameters: Option<String>,
    smoke: Option<&'c str>,
    mock: Option<&'c str>,
    /// Whether a body is XML.
    xml: bool,
    guides: Vec<Link>,
    documentation_url: Option<&'c str>,
    contact: Option<String>,
    generator: &'c str,
    license: Option<&'c str>,
}

struct Authentication<'c> {
    client: &'c str,
    variables: String,
    /// Whether the client reads no other environment variables.
    complete: bool,
}

/// A group with its operations.
struct Section {
    heading: String,
    rows: Vec<OperationRow>,
}

struct OperationRow {
    method: Link,
    request: String,
}

/// A group without its operations.
struct GroupRow {
    group: Link,
    operations: String,
}

pub(super) fn page(site: &Site<'_>) -> askama::Result<String> {
    let krate = site.krate;
    let snippets = &krate.snippets;
    let here = Page::new("README.md");
    let few = krate.operations.len() <= MOST_OPERATIONS;
    Readme {
        package: &krate.package.name,
        header: &krate.package.readme_header,
        footer: &krate.package.readme_footer,
        version: krate.package.requirement(),
        title: &krate.api_info.title,
        api_version: &krate.api_info.version,
        about: describe::description(&krate.api_info.doc, &[&krate.api_info.title]),
        part: part(krate),
        recursion_limit: krate.recursion_limit,
        quickstart: snippets.first_call.as_deref(),
        authentication: authentication(krate),
        sections: if few { sections(site, &here) } else { Vec::new() },
        groups: if few { Vec::new() } else { groups(site, &here) },
        models: krate.models.len(),
        streams: snippets.stream.as_deref(),
        pages: snippets.pagination.as_ref().map(|pagination| pagination.items.as_str()),
        errors: snippets.errors.as_deref(),
        retry_policy: wrapped(&krate.prose.retry_policy),
        retries: &snippets.client_timeout,
        calls: &snippets.custom_request,
        servers: servers(krate).map(|text| wrapped(&text)),
        client_parameters: client_parameters(krate),
        smoke: snippets.smoke_operation.as_deref(),
        mock: snippets.mock.as_deref(),
        xml: krate.runtime.xml,
        guides: krate.guides.iter().map(|guide| Link::guide(&here, guide)).collect(),
        documentation_url: krate.package.documentation_url.as_deref(),
        contact: contact(krate),
        generator: &krate.api_info.generator,
        license: krate.package.license.as_deref(),
    }
    .render()
}

/// Wraps a paragraph like the paragraphs of the template.
fn wrapped(paragraph: &str) -> String {
    markdown::wrap(paragraph, markdown::PAGE_WIDTH).join("\n")
}

/// Returns the feature in the example of a partial build: that of the first call.
fn part(krate: &Crate) -> Option<&str> {
    let mut group = &krate[krate[krate.example()?].group];
    while let Some(parent) = group.parent {
        group = &krate[parent];
    }
    group.feature.as_deref()
}

/// Returns the environment variables of the most common setter.
fn variables(kind: &CredentialKind) -> Vec<String> {
    match kind {
        CredentialKind::ClientCredentials { id_env, secret_env, .. } => vec![id_env.clone(), secret_env.clone()],
        CredentialKind::Bearer { env, .. } => match kind.password() {
            Some(password) => vec![password.user_env.clone(), password.password_env.clone()],
            None => vec![env.clone()],
        },
        CredentialKind::ApiKey { env, .. } => vec![env.clone()],
        CredentialKind::Basic {
            user_env, password_env, ..
        } => vec![user_env.clone(), password_env.clone()],
    }
}

fn authentication(krate: &Crate) -> Option<Authentication<'_>> {
    let scheme = krate.credentials.schemes.first()?;
    let named = variables(&scheme.kind);
    let names: Vec<String> = named.iter().map(|name| markdown::code_span(name)).collect();
    let mut read = krate.credentials.setters.iter().flat_map(|setter| &setter.env);
    Some(Authentication {
        client: &scheme.snippets.client,
        variables: markdown::join_words(&names, "and"),
        complete: read.all(|name| named.contains(name)),
    })
}

fn sections(site: &Site<'_>, here: &Page) -> Vec<Section> {
    let section = |id: GroupId| {
        let group = &site.krate[id];
        let row = |&id: &OperationId| OperationRow {
            method: Link::operation(site, here, id),
            request: markdown::code_cell(&format!("{} {}", site.krate[id].method, site.krate[id].path)),
        };
        (!group.operations.is_empty()).then(|| Section {
            heading: format!(
                "[{}]({}): {}",
                group.title,
                here.link_to(site.group(id)),
                markdown::code_span(&format!("client.{}", group.accessors()))
            ),
            rows: group.operations.iter().map(row).collect(),
        })
    };
    (0..site.krate.groups.len()).map(GroupId).filter_map(section).collect()
}

fn groups(site: &Site<'_>, here: &Page) -> Vec<GroupRow> {
    let row = |id: GroupId| {
        let group = &site.krate[id];
        (!group.operations.is_empty()).then(|| GroupRow {
            group: Link::group(site, here, id),
            operations: group.operations.len().to_string(),
        })
    };
    (0..site.krate.groups.len()).map(GroupId).filter_map(row).collect()
}

/// Returns the servers in a sentence, if there is a choice.
fn servers(krate: &Crate) -> Option<String> {
    let server = |server: &crate::krate::ServerChoice| markdown::code_span(&format!("Server::{}", server.name));
    let choices: Vec<String> = krate.servers.choices.iter().map(server).collect();
    let prose = &krate.prose.page;
    match (choices.as_slice(), krate.servers.variables.as_slice()) {
        ([] | [_], []) => None,
        ([] | [_], variables) => {
            let setters: Vec<String> = variables
                .iter()
                .map(|one| markdown::code_span(&format!("{}(…)", one.setter)))
                .collect();
            let setters = markdown::join_words(&setters, "and");
            Some(markdown::fill(prose.server_variables, &[("setters", &setters)]))
        }
        ([first, ..], _) => {
            let all = markdown::join_words(&choices, "or");
            Some(markdown::fill(prose.servers, &[("choices", &all), ("first", first)]))
        }
    }
}

/// Returns the parameters that are set on the client in a sentence.
fn client_parameters(krate: &Crate) -> Option<String> {
    let setter = |parameter: &ClientParameter| markdown::code_span(parameter.setter.as_str());
    let setters: Vec<String> = krate.client_parameters.iter().map(setter).collect();
    let setters = markdown::join_words(&setters, "and");
    let text = krate.prose.page.client_parameters;
    (!setters.is_empty()).then(|| markdown::fill(text, &[("parameters", &setters)]))
}

fn contact(krate: &Crate) -> Option<String> {
    let contact = krate.api_info.contact.as_ref()?;
    let name = contact.name.as_deref().unwrap_or(krate.prose.page.api_team);
    match (&contact.url, &contact.email) {
        (Some(url), _) => Some(format!("[{name}](<{url}>)")),
        (None, Some(email)) => Some(format!("[{name}](<mailto:{email}>)")),
        (None, None) => contact.name.clone(),
    }
}
