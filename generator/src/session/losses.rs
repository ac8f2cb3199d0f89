//! Adds the losses that diagnostics report to the manifest.

use std::collections::HashSet;

use crate::bundle::Bundle;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::krate::ManifestDropped;

/// Adds the parts of the document that are not represented faithfully, except those that the list contains already.
pub(super) fn record(dropped: &mut Vec<ManifestDropped>, diagnostics: &Diagnostics, bundle: &Bundle) {
    let mut listed: HashSet<String> = dropped.iter().map(|entry| entry.pointer.clone()).collect();
    for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic.code.is_loss()) {
        if let Some(pointer) = pointer(diagnostic, bundle)
            && listed.insert(pointer.clone())
        {
            let reason = diagnostic.message.clone();
            dropped.push(ManifestDropped { pointer, reason });
        }
    }
}

/// Returns the JSON pointer of a diagnostic. For another file, its path relative to the document precedes the pointer.
fn pointer(diagnostic: &Diagnostic, bundle: &Bundle) -> Option<String> {
    let place = diagnostic.place?;
    let pointer = bundle.sources().pointer(place)?;
    Some(format!("{}{pointer}", bundle.relative_path(place.file())))
}
