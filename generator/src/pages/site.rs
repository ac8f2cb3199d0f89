//! Paths of pages, anchors of headings, and references between models and operations.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::krate::{
    Crate, ErrorId, ErrorPayload, FileKind, GroupId, Input, ModelBody, ModelId, Operation, OperationId, Output,
    PageKind, TypeExpr,
};

/// A page, by its path in the crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Page(String);

impl Page {
    pub(super) fn new(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    /// Returns the link to another page, relative to this one.
    pub(super) fn link_to(&self, other: &Page) -> String {
        let (here, there) = (self.0.as_str(), other.0.as_str());
        let same = here.bytes().zip(there.bytes()).take_while(|(a, b)| a == b).count();
        let is_slash = |byte: &u8| *byte == b'/';
        let shared = here.as_bytes()[..same]
            .iter()
            .rposition(is_slash)
            .map_or(0, |at| at + 1);
        let up = here.as_bytes()[shared..].iter().filter(|byte| is_slash(byte)).count();
        "../".repeat(up) + &there[shared..]
    }
}

/// The direct references to a model.
#[derive(Clone, Debug, Default)]
pub(super) struct Uses {
    /// Operations that send or return the model.
    pub operations: BTreeSet<OperationId>,
    /// Models with a part of this type.
    pub models: BTreeSet<ModelId>,
    /// Errors that carry the model.
    pub errors: BTreeSet<ErrorId>,
    /// Whether a webhook carries the model.
    pub webhooks: bool,
}

/// The pages of a crate.
#[derive(Debug)]
pub(super) struct Site<'c> {
    /// The documented crate.
    pub krate: &'c Crate,
    groups: Vec<Page>,
    models: Vec<Page>,
    errors: Vec<Page>,
    anchors: Vec<String>,
    uses: Vec<Uses>,
    model_names: HashSet<&'c str>,
}

impl<'c> Site<'c> {
    /// Collects the pages of the groups, models and errors, which are in the order of their ids.
    pub(super) fn new(krate: &'c Crate) -> Self {
        let (mut groups, mut models, mut errors) = (Vec::new(), Vec::new(), Vec::new());
        for file in &krate.files {
            let FileKind::Page(kind) = file.kind else { continue };
            let pages = match kind {
                PageKind::Group(_) => &mut groups,
                PageKind::Model(_) => &mut models,
                PageKind::Error(_) => &mut errors,
                PageKind::Readme | PageKind::Index | PageKind::Errors | PageKind::Models | PageKind::Guide(_) => {
                    continue;
                }
            };
            pages.push(Page::new(&file.path));
        }
        Self {
            krate,
            groups,
            models,
            errors,
            anchors: anchors(krate),
            uses: uses(krate),
            model_names: krate.models.iter().map(|model| model.name.as_str()).collect(),
        }
    }

    /// Returns the page of a group.
    pub(super) fn group(&self, id: GroupId) -> &Page {
        &self.groups[id.0]
    }

    /// Returns the page of a model.
    pub(super) fn model(&self, id: ModelId) -> &Page {
        &self.models[id.0]
    }

    /// Returns the page of an error enum.
    pub(super) fn error(&self, id: ErrorId) -> &Page {
        &self.errors[id.0]
    }

    /// Returns the link to an operation, relative to a page.
    pub(super) fn operation(&self, from: &Page, id: OperationId) -> String {
        let page = self.group(self.krate[id].group);
        let anchor = &self.anchors[id.0];
        if page == from {
            format!("#{anchor}")
        } else {
            format!("{}#{anchor}", from.link_to(page))
        }
    }

    /// Returns the operation at an anchor of a group's page.
    pub(super) fn operation_at(&self, group: GroupId, anchor: &str) -> Option<OperationId> {
        let operations = self.krate[group].operations.iter().copied();
        operations.into_iter().find(|id| self.anchors[id.0] == anchor)
    }

    /// Visits every type of every operation and model.
    pub(super) fn each_type(&self, visit: &mut dyn FnMut(&TypeExpr)) {
        self.krate
            .operations
            .iter()
            .for_each(|operation| each_type(operation, visit));
        self.krate.models.iter().for_each(|model| each_part(&model.body, visit));
    }

    /// Returns whether a model has this name.
    pub(super) fn has_model(&self, name: &str) -> bool {
        self.model_names.contains(name)
    }

    /// Returns the references to a model.
    pub(super) fn uses(&self, id: ModelId) -> &Uses {
        &self.uses[id.0]
    }
}

/// The headings below an operation.
pub(super) const OPERATION_SECTIONS: [&str; 5] = ["Usage", "Parameters", "Response", "Errors", "curl"];

