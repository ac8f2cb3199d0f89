//! The same call with strings that must be percent-encoded.

use crate::json::Json;
use crate::krate::{
    ArgumentType, CallCase, CaseInput, Credentials, Example, Expectation, Input, InputKind, Operation, TypeExpr,
};
use crate::wire::Location;

use super::request;

/// A string with characters that are special in paths and queries.
const SPECIAL: &str = "a b/c%2F&=+ü..";

/// Returns the call with strings that must be percent-encoded. `None` if no path parameter is a string.
pub fn escaping(operation: &Operation, credentials: &Credentials) -> Option<Box<CallCase>> {
    let mut case = operation.call_case.clone()?;
    let mut in_path = false;
    for (input, value) in operation.arguments.iter().zip(&mut case.arguments) {
        in_path |= replace(input, value) == Some(Location::Path);
    }
    for (name, value) in &mut case.setters {
        if let Some(input) = operation.setters.iter().find(|input| input.name == *name) {
            replace(input, value);
        }
    }
    let mut parts = request::parts(operation, &case).filter(|_| in_path)?;
    request::authorize(&mut parts, operation, credentials);
    case.expectation = Some(Expectation {
        request: Some(parts.request()),
        ..Expectation::default()
    });
    Some(case)
}

/// Replaces the value of a string parameter and returns its location.
fn replace(input: &Input, value: &mut CaseInput) -> Option<Location> {
    let InputKind::Parameter { location, .. } = &input.kind else {
        return None;
    };
    let is_string = input.argument == ArgumentType::IntoString && input.ty == TypeExpr::String;
    if !is_string || !matches!(location, Location::Path | Location::Query) {
        return None;
    }
    *value = CaseInput {
        value: Example::Str(SPECIAL.to_owned()),
        wire: Some(Json::String(SPECIAL.to_owned())),
    };
    Some(*location)
}
