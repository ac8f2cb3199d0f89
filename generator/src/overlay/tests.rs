//! Tests of applying overlays.

use crate::diagnostics::{Diagnostics, Locate};
use crate::json::Json;
use crate::load::SourceMap;

const DOCUMENT: &str = "\
openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
tags: [{ name: old }, { name: kept }, { name: old }]
paths:
  /pets:
    get: { operationId: listPets, tags: [old], x-limit: 1e400 }
    post: { operationId: addPet, x-internal: true }
";

/// Applies an overlay with these actions; returns the document and the messages as code, line and column.
fn editor(actions: &str) -> (SourceMap, Vec<String>) {
    laid_within(super::MAX_INSERTED, actions)
}

fn laid_within(limit: usize, actions: &str) -> (SourceMap, Vec<String>) {
    let mut messages = Diagnostics::default();
    let mut sources = SourceMap::from_text("api.yaml", DOCUMENT, &mut messages);
    let text = format!("overlay: 1.1.0\ninfo: {{ title: Changes, version: 1.0.0 }}\nactions:\n{actions}");
    let overlay = sources.add("overlay.yaml", text, &mut messages);
    super::apply_within(limit, &mut sources, overlay, &mut messages);
    let messages = messages.iter().map(|diagnostic| {
        let at = sources.locate(diagnostic.place.expect("a place")).expect("located");
        format!("{} {}:{}", diagnostic.code.id(), at.path, at.line)
    });
    let messages = messages.collect();
    (sources, messages)
}

fn json(text: &str) -> Json {
    let sources = SourceMap::from_text("text.yaml", text, &mut Diagnostics::default());
    sources.files()[0].root().expect("a root").to_json()
}

/// Checks the value of a key of the document after the overlay.
#[track_caller]
fn check(actions: &str, key: &str, expected: &str) {
    let (sources, messages) = editor(actions);
    assert_eq!(messages, [""; 0], "{actions}");
    let root = sources.files()[0].root().expect("a root");
    let merged = root.get(key).expect("the key").to_json();
    assert_eq!(merged, json(expected), "{actions}");
}

#[test]
fn objects_are_merged_and_arrays_grow() {
    check(
        "- { target: $.info, update: { title: Cats, contact: { name: Me } } }\n",
        "info",
        "{ title: Cats, version: 1.0.0, contact: { name: Me } }",
    );
    check(
        "- { target: $, update: { tags: [{ name: new }], info: { version: 2.0.0 } } }\n- { target: $.tags, update: { name: last } }\n",
        "tags",
        "[{ name: old }, { name: kept }, { name: old }, { name: new }, { name: last }]",
    );
    check(
        "- { target: '$.paths.*.*', update: { tags: [all], deprecated: true } }\n- { target: $.paths..operationId, update: one }\n",
        "paths",
        "{ /pets: { get: { operationId: one, tags: [old, all], x-limit: 1e400, deprecated: true },
           post: { operationId: one, tags: [all], x-internal: true, deprecated: true } } }",
    );
}

#[test]
fn selected_values_are_removed_or_copied() {
    check(
        "- { target: '$.tags[?@.name == \"old\"]', remove: true }\n",
        "tags",
        "[{ name: kept }]",
    );
    check(
        "- { target: '$.paths[*][?@.x-internal]', remove: true }\n- { target: '$.paths', update: { /cats: {} } }\n- { target: \"$.paths['/cats']\", copy: \"$.paths['/pets']\" }\n",
        "paths",
        "{ /pets: { get: { operationId: listPets, tags: [old], x-limit: 1e400 } },
           /cats: { get: { operationId: listPets, tags: [old], x-limit: 1e400 } } }",
    );
}

#[test]
fn invalid_actions_are_reported_and_change_nothing() {
    for (action, messages) in [
        ("{ target: $.servers, remove: true }", "W0114 overlay.yaml:4"),
        ("{ target: 'paths./pets', remove: true }", "W0115 overlay.yaml:4"),
        ("{ update: {} }", "W0115 overlay.yaml:4"),
        ("{ target: $.info }", "W0115 overlay.yaml:4"),
        ("{ target: $.info, update: Cats }", "W0115 overlay.yaml:4"),
        ("{ target: $.info, copy: '$.tags[*]' }", "W0115 overlay.yaml:4"),
        ("5", "W0115 overlay.yaml:4"),
    ] {
        let (sources, all) = editor(&format!("- {action}\n"));
        assert_eq!(all, [messages], "{action}");
        assert_eq!(
            sources.files()[0].root().expect("a root").to_json(),
            json(DOCUMENT),
            "{action}"
        );
    }
}

