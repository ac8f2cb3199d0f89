//! What the generator makes of a document before it knows any Rust, for people who wonder.

use super::{Job, Run, stack};
use crate::bundle::Bundle;
use crate::diagnostics::Diagnostics;
use crate::ir::Api;
use crate::{lower, read};

/// A document as it is understood.
#[derive(Debug)]
pub struct Explanation {
    /// What was said on the way. It has no SDK.
    pub run: Run,
    api: Option<Api>,
}

/// The steps of lowering, by name, in order.
pub fn passes() -> impl Iterator<Item = &'static str> {
    lower::PASSES.iter().map(|pass| pass.name)
}

/// Reads and lowers a document, up to and with the pass of that name; through all of them without one.
pub fn explain(job: &Job, after: Option<&str>) -> Explanation {
    stack::with_room(|| {
        let mut diagnostics = Diagnostics::default();
        let (sources, settings) = job.load(&mut diagnostics);
        let bundle = Bundle::new(sources, &*job.input.loader(job.allow_net), &mut diagnostics);
        let document = if diagnostics.has_errors() {
            None
        } else {
            read::read(&bundle, &mut diagnostics)
        };
        let api = document.map(|document| lower::lower_until(&document, &settings, &mut diagnostics, after));
        Explanation {
            run: Run {
                name: job.name.clone(),
                diagnostics,
                sdk: None,
                stages: Vec::new(),
                bundle,
            },
            api,
        }
    })
}

impl Explanation {
    /// The dump of the API, or of the one operation or type that has this id, name or JSON pointer.
    pub fn dump(&self, what: Option<&str>) -> Option<String> {
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
                found.extend(blocks(&dump).filter(|block| is_of(block, &name)));
            }
        }
        (!found.is_empty()).then_some(found)
    }
}

/// The blocks of a dump: a line that is not indented, with the indented ones that follow it.
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

/// Whether a block is about the type with this name, such as `struct Pet`.
fn is_of(block: &str, name: &str) -> bool {
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
    use super::{blocks, is_of};

    #[test]
    fn blocks_are_told_apart() {
        let dump = "group pets: a\noperation a GET /a\n  returns nothing\nstruct A\n  x: text\nenum A b text: c\n";
        let found: Vec<&str> = blocks(dump).collect();
        assert_eq!(found.len(), 4);
        assert_eq!(found.concat(), dump);
        assert!(is_of(found[2], "A") && is_of(found[3], "A b"));
        assert!(!is_of(found[2], "a") && !is_of(found[1], "a") && !is_of(found[0], "pets"));
    }
}
