//! Example programs that call operations. Each is complete and compiles.

use std::collections::BTreeSet;

use heck::ToSnakeCase;

use super::call::Call;
use super::layout::Code;
use super::values;
use crate::krate::{
    AlternativeStream, Crate, CredentialKind, Example, Ident, Operation, OperationId, Output, Stream, TypeExpr,
    VariableKind, WireName,
};

/// Returns a program with one call that prints the result.
pub(super) fn usage(krate: &Crate, call: &Call<'_>) -> String {
    call.program(&["Client"], &body(krate, call))
}

/// Returns a program with the first call of a new user and explicit credentials.
pub(super) fn first_call(krate: &Crate, id: OperationId) -> String {
    with_credentials(krate, &Call::first(krate, id))
}

/// Returns the program of [`usage`] with explicit credentials.
pub(super) fn with_credentials(krate: &Crate, call: &Call<'_>) -> String {
    let setters: Vec<Code> = credentials(krate, call.operation);
    let opening = builder(krate, &setters, "build()?").statement(1, "let client = ", ";");
    program(krate, call.imports(&["Client"]), &opening, &body(krate, call))
}

/// Returns the setters for the credentials of an operation, with values from the environment.
fn credentials(krate: &Crate, operation: &Operation) -> Vec<Code> {
    let requirements = operation.security.first().map_or(&[][..], Vec::as_slice);
    let scheme = |name: &WireName| krate.credentials.schemes.iter().find(|scheme| scheme.scheme == *name);
    let schemes = requirements
        .iter()
        .filter_map(|requirement| scheme(&requirement.scheme));
    schemes.map(|scheme| credential(&scheme.kind)).collect()
}

fn credential(kind: &CredentialKind) -> Code {
    let variable = |name: &str| Code::text(format!("std::env::var({})?", values::literal(name)));
    match kind {
        CredentialKind::ClientCredentials {
            setter,
            id_env,
            secret_env,
            ..
        } => Code::call(setter, vec![variable(id_env), variable(secret_env)]),
        CredentialKind::Basic {
            setter,
            user_env,
            password_env,
        } => Code::call(setter, vec![variable(user_env).prefixed("&"), variable(password_env)]),
        CredentialKind::Bearer { setter, env, .. } => match kind.password() {
            Some(password) => Code::call(
                &password.name,
                vec![variable(&password.user_env), variable(&password.password_env)],
            ),
            None => Code::call(setter, vec![variable(env)]),
        },
        CredentialKind::ApiKey { setter, env, .. } => Code::call(setter, vec![variable(env)]),
    }
}

/// Returns the program of [`first_call`] with credentials and the base URL from the environment.
pub(super) fn quickstart(krate: &Crate, id: OperationId) -> String {
    let call = Call::first(krate, id);
    let opening = format!(
        "{}\n    if let Ok(url) = std::env::var({}) {{\n        builder = builder.base_url(url);\n    }}\n    \
         let client = builder.build()?;",
        Code::chain(Code::text("Client::builder()"), required_setters(krate)).statement(1, "let mut builder = ", ";"),
        values::literal(&base_url_variable(krate)),
    );
    let program = program(krate, call.imports(&["Client"]), &opening, &body(krate, &call));
    match call.operation.doc.deprecated {
        Some(_) => format!("#![allow(deprecated)]\n\n{program}"),
        None => program,
    }
}

/// Returns the environment variable with which [`quickstart`] overrides the base URL.
pub(super) fn base_url_variable(krate: &Crate) -> String {
    format!("{}_BASE_URL", krate.api_info.env_prefix)
}

/// Returns the statements with the call.
fn body(krate: &Crate, call: &Call<'_>) -> String {
    match &call.operation.pagination {
        Some(pagination) => print_all_items(krate, call, &pagination.item),
        None => print_response(krate, call),
    }
}

/// The imports of a program.
#[derive(Debug, Default)]
pub(super) struct Imports {
    /// Paths in the crate.
    krate: BTreeSet<String>,
    /// Paths in the standard library.
    std: BTreeSet<String>,
}

impl Imports {
    /// Creates imports from paths in the crate and paths that begin with `std::`.
    pub(super) fn of(paths: &[&str]) -> Self {
        let mut imports = Self::default();
        for path in paths {
            match path.strip_prefix("std::") {
                Some(path) => imports.std.insert(path.to_owned()),
                None => imports.krate.insert((*path).to_owned()),
            };
        }
        imports
    }

    /// Adds a path in the crate.
    pub(super) fn add_path(&mut self, path: &str) {
        self.krate.insert(path.to_owned());
    }

    /// Adds the imports of examples.
    pub(super) fn add<'e>(&mut self, examples: impl IntoIterator<Item = &'e Example>) {
        for example in examples {
            if values::needs_models(example) {
                self.krate.insert("models".to_owned());
            }
            if values::needs_map(example) {
                self.std.insert("collections::BTreeMap".to_owned());
            }
        }
    }

    /// Returns the import lines, the standard library first.
    pub(super) fn lines(&self, krate: &Crate) -> String {
        let mut lines: Vec<String> = self.std.iter().map(|path| format!("use std::{path};\n")).collect();
        let paths: Vec<&str> = self.krate.iter().map(String::as_str).collect();
        let lib = &krate.package.lib;
        lines.extend(match paths.as_slice() {
            [] => None,
            [one] => Some(format!("use {lib}::{one};\n")),
            several => Some(format!("use {lib}::{{{}}};\n", several.join(", "))),
        });
        let gap = if lines.len() > 1 { "\n" } else { "" };
        let last = lines.pop().unwrap_or_default();
        format!("{}{gap}{last}", lines.concat())
    }
}