#[test]
fn other_documents_are_not_overlays() {
    for text in ["openapi: 3.1.0", "[]", "", "overlay: 2.0.0", "overlay: 1.0.0"] {
        let mut messages = Diagnostics::default();
        let mut sources = SourceMap::from_text("api.yaml", DOCUMENT, &mut messages);
        let overlay = sources.add("overlay.yaml", text, &mut messages);
        super::apply(&mut sources, overlay, &mut messages);
        let codes: Vec<&str> = messages.iter().map(|diagnostic| diagnostic.code.id()).collect();
        assert_eq!(codes, ["E0113"], "{text}");
    }
}

#[test]
fn values_keep_their_places() {
    let (sources, _) = editor(
        "- target: $.paths.*.get\n  update:\n    tags: [new]\n    summary: Lists\n- { target: $, copy: $.paths }\n",
    );
    let at = |pointer: &[&str]| {
        let root = sources.files()[0].root().expect("a root");
        let node = pointer.iter().try_fold(root, |node, step| {
            node.get(step).or_else(|| node.items().nth(step.parse().ok()?))
        });
        let at = sources.locate(node.expect("a value").place()).expect("located");
        (at.path, at.line, at.column, at.pointer.unwrap_or_default())
    };
    let (document, overlay) = ("api.yaml".to_owned(), "overlay.yaml".to_owned());
    let get = "#/paths/~1pets/get";
    assert_eq!(
        at(&["paths", "/pets", "get", "summary"]),
        (overlay.clone(), 7, 14, format!("{get}/summary"))
    );
    assert_eq!(
        at(&["paths", "/pets", "get", "tags", "1"]),
        (overlay, 6, 12, format!("{get}/tags/1"))
    );
    assert_eq!(
        at(&["paths", "/pets", "get", "tags", "0"]),
        (document.clone(), 6, 42, format!("{get}/tags/0"))
    );
    assert_eq!(at(&["/pets", "post"]), (document, 7, 5, "#/~1pets/post".to_owned()));
}

#[test]
fn overlays_are_applied_in_order() {
    let (mut sources, mut messages) = (
        editor("- { target: $.info, update: { title: Cats, summary: All } }\n").0,
        Diagnostics::default(),
    );
    let text = "overlay: 1.0\nactions: [{ target: '$[?@.title == \"Cats\"]', update: { title: Dogs } }]\n";
    let second = sources.add("second.yaml", text, &mut messages);
    super::apply(&mut sources, second, &mut messages);
    assert!(messages.is_empty(), "{messages:?}");
    let info = sources.files()[0]
        .root()
        .and_then(|root| root.get("info"))
        .expect("info");
    assert_eq!(info.to_json(), json("{ title: Dogs, version: 1.0.0, summary: All }"));
    let place = |key: &str| {
        sources
            .locate(info.get(key).expect("a key").place())
            .expect("located")
            .path
    };
    assert_eq!(
        [place("title"), place("summary"), place("version")],
        ["second.yaml", "overlay.yaml", "api.yaml"]
    );
}

#[test]
fn inserted_values_are_limited() {
    let (sources, messages) = laid_within(1000, &"- { target: $, copy: $ }\n".repeat(40));
    assert_eq!(messages.first().map(|messages| &messages[..5]), Some("W0115"));
    let tags = sources.files()[0]
        .root()
        .and_then(|root| root.get("tags"))
        .expect("tags");
    assert!(tags.items().count() < 1000);
}

#[test]
fn nesting_depth_is_limited() {
    let nested = format!("{}{}", "{ x: ".repeat(200), "}".repeat(200));
    let deep = format!("$.x{}", ".x".repeat(150));
    let (sources, messages) = editor(&format!(
        "- {{ target: $, update: {nested} }}\n- {{ target: {deep}, update: {nested} }}\n"
    ));
    assert_eq!(messages, ["E0109 overlay.yaml:1"]);
    assert_eq!(sources.files()[0].root().expect("a root").to_json(), json(DOCUMENT));
}
