//! What was noticed while a body was read.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::codec::ReadReport;

/// The report of reading a body, if there is anything to report. A clone of a response has an empty one, and it does not take part
/// in comparisons.
#[derive(Default)]
pub(super) struct BodyReport(Mutex<Option<Box<ReadReport>>>);

impl BodyReport {
    /// Returns the report and leaves an empty one.
    pub fn take(&self) -> ReadReport {
        self.lock().take().map(|report| *report).unwrap_or_default()
    }

    /// Returns whether no value was left out or replaced.
    pub fn is_complete(&self) -> bool {
        self.lock().as_ref().is_none_or(|report| report.is_complete())
    }

    pub fn add(&self, report: ReadReport) {
        if report.deviations.is_empty() && report.skipped.is_empty() {
            return;
        }
        let mut all = self.lock();
        let all = all.get_or_insert_default();
        all.deviations.extend(report.deviations);
        all.skipped.extend(report.skipped);
    }

    fn lock(&self) -> MutexGuard<'_, Option<Box<ReadReport>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clone for BodyReport {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for BodyReport {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
