//! Renders the files of a planned crate.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rayon::slice::ParallelSliceMut as _;

use crate::diagnostics::{Code, Diagnostic};
use crate::emit::{self, Content, Rendered};
use crate::format::{self, Formatter, Unparsable};
use crate::krate::Crate;
use crate::pages;
use crate::write::{self, Entry, Files, Target};

/// What happens to each rendered file. A file is processed as soon as it is rendered, so that a large crate is never in memory as
/// a whole.
pub(super) struct Output {
    /// The folder that it is compared with.
    pub(super) target: Option<Target>,
    /// Whether its text is kept.
    pub(super) keep_texts: bool,
}

/// The rendered files.
pub(super) struct RenderedFiles {
    /// The texts by path, if they are kept.
    pub(super) texts: Files,
    /// The comparisons with the target by path, if there is one.
    pub(super) compared: BTreeMap<String, Result<Entry, Diagnostic>>,
    /// The SHA-256 of each file that the manifest lists: all files except the manifest and the changelog.
    pub(super) hashes: BTreeMap<String, String>,
    /// The number of files.
    pub(super) count: usize,
    /// The share of the format stage in the elapsed time.
    pub(super) format_time: Duration,
}

impl RenderedFiles {
    /// Adds a file that the manifest does not list.
    pub(super) fn add_unlisted(&mut self, path: &str, text: String, output: &Output) {
        self.count += 1;
        let entry = output.target.as_ref().map(|target| target.compare(path, &text));
        self.compared.extend(entry.map(|entry| (path.to_owned(), entry)));
        if output.keep_texts {
            self.texts.insert(path.to_owned(), text);
        }
    }

    /// Sorts files by path. Returns an error if two have the same one.
    fn new(mut files: Vec<RenderedFile>) -> Result<Self, Diagnostic> {
        files.par_sort_unstable_by(|one, other| one.path.cmp(&other.path));
        if let Some(pair) = files.windows(2).find(|pair| pair[0].path == pair[1].path) {
            return Err(internal_error(format!("two files have the path `{}`", pair[0].path)));
        }
        let entries = files.iter_mut();
        let compared = entries.filter_map(|file| Some((file.path.clone(), file.entry.take()?)));
        let compared = compared.collect();
        let texts = files.iter_mut();
        let texts = texts.filter_map(|file| Some((file.path.clone(), file.text.take()?)));
        let texts = texts.collect();
        Ok(Self {
            texts,
            compared,
            count: files.len(),
            hashes: files.into_iter().map(|file| (file.path, file.hash)).collect(),
            format_time: Duration::ZERO,
        })
    }
}

/// Renders and formats the files of a crate, except the manifest, in parallel. `copied` are files that are added unchanged.
///
/// An error is a bug of the generator, regardless of the document.
pub(super) fn files(krate: &Crate, copied: &Files, output: &Output) -> Result<RenderedFiles, Diagnostic> {
    let (count, members) = emit::all_shared_members(krate);
    let formatter = Formatter::new(count, members).map_err(internal_error)?;
    let format_nanos = AtomicU64::new(0);
    let finish = |rendered| {
        let start = Instant::now();
        let (path, text) = format_file(&formatter, rendered)?;
        let nanos = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        format_nanos.fetch_add(nanos, Ordering::Relaxed);
        Ok(RenderedFile::new(path, text, output))
    };
    let (sources, pages) = rayon::join(
        || emit::emit(krate, finish).map_err(internal_error),
        || pages::render(krate, |page| finish(Rendered::from_text(page))).map_err(internal_error),
    );
    let rendered = sources?.into_iter().chain(pages?);
    let rendered: Result<Vec<RenderedFile>, Unparsable> = rendered.collect();
    let mut rendered = rendered.map_err(internal_error)?;
    let copied = copied.iter();
    rendered.extend(copied.map(|(path, text)| RenderedFile::new(path.clone(), text.clone(), output)));
    let mut files = RenderedFiles::new(rendered)?;
    // Each thread formats its files right after rendering them, so its time counts in proportion.
    let threads = u64::try_from(rayon::current_num_threads()).unwrap_or(1).max(1);
    files.format_time = Duration::from_nanos(format_nanos.into_inner() / threads);
    Ok(files)
}

/// A rendered file.
struct RenderedFile {
    path: String,
    /// The SHA-256 of the text.
    hash: String,
    /// The text, if it is kept.
    text: Option<String>,
    /// The comparison with the target, if there is one.
    entry: Option<Result<Entry, Diagnostic>>,
}

impl RenderedFile {
    fn new(path: String, text: String, output: &Output) -> Self {
        Self {
            hash: write::sha256(text.as_bytes()),
            entry: output.target.as_ref().map(|target| target.compare(&path, &text)),
            // A copy has no unused capacity, which is up to half of a text that was written piece by piece.
            text: output.keep_texts.then(|| text.as_str().to_owned()),
            path,
        }
    }
}

/// Returns the path and the text of a file.
fn format_file(formatter: &Formatter, rendered: Rendered) -> Result<(String, String), Unparsable> {
    let Rendered { path, content } = rendered;
    let text = match content {
        Content::Rust(file) => formatter.items(&path, &file.head, file.items)?,
        Content::RustText(text) => formatter.source(&path, &text)?,
        Content::Text(text) => text,
    };
    Ok((path, format::replace_invisible(text)))
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
        let formatter = Formatter::new(0, |_| TokenStream::new()).expect("valid Rust");
        let error = format_file(&formatter, rendered).map_err(internal_error);
        let diagnostic = error.expect_err("an error");
        assert_eq!(diagnostic.code.id(), "E0901");
        assert!(diagnostic.message.contains("src/lib.rs"), "{}", diagnostic.message);
    }
}
