//! Tests of resolving references.

mod loading;

use std::collections::HashMap;

use super::{Bundle, Chains, NoFiles};
use crate::diagnostics::Diagnostics;
use crate::load::{Node, SourceMap};

/// Creates a bundle of files; the first is the document.
fn bundle(files: &[(&str, &str)]) -> Bundle {
    let mut diagnostics = Diagnostics::default();
    let (path, text) = files.first().expect("a document");
    let sources = SourceMap::from_text(path, *text, &mut diagnostics);
    let others: HashMap<String, String> = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect();
    let bundle = Bundle::new(sources, &others, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    bundle
}

/// Follows the value under the root's key `start`; returns the target and the messages.
fn follow(files: &[(&str, &str)]) -> (Option<String>, Vec<String>) {
    let bundle = bundle(files);
    let mut diagnostics = Diagnostics::default();
    let start = bundle.root().and_then(|root| root.get("start")).expect("a start");
    let value = bundle.follow(start, "it is skipped", &mut diagnostics);
    let messages = diagnostics.iter().map(|messages| {
        let help = Some(&*messages.help).filter(|help| *help != messages.code.help());
        let details = messages
            .note
            .as_deref()
            .into_iter()
            .chain(help)
            .map(|detail| format!(" / {detail}"));
        format!(
            "{} {}{}",
            messages.code.id(),
            messages.message,
            details.collect::<String>()
        )
    });
    (value.map(|node| node.to_json().to_text()), messages.collect())
}

fn check(files: &[(&str, &str)], value: &str) {
    assert_eq!(follow(files), (Some(value.to_owned()), Vec::new()));
}

fn check_told(files: &[(&str, &str)], value: Option<&str>, messages: &str) {
    assert_eq!(follow(files), (value.map(str::to_owned), vec![messages.to_owned()]));
}

#[test]
fn pointers_are_decoded() {
    check(&[("a.yaml", "start: {$ref: '#/x'}\nx: 1\n")], "1");
    check(
        &[(
            "a.yaml",
            "start: {$ref: '#/paths/~1a~1{b}/get'}\npaths: {'/a/{b}': {get: 1}}\n",
        )],
        "1",
    );
    check(
        &[(
            "a.yaml",
            "start: {$ref: '#/paths/~1a~1%7Bb%7D/x~0y'}\npaths: {'/a/{b}': {x~y: 1}}\n",
        )],
        "1",
    );
    check(&[("a.yaml", "start: {$ref: '#/list/1'}\nlist: [a, b]\n")], "\"b\"");
    check(&[("a.yaml", "start: {$ref: '#/x'}\nx: {$ref: '#/y'}\ny: 2\n")], "2");
    // A pointer may pass through a reference.
    check(
        &[("a.yaml", "start: {$ref: '#/x/deep'}\nx: {$ref: '#/y'}\ny: {deep: 3}\n")],
        "3",
    );
}

#[test]
fn other_files_are_relative_to_the_referring_one() {
    let main = ("api/main.yaml", "start: {$ref: 'parts/one.yaml#/x'}\n");
    check(
        &[
            main,
            ("api/parts/one.yaml", "x: {$ref: './two.yaml'}\n"),
            ("api/parts/two.yaml", "2\n"),
        ],
        "2",
    );
    check(
        &[main, ("api/parts/one.yaml", "x: {$ref: '../main.yaml#/y/z'}\n")].map(|(path, text)| {
            if path == "api/main.yaml" {
                (path, "start: {$ref: 'parts/one.yaml#/x'}\ny: {z: 4}\n")
            } else {
                (path, text)
            }
        }),
        "4",
    );
    check(
        &[("main.yaml", "start: {$ref: 'a%20b.yaml'}\n"), ("a b.yaml", "5\n")],
        "5",
    );
    check(
        &[
            ("main.json", "{\"start\": {\"$ref\": \"one.json#/\"}}"),
            ("one.json", "{\"\": 6}"),
        ],
        "6",
    );
}

#[test]
fn cycles_across_files_are_reported() {
    let files = [
        ("a.yaml", "start: {$ref: 'b.yaml#/x'}\n"),
        ("b.yaml", "x: {$ref: 'a.yaml#/start'}\n"),
    ];
    check_told(
        &files,
        None,
        "W0204 this `$ref` is part of a reference cycle that contains no value; it is skipped",
    );
    let files = [("a.yaml", "start: {$ref: '#/start'}\n")];
    check_told(
        &files,
        None,
        "W0204 this `$ref` is part of a reference cycle that contains no value; it is skipped",
    );
    let bundle = bundle(&[(
        "a.yaml",
        "a: {$ref: '#/b'}\nb: {$ref: '#/a'}\nc: {$ref: '#/a'}\nd: {$ref: '#/e'}\ne: 1\n",
    )]);
    let circular = |key| {
        let holder: Node<'_> = bundle.root().and_then(|root| root.get(key)).expect("a holder");
        bundle.is_circular(holder, &mut Chains::default(), "", &mut Diagnostics::default())
    };
    assert_eq!(["a", "b", "c", "d"].map(circular), [true, true, false, false]);
}

#[test]
fn missing_targets_are_reported_with_suggestions() {
    let text = "start: {$ref: '#/components/schemas/Activty'}\ncomponents: {schemas: {Activity: 1, Action: 2}}\n";
    let messages = "W0203 the target of `$ref` does not exist; it is skipped / no such schema / did you mean `#/components/schemas/Activity`?";
    check_told(&[("a.yaml", text)], None, messages);
    let messages = "W0203 the target of `$ref` does not exist; it is skipped / no such value";
    check_told(&[("a.yaml", "start: {$ref: '#/nothing/like/it'}\n")], None, messages);
    let messages = "E0207 cannot load the file `b.yaml` of a `$ref`: the file does not exist";
    check_told(&[("a.yaml", "start: {$ref: b.yaml}\n")], None, messages);
    let (value, messages) = follow(&[("a.yaml", "start: {$ref: b.yaml}\n"), ("b.yaml", "a: [1\nb: 2\n")]);
    assert!(
        value.is_none() && messages.len() == 1 && messages[0].starts_with("E0207"),
        "{messages:?}"
    );
    let (value, messages) = follow(&[("a.yaml", "start: {$ref: 'https://example.com/b.yaml#/x'}\n")]);
    assert!(
        value.is_none() && messages.len() == 1 && messages[0].starts_with("W0206"),
        "{messages:?}"
    );
}

#[test]
fn bare_names_resolve_to_components() {
    let with = |reference: &str| format!("start: {{$ref: {reference:?}}}\ncomponents: {{schemas: {{Pet: 1}}}}\n");
    for reference in [
        "Pet",
        "#Pet",
        "#/definitions/Pet",
        "components/schemas/Pet",
        "#components/schemas/Pet",
    ] {
        let (value, messages) = follow(&[("a.yaml", &with(reference))]);
        assert_eq!(value.as_deref(), Some("1"), "{reference}");
        assert!(
            messages.len() == 1 && messages[0].starts_with("W0201"),
            "{reference}: {messages:?}"
        );
        assert!(
            messages[0].ends_with("write `#/components/schemas/Pet`"),
            "{messages:?}"
        );
    }
    // A pointer that another file lacks is resolved in the document.
    let files = [
        (
            "a.yaml",
            "start: {$ref: 'b.yaml#/x'}\ncomponents: {schemas: {Pet: 1}}\n",
        ),
        ("b.yaml", "x: {$ref: '#/components/schemas/Pet'}\n"),
    ];
    let (value, messages) = follow(&files);
    assert!(
        value.as_deref() == Some("1") && messages.len() == 1 && messages[0].starts_with("W0201"),
        "{messages:?}"
    );
}

#[test]
fn generic_schemas_are_copied_with_their_bindings() {
    let generic = "List: {$id: list, required: [data], properties: {data: {items: {$dynamicRef: '#T'}}, all: {$ref: '#/$defs/n'}}, $defs: {T: {$dynamicAnchor: T}, n: 1}}\n";
    let users = "Users: {$defs: {t: {$dynamicAnchor: T, $ref: '#/User'}}, $ref: '#/List', title: us}\n";
    let orders = "Orders: {$defs: {t: {$dynamicAnchor: T, $ref: '#/Order'}}, allOf: [{$ref: list}]}\n";
    let page = "Page: {properties: {list: {$ref: '#/List'}}}\nOrderPage: {$defs: {t: {$dynamicAnchor: T, $ref: '#/Order'}}, $ref: '#/Page'}\n";
    let find = |pointer: &str| {
        let text = format!("start: {{$ref: '#/{pointer}'}}\nUser: 1\nOrder: 2\n{orders}{generic}{users}{page}");
        follow(&[("a.yaml", text.as_str())])
    };
    let none = Vec::new();
    for (pointer, expected) in [
        ("Users/properties/data/items", "1"),
        ("Users/title", "\"us\""),
        ("Users/required/0", "\"data\""),
        ("Users/properties/all", "1"),
        ("Orders/allOf/0/properties/data/items", "2"),
        ("OrderPage/properties/list/properties/data/items", "2"),
        ("List/properties/data/items", r#"{"$dynamicAnchor":"T"}"#),
        (
            "Page/properties/list/properties/data/items",
            r#"{"$dynamicAnchor":"T"}"#,
        ),
    ] {
        assert_eq!(find(pointer), (Some(expected.to_owned()), none.clone()), "{pointer}");
    }
    // A schema that extends itself is copied once.
    let text = "start: {$ref: '#/Strict/properties/kids/items'}\nTree: {$dynamicAnchor: n, properties: {kids: {items: {$dynamicRef: '#n'}}}}\nStrict: {$defs: {s: {$dynamicAnchor: n, $ref: '#/Strict'}}, $ref: '#/Tree'}\n";
    let (value, messages) = follow(&[("a.yaml", text)]);
    assert!(
        value.is_some_and(|value| value.starts_with(r#"{"$defs""#)),
        "{messages:?}"
    );
}

#[test]
fn ids_and_anchors_are_found() {
    check(
        &[("a.yaml", "start: {$ref: '#here'}\nx: {$anchor: here, v: 1}\n")],
        r#"{"$anchor":"here","v":1}"#,
    );
    // Schemas with different ids may have equal anchors.
    let text = "start: {$ref: '#/y/properties/p'}\nx: {$id: x, $defs: {d: {$anchor: here, v: 1}}}\ny: {$id: y, $defs: {d: {$anchor: here, v: 2}}, properties: {p: {$ref: '#here'}}}\n";
    check(&[("a.yaml", text)], r#"{"$anchor":"here","v":2}"#);
    check(
        &[(
            "a.yaml",
            "start: {$ref: 'https://e.com/s/pet.json#/v'}\nx: {$id: 'https://e.com/s/pet.json', v: 1}\n",
        )],
        "1",
    );
    check(
        &[(
            "a.yaml",
            "start: {$ref: 'pet.json#/v'}\nx: {$id: 'https://e.com/s/pet.json', v: 1}\n",
        )],
        "1",
    );
    // Inside a schema with an `$id`, pointers start at that schema.
    let text = "start: {$ref: '#/x/properties/p'}\nx: {$id: x, $defs: {d: 1}, properties: {p: {$ref: '#/$defs/d'}}}\n";
    check(&[("a.yaml", text)], "1");
    let text = "start: {$ref: '#/x/properties/p'}\nx: {$id: x, properties: {p: {$ref: '#'}}}\n";
    check(&[("a.yaml", text)], r##"{"$id":"x","properties":{"p":{"$ref":"#"}}}"##);
    check(
        &[(
            "a.yaml",
            "$self: https://e.com/api\nstart: {$ref: 'https://e.com/api#/v'}\nv: 1\n",
        )],
        "1",
    );
}

#[test]
fn examples_load_no_files() {
    let mut diagnostics = Diagnostics::default();
    let text = "a: {example: {$ref: b.yaml}, x-code: {$ref: c.cs}}\nresponses: {default: {$ref: d.yaml}}\n";
    let sources = SourceMap::from_text("a.yaml", text, &mut diagnostics);
    let others: HashMap<String, String> = ["b.yaml", "c.cs", "d.yaml"]
        .map(|path| (path.to_owned(), "1".to_owned()))
        .into();
    let bundle = Bundle::new(sources, &others, &mut diagnostics);
    let paths: Vec<&str> = bundle.sources().files().iter().map(|file| file.path()).collect();
    assert_eq!(paths, ["a.yaml", "d.yaml"]);
}

#[test]
fn paths_are_relative_to_the_document() {
    let files = [
        ("api/main.yaml", "start: {$ref: '../common/x.yaml'}\n"),
        ("common/x.yaml", "{}\n"),
    ];
    let bundle = bundle(&files);
    let relative: Vec<String> = (0..2)
        .map(|file| bundle.relative_path(crate::diagnostics::FileId(file)))
        .collect();
    assert_eq!(relative, ["", "../common/x.yaml"]);
}

#[test]
fn text_input_has_no_other_files() {
    let mut diagnostics = Diagnostics::default();
    let sources = SourceMap::from_text("a.yaml", "start: {$ref: b.yaml}\n", &mut diagnostics);
    let bundle = Bundle::new(sources, &NoFiles, &mut diagnostics);
    let start = bundle.root().and_then(|root| root.get("start")).expect("a start");
    assert!(bundle.follow(start, "", &mut diagnostics).is_none());
    assert_eq!(
        diagnostics.iter().next().map(|messages| messages.code.id()),
        Some("E0207")
    );
}

#[test]
fn relative_urls_are_resolved_against_the_document() {
    let whole = |base: &str, uri: &str| super::path::absolute(base, uri);
    let base = "https://user:secret@example.com:8443/v1/openapi.yaml?key=secret";
    for (uri, expected) in [
        ("/", "https://example.com:8443/"),
        ("/v2", "https://example.com:8443/v2"),
        ("../{tenant}/api", "https://example.com:8443/{tenant}/api"),
        ("api", "https://example.com:8443/v1/api"),
        ("//other.example/api", "https://other.example/api"),
    ] {
        assert_eq!(whole(base, uri).as_deref(), Some(expected), "{uri}");
    }
    assert_eq!(whole(base, "https://api.example.com"), None);
    assert_eq!(whole(base, "{scheme}://api.example.com"), None);
    assert_eq!(whole("spec/openapi.yaml", "/v2"), None);
}

#[test]
fn files_outside_the_folder_need_permission() {
    use super::{Disk, Loader as _};
    let root = tempfile::tempdir().expect("a folder");
    let folder = root.path().join("api");
    std::fs::create_dir_all(folder.join("parts")).expect("a folder");
    std::fs::write(root.path().join("secret.yaml"), "a: 1").expect("a file");
    std::fs::write(folder.join("parts/a.yaml"), "a: 1").expect("a file");
    let document = folder.join("openapi.yaml");
    let load = |path: &str, allow| Disk::new(&document, allow).load(&folder.join(path).to_string_lossy());
    assert_eq!(load("parts/a.yaml", false), Ok(b"a: 1".to_vec()));
    let refused = load("../secret.yaml", false).expect_err("outside");
    assert!(refused.contains("outside the folder"), "{refused}");
    assert_eq!(load("../secret.yaml", true), Ok(b"a: 1".to_vec()));
    assert!(
        load("none.yaml", false)
            .expect_err("missing")
            .contains("does not exist")
    );
    assert!(load("parts", false).expect_err("a folder").contains("regular"));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("../secret.yaml", folder.join("link.yaml")).expect("a link");
        assert!(load("link.yaml", false).is_err());
        assert!(Disk::default().load("/dev/zero").is_err());
        // Opening a FIFO without a writer would wait for one.
        let pipe = folder.join("pipe.yaml");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.expect("mkfifo").success());
        assert!(load("pipe.yaml", false).expect_err("a FIFO").contains("regular"));
    }
}

#[test]
fn suggestions_are_bounded() {
    let keys: Vec<String> = (0..3_000).map(|key| format!("Schema{key}: {{}}")).collect();
    let uses: Vec<String> = (0..3_000).map(|key| format!("{{$ref: '#/s/Shema{key}'}}")).collect();
    let text = format!("s: {{{}}}\nuses: [{}]\n", keys.join(", "), uses.join(", "));
    let mut diagnostics = Diagnostics::default();
    let sources = SourceMap::from_text("a.yaml", text, &mut diagnostics);
    let bundle = Bundle::new(sources, &NoFiles, &mut diagnostics);
    let uses = bundle.root().and_then(|root| root.get("uses")).expect("uses");
    let found = uses
        .items()
        .filter_map(|item| bundle.follow(item, "", &mut diagnostics));
    assert_eq!(found.count(), 0);
    let helped = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.help.contains("did you mean"));
    assert!((1..3_000).contains(&helped.count()));
}
