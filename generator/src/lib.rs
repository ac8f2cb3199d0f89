//! Generates Rust SDK crates from OpenAPI documents.
//!
//! [`Generator`] runs the same pipeline as the `sdkwright` program: it loads a document, applies overlays, resolves references, plans
//! a crate, and writes its files. It is meant for build scripts, `xtask` programs and tests.
//!
//! ```
//! use sdkwright::{Generator, Input};
//!
//! // 1. The document: a file, a URL, or text.
//! let document = r##"
//! openapi: 3.1.0
//! info: { title: Pets, version: 1.0.0 }
//! servers: [{ url: https://pets.example.com }]
//! paths:
//!   /pets/{id}:
//!     get:
//!       operationId: getPet
//!       tags: [Pets]
//!       parameters:
//!         - { name: id, in: path, required: true, schema: { type: string } }
//!       responses:
//!         "200":
//!           description: A pet.
//!           content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } }
//! components:
//!   schemas:
//!     Pet: { type: object, required: [name], properties: { name: { type: string } } }
//! "##;
//! let input = Input::from_text("pets.yaml", document);
//!
//! // 2. The pipeline: load, overlay, bundle, read, lower, plan, emit, format, write.
//! let folder = tempfile::tempdir()?;
//! let generator = Generator::new(input).name("pets").out_dir(folder.path().join("pets"));
//! let report = generator.generate()?;
//!
//! // 3. The result: files in the folder, and a report of what they contain.
//! assert_eq!((report.operations, report.models), (1, 1));
//! assert!(report.files["src/models/pet.rs"].contains("pub struct Pet"));
//! assert!(report.warnings.is_empty());
//!
//! // A second run changes nothing, and a check finds no difference.
//! assert!(generator.generate()?.outcome.written.is_empty());
//! generator.check()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bundle;
#[doc(hidden)] // The program is a separate crate that calls only `cli::main`.
pub mod cli;
mod config;
mod diagnostics;
mod diff;
mod doctor;
#[allow(dead_code, reason = "the data model is complete, also where no stage reads a value")]
mod document;
mod emit;
mod format;
mod generator;
mod import;
mod init;
#[allow(dead_code, reason = "the data model is complete, also where no stage reads a value")]
mod ir;
mod json;
#[allow(dead_code, reason = "the data model is complete, also where no stage reads a value")]
mod krate;
mod load;
mod lower;
mod markdown;
mod module;
mod net;
mod overlay;
mod pages;
mod plan;
mod read;
mod session;
mod wire;
mod write;

pub use config::{
    CursorRule, DeepObjects, DiagnosticRule, EqualComponents, Level, LinkRule, Naming, OffsetRule, PageRule,
    PaginationRule, Select, Settings, Unused, UrlRule,
};
pub use generator::{Error, Generator, Module, Report};
pub use session::Input;
pub use write::{Files, Outcome};

/// The parser with positions, for the tests of this repository, which count the operations of a document independently of the read
/// stage.
#[doc(hidden)]
pub mod internals {
    pub use crate::diagnostics::{Diagnostics, FileId};
    pub use crate::load::{Node, SourceMap, Value};
}
