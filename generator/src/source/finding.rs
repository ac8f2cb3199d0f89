//! What readers of texts have to say, by byte offset, before there is a map that offsets can become places of.

use super::tree::Extent;
use crate::diagnostics::Code;

/// An error or an oddity in a text.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) code: Code,
    /// The byte offset where it is.
    pub(super) at: usize,
    pub(super) message: String,
    /// Another offset that belongs to it, and what is there.
    pub(super) label: Option<(usize, &'static str)>,
    pub(super) help: Option<&'static str>,
}

impl Finding {
    pub(super) fn new(code: Code, at: usize, message: impl Into<String>) -> Self {
        Self {
            code,
            at,
            message: message.into(),
            label: None,
            help: None,
        }
    }

    fn help(self, help: &'static str) -> Self {
        Self {
            help: Some(help),
            ..self
        }
    }

    pub(super) fn syntax(at: usize, message: &str) -> Self {
        Self::new(Code::Syntax, at, message)
            .help("a document is YAML or JSON; look at the text right before this place")
    }

    pub(super) fn too_deep(at: usize) -> Self {
        let message = format!("values are nested deeper than {} levels", super::builder::MAX_DEPTH);
        Self::new(Code::TooDeep, at, message)
    }

    pub(super) fn too_large() -> Self {
        Self::new(Code::Unreadable, 0, "the file is longer than 1 GiB")
    }

    pub(super) fn too_many_aliases(at: usize) -> Self {
        let limit = super::builder::MAX_REPEATED;
        Self::new(
            Code::TooManyAliases,
            at,
            format!("aliases (`*name`) repeat more than {limit} values"),
        )
    }

    pub(super) fn recursive_alias(at: usize) -> Self {
        Self::new(
            Code::RecursiveAlias,
            at,
            "this alias stands inside the value that it stands for; it becomes null",
        )
    }

    pub(super) fn complex_key(at: usize) -> Self {
        Self::new(
            Code::ComplexKey,
            at,
            "a key can be no array or object; the entry is left out",
        )
        .help("put the key in quotes if it is meant as text")
    }

    pub(super) fn second_document(at: usize) -> Self {
        Self::new(
            Code::SecondDocument,
            at,
            "a second YAML document begins here; only the first is read",
        )
    }

    pub(super) fn duplicate_key(key: &str, lost: Extent, won: Extent) -> Self {
        let message = format!("the key `{key}` stands twice in one object; the last one counts");
        let mut finding = Self::new(Code::DuplicateKey, won.start as usize, message);
        finding.label = Some((lost.start as usize, "this one is ignored"));
        finding
    }

    pub(super) fn not_strict_json(at: usize, why: &str) -> Self {
        Self::new(
            Code::NotStrictJson,
            at,
            format!("this is not strict JSON ({why}); it is read as YAML"),
        )
        .help("mend it, or call the file `.yaml`")
    }

    pub(super) fn tabs(at: usize) -> Self {
        Self::new(
            Code::Tabs,
            at,
            "YAML has no place for a tab here; tabs are read as spaces",
        )
        .help("replace the tabs by spaces")
    }

    pub(super) fn not_utf8(at: usize) -> Self {
        Self::new(
            Code::NotUtf8,
            at,
            "the file is not all UTF-8; bytes that are not become \u{fffd}",
        )
        .help("save the file as UTF-8")
    }
}
