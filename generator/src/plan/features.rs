//! Which parts of a large crate can be left out: a feature of Cargo for each group that the client gives.
//!
//! A file of models is left out with the one group that uses it. What several groups use, or nobody in particular, is always
//! there, and so is whatever that speaks of: whichever features are on, no file speaks of one that is not there.

use std::collections::BTreeSet;

use crate::krate::{Crate, ErrorPayload, GroupId, ModelId};

/// The most operations of a crate that has no such features: it compiles fast enough as a whole.
const FEW: usize = 40;

/// The most groups that have features. The registry takes 300 features of a crate.
const MOST: usize = 250;

/// Names of features that are taken.
const TAKEN: [&str; 3] = ["default", "mock", "tracing"];

/// Decides the features, and what is in them.
pub fn fill(krate: &mut Crate) {
    let groups = (0..krate.groups.len()).map(GroupId);
    let tops: Vec<GroupId> = groups.filter(|id| krate[*id].parent.is_none()).collect();
    if krate.operations.len() <= FEW || !(2..=MOST).contains(&tops.len()) {
        return;
    }
    let mut names = BTreeSet::from(TAKEN.map(str::to_owned));
    for id in tops {
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
            Owner::Nobody | Owner::All => None,
        };
    }
}

/// Who needs a file of models.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    Nobody,
    One(GroupId),
    All,
}

impl Owner {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Nobody, owner) | (owner, Self::Nobody) => owner,
            (Self::One(one), Self::One(other)) if one == other => self,
            (Self::One(_) | Self::All, Self::One(_) | Self::All) => Self::All,
        }
    }
}

/// The owners of the files of models, in their order.
fn owners(krate: &Crate) -> Vec<Owner> {
    let mut tops: Vec<GroupId> = Vec::new();
    for (index, group) in krate.groups.iter().enumerate() {
        // A group stands before those in it.
        let top = group.parent.and_then(|parent| tops.get(parent.0).copied());
        tops.push(top.unwrap_or(GroupId(index)));
    }
    let always = always(krate);
    let of_model = |id: &ModelId| {
        let users = &krate[*id].used_by;
        if users.is_empty() || always.contains(id) {
            return Owner::All;
        }
        let users = users
            .iter()
            .map(|operation| Owner::One(tops[krate[*operation].group.0]));
        users.fold(Owner::Nobody, Owner::and)
    };
    let files = krate.model_files.iter();
    let mut owners: Vec<Owner> = files
        .map(|file| file.models.iter().map(of_model).fold(Owner::Nobody, Owner::and))
        .collect();
    let mut file_of = vec![0; krate.models.len()];
    for (index, file) in krate.model_files.iter().enumerate() {
        file.models.iter().for_each(|id| file_of[id.0] = index);
    }
    let mut open: Vec<usize> = (0..owners.len()).collect();
    while let Some(file) = open.pop() {
        for import in &krate.model_files[file].imports {
            let import = file_of[import.0];
            let joined = owners[import].and(owners[file]);
            if joined != owners[import] {
                owners[import] = joined;
                open.push(import);
            }
        }
    }
    owners
}

/// The models that something outside of the groups speaks of.
fn always(krate: &Crate) -> BTreeSet<ModelId> {
    let mut found = Vec::new();
    for payload in krate.webhooks.iter().filter_map(|webhook| webhook.payload.as_ref()) {
        payload.models(&mut found);
    }
    for variant in krate.errors.iter().flat_map(|errors| &errors.variants) {
        match &variant.payload {
            ErrorPayload::Json(ty) => ty.models(&mut found),
            ErrorPayload::Text | ErrorPayload::Raw => {}
        }
    }
    found.into_iter().collect()
}
