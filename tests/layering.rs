//! No stage imports another stage: the allowed imports of each module.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

mod common;

/// The modules that each module may import: data modules first, then the stages in order, then the callers of the pipeline.
const ALLOWED: &[(&str, &[&str])] = &[
    ("diagnostics", &[]),
    ("json", &[]),
    ("config", &["diagnostics"]),
    ("document", &["diagnostics", "json"]),
    ("ir", &["diagnostics", "json", "document"]),
    ("krate", &["json", "document"]),
    ("load", &["diagnostics", "json"]),
    ("overlay", &["diagnostics", "load"]),
    ("bundle", &["diagnostics", "json", "load"]),
    ("net", &[]),
    ("read", &["diagnostics", "json", "load", "bundle", "document"]),
    ("lower", &["diagnostics", "json", "config", "document", "ir"]),
    ("plan", &["diagnostics", "json", "config", "document", "ir", "krate"]),
    ("emit", &["json", "document", "krate"]),
    ("format", &["diagnostics", "krate"]),
    ("write", &["diagnostics", "krate"]),
    (
        "session",
        &[
            "diagnostics",
            "json",
            "config",
            "document",
            "ir",
            "krate",
            "load",
            "overlay",
            "bundle",
            "net",
            "read",
            "lower",
            "plan",
            "emit",
            "format",
            "write",
        ],
    ),
    ("generator", &["diagnostics", "config", "write", "session"]),
    ("cli", &["diagnostics", "config", "write", "session"]),
    ("main", &[]),
];

#[test]
fn every_import_is_allowed() {
    let sources = common::root().join("generator/src");
    let mut wrong = Vec::new();
    for file in rust_files(&sources) {
        let path = file
            .strip_prefix(&sources)
            .expect("inside")
            .to_string_lossy()
            .replace('\\', "/");
        let module = path.split(['/', '.']).next().unwrap_or_default();
        // The root declares all modules, and unit tests may use earlier stages to create their input.
        if module == "lib" || path.ends_with("tests.rs") || path.contains("/tests/") {
            continue;
        }
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == module) else {
            wrong.push(format!(
                "{path}: the module `{module}` is not listed in tests/layering.rs"
            ));
            continue;
        };
        let text = fs::read_to_string(&file).expect("a source file");
        let imports = imports(text.parse().expect("Rust"));
        let foreign = imports
            .iter()
            .filter(|import| *import != module && !allowed.contains(&import.as_str()));
        wrong.extend(foreign.map(|import| format!("{path}: `{module}` may not import `{import}`")));
    }
    assert!(wrong.is_empty(), "forbidden imports:\n{}", wrong.join("\n"));
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Returns the modules that follow `crate::` in some code, as one name or a list in braces.
fn imports(code: TokenStream) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let tokens: Vec<TokenTree> = code.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            // Unit tests and the code of generated crates are not checked.
            TokenTree::Group(group) if !is_tests(&tokens[..at]) && !is_quoted(&tokens[..at]) => {
                found.extend(imports(group.stream()));
            }
            TokenTree::Ident(ident) if ident == "crate" && is_path(&tokens[at + 1..]) => match tokens.get(at + 3) {
                Some(TokenTree::Ident(name)) => {
                    found.insert(name.to_string());
                }
                Some(TokenTree::Group(list)) if list.delimiter() == Delimiter::Brace => {
                    found.extend(heads(list.stream()))
                }
                _ => {}
            },
            _ => {}
        }
    }
    found
}

/// Returns whether `::` follows.
fn is_path(tokens: &[TokenTree]) -> bool {
    let colon = |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    colon(tokens.first()) && colon(tokens.get(1))
}

/// Returns whether a group after these tokens is the body of `mod tests`.
fn is_tests(before: &[TokenTree]) -> bool {
    let ends = before.iter().rev().take(2).map(ToString::to_string).collect::<Vec<_>>();
    ends == ["tests", "mod"]
}

/// Returns whether a group after these tokens is generated code, as in `quote! { … }`.
fn is_quoted(before: &[TokenTree]) -> bool {
    let mut ends = before.iter().rev().map(ToString::to_string);
    ends.next().as_deref() == Some("!") && ends.next().is_some_and(|name| name.ends_with("quote"))
}

/// Returns the first name of each entry of a list such as `{a, b::c, d::{e, f}}`.
fn heads(list: TokenStream) -> Vec<String> {
    let mut heads = Vec::new();
    let mut first = true;
    for token in list {
        match &token {
            TokenTree::Ident(name) if first => {
                heads.push(name.to_string());
                first = false;
            }
            TokenTree::Punct(punct) if punct.as_char() == ',' => first = true,
            _ => {}
        }
    }
    heads
}

#[test]
fn imports_are_found_in_all_notations() {
    let code = "
        use crate::alpha::One; // crate::comment
        use crate::{beta, gamma::{self, Two}};
        pub(crate) fn f(x: crate::delta::Three) { let _ = crate::epsilon::f(\"crate::text\"); }
        fn g() { quote! { crate::generated::f() }; }
        mod tests { use crate::only_tested; }
    ";
    let found: Vec<String> = imports(code.parse().expect("Rust")).into_iter().collect();
    assert_eq!(found, ["alpha", "beta", "delta", "epsilon", "gamma"]);
}
