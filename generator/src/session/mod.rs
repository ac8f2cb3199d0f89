//! The whole pipeline, and nothing else: [`generate`] is the only place that knows all stages.
//!
//! In: [`Job`]s, from a configuration or made by hand. Out: a [`Run`] for each. Nothing is rendered here.

mod clock;
mod explain;
mod files;
mod input;
mod job;
mod run;
mod stack;
#[cfg(test)]
mod tests;

use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::Path;
use std::thread;

use crate::bundle::Bundle;
use crate::config::Settings;
use crate::diagnostics::Diagnostics;
use crate::krate::ManifestDocument;
use crate::net;
use crate::write::{self, Drift, Files, Outcome};
use crate::{lower, plan, read};
use clock::Clock;

pub use explain::{Explanation, explain, passes};
pub use input::Input;
pub use job::{CONFIGURATIONS, Configuration, Job};
pub use run::{Mode, Options, Run, Sdk};

/// Makes several SDKs, some of them side by side.
pub fn generate_all(jobs: &[Job], options: Options) -> Vec<Run> {
    // The work of one SDK waits for rayon's threads, so these have to be others.
    let some = thread::available_parallelism().map_or(1, NonZero::get);
    let together = |jobs: &[Job]| -> Vec<Run> {
        thread::scope(|scope| {
            let threads: Vec<_> = jobs
                .iter()
                .map(|job| scope.spawn(move || generate(job, options)))
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap_or_else(|bug| resume_unwind(bug)))
                .collect()
        })
    };
    jobs.chunks(some).flat_map(together).collect()
}

/// Makes an SDK.
pub fn generate(job: &Job, options: Options) -> Run {
    stack::with_room(|| {
        let (mut diagnostics, mut clock) = (Diagnostics::default(), Clock::start());
        let (sources, settings) = job.load(&mut diagnostics);
        clock.ends("load");
        let bundle = Bundle::new(sources, &*job.input.loader(job.allow_net), &mut diagnostics);
        clock.ends("bundle");
        let sdk = make(job, &settings, options, &bundle, &mut diagnostics, &mut clock);
        Run {
            name: job.name.clone(),
            diagnostics,
            sdk,
            stages: clock.stages(),
            bundle,
        }
    })
}

/// From the bundle to the folder. There is an SDK unless there is an error among the diagnostics.
fn make(
    job: &Job,
    settings: &Settings,
    options: Options,
    bundle: &Bundle,
    diagnostics: &mut Diagnostics,
    clock: &mut Clock,
) -> Option<Sdk> {
    if diagnostics.has_errors() {
        return None;
    }
    let document = read::read(bundle, diagnostics)?;
    clock.ends("read");
    let api = lower::lower(&document, settings, diagnostics);
    clock.ends("lower");
    let mut krate = plan::plan(&api, &job.name, settings, diagnostics);
    // Taking apart what is of no more use takes a while, which nobody has to wait for.
    rayon::spawn(move || drop((document, api)));
    clock.ends("plan");
    if options.deny_warnings {
        diagnostics.deny_warnings();
    }
    if diagnostics.has_errors() {
        return None;
    }
    identify(&mut krate.manifest.document, bundle);
    let files = match files::files(&krate) {
        Ok(files) => files,
        Err(bug) => {
            diagnostics.push(bug);
            return None;
        }
    };
    let (operations, models) = (krate.operations.len(), krate.models.len());
    rayon::spawn(move || drop(krate));
    clock.ends("render");
    let (outcome, drift) = settle(&job.out, &files, options.mode, diagnostics)?;
    clock.ends("output");
    Some(Sdk {
        operations,
        models,
        files,
        outcome,
        drift,
    })
}

/// Brings the files to their folder, as far as the mode says.
fn settle(folder: &Path, files: &Files, mode: Mode, diagnostics: &mut Diagnostics) -> Option<(Outcome, Drift)> {
    if mode == Mode::Render {
        return Some((Outcome::default(), Drift::default()));
    }
    let changes = write::compare(folder, files, diagnostics)?;
    match mode {
        Mode::Render | Mode::DryRun => Some((changes.outcome(), Drift::default())),
        Mode::Check => Some((changes.outcome(), changes.drift())),
        Mode::Write => Some((changes.write(diagnostics)?, Drift::default())),
    }
}

/// Says in the manifest which document this is: by the name of its file and its text, wherever it stands.
fn identify(document: &mut ManifestDocument, bundle: &Bundle) {
    if let Some(main) = bundle.sources().files().first() {
        let path = match main.path() {
            // What stands in the query of a URL may be a secret.
            url if net::is_url(url) => url.split('?').next().unwrap_or_default(),
            path => path,
        };
        document.path = path.rsplit('/').next().unwrap_or_default().to_owned();
        document.sha256 = write::sha256(main.text().as_bytes());
    }
}
