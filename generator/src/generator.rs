//! The library interface, for build scripts, tests and other tools.
//!
//! In: an [`Input`] and settings. Out: a [`Report`], or an [`Error`] with the same messages as the command line. The
//! pipeline and the generated files are the same as those of the program.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::config::{Settings, name_error};
use crate::diagnostics::{Severity, render};
use crate::module::{dependencies, single_module};
use crate::session::{self, Input, Job, Mode, Options, Run};
use crate::write::{Files, Outcome};

/// Generates the SDK of a document.
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
/// An `xtask` program sets the output folder and writes the crate:
///
/// ```no_run
/// use sdkwright::{Generator, Input};
///
/// let report = Generator::new(Input::from_path("spec/petstore.yaml")).out_dir("sdks/petstore").generate()?;
/// println!("{} operations", report.operations);
/// # Ok::<(), sdkwright::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a generator does nothing until `generate`, `check` or `render` is called"]
pub struct Generator {
    input: Input,
    overlays: Vec<PathBuf>,
    name: Option<String>,
    out: PathBuf,
    settings: Settings,
    deny_warnings: bool,
    allow_net: bool,
    allow_outside: bool,
}

impl Generator {
    /// Creates a generator for a document.
    pub fn new(input: Input) -> Self {
        Self {
            input,
            overlays: Vec::new(),
            name: None,
            out: PathBuf::new(),
            settings: Settings::default(),
            deny_warnings: false,
            allow_net: false,
            allow_outside: false,
        }
    }

    /// Applies an overlay file to the document. Several overlays are applied in the order of the calls.
    pub fn overlay(mut self, path: impl Into<PathBuf>) -> Self {
        self.overlays.push(path.into());
        self
    }

    /// Sets the name of the crate. Default: the name of the output folder.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the output folder of the crate.
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out = folder.into();
        self
    }

    /// Sets the settings of the crate.
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// Sets whether warnings are errors.
    pub fn deny_warnings(mut self, deny: bool) -> Self {
        self.deny_warnings = deny;
        self
    }

    /// Sets whether the document and the files that it refers to may be fetched from http and https URLs. A document from a URL
    /// may refer to files on its own host and on public hosts, but not to local files or to hosts in a private network.
    pub fn allow_net(mut self, allow: bool) -> Self {
        self.allow_net = allow;
        self
    }

    /// Allows references to files outside the folder of the document.
    pub fn allow_outside(mut self, allow: bool) -> Self {
        self.allow_outside = allow;
        self
    }

    /// Writes the crate to its folder. Files that are up to date are not touched.
    ///
    /// # Errors
    ///
    /// Returns an error if the document cannot be read, if a file that sdkwright did not write has the path of a generated file,
    /// or if the folder cannot be written. Nothing is written in these cases.
    pub fn generate(&self) -> Result<Report, Error> {
        self.run(Mode::Write)
    }

    /// Checks whether the folder is up to date with what [`Generator::generate`] writes.
    ///
    /// # Errors
    ///
    /// Returns an error in the same cases as `generate`, and if the folder differs. The error then contains the difference.
    pub fn check(&self) -> Result<Report, Error> {
        self.run(Mode::Check)
    }

    /// Generates the files in memory without touching a folder.
    ///
    /// # Errors
    ///
    /// Returns an error if the document cannot be read.
    pub fn render(&self) -> Result<Report, Error> {
        self.run(Mode::Render)
    }

    /// Writes the SDK as one module to `NAME.rs` in a folder, for a build script that includes it. `NAME` is the name of the
    /// crate with `_` for `-`. The module has to be included at the root of a crate:
    ///
    /// ```ignore
    /// include!(concat!(env!("OUT_DIR"), "/petstore.rs"));
    /// ```
    ///
    /// The default features are on, and all others are off. A file that is up to date is not touched.
    ///
    /// # Errors
    ///
    /// Returns an error if no name is set, if the document cannot be read, or if the file cannot be written.
    pub fn module_into(&self, folder: impl AsRef<Path>) -> Result<Module, Error> {
        let Some(name) = &self.name else {
            return Err(Error::of("no name is set: call `name`"));
        };
        let report = self.run(Mode::Render)?;
        let name = name.replace('-', "_");
        let text =
            single_module(&report.files, &name).map_err(|bug| Error::of(format!("sdkwright has a bug: {}", bug.0)))?;
        let path = folder.as_ref().join(format!("{name}.rs"));
        if fs::read_to_string(&path).ok().as_ref() != Some(&text) {
            fs::write(&path, text).map_err(|error| Error::of(format!("cannot write `{}`: {error}", path.display())))?;
        }
        Ok(Module {
            path,
            dependencies: dependencies(&report.files),
            inputs: report.inputs,
            warnings: report.warnings,
        })
    }

    fn run(&self, mode: Mode) -> Result<Report, Error> {
        let folder = session::folder_name(&self.out);
        let name = self.name.as_deref().unwrap_or(&folder);
        if let Some(error) = name_error(name) {
            return Err(Error::of(format!("invalid crate name `{name}`: it {error}")));
        }
        if mode != Mode::Render && self.out.as_os_str().is_empty() {
            return Err(Error::of("no output folder is set: call `out_dir`"));
        }
        let mut job = Job::new(name, self.input.clone(), &self.out).with_settings(self.settings.clone());
        job.allow_net = self.allow_net;
        job.allow_outside = self.allow_outside;
        job.overlays.clone_from(&self.overlays);
        Report::of(session::generate(
            &job,
            Options {
                mode,
                deny_warnings: self.deny_warnings,
                force: false,
                keep_texts: true,
            },
        ))
    }
}

