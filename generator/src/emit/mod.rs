//! Rendering of the files of a crate.
//!
//! In: [`Crate`], which holds every decision. Out: each file, passed to `finish` on a worker thread: Rust as tokens that
//! `format` lays out, all other files as text. One function per kind of file. `rust` has the library, `tests` its wire tests
//! and mock server. The Markdown pages are rendered by `pages`.

mod example_tokens;
mod rust;
mod shared_members;
mod tests;
mod tokens;

#[cfg(test)]
mod snapshots;

use std::borrow::Cow;

use proc_macro2::TokenStream;
use rayon::prelude::*;

use crate::krate::{Crate, FileKind, LINE_WIDTH};
use crate::markdown;
use rust::{
    client, errors, groups, headers, links, models, operations, package, root, runtime, security, webhooks, xml,
};

pub use shared_members::all as all_shared_members;

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
            head: markdown::wrap(&head, LINE_WIDTH - 4)
                .into_iter()
                .map(Cow::into_owned)
                .collect(),
            items,
        }
    }
}

/// Renders every file of a crate except its pages, in parallel, and passes each to `finish`.
///
/// # Errors
/// Fails if a template cannot be rendered, which indicates a bug in the generator.
pub fn emit<T: Send>(krate: &Crate, finish: impl Fn(Rendered) -> T + Sync) -> askama::Result<Vec<T>> {
    let rendered = krate.files_in_parallel().filter_map(|file| {
        let content = content(krate, &file.kind).transpose()?;
        let rendered = |content| Rendered {
            path: file.path.clone(),
            content,
        };
        Some(content.map(|content| finish(rendered(content))))
    });
    rendered.collect()
}

/// Returns the content of a file; `None` if `pages` renders it.
fn content(krate: &Crate, kind: &FileKind) -> askama::Result<Option<Content>> {
    Ok(Some(match kind {
        FileKind::Package => Content::Text(package::file(krate)? + "\n"),
        FileKind::Rustfmt => Content::Text(package::RUSTFMT.to_owned()),
        FileKind::Root => Content::RustText(root::file(krate)?),
        FileKind::Client => Content::RustText(client::file(krate)?),
        FileKind::Quickstart => Content::Text(root::quickstart(krate)),
        FileKind::Smoke => Content::RustText(tests::smoke::file(krate)?),
        FileKind::Mock => Content::Rust(tests::mock::file(krate)),
        FileKind::TestHelpers => Content::RustText(tests::harness::file(krate)?),
        FileKind::WireTests(id) => Content::Rust(tests::wire::file(krate, *id)),
        FileKind::TokenTests => Content::Rust(tests::credentials::file(krate)),
        FileKind::FailureTests(id) => Content::Rust(tests::failures::file(krate, *id)),
        FileKind::Security => Content::Rust(security::file(krate)),
        FileKind::GuideModules | FileKind::Doctests | FileKind::Page(_) => return Ok(None),
        FileKind::Errors => Content::Rust(errors::file(krate)),
        FileKind::Headers => Content::Rust(headers::file(krate)),
        FileKind::Links => Content::Rust(links::file(krate)),
        FileKind::Xml => Content::Rust(xml::file(krate)),
        FileKind::Webhooks => Content::Rust(webhooks::file(krate)),
        FileKind::Models => Content::Rust(models::module(krate)),
        FileKind::ModelFile(index) => Content::Rust(models::file(krate, &krate.model_files[*index])),
        FileKind::Groups => Content::Rust(groups::root(krate)),
        FileKind::Group(id) => Content::Rust(groups::file(krate, *id)),
        FileKind::Operation(id) => Content::Rust(operations::file(krate, *id)),
        FileKind::Runtime { module, omitted } => Content::Text(runtime::text(*module, omitted)),
    }))
}
