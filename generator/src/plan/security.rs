//! The security requirements of operations, and the constants that hold them.

use super::names::{Casing, Claim, Rank, Scope, Words};
use crate::krate::{Ident, Operation, Requirement, SecurityConst, SecurityId};

/// The maximum number of scopes in a name.
const MAX_SCOPES: usize = 3;

/// Returns one constant for each distinct list of requirements, sorted by name, and assigns them to the operations.
pub fn constants(operations: &mut [Operation]) -> Vec<SecurityConst> {
    let mut distinct: Vec<Vec<Vec<Requirement>>> = Vec::new();
    for operation in operations.iter().filter(|operation| !operation.security.is_empty()) {
        if !distinct.contains(&operation.security) {
            distinct.push(operation.security.clone());
        }
    }
    let claims: Vec<Claim> = distinct.iter().map(|alternatives| claim(alternatives)).collect();
    let names = Scope::new(Casing::Snake).idents(&claims);
    let shouty = |name: Ident| Ident::nearest(&name.as_str().to_uppercase());
    let constant = |(alternatives, name): (Vec<Vec<Requirement>>, Ident)| SecurityConst {
        name: shouty(name),
        alternatives,
    };
    let mut constants: Vec<SecurityConst> = distinct.into_iter().zip(names).map(constant).collect();
    constants.sort_by(|a, b| a.name.cmp(&b.name));
    for operation in operations {
        let of_operation = |constant: &SecurityConst| constant.alternatives == operation.security;
        operation.security_const = constants.iter().position(of_operation).map(SecurityId);
    }
    constants
}

/// Returns the claim for a name: the schemes, or the schemes with their scopes if others have the same schemes.
fn claim(alternatives: &[Vec<Requirement>]) -> Claim {
    let all = || alternatives.iter().flatten();
    let mut schemes: Vec<&str> = all().map(|requirement| requirement.scheme.as_str()).collect();
    schemes.dedup();
    if alternatives.iter().any(Vec::is_empty) {
        schemes.insert(0, "optional");
    }
    let scopes: Vec<&str> = all()
        .flat_map(|requirement| requirement.scopes.iter().map(String::as_str))
        .take(MAX_SCOPES)
        .collect();
    let words = |parts: &[&str]| Words::of(&parts.join(" ")).starting_with_letter("scheme");
    let key = format!("{alternatives:?}");
    Claim::new(Rank::Derived, key, words(&schemes)).or(words(&[schemes, scopes].concat()))
}

/// Returns the most frequent security requirements of operations, without scopes. Custom requests use them.
pub fn common_requirements(operations: &[Operation]) -> Vec<Vec<Requirement>> {
    let mut counts: Vec<(Vec<Vec<Requirement>>, usize)> = Vec::new();
    for operation in operations {
        let without_scopes: Vec<Vec<Requirement>> = operation
            .security
            .iter()
            .map(|requirements| {
                requirements
                    .iter()
                    .map(|requirement| Requirement {
                        scheme: requirement.scheme.clone(),
                        scopes: Vec::new(),
                    })
                    .collect()
            })
            .collect();
        match counts.iter_mut().find(|(known, _)| *known == without_scopes) {
            Some((_, count)) => *count += 1,
            None => counts.push((without_scopes, 1)),
        }
    }
    // The first of the most frequent ones, so that a tie depends on the order of the document only.
    let best = counts.iter().map(|(_, count)| *count).max();
    counts
        .into_iter()
        .find(|(_, count)| Some(*count) == best)
        .map(|(common, _)| common)
        .unwrap_or_default()
}
