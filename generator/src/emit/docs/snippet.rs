//! Programs that call operations, as pages show them. Each is whole: it compiles as it stands.

use std::collections::BTreeSet;

use heck::ToSnakeCase;

use super::layout::Code;
use super::{call, value};
use crate::krate::{Crate, Example, Ident, Operation, OperationId, Output, TypeExpr, VariableKind};

/// A program with one call: what is given, and what is done with what comes back.
pub(super) fn usage(krate: &Crate, id: OperationId) -> String {
    let operation = &krate[id];
    let body = match &operation.paging {
        Some(paging) => walk(krate, operation, &paging.item),
        None => one(krate, operation),
    };
    program(krate, imports(krate, operation, &[]), &[], &body)
}

/// The same program as [`usage`], with a word on where its credentials come from.
pub(super) fn first_call(krate: &Crate, id: OperationId, comment: &[String]) -> String {
    let operation = &krate[id];
    let body = match &operation.paging {
        Some(paging) => walk(krate, operation, &paging.item),
        None => one(krate, operation),
    };
    program(krate, imports(krate, operation, &[]), comment, &body)
}

/// What a program brings into scope.
#[derive(Debug, Default)]
pub(super) struct Imports {
    /// Paths in the crate.
    pub own: BTreeSet<String>,
    /// Paths of the standard library.
    pub std: BTreeSet<String>,
}

/// What a call of an operation needs, and more of the crate.
pub(super) fn imports(krate: &Crate, operation: &Operation, more: &[String]) -> Imports {
    let mut imports = Imports::default();
    imports.own.insert("Client".to_owned());
    imports.own.extend(more.iter().cloned());
    imports.add(&call::arguments(operation));
    imports.add(call::setters(krate, operation).iter().map(|(_, example)| example));
    imports
}

impl Imports {
    /// Adds what examples need.
    pub(super) fn add<'e>(&mut self, examples: impl IntoIterator<Item = &'e Example>) {
        for example in examples {
            if value::needs_models(example) {
                self.own.insert("models".to_owned());
            }
            if value::needs_map(example) {
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

/// A whole program around statements.
pub(super) fn program(krate: &Crate, imports: Imports, comment: &[String], body: &str) -> String {
    let comment: String = comment.iter().map(|line| format!("    // {line}\n")).collect();
    let client = builder(krate, &[]).statement(1, "let client = ", ";");
    format!(
        "{}\n#[tokio::main]\nasync fn main() -> Result<(), Box<dyn std::error::Error>> {{\n{comment}{client}\n{body}    Ok(())\n}}",
        imports.lines(krate)
    )
}

/// `Client::builder()…build()?`, with the variables of the server's URL and more setters.
pub(super) fn builder(krate: &Crate, setters: &[Code]) -> Code {
    let variable = |variable: &crate::krate::ServerVariable| match &variable.kind {
        VariableKind::Text => Some(Code::text(format!(
            "{}({})",
            variable.setter,
            value::literal(&variable.default)
        ))),
        VariableKind::Enum { .. } => None,
    };
    let mut links: Vec<Code> = krate.servers.variables.iter().filter_map(variable).collect();
    links.extend(setters.iter().cloned());
    links.push(Code::text("build()?"));
    Code::chain(Code::text("Client::builder()"), links)
}

/// `client.activities().get_activity_by_id("…")`, with the setters of the example, and `last` links behind it.
pub(super) fn chain(krate: &Crate, operation: &Operation, last: &[&str]) -> Code {
    let group = &krate[operation.group];
    let mut links: Vec<Code> = group.path.iter().map(|step| Code::text(format!("{step}()"))).collect();
    let value = |example: &Example| value::value(krate, example);
    links.push(Code::call(
        &operation.names.method,
        call::arguments(operation).iter().map(value).collect(),
    ));
    let set = |(setter, example): &(Ident, Example)| Code::call(setter, vec![value(example)]);
    links.extend(call::setters(krate, operation).iter().map(set));
    links.extend(last.iter().map(|link| Code::text(*link)));
    Code::chain(Code::text("client"), links)
}

/// A call, and what it gives printed.
fn one(krate: &Crate, operation: &Operation) -> String {
    let chain = chain(krate, operation, &["send()", "await?"]);
    match &operation.output {
        Output::Empty => chain.statement(1, "", ";\n"),
        Output::Text => chain.statement(1, "let text = ", ";\n    println!(\"{text}\");\n"),
        Output::Bytes => chain.statement(1, "let bytes = ", ";\n    println!(\"{} bytes\", bytes.len());\n"),
        Output::Json(ty) => printed(krate, &chain, ty),
        Output::OptionalJson(ty) => printed(krate, &chain, ty),
        Output::ByStatus => chain.statement(1, "let output = ", ";\n    println!(\"{output:#?}\");\n"),
    }
}

fn printed(krate: &Crate, chain: &Code, ty: &TypeExpr) -> String {
    let name = binding(krate, ty);
    let statement = chain.statement(1, &format!("let {name} = "), ";");
    format!("{statement}\n    println!(\"{{{name}:#?}}\");\n")
}

/// A walk over all items of all pages.
fn walk(krate: &Crate, operation: &Operation, item: &TypeExpr) -> String {
    let name = binding(krate, item);
    let items = chain(krate, operation, &["items()"]).statement(1, "let mut items = ", ";");
    format!(
        "{items}\n    while let Some({name}) = items.next().await {{\n        println!(\"{{:#?}}\", {name}?);\n    }}\n"
    )
}

/// What an example calls a value of a type.
pub(super) fn binding(krate: &Crate, ty: &TypeExpr) -> Ident {
    match ty {
        TypeExpr::Model(id) => Ident::nearest(&krate[*id].name.as_str().to_snake_case()),
        TypeExpr::Boxed(of) => binding(krate, of),
        _ => Ident::nearest("value"),
    }
}
