//! Writes an overlay that makes a document agree with a recording.

use std::collections::HashSet;

use serde::Serialize;
use serde_json::{Value, json};

use super::Deviation;
use super::changes::Changes;
use super::finding::Fix;
use crate::document::{Document, SchemaId};
use crate::load::SourceMap;

/// The first line of a written overlay, which marks files that may be overwritten.
pub const HEAD: &str = "# Written by `sdkwright doctor`.";

/// An action of an overlay.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Action {
    /// The JSONPath of the changed value.
    pub target: String,
    /// The deviation that the action allows.
    pub description: String,
    #[serde(flatten)]
    change: Change,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Change {
    Update(Value),
    Remove(bool),
}

impl Action {
    pub(super) fn update(target: String, value: Value) -> Self {
        Self {
            target,
            description: String::new(),
            change: Change::Update(value),
        }
    }

    pub(super) fn remove(target: String) -> Self {
        Self {
            target,
            description: String::new(),
            change: Change::Remove(true),
        }
    }
}

/// Returns the actions that change a document so that it allows deviations. Two deviations of one schema can need changes that
/// exclude each other, so the result has to be compared again until nothing is left to change.
pub fn actions(deviations: &[Deviation], document: &Document, sources: &SourceMap) -> Vec<Action> {
    let changes = Changes::new(document, sources);
    let mut restructured: HashSet<SchemaId> = HashSet::new();
    let (mut actions, mut last) = (Vec::new(), Vec::new());
    for deviation in deviations {
        let made = match &deviation.fix {
            Fix::AllowNull(id) | Fix::AllowType(id) if !restructured.insert(*id) => continue,
            Fix::Optional { schema, name } => changes.optional(*schema, name, &optional_names(deviations, *schema)),
            fix => changes.of(fix, &deviation.samples),
        };
        let times = if deviation.count == 1 {
            "once".to_owned()
        } else {
            format!("{} times", deviation.count)
        };
        let described = made.into_iter().map(|action| Action {
            description: format!("{} ({times})", deviation.message),
            ..action
        });
        // The other changes refer to positions inside the schema.
        let changes_type = matches!(deviation.fix, Fix::AllowNull(_) | Fix::AllowType(_));
        let target = if changes_type { &mut last } else { &mut actions };
        target.extend(described);
    }
    actions.extend(last);
    actions
}

/// Returns the required properties of a schema that are missing in the recording.
fn optional_names(deviations: &[Deviation], of: SchemaId) -> Vec<&str> {
    let names = deviations.iter().filter_map(|deviation| {
        let Fix::Optional { schema, name } = &deviation.fix else {
            return None;
        };
        (*schema == of).then_some(name.as_str())
    });
    names.collect()
}

/// Returns the overlay as YAML.
pub fn text(title: &str, actions: &[Action]) -> String {
    #[derive(Serialize)]
    struct Overlay<'a> {
        overlay: &'a str,
        info: Value,
        actions: &'a [Action],
    }
    let overlay = Overlay {
        overlay: "1.0.0",
        info: json!({ "title": format!("{title}, as recorded"), "version": "1.0.0" }),
        actions,
    };
    // Text keys and JSON values can always be written as YAML.
    let yaml = serde_yaml::to_string(&overlay).unwrap_or_default();
    format!("{HEAD} Review the changes, and rename the file to keep edits.\n{yaml}")
}
