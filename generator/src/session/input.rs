//! Where a document comes from.

use std::path::{Path, PathBuf};

use crate::bundle::{Disk, Loader, NoFiles};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::source::SourceMap;

/// Where a document comes from: a file, standard input or memory.
#[derive(Clone, Debug)]
pub struct Input(Kind);

#[derive(Clone, Debug)]
enum Kind {
    /// A file; `-` is standard input.
    Path(PathBuf),
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
            Kind::Text { .. } | Kind::Broken(_) => false,
        }
    }

    /// Loads the document as the first file of a new map.
    pub(super) fn load(&self, diagnostics: &mut Diagnostics) -> SourceMap {
        let mut sources = SourceMap::new();
        match &self.0 {
            Kind::Path(path) => {
                sources.load(path, diagnostics);
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
    pub(super) fn loader(&self) -> &'static dyn Loader {
        match self.0 {
            Kind::Path(_) => &Disk,
            Kind::Text { .. } | Kind::Broken(_) => &NoFiles,
        }
    }
}
