//! Cargo features of large crates: one for each top-level group.
//!
//! A model file belongs to a feature if only one group uses it. Files that several groups or no group use are always
//! included, and so are all files that they import. No combination of features leaves a file with a missing import.

use std::collections::{BTreeSet, HashMap};

use crate::krate::{Crate, ErrorPayload, GroupId, ModelBody, ModelId, Operation, TypeExpr};

use super::crate_facts::inputs;
use super::models::referenced_models;

/// The maximum number of operations of a crate without features. Such a crate compiles fast as a whole.
const MAX_OPERATIONS_WITHOUT_FEATURES: usize = 40;

/// The maximum number of groups with features. The registry accepts 300 features a crate.
const MAX_GROUPS_WITH_FEATURES: usize = 250;

/// Feature names with another meaning.
const RESERVED_FEATURES: [&str; 16] = [
    "blocking",
    "brotli",
    "default",
    "deflate",
    "gzip",
    "http2",
    "mock",
    "native-tls",
    "rustls",
    "rustls-ring",
    "socks",
    "system-proxy",
    "tower",
    "tracing",
    "webhooks",
    "zstd",
];

/// Decides the features and what they enable.
pub fn fill(krate: &mut Crate) {
    let groups = (0..krate.groups.len()).map(GroupId);
    let top_groups: Vec<GroupId> = groups.filter(|id| krate[*id].parent.is_none()).collect();
    if krate.operations.len() <= MAX_OPERATIONS_WITHOUT_FEATURES
        || !(2..=MAX_GROUPS_WITH_FEATURES).contains(&top_groups.len())
    {
        return;
    }
    let mut names = BTreeSet::from(RESERVED_FEATURES.map(str::to_owned));
    for id in top_groups {
        let stem = krate[id]
            .accessor
            .as_str()
            .trim_start_matches("r#")
            .trim_matches('_')
            .replace('_', "-");
        let numbered = (2..).map(|number| format!("{stem}-{number}"));
        let free = [stem.clone(), format!("{stem}-api")].into_iter().chain(numbered);
        let name = free.into_iter().find(|name| names.insert(name.clone())).unwrap_or(stem);
        krate.package.features.push(name.clone());
        krate.groups[id.0].feature = Some(name);
    }
    krate.package.features.sort();
    for (file, owner) in owners(krate).into_iter().enumerate() {
        krate.model_files[file].feature = match owner {
            Owner::One(group) => krate[group].feature.clone(),
            Owner::Unknown | Owner::Always => None,
        };
    }
    fill_links(krate);
}

/// Sets the features of links: those of the body, and of the operation that a link calls.
fn fill_links(krate: &mut Crate) {
    let top_groups = top_groups(krate);
    let of_group = |krate: &Crate, group: GroupId| krate[top_groups[group.0]].feature.clone();
    let files = krate.model_files.iter();
    let of_model: HashMap<ModelId, Option<String>> = files
        .flat_map(|file| file.models.iter().map(|model| (*model, file.feature.clone())))
        .collect();
    for index in 0..krate.links.len() {
        let links = &krate.links[index];
        let mut models = Vec::new();
        links.body.models(&mut models);
        let feature = match links.group {
            Some(group) => of_group(krate, group),
            None => models.iter().find_map(|model| of_model.get(model)?.clone()),
        };
        let targets = links
            .methods
            .iter()
            .map(|method| of_group(krate, krate[method.target].group));
        let targets: Vec<Option<String>> = targets.collect();
        let links = &mut krate.links[index];
        links.feature = feature;
        for (method, feature) in links.methods.iter_mut().zip(targets) {
            // The feature of the type applies to all of its methods.
            method.feature = feature.filter(|feature| links.feature.as_ref() != Some(feature));
        }
    }
}

/// Returns the top-level group of each group.
fn top_groups(krate: &Crate) -> Vec<GroupId> {
    let mut top_groups: Vec<GroupId> = Vec::new();
    for (index, group) in krate.groups.iter().enumerate() {
        // A group precedes its subgroups.
        let top = group.parent.and_then(|parent| top_groups.get(parent.0).copied());
        top_groups.push(top.unwrap_or(GroupId(index)));
    }
    top_groups
}

/// The owner of a model file. The file belongs to the feature of its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    /// Not known yet.
    Unknown,
    /// Only this group needs the file.
    One(GroupId),
    /// The file is always included: several groups, no group, or code outside the groups needs it.
    Always,
}

