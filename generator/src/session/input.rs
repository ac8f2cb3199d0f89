//! The sources of a document.

use std::path::{Path, PathBuf};

use super::git;
use crate::bundle::{Disk, Loader, NoFiles};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place};
use crate::load::SourceMap;
use crate::net::Net;
use crate::wire::url;

/// The source of a document: a file, standard input, a URL or memory.
#[derive(Clone, Debug)]
pub struct Input(Kind);

#[derive(Clone, Debug)]
enum Kind {
    /// A file; `-` is standard input.
    Path(PathBuf),
    /// An http or https URL.
    Url(String),
    /// A text, with its name in diagnostics.
    Text { name: String, text: String },
    /// A file of a git revision, as the name of the object.
    Git(String),
    /// A document that cannot be serialized, with the reason.
    Unserializable(String),
}

impl Input {
    /// Creates an input from a YAML or JSON file, or from standard input for `-`. Relative references start at its folder.
    pub fn from_path(path: impl Into<PathBuf>) -> Self {
        Self(Kind::Path(path.into()))
    }

    /// Creates an input from an http or https URL of a YAML or JSON text. Relative references start at the URL. It is fetched
    /// only if [`Generator::allow_net`](crate::Generator::allow_net) is set.
    pub fn from_url(url: impl Into<String>) -> Self {
        Self(Kind::Url(url.into()))
    }

    /// Creates an input from an argument of the command line: a path, a URL, or a file of a git revision.
    pub(crate) fn from_argument(name: &Path) -> Self {
        match name.to_str() {
            Some(url) if url::is_url(url) => Self::from_url(url),
            Some(text) if !name.exists() => match git::object(text) {
                Some(object) => Self(Kind::Git(object)),
                None => Self::from_path(name),
            },
            Some(_) | None => Self::from_path(name),
        }
    }

    /// Creates an input from a YAML or JSON text. Diagnostics use `name` as its path. It cannot refer to other files.
    pub fn from_text(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self(Kind::Text {
            name: name.into(),
            text: text.into(),
        })
    }

    /// Creates an input from a document in memory, such as one from Dropshot or aide.
    pub fn from_openapi(document: &openapiv3::OpenAPI) -> Self {
        // The JSON text is processed like any other document, so diagnostics show positions in that text.
        match serde_json::to_string_pretty(document) {
            Ok(text) => Self::from_text("openapi.json", text),
            Err(error) => Self(Kind::Unserializable(error.to_string())),
        }
    }

    /// Returns the path of the document, if it is a file.
    pub fn file(&self) -> Option<&Path> {
        match &self.0 {
            // Standard input.
            Kind::Path(path) if path == Path::new("-") => None,
            Kind::Path(path) => Some(path),
            Kind::Url(_) | Kind::Text { .. } | Kind::Git(_) | Kind::Unserializable(_) => None,
        }
    }

    /// Returns whether this is the file at a path, after resolving both paths.
    pub fn is_file(&self, path: &Path) -> bool {
        match &self.0 {
            Kind::Path(own) => own
                .canonicalize()
                .ok()
                .is_some_and(|own| path.canonicalize().is_ok_and(|path| own == path)),
            Kind::Url(_) | Kind::Text { .. } | Kind::Git(_) | Kind::Unserializable(_) => false,
        }
    }

    /// Returns the URL, if the input is one.
    pub(super) fn url(&self) -> Option<&str> {
        match &self.0 {
            Kind::Url(url) => Some(url),
            Kind::Path(_) | Kind::Text { .. } | Kind::Git(_) | Kind::Unserializable(_) => None,
        }
    }

    /// Loads the document as the first file of a new source map. Without `allow_net`, a URL is neither fetched nor reported.
    pub(super) fn load(&self, allow_net: bool, diagnostics: &mut Diagnostics) -> SourceMap {
        let mut sources = SourceMap::new();
        match &self.0 {
            Kind::Path(path) => {
                sources.load(path, diagnostics);
            }
            Kind::Url(url) if allow_net => fetch(url, &mut sources, diagnostics),
            Kind::Url(url) => {
                sources.add_missing(url);
            }
            Kind::Text { name, text } => {
                sources.add(name, text.as_str(), diagnostics);
            }
            Kind::Git(object) => match git::show(object) {
                Ok(bytes) => {
                    sources.add(object, bytes, diagnostics);
                }
                Err(reason) => {
                    let file = sources.add_missing(object);
                    let message = format!("cannot read `{object}` from git: {reason}");
                    let help = "pass REVISION:PATH, with a path relative to the current folder";
                    diagnostics.push(Diagnostic::new(Code::Unreadable, Place::File(file), message).help(help));
                }
            },
            Kind::Unserializable(why) => {
                let message = format!("the `openapiv3::OpenAPI` value cannot be serialized: {why}");
                diagnostics.push(Diagnostic::new(Code::Unreadable, None, message));
            }
        }
        sources
    }

    /// Returns the loader of the files that the document refers to.
    pub(super) fn loader(&self, allow_net: bool, allow_outside: bool) -> Box<dyn Loader> {
        let disk = |path: &Path| Disk::new(path, allow_outside);
        match &self.0 {
            Kind::Path(path) if allow_net => Box::new(DiskAndNetwork::new(disk(path), None)),
            Kind::Url(url) if allow_net => Box::new(DiskAndNetwork::new(Disk::default(), Some(url))),
            Kind::Path(path) => Box::new(disk(path)),
            Kind::Git(_) => Box::new(git::Revision),
            Kind::Url(_) | Kind::Text { .. } | Kind::Unserializable(_) => Box::new(NoFiles),
        }
    }
}

/// Fetches a document.
fn fetch(url: &str, sources: &mut SourceMap, diagnostics: &mut Diagnostics) {
    match Net::new(Some(url)).fetch(url) {
        Ok(fetched) => {
            sources.add(&fetched.url, fetched.bytes, diagnostics);
        }
        Err(reason) => {
            let file = sources.add_missing(url);
            let message = format!("cannot read `{}`: {reason}", url::without_secrets(url));
            let help = "check the URL, or download the document and pass the file";
            diagnostics.push(Diagnostic::new(Code::Unreadable, Place::File(file), message).help(help));
        }
    }
}

/// Loads files from disk and from URLs.
struct DiskAndNetwork {
    disk: Disk,
    net: Net,
    /// Whether the document is a URL. Such a document may not read local files.
    document_is_url: bool,
}

impl DiskAndNetwork {
    fn new(disk: Disk, document: Option<&str>) -> Self {
        Self {
            disk,
            net: Net::new(document),
            document_is_url: document.is_some(),
        }
    }
}

impl Loader for DiskAndNetwork {
    fn load(&self, path: &str) -> Result<Vec<u8>, String> {
        if url::is_url(path) {
            Ok(self.net.fetch(path)?.bytes)
        } else if self.document_is_url || path.contains("://") {
            Err("a document from a URL cannot refer to local files".to_owned())
        } else {
            self.disk.load(path)
        }
    }

    fn reaches_network(&self) -> bool {
        true
    }
}
