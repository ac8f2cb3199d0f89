//! The README of a crate.

use askama::Template;

use super::call::Call;
use super::guides::{self, example, paged};
use super::link::Link;
use super::site::{Page, Site};
use super::{curl, describe, error, snippets};
use crate::krate::{Crate, CredentialKind, GroupId, OperationId, Output, Requirement};
use crate::markdown;

/// The maximum number of operations in the README; a larger API lists its groups instead.
const MOST_OPERATIONS: usize = 60;

#[derive(Template)]
#[template(path = "docs/readme.md", escape = "none")]
struct Readme<'c> {
    package: &'c str,
    version: &'c str,
    title: &'c str,
    api_version: &'c str,
    about: String,
    part: Option<&'c str>,
    recursion_limit: Option<usize>,
    quickstart: Option<String>,
    authentication: Option<Authentication>,
    sections: Vec<Section>,
    groups: Vec<GroupRow>,
    models: usize,
    pages: Option<String>,
    streams: Option<String>,
    errors: Option<String>,
    retry_policy: String,
    retries: String,
    calls: String,
    servers: Option<String>,
    smoke: Option<String>,
    mock: Option<String>,
    guides: Vec<Link>,
    contact: Option<String>,
    generator: &'c str,
    license: Option<&'c str>,
}

struct Authentication {
    client: String,
    variables: String,
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
    let here = Page::new("README.md");
    let few = krate.operations.len() <= MOST_OPERATIONS;
    Readme {
        package: &krate.package.name,
        version: krate.package.version.rsplit_once('.').map_or("", |(series, _)| series),
        title: &krate.api_info.title,
        api_version: &krate.api_info.version,
        about: describe::description(&krate.api_info.doc, &[&krate.api_info.title]),
        part: part(krate),
        recursion_limit: krate.recursion_limit,
        quickstart: example(krate).map(|id| snippets::usage_with_credentials(krate, id)),
        authentication: authentication(krate),
        sections: if few { sections(site, &here) } else { Vec::new() },
        groups: if few { Vec::new() } else { groups(site, &here) },
        models: krate.models.len(),
        streams: streams(krate),
        pages: paged(krate).next().map(|(id, _)| page_loop(krate, id)),
        errors: errors(site),
        retry_policy: markdown::wrap(&guides::policy_sentence(krate), 128).join("\n"),
        retries: retries(krate),
        calls: calls(krate),
        servers: servers(krate),
        smoke: smoke(krate),
        mock: mock(krate),
        guides: guides::all(krate)
            .iter()
            .map(|guide| Link::guide(&here, guide))
            .collect(),
        contact: contact(krate),
        generator: &krate.api_info.generator,
        license: krate.package.license.as_deref(),
    }
    .render()
}

/// Returns the feature in the example of a partial build: that of the first call.
fn part(krate: &Crate) -> Option<&str> {
    let mut group = &krate[krate[example(krate)?].group];
    while let Some(parent) = group.parent {
        group = &krate[parent];
    }
    group.feature.as_deref()
}

/// Returns the environment variables of the most common setter.
fn variables(kind: &CredentialKind) -> Vec<String> {
    match kind {
        CredentialKind::ClientCredentials { id_env, secret_env, .. } => vec![id_env.clone(), secret_env.clone()],
        CredentialKind::Bearer { env, .. } | CredentialKind::ApiKey { env, .. } => vec![env.clone()],
        CredentialKind::Basic {
            user_env, password_env, ..
        } => vec![user_env.clone(), password_env.clone()],
    }
}

fn authentication(krate: &Crate) -> Option<Authentication> {
    let scheme = krate.credentials.schemes.first()?;
    let names: Vec<String> = variables(&scheme.kind)
        .iter()
        .map(|name| markdown::code_span(name))
        .collect();
    Some(Authentication {
        client: guides::client(krate, &guides::setter_call(&scheme.kind)),
        variables: markdown::join_words(&names, "and"),
    })
}

