//! Programs that call operations, as pages show them. Each is whole: it compiles as it stands.

use std::collections::BTreeSet;

use heck::ToSnakeCase;

use super::call::Call;
use super::rust_layout::Code;
use super::{example_code, types};
use crate::krate::{AlternativeStream, Crate, Example, Ident, OperationId, Output, Stream, TypeExpr, VariableKind};

/// A program with one call: what is given, and what is done with what comes back.
pub(super) fn usage(krate: &Crate, id: OperationId) -> String {
    let call = Call::with_example(krate, id);
    call.program(&["Client"], &body(krate, &call))
}

/// The same, for whoever runs it: a variable of the environment may name another server.
pub(super) fn quickstart(krate: &Crate, id: OperationId) -> String {
    let call = Call::with_example(krate, id);
    let opening = format!(
        "{}\n    if let Ok(url) = std::env::var({}) {{\n        builder = builder.base_url(url);\n    }}\n    \
         let client = builder.build()?;",
        Code::chain(Code::text("Client::builder()"), server(krate)).statement(1, "let mut builder = ", ";"),
        example_code::literal(&base_url_variable(krate)),
    );
    let program = program(krate, call.imports(&["Client"]), &opening, &body(krate, &call));
    match call.operation.doc.deprecated {
        Some(_) => format!("#![allow(deprecated)]\n\n{program}"),
        None => program,
    }
}

/// The variable of the environment by which [`quickstart`] programs are sent to another server.
pub(super) fn base_url_variable(krate: &Crate) -> String {
    format!("{}_BASE_URL", krate.api_info.env_prefix)
}

/// The statements with the call.
fn body(krate: &Crate, call: &Call<'_>) -> String {
    match &call.operation.paging {
        Some(paging) => print_all_items(krate, call, &paging.item),
        None => print_response(krate, call),
    }
}

/// What a program brings into scope.
#[derive(Debug, Default)]
pub(super) struct Imports {
    /// Paths in the crate.
    own: BTreeSet<String>,
    /// Paths of the standard library.
    std: BTreeSet<String>,
}

impl Imports {
    /// Paths of the crate, and those of the standard library that begin with `std::`.
    pub(super) fn of(paths: &[&str]) -> Self {
        let mut imports = Self::default();
        for path in paths {
            match path.strip_prefix("std::") {
                Some(path) => imports.std.insert(path.to_owned()),
                None => imports.own.insert((*path).to_owned()),
            };
        }
        imports
    }

    /// Adds what examples need.
    pub(super) fn add<'e>(&mut self, examples: impl IntoIterator<Item = &'e Example>) {
        for example in examples {
            if example_code::needs_models(example) {
                self.own.insert("models".to_owned());
            }
            if example_code::needs_map(example) {
                self.std.insert("collections::BTreeMap".to_owned());
            }
        }
    }

    /// The lines, standard library first.
    pub(super) fn lines(&self, krate: &Crate) -> String {
        let mut lines: Vec<String> = self.std.iter().map(|path| format!("use std::{path};\n")).collect();
        let own: Vec<&str> = self.own.iter().map(String::as_str).collect();
        let lib = &krate.package.lib;
        lines.extend(match own.as_slice() {
            [] => None,
            [one] => Some(format!("use {lib}::{one};\n")),
            several => Some(format!("use {lib}::{{{}}};\n", several.join(", "))),
        });
        let gap = if lines.len() > 1 { "\n" } else { "" };
        let last = lines.pop().unwrap_or_default();
        format!("{}{gap}{last}", lines.concat())
    }
}

/// The statement that makes a client of what the environment has.
pub(super) fn opening(krate: &Crate) -> String {
    builder(krate, &[], "build()?").statement(1, "let client = ", ";")
}

/// A whole program: the statements that make its client, and those that use it.
pub(super) fn program(krate: &Crate, imports: Imports, opening: &str, body: &str) -> String {
    format!(
        "{}\n#[tokio::main]\nasync fn main() -> Result<(), Box<dyn std::error::Error>> {{\n{opening}\n{body}    Ok(())\n}}",
        imports.lines(krate)
    )
}

/// A function that makes a client: from what its arguments give, after what `before` does.
pub(super) fn client(krate: &Crate, more: &[&str], arguments: &str, before: &str, setters: &[&str]) -> String {
    let mut imports = Imports::of(more);
    imports
        .own
        .extend(["Client".to_owned(), "runtime::BuildError".to_owned()]);
    let setters: Vec<Code> = setters.iter().map(|setter| Code::text(*setter)).collect();
    format!(
        "{}\nfn client({arguments}) -> Result<Client, BuildError> {{\n{before}{}\n}}",
        imports.lines(krate),
        builder(krate, &setters, "build()").statement(1, "", "")
    )
}

/// `Client::builder()` with the variables of the server's URL, more setters, and the last link.
pub(super) fn builder(krate: &Crate, setters: &[Code], last: &str) -> Code {
    let mut links = server(krate);
    links.extend(setters.iter().cloned());
    links.push(Code::text(last));
    Code::chain(Code::text("Client::builder()"), links)
}

/// The setters for the variables of the server's URL.
fn server(krate: &Crate) -> Vec<Code> {
    let variable = |variable: &crate::krate::ServerVariable| match &variable.kind {
        VariableKind::Text => Some(Code::text(format!(
            "{}({})",
            variable.setter,
            example_code::literal(&variable.default)
        ))),
        VariableKind::Enum { .. } => None,
    };
    krate.servers.variables.iter().filter_map(variable).collect()
}

/// A call, and what it gives printed.
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

/// The same for the stream that an operation gives where it is asked for.
pub(super) fn streamed(krate: &Crate, id: OperationId, other: &AlternativeStream) -> String {
    let call = Call::streamed(krate, id, other);
    let chain = call.chain(&["send_stream()", "await?"]);
    call.program(&["Client"], &print_stream_items(chain, &other.stream))
}

/// A call, and its items printed.
fn print_stream_items(chain: Code, stream: &Stream) -> String {
    let word = stream.word();
    let first = chain.statement(1, &format!("let mut {word}s = "), ";");
    format!(
        "{first}\n    while let Some({word}) = {word}s.next().await {{\n        println!(\"{{:#?}}\", {word}?);\n    }}\n"
    )
}

/// A walk over all items of all pages.
fn print_all_items(krate: &Crate, call: &Call<'_>, item: &TypeExpr) -> String {
    let name = binding(krate, item);
    let items = call.chain(&["items()"]).statement(1, "let mut items = ", ";");
    format!(
        "{items}\n    while let Some({name}) = items.next().await {{\n        println!(\"{{:#?}}\", {name}?);\n    }}\n"
    )
}

/// What an example calls a value of a type.
pub(super) fn binding(krate: &Crate, ty: &TypeExpr) -> Ident {
    match types::unboxed(ty) {
        TypeExpr::Model(id) => Ident::nearest(&krate[*id].name.as_str().to_snake_case()),
        _ => Ident::nearest("value"),
    }
}
