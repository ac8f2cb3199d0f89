//! Error enums: one for each set of documented failures, shared by all operations with that set.

use std::collections::BTreeSet;

use crate::ir::{Api, Content, Docs, ErrorCase, ErrorSet};
use crate::krate::{
    Access, Doc, ErrorEnum, ErrorId, ErrorPayload, ErrorVariant, Group, GroupId, Model, OperationId, OperationNames,
    TypeExpr,
};
use crate::markdown::code_span;

use super::names::{Casing, Claim, Rank, Scope, Words};
use super::operations::{access, media_type};
use super::sizes::Sizes;
use super::{doc_text, status, types, xml};

/// Plans the error enums, sorted by name, and returns the enum of each error set. `None` for a set without documented
/// failures.
pub fn errors(
    api: &Api,
    models: &[Model],
    sizes: &Sizes,
    groups: &[Group],
    placed: &[(GroupId, OperationNames)],
) -> (Vec<ErrorEnum>, Vec<Option<ErrorId>>) {
    let sets: Vec<usize> = (0..api.error_sets.len())
        .filter(|index| !api.error_sets[*index].cases.is_empty() && !api.error_sets[*index].operations.is_empty())
        .collect();
    let claims: Vec<Claim> = sets.iter().map(|index| claim(api, *index, groups, placed)).collect();
    let names = Scope::new(Casing::Pascal)
        .without(&["Unexpected", "RawResponse", "ErrorSet", "Error"])
        .idents(&claims);
    let mut planned: Vec<(usize, ErrorEnum)> = sets
        .iter()
        .zip(names)
        .map(|(index, name)| {
            let set = &api.error_sets[*index];
            let planned = ErrorEnum {
                name,
                doc: Doc::from_summary(summary(&api.error_sets[*index], groups, placed)),
                variants: variants(api, models, sizes, set),
                unexpected_doc: "",
                operations: set.operations.iter().copied().map(OperationId).collect(),
                usage: None,
            };
            (*index, planned)
        })
        .collect();
    planned.sort_by(|a, b| a.1.name.cmp(&b.1.name));
    let mut ids = vec![None; api.error_sets.len()];
    for (position, (index, _)) in planned.iter().enumerate() {
        ids[*index] = Some(ErrorId(position));
    }
    (planned.into_iter().map(|(_, planned)| planned).collect(), ids)
}

/// Returns the claim for a set's name. The set of one operation is named after the operation, that of one group after
/// the group, any other after its status codes if they are few, otherwise `CommonError`.
fn claim(api: &Api, index: usize, groups: &[Group], placed: &[(GroupId, OperationNames)]) -> Claim {
    let set = &api.error_sets[index];
    let used_in: BTreeSet<GroupId> = set.operations.iter().map(|operation| placed[*operation].0).collect();
    let statuses: Vec<String> = set
        .cases
        .iter()
        .map(|case| status::words(case.status).spaced())
        .collect();
    let by_status = Words::of(&statuses.join(" ")).ending_with("error");
    let shared_by = set
        .operations
        .iter()
        .filter(|index| api.operations[**index].variant.is_none())
        .count();
    // The set that most operations share has the first claim to a short name.
    let key = format!(
        "{:06} {:?}",
        999_999 - shared_by.min(999_999),
        set.cases.iter().map(|case| case.status).collect::<Vec<_>>()
    );
    let first = set.operations.first().map(|operation| &api.operations[*operation]);
    let own = first.map_or_else(
        || Words::of("call"),
        |first| Words::of(first.custom_name.as_ref().unwrap_or(&first.name.text)),
    );
    let own = own.starting_with_letter("call").ending_with("error");
    match used_in.first() {
        Some(_) if shared_by == 1 => Claim::new(Rank::Derived, key, own),
        Some(group) if used_in.len() == 1 => {
            let group = Words::of(groups[group.0].handle.as_str()).ending_with("error");
            Claim::new(Rank::Document, key, group).or(if set.cases.len() <= 3 { by_status } else { own })
        }
        Some(_) | None if set.cases.len() <= 3 => Claim::new(Rank::Document, key, by_status),
        Some(_) | None => Claim::new(Rank::Document, key, Words::of("common error")),
    }
}

fn summary(set: &ErrorSet, groups: &[Group], placed: &[(GroupId, OperationNames)]) -> String {
    let used_in: BTreeSet<GroupId> = set.operations.iter().map(|operation| placed[*operation].0).collect();
    match (set.operations.as_slice(), used_in.first()) {
        ([one], Some(group)) => {
            let handle = groups[group.0].handle_path();
            format!(
                "The documented errors of [`{}`](crate::{handle}::{}).",
                placed[*one].1.method, placed[*one].1.method
            )
        }
        (several, Some(group)) if used_in.len() == 1 => {
            format!(
                "The documented errors of {} operations of the group [{}](crate::{}).",
                several.len(),
                code_span(&groups[group.0].title),
                groups[group.0].handle_path()
            )
        }
        (several, _) => format!("The documented errors of {} operations.", several.len()),
    }
}

fn variants(api: &Api, models: &[Model], sizes: &Sizes, set: &ErrorSet) -> Vec<ErrorVariant> {
    let claims = set
        .cases
        .iter()
        .map(|case| Claim::new(Rank::Document, status::key(case.status), status::words(case.status)));
    let names = Scope::new(Casing::Pascal)
        .without(&["Self", "Unexpected"])
        .idents(&claims.collect::<Vec<_>>());
    let variants = set.cases.iter().zip(names).map(|(case, name)| {
        let label = status::label(case.status);
        let docs = Docs {
            description: case.description.clone(),
            ..Docs::default()
        };
        ErrorVariant {
            name,
            status: case.status,
            doc: doc_text::doc(&docs, String::new),
            label,
            payload: payload(sizes, &case.content),
            media_type: media_type(&case.content).cloned(),
            xml: xml::of_content(api, &case.content),
            message: message(api, models, case),
        }
    });
    variants.collect()
}

fn payload(sizes: &Sizes, content: &Content) -> ErrorPayload {
    match content {
        Content::Json { ty, .. } => ErrorPayload::Json(sizes.boxed_if_large(types::expr(ty))),
        Content::Text { .. } => ErrorPayload::Text,
        Content::Bytes { .. } | Content::Stream { .. } | Content::Empty | Content::ByStatus => ErrorPayload::Raw,
    }
}

fn message(api: &Api, models: &[Model], case: &ErrorCase) -> Option<Access> {
    let Content::Json { ty, .. } = &case.content else {
        return None;
    };
    if ty.nullable {
        return None;
    }
    let (access, _) = access(&api.types, models, ty, case.message.as_ref()?)?;
    (access.ty == TypeExpr::String && !access.steps.is_empty()).then_some(access)
}
