//! The imports of generated files.
//!
//! In: the planned crate. Out: what each file must import, so that none has an unused import and none lacks one.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::crate_facts::inputs;
use crate::krate::{
    ArgumentType, CallCase, CallImports, CaseOutcome, Crate, CredentialKind, Encoding, ErrorPayload, EventContent,
    Example, Framing, Group, Imports, Input, LinkMethod, Operation, OperationImports, Output, SetterForm, TypeExpr,
};

/// Returns the imports of all files.
pub fn imports(krate: &Crate) -> Imports {
    let calls = krate.operations.par_iter();
    let calls: Vec<CallImports> = calls
        .map(|operation| {
            operation
                .call_case
                .as_ref()
                .map(|case| call(operation, case))
                .unwrap_or_default()
        })
        .collect();
    Imports {
        client: client(krate).into_iter().collect(),
        operations: krate.operations.par_iter().map(self::operation).collect(),
        groups: krate
            .groups
            .par_iter()
            .map(|group| group_uses_models(krate, group))
            .collect(),
        errors: errors_use_models(krate),
        headers: krate.headers.iter().any(|getter| has_models(&getter.ty)),
        links: links_use_models(krate),
        webhooks: webhooks_use_models(krate),
        mock: krate.operations.iter().any(stub_uses_models),
        smoke: smoke(krate, &calls),
        calls,
    }
}

fn has_models(ty: &TypeExpr) -> bool {
    let mut found = Vec::new();
    ty.models(&mut found);
    !found.is_empty()
}

fn links_use_models(krate: &Crate) -> bool {
    krate.links.iter().any(|links| {
        let passed = |method: &LinkMethod| {
            let arguments = krate[method.target].arguments.iter().zip(&method.arguments);
            arguments
                .into_iter()
                .any(|(input, value)| value.is_none() && has_models(&input.ty))
        };
        has_models(&links.body) || links.methods.iter().any(passed)
    })
}

/// Returns the names that the client imports from the runtime.
fn client(krate: &Crate) -> BTreeSet<&'static str> {
    let mut imports: BTreeSet<&str> = [
        "ApiInfo",
        "BuildError",
        "Core",
        "Environment",
        "Hook",
        "HttpClient",
        "Method",
        "RawRequest",
        "ReadMode",
        "RetryPolicy",
        "Settings",
        "Transport",
    ]
    .into();
    for setter in &krate.credentials.setters {
        if !setter.schemes.is_empty() {
            imports.insert("Credential");
        }
        match setter.form {
            SetterForm::OAuth => {
                imports.insert("OAuth2");
            }
            SetterForm::TokenProvider => imports.extend(["BoxError", "Token"]),
            SetterForm::ClientCredentials
            | SetterForm::Password
            | SetterForm::BearerToken
            | SetterForm::BasicAuth
            | SetterForm::ApiKey
            | SetterForm::AnyToken
            | SetterForm::AnyKey => {
                imports.insert("Secret");
            }
        }
    }
    for credential in &krate.credentials.schemes {
        imports.extend(["SecurityScheme", "SchemeKind", "Variables"]);
        let flows = match &credential.kind {
            CredentialKind::ClientCredentials { oauth, .. } => Some(&oauth.flows),
            CredentialKind::Bearer { oauth, .. } => oauth.as_ref().map(|oauth| &oauth.flows),
            CredentialKind::Basic { .. } | CredentialKind::ApiKey { .. } => None,
        };
        if flows.is_some_and(|flows| !flows.is_empty()) {
            imports.extend(["GrantType", "OAuth2Flow"]);
        }
        if matches!(credential.kind, CredentialKind::ApiKey { .. }) {
            imports.insert("KeyLocation");
        }
    }
    let mut common = krate.credentials.common_requirements.iter();
    if common.any(|requirements| !requirements.is_empty()) {
        imports.insert("RequiredScheme");
    }
    imports
}

fn operation(operation: &Operation) -> OperationImports {
    OperationImports {
        models: operation_uses_models(operation),
        runtime: operation_runtime(operation).into_iter().collect(),
    }
}

/// Returns the names that the file of an operation imports from the runtime.
fn operation_runtime(operation: &Operation) -> BTreeSet<&'static str> {
    let mut runtime: BTreeSet<&str> = ["Core", "Operation", "Request"].into();
    if operation.is_prepared() {
        runtime.insert("PreparedRequest");
    } else {
        runtime.extend(["Response", "ResponseFuture"]);
    }
    let reads = |output: &Output| match output {
        Output::Json(_) | Output::OptionalJson(_) | Output::Text | Output::ByStatus => true,
        Output::Empty | Output::Bytes | Output::Stream(_) => false,
    };
    let is_page = |output: &Output| operation.pagination.is_some() && *output == operation.output;
    let others = operation
        .representations
        .iter()
        .map(|other| (&other.output, &other.xml));
    let mut outputs = others.chain([(&operation.output, &operation.xml)]);
    if outputs.any(|(output, xml)| reads(output) && !is_page(output) && xml.is_none()) {
        runtime.insert("RawResponse");
    }
    for stream in operation.streams() {
        runtime.extend(["Framing", "ResponseStream"]);
        if stream.framing == Framing::NamedEvents {
            runtime.insert("NamedEvents");
        }
        runtime.insert(if stream.framing.is_events() {
            "ServerEvent"
        } else {
            "Frame"
        });
    }
    let styled = [
        Encoding::Styled,
        Encoding::StyledField,
        Encoding::StyledPart,
        Encoding::QueryFields,
    ];
    if inputs(operation).any(|input| styled.contains(&input.encoding)) {
        runtime.extend(["StyleRule", "Style"]);
    }
    if operation
        .polling
        .iter()
        .any(|polling| reads(&polling.result) && polling.xml.is_none())
    {
        runtime.insert("RawResponse");
    }
    if let Some(pagination) = &operation.pagination {
        runtime.extend(["Items", "Page", "Pages", "Pagination", "PaginationStep"]);
        if pagination.step.input().is_some() {
            runtime.insert("PaginationInput");
        }
    }
    runtime
}

