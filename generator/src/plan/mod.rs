//! Plans the crate.
//!
//! In: [`Api`], which is independent of Rust, and the settings. Out: [`Crate`], in which every identifier and file name
//! is unique in its scope, and every import, box and doc line is decided. The result does not depend on the order of
//! traversal.

mod client;
mod crate_facts;
mod dependencies;
mod doc_text;
mod doctests;
mod errors;
mod examples;
mod features;
mod files;
mod groups;
mod imports;
mod links;
mod manifest;
mod method_names;
mod models;
mod names;
mod nested_values;
mod operations;
mod package;
mod prose;
mod response_headers;
mod runtime_modules;
mod security;
mod sizes;
mod snippets;
mod status;
mod surface;
#[cfg(test)]
mod tests;
mod types;
mod webhooks;
mod wire_tests;
mod xml;
mod xml_unions;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::config::{DeepObjects, Naming, Settings};
use crate::diagnostics::Diagnostics;
use crate::ir::{self, Api};
use crate::krate::{
    ApiInfo, Crate, GroupId, Imports, Manifest, ModelId, NestedStyle, Operation, OperationId, OperationNames, Output,
    Prose, RuntimeNeeds, Snippets,
};
use crate::wire::{Method, RetryRule};

use examples::ExampleBuilder;
pub use operations::takes_struct;
use sizes::Sizes;

/// Plans the crate `name` for an API.
///
/// The function is long, because it is the order of all steps of the stage.
pub fn plan(source: Api, name: &str, settings: &Settings, diagnostics: &mut Diagnostics) -> Crate {
    let api = &source;
    let sizes = Sizes::new(api);
    let ((models, model_files), (groups, placed)) = rayon::join(
        || models::models_and_files(api, &sizes),
        || groups::groups(api, settings.naming == Naming::Idiomatic),
    );
    let (errors, error_ids) = errors::errors(api, &models, &sizes, &groups, &placed);
    let (smoke, tests) = match api.operations.is_empty() {
        true => (false, false),
        false => (settings.smoke, settings.tests),
    };
    let env_prefix = package::env_prefix(name, settings);
    let (servers, mut methods) = client::servers(api);
    let mut credentials = client::credentials(api, &env_prefix, &mut methods);
    let examples = ExampleBuilder::of_models(api, &models);
    let client_parameters = client::parameters(api, &examples, &mut methods);
    let context = operations::Context {
        api,
        models: &models,
        examples,
        errors: &error_ids,
        sizes: &sizes,
        call_cases: smoke || tests,
        nested: nested(settings.deep_objects.unwrap_or_default()),
        client_parameters: &client_parameters,
    };
    let mut operations = planned(&context, placed, diagnostics);
    operations::mention_variants(&mut operations);
    operations::name_structs(&groups, &mut operations);
    if settings.deep_objects.is_none() {
        nested_values::report(api, diagnostics);
    }
    wire_tests::name_cases(&groups, &mut operations);
    let xml_models = xml::models(api, &models, &operations, &errors);
    let (headers, header_uses) = response_headers::plan(api);
    for (operation, headers) in operations.iter_mut().zip(header_uses) {
        operation.headers = headers;
    }
    let links = links::links(&context, &groups, &operations, diagnostics);
    credentials.common_requirements = security::common_requirements(&operations);
    if tests {
        wire_tests::add_expectations(api, &context.examples, &credentials, &errors, &mut operations);
    }
    let featured = featured(&operations);
    let failure_test = tests.then(|| wire_tests::failure_test(&operations, featured)).flatten();
    let token_tests = if tests {
        wire_tests::token_tests(&operations, &credentials)
    } else {
        Vec::new()
    };
    let retries = common_retries(&operations);
    let test_files = wire_tests::files(&groups);
    let security = security::constants(&mut operations);
    let webhooks = webhooks::webhooks(api, &sizes);
    let mut krate = Crate {
        package: package::package(api, name, settings),
        api_info: api_info(api, env_prefix),
        servers,
        credentials,
        client_parameters,
        groups,
        models,
        model_files,
        errors,
        xml: xml_models,
        headers_doc: response_headers::trait_doc(&headers),
        headers,
        links,
        security,
        webhooks,
        retries,
        featured,
        failure_test,
        token_tests,
        snippets: Snippets::default(),
        prose: Prose::default(),
        dependencies: Vec::new(),
        native_dependencies: dependencies::native_dependencies(),
        web_dependencies: Vec::new(),
        dev_dependencies: dependencies::dev_dependencies(tests),
        runtime: RuntimeNeeds::default(),
        recursion_limit: None,
        disallowed_names: false,
        complex_types: false,
        smoke,
        tests,
        test_files,
        guides: Vec::new(),
        doctests: Vec::new(),
        imports: Imports::default(),
        files: Vec::new(),
        manifest: Manifest::default(),
        shared_setters: Vec::new(),
        operations,
    };
    crate_facts::fill(&mut krate);
    krate.dependencies = dependencies::dependencies(&krate.runtime);
    krate.web_dependencies = dependencies::web_dependencies(&krate.dependencies);
    features::fill(&mut krate);
    examples::round_trip::fill(&mut krate);
    krate.manifest = manifest::of_api(api, &krate);
    // The remaining steps need only the crate. The API is large, and dropping it takes a while, so another thread does it.
    rayon::spawn(move || drop(source));
    snippets::fill(&mut krate);
    prose::fill(&mut krate);
    fill_independent(&mut krate);
    krate
}

