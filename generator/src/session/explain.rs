//! `explain`: how the generator interprets a document, after the lower stage.

use super::{Job, Run, State, stack};
use crate::ir::Api;
use crate::{lower, plan, read};

/// The interpretation of a document.
#[derive(Debug)]
pub struct Explanation {
    /// The run, which has diagnostics but no SDK.
    pub run: Run,
    api: Option<Api>,
}

/// Returns the names of the passes of the lower stage, in order.
pub fn passes() -> impl Iterator<Item = &'static str> {
    lower::PASSES.iter().map(|pass| pass.name)
}

/// Reads and lowers a document, up to and including the pass `after`, or through all passes if it is `None`.
pub fn explain(job: &Job, after: Option<&str>) -> Explanation {
    stack::with_large_stack(|| {
        let mut state = State::load(job, None);
        let State {
            diagnostics,
            settings,
            bundle,
            ..
        } = &mut state;
        let document = if diagnostics.has_errors() {
            None
        } else {
            read::read(bundle, diagnostics)
        };
        let api = document.map(|document| lower::lower_until(&document, settings, diagnostics, after));
        Explanation {
            run: state.into_run(job, None),
            api,
        }
    })
}

impl Explanation {
    /// Returns the interpreted API, unless the document has errors.
    pub fn api(&self) -> Option<&Api> {
        self.api.as_ref().filter(|_| !self.run.diagnostics.has_errors())
    }

    /// Returns the ids of all operations and the names of all types.
    pub fn names(&self) -> Vec<String> {
        let Some(api) = &self.api else { return Vec::new() };
        let operations = api.operations.iter().map(|operation| operation.id.clone());
        let types = api.types.iter().map(|(_, ty)| ty.origin.to_string());
        operations.chain(types).collect()
    }

    /// Returns the API as text, or the part of it with this operation id, type name or JSON pointer.
    pub fn text(&self, what: Option<&str>) -> Option<String> {
        let api = self.api.as_ref()?;
        let Some(what) = what else { return Some(api.dump()) };
        let mut found = String::new();
        for operation in &api.operations {
            if operation.id == what || operation.pointer == what {
                found.push_str(&api.dump_operation(operation));
                found.push_str(&format!("  name: from {}\n", operation.name.rule.describe()));
                let count = operation.required_inputs();
                if plan::takes_struct(count) {
                    found.push_str(&format!(
                        "  arguments: a struct with a field for each of {count} required inputs\n"
                    ));
                }
                if let Some(pagination) = &operation.pagination {
                    found.push_str(&format!("  pagination rule: {}\n", pagination.reason));
                }
                if let Some(polling) = &operation.polling {
                    found.push_str(&format!("  polling rule: {}\n", polling.reason));
                }
            }
        }
        for (_, ty) in api.types.iter() {
            if ty.origin.to_string() == what || ty.pointer == what {
                found.push_str(&api.dump_type(ty));
            }
        }
        (!found.is_empty()).then_some(found)
    }
}