fn operation_uses_models(operation: &Operation) -> bool {
    let names = &operation.names;
    let has_variants = operation.output == Output::ByStatus;
    let variants = operation.cases.iter().filter(|_| has_variants);
    let mut outputs = operation.outputs().chain(variants.map(|case| &case.output));
    outputs.any(|output| has_models(&output.ty(names)))
        || operation.streams().any(|stream| has_models(&stream.item))
        || operation
            .polling
            .as_ref()
            .is_some_and(|polling| has_models(&polling.result.ty(names)))
        || operation
            .pagination
            .as_ref()
            .is_some_and(|pagination| has_models(&pagination.item))
        || inputs(operation).any(input_uses_models)
}

/// Returns whether code for an input refers to `models`.
fn input_uses_models(input: &Input) -> bool {
    let by_name = match &input.argument {
        ArgumentType::IntoString | ArgumentType::IntoBytes | ArgumentType::IntoFile => false,
        ArgumentType::Items(item) => **item != ArgumentType::IntoString,
        ArgumentType::Value | ArgumentType::Into | ArgumentType::Borrow => true,
    };
    match &input.constant_value {
        Some(value) => matches!(value, Example::Variant(..)),
        None => by_name && has_models(&input.ty),
    }
}

/// Returns whether the methods of a group have models as arguments.
fn group_uses_models(krate: &Crate, group: &Group) -> bool {
    let operations = group.operations.iter().map(|id| &krate[*id]);
    operations.flat_map(Operation::positional).any(input_uses_models)
}

fn errors_use_models(krate: &Crate) -> bool {
    let mut variants = krate.errors.iter().flat_map(|errors| &errors.variants);
    variants.any(|variant| match &variant.payload {
        ErrorPayload::Json(ty) => has_models(ty),
        ErrorPayload::Text | ErrorPayload::Raw => false,
    })
}

/// Returns whether a variant of the event enum contains a model.
fn webhooks_use_models(krate: &Crate) -> bool {
    let mut events = krate.webhooks.iter().filter_map(|webhook| webhook.event.as_ref());
    events.any(|event| match &event.content {
        EventContent::Json(ty) => has_models(ty),
        EventContent::Bytes | EventContent::Empty => false,
    })
}

/// Returns whether the stub of an operation has a model as its body.
fn stub_uses_models(operation: &Operation) -> bool {
    operation.call_case.is_some() && operation.output.json().is_some_and(has_models)
}

fn smoke(krate: &Crate, calls: &[CallImports]) -> Vec<&'static str> {
    let mut imports = vec!["Client", "Error", "Response", "RetryPolicy"];
    imports.extend((!krate.errors.is_empty()).then_some("errors"));
    imports.extend(calls.iter().any(|call| call.models).then_some("models"));
    imports
}

fn call(operation: &Operation, case: &CallCase) -> CallImports {
    let setters = case.setters.iter().map(|(_, given)| given);
    let given = || case.arguments.iter().chain(setters.clone()).map(|given| &given.value);
    let bare = |value: &Example, test: fn(&Example) -> bool| match value {
        Example::Borrow(inner) => test(inner),
        value => test(value),
    };
    let responses = case.expectation.iter().flat_map(|expectation| &expectation.responses);
    let arguments = operation.arguments.iter().zip(&case.arguments);
    let set = case.setters.iter().filter_map(|(name, given)| {
        let input = operation.setters.iter().find(|input| input.name == *name)?;
        Some((input, given))
    });
    // A value that is deserialized for a conversion names its type.
    let mut named = arguments.chain(set).filter(|(input, given)| {
        let converts = match &input.argument {
            ArgumentType::Items(item) => **item != ArgumentType::IntoString,
            ArgumentType::Into => true,
            ArgumentType::Value
            | ArgumentType::Borrow
            | ArgumentType::IntoString
            | ArgumentType::IntoBytes
            | ArgumentType::IntoFile => false,
        };
        converts && matches!(given.value, Example::FromJson(_))
    });
    CallImports {
        models: named.any(|(input, _)| has_models(&input.ty))
            || given().any(|value| bare(value, |value| matches!(value, Example::Variant(..)))),
        json: given().any(|value| bare(value, |value| matches!(value, Example::FromJson(_)))),
        errors: responses
            .into_iter()
            .any(|response| matches!(response.outcome, CaseOutcome::Error(_))),
    }
}