/// Adds the facts that depend on all others, and not on each other.
fn fill_independent(krate: &mut Crate) {
    let planned = &*krate;
    let files = || {
        let files = files::files(planned);
        let doctests = doctests::doctests(planned, &files);
        (files, doctests)
    };
    let ((operations, api), (imports, ((files, doctests), shared_setters))) = rayon::join(
        || manifest::of_crate(planned),
        || {
            rayon::join(
                || imports::imports(planned),
                || rayon::join(files, || operations::shared_setters(&planned.operations)),
            )
        },
    );
    krate.manifest.operations = operations;
    krate.manifest.api = api;
    krate.imports = imports;
    krate.files = files;
    krate.doctests = doctests;
    krate.shared_setters = operations::share_setters(&mut krate.operations, shared_setters);
}

fn nested(setting: DeepObjects) -> NestedStyle {
    match setting {
        DeepObjects::Reject => NestedStyle::Reject,
        DeepObjects::Brackets => NestedStyle::Brackets,
        DeepObjects::Indices => NestedStyle::Indices,
        DeepObjects::Repeat => NestedStyle::Repeat,
    }
}

/// Plans all operations, in parallel.
fn planned(
    context: &operations::Context<'_>,
    placed: Vec<(GroupId, OperationNames)>,
    diagnostics: &mut Diagnostics,
) -> Vec<Operation> {
    let plan = |(source, placed): (&ir::Operation, _)| {
        let mut found = Diagnostics::default();
        let operation = operations::operation(context, source, placed, &mut found);
        (operation, found)
    };
    let (mut operations, mut found) = (Vec::new(), Vec::new());
    let sources = context.api.operations.par_iter().zip(placed);
    sources.map(plan).unzip_into_vecs(&mut operations, &mut found);
    found.into_iter().for_each(|found| diagnostics.append(found));
    operations
}

fn api_info(api: &Api, env_prefix: String) -> ApiInfo {
    let docs = ir::Docs {
        summary: api.summary.clone(),
        description: api.description.clone(),
        deprecated: None,
    };
    ApiInfo {
        title: doc_text::single_line(&api.title),
        version: doc_text::single_line(&api.version),
        doc: doc_text::doc(&docs, || doc_text::one_line(&api.title)),
        contact: api.contact.clone(),
        env_prefix,
        generator: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

/// Returns the retry rule of all operations, if they share one.
fn common_retries(operations: &[Operation]) -> Option<RetryRule> {
    let first = operations.first()?.retries.as_ref()?;
    operations
        .iter()
        .all(|operation| operation.retries.as_ref() == Some(first))
        .then(|| first.clone())
}

/// Returns the featured operation, which the documentation calls first: one that reads the most frequent model of the
/// API with few arguments.
fn featured(operations: &[Operation]) -> Option<OperationId> {
    let mut frequency: BTreeMap<ModelId, usize> = BTreeMap::new();
    for model in operations.iter().filter_map(main_model) {
        *frequency.entry(model).or_default() += 1;
    }
    let rank = |operation: &Operation| {
        let returns_nothing = operation.output == Output::Empty;
        let arguments = operation.arguments.len();
        (
            operation.doc.deprecated.is_some(),
            operation.method != Method::Get,
            returns_nothing,
            arguments > 1,
            Reverse(main_model(operation).and_then(|model| frequency.get(&model).copied())),
            arguments,
        )
    };
    let best = operations
        .iter()
        .enumerate()
        .min_by_key(|(index, operation)| (rank(operation), *index));
    best.map(|(index, _)| OperationId(index))
}

/// Returns the model that an operation is about: the items of a list, otherwise the response body.
fn main_model(operation: &Operation) -> Option<ModelId> {
    let ty = match (&operation.pagination, &operation.output) {
        (Some(pagination), _) => &pagination.item,
        (None, Output::Json(ty) | Output::OptionalJson(ty)) => ty,
        (None, Output::Empty | Output::Text | Output::Bytes | Output::Stream(_) | Output::ByStatus) => return None,
    };
    let mut models = Vec::new();
    ty.models(&mut models);
    models.first().copied()
}
