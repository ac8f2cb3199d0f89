//! Examples of error handling.

use super::call::Call;
use crate::krate::{Crate, ErrorEnum, ErrorPayload, ErrorVariant, Output};
use crate::wire::Status;

/// Returns a program that handles errors by predicate and by the documented body of one variant; `None` if no operation
/// returns the enum.
pub(super) fn usage(krate: &Crate, error: &ErrorEnum) -> Option<String> {
    let calls = error.operations.iter().map(|&id| Call::minimal(krate, id));
    let call = calls.min_by_key(Call::size)?;
    let name = &error.name;
    let (found, printed) = if call.operation.output == Output::Empty {
        ("()", "\"done\"")
    } else {
        ("response", "\"{response:#?}\"")
    };
    let mut arms = vec![format!("Ok({found}) => println!({printed}),")];
    if error.variants.iter().any(|variant| variant.status == Status::Code(404)) {
        arms.push("Err(error) if error.is_not_found() => println!(\"not found\"),".to_owned());
    }
    let matched = matched_variant(error);
    let mut others = error.variants.iter();
    let other = others.find(|variant| variant.status != Status::Code(404));
    // If only retryable variants are left, the example matches one of them, so it has no arm for all retryable errors.
    if matched.is_some() || other.is_none() {
        arms.push("Err(error) if error.is_retryable() => println!(\"retry later: {error}\"),".to_owned());
    }
    arms.push("Err(error) => match error.kind() {".to_owned());
    if let Some(variant) = matched.or(other) {
        arms.push(format!(
            "    Some({name}::{}(body)) => println!(\"{{body:#?}}\"),",
            variant.name
        ));
    }
    arms.push(format!(
        "    Some({name}::Unexpected(other)) => println!(\"{{other:#?}}\"),"
    ));
    arms.push("    _ => return Err(error.into()),".to_owned());
    arms.push("},".to_owned());
    let body = format!(
        "{}    match result {{\n        {}\n    }}\n",
        call.chain(&["send()", "await"]).statement(1, "let result = ", ";\n"),
        arms.join("\n        ")
    );
    Some(call.program(&["Client", &format!("errors::{name}")], &body))
}

/// Returns the variant that the example matches: the first with a body, otherwise the first. The status codes 404, 408,
/// 429 and those from 500 are left out, because earlier arms match most of them.
fn matched_variant(error: &ErrorEnum) -> Option<&ErrorVariant> {
    let has_predicate = |variant: &&ErrorVariant| matches!(variant.status, Status::Code(404 | 408 | 429 | 500..));
    let variants = || error.variants.iter().filter(|variant| !has_predicate(variant));
    let has_body = |variant: &&ErrorVariant| !matches!(variant.payload, ErrorPayload::Raw);
    variants().find(has_body).or_else(|| variants().next())
}
