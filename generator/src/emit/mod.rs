//! Rendering of the files of a crate.
//!
//! In: [`Crate`], which holds every decision. Out: each file, passed to `finish` on a worker thread: Rust as tokens that
//! `format` lays out, everything else as text. One function per kind of file. `rust` has the library, `tests` its wire tests
//! and mock server. The Markdown pages are rendered by `pages`.

mod example_tokens;
mod rust;
mod tests;
mod tokens;

#[cfg(test)]
mod snapshots;

use proc_macro2::TokenStream;
use rayon::prelude::*;

use crate::krate::{Crate, GroupId, Ident, ModelFile, OperationId};
use crate::markdown;
use rust::{client, errors, groups, models, operations, package, root, runtime};

/// A file with its path in the crate.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// The path, with `/` as separator.
    pub path: String,
    pub content: Content,
}

impl Rendered {
    /// Creates a file from its path and text. `format` lays out Rust source.
    pub fn from_text((path, text): (String, String)) -> Self {
        let content = if path.ends_with(".rs") {
            Content::RustText(text)
        } else {
            Content::Text(text)
        };
        Self { path, content }
    }
}

/// The content of a file.
#[derive(Clone, Debug)]
pub enum Content {
    /// Rust items.
    Rust(RustFile),
    /// Rust source that `format` lays out.
    RustText(String),
    /// Text that is written unchanged.
    Text(String),
}

/// A Rust file.
#[derive(Clone, Debug)]
pub struct RustFile {
    /// The `//!` lines. Can be empty.
    pub head: Vec<String>,
    pub items: TokenStream,
}

impl RustFile {
    fn new(head: String, items: TokenStream) -> Self {
        Self {
            head: markdown::wrap(&head, 96),
            items,
        }
    }
}

/// Renders every file of a crate in parallel and passes each to `finish`.
///
/// # Errors
/// Fails if a template cannot be rendered, which indicates a bug in the generator.
pub fn emit<T: Send>(krate: &Crate, finish: impl Fn(Rendered) -> T + Sync) -> askama::Result<Vec<T>> {
    let files = files(krate);
    let rendered = files.par_iter().map(|file| Ok(finish(file.render(krate)?)));
    rendered.collect()
}

/// A file to render.
#[derive(Clone, Copy, Debug)]
enum File<'k> {
    Package,
    Rustfmt,
    Root,
    Client,
    Quickstart,
    Smoke,
    Mock,
    Harness,
    Wire(GroupId, &'k Ident),
    Credentials,
    Failures,
    Errors,
    Models,
    Model(&'k ModelFile),
    Groups,
    Group(GroupId),
    Operation(OperationId),
    Runtime(&'static runtime::Module),
}

fn files(krate: &Crate) -> Vec<File<'_>> {
    let mut files = vec![
        File::Package,
        File::Rustfmt,
        File::Root,
        File::Client,
        File::Quickstart,
        File::Errors,
        File::Models,
        File::Groups,
    ];
    files.extend(krate.smoke.then_some(File::Smoke));
    if krate.tests {
        files.extend([File::Mock, File::Harness]);
        files.extend(tests::harness::groups(krate).map(|(id, name)| File::Wire(id, name)));
        files.extend((!krate.token_tests.is_empty()).then_some(File::Credentials));
        files.extend(krate.fault_test.map(|_| File::Failures));
    }
    files.extend(krate.model_files.iter().map(File::Model));
    files.extend((0..krate.groups.len()).map(|index| File::Group(GroupId(index))));
    files.extend((0..krate.operations.len()).map(|index| File::Operation(OperationId(index))));
    files.extend(runtime::modules(&krate.runtime).map(File::Runtime));
    files
}

impl File<'_> {
    fn render(&self, krate: &Crate) -> askama::Result<Rendered> {
        let rust = |path: String, file: RustFile| Rendered {
            path,
            content: Content::Rust(file),
        };
        let optional = |path: &str, file: Option<RustFile>| {
            let nothing = || RustFile::new(String::new(), TokenStream::new());
            rust(path.to_owned(), file.unwrap_or_else(nothing))
        };
        let text = |path: &str, text: String| Rendered {
            path: path.to_owned(),
            content: Content::Text(text),
        };
        let rust_text = |path: &str, text: String| Rendered {
            path: path.to_owned(),
            content: Content::RustText(text),
        };
        Ok(match self {
            Self::Package => text("Cargo.toml", package::file(krate)? + "\n"),
            Self::Rustfmt => text("rustfmt.toml", package::RUSTFMT.to_owned()),
            Self::Root => rust_text("src/lib.rs", root::file(krate)?),
            Self::Client => rust_text("src/client.rs", client::file(krate)?),
            Self::Quickstart => text("examples/quickstart.rs", root::quickstart(krate)),
            Self::Smoke => rust_text("examples/smoke.rs", tests::smoke::file(krate)?),
            Self::Mock => rust("src/mock.rs".to_owned(), tests::mock::file(krate)),
            Self::Harness => rust_text("tests/wire/main.rs", tests::harness::file(krate)?),
            Self::Wire(id, name) => rust(format!("tests/wire/{name}.rs"), tests::wire::file(krate, *id)),
            Self::Credentials => optional("tests/wire/credentials.rs", tests::credentials::file(krate)),
            Self::Failures => optional("tests/wire/failures.rs", tests::failures::file(krate)),
            Self::Errors => rust("src/errors.rs".to_owned(), errors::file(krate)),
            Self::Models => rust("src/models/mod.rs".to_owned(), models::module(krate)),
            Self::Model(file) => rust(format!("src/models/{}.rs", file.module), models::file(krate, file)),
            Self::Groups => rust("src/api/mod.rs".to_owned(), groups::root(krate)),
            Self::Group(id) => rust(format!("{}/mod.rs", folder(krate, *id)), groups::file(krate, *id)),
            Self::Operation(id) => {
                let operation = &krate[*id];
                let path = format!("{}/{}.rs", folder(krate, operation.group), operation.names.method);
                rust(path, operations::file(krate, *id))
            }
            Self::Runtime(module) => text(&format!("src/runtime/{}", module.path), module.text(&krate.runtime)),
        })
    }
}

/// Returns the folder of a group.
fn folder(krate: &Crate, id: GroupId) -> String {
    let steps: Vec<&str> = krate[id].path.iter().map(Ident::as_str).collect();
    format!("src/api/{}", steps.join("/"))
}
