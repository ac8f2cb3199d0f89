//! The difference between a folder and the SDK that it is to hold, as something to read.

use std::fmt::{self, Write};

use similar::TextDiff;

use super::{Changes, MANIFEST, Now};

/// How many files are shown as a diff.
const FILES: usize = 8;

/// How many lines of a diff are shown.
const LINES: usize = 60;

/// How many names of missing or surplus files are shown.
const NAMES: usize = 20;

/// How a folder differs from what the generator writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drift {
    /// Files with other content, each with a unified diff from the folder's to the generator's.
    pub changed: Vec<(String, String)>,
    /// Files that are not there.
    pub missing: Vec<String>,
    /// Files of an earlier run that should be gone.
    pub surplus: Vec<String>,
}

impl Drift {
    /// Whether there is no difference.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.missing.is_empty() && self.surplus.is_empty()
    }

    /// How many files differ.
    pub fn len(&self) -> usize {
        self.changed.len() + self.missing.len() + self.surplus.len()
    }
}

pub(super) fn drift(changes: &Changes<'_>) -> Drift {
    let mut drift = Drift {
        surplus: changes.surplus.clone(),
        ..Drift::default()
    };
    for file in &changes.files {
        match &file.now {
            Now::Same => {}
            Now::Missing => drift.missing.push(file.path.to_owned()),
            Now::Other(text) => {
                let full = changes.folder.join(file.path).display().to_string();
                drift.changed.push((file.path.to_owned(), diff(&full, text, file.text)));
            }
        }
    }
    // The manifest follows from the other files, so its hashes are the last thing that anybody wants to read.
    drift.changed.sort_by_key(|(path, _)| path == MANIFEST);
    drift
}

fn diff(path: &str, old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    diff.unified_diff()
        .header(path, &format!("{path} (as sdkwright writes it)"))
        .to_string()
}

impl fmt::Display for Drift {
    /// The diffs, then the names; both are cut where nobody reads on.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (_, diff) in self.changed.iter().take(FILES) {
            for line in diff.lines().take(LINES) {
                writeln!(f, "{line}")?;
            }
            if let Some(more) = diff.lines().count().checked_sub(LINES + 1) {
                writeln!(f, "… and {} more lines", more + 1)?;
            }
        }
        let rest: Vec<&String> = self.changed.iter().skip(FILES).map(|(path, _)| path).collect();
        names(f, "also changed", &rest)?;
        names(f, "missing", &self.missing.iter().collect::<Vec<_>>())?;
        names(f, "no longer written", &self.surplus.iter().collect::<Vec<_>>())
    }
}

fn names(f: &mut fmt::Formatter<'_>, title: &str, paths: &[&String]) -> fmt::Result {
    if paths.is_empty() {
        return Ok(());
    }
    let mut line = format!("{title}:");
    for path in paths.iter().take(NAMES) {
        write!(line, " {path}")?;
    }
    if paths.len() > NAMES {
        write!(line, " … and {} more", paths.len() - NAMES)?;
    }
    writeln!(f, "{line}")
}
