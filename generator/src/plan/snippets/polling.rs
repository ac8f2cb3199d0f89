//! Examples of long-running operations.

use super::call::Call;
use crate::krate::{Crate, OperationId, PollingSnippets};

/// Returns the examples; `None` if there is no long-running operation.
pub(super) fn snippets(krate: &Crate) -> Option<PollingSnippets> {
    let (first, _) = krate.polled().next()?;
    Some(PollingSnippets {
        until_done: until_done(krate, first),
        progress: progress(krate, first),
    })
}

fn until_done(krate: &Crate, id: OperationId) -> String {
    let call = Call::minimal(krate, id);
    let body = call
        .chain(&["poll()", "until_done()", "await?"])
        .statement(1, "let result = ", ";\n")
        + "    println!(\"{result:#?}\");\n";
    call.program(&["Client"], &body)
}

fn progress(krate: &Crate, id: OperationId) -> String {
    let call = Call::minimal(krate, id);
    let body = call.chain(&["poll()"]).statement(1, "let mut poller = ", ";\n")
        + "    while let Some(progress) = poller.next().await {\n        match progress? {\n            \
           Progress::Running { status, .. } => println!(\"running: {status:?}\"),\n            \
           Progress::Done(result) => println!(\"{result:#?}\"),\n            _ => {}\n        }\n    }\n";
    call.program(&["Client", "runtime::Progress"], &body)
}