impl Owner {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown, owner) | (owner, Self::Unknown) => owner,
            (Self::One(one), Self::One(other)) if one == other => self,
            (Self::One(_) | Self::Always, Self::One(_) | Self::Always) => Self::Always,
        }
    }
}

/// Returns the owner of each model file.
fn owners(krate: &Crate) -> Vec<Owner> {
    let of_models = owners_of_models(krate);
    let used_outside_groups = used_outside_groups(krate);
    // An alias that nothing uses is included together with its type.
    let defined = |id: ModelId| match &krate[id].body {
        ModelBody::Alias(TypeExpr::Model(of)) if of_models[id.0] == Owner::Unknown => *of,
        ModelBody::Alias(_)
        | ModelBody::Record(_)
        | ModelBody::Enum(_)
        | ModelBody::Union(_)
        | ModelBody::Newtype(_) => id,
    };
    let of_model = |id: &ModelId| match of_models[defined(*id).0] {
        Owner::Unknown => Owner::Always,
        _ if used_outside_groups.contains(&defined(*id)) => Owner::Always,
        owner => owner,
    };
    let files = krate.model_files.iter();
    let mut owners: Vec<Owner> = files
        .map(|file| file.models.iter().map(of_model).fold(Owner::Unknown, Owner::and))
        .collect();
    let mut file_of = vec![0; krate.models.len()];
    for (index, file) in krate.model_files.iter().enumerate() {
        file.models.iter().for_each(|id| file_of[id.0] = index);
    }
    let mut pending: Vec<usize> = (0..owners.len()).collect();
    while let Some(file) = pending.pop() {
        for import in &krate.model_files[file].imports {
            let import = file_of[import.0];
            let joined = owners[import].and(owners[file]);
            if joined != owners[import] {
                owners[import] = joined;
                pending.push(import);
            }
        }
    }
    owners
}

/// Returns the groups whose operations send or receive a model, directly or inside other models.
fn owners_of_models(krate: &Crate) -> Vec<Owner> {
    let top_groups = top_groups(krate);
    let mut owners = vec![Owner::Unknown; krate.models.len()];
    let mut pending = Vec::new();
    for operation in &krate.operations {
        let mut models = Vec::new();
        models_of(krate, operation, &mut models);
        let owner = Owner::One(top_groups[operation.group.0]);
        pending.extend(models.into_iter().map(|model| (model, owner)));
    }
    while let Some((model, owner)) = pending.pop() {
        let joined = owners[model.0].and(owner);
        if joined != owners[model.0] {
            owners[model.0] = joined;
            let mut inside = Vec::new();
            referenced_models(&krate[model], &mut inside);
            pending.extend(inside.into_iter().map(|model| (model, joined)));
        }
    }
    owners
}

/// Appends the models that an operation sends or receives directly.
fn models_of(krate: &Crate, operation: &Operation, models: &mut Vec<ModelId>) {
    let names = &operation.names;
    inputs(operation).for_each(|input| input.ty.models(models));
    let outputs = operation.cases.iter().map(|case| &case.output);
    for output in outputs.chain(operation.outputs()) {
        output.ty(names).models(models);
    }
    operation.streams().for_each(|stream| stream.item.models(models));
    if let Some(polling) = &operation.polling {
        polling.result.ty(names).models(models);
    }
    let error = operation.error.map(|id| &krate[id]);
    for variant in error.into_iter().flat_map(|error| &error.variants) {
        match &variant.payload {
            ErrorPayload::Json(ty) => ty.models(models),
            ErrorPayload::Text | ErrorPayload::Raw => {}
        }
    }
}

/// Returns the models that code outside the groups uses.
fn used_outside_groups(krate: &Crate) -> BTreeSet<ModelId> {
    let mut found = Vec::new();
    for payload in krate.webhooks.iter().filter_map(|webhook| webhook.payload.as_ref()) {
        payload.models(&mut found);
    }
    krate.headers.iter().for_each(|getter| getter.ty.models(&mut found));
    for parameter in &krate.client_parameters {
        parameter.ty.models(&mut found);
    }
    for variant in krate.errors.iter().flat_map(|errors| &errors.variants) {
        match &variant.payload {
            ErrorPayload::Json(ty) => ty.models(&mut found),
            ErrorPayload::Text | ErrorPayload::Raw => {}
        }
    }
    found.into_iter().collect()
}