/// The headings of a group's page before its operations.
pub(super) const GROUP_SECTIONS: [&str; 2] = ["Groups", "Operations"];

fn anchors(krate: &Crate) -> Vec<String> {
    let mut anchors = vec![String::new(); krate.operations.len()];
    for group in &krate.groups {
        let mut slugs = Slugs::default();
        slugs.heading(&group.title);
        if !group.groups.is_empty() {
            slugs.heading(GROUP_SECTIONS[0]);
        }
        if !group.operations.is_empty() {
            slugs.heading(GROUP_SECTIONS[1]);
        }
        for &id in &group.operations {
            let operation = &krate[id];
            anchors[id.0] = slugs.heading(operation.names.method.as_str());
            for section in OPERATION_SECTIONS {
                slugs.heading(section);
            }
        }
    }
    anchors
}

/// Returns the anchor of each security scheme on the authentication page.
pub(super) fn scheme_anchors(krate: &Crate) -> Vec<String> {
    let mut slugs = Slugs::default();
    slugs.heading("Authentication");
    let schemes = krate.credentials.schemes.iter();
    schemes.map(|scheme| slugs.heading(scheme.scheme.as_str())).collect()
}

/// Generates the anchors of headings as GitHub does.
#[derive(Debug, Default)]
pub(super) struct Slugs(HashMap<String, usize>);

impl Slugs {
    /// Returns the anchor of the next heading of the page.
    pub(super) fn heading(&mut self, text: &str) -> String {
        let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        let base: String = text.to_lowercase().chars().filter(kept).collect();
        let base = base.replace(' ', "-");
        let mut slug = base.clone();
        while self.0.contains_key(&slug) {
            let count = self.0.entry(base.clone()).or_default();
            *count += 1;
            slug = format!("{base}-{count}");
        }
        self.0.insert(slug.clone(), 0);
        slug
    }
}

fn uses(krate: &Crate) -> Vec<Uses> {
    let mut uses = vec![Uses::default(); krate.models.len()];
    let mut found = Vec::new();
    let mut note = |ty: &TypeExpr, note: &mut dyn FnMut(&mut Uses)| {
        ty.models(&mut found);
        found.drain(..).for_each(|id| note(&mut uses[id.0]));
    };
    for (index, operation) in krate.operations.iter().enumerate() {
        let mut used = |uses: &mut Uses| uses.operations.extend([OperationId(index)]);
        each_type(operation, &mut |ty| note(ty, &mut used));
    }
    for (index, model) in krate.models.iter().enumerate() {
        let mut used = |uses: &mut Uses| uses.models.extend([ModelId(index)]);
        each_part(&model.body, &mut |ty| note(ty, &mut used));
    }
    for payload in krate.webhooks.iter().filter_map(|webhook| webhook.payload.as_ref()) {
        note(payload, &mut |uses| uses.webhooks = true);
    }
    for (index, error) in krate.errors.iter().enumerate() {
        let mut used = |uses: &mut Uses| uses.errors.extend([ErrorId(index)]);
        for variant in &error.variants {
            if let ErrorPayload::Json(ty) = &variant.payload {
                note(ty, &mut used);
            }
        }
    }
    uses
}

/// Visits the types of an operation's inputs and outputs.
fn each_type(operation: &Operation, visit: &mut dyn FnMut(&TypeExpr)) {
    let inputs: [&[Input]; 3] = [&operation.arguments, &operation.setters, &operation.constants];
    inputs.into_iter().flatten().for_each(|input| visit(&input.ty));
    let outputs = operation
        .cases
        .iter()
        .map(|case| &case.output)
        .chain(operation.outputs());
    for output in outputs {
        match output {
            Output::Json(ty) | Output::OptionalJson(ty) => visit(ty),
            Output::Bytes => visit(&TypeExpr::Bytes),
            Output::Empty | Output::Text | Output::Stream(_) | Output::ByStatus => {}
        }
    }
    operation.streams().for_each(|stream| visit(&stream.item));
    if let Some(pagination) = &operation.pagination {
        visit(&pagination.item);
    }
}

/// Visits the types of a model's parts.
fn each_part(body: &ModelBody, visit: &mut dyn FnMut(&TypeExpr)) {
    match body {
        ModelBody::Record(record) => {
            record.fields.iter().for_each(|field| visit(&field.ty));
            if let Some(extra) = &record.extra {
                visit(&extra.value);
            }
        }
        ModelBody::Union(union) => union.variants.iter().for_each(|variant| visit(&variant.ty)),
        ModelBody::Alias(ty) | ModelBody::Newtype(ty) => visit(ty),
        ModelBody::Enum(_) => {}
    }
}
