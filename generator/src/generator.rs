//! The entrance for programs: build scripts, tests, other tools.
//!
//! In: an [`Input`] and how the crate presents itself. Out: a [`Report`], or an [`Error`] that reads as the command line's
//! messages do. The same pipeline as the program's, and the same bytes.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use crate::config::{Settings, name_error};
use crate::diagnostics::{Severity, render};
use crate::session::{self, Input, Job, Mode, Options, Run};
use crate::write::{Files, Outcome};

/// Makes the SDK of one document.
///
/// ```
/// use sdkwright::{Generator, Input};
///
/// let document = r#"
/// openapi: 3.0.3
/// info: { title: Pets, version: 1.0.0 }
/// paths:
///   /pets:
///     get:
///       operationId: listPets
///       responses:
///         "204": { description: There are no pets. }
/// "#;
/// let report = Generator::new(Input::from_text("pets.yaml", document)).name("pets").render()?;
/// assert_eq!(report.operations, 1);
/// assert!(report.files.contains_key("src/lib.rs"));
/// # Ok::<(), sdkwright::Error>(())
/// ```
///
/// A build script gives a folder and writes:
///
/// ```no_run
/// use sdkwright::{Generator, Input};
///
/// let report = Generator::new(Input::from_path("spec/petstore.yaml")).out_dir("sdks/petstore").generate()?;
/// for file in &report.inputs {
///     println!("cargo::rerun-if-changed={file}");
/// }
/// # Ok::<(), sdkwright::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is made before `generate`, `check` or `render` is called"]
pub struct Generator {
    input: Input,
    overlays: Vec<PathBuf>,
    name: Option<String>,
    out: PathBuf,
    settings: Settings,
    deny_warnings: bool,
    allow_net: bool,
}

impl Generator {
    /// For a document.
    pub fn new(input: Input) -> Self {
        Self {
            input,
            overlays: Vec::new(),
            name: None,
            out: PathBuf::new(),
            settings: Settings::default(),
            deny_warnings: false,
            allow_net: false,
        }
    }

    /// Lays an overlay, a file, over the document; several in the order of the calls.
    pub fn overlay(mut self, path: impl Into<PathBuf>) -> Self {
        self.overlays.push(path.into());
        self
    }

    /// The name of the crate; that of the folder where none is given.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The folder of the crate.
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out = folder.into();
        self
    }

    /// How the crate presents itself, and the rules that its document needs.
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// Takes warnings for errors.
    pub fn deny_warnings(mut self, deny: bool) -> Self {
        self.deny_warnings = deny;
        self
    }

    /// Allows that the document, and what it refers to, is fetched from http and https URLs. Files that the document refers to
    /// may be on the machine that it is from, and on any of the public network.
    pub fn allow_net(mut self, allow: bool) -> Self {
        self.allow_net = allow;
        self
    }

    /// Writes the crate into its folder. Files that are as they should be are not touched.
    ///
    /// # Errors
    ///
    /// The document cannot be read, something is in the way in the folder, or it cannot be written. Nothing is written then.
    pub fn generate(&self) -> Result<Report, Error> {
        self.run(Mode::Write)
    }

    /// Looks whether the folder holds what [`Generator::generate`] writes.
    ///
    /// # Errors
    ///
    /// As `generate`; and where the folder differs, in which case the error shows the difference.
    pub fn check(&self) -> Result<Report, Error> {
        self.run(Mode::Check)
    }

    /// Makes the files in memory, and touches no folder.
    ///
    /// # Errors
    ///
    /// The document cannot be read.
    pub fn render(&self) -> Result<Report, Error> {
        self.run(Mode::Render)
    }

    fn run(&self, mode: Mode) -> Result<Report, Error> {
        let folder = self.out.file_name().unwrap_or_default().to_string_lossy();
        let name = self.name.as_deref().unwrap_or(&folder);
        if let Some(flaw) = name_error(name) {
            return Err(Error {
                messages: vec![format!("`{name}` cannot be the name of a crate: it {flaw}")],
            });
        }
        if mode != Mode::Render && self.out.as_os_str().is_empty() {
            return Err(Error {
                messages: vec!["no folder is given: call `out_dir`".to_owned()],
            });
        }
        let mut job = Job::new(name, self.input.clone(), &self.out).with_settings(self.settings.clone());
        job.allow_net = self.allow_net;
        job.overlays.clone_from(&self.overlays);
        Report::of(session::generate(
            &job,
            Options {
                mode,
                deny_warnings: self.deny_warnings,
            },
        ))
    }
}

/// An SDK that was made.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Report {
    /// How many operations it has.
    pub operations: usize,
    /// How many models it has.
    pub models: usize,
    /// All its files, by their paths in the folder.
    pub files: Files,
    /// What was done to the folder; nothing where the files stayed in memory.
    pub outcome: Outcome,
    /// The files that were read from disk: the document and those that it refers to.
    pub inputs: Vec<String>,
    /// What was degraded, as messages.
    pub warnings: Vec<String>,
    /// How long each stage took, in their order.
    pub stages: Vec<(&'static str, Duration)>,
}

impl Report {
    fn of(mut run: Run) -> Result<Self, Error> {
        let told = |run: &Run, least: Severity| -> Vec<String> {
            let told = run.diagnostics.iter().filter(|diagnostic| diagnostic.severity >= least);
            told.map(|diagnostic| render::human(diagnostic, run)).collect()
        };
        let Some(sdk) = run.sdk.take() else {
            return Err(Error {
                messages: told(&run, Severity::Error),
            });
        };
        if !sdk.drift.is_empty() {
            let message = format!(
                "the folder of `{}` differs from what sdkwright writes now:\n{}",
                run.name, sdk.drift
            );
            return Err(Error {
                messages: vec![message],
            });
        }
        let (inputs, warnings) = (run.inputs(), told(&run, Severity::Warning));
        let session::Sdk {
            operations,
            models,
            files,
            outcome,
            ..
        } = sdk;
        Ok(Self {
            operations,
            models,
            files,
            outcome,
            inputs,
            warnings,
            stages: run.stages,
        })
    }
}

/// Why there is no SDK.
#[derive(Clone, Debug)]
pub struct Error {
    messages: Vec<String>,
}

impl Error {
    /// Everything that is wrong, each with its place and the next step.
    pub fn messages(&self) -> &[String] {
        &self.messages
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.messages.join("\n").trim_end())
    }
}

impl std::error::Error for Error {}
