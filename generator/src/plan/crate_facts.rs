//! Facts about the whole crate: which runtime modules are needed, how deep types nest.

use rayon::prelude::*;

use crate::krate::{
    BodyKind, Crate, CredentialKind, Encoding, ErrorPayload, Framing, Ident, Input, InputKind, ModelBody, ModelId,
    OAuth2, Operation, Output, RuntimeNeeds, TypeExpr,
};
use crate::wire::{ForeignType, GrantType, Location};

use super::models::referenced_models;

/// Fills in the facts.
pub fn fill(krate: &mut Crate) {
    let planned = &*krate;
    let references = planned.models.par_iter().map(|model| {
        let mut found = Vec::new();
        referenced_models(model, &mut found);
        found
    });
    let ((needs, limit), (disallowed_names, complex_types)) = rayon::join(
        || rayon::join(|| needs(planned), || recursion_limit(&references.collect::<Vec<_>>())),
        || rayon::join(|| disallowed_names(planned), || complex_types(planned)),
    );
    krate.runtime = needs;
    krate.recursion_limit = limit;
    krate.disallowed_names = disallowed_names;
    krate.complex_types = complex_types;
}

/// Returns all inputs of an operation.
pub fn inputs(operation: &Operation) -> impl Iterator<Item = &Input> {
    operation
        .arguments
        .iter()
        .chain(&operation.setters)
        .chain(&operation.constants)
}

/// Returns the recursion limit that the crate needs. The default of 128 is too low for deep chains of types, because the
/// compiler counts several levels for each type.
fn recursion_limit(references: &[Vec<ModelId>]) -> Option<usize> {
    let mut depths: Vec<Option<usize>> = vec![None; references.len()];
    // Iterative, because a document may nest deeper than the stack allows.
    for start in 0..references.len() {
        let mut stack = vec![(start, 0)];
        while let Some((id, next)) = stack.pop() {
            if next == 0 {
                if depths[id].is_some() {
                    continue;
                }
                depths[id] = Some(1);
            }
            match references[id].get(next) {
                Some(child) => {
                    stack.push((id, next + 1));
                    if depths[child.0].is_none() {
                        stack.push((child.0, 0));
                    }
                }
                None => {
                    let below = references[id]
                        .iter()
                        .filter(|child| child.0 != id)
                        .filter_map(|child| depths[child.0])
                        .max();
                    depths[id] = Some(below.unwrap_or(0) + 1);
                }
            }
        }
    }
    let deepest = depths.into_iter().flatten().max().unwrap_or(0);
    // At worst each level is an `Option` of a `Box` of a `Vec`.
    (deepest * 4 > 100).then(|| (deepest * 8).next_power_of_two())
}

/// Returns whether a name is one that Clippy's `disallowed_names` rejects.
fn disallowed_names(krate: &Crate) -> bool {
    let is_disallowed = |name: &Ident| matches!(name.as_str(), "foo" | "baz" | "quux");
    let in_models = krate.models.iter().any(|model| match &model.body {
        ModelBody::Record(record) => record.fields.iter().any(|field| is_disallowed(&field.name)),
        ModelBody::Enum(_) | ModelBody::Union(_) | ModelBody::Alias(_) | ModelBody::Newtype(_) => false,
    });
    in_models
        || krate
            .operations
            .iter()
            .flat_map(inputs)
            .any(|input| is_disallowed(&input.name))
}

fn complex_types(krate: &Crate) -> bool {
    let in_models = krate.models.iter().any(|model| match &model.body {
        ModelBody::Record(record) => record.fields.iter().any(|field| field.ty.is_complex()),
        ModelBody::Union(union) => union.variants.iter().any(|variant| variant.ty.is_complex()),
        ModelBody::Newtype(of) => of.is_complex(),
        // Clippy does not check aliases.
        ModelBody::Alias(_) | ModelBody::Enum(_) => false,
    });
    let mut operations = krate.operations.iter();
    in_models
        || operations.any(|operation| {
            let outputs = operation
                .cases
                .iter()
                .map(|case| &case.output)
                .chain(operation.outputs());
            inputs(operation).any(|input| input.ty.is_complex())
                || outputs
                    .into_iter()
                    .any(|output| output.ty(&operation.names).is_complex())
        })
}

fn has_login(oauth: &OAuth2) -> bool {
    let is_login = |grant: GrantType| matches!(grant, GrantType::AuthorizationCode | GrantType::DeviceCode);
    oauth.flows.iter().any(|flow| is_login(flow.grant))
}

