//! How a job is run, and what came of it.

use std::time::Duration;

use crate::bundle::Bundle;
use crate::diagnostics::{Diagnostics, Locate, Located, Place};
use crate::net;
use crate::write::{Drift, Files, Outcome};

/// What becomes of the files of an SDK.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// They stay in memory.
    Render,
    /// They are compared with the folder, to tell what writing would do.
    DryRun,
    /// They are compared with the folder, to show each difference.
    Check,
    /// They are written.
    Write,
}

/// How to run.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// What becomes of the files.
    pub mode: Mode,
    /// Whether a warning is an error.
    pub deny_warnings: bool,
}

/// What came of a job.
#[derive(Debug)]
pub struct Run {
    /// The name of the crate.
    pub name: String,
    /// What there is to say, in the order in which it was found.
    pub diagnostics: Diagnostics,
    /// The SDK; none where there is an error.
    pub sdk: Option<Sdk>,
    /// How long each stage took, in their order, as far as the run came.
    pub stages: Vec<(&'static str, Duration)>,
    pub(super) bundle: Bundle,
}

/// An SDK that was made.
#[derive(Clone, Debug)]
pub struct Sdk {
    /// How many operations it has.
    pub operations: usize,
    /// How many models it has.
    pub models: usize,
    /// Its files, the manifest among them.
    pub files: Files,
    /// What was done to its folder, or would be.
    pub outcome: Outcome,
    /// How its folder differs, where that was asked for.
    pub drift: Drift,
}

impl Run {
    /// The files that were read from disk.
    pub fn inputs(&self) -> Vec<String> {
        let files = self.bundle.sources().files().iter().map(|file| file.path());
        files.filter(|path| !net::is_url(path)).map(str::to_owned).collect()
    }
}

impl Locate for Run {
    fn locate(&self, place: Place) -> Option<Located> {
        self.bundle.sources().locate(place)
    }
}
