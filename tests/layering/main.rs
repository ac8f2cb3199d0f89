//! Checks the structure of the sources: imports between modules, sentences in emitters, sizes, and the numbers of dependencies and
//! public items.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

#[path = "../common/mod.rs"]
mod common;
mod dependencies;
mod public_items;
mod sentences;
mod sizes;
mod wildcards;

/// The modules that each module may import: data modules first, then the stages in order, then the callers of the pipeline.
const ALLOWED: &[(&str, &[&str])] = &[
    ("diagnostics", &[]),
    ("json", &[]),
    ("wire", &[]),
    ("markdown", &[]),
    ("config", &["diagnostics"]),
    ("document", &["diagnostics", "json", "wire"]),
    ("ir", &["diagnostics", "json", "wire", "document"]),
    ("krate", &["json", "wire"]),
    ("load", &["diagnostics", "json", "wire"]),
    ("overlay", &["diagnostics", "load"]),
    ("bundle", &["diagnostics", "json", "wire", "load"]),
    ("net", &["wire"]),
    ("read", &["diagnostics", "json", "wire", "load", "bundle", "document"]),
    ("lower", &["diagnostics", "json", "wire", "config", "document", "ir"]),
    (
        "plan",
        &[
            "diagnostics",
            "json",
            "wire",
            "markdown",
            "config",
            "document",
            "ir",
            "krate",
        ],
    ),
    ("emit", &["json", "wire", "markdown", "krate"]),
    ("pages", &["json", "wire", "markdown", "krate"]),
    ("format", &["diagnostics", "krate"]),
    ("write", &["diagnostics", "krate"]),
    ("doctor", &["diagnostics", "json", "wire", "load", "document"]),
    (
        "session",
        &[
            "diagnostics",
            "json",
            "wire",
            "config",
            "document",
            "ir",
            "krate",
            "load",
            "overlay",
            "bundle",
            "net",
            "read",
            "diff",
            "doctor",
            "lower",
            "plan",
            "emit",
            "pages",
            "format",
            "write",
        ],
    ),
    ("import", &["config", "ir", "json", "wire"]),
    ("init", &["wire", "config", "document", "ir", "import"]),
    ("diff", &["krate"]),
    ("module", &["write"]),
    ("generator", &["diagnostics", "config", "write", "module", "session"]),
    (
        "cli",
        &[
            "diagnostics",
            "config",
            "krate",
            "diff",
            "doctor",
            "import",
            "init",
            "write",
            "session",
        ],
    ),
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
        if module == "lib" || path.ends_with("tests.rs") || path.ends_with("snapshots.rs") || path.contains("/tests/") {
            continue;
        }
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == module) else {
            wrong.push(format!(
                "{path}: the module `{module}` is not listed in tests/layering/main.rs"
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

#[test]
fn emitters_read_only_the_planned_crate() {
    for emitter in ["emit", "pages"] {
        let (_, allowed) = ALLOWED.iter().find(|(name, _)| *name == emitter).expect("a module");
        let planned = ["json", "wire", "markdown", "krate"];
        assert!(
            allowed.iter().all(|name| planned.contains(name)),
            "`{emitter}` must not name types of the document: {allowed:?}"
        );
    }
}

/// The groups of `lower`, each with the groups that it may import. `Lowering` is the root itself.
const GROUPS_OF_LOWER: &[(&str, &[&str])] = &[
    ("conventions", &[]),
    ("report", &[]),
    ("types", &[]),
    ("schemas", &["conventions", "report", "types"]),
    ("operations", &["conventions", "report", "types", "schemas", "Lowering"]),
    ("pagination", &["conventions", "report", "types", "schemas", "Lowering"]),
    (
        "examples",
        &["conventions", "report", "types", "schemas", "operations", "Lowering"],
    ),
    (
        "passes",
        &["conventions", "report", "types", "schemas", "operations", "Lowering"],
    ),
];

#[test]
fn groups_of_lower_have_no_import_cycle() {
    let folder = common::root().join("generator/src/lower");
    let mut wrong = Vec::new();
    for file in rust_files(&folder) {
        let path = file
            .strip_prefix(&folder)
            .expect("inside")
            .to_string_lossy()
            .replace('\\', "/");
        let group = path.split(['/', '.']).next().unwrap_or_default();
        if group == "mod" || group == "tests" {
            continue;
        }
        let Some((_, allowed)) = GROUPS_OF_LOWER.iter().find(|(name, _)| *name == group) else {
            wrong.push(format!(
                "{path}: the group `{group}` is not listed in tests/layering/main.rs"
            ));
            continue;
        };
        let text = fs::read_to_string(&file).expect("a source file");
        for import in names_after(&text, "crate::lower::") {
            if import != group && !allowed.contains(&import.as_str()) {
                wrong.push(format!("{path}: `{group}` may not import `{import}`"));
            }
        }
        // `super` must stay inside the group, so that the check above sees every import of another group.
        let depth = path.trim_end_matches("/mod.rs").matches('/').count();
        if text.contains(&"super::".repeat(depth + 1)) {
            wrong.push(format!(
                "{path}: write `crate::lower::…` instead of leaving the group by `super`"
            ));
        }
    }
    assert!(wrong.is_empty(), "forbidden imports:\n{}", wrong.join("\n"));
}

/// Returns the names that follow a path: one name, or those of a list in braces.
fn names_after(text: &str, path: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, _) in text.match_indices(path) {
        let rest = &text[at + path.len()..];
        match rest.strip_prefix('{') {
            Some(list) => {
                let list = list.split(';').next().unwrap_or_default();
                names.extend(heads(list.trim_end_matches('}').parse().expect("Rust")));
            }
            None => {
                let end = rest
                    .find(|c: char| !c.is_alphanumeric() && c != '_')
                    .unwrap_or(rest.len());
                names.insert(rest[..end].to_owned());
            }
        }
    }
    names
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
