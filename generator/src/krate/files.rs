//! The files of a crate.

use super::{ErrorId, GroupId, ModelId, OperationId};

/// A file of the crate.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// The path in the crate, with `/` as separator.
    pub path: String,
    /// What the file contains.
    pub kind: FileKind,
}

/// What a file contains. `emit` prints everything except pages.
#[derive(Clone, Debug, PartialEq)]
pub enum FileKind {
    /// `Cargo.toml`
    Package,
    /// `rustfmt.toml`
    Rustfmt,
    /// The root of the library.
    Root,
    /// The client and its builder.
    Client,
    /// The example that makes the first call.
    Quickstart,
    /// The example that calls every operation.
    Smoke,
    /// The mock server.
    Mock,
    /// The helpers of the wire tests.
    TestHelpers,
    /// The wire tests of a group.
    WireTests(GroupId),
    /// The tests of token renewal.
    TokenTests,
    /// The tests of retries and failures, which call this operation.
    FailureTests(OperationId),
    /// The security requirements.
    Security,
    /// The error enums.
    Errors,
    /// The getters of documented response headers.
    Headers,
    /// The links of responses.
    Links,
    /// The form of models in XML.
    Xml,
    /// The webhook events and the verification of their signatures.
    Webhooks,
    /// The root of the models.
    Models,
    /// The model file with this index in [`Crate::model_files`](super::Crate::model_files).
    ModelFile(usize),
    /// The root of the groups.
    Groups,
    /// A group.
    Group(GroupId),
    /// An operation.
    Operation(OperationId),
    /// A file of the runtime.
    Runtime {
        /// The source file.
        module: RuntimeModule,
        /// The modules that the file must not declare, because the crate does not have them.
        omitted: Vec<String>,
    },
    /// The modules that show the guides in rustdoc.
    GuideModules,
    /// The module that runs the examples of the pages as doctests.
    Doctests,
    /// A Markdown page.
    Page(PageKind),
}

/// A source file of the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuntimeModule {
    /// The path below `src/runtime/`.
    pub path: &'static str,
    /// The source.
    pub text: &'static str,
}

/// A Markdown page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageKind {
    /// The README of the crate.
    Readme,
    /// The list of all pages.
    Index,
    /// The list of errors.
    Errors,
    /// The list of models.
    Models,
    /// A guide.
    Guide(GuideKind),
    /// A group of operations.
    Group(GroupId),
    /// A model.
    Model(ModelId),
    /// An error enum.
    Error(ErrorId),
}

/// The topic of a guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuideKind {
    /// Credentials.
    Authentication,
    /// Servers and base URLs.
    Servers,
    /// Pagination.
    Pagination,
    /// Long-running operations.
    Polling,
    /// Webhooks.
    Webhooks,
    /// Retries and timeouts.
    Retries,
    /// Everything else about calls.
    Calls,
    /// The types of models and fields.
    Values,
}

/// A guide.
#[derive(Clone, Debug, PartialEq)]
pub struct Guide {
    /// The topic.
    pub kind: GuideKind,
    /// The file name without its extension, which is also the name of the module with the guide.
    pub stem: &'static str,
    /// The heading.
    pub title: &'static str,
    /// The description in lists of guides.
    pub about: &'static str,
    /// The Cargo feature that its examples need.
    pub feature: Option<&'static str>,
}

impl Guide {
    /// Returns the path of the page.
    pub fn path(&self) -> String {
        format!("docs/{}.md", self.stem)
    }
}

/// A page whose Rust examples are doctests.
#[derive(Clone, Debug, PartialEq)]
pub struct Doctest {
    /// The name of the module that contains the page.
    pub module: String,
    /// The path of the page.
    pub path: String,
    /// The Cargo feature that its examples need.
    pub feature: Option<&'static str>,
}
