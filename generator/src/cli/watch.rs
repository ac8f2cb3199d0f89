//! `--watch`: generates again whenever a file that was read changes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

/// The time between two looks at the files.
const INTERVAL: Duration = Duration::from_millis(250);

/// The state of some files: the time of the last change and the length of each, or `None` if it cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Watched(BTreeMap<PathBuf, Option<(SystemTime, u64)>>);

impl Watched {
    /// Looks at files.
    pub(super) fn new(paths: impl IntoIterator<Item = PathBuf>) -> Self {
        let with_state = |path: PathBuf| {
            let state = state(&path);
            (path, state)
        };
        Self(paths.into_iter().map(with_state).collect())
    }

    /// Returns the state with other files. Those that are watched already keep their state, so that a change during a run is noticed.
    pub(super) fn with_files(self, paths: impl IntoIterator<Item = PathBuf>) -> Self {
        let mut new = Self::new(paths);
        for (path, state) in self.0 {
            if let Some(entry) = new.0.get_mut(&path) {
                *entry = state;
            }
        }
        new
    }

    /// Returns the number of files.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Waits until a file changes, and then until no file changes any more. Returns the state after the change.
    pub(super) fn changed(self) -> Self {
        let mut before = self;
        let mut is_changed = false;
        loop {
            thread::sleep(INTERVAL);
            let now = Self::new(before.0.keys().cloned());
            match (is_changed, now == before) {
                (true, true) => return now,
                (false, true) => {}
                (_, false) => is_changed = true,
            }
            before = now;
        }
    }
}

fn state(path: &Path) -> Option<(SystemTime, u64)> {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}