/// The result of a generation.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Report {
    /// The number of operations.
    pub operations: usize,
    /// The number of models.
    pub models: usize,
    /// All files, by their path in the output folder.
    pub files: Files,
    /// The changes that were made to the folder; empty after [`Generator::render`].
    pub outcome: Outcome,
    /// The files that were read from disk: the document and the files that it refers to.
    pub inputs: Vec<String>,
    /// The warnings, as text.
    pub warnings: Vec<String>,
    /// The duration of each stage, in order: load, overlay, bundle, read, lower, plan, emit, format, write.
    pub stages: Vec<(&'static str, Duration)>,
}

impl Report {
    fn of(mut run: Run) -> Result<Self, Error> {
        let messages = |run: &Run, least: Severity| -> Vec<String> {
            let printed = run.diagnostics.iter().filter(|diagnostic| diagnostic.severity >= least);
            printed
                .map(|diagnostic| render::human(diagnostic, run, &render::Theme::default()))
                .collect()
        };
        let Some(sdk) = run.sdk.take() else {
            return Err(Error {
                messages: messages(&run, Severity::Error),
            });
        };
        if !sdk.drift.is_empty() {
            let message = format!("the folder of `{}` is out of date:\n{}", run.name, sdk.drift);
            return Err(Error::of(message));
        }
        let (inputs, warnings) = (run.inputs(), messages(&run, Severity::Warning));
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

/// An SDK that was written as one module.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Module {
    /// The file.
    pub path: PathBuf,
    /// The dependencies that the including crate needs, as lines of its `Cargo.toml`.
    pub dependencies: Vec<String>,
    /// The files that were read from disk: the document and the files that it refers to.
    pub inputs: Vec<String>,
    /// The warnings, as text.
    pub warnings: Vec<String>,
}

/// The error that is returned if no SDK can be generated.
#[derive(Clone, Debug)]
pub struct Error {
    messages: Vec<String>,
}

impl Error {
    fn of(message: impl Into<String>) -> Self {
        Self {
            messages: vec![message.into()],
        }
    }

    /// Returns all error messages, each with its position and a next step.
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
