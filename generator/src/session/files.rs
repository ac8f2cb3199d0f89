//! From a planned crate to its files.

use std::collections::BTreeMap;
use std::fmt::Display;

use crate::diagnostics::{Code, Diagnostic};
use crate::emit::{self, Content, Rendered};
use crate::format::{self, Unparsable};
use crate::krate::Crate;
use crate::write::{self, Files, MANIFEST};

/// The files of a crate, the manifest among them. Each is rendered and laid out by a worker of its own.
///
/// An error is a mistake of this generator, whatever the document.
pub(super) fn files(krate: &Crate) -> Result<Files, Diagnostic> {
    let (mut files, mut hashes) = (Files::new(), BTreeMap::new());
    for laid_out in emit::emit(krate, lay_out).map_err(bug)? {
        let LaidOut { path, text, hash } = laid_out.map_err(bug)?;
        if hashes.insert(path.clone(), hash).is_some() {
            return Err(bug(format!("there are two files `{path}`")));
        }
        files.insert(path, text);
    }
    let manifest = write::manifest(&krate.manifest, &hashes);
    files.insert(MANIFEST.to_owned(), manifest);
    Ok(files)
}

/// A file as it is written.
struct LaidOut {
    path: String,
    text: String,
    /// The SHA-256 of the text.
    hash: String,
}

fn lay_out(rendered: Rendered) -> Result<LaidOut, Unparsable> {
    let Rendered { path, content } = rendered;
    let text = match content {
        Content::Rust(file) => format::items(&path, &file.head, file.items)?,
        Content::RustText(text) => format::text(&path, &text)?,
        Content::Text(text) => text,
    };
    let hash = write::sha256(text.as_bytes());
    Ok(LaidOut { path, text, hash })
}

fn bug(what: impl Display) -> Diagnostic {
    Diagnostic::new(Code::InternalError, None, format!("sdkwright has a bug: {what}"))
        .help("please report it, with the document or the part of it that leads here")
}
