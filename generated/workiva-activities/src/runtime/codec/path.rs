//! JSON paths, built from the inside out while a value is read.

use std::fmt::{self, Write as _};

/// The JSON path of a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Path {
    /// The steps, innermost first.
    steps: Vec<PathStep>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathStep {
    Key(String),
    Index(usize),
}

impl Path {
    /// Adds the step from the enclosing array or object.
    pub(super) fn enclose(&mut self, step: PathStep) {
        self.steps.push(step);
    }

    /// Returns the number of steps.
    pub(super) fn len(&self) -> usize {
        self.steps.len()
    }

    /// Returns the path without its innermost steps.
    pub(super) fn without(&self, innermost: usize) -> Self {
        let steps = self.steps.get(innermost..).unwrap_or_default().to_vec();
        Self { steps }
    }

    /// Returns whether the path leads through an array.
    pub(super) fn is_in_array(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, PathStep::Index(_)))
    }
}

/// Formats as a JSON path, `$` for the whole document.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('$')?;
        for step in self.steps.iter().rev() {
            match step {
                PathStep::Key(key) if is_plain(key) => write!(f, ".{key}")?,
                PathStep::Key(key) => write!(f, "[{key:?}]")?,
                PathStep::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// Returns whether a key needs no quotes in a path.
fn is_plain(key: &str) -> bool {
    !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '@'))
}
