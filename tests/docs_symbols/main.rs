//! Every function and path in a code span of the documentation exists: in the Markdown pages of the committed SDKs, in the templates
//! of these pages, and in the pages of this repository.

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser};

#[path = "../common/mod.rs"]
mod common;
mod symbols;

use symbols::Symbols;

/// Crates and types of others, whose items are not checked.
const EXTERNAL: &[&str] = &[
    "std",
    "core",
    "alloc",
    "bytes",
    "http",
    "jiff",
    "reqwest",
    "secrecy",
    "serde",
    "serde_core",
    "serde_json",
    "tokio",
    "tracing",
    "url",
    "cargo",
    "rustc",
    "openapiv3",
    "Duration",
    "Option",
    "Result",
    "String",
    "Vec",
    "Box",
    "Arc",
    "Self",
    "BTreeMap",
    "HashMap",
    "IndexMap",
];

/// Functions of others that are called without their path.
const EXTERNAL_FUNCTIONS: &[&str] = &[
    "Some", "Ok", "Err", "Box", "vec", "println", "doc", "cfg", "include", "main", "quote", "format",
];

/// Returns the code spans of a page.
fn code_spans(page: &str) -> Vec<String> {
    let events = Parser::new_ext(page, Options::ENABLE_TABLES);
    let spans = events.filter_map(|event| match event {
        Event::Code(code) => Some(code.to_string()),
        _ => None,
    });
    spans.collect()
}

/// Returns the functions and paths in a code span that do not exist.
fn unknown(span: &str, symbols: &Symbols) -> Vec<String> {
    // A template expression is replaced when the page is rendered; the rendered page is checked.
    if span.contains("{{") || span.contains("{%") {
        return Vec::new();
    }
    let mut unknown = Vec::new();
    for path in symbols::paths(span) {
        let known = match path.segments.as_slice() {
            [name] => !path.is_call || EXTERNAL_FUNCTIONS.contains(&name.as_str()) || symbols.has_function(name),
            [first, ..] if EXTERNAL.contains(&first.as_str()) => true,
            segments => segments.windows(2).all(|pair| symbols.has_member(&pair[0], &pair[1])),
        };
        if !known {
            unknown.push(path.segments.join("::") + if path.is_call { "(…)" } else { "" });
        }
    }
    unknown
}

/// Returns the Markdown files below a folder.
fn pages(folder: &Path) -> Vec<PathBuf> {
    let names = common::files(folder).into_keys();
    names
        .filter(|name| name.ends_with(".md"))
        .map(|name| folder.join(name))
        .collect()
}

/// Returns a message for each unknown symbol of some pages.
fn check(pages: &[PathBuf], symbols: &Symbols) -> Vec<String> {
    let mut found = Vec::new();
    for path in pages {
        let text = fs::read_to_string(path).expect("a page");
        let unknown = code_spans(&text).into_iter().flat_map(|span| {
            unknown(&span, symbols)
                .into_iter()
                .map(move |symbol| format!("`{span}`: no item `{symbol}`"))
        });
        let path = path.strip_prefix(common::root()).unwrap_or(path);
        found.extend(unknown.map(|message| format!("{}: {message}", path.display())));
    }
    found
}

#[test]
fn pages_of_the_committed_sdks_name_existing_items() {
    let root = common::root();
    let mut found = Vec::new();
    for entry in fs::read_dir(root.join("generated")).expect("the SDKs") {
        let sdk = entry.expect("an entry").path();
        if !sdk.join("Cargo.toml").is_file() {
            continue;
        }
        let symbols = Symbols::of(&[sdk.join("src")]);
        let pages: Vec<PathBuf> = pages(&sdk.join("docs"))
            .into_iter()
            .chain([sdk.join("README.md")])
            .collect();
        assert!(pages.len() > 5, "{} has too few pages", sdk.display());
        found.extend(check(&pages, &symbols));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn templates_and_pages_of_the_repository_name_existing_items() {
    let root = common::root();
    let symbols = Symbols::of(&[
        root.join("generator/src"),
        root.join("templates/runtime"),
        root.join("generated"),
    ]);
    let mut pages = [
        pages(&root.join("templates")),
        pages(&root.join("docs")),
        pages(&root.join("spec")),
        pages(&root.join("benches")),
    ]
    .concat();
    // This page shows calls of SDKs that are not part of the repository.
    pages.retain(|page| !page.ends_with("docs/names.md"));
    pages.extend(["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(|name| root.join(name)));
    let found = check(&pages, &symbols);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Returns the paths of files and folders in the code spans of a page that do not exist. They are relative to the repository, to the
/// sources of the generator, to a generated crate, or to the folder of the path before them.
fn missing_files(page: &str) -> Vec<String> {
    let root = common::root();
    let (sources, sdk) = (root.join("generator/src"), root.join("generated/kitchen-sink"));
    let mut folder = root.to_owned();
    let mut missing = Vec::new();
    for span in code_spans(page) {
        let is_path = span.contains('/') || span.ends_with(".rs") || span.ends_with(".toml");
        let is_plain = |c: char| c.is_alphanumeric() || "./_-".contains(c);
        if !is_path || span.starts_with('/') || !span.chars().all(is_plain) {
            continue;
        }
        let candidates = [&sources, root, &sdk, &folder].map(|base: &Path| base.join(&span));
        let found = candidates.into_iter().find(|path| path.exists());
        match found {
            Some(path) if path.is_dir() => folder = path,
            Some(path) => folder = path.parent().expect("a folder").to_owned(),
            None => missing.push(span),
        }
    }
    missing
}

#[test]
fn guides_for_contributors_name_existing_files() {
    for name in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let page = fs::read_to_string(common::root().join(name)).expect("the page");
        assert_eq!(missing_files(&page), Vec::<String>::new(), "{name}");
    }
    let page = "`plan/files.rs`, `package.rs`, `wire/`, `method.rs`, `.ci/run` and `plan/gone.rs`";
    assert_eq!(missing_files(page), ["plan/gone.rs"]);
}

#[test]
fn unknown_items_are_found() {
    let code = "
        pub enum Error { Api(String), Timeout { limit: u64 } }
        impl Error { pub const MAX: u8 = 1; pub fn status(&self) {} }
        pub mod runtime { pub trait Transport { fn open(&self); } }
        record!(Pet, [name: Required = \"name\"]);
    ";
    let symbols = Symbols::of_code(code);
    let found = |span: &str| unknown(span, &symbols);
    for span in [
        "status()",
        "error.status()",
        "Error::Api",
        "Error::MAX",
        "Error::status()",
        "runtime::Transport",
        "Pet::name(…)",
        "open()",
        "reqwest::Client",
        "Some(1)",
        "GET /pets (1 of 3)",
        "a b",
    ] {
        assert_eq!(found(span), Vec::<String>::new(), "{span}");
    }
    for (span, symbol) in [
        ("is_denied()", "is_denied(…)"),
        ("Error::Gone", "Error::Gone"),
        ("Error::open()", "Error::open(…)"),
        ("runtime::Hook", "runtime::Hook"),
        ("client.pets().list()", "pets(…)"),
    ] {
        assert_eq!(found(span).first().map(String::as_str), Some(symbol), "{span}");
    }
}
