//! Compares a recording with the document of a job.

use indexmap::IndexMap;

use super::{Job, Run, State};
use crate::doctor::overlay::{self, Action};
use crate::doctor::{self, Deviation, Examination, Exchange};
use crate::document::{Extensions, Server};
use crate::read;

use super::stack::with_large_stack;

/// The maximum number of times that the document is changed and compared again. A change can reveal deviations that were
/// hidden, such as those of a response whose status code was not documented.
const MAX_ROUNDS: usize = 20;

/// The result of comparing a recording with a document.
#[derive(Debug)]
pub struct Checkup {
    /// The run, which locates deviations.
    pub run: Run,
    /// The deviations; `None` if the document cannot be read.
    pub examination: Option<Examination>,
    /// The overlay that makes the document agree with the recording; `None` if there is nothing to change.
    pub overlay: Option<String>,
    /// The number of actions of the overlay.
    pub actions: usize,
    /// The deviations that the overlay does not change.
    pub remaining: Vec<Deviation>,
}

/// Compares exchanges with the document of a job, and finds the changes that make the document agree with them. `base` is the URL of
/// one more server of the document, if the exchanges were recorded there.
pub fn examine(job: &Job, exchanges: &[Exchange], base: Option<&str>) -> Checkup {
    with_large_stack(|| examine_here(job, exchanges, base))
}

fn examine_here(job: &Job, exchanges: &[Exchange], base: Option<&str>) -> Checkup {
    let mut state = State::load(job, None);
    let Some(first) = round(&mut state, exchanges, base) else {
        return Checkup {
            run: state.into_run(job, None),
            examination: None,
            overlay: None,
            actions: 0,
            remaining: Vec::new(),
        };
    };
    let (title, mut actions) = (first.title, first.actions);
    let mut remaining = Vec::new();
    let mut is_changed = !actions.is_empty();
    for _ in 0..MAX_ROUNDS {
        if !is_changed {
            break;
        }
        let mut changed = State::load(job, Some(&overlay::text(&title, &actions)));
        let Some(next) = round(&mut changed, exchanges, base) else {
            break;
        };
        is_changed = next.actions.iter().any(|action| !actions.contains(action));
        remaining = next.examination.deviations;
        if is_changed {
            actions.extend(next.actions);
        }
    }
    let overlay = (!actions.is_empty()).then(|| overlay::text(&title, &actions));
    if overlay.is_none() {
        remaining.clone_from(&first.examination.deviations);
    }
    Checkup {
        run: state.into_run(job, None),
        examination: Some(first.examination),
        overlay,
        actions: actions.len(),
        remaining,
    }
}

/// One comparison.
struct Round {
    title: String,
    examination: Examination,
    actions: Vec<Action>,
}

/// Reads the document and compares the exchanges with it. Returns `None` if the document has errors.
fn round(state: &mut State, exchanges: &[Exchange], base: Option<&str>) -> Option<Round> {
    if state.diagnostics.has_errors() {
        return None;
    }
    let mut document = read::read(&state.bundle, &mut state.diagnostics)?;
    document.servers.extend(base.map(server));
    let examination = doctor::examine(&document, exchanges);
    let actions = overlay::actions(&examination.deviations, &document, state.bundle.sources());
    Some(Round {
        title: document.info.title,
        examination,
        actions,
    })
}

/// Returns a server that the document does not list.
fn server(url: &str) -> Server {
    Server {
        place: None,
        url: url.to_owned(),
        name: None,
        description: None,
        variables: IndexMap::default(),
        extensions: Extensions::default(),
    }
}
