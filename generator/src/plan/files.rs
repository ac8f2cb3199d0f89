//! The files of the crate.
//!
//! In: the planned crate. Out: the list of the files that `emit` and `pages` print. `session` adds the license files,
//! `CHANGELOG.md` and `sdk-manifest.json`.

use std::collections::HashSet;

use heck::ToSnakeCase;

use super::runtime_modules;
use crate::krate::{Crate, ErrorId, FILE_STEMS, File, FileKind, Group, GroupId, Ident, ModelId, OperationId, PageKind};

/// Returns all files.
pub fn files(krate: &Crate) -> Vec<File> {
    let (mut files, pages) = rayon::join(|| sources(krate), || pages(krate));
    files.extend(tests(krate));
    files.extend(runtime_modules::files(&krate.runtime));
    files.extend(pages);
    files.push(file("src/doctests.rs", FileKind::Doctests));
    files
}

fn file(path: impl Into<String>, kind: FileKind) -> File {
    File {
        path: path.into(),
        kind,
    }
}

fn sources(krate: &Crate) -> Vec<File> {
    let mut files = vec![
        file("Cargo.toml", FileKind::Package),
        file("rustfmt.toml", FileKind::Rustfmt),
        file("src/lib.rs", FileKind::Root),
        file("src/client.rs", FileKind::Client),
        file("examples/quickstart.rs", FileKind::Quickstart),
        file("src/errors.rs", FileKind::Errors),
        file("src/models/mod.rs", FileKind::Models),
        file("src/api/mod.rs", FileKind::Groups),
    ];
    if krate.runtime.xml {
        files.push(file("src/xml.rs", FileKind::Xml));
    }
    if !krate.headers.is_empty() {
        files.push(file("src/headers.rs", FileKind::Headers));
    }
    files.extend((!krate.links.is_empty()).then(|| file("src/links.rs", FileKind::Links)));
    files.extend((!krate.webhooks.is_empty()).then(|| file("src/webhooks.rs", FileKind::Webhooks)));
    files.extend((!krate.security.is_empty()).then(|| file("src/security.rs", FileKind::Security)));
    files.push(file("src/guide.rs", FileKind::GuideModules));
    let models = krate.model_files.iter().enumerate();
    files.extend(models.map(|(index, model)| {
        let path = format!("src/models/{}.rs", model.module);
        file(path, FileKind::ModelFile(index))
    }));
    let folders: Vec<String> = krate.groups.iter().map(path).collect();
    let groups = folders.iter().enumerate();
    files.extend(
        groups.map(|(index, folder)| file(format!("src/api/{folder}/mod.rs"), FileKind::Group(GroupId(index)))),
    );
    let operations = krate.operations.iter().enumerate();
    files.extend(operations.map(|(index, operation)| {
        let (folder, method) = (&folders[operation.group.0], &operation.names.method);
        file(
            format!("src/api/{folder}/{method}.rs"),
            FileKind::Operation(OperationId(index)),
        )
    }));
    files
}

/// Returns the smoke example, the mock server and the wire tests.
fn tests(krate: &Crate) -> Vec<File> {
    let mut files = Vec::new();
    files.extend(krate.smoke.then(|| file("examples/smoke.rs", FileKind::Smoke)));
    if !krate.tests {
        return files;
    }
    files.push(file("src/mock.rs", FileKind::Mock));
    files.push(file("tests/wire/main.rs", FileKind::TestHelpers));
    let has_tests = |group: &Group| group.operations.iter().any(|&id| krate[id].call_case.is_some());
    for (index, (group, test)) in krate.groups.iter().zip(&krate.test_files).enumerate() {
        if has_tests(group) {
            let path = format!("tests/wire/{}.rs", test.name);
            files.push(file(path, FileKind::WireTests(GroupId(index))));
        }
    }
    if !krate.token_tests.is_empty() {
        files.push(file("tests/wire/credentials.rs", FileKind::TokenTests));
    }
    if let Some(operation) = krate.failure_test {
        files.push(file("tests/wire/failures.rs", FileKind::FailureTests(operation)));
    }
    files
}

fn pages(krate: &Crate) -> Vec<File> {
    let page = |path: String, kind| file(path, FileKind::Page(kind));
    let mut files = vec![
        page("README.md".to_owned(), PageKind::Readme),
        page("docs/README.md".to_owned(), PageKind::Index),
        page("docs/errors/README.md".to_owned(), PageKind::Errors),
    ];
    if !krate.models.is_empty() {
        files.push(page("docs/models/README.md".to_owned(), PageKind::Models));
    }
    let guides = krate.guides.iter();
    files.extend(guides.map(|guide| page(guide.path(), PageKind::Guide(guide.kind))));
    for (index, group) in krate.groups.iter().enumerate() {
        let path = format!("docs/sdks/{}.md", path(group));
        files.push(page(path, PageKind::Group(GroupId(index))));
    }
    let models = named_pages("docs/models", krate.models.iter().map(|model| model.name.as_str()));
    for (index, path) in models.into_iter().enumerate() {
        files.push(page(path, PageKind::Model(ModelId(index))));
    }
    let errors = named_pages("docs/errors", krate.errors.iter().map(|error| error.name.as_str()));
    for (index, path) in errors.into_iter().enumerate() {
        files.push(page(path, PageKind::Error(ErrorId(index))));
    }
    files
}

/// Returns the path of a group below a folder.
fn path(group: &Group) -> String {
    let steps: Vec<&str> = group.path.iter().map(Ident::as_str).collect();
    steps.join("/")
}

/// Returns a page for each name. Names that differ only in case get different pages, for case-insensitive file systems.
fn named_pages<'n>(folder: &str, names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let reserved = FILE_STEMS.iter().chain(&["readme"]);
    let mut taken: HashSet<String> = reserved.map(|stem| (*stem).to_owned()).collect();
    let page = |name: &str| {
        let stem = name.to_snake_case();
        let numbered = (2..).map(|number| format!("{stem}_{number}"));
        let mut free = std::iter::once(stem.clone())
            .chain(numbered)
            .filter(|name| taken.insert(name.clone()));
        format!("{folder}/{}.md", free.next().unwrap_or(stem))
    };
    names.map(page).collect()
}
