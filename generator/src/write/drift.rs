//! The difference between a folder and an SDK, as readable text.

use std::fmt::{self, Write};
use std::path::Path;

use similar::TextDiff;

use super::{Changes, Current, MANIFEST};

/// The maximum number of diffs shown.
const MAX_FILES: usize = 8;

/// The maximum number of lines shown per diff.
const MAX_LINES: usize = 60;

/// The maximum number of names shown per list.
const MAX_NAMES: usize = 20;

/// The differences between a folder and what the generator writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drift {
    /// Changed files, each with a unified diff from the folder to the generator's output.
    pub changed: Vec<(String, String)>,
    /// Files that do not exist.
    pub missing: Vec<String>,
    /// Files of the previous run that the SDK no longer has.
    pub obsolete: Vec<String>,
}

impl Drift {
    /// Returns whether there is no difference.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.missing.is_empty() && self.obsolete.is_empty()
    }

    /// Returns the number of files that differ.
    pub fn len(&self) -> usize {
        self.changed.len() + self.missing.len() + self.obsolete.len()
    }
}

pub(super) fn drift(changes: &Changes) -> Drift {
    let mut drift = Drift {
        obsolete: changes.obsolete.clone(),
        ..Drift::default()
    };
    for (path, file) in &changes.files {
        match file.current {
            Current::Same => {}
            Current::Missing => drift.missing.push(path.clone()),
            Current::Other => drift
                .changed
                .push((path.clone(), file.diff.clone().unwrap_or_default())),
        }
    }
    // The manifest follows from the other files, so its diff comes last.
    drift.changed.sort_by_key(|(path, _)| path == MANIFEST);
    drift
}

/// Returns the unified diff of a file.
pub(super) fn diff(path: &Path, old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    diff.unified_diff()
        .header(&path.display().to_string(), &format!("{} (generated)", path.display()))
        .to_string()
}

impl fmt::Display for Drift {
    /// Writes the diffs and then the names, both cut to a readable length.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (_, diff) in self.changed.iter().take(MAX_FILES) {
            for line in diff.lines().take(MAX_LINES) {
                writeln!(f, "{line}")?;
            }
            if let Some(more) = diff.lines().count().checked_sub(MAX_LINES + 1) {
                writeln!(f, "… and {} more lines", more + 1)?;
            }
        }
        let rest: Vec<&String> = self.changed.iter().skip(MAX_FILES).map(|(path, _)| path).collect();
        names(f, "also changed", &rest)?;
        names(f, "missing", &self.missing.iter().collect::<Vec<_>>())?;
        names(f, "no longer generated", &self.obsolete.iter().collect::<Vec<_>>())
    }
}

fn names(f: &mut fmt::Formatter<'_>, title: &str, paths: &[&String]) -> fmt::Result {
    if paths.is_empty() {
        return Ok(());
    }
    let mut line = format!("{title}:");
    for path in paths.iter().take(MAX_NAMES) {
        write!(line, " {path}")?;
    }
    if paths.len() > MAX_NAMES {
        write!(line, " … and {} more", paths.len() - MAX_NAMES)?;
    }
    writeln!(f, "{line}")
}
