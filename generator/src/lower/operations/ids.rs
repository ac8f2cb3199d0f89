//! Operation ids: the documented ones if they are unique, otherwise generated from method and path.

use rustc_hash::FxHashSet;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::document::{Document, Operation};
use crate::lower::conventions::paths::words_of_path;

/// Returns the id of each operation, in the order of the document.
pub(in crate::lower) fn operation_ids(document: &Document, diagnostics: &mut Diagnostics) -> Vec<String> {
    let documented = document
        .operations
        .iter()
        .map(|operation| operation.id.as_deref().filter(|id| !id.trim().is_empty()));
    let mut taken: FxHashSet<String> = FxHashSet::default();
    let mut firsts: Vec<Option<String>> = Vec::with_capacity(document.operations.len());
    for id in documented {
        // The first operation with an id keeps it. `taken` must contain all kept ids before an id is generated.
        firsts.push(id.filter(|id| taken.insert((*id).to_owned())).map(str::to_owned));
    }
    let mut ids = Vec::with_capacity(firsts.len());
    for (operation, id) in document.operations.iter().zip(firsts) {
        ids.push(id.unwrap_or_else(|| generate(operation, &mut taken, diagnostics)));
    }
    ids
}

fn generate(operation: &Operation, taken: &mut FxHashSet<String>, diagnostics: &mut Diagnostics) -> String {
    let base = from_path(&operation.method, &operation.path);
    let mut id = base.clone();
    let mut number = 2;
    while !taken.insert(id.clone()) {
        id = format!("{base}{number}");
        number += 1;
    }
    let signature = format!("{} {}", operation.method, operation.path);
    let (code, message, help) = match &operation.id {
        Some(documented) => {
            let message = format!(
                "`operationId` `{documented}` is already used by another operation; `{id}` is used for `{signature}`"
            );
            (Code::RepeatedOperationId, message, Code::RepeatedOperationId.help())
        }
        None => (
            Code::MissingOperationId,
            format!("`{signature}` has no `operationId`; `{id}` is used"),
            "add a unique `operationId`, so that the name stays when the path changes",
        ),
    };
    diagnostics.push(Diagnostic::new(code, operation.place, message).help(help));
    id
}

/// Returns `getUsersById` for `GET /users/{id}`.
fn from_path(method: &str, path: &str) -> String {
    let mut id = method.to_lowercase();
    for word in words_of_path(path) {
        let mut letters = word.chars();
        id.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        id.push_str(letters.as_str());
    }
    id
}
