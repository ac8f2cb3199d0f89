//! The options and the result of a job.

use std::time::Duration;

use super::ApiChanges;
use crate::bundle::Bundle;
use crate::diagnostics::{Diagnostics, Locate, Located, Place};
use crate::wire::url;
use crate::write::{Drift, Files, Outcome};

/// What is done with the files of an SDK.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Keep them in memory.
    Render,
    /// Compare them with the folder and list the files that would be written.
    DryRun,
    /// Compare them with the folder and show each difference.
    Check,
    /// Write them.
    Write,
}

/// The options of a run.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// What is done with the files.
    pub mode: Mode,
    /// Whether warnings are errors.
    pub deny_warnings: bool,
    /// Whether generated files that were edited by hand are overwritten without a warning.
    pub force: bool,
    /// Whether the result contains the texts of the files.
    pub keep_texts: bool,
}

/// The result of a job.
#[derive(Debug)]
pub struct Run {
    /// The name of the crate.
    pub name: String,
    /// The diagnostics, in the order in which they were found.
    pub diagnostics: Diagnostics,
    /// The SDK; `None` if there is an error.
    pub sdk: Option<Sdk>,
    /// The duration of each stage that ran, in order.
    pub stages: Vec<(&'static str, Duration)>,
    pub(super) bundle: Bundle,
}

/// A generated SDK.
#[derive(Clone, Debug)]
pub struct Sdk {
    /// The number of operations.
    pub operations: usize,
    /// The number of models.
    pub models: usize,
    /// The number of files, including the manifest.
    pub file_count: usize,
    /// The files, including the manifest, if their texts are kept.
    pub files: Files,
    /// The changes that were made to the folder, or would be made.
    pub outcome: Outcome,
    /// The differences between the folder and the files, in [`Mode::Check`].
    pub drift: Drift,
    /// The changes since the committed SDK.
    pub changes: ApiChanges,
}

impl Run {
    /// Returns the files that were read from disk.
    pub fn inputs(&self) -> Vec<String> {
        let files = self.bundle.sources().files().iter().map(|file| file.path());
        files.filter(|path| !url::is_url(path)).map(str::to_owned).collect()
    }
}

impl Locate for Run {
    fn locate(&self, place: Place) -> Option<Located> {
        self.bundle.sources().locate(place)
    }
}
