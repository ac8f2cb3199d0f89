//! `src/lib.rs` and `examples/quickstart.rs`

use askama::Template;

use super::{docs, tokens};
use crate::krate::{Crate, VariableKind};

#[derive(Template)]
#[template(path = "crate/lib.rs.j2", escape = "none")]
struct Root {
    docs: Vec<String>,
    exports: Vec<String>,
    recursion_limit: Option<usize>,
    placeholder_names: bool,
}

/// The root of the library.
pub fn file(krate: &Crate) -> askama::Result<String> {
    let mut text = krate.about.doc.text();
    if let Some(program) = docs::first_call(krate) {
        text.push_str(&format!("\n\n# Example\n\n```no_run\n{program}\n```"));
    }
    let docs = tokens::wrap(&text, 96)
        .into_iter()
        .map(|line| literal(&padded(&line)))
        .collect();
    let mut exports = vec!["Client".to_owned(), "ClientBuilder".to_owned(), "Server".to_owned()];
    exports.extend(
        krate
            .servers
            .variables
            .iter()
            .filter_map(|variable| match &variable.kind {
                VariableKind::Enum { name, .. } => Some(name.to_string()),
                VariableKind::Text => None,
            }),
    );
    exports.sort();
    Root {
        docs,
        exports,
        recursion_limit: krate.recursion_limit,
        placeholder_names: krate.placeholder_names,
    }
    .render()
}

fn padded(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!(" {line}")
    }
}

/// A string literal of Rust.
pub fn literal(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
}

/// The program that a newcomer runs first.
pub fn quickstart(krate: &Crate) -> String {
    let title = tokens::plain(&krate.about.title);
    let head = format!("//! A first call of the {title}: `cargo run --example quickstart`.");
    match docs::first_run(krate) {
        Some(program) => format!(
            "{head} `{}` names another server.\n\n{}\n",
            docs::base_url_variable(krate),
            program.trim_end()
        ),
        None => format!("{head}\n\nfn main() {{}}\n"),
    }
}
