//! `explain`: how the generator interprets a document, after the lower stage.

use super::{Job, Run, State, stack};
use crate::ir::Api;
use crate::{lower, read};

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
        let mut state = State::load(job);
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
        let dump = api.dump();
        let Some(what) = what else { return Some(dump) };
        let mut found = String::new();
        for operation in api
            .operations
            .iter()
            .filter(|operation| operation.id == what || operation.pointer == what)
        {
            let head = format!("operation {} ", operation.id);
            found.extend(blocks(&dump).filter(|block| block.starts_with(&head)));
            if let Some(paging) = &operation.paging {
                found.push_str(&format!("  pagination rule: {}\n", paging.reason));
            }
        }
        for (_, ty) in api.types.iter() {
            let name = ty.origin.to_string();
            if name == what || ty.pointer == what {
                found.extend(blocks(&dump).filter(|block| describes(block, &name)));
            }
        }
        (!found.is_empty()).then_some(found)
    }
}

/// Returns the blocks of a text: each is a line without indentation and the indented lines after it.
fn blocks(dump: &str) -> impl Iterator<Item = &str> {
    let mut rest = dump;
    std::iter::from_fn(move || {
        let starts = rest.match_indices('\n').map(|(at, _)| at + 1);
        let end = starts.into_iter().find(|at| !rest[*at..].starts_with(' '))?;
        let (block, others) = rest.split_at(end);
        rest = others;
        Some(block)
    })
}

/// Returns whether a block describes the type with this name, such as `struct Pet`.
fn describes(block: &str, name: &str) -> bool {
    let Some((kind, about)) = block.split_once(' ') else {
        return false;
    };
    let named = about
        .strip_prefix(name)
        .is_some_and(|rest| rest.starts_with([' ', ':', '\n']));
    named && !matches!(kind, "group" | "operation")
}

#[cfg(test)]
mod tests {
    use super::{blocks, describes};

    #[test]
    fn blocks_start_at_lines_without_indentation() {
        let dump = "group pets: a\noperation a GET /a\n  returns nothing\nstruct A\n  x: text\nenum A b text: c\n";
        let found: Vec<&str> = blocks(dump).collect();
        assert_eq!(found.len(), 4);
        assert_eq!(found.concat(), dump);
        assert!(describes(found[2], "A") && describes(found[3], "A b"));
        assert!(!describes(found[2], "a") && !describes(found[1], "a") && !describes(found[0], "pets"));
    }
}
