//! Facts about the crate as a whole: which operations use which model, which parts of the runtime are needed, how deep the
//! types nest.

use crate::document::Location;
use crate::krate::{
    BodyKind, Crate, ErrorPayload, Ident, Input, ModelBody, ModelId, Operation, OperationId, Output, Place,
    RuntimeNeeds, TokenKind, TypeExpr, Write,
};

use super::models::mentioned;

/// Fills in the facts.
pub fn fill(krate: &mut Crate) {
    let mentions: Vec<Vec<ModelId>> = krate
        .models
        .iter()
        .map(|model| {
            let mut found = Vec::new();
            mentioned(model, &mut found);
            found
        })
        .collect();
    for index in 0..krate.operations.len() {
        for model in reached(krate, &krate.operations[index], &mentions) {
            krate.models[model.0].used_by.push(OperationId(index));
        }
    }
    krate.recursion_limit = recursion_limit(&mentions);
    krate.runtime = needs(krate);
    krate.placeholder_names = placeholder_names(krate);
    krate.intricate_types = intricate_types(krate);
}

/// The models that an operation sends or gives, themselves or inside others.
fn reached(krate: &Crate, operation: &Operation, mentions: &[Vec<ModelId>]) -> Vec<ModelId> {
    let mut open = Vec::new();
    for input in inputs(operation) {
        input.ty.models(&mut open);
    }
    for case in &operation.cases {
        case.output.ty(&operation.names).models(&mut open);
    }
    operation.output.ty(&operation.names).models(&mut open);
    operation.streams().for_each(|stream| stream.item.models(&mut open));
    for variant in operation
        .error
        .map(|id| krate[id].variants.as_slice())
        .unwrap_or_default()
    {
        match &variant.payload {
            ErrorPayload::Json(ty) => ty.models(&mut open),
            ErrorPayload::Text | ErrorPayload::Raw => {}
        }
    }
    let mut seen = vec![false; krate.models.len()];
    let mut reached = Vec::new();
    while let Some(id) = open.pop() {
        if !std::mem::replace(&mut seen[id.0], true) {
            reached.push(id);
            open.extend(&mentions[id.0]);
        }
    }
    reached
}

fn inputs(operation: &Operation) -> impl Iterator<Item = &Input> {
    operation
        .arguments
        .iter()
        .chain(&operation.setters)
        .chain(&operation.constants)
}

/// The compiler gives up on chains of types deeper than 128; a few steps of its own come on top of ours.
fn recursion_limit(mentions: &[Vec<ModelId>]) -> Option<usize> {
    let mut depths: Vec<Option<usize>> = vec![None; mentions.len()];
    // Without recursion of our own: a document may nest deeper than the stack.
    for start in 0..mentions.len() {
        let mut stack = vec![(start, 0)];
        while let Some((id, next)) = stack.pop() {
            if next == 0 {
                if depths[id].is_some() {
                    continue;
                }
                depths[id] = Some(1);
            }
            match mentions[id].get(next) {
                Some(child) => {
                    stack.push((id, next + 1));
                    if depths[child.0].is_none() {
                        stack.push((child.0, 0));
                    }
                }
                None => {
                    let below = mentions[id]
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
    // Each step is an `Option` of a `Box` of a `Vec` at worst.
    (deepest * 4 > 100).then(|| (deepest * 8).next_power_of_two())
}

fn placeholder_names(krate: &Crate) -> bool {
    let is_one = |name: &Ident| matches!(name.as_str(), "foo" | "baz" | "quux");
    let in_models = krate.models.iter().any(|model| match &model.body {
        ModelBody::Record(record) => record.fields.iter().any(|field| is_one(&field.name)),
        ModelBody::Enum(_) | ModelBody::Union(_) | ModelBody::Alias(_) | ModelBody::Newtype(_) => false,
    });
    in_models
        || krate
            .operations
            .iter()
            .flat_map(inputs)
            .any(|input| is_one(&input.name))
}

fn intricate_types(krate: &Crate) -> bool {
    let in_models = krate.models.iter().any(|model| match &model.body {
        ModelBody::Record(record) => record.fields.iter().any(|field| field.ty.is_intricate()),
        ModelBody::Union(union) => union.variants.iter().any(|variant| variant.ty.is_intricate()),
        ModelBody::Newtype(of) => of.is_intricate(),
        // The linter wants aliases for such.
        ModelBody::Alias(_) | ModelBody::Enum(_) => false,
    });
    let mut operations = krate.operations.iter();
    in_models
        || operations.any(|operation| {
            let outputs = operation
                .cases
                .iter()
                .map(|case| &case.output)
                .chain([&operation.output]);
            inputs(operation).any(|input| input.ty.is_intricate())
                || outputs
                    .into_iter()
                    .any(|output| output.ty(&operation.names).is_intricate())
        })
}

fn needs(krate: &Crate) -> RuntimeNeeds {
    let mut needs = RuntimeNeeds {
        mock: krate.tests,
        ..RuntimeNeeds::default()
    };
    for credential in &krate.credentials.schemes {
        match &credential.kind {
            TokenKind::ClientCredentials { .. } => (needs.oauth, needs.tokens) = (true, true),
            TokenKind::Bearer { .. } => needs.tokens = true,
            TokenKind::Basic { .. } | TokenKind::ApiKey { .. } => {}
        }
    }
    for operation in &krate.operations {
        needs.paging |= operation.paging.is_some();
        for stream in operation.streams() {
            needs.streams = true;
            note_type(&stream.item, &mut needs);
        }
        if let Some(form) = operation.body.as_ref().and_then(|body| body.forms.first()) {
            needs.multipart |= form.kind == BodyKind::Multipart;
            needs.lines |= form.kind == BodyKind::Lines;
            needs.forms |= form.kind == BodyKind::Form;
        }
        for input in inputs(operation) {
            needs.styles |= matches!(input.write, Write::Styled | Write::StyledField)
                || (input.write == Write::Json
                    && matches!(
                        input.place,
                        Place::Parameter {
                            location: Location::Query,
                            ..
                        }
                    ));
            note_type(&input.ty, &mut needs);
        }
        match &operation.output {
            Output::Json(ty) | Output::OptionalJson(ty) => note_type(ty, &mut needs),
            Output::Empty | Output::Text | Output::Bytes | Output::Stream(_) | Output::ByStatus => {}
        }
        for case in &operation.cases {
            note_type(&case.output.ty(&operation.names), &mut needs);
        }
    }
    needs.styles |= needs.forms;
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

fn note_type(ty: &TypeExpr, needs: &mut RuntimeNeeds) {
    match ty {
        TypeExpr::Timestamp | TypeExpr::Date | TypeExpr::Time => needs.time = true,
        TypeExpr::Base64 => needs.base64 = true,
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
        | TypeExpr::F32
        | TypeExpr::F64
        | TypeExpr::String
        | TypeExpr::Bytes
        | TypeExpr::Json
        | TypeExpr::JsonObject
        | TypeExpr::Model(_)
        | TypeExpr::File
        | TypeExpr::Local(_) => {}
    }
}
