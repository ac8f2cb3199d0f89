//! Where a document comes from.

use std::path::{Path, PathBuf};

use crate::bundle::{Disk, Loader, NoFiles};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place};
use crate::load::SourceMap;
use crate::net::{self, Net};

/// Where a document comes from: a file, standard input, the network or memory.
#[derive(Clone, Debug)]
pub struct Input(Kind);

#[derive(Clone, Debug)]
enum Kind {
    /// A file; `-` is standard input.
    Path(PathBuf),
    /// An http or https URL.
    Url(String),
    /// A text with the name that messages give it.
    Text { name: String, text: String },
    /// What a program holds, and why it has no text.
    Broken(String),
}

impl Input {
    /// A file, YAML or JSON; `-` is standard input. Relative references in it start from its folder.
    pub fn from_path(path: impl Into<PathBuf>) -> Self {
        Self(Kind::Path(path.into()))
    }

    /// An http or https URL of a text, YAML or JSON. Relative references in it start from there. It is only fetched where
    /// that is allowed: by `--allow-net`, or by [`Generator::allow_net`](crate::Generator::allow_net).
    pub fn from_url(url: impl Into<String>) -> Self {
        Self(Kind::Url(url.into()))
    }

    /// A path or URL, as people name documents.
    pub(crate) fn named(name: &Path) -> Self {
        match name.to_str() {
            Some(url) if net::is_url(url) => Self::from_url(url),
            Some(_) | None => Self::from_path(name),
        }
    }

    /// A text, YAML or JSON. `name` is what messages call it. It cannot refer to other files.
    pub fn from_text(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self(Kind::Text {
            name: name.into(),
            text: text.into(),
        })
    }

    /// A document that the program holds already, such as Dropshot and aide make it.
    pub fn from_openapi(document: &openapiv3::OpenAPI) -> Self {
        // As JSON text it takes the same way as any other document; places in messages are places in that text.
        match serde_json::to_string_pretty(document) {
            Ok(text) => Self::from_text("openapi.json", text),
            Err(error) => Self(Kind::Broken(error.to_string())),
        }
    }

    /// Whether this is the file at a path, however both are spelt.
    pub fn is_file(&self, path: &Path) -> bool {
        match &self.0 {
            Kind::Path(own) => own
                .canonicalize()
                .ok()
                .is_some_and(|own| path.canonicalize().is_ok_and(|path| own == path)),
            Kind::Url(_) | Kind::Text { .. } | Kind::Broken(_) => false,
        }
    }

    /// Its URL, if it is in the network.
    pub(super) fn url(&self) -> Option<&str> {
        match &self.0 {
            Kind::Url(url) => Some(url),
            Kind::Path(_) | Kind::Text { .. } | Kind::Broken(_) => None,
        }
    }

    /// Loads the document as the first file of a new map. What is not allowed is not fetched, and not reported here.
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
            Kind::Broken(why) => {
                let message = format!("this `openapiv3::OpenAPI` cannot be written as JSON: {why}");
                diagnostics.push(Diagnostic::new(Code::Unreadable, None, message));
            }
        }
        sources
    }

    /// Where the files come from that the document refers to.
    pub(super) fn loader(&self, allow_net: bool) -> Box<dyn Loader> {
        match &self.0 {
            Kind::Path(_) if allow_net => Box::new(Online::new(None)),
            Kind::Url(url) if allow_net => Box::new(Online::new(Some(url))),
            Kind::Path(_) => Box::new(Disk),
            Kind::Url(_) | Kind::Text { .. } | Kind::Broken(_) => Box::new(NoFiles),
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
            let message = format!("cannot read `{url}`: {reason}");
            let help = "look at it with a browser, or name a copy of it on disk";
            diagnostics.push(Diagnostic::new(Code::Unreadable, Place::File(file), message).help(help));
        }
    }
}

/// Files on disk and in the network.
struct Online {
    net: Net,
    /// Whether the document is from the network: then no file of this machine is any business of it.
    document: bool,
}

impl Online {
    fn new(document: Option<&str>) -> Self {
        Self {
            net: Net::new(document),
            document: document.is_some(),
        }
    }
}

impl Loader for Online {
    fn load(&self, path: &str) -> Result<Vec<u8>, String> {
        if net::is_url(path) {
            Ok(self.net.fetch(path)?.bytes)
        } else if self.document || path.contains("://") {
            Err("a file of the network cannot refer to files on this machine".to_owned())
        } else {
            Disk.load(path)
        }
    }

    fn reaches_network(&self) -> bool {
        true
    }
}
