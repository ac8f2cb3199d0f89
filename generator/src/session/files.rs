//! Renders the files of a planned crate.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::diagnostics::{Code, Diagnostic};
use crate::emit::{self, Content, Rendered};
use crate::format::{self, Formatter, Unparsable};
use crate::krate::Crate;
use crate::pages;
use crate::write::{self, Files};

/// The rendered files.
pub(super) struct RenderedFiles {
    /// The files, except the manifest.
    pub(super) files: Files,
    /// The SHA-256 of each file, for the manifest.
    pub(super) hashes: BTreeMap<String, String>,
    /// The share of the format stage in the elapsed time.
    pub(super) format_time: Duration,
}

/// Renders and formats the files of a crate, except the manifest, in parallel. `copied` are files that are added unchanged.
///
/// An error is a bug of the generator, regardless of the document.
pub(super) fn files(krate: &Crate, copied: &Files) -> Result<RenderedFiles, Diagnostic> {
    let formatter = Formatter::new(emit::shared_members()).map_err(internal_error)?;
    let format_nanos = AtomicU64::new(0);
    let format_timed = |rendered| {
        let start = Instant::now();
        let file = format_file(&formatter, rendered);
        let nanos = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        format_nanos.fetch_add(nanos, Ordering::Relaxed);
        file
    };
    let (sources, pages) = rayon::join(
        || emit::emit(krate, format_timed).map_err(internal_error),
        || pages::render(krate, |page| format_timed(Rendered::from_text(page))).map_err(internal_error),
    );
    let (mut files, mut hashes) = (Files::new(), BTreeMap::new());
    for file in sources?.into_iter().chain(pages?) {
        let FormattedFile { path, text, hash } = file.map_err(internal_error)?;
        if hashes.insert(path.clone(), hash).is_some() {
            return Err(internal_error(format!("two files have the path `{path}`")));
        }
        files.insert(path, text);
    }
    for (path, text) in copied {
        hashes.insert(path.clone(), write::sha256(text.as_bytes()));
        files.insert(path.clone(), text.clone());
    }
    // Each thread formats its files right after rendering them, so its time counts in proportion.
    let threads = u64::try_from(rayon::current_num_threads()).unwrap_or(1).max(1);
    let format_time = Duration::from_nanos(format_nanos.into_inner() / threads);
    Ok(RenderedFiles {
        files,
        hashes,
        format_time,
    })
}

/// A formatted file.
struct FormattedFile {
    path: String,
    text: String,
    /// The SHA-256 of the text.
    hash: String,
}

fn format_file(formatter: &Formatter, rendered: Rendered) -> Result<FormattedFile, Unparsable> {
    let Rendered { path, content } = rendered;
    let text = match content {
        Content::Rust(file) => formatter.items(&path, &file.head, file.items)?,
        Content::RustText(text) => formatter.source(&path, &text)?,
        Content::Text(text) => text,
    };
    let text = format::replace_invisible(text);
    // A copy has no unused capacity, which is up to half of a text that was written piece by piece.
    let text = text.as_str().to_owned();
    let hash = write::sha256(text.as_bytes());
    Ok(FormattedFile { path, text, hash })
}

fn internal_error(what: impl Display) -> Diagnostic {
    Diagnostic::new(
        Code::InternalError,
        None,
        format!("internal error: {what}; this is a bug in sdkwright"),
    )
    .help("please report it, with the part of the document that causes it")
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;

    use super::{Content, Formatter, Rendered, format_file, internal_error};

    #[test]
    fn source_that_does_not_parse_is_an_internal_error() {
        let rendered = Rendered {
            path: "src/lib.rs".to_owned(),
            content: Content::RustText("fn {".to_owned()),
        };
        let formatter = Formatter::new(TokenStream::new()).expect("valid Rust");
        let diagnostic = format_file(&formatter, rendered)
            .map_err(internal_error)
            .err()
            .expect("an error");
        assert_eq!(diagnostic.code.id(), "E0901");
        assert!(diagnostic.message.contains("src/lib.rs"), "{}", diagnostic.message);
    }
}
