//! Applies the rules of the configuration that change the level of diagnostics.

use crate::config::{DiagnosticRule, Level};
use crate::diagnostics::{Diagnostic, Diagnostics, Locate, Severity};

/// Changes the severity of warnings and notes as the rules define, and removes those that a rule allows. Errors are unchanged.
pub(super) fn apply(rules: &[DiagnosticRule], diagnostics: &mut Diagnostics, sources: &dyn Locate) {
    if rules.is_empty() {
        return;
    }
    diagnostics.set_severities(|diagnostic| {
        let rule = rules.iter().rev().find(|rule| matches(rule, diagnostic, sources));
        match rule.map(|rule| rule.level) {
            Some(_) | None if diagnostic.severity == Severity::Error => Some(Severity::Error),
            Some(Level::Allow) => None,
            Some(Level::Warn) => Some(Severity::Warning),
            Some(Level::Deny) => Some(Severity::Error),
            None => Some(diagnostic.severity),
        }
    });
}

fn matches(rule: &DiagnosticRule, diagnostic: &Diagnostic, sources: &dyn Locate) -> bool {
    let has_code = rule
        .codes
        .iter()
        .any(|code| code.eq_ignore_ascii_case(diagnostic.code.id()));
    let Some(at) = rule.at.as_deref().filter(|_| has_code) else {
        return has_code;
    };
    let located = diagnostic.place.and_then(|place| sources.locate(place));
    let pointer = located.and_then(|located| located.pointer).unwrap_or_default();
    let inside = pointer.strip_prefix(at.trim_end_matches('/'));
    inside.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