// The function is long, because it decides one field after the other.
fn needs(krate: &Crate) -> RuntimeNeeds {
    let mut needs = RuntimeNeeds {
        mock: krate.tests,
        webhooks: !krate.webhooks.is_empty(),
        client_parameters: !krate.client_parameters.is_empty(),
        ..RuntimeNeeds::default()
    };
    for credential in &krate.credentials.schemes {
        match &credential.kind {
            CredentialKind::ClientCredentials { oauth, .. } => {
                (needs.oauth, needs.tokens) = (true, true);
                needs.login |= has_login(oauth);
            }
            CredentialKind::Bearer { oauth, .. } => {
                needs.tokens = true;
                needs.oauth |= oauth.is_some();
                needs.login |= oauth.as_ref().is_some_and(has_login);
            }
            CredentialKind::Basic { .. } | CredentialKind::ApiKey { .. } => {}
        }
    }
    for operation in &krate.operations {
        needs.pagination |= operation.pagination.is_some();
        if let Some(polling) = &operation.polling {
            needs.polling = true;
            note_type(&polling.result.ty(&operation.names), &mut needs);
        }
        needs.downloads |= operation.outputs().any(|output| *output == Output::Bytes);
        needs.alternatives |= operation.stream.is_some() || !operation.representations.is_empty();
        for stream in operation.streams() {
            needs.streams = true;
            needs.named_events |= stream.framing == Framing::NamedEvents;
            note_type(&stream.item, &mut needs);
        }
        if let Some(format) = operation.body.as_ref().and_then(|body| body.formats.first()) {
            needs.multipart |= format.kind == BodyKind::Multipart;
            needs.lines |= format.kind == BodyKind::Lines;
            needs.forms |= format.kind == BodyKind::Form;
        }
        for input in inputs(operation) {
            needs.files |= matches!(
                input.encoding,
                Encoding::FileBody | Encoding::FilePart | Encoding::FileParts
            );
            needs.xml |= input.encoding == Encoding::XmlPart;
            needs.styled_parts |= input.encoding == Encoding::StyledPart;
            needs.query_fields |= input.encoding == Encoding::QueryFields;
            needs.styles |= matches!(
                input.encoding,
                Encoding::Styled
                    | Encoding::StyledField
                    | Encoding::QueryForm
                    | Encoding::QueryFields
                    | Encoding::QueryText
                    | Encoding::QueryJson
            ) || (input.encoding == Encoding::Json
                && matches!(
                    input.kind,
                    InputKind::Parameter {
                        location: Location::Query,
                        ..
                    }
                ));
            note_type(&input.ty, &mut needs);
        }
        for output in operation.outputs() {
            note_type(&output.ty(&operation.names), &mut needs);
        }
        for case in &operation.cases {
            note_type(&case.output.ty(&operation.names), &mut needs);
        }
    }
    needs.styles |= needs.forms || needs.styled_parts;
    needs.headers = !krate.headers.is_empty();
    for variant in krate.errors.iter().flat_map(|errors| &errors.variants) {
        needs.xml |= variant.xml.is_some();
        if let ErrorPayload::Json(ty) = &variant.payload {
            note_type(ty, &mut needs);
        }
    }
    for payload in krate.webhooks.iter().filter_map(|webhook| webhook.payload.as_ref()) {
        note_type(payload, &mut needs);
    }
    needs.xml |= krate.operations.iter().any(has_xml);
    krate
        .headers
        .iter()
        .for_each(|getter| note_type(&getter.ty, &mut needs));
    for model in &krate.models {
        match &model.body {
            ModelBody::Record(record) => {
                record.fields.iter().for_each(|field| note_type(&field.ty, &mut needs));
                if let Some(extra) = &record.extra {
                    note_type(&extra.value, &mut needs);
                }
            }
            ModelBody::Union(union) => {
                needs.unions = true;
                let variants = union.variants.iter();
                variants.for_each(|variant| note_type(&variant.ty, &mut needs));
            }
            ModelBody::Alias(of) | ModelBody::Newtype(of) => note_type(of, &mut needs),
            ModelBody::Enum(_) => needs.enums = true,
        }
    }
    needs
}

fn has_xml(operation: &Operation) -> bool {
    let sends = operation
        .body
        .iter()
        .flat_map(|body| &body.formats)
        .any(|format| format.xml.is_some());
    let case = operation.cases.iter().any(|case| case.xml.is_some());
    sends || case || operation.xml.is_some() || operation.representations.iter().any(|other| other.xml.is_some())
}

fn note_foreign(ty: ForeignType, needs: &mut RuntimeNeeds) {
    match ty {
        ForeignType::ChronoDateTime | ForeignType::ChronoDate => (needs.time, needs.chrono) = (true, true),
        ForeignType::TimeDateTime | ForeignType::TimeDate => (needs.time, needs.time_crate) = (true, true),
        ForeignType::Uuid => needs.uuids = true,
        ForeignType::Decimal => needs.decimals = true,
    }
}

fn note_type(ty: &TypeExpr, needs: &mut RuntimeNeeds) {
    match ty {
        TypeExpr::DateTime | TypeExpr::Date | TypeExpr::Time => needs.time = true,
        TypeExpr::Duration => needs.durations = true,
        TypeExpr::I128 => needs.wide_integers = true,
        TypeExpr::Foreign(of) => note_foreign(*of, needs),
        TypeExpr::Nullable(of) => {
            needs.nullables = true;
            note_type(of, needs);
        }
        TypeExpr::Option(of) | TypeExpr::Boxed(of) | TypeExpr::List(of) | TypeExpr::Map(of) => note_type(of, needs),
        TypeExpr::Tuple(items) => items.iter().for_each(|item| note_type(item, needs)),
        TypeExpr::Unit
        | TypeExpr::Bool
        | TypeExpr::I32
        | TypeExpr::I64
        | TypeExpr::U32
        | TypeExpr::U64
        | TypeExpr::F64
        | TypeExpr::String
        | TypeExpr::Base64
        | TypeExpr::Bytes
        | TypeExpr::Json
        | TypeExpr::JsonObject
        | TypeExpr::Model(_)
        | TypeExpr::File
        | TypeExpr::Local(_) => {}
    }
}
