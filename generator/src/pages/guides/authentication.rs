//! The authentication guide.

use askama::Template;

use super::super::describe;
use super::super::site::Site;
use crate::krate::{Credential, CredentialKind};
use crate::markdown;
use crate::wire::GrantType;

#[derive(Template)]
#[template(path = "docs/authentication.md", escape = "none")]
struct AuthenticationPage<'c> {
    schemes: Vec<SchemePart<'c>>,
    has_oauth: bool,
    /// Whether the metadata of an authorization server is documented.
    has_metadata: bool,
    /// A client whose tokens come from the caller's code.
    provider: Option<&'c str>,
}

struct SchemePart<'c> {
    name: String,
    about: String,
    /// The kind of credential that is sent.
    sent: &'static str,
    /// How the credential is sent.
    kind: String,
    /// Whether the credential is sent unchanged, where other APIs add a prefix.
    may_have_prefix: bool,
    setters: Vec<SetterRow>,
    client: &'c str,
    exchange: Option<Exchange>,
    login: Option<&'c str>,
    device: Option<&'c str>,
    /// The setter of OAuth 2.0 credentials.
    oauth: Option<String>,
    scopes: Vec<(String, String)>,
}

/// The exchange of the credentials of the example for a token.
struct Exchange {
    /// Whether the credentials are a user name and a password rather than a client id and a client secret.
    has_password: bool,
    url: String,
}

/// A setter, with the environment variables that replace it.
struct SetterRow {
    call: String,
    variables: String,
}

pub(super) fn page(site: &Site<'_>) -> askama::Result<String> {
    let schemes = &site.krate.credentials.schemes;
    AuthenticationPage {
        schemes: schemes.iter().map(part).collect(),
        has_oauth: schemes.iter().any(|scheme| scheme.kind.oauth().is_some()),
        has_metadata: schemes
            .iter()
            .any(|scheme| scheme.kind.oauth().is_some_and(|oauth| !oauth.metadata_url.is_empty())),
        provider: schemes.iter().find_map(|scheme| scheme.snippets.provider.as_deref()),
    }
    .render()
}

fn part(scheme: &Credential) -> SchemePart<'_> {
    let scope = |(name, about): &(String, String)| (markdown::code_cell(name), markdown::table_cell(about));
    let oauth = scheme.kind.oauth();
    SchemePart {
        name: scheme.scheme.to_string(),
        about: describe::description(&scheme.doc, &[scheme.scheme.as_str()]),
        sent: match &scheme.kind {
            CredentialKind::ClientCredentials { .. } | CredentialKind::Bearer { .. } => "token",
            CredentialKind::Basic { .. } => "credentials",
            CredentialKind::ApiKey { .. } => "key",
        },
        kind: kind(&scheme.kind),
        may_have_prefix: scheme.kind.is_authorization_key(),
        setters: setters(&scheme.kind),
        client: &scheme.snippets.client,
        exchange: exchange(&scheme.kind),
        login: scheme.snippets.login.as_deref(),
        device: scheme.snippets.device.as_deref(),
        oauth: oauth.map(|oauth| markdown::code_span(&format!("{}(credentials)", oauth.setter))),
        scopes: oauth.map_or_else(Vec::new, |oauth| oauth.scopes.iter().map(scope).collect()),
    }
}

/// Returns how the credentials of the example become a token.
fn exchange(kind: &CredentialKind) -> Option<Exchange> {
    let grants = [(GrantType::ClientCredentials, false), (GrantType::Password, true)];
    grants.into_iter().find_map(|(grant, has_password)| {
        let url = markdown::code_span(kind.token_url(grant)?);
        Some(Exchange { has_password, url })
    })
}

/// Returns how the credentials are sent.
fn kind(kind: &CredentialKind) -> String {
    if let Some((place, name)) = kind.key_place() {
        return format!("in the {place} {}", markdown::code_span(name.as_str()));
    }
    let word = match kind {
        CredentialKind::Bearer { word, .. } => word,
        CredentialKind::Basic { .. } => "Basic",
        CredentialKind::ClientCredentials { .. } | CredentialKind::ApiKey { .. } => "Bearer",
    };
    format!("as {}", markdown::code_span(&format!("Authorization: {word} …")))
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
    let password = kind.password().map(|setter| {
        let variables = [&setter.user_env, &setter.password_env];
        row(format!("{}(username, password)", setter.name), &variables)
    });
    match kind {
        CredentialKind::ClientCredentials {
            setter,
            token_setter,
            provider_setter,
            id_env,
            secret_env,
            token_env,
            ..
        } => {
            let mut rows = vec![row(format!("{setter}(id, secret)"), &[id_env, secret_env])];
            rows.extend(password);
            rows.push(row(format!("{token_setter}(token)"), &[token_env]));
            rows.push(row(format!("{provider_setter}(callback)"), &[]));
            rows
        }
        CredentialKind::Bearer {
            setter,
            provider_setter,
            env,
            ..
        } => {
            let mut rows: Vec<SetterRow> = password.into_iter().collect();
            rows.push(row(format!("{setter}(token)"), &[env]));
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
