//! The structs of required inputs.
//!
//! In: the required inputs of an operation. Out: if there are too many of them for arguments without names, they are the fields of
//! a struct, as the required fields of models are.

use std::collections::BTreeMap;

use crate::krate::{ArgumentType, Group, Ident, Input, Operation};
use crate::plan::models::MAX_ARGUMENTS;
use crate::plan::names::{Casing, Claim, OPERATION_TYPES, Rank, Scope, Words};

/// Returns whether a method takes a struct with its required inputs instead of one argument for each.
pub fn takes_struct(required_inputs: usize) -> bool {
    required_inputs > MAX_ARGUMENTS
}

/// Changes arguments to fields. A field of a struct literal has the type itself, without a conversion.
pub fn make_fields(arguments: &mut [Input]) {
    for input in arguments {
        input.argument = ArgumentType::Value;
    }
}

/// Names the structs. All other types of a group keep their names, so that a struct never renames one of them.
pub fn name_structs(groups: &[Group], operations: &mut [Operation]) {
    let mut scopes: BTreeMap<usize, Scope> = BTreeMap::new();
    for index in 0..operations.len() {
        if !takes_struct(operations[index].arguments.len()) {
            continue;
        }
        let id = operations[index].group;
        let scope = scopes
            .entry(id.0)
            .or_insert_with(|| scope_of(&groups[id.0], operations));
        let builder = operations[index].names.builder.as_str();
        let words = |end: &str| Words::of(builder).followed_by(end);
        let claim = Claim::new(Rank::Derived, builder, words("required")).or(words("required inputs"));
        operations[index].required = Some(scope.ident(&claim));
    }
}

/// Returns a scope without the names of the types of a group.
fn scope_of(group: &Group, operations: &[Operation]) -> Scope {
    let names = group.operations.iter().flat_map(|id| {
        let names = &operations[id.0].names;
        [&names.builder, &names.error, &names.page, &names.output]
    });
    let names = names.chain([&group.handle]).map(Ident::as_str);
    Scope::new(Casing::Pascal).without(OPERATION_TYPES).without_names(names)
}
