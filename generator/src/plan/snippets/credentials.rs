//! Examples of clients with credentials.

use super::layout::Code;
use super::programs;
use super::values;
use crate::krate::{Crate, CredentialKind, CredentialSnippets, Ident, OAuth2};
use crate::wire::GrantType;

/// The client id in the examples of logins.
const CLIENT_ID: &str = "\"client-id\"";

/// The number of scopes that a login in an example requests.
const SCOPES: usize = 2;

/// Returns the snippets of a security scheme.
pub(super) fn snippets(krate: &Crate, kind: &CredentialKind) -> CredentialSnippets {
    let with_flow = |grant: GrantType| {
        let oauth = kind.oauth()?;
        oauth.flows.iter().any(|flow| flow.grant == grant).then_some(oauth)
    };
    CredentialSnippets {
        client: client(krate, &setter_call(kind)),
        provider: provider_setter(kind).map(|setter| provider(krate, setter)),
        login: with_flow(GrantType::AuthorizationCode).map(|oauth| login(krate, oauth)),
        device: with_flow(GrantType::DeviceCode).map(|oauth| device(krate, oauth)),
    }
}

/// Returns the setter that the example calls.
fn setter_call(kind: &CredentialKind) -> String {
    match kind {
        CredentialKind::ClientCredentials { setter, .. } => format!("{setter}(id, secret)"),
        CredentialKind::Bearer { setter, .. } => match kind.password() {
            Some(password) => format!("{}(username, password)", password.name),
            None => format!("{setter}(token)"),
        },
        CredentialKind::Basic { setter, .. } => format!("{setter}(user, password)"),
        CredentialKind::ApiKey { setter, .. } => format!("{setter}(key)"),
    }
}

fn provider_setter(kind: &CredentialKind) -> Option<&Ident> {
    match kind {
        CredentialKind::ClientCredentials { provider_setter, .. } | CredentialKind::Bearer { provider_setter, .. } => {
            Some(provider_setter)
        }
        CredentialKind::Basic { .. } | CredentialKind::ApiKey { .. } => None,
    }
}

/// Returns a function that builds a client from its arguments.
fn client(krate: &Crate, setter: &str) -> String {
    let inner = setter
        .split_once('(')
        .map_or("", |(_, rest)| rest.trim_end_matches(')'));
    let arguments: Vec<String> = inner.split(", ").map(|name| format!("{name}: &str")).collect();
    programs::client(krate, &[], &arguments.join(", "), "", &[setter])
}

/// Returns a client whose tokens come from the caller's code.
fn provider(krate: &Crate, setter: &Ident) -> String {
    let callback = Code::text(format!("{setter}(|_scopes| fetch())"));
    format!(
        "use std::time::Duration;\n\nuse {lib}::Client;\nuse {lib}::runtime::{{BoxError, BuildError, Token}};\n\n\
         async fn fetch() -> Result<Token, BoxError> {{\n    \
         let token = std::fs::read_to_string(\"/run/secrets/token\")?;\n    \
         Ok(Token::new(token.trim()).expires_in(Duration::from_secs(600)))\n}}\n\n\
         fn client() -> Result<Client, BuildError> {{\n{built}\n}}",
        lib = krate.package.lib,
        built = programs::builder(krate, &[callback], "build()").statement(1, "", "")
    )
}

/// Returns functions that start a login in a browser, and that finish it with the query of the redirect.
fn login(krate: &Crate, oauth: &OAuth2) -> String {
    let redirect = "\"http://localhost:8080/callback\"";
    let start = Code::call("authorization_code", vec![Code::text(CLIENT_ID), Code::text(redirect)]);
    format!(
        "use {lib}::Client;\nuse {lib}::runtime::login::PendingLogin;\nuse {lib}::runtime::{{BoxError, OAuth2}};\n\n\
         async fn start(client: &Client) -> Result<PendingLogin, BoxError> {{\n{started}\n    \
         println!(\"open {{}}\", login.url());\n    Ok(login)\n}}\n\n\
         async fn finish(login: PendingLogin, code: &str, state: &str) -> Result<Client, BoxError> {{\n    \
         let tokens = login.exchange(code, state).await?;\n{client}\n}}",
        lib = krate.package.lib,
        started = started(start, oauth).statement(1, "let login = ", ";"),
        client = client_with_tokens(krate, oauth),
    )
}

/// Returns a function that logs a person in on another device.
fn device(krate: &Crate, oauth: &OAuth2) -> String {
    let start = Code::call("device_authorization", vec![Code::text(CLIENT_ID)]);
    format!(
        "use {lib}::Client;\nuse {lib}::runtime::{{BoxError, OAuth2}};\n\n\
         async fn login(client: &Client) -> Result<Client, BoxError> {{\n{started}\n    \
         println!(\"enter {{}} at {{}}\", device.user_code(), device.verification_uri());\n    \
         let tokens = device.wait().await?;\n{client}\n}}",
        lib = krate.package.lib,
        started = started(start, oauth).statement(1, "let device = ", ";"),
        client = client_with_tokens(krate, oauth),
    )
}

/// Returns the expression that starts a login with some scopes.
fn started(start: Code, oauth: &OAuth2) -> Code {
    let scopes = oauth.scopes.iter().take(SCOPES);
    let scopes: Vec<String> = scopes.map(|(name, _)| values::literal(name)).collect();
    let mut links = vec![start];
    if !scopes.is_empty() {
        links.push(Code::text(format!("scopes([{}])", scopes.join(", "))));
    }
    links.extend(["start()", "await?"].map(Code::text));
    Code::chain(Code::text("client"), links)
}

/// Returns the statements that build a client with the tokens of a login.
fn client_with_tokens(krate: &Crate, oauth: &OAuth2) -> String {
    let setter = Code::text(format!("{}(credentials)", oauth.setter));
    let client = programs::builder(krate, &[setter], "build()?");
    format!(
        "    let credentials = OAuth2::tokens(tokens).client_id({CLIENT_ID});\n{}",
        Code::call("Ok", vec![client]).statement(1, "", "")
    )
}
