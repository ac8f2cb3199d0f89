//! Errors and warnings of the parsers, located by byte offset.

use super::tree::Extent;
use crate::diagnostics::Code;

/// An error or a warning about a text.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) code: Code,
    /// The byte offset.
    pub(super) at: usize,
    pub(super) message: String,
    /// A related offset, and a label for it.
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
        Self::new(Code::Syntax, at, message).help(Code::Syntax.help())
    }

    pub(super) fn too_deep(at: usize) -> Self {
        let message = format!("values are nested deeper than {} levels", super::builder::MAX_DEPTH);
        Self::new(Code::TooDeep, at, message)
    }

    pub(super) fn too_large() -> Self {
        Self::new(Code::Unreadable, 0, "the file is larger than 256 MiB")
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
            "the alias is inside the value that it refers to; it is read as null",
        )
    }

    pub(super) fn alias_of_skipped(at: usize) -> Self {
        Self::new(
            Code::ComplexKey,
            at,
            "the alias refers to a value in an entry that is skipped; it is read as null",
        )
        .help("move the anchor to a value that is not in a key")
    }

    pub(super) fn complex_key(at: usize) -> Self {
        Self::new(
            Code::ComplexKey,
            at,
            "a key is an array or object; the entry is skipped",
        )
        .help("put the key in quotes if it is meant as text")
    }

    pub(super) fn second_document(at: usize) -> Self {
        Self::new(
            Code::SecondDocument,
            at,
            "the file contains a second YAML document; it is skipped",
        )
    }

    pub(super) fn duplicate_key(key: &str, lost: Extent, won: Extent) -> Self {
        let message = format!("duplicate key `{key}`; the last value is used");
        let mut finding = Self::new(Code::DuplicateKey, won.start as usize, message);
        finding.label = Some((lost.start as usize, "this one is ignored"));
        finding
    }

    pub(super) fn not_strict_json(at: usize, why: &str) -> Self {
        Self::new(Code::NotStrictJson, at, format!("{why}; the file is read as YAML"))
            .help("fix the syntax, or rename the file to `.yaml`")
    }

    pub(super) fn tabs(at: usize) -> Self {
        Self::new(
            Code::Tabs,
            at,
            "YAML does not allow a tab here; tabs are read as spaces",
        )
        .help("replace the tabs with spaces")
    }

    pub(super) fn not_indented(at: usize) -> Self {
        Self::new(
            Code::NotIndented,
            at,
            "a line inside brackets or quotes is not indented; it is read as an indented line",
        )
        .help("indent the line more deeply than the key before the bracket or quote")
    }

    pub(super) fn not_utf8(at: usize) -> Self {
        Self::new(
            Code::NotUtf8,
            at,
            "the file is not valid UTF-8; invalid bytes are replaced with \u{fffd}",
        )
        .help("save the file as UTF-8")
    }
}