/// Returns a program with a call to the mock server; the first attempt fails if the policy retries it.
fn mock(krate: &Crate) -> Option<String> {
    let id = krate.featured.filter(|_| krate.tests)?;
    let call = Call::minimal(krate, id);
    let stub = &call.operation.call_case.as_ref()?.name;
    let needs = call.operation.security.first().map_or(&[][..], Vec::as_slice);
    let scheme = |need: &Requirement| {
        krate
            .credentials
            .schemes
            .iter()
            .find(|scheme| scheme.scheme == need.scheme)
    };
    let setters = needs.iter().filter_map(scheme).map(|scheme| match &scheme.kind {
        CredentialKind::ClientCredentials {
            token_setter: setter, ..
        }
        | CredentialKind::Bearer { setter, .. } => {
            format!(".{setter}(\"token\")")
        }
        CredentialKind::Basic { setter, .. } => format!(".{setter}(\"user\", \"password\")"),
        CredentialKind::ApiKey { setter, .. } => format!(".{setter}(\"key\")"),
    });
    let setters: String = setters.collect();
    let send = call.chain(&["send()", "await?"]).statement(1, "", ";");
    let (failure, requests) = match guides::retried_response(krate, call.operation) {
        Some(response) => (format!("    mock.{stub}().{response};\n"), 2),
        None => (String::new(), 1),
    };
    Some(format!(
        "{}\n#[tokio::main]\nasync fn main() -> Result<(), Box<dyn std::error::Error>> {{\n    let mock = Mock::new();\n\
         {failure}    let client = mock.builder(){setters}.build()?;\n{send}\n    \
         assert_eq!(mock.requests().len(), {requests});\n    Ok(())\n}}",
        call.imports(&["mock::Mock"]).lines(krate)
    ))
}

/// Returns the operation in the example of the smoke test.
fn smoke(krate: &Crate) -> Option<String> {
    let id = krate.featured.filter(|_| krate.smoke)?;
    Some(curl::quoted(&krate[id].id))
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

/// Returns the error example: of the featured operation, otherwise of any operation with documented errors.
fn errors(site: &Site<'_>) -> Option<String> {
    let krate = site.krate;
    let featured = example(krate).and_then(|id| krate[id].error).map(|id| &krate[id]);
    error::usage(site, featured.or_else(|| krate.errors.first())?)
}

fn page_loop(krate: &Crate, id: OperationId) -> String {
    snippets::usage(krate, id)
}

/// Returns the example of the first stream; operations that always return a stream come first.
fn streams(krate: &Crate) -> Option<String> {
    let all = || krate.operations.iter().enumerate();
    let plain = all().find(|(_, operation)| matches!(operation.output, Output::Stream(_)));
    if let Some((index, _)) = plain {
        return Some(snippets::usage(krate, OperationId(index)));
    }
    all().find_map(|(index, operation)| {
        let other = operation.stream.as_ref()?;
        Some(snippets::streamed(krate, OperationId(index), other))
    })
}

fn retries(krate: &Crate) -> String {
    let setters = [
        "retries(RetryPolicy::standard().attempts(5))",
        "timeout(Duration::from_secs(30))",
    ];
    snippets::client(krate, &["std::time::Duration", "RetryPolicy"], "", "", &setters)
}

fn calls(krate: &Crate) -> String {
    let body = "    let response = client.request(Method::GET, \"/anything\").query(\"since\", \"2026-01-01\").send().await?;\n    \
                println!(\"{} {:?}\", response.status(), response.body());\n";
    snippets::program(
        krate,
        snippets::Imports::of(&["Client", "Method"]),
        &snippets::opening(krate),
        body,
    )
}

/// Returns the servers in a sentence, if there is a choice.
fn servers(krate: &Crate) -> Option<String> {
    let server = |server: &crate::krate::ServerChoice| markdown::code_span(&format!("Server::{}", server.name));
    let choices: Vec<String> = krate.servers.choices.iter().map(server).collect();
    match (choices.as_slice(), krate.servers.variables.as_slice()) {
        ([] | [_], []) => None,
        ([] | [_], variables) => {
            let setters: Vec<String> = variables
                .iter()
                .map(|one| markdown::code_span(&format!("{}(…)", one.setter)))
                .collect();
            Some(format!(
                "The client builder sets the variables of the server URL: {}.",
                markdown::join_words(&setters, "and")
            ))
        }
        ([first, ..], _) => Some(format!(
            "`server(…)` on the client builder selects one of {}; {first} is the default.",
            markdown::join_words(&choices, "and")
        )),
    }
}

fn contact(krate: &Crate) -> Option<String> {
    let contact = krate.api_info.contact.as_ref()?;
    let name = contact.name.as_deref().unwrap_or("the API team");
    match (&contact.url, &contact.email) {
        (Some(url), _) => Some(format!("[{name}](<{url}>)")),
        (None, Some(email)) => Some(format!("[{name}](<mailto:{email}>)")),
        (None, None) => contact.name.clone(),
    }
}
