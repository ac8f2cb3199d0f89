//! Deciding what the crate looks like.
//!
//! In: [`Api`], which knows no Rust, and the settings. Out: [`Crate`], in which every identifier, file, import, derive, box
//! and doc line is decided and unique. The same document gives the same crate, in whatever order it is walked.

mod client;
mod doc_text;
mod docs_json;
mod docs_scalars;
mod errors;
mod examples;
mod features;
mod groups;
mod license;
mod manifest;
mod models;
mod names;
mod operations;
mod package;
mod reach;
mod sizes;
mod status;
mod trials;
mod types;

use rayon::prelude::*;

use crate::config::{DeepObjects, Settings};
use crate::diagnostics::Diagnostics;
use crate::ir::{self, Api};
use crate::krate::{
    About, Contact, Crate, GroupId, Manifest, Nested, Operation, OperationId, OperationNames, RuntimeNeeds, Webhook,
};

use examples::Maker;
use sizes::Sizes;

/// Plans the crate `name` for an API.
pub fn plan(api: &Api, name: &str, settings: &Settings, diagnostics: &mut Diagnostics) -> Crate {
    let sizes = Sizes::new(api);
    let model_names = models::names(api);
    let models = models::models(api, &model_names, &sizes);
    let model_files = models::files(api, &model_names, &models);
    let (groups, placed) = groups::groups(api);
    let (errors, error_ids) = errors::errors(api, &models, &sizes, &groups, &placed);
    let (smoke, tests) = match api.operations.is_empty() {
        true => (false, false),
        false => (settings.smoke, settings.tests),
    };
    let context = operations::Context {
        api,
        models: &models,
        maker: Maker::of_models(api, &models),
        errors: &error_ids,
        sizes: &sizes,
        proved: smoke || tests,
        nested: nested(settings.deep_objects),
    };
    let mut operations = planned(&context, placed, diagnostics);
    trials::name(&groups, &mut operations);
    let env_prefix = package::env_prefix(name, settings);
    let (servers, mut methods) = client::servers(api);
    let mut credentials = client::credentials(api, &env_prefix, &mut methods);
    credentials.usual = client::usual(&operations);
    if tests {
        trials::prove(api, &context.maker, &credentials, &errors, &mut operations);
    }
    let retries = common_retries(&operations);
    let test_files = trials::files(&groups);
    let mut krate = Crate {
        package: package::package(api, name, settings),
        about: about(api, env_prefix),
        servers,
        credentials,
        groups,
        models,
        model_files,
        errors,
        webhooks: api.webhooks.iter().map(webhook).collect(),
        retries,
        showcase: showcase(&operations),
        runtime: RuntimeNeeds::default(),
        recursion_limit: None,
        placeholder_names: false,
        intricate_types: false,
        smoke,
        tests,
        test_files,
        manifest: Manifest::default(),
        operations,
    };
    reach::fill(&mut krate);
    features::fill(&mut krate);
    docs_json::fill(&mut krate);
    krate.manifest = manifest::manifest(api, &krate);
    krate
}

fn nested(setting: DeepObjects) -> Nested {
    match setting {
        DeepObjects::Refuse => Nested::Refuse,
        DeepObjects::Brackets => Nested::Brackets,
        DeepObjects::Indices => Nested::Indices,
        DeepObjects::Repeat => Nested::Repeat,
    }
}

/// All operations, each planned on its own, in parallel.
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
    let sources = context.api.operations.par_iter().zip(placed);
    let (operations, found): (Vec<Operation>, Vec<Diagnostics>) = sources.map(plan).unzip();
    found.into_iter().for_each(|found| diagnostics.append(found));
    operations
}

fn about(api: &Api, env_prefix: String) -> About {
    let docs = ir::Docs {
        summary: api.summary.clone(),
        description: api.description.clone(),
        deprecated: None,
    };
    About {
        title: doc_text::plain_line(&api.title),
        version: doc_text::plain_line(&api.version),
        doc: doc_text::doc(&docs, || doc_text::line(&api.title)),
        contact: api.contact.as_ref().map(|contact| Contact {
            name: contact.name.clone(),
            url: contact.url.clone(),
            email: contact.email.clone(),
        }),
        env_prefix,
        generator: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

fn webhook(webhook: &ir::Webhook) -> Webhook {
    Webhook {
        name: webhook.name.clone(),
        method: webhook.method.clone(),
        doc: doc_text::doc(&webhook.docs, || webhook.name.clone()),
        payload: webhook.payload.as_ref().map(types::expr),
    }
}

/// The retry rule of all operations, where they have one and the same.
fn common_retries(operations: &[Operation]) -> Option<crate::krate::RetryRule> {
    let first = operations.first()?.retries.as_ref()?;
    operations
        .iter()
        .all(|operation| operation.retries.as_ref() == Some(first))
        .then(|| first.clone())
}

/// The operation that is shown first: none on its way out, if it can be; a `GET` with a body and the fewest arguments, paged if there is one.
fn showcase(operations: &[Operation]) -> Option<OperationId> {
    let rank = |operation: &Operation| {
        let reads = operation.method == "GET";
        let gives = operation.output != crate::krate::Output::Empty;
        (
            operation.doc.deprecated.is_some(),
            !reads,
            !gives,
            operation.arguments.len() > 1,
            operation.paging.is_some(),
            operation.arguments.is_empty(),
        )
    };
    let best = operations
        .iter()
        .enumerate()
        .min_by_key(|(index, operation)| (rank(operation), *index));
    best.map(|(index, _)| OperationId(index))
}
