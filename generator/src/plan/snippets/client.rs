//! Examples of clients.

use super::layout::Code;
use super::programs::{self, Imports};
use crate::krate::{Crate, CredentialKind, CredentialSnippets, Ident, VariableKind};

/// Returns the examples of a security scheme.
pub(super) fn credential(krate: &Crate, kind: &CredentialKind) -> CredentialSnippets {
    CredentialSnippets {
        client: credential_client(krate, &setter_call(kind)),
        provider: provider(kind).map(|setter| provider_example(krate, setter)),
    }
}

/// Returns the setter that the example calls.
fn setter_call(kind: &CredentialKind) -> String {
    match kind {
        CredentialKind::ClientCredentials { setter, .. } => format!("{setter}(id, secret)"),
        CredentialKind::Bearer { setter, .. } => format!("{setter}(token)"),
        CredentialKind::Basic { setter, .. } => format!("{setter}(user, password)"),
        CredentialKind::ApiKey { setter, .. } => format!("{setter}(key)"),
    }
}

fn provider(kind: &CredentialKind) -> Option<&Ident> {
    match kind {
        CredentialKind::ClientCredentials { provider_setter, .. } | CredentialKind::Bearer { provider_setter, .. } => {
            Some(provider_setter)
        }
        CredentialKind::Basic { .. } | CredentialKind::ApiKey { .. } => None,
    }
}

/// Returns a function that builds a client from its arguments.
fn credential_client(krate: &Crate, setter: &str) -> String {
    let inner = setter
        .split_once('(')
        .map_or("", |(_, rest)| rest.trim_end_matches(')'));
    let arguments: Vec<String> = inner.split(", ").map(|name| format!("{name}: &str")).collect();
    programs::client(krate, &[], &arguments.join(", "), "", &[setter])
}

/// Returns a client whose tokens come from the caller's code.
fn provider_example(krate: &Crate, setter: &Ident) -> String {
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

/// Returns a client with a retry policy and a timeout.
pub(super) fn timeout(krate: &Crate) -> String {
    let setters = [
        "retries(RetryPolicy::standard().attempts(5))",
        "timeout(Duration::from_secs(30))",
    ];
    programs::client(krate, &["std::time::Duration", "RetryPolicy"], "", "", &setters)
}

/// Returns a client with a retry policy and all timeouts.
pub(super) fn timeouts(krate: &Crate) -> String {
    let setters = [
        "retries(retries)",
        "connect_timeout(Duration::from_secs(5))",
        "attempt_timeout(Duration::from_secs(30))",
        "timeout(Duration::from_secs(120))",
    ];
    let before = "    let retries = RetryPolicy::standard().attempts(5).max_elapsed(Duration::from_secs(90));\n";
    programs::client(krate, &["std::time::Duration", "RetryPolicy"], "", before, &setters)
}

/// Returns a program with a request for which there is no operation.
pub(super) fn custom_request(krate: &Crate) -> String {
    let body = "    let response = client.request(Method::GET, \"/anything\").query(\"since\", \"2026-01-01\").send().await?;\n    \
                println!(\"{} {:?}\", response.status(), response.body());\n";
    let imports = Imports::of(&["Client", "Method"]);
    programs::program(krate, imports, &programs::opening(krate), body)
}

/// Returns the expression that builds a client with a hook.
pub(super) fn hook(krate: &Crate) -> String {
    programs::builder(krate, &[Code::text("hook(Log)")], "build()").statement(1, "", "")
}

/// Returns the expression that builds a client with a custom HTTP client.
pub(super) fn http_client(krate: &Crate) -> String {
    let client = programs::builder(krate, &[Code::text("http_client(http)")], "build()?");
    Code::call("Ok", vec![client]).statement(1, "", "")
}

/// Returns an example that selects the last server, because the first is the default.
pub(super) fn server(krate: &Crate) -> String {
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
    programs::client(krate, &imports, "", "", &setters)
}
