//! The authentication guide.

use askama::Template;

use super::super::describe;
use super::super::site::Site;
use crate::krate::{Credential, CredentialKind};
use crate::markdown;
use crate::wire::Location;

#[derive(Template)]
#[template(path = "docs/authentication.md", escape = "none")]
struct AuthenticationPage<'c> {
    schemes: Vec<SchemePart<'c>>,
}

struct SchemePart<'c> {
    name: String,
    about: String,
    /// The kind of credential that is sent.
    sent: &'static str,
    /// How the credential is sent.
    kind: String,
    setters: Vec<SetterRow>,
    client: &'c str,
    provider: Option<&'c str>,
    token_url: Option<String>,
    is_oauth: bool,
    scopes: Vec<(String, String)>,
}

/// A setter, with the environment variables that replace it.
struct SetterRow {
    call: String,
    variables: String,
}

pub(super) fn page(site: &Site<'_>) -> askama::Result<String> {
    let schemes = site.krate.credentials.schemes.iter();
    AuthenticationPage {
        schemes: schemes.map(part).collect(),
    }
    .render()
}

fn part(scheme: &Credential) -> SchemePart<'_> {
    let (token_url, scopes) = match &scheme.kind {
        CredentialKind::ClientCredentials { token_url, scopes, .. } => {
            (Some(markdown::code_span(token_url)), scopes.clone())
        }
        CredentialKind::Bearer { .. } | CredentialKind::Basic { .. } | CredentialKind::ApiKey { .. } => {
            (None, Vec::new())
        }
    };
    let scope = |(name, about): (String, String)| (markdown::code_cell(&name), markdown::table_cell(&about));
    SchemePart {
        name: scheme.scheme.to_string(),
        about: describe::description(&scheme.doc, &[scheme.scheme.as_str()]),
        sent: match &scheme.kind {
            CredentialKind::ClientCredentials { .. } | CredentialKind::Bearer { .. } => "token",
            CredentialKind::Basic { .. } => "credentials",
            CredentialKind::ApiKey { .. } => "key",
        },
        kind: kind(&scheme.kind),
        setters: setters(&scheme.kind),
        client: &scheme.snippets.client,
        provider: scheme.snippets.provider.as_deref(),
        token_url,
        is_oauth: matches!(
            &scheme.kind,
            CredentialKind::ClientCredentials { .. } | CredentialKind::Bearer { oauth: Some(_), .. }
        ),
        scopes: scopes.into_iter().map(scope).collect(),
    }
}

/// Returns how the credentials are sent.
fn kind(kind: &CredentialKind) -> String {
    match kind {
        CredentialKind::ClientCredentials { .. } => "as `Authorization: Bearer …`".to_owned(),
        CredentialKind::Bearer { word, .. } => {
            format!("as {}", markdown::code_span(&format!("Authorization: {word} …")))
        }
        CredentialKind::Basic { .. } => "as `Authorization: Basic …`".to_owned(),
        CredentialKind::ApiKey { location, name, .. } => {
            let place = match location {
                Location::Header | Location::Path => "header",
                Location::Cookie => "cookie",
                Location::Query | Location::QueryString => "query parameter",
            };
            format!("in the {place} {}", markdown::code_span(name.as_str()))
        }
    }
}

/// Returns the setters of the builder, the most common first.
fn setters(kind: &CredentialKind) -> Vec<SetterRow> {
    let row = |call: String, variables: &[&String]| SetterRow {
        call: markdown::code_cell(&call),
        variables: variables
            .iter()
            .map(|name| markdown::code_cell(name))
            .collect::<Vec<_>>()
            .join(" and "),
    };
    match kind {
        CredentialKind::ClientCredentials {
            setter,
            token_setter,
            provider_setter,
            id_env,
            secret_env,
            token_env,
            ..
        } => vec![
            row(format!("{setter}(id, secret)"), &[id_env, secret_env]),
            row(format!("{token_setter}(token)"), &[token_env]),
            row(format!("{provider_setter}(callback)"), &[]),
        ],
        CredentialKind::Bearer {
            setter,
            provider_setter,
            env,
            oauth,
            ..
        } => {
            let password = oauth.as_ref().and_then(|oauth| oauth.password.as_ref());
            let password = password.map(|setter| {
                let variables = [&setter.user_env, &setter.password_env];
                row(format!("{}(username, password)", setter.name), &variables)
            });
            let mut rows = vec![row(format!("{setter}(token)"), &[env])];
            rows.extend(password);
            rows.push(row(format!("{provider_setter}(callback)"), &[]));
            rows
        }
        CredentialKind::Basic {
            setter,
            user_env,
            password_env,
        } => vec![row(format!("{setter}(user, password)"), &[user_env, password_env])],
        CredentialKind::ApiKey { setter, env, .. } => vec![row(format!("{setter}(key)"), &[env])],
    }
}
