//! The pipeline: [`generate`] runs all stages, and no other code knows all of them.
//!
//! In: [`Job`]s, from a configuration or from code. Out: a [`Run`] for each.

mod doctor;
mod explain;
mod files;
mod git;
mod input;
mod job;
mod levels;
mod live;
mod losses;
mod release;
mod run;
mod stack;
#[cfg(test)]
mod tests;
mod timer;

use std::collections::BTreeMap;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::Path;
use std::thread;

use rayon::prelude::*;

use crate::bundle::Bundle;
use crate::config::Settings;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::krate::{Crate, Manifest, ManifestDocument};
use crate::wire::url;
use crate::write::{self, Drift, Entry, ManifestFacts, Outcome, Purpose, Recorded, Target};
use crate::{lower, overlay, plan, read};
use files::{Output, RenderedFiles};
use timer::StageTimer;

pub use doctor::{Checkup, examine};
pub use explain::{Explanation, explain, passes};
pub use git::read as read_from_git;
pub use input::Input;
pub use job::{CONFIGURATIONS, Configuration, Job, folder_name, normalize};
pub use live::{LiveError, LiveOptions, Recording, record};
pub use release::ApiChanges;
pub use run::{Mode, Options, Run, Sdk};

/// Generates several SDKs in parallel.
pub fn generate_all(jobs: &[Job], options: Options) -> Vec<Run> {
    // The threads wait for work on rayon's pool, so they cannot be threads of that pool.
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let in_parallel = |jobs: &[Job]| -> Vec<Run> {
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
    jobs.chunks(threads).flat_map(in_parallel).collect()
}

/// Generates an SDK.
pub fn generate(job: &Job, options: Options) -> Run {
    let (mut state, krate) = stack::with_large_stack(|| {
        let mut state = State::load(job, None);
        let krate = accepted_crate(job, options, &mut state);
        (state, krate)
    });
    let Some(krate) = krate else {
        return state.into_run(job, None);
    };
    // A thread of the pool must not wait for the lock, because the run that has it may need this thread.
    let lock = match options.mode {
        Mode::Write => write::lock(&job.out, &mut state.diagnostics).map(Some),
        Mode::Render | Mode::DryRun | Mode::Check => Some(None),
    };
    let Some(_lock) = lock else {
        return state.into_run(job, None);
    };
    let sdk = stack::with_large_stack(|| make(job, options, &mut state, krate));
    state.into_run(job, sdk)
}

/// Plans the crate of an SDK without rendering it. There is a crate unless the diagnostics contain an error.
pub fn planned(job: &Job) -> (Run, Option<Crate>) {
    stack::with_large_stack(|| {
        let mut state = State::load(job, None);
        let krate = plan_crate(job, &mut state).filter(|_| !state.diagnostics.has_errors());
        (state.into_run(job, None), krate)
    })
}

/// A run after the first stages: load, overlay and bundle.
struct State {
    diagnostics: Diagnostics,
    timer: StageTimer,
    settings: Settings,
    bundle: Bundle,
}

impl State {
    /// Runs the first stages. `overlay` is the text of one more overlay, which is applied last.
    fn load(job: &Job, overlay: Option<&str>) -> Self {
        let (mut diagnostics, mut timer) = (Diagnostics::default(), StageTimer::start());
        let (mut sources, settings) = job.load(&mut diagnostics);
        timer.record("load");
        job.apply_overlays(&mut sources, &mut diagnostics);
        if let Some(text) = overlay {
            let file = sources.add("overlay.yaml", text, &mut diagnostics);
            overlay::apply(&mut sources, file, &mut diagnostics);
        }
        timer.record("overlay");
        let bundle = Bundle::new(
            sources,
            &*job.input.loader(job.allow_net, job.allow_outside),
            &mut diagnostics,
        );
        timer.record("bundle");
        Self {
            diagnostics,
            timer,
            settings,
            bundle,
        }
    }

    fn into_run(self, job: &Job, sdk: Option<Sdk>) -> Run {
        Run {
            name: job.name.clone(),
            diagnostics: self.diagnostics,
            sdk,
            stages: self.timer.stages(),
            bundle: self.bundle,
        }
    }
}

/// Runs the stages read, lower and plan.
fn plan_crate(job: &Job, state: &mut State) -> Option<Crate> {
    let State {
        diagnostics,
        timer,
        settings,
        bundle,
    } = state;
    if diagnostics.has_errors() {
        return None;
    }
    let document = read::read(bundle, diagnostics)?;
    timer.record("read");
    let api = lower::lower(&document, settings, diagnostics);
    // Dropping it takes a while, so another thread does it.
    rayon::spawn(move || drop(document));
    timer.record("lower");
    let mut krate = plan::plan(api, &job.name, settings, diagnostics);
    losses::record(&mut krate.manifest.dropped, diagnostics, bundle);
    timer.record("plan");
    levels::apply(&settings.diagnostics, diagnostics, bundle.sources());
    Some(krate)
}

/// Runs the stages read, lower and plan. Returns a crate unless the diagnostics contain an error.
fn accepted_crate(job: &Job, options: Options, state: &mut State) -> Option<Crate> {
    let krate = plan_crate(job, state)?;
    if options.deny_warnings {
        state.diagnostics.deny_warnings();
    }
    (!state.diagnostics.has_errors()).then_some(krate)
}

/// Renders and writes a crate. Returns an SDK unless the diagnostics contain an error. The folder is locked if files are written.
fn make(job: &Job, options: Options, state: &mut State, mut krate: Crate) -> Option<Sdk> {
    let State {
        diagnostics,
        timer,
        settings,
        bundle,
    } = state;
    record_document(&mut krate.manifest.document, bundle);
    let committed = match options.mode {
        Mode::Render => None,
        Mode::DryRun | Mode::Check | Mode::Write => Recorded::of_folder(&job.out),
    };
    let documented = krate.operations.iter().filter(|operation| operation.variant.is_none());
    let (operations, models) = (documented.count(), krate.models.len());
    let output = open_output(&job.out, options, diagnostics)?;
    let (rendered, changes) = match render(job, settings, krate, committed, &output) {
        Ok(rendered) => rendered,
        Err(bug) => {
            diagnostics.push(bug);
            return None;
        }
    };
    timer.record_interleaved("emit", "format", rendered.format_time);
    let file_count = rendered.count;
    let apply_levels =
        |diagnostics: &mut Diagnostics| levels::apply(&settings.diagnostics, diagnostics, bundle.sources());
    let compared = output.target.map(|target| (target, rendered.compared));
    let (outcome, drift) = write_or_compare(compared, options, diagnostics, apply_levels)?;
    timer.record("write");
    Some(Sdk {
        operations,
        models,
        file_count,
        files: rendered.texts,
        outcome,
        drift,
        changes,
    })
}

/// Opens the folder of an SDK, unless its files are only rendered.
fn open_output(folder: &Path, options: Options, diagnostics: &mut Diagnostics) -> Option<Output> {
    let purpose = match options.mode {
        Mode::Render => None,
        Mode::DryRun => Some(Purpose::List),
        Mode::Check => Some(Purpose::Diff),
        Mode::Write => Some(Purpose::Write),
    };
    let target = match purpose {
        Some(purpose) => Some(Target::open(folder, purpose, diagnostics)?),
        None => None,
    };
    Some(Output {
        target,
        keep_texts: options.keep_texts,
    })
}

/// Renders the files of a crate, with the version that its changes since the committed SDK require. Returns them with the changes.
fn render(
    job: &Job,
    settings: &Settings,
    mut krate: Crate,
    committed: Option<Recorded>,
    output: &Output,
) -> Result<(RenderedFiles, ApiChanges), Diagnostic> {
    release::keep_version(&mut krate, committed.as_ref());
    let mut changes = release::changes(&krate, committed.as_ref());
    let licenses = release::license_files(job, settings)?;
    let facts = take_facts(&mut krate.manifest);
    let (facts, rendered) = rayon::join(
        // The facts are dropped as soon as they are text.
        move || ManifestFacts::new(&facts),
        || files::files(&krate, &licenses, output),
    );
    let mut rendered = rendered?;
    if release::assign_version(&mut krate, &rendered.hashes, committed.as_ref(), &mut changes) {
        let format_time = rendered.format_time;
        rendered = files::files(&krate, &licenses, output)?;
        rendered.format_time += format_time;
    }
    if let Some(text) = release::changelog(&krate, &job.out, &changes) {
        rendered.add_unlisted(write::CHANGELOG, text, output);
    }
    let Crate {
        manifest,
        operations,
        models,
        ..
    } = krate;
    // Dropping a large crate takes a while, so other threads do it.
    rayon::join(
        || {
            let text = write::manifest(&manifest.document, &manifest.krate, &rendered.hashes, &facts);
            rendered.add_unlisted(write::MANIFEST, text, output);
        },
        || {
            operations.into_par_iter().for_each(drop);
            models.into_par_iter().for_each(drop);
        },
    );
    Ok((rendered, changes))
}

/// Takes the facts of a manifest. Those about the document and the crate stay, because a new version changes them.
fn take_facts(manifest: &mut Manifest) -> Manifest {
    let left = Manifest {
        document: manifest.document.clone(),
        krate: manifest.krate.clone(),
        ..Manifest::default()
    };
    std::mem::replace(manifest, left)
}

/// The folder of an SDK, and its files by their path.
type Compared = (Target, BTreeMap<String, Result<Entry, Diagnostic>>);

/// Writes the changed files to their folder, or lists the differences, depending on the mode.
fn write_or_compare(
    compared: Option<Compared>,
    options: Options,
    diagnostics: &mut Diagnostics,
    apply_levels: impl Fn(&mut Diagnostics),
) -> Option<(Outcome, Drift)> {
    let Some((target, files)) = compared else {
        return Some((Outcome::default(), Drift::default()));
    };
    let changes = target.changes(files, diagnostics)?;
    match options.mode {
        Mode::Render | Mode::DryRun => Some((changes.outcome(), Drift::default())),
        Mode::Check => Some((changes.outcome(), changes.drift())),
        Mode::Write => {
            if !options.force {
                changes.report_edited(diagnostics);
                apply_levels(diagnostics);
            }
            if options.deny_warnings {
                diagnostics.deny_warnings();
            }
            if diagnostics.has_errors() {
                return None;
            }
            Some((changes.write(diagnostics)?, Drift::default()))
        }
    }
}

/// Records the file name and the hash of the document in the manifest. Its folder is not recorded.
fn record_document(document: &mut ManifestDocument, bundle: &Bundle) {
    if let Some(main) = bundle.sources().files().first() {
        let path = url::without_secrets(main.path());
        document.path = path.rsplit('/').next().unwrap_or_default().to_owned();
        document.sha256 = write::sha256(main.text().as_bytes());
    }
}
