//! The same call with texts that have to be encoded.

use crate::document::Location;
use crate::json::Json;
use crate::krate::{Credentials, Example, Input, Operation, Place, Proof, Take, Trial, TrialInput, TypeExpr};

use super::request;

/// A text with what is special in paths and queries.
const TEXT: &str = "a b/c%2F&=+ü..";

/// The trial with such texts; `None` where the path takes none.
pub fn odd(operation: &Operation, credentials: &Credentials) -> Option<Trial> {
    let mut trial = operation.trial.clone()?;
    let mut in_path = false;
    for (input, given) in operation.arguments.iter().zip(&mut trial.arguments) {
        in_path |= replace(input, given) == Some(Location::Path);
    }
    for (name, given) in &mut trial.setters {
        if let Some(input) = operation.setters.iter().find(|input| input.name == *name) {
            replace(input, given);
        }
    }
    let mut parts = request::parts(operation, &trial).filter(|_| in_path)?;
    request::authorize(&mut parts, operation, credentials);
    trial.proof = Some(Proof {
        request: Some(parts.request()),
        ..Proof::default()
    });
    Some(trial)
}

/// Replaces the text of an input, and tells where it travels.
fn replace(input: &Input, given: &mut TrialInput) -> Option<Location> {
    let Place::Parameter { location, .. } = &input.place else {
        return None;
    };
    let free = input.take == Take::IntoString && input.ty == TypeExpr::String;
    if !free || !matches!(location, Location::Path | Location::Query) {
        return None;
    }
    *given = TrialInput {
        value: Example::Str(TEXT.to_owned()),
        wire: Some(Json::String(TEXT.to_owned())),
    };
    Some(*location)
}
