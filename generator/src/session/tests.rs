use std::path::{Path, PathBuf};

use super::job::normalize;
use super::{Configuration, Input, Job, Mode, Options, generate};
use crate::diagnostics::{Locate, render};

const DOCUMENT: &str = "openapi: 3.0.3\ninfo: { title: Pets, version: 1.0.0 }\npaths: {}\n";

#[test]
fn paths_are_normalized() {
    for (path, normalized) in [
        ("spec/../generated/pets", "generated/pets"),
        ("./spec/./pets.yaml", "spec/pets.yaml"),
        ("../pets", "../pets"),
        ("a/../../pets", "../pets"),
        ("/a/../pets", "/pets"),
        ("a/..", "."),
        ("", "."),
    ] {
        assert_eq!(normalize(Path::new(path)), PathBuf::from(normalized), "{path}");
    }
}

#[test]
fn paths_of_a_configuration_are_relative_to_its_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "sdks: { pets: { document: pets.yaml, out: ../sdk, env_prefix: P } }\n";
    std::fs::create_dir(folder.path().join("spec")).expect("a folder");
    std::fs::write(folder.path().join("spec/sdkwright.yaml"), text).expect("a configuration");
    let path = Configuration::find(folder.path()).expect("a configuration");
    let mut configuration = Configuration::read(&path);
    assert!(configuration.diagnostics.is_empty(), "{:?}", configuration.diagnostics);
    let job = configuration.jobs.remove(0);
    assert_eq!((job.name.as_str(), &job.out), ("pets", &folder.path().join("sdk")));
    assert_eq!(job.settings.env_prefix.as_deref(), Some("P"));
}

#[test]
fn errors_of_a_configuration_have_positions() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sdkwright.yaml");
    let text = "sdks:\n  pets:\n    document: a\n    out: b\n    pagination:\n      - { operations: [x] }\n  2nd:\n    document: a\n    out: c\n";
    std::fs::write(&path, text).expect("a configuration");
    let configuration = Configuration::read(&path);
    assert!(configuration.jobs.is_empty());
    let place = |at: usize| {
        let diagnostic = configuration.diagnostics.iter().nth(at).expect("a diagnostic");
        let located = configuration
            .sources
            .locate(diagnostic.place.expect("a place"))
            .expect("located");
        (located.line, located.column)
    };
    assert_eq!((place(0), place(1)), ((6, 9), (7, 3)));
}

#[test]
fn a_duplicate_key_in_a_configuration_is_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sdkwright.yaml");
    let text = "sdks:\n  pets: { document: a, out: b }\n  pets: { document: c, out: d }\n";
    std::fs::write(&path, text).expect("a configuration");
    let configuration = Configuration::read(&path);
    let messages = configuration
        .diagnostics
        .iter()
        .map(|diagnostic| render::human(diagnostic, &configuration.sources, &render::Theme::default()));
    assert!(messages.collect::<String>().contains("duplicate key `pets`"));
    assert_eq!(configuration.jobs.len(), 1);
}

#[test]
fn an_openapiv3_document_produces_the_same_files_as_its_text() {
    let held: openapiv3::OpenAPI = serde_yaml::from_str(DOCUMENT).expect("a document");
    let options = Options {
        mode: Mode::Render,
        deny_warnings: true,
        force: false,
        keep_texts: true,
    };
    let files = |input| {
        let run = generate(&Job::new("pets", input, ""), options);
        let mut files = run.sdk.expect("an SDK").files;
        // The manifest contains the name and the hash of the document.
        files.remove(crate::write::MANIFEST);
        files
    };
    assert_eq!(
        files(Input::from_openapi(&held)),
        files(Input::from_text("pets.yaml", DOCUMENT))
    );
}

#[test]
fn losses_of_every_stage_are_in_the_manifest() {
    let text = DOCUMENT.replace(
        "paths: {}",
        "paths:\n  /pets:\n    post:\n      operationId: addPet\n      parameters: [{ in: query }]\n      responses:\n        \
         abc: { description: unknown }\n        '200': { description: ok, content: { application/json: \
         { schema: { $ref: '#/components/schemas/Missing' } } } }",
    );
    let options = Options {
        mode: Mode::Render,
        deny_warnings: false,
        force: false,
        keep_texts: true,
    };
    let run = generate(&Job::new("pets", Input::from_text("pets.yaml", text), ""), options);
    let files = run.sdk.expect("an SDK").files;
    let manifest: serde_json::Value = serde_json::from_str(&files[crate::write::MANIFEST]).expect("JSON");
    let pointers: Vec<&str> = manifest["dropped"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|entry| entry["pointer"].as_str())
        .collect();
    assert_eq!(
        pointers,
        [
            "#/paths/~1pets/post/parameters/0",
            "#/paths/~1pets/post/responses/abc",
            "#/paths/~1pets/post/responses/200/content/application~1json/schema",
        ]
    );
}

#[test]
fn generated_files_have_no_invisible_characters() {
    let text = include_str!("../../../tests/cases/emit/invisible.yaml");
    let options = Options {
        mode: Mode::Render,
        deny_warnings: false,
        force: false,
        keep_texts: true,
    };
    let run = generate(&Job::new("invisible", Input::from_text("a.yaml", text), ""), options);
    let mut files = run.sdk.expect("an SDK").files;
    // The manifest has the path as it is in the document.
    files.remove(crate::write::MANIFEST);
    let is_invisible = |c: char| c != '\n' && c != '\t' && (c.is_control() || ('\u{2028}'..='\u{202e}').contains(&c));
    for (path, text) in files {
        let found = text.char_indices().find(|(_, c)| is_invisible(*c));
        assert_eq!(found, None, "{path}");
    }
    // The constants that are sent keep their characters, as escapes.
    let sources = generate(&Job::new("invisible", Input::from_text("a.yaml", text), ""), options);
    let files = sources.sdk.expect("an SDK").files;
    assert!(files.values().any(|text| text.contains("\"q\\u{202e}\"")));
}
