//! What lowering reports: diagnostics, and the parts of the document that the SDK does not represent.

use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place};
use crate::ir::Dropped;

/// The diagnostics and the dropped parts so far.
#[derive(Debug, Default)]
pub(in crate::lower) struct Report {
    pub(in crate::lower) diagnostics: Diagnostics,
    pub(in crate::lower) dropped: Vec<Dropped>,
}

impl Report {
    /// Adds a diagnostic.
    pub(in crate::lower) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Records something that the SDK does not represent.
    pub(in crate::lower) fn record_dropped(&mut self, place: Option<Place>, pointer: &str, reason: &str) {
        let dropped = Dropped {
            place,
            pointer: pointer.to_owned(),
            reason: reason.to_owned(),
        };
        if !self.dropped.contains(&dropped) {
            self.dropped.push(dropped);
        }
    }

    /// Reports an item that the document excludes from the SDK.
    pub(in crate::lower) fn excluded(&mut self, key: &str, what: &str, place: Option<Place>, pointer: &str) {
        let message = format!("`{key}` excludes this {what} from the SDK");
        self.push(Diagnostic::new(Code::Excluded, place, message));
        self.record_dropped(place, pointer, &format!("excluded by `{key}`"));
    }
}