/// Returns the statement that builds a client with credentials from the environment.
pub(super) fn opening(krate: &Crate) -> String {
    builder(krate, &[], "build()?").statement(1, "let client = ", ";")
}

/// Returns a complete program: `opening` builds the client, `body` uses it.
pub(super) fn program(krate: &Crate, imports: Imports, opening: &str, body: &str) -> String {
    format!(
        "{}\n#[tokio::main]\nasync fn main() -> Result<(), Box<dyn std::error::Error>> {{\n{opening}\n{body}    Ok(())\n}}",
        imports.lines(krate)
    )
}

/// Returns a function that builds a client from its arguments; `before` are its first statements.
pub(super) fn client(krate: &Crate, more: &[&str], arguments: &str, before: &str, setters: &[&str]) -> String {
    let mut imports = Imports::of(more);
    imports
        .krate
        .extend(["Client".to_owned(), "runtime::BuildError".to_owned()]);
    let setters: Vec<Code> = setters.iter().map(|setter| Code::text(*setter)).collect();
    format!(
        "{}\nfn client({arguments}) -> Result<Client, BuildError> {{\n{before}{}\n}}",
        imports.lines(krate),
        builder(krate, &setters, "build()").statement(1, "", "")
    )
}

/// Returns `Client::builder()` with the server variables, the required parameters, more setters, and the last call.
pub(super) fn builder(krate: &Crate, setters: &[Code], last: &str) -> Code {
    let mut links = required_setters(krate);
    links.extend(setters.iter().cloned());
    links.push(Code::text(last));
    Code::chain(Code::text("Client::builder()"), links)
}

/// Returns the setters that every example calls: those of the base URL or the server variables, and of required parameters.
fn required_setters(krate: &Crate) -> Vec<Code> {
    let parameters = krate.client_parameters.iter().filter(|parameter| parameter.required);
    let parameters =
        parameters.map(|parameter| Code::call(&parameter.setter, vec![values::expression(krate, &parameter.example)]));
    server(krate).into_iter().chain(parameters).collect()
}

/// Returns the URL of the examples for an API whose description states no host.
pub(super) fn local_url(krate: &Crate) -> String {
    let path = krate.servers.default_url.trim_matches('/');
    let url = format!("http://localhost:8080/{path}");
    url.trim_end_matches('/').to_owned()
}

/// Returns the setters of the server variables. A server without a host is on localhost, where plain http is allowed.
fn server(krate: &Crate) -> Vec<Code> {
    if krate.servers.is_relative() {
        return vec![Code::text(format!("base_url({})", values::literal(&local_url(krate))))];
    }
    let variable = |variable: &crate::krate::ServerVariable| match &variable.kind {
        VariableKind::Text => Some(Code::text(format!(
            "{}({})",
            variable.setter,
            values::literal(&variable.default)
        ))),
        VariableKind::Enum { .. } => None,
    };
    krate.servers.variables.iter().filter_map(variable).collect()
}

/// Returns a call that prints the response.
fn print_response(krate: &Crate, call: &Call<'_>) -> String {
    let chain = call.chain(&["send()", "await?"]);
    match &call.operation.output {
        Output::Empty => chain.statement(1, "", ";\n"),
        Output::Text => chain.statement(1, "let text = ", ";\n    println!(\"{text}\");\n"),
        Output::Bytes => chain.statement(1, "let bytes = ", ";\n    println!(\"{} bytes\", bytes.len());\n"),
        Output::Stream(stream) => print_stream_items(chain, stream),
        Output::ByStatus => chain.statement(1, "let output = ", ";\n    println!(\"{output:#?}\");\n"),
        Output::Json(ty) | Output::OptionalJson(ty) => {
            let name = binding(krate, ty);
            let statement = chain.statement(1, &format!("let {name} = "), ";");
            format!("{statement}\n    println!(\"{{{name}:#?}}\");\n")
        }
    }
}

/// Returns a program that reads the alternative stream of an operation.
pub(super) fn streamed(krate: &Crate, id: OperationId, other: &AlternativeStream) -> String {
    let call = Call::streamed(krate, id, other);
    let chain = call.chain(&["send_stream()", "await?"]);
    call.program(&["Client"], &print_stream_items(chain, &other.stream))
}

/// Returns a call that prints the items of a stream.
fn print_stream_items(chain: Code, stream: &Stream) -> String {
    let word = stream.word();
    let first = chain.statement(1, &format!("let mut {word}s = "), ";");
    format!(
        "{first}\n    while let Some({word}) = {word}s.next().await {{\n        println!(\"{{:#?}}\", {word}?);\n    }}\n"
    )
}

/// Returns a loop over all items of all pages.
fn print_all_items(krate: &Crate, call: &Call<'_>, item: &TypeExpr) -> String {
    let name = binding(krate, item);
    let items = call.chain(&["items()"]).statement(1, "let mut items = ", ";");
    format!(
        "{items}\n    while let Some({name}) = items.next().await {{\n        println!(\"{{:#?}}\", {name}?);\n    }}\n"
    )
}

/// Returns the variable name for a value of a type.
pub(super) fn binding(krate: &Crate, ty: &TypeExpr) -> Ident {
    match ty.unboxed() {
        TypeExpr::Model(id) => Ident::nearest(&krate[*id].name.as_str().to_snake_case()),
        _ => Ident::nearest("value"),
    }
}
