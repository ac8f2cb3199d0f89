//! Tests of which files are loaded, and of ids next to files.

use std::sync::atomic::Ordering;

use super::{bundle, check, check_told};
use crate::bundle::{Bundle, Loader, NoFiles};
use crate::diagnostics::{Diagnostics, Locate as _};
use crate::load::SourceMap;

/// Returns the files that are loaded for a document, which is the first file.
fn loaded(files: &[(&str, &str)]) -> Vec<String> {
    let bundle = bundle(files);
    let mut paths: Vec<String> = bundle
        .sources()
        .files()
        .iter()
        .map(|file| file.path().to_owned())
        .collect();
    paths.sort();
    paths
}

#[test]
fn references_below_any_name_are_loaded() {
    let text = r"
openapi: 3.1.0
paths: {/a: {get: {responses: {'200': {headers: {x-rate-limit: {$ref: header.yaml}}}}}}}
webhooks: {default: {$ref: webhook.yaml}}
x-webhooks: {event: {$ref: event.yaml}}
components:
  parameters: {x-request-id: {$ref: parameter.yaml}}
  responses: {default: {$ref: 'responses.yaml#/default'}}
  schemas: {A: {properties: {x-meta: {$ref: property.yaml}}}}
x-code: {$ref: code.cs}
";
    let files = [
        ("a.yaml", text),
        ("code.cs", ""),
        (
            "error.yaml",
            "type: object\ndefault: {$ref: none.yaml}\nx-a: {$ref: none.yaml}",
        ),
        ("event.yaml", "{}"),
        ("header.yaml", "{}"),
        ("none.yaml", "{}"),
        ("parameter.yaml", "{}"),
        ("property.yaml", "{}"),
        // The keys at the root of another file are names, too.
        ("responses.yaml", "default: {content: {$ref: error.yaml}}"),
        ("webhook.yaml", "{}"),
    ];
    let expected = [
        "a.yaml",
        "error.yaml",
        "event.yaml",
        "header.yaml",
        "parameter.yaml",
        "property.yaml",
        "responses.yaml",
        "webhook.yaml",
    ];
    assert_eq!(loaded(&files), expected);
}

#[test]
fn only_the_mapping_of_a_discriminator_contains_references() {
    let text = r"
components:
  schemas:
    A:
      discriminator: {propertyName: kind, mapping: {b: b.yaml}, defaultMapping: 'c.yaml#/C'}
      properties: {mapping: {type: object, title: title.yaml}}
";
    let files = [
        ("a.yaml", text),
        ("b.yaml", "{}"),
        ("c.yaml", "C: {}"),
        ("object", "{}"),
        ("title.yaml", "{}"),
    ];
    assert_eq!(loaded(&files), ["a.yaml", "b.yaml", "c.yaml"]);
}

#[test]
fn files_precede_ids_that_only_end_in_the_same_name() {
    let files = [
        (
            "a.yaml",
            "other: {$ref: a/list.yaml}\nstart: {$ref: 'b/list.yaml#/items'}\n",
        ),
        ("a/list.yaml", "items: {$ref: item.yaml}\n"),
        ("a/item.yaml", "$id: https://e.com/a/item.yaml\nv: 1\n"),
        ("b/list.yaml", "items: {$ref: item.yaml}\n"),
        ("b/item.yaml", "$id: https://e.com/b/item.yaml\nv: 2\n"),
    ];
    check(&files, r#"{"$id":"https://e.com/b/item.yaml","v":2}"#);
}

#[test]
fn an_id_that_is_only_a_fragment_is_not_a_base() {
    let text = "start: {$ref: '#/a/y'}\na: {$id: '#pet', b: {x: 1}, y: {$ref: '#/b/x'}}\nb: {x: 2}\n";
    check(&[("a.yaml", text)], "2");
}

#[test]
fn ids_in_examples_are_data() {
    let text = "start: {$ref: 'https://e.com/pet.yaml'}\nx: {example: {$id: 'https://e.com/pet.yaml', v: 1}}\n";
    let message = "W0206 the target of `$ref` is a URL, which is not fetched by default; it is skipped";
    check_told(&[("a.yaml", text)], None, message);
}

#[test]
fn references_are_relative_to_the_enclosing_id() {
    let text = r"
start: {$ref: '#/x/items'}
z: {$id: 'https://e.com/t/item.json', v: 2}
y: {$id: 'https://e.com/s/item.json', v: 1}
x: {$id: 'https://e.com/s/list.json', items: {$ref: 'item.json#/v'}}
";
    check(&[("a.yaml", text)], "1");
    // Without a base, the reference is ambiguous.
    let text =
        "start: {$ref: item.json}\ny: {$id: 'https://e.com/s/item.json'}\nz: {$id: 'https://e.com/t/item.json'}\n";
    let messages = "E0207 cannot load the file `item.json` of a `$ref`: the file does not exist";
    check_told(&[("a.yaml", text)], None, messages);
}

#[test]
fn keys_that_are_too_different_count_towards_the_suggestion_limit() {
    let keys: Vec<String> = (0..1_000).map(|key| format!("S{key}: {{}}")).collect();
    let uses: Vec<String> = (0..1_000)
        .map(|key| format!("{{$ref: '#/s/MissingMissingMissing{key}'}}"))
        .collect();
    let text = format!("s: {{{}}}\nuses: [{}]\n", keys.join(", "), uses.join(", "));
    let mut diagnostics = Diagnostics::default();
    let sources = SourceMap::from_text("a.yaml", text, &mut diagnostics);
    let bundle = Bundle::new(sources, &NoFiles, &mut diagnostics);
    let uses = bundle.root().and_then(|root| root.get("uses")).expect("uses");
    for item in uses.items() {
        assert_eq!(bundle.follow(item, "", &mut diagnostics), None);
    }
    assert_eq!(bundle.suggestions.load(Ordering::Relaxed), 0);
}

#[test]
fn credentials_of_urls_are_not_shown() {
    let mut diagnostics = Diagnostics::default();
    let text = "start: {$ref: missing.yaml}\n";
    let url = "https://user:hunter2@example.com/api.yaml?token=SEKRIT";
    let sources = SourceMap::from_text(url, text, &mut diagnostics);
    let path = "https://user:hunter2@example.com/missing.yaml".to_owned();
    let bundle = Bundle::new(sources, &Refusing(path), &mut diagnostics);
    let start = bundle.root().and_then(|root| root.get("start")).expect("a start");
    assert_eq!(bundle.follow(start, "", &mut diagnostics), None);
    let found = diagnostics.iter().next().expect("an error");
    assert_eq!(
        found.message,
        "cannot load the file `https://example.com/missing.yaml` of a `$ref`: it is missing"
    );
    let located = bundle.sources().locate(found.place.expect("a place"));
    assert_eq!(located.expect("a location").path, "https://example.com/api.yaml");
}

/// A loader with network access that has no files, and expects one path.
struct Refusing(String);

impl Loader for Refusing {
    fn load(&self, path: &str) -> Result<Vec<u8>, String> {
        assert_eq!(path, self.0);
        Err("it is missing".to_owned())
    }

    fn reaches_network(&self) -> bool {
        true
    }
}
