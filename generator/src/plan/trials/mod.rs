//! The calls that prove a crate, and what has to come of them.
//!
//! In: the document and the operations as they are planned. Out: a trial for each operation, with the request that it has to
//! send and the answers that it has to read, both computed from the document alone.

mod answers;
mod call;
mod canonical;
mod odd;
mod pages;
mod request;
mod streams;
mod style;

use std::collections::HashSet;

use crate::ir::Api;
use crate::krate::{Credentials, ErrorEnum, Group, Ident, Operation, Proof};

use super::examples::Maker;
use super::names::{Case, Claim, PROGRAM_FILES, PROGRAM_WORDS, Rank, Scope, Words};

pub use call::trial;

/// Gives each trial a name: the method's, with the group's before it where another group has the same method.
pub fn name(groups: &[Group], operations: &mut [Operation]) {
    let claim = |operation: &Operation| {
        let method = Words::of(operation.names.method.as_str());
        let within = method.after(groups[operation.group.0].accessor.as_str());
        Claim::new(Rank::Document, &operation.pointer, method).or(within)
    };
    let claims: Vec<Claim> = operations.iter().map(claim).collect();
    let names = Scope::new(Case::Snake).without(PROGRAM_WORDS).idents(&claims);
    for (operation, name) in operations.iter_mut().zip(names) {
        if let Some(trial) = &mut operation.trial {
            trial.name = name;
        }
    }
}

/// The file of tests of each group.
pub fn files(groups: &[Group]) -> Vec<Ident> {
    let claim = |group: &Group| {
        let steps: Vec<&str> = group.path.iter().map(Ident::as_str).collect();
        Claim::new(Rank::Document, steps.join("/"), Words::of(&steps.join(" ")))
    };
    let claims: Vec<Claim> = groups.iter().map(claim).collect();
    Scope::new(Case::Snake).without(PROGRAM_FILES).idents(&claims)
}

/// Says what has to come of each trial.
pub fn prove(
    api: &Api,
    maker: &Maker<'_>,
    credentials: &Credentials,
    errors: &[ErrorEnum],
    operations: &mut [Operation],
) {
    let mut groups = HashSet::new();
    for (source, operation) in api.operations.iter().zip(operations) {
        let Some(trial) = &operation.trial else { continue };
        let mut parts = request::parts(operation, trial);
        if let Some(parts) = &mut parts {
            request::authorize(parts, operation, credentials);
        }
        let odd = (!groups.contains(&operation.group))
            .then(|| odd::odd(operation, credentials))
            .flatten();
        if odd.is_some() {
            groups.insert(operation.group);
        }
        let errors = operation.error.and_then(|id| errors.get(id.0));
        let proof = Proof {
            stream: streams::asked_for(maker, source),
            answers: answers::answers(maker, source, operation, errors),
            pages: pages::pages(maker, source, operation, parts.as_ref()),
            request: parts.map(request::Parts::request),
            odd: odd.map(Box::new),
        };
        if let Some(trial) = &mut operation.trial {
            trial.proof = Some(proof);
        }
    }
}
