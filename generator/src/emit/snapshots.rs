//! Snapshots of files generated from small documents in `tests/cases/emit/`.

mod models;

use std::collections::BTreeMap;

use super::{Content, Rendered, emit};
use crate::bundle::{Bundle, NoFiles};
use crate::config::{
    DateTimeType, DecimalType, DeepObjects, Int32Type, IntegerType, Settings, TypeChoices, Unused, UuidType,
};
use crate::diagnostics::Diagnostics;
use crate::format::Formatter;
use crate::load::SourceMap;

/// Returns the files generated for a case.
pub(super) fn files(case: &str) -> BTreeMap<String, String> {
    files_with(case, &Settings::default())
}

/// Returns the files generated for a case, with wire tests.
fn files_with_tests(case: &str) -> BTreeMap<String, String> {
    let settings = Settings {
        tests: true,
        ..Settings::default()
    };
    files_with(case, &settings)
}

/// Returns the files generated for a case with settings.
fn files_with(case: &str, settings: &Settings) -> BTreeMap<String, String> {
    let path = format!("{}/tests/cases/emit/{case}.yaml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut diagnostics = Diagnostics::default();
    let sources = SourceMap::from_text("case.yaml", text, &mut diagnostics);
    let bundle = Bundle::new(sources, &NoFiles, &mut diagnostics);
    let document = crate::read::read(&bundle, &mut diagnostics).expect("the case is an OpenAPI document");
    // Some cases have components that no operation uses.
    let settings = &Settings {
        unused: Unused::Keep,
        ..settings.clone()
    };
    let api = crate::lower::lower(&document, settings, &mut diagnostics);
    let krate = crate::plan::plan(api, case, settings, &mut diagnostics);
    let (count, members) = super::all_shared_members(&krate);
    let formatter = Formatter::new(count, members).expect("valid Rust");
    let format = |file: Rendered| {
        let text = match file.content {
            Content::Rust(rust) => formatter.items(&file.path, &rust.head, rust.items),
            Content::RustText(text) => formatter.source(&file.path, &text),
            Content::Text(text) => Ok(text),
        };
        let text = text.unwrap_or_else(|error| panic!("{case}: {error}"));
        // The printed text is parsed again, because formatting can break it.
        if file.path.ends_with(".rs") {
            syn::parse_file(&text).unwrap_or_else(|error| panic!("{case}: `{}`: {error}", file.path));
        }
        (file.path, text)
    };
    let sources = emit(&krate, format).expect("templates render");
    let pages = crate::pages::render(&krate, |page| page).expect("templates render");
    let pages = pages.into_iter().map(Rendered::from_text).map(format);
    sources.into_iter().chain(pages).collect()
}

#[test]
fn types_can_be_chosen() {
    let settings = Settings {
        types: TypeChoices {
            date_time: DateTimeType::Chrono,
            uuid: UuidType::Uuid,
            decimal: DecimalType::RustDecimal,
            integer: IntegerType::I128,
            int32: Int32Type::I64,
        },
        ..Settings::default()
    };
    let files = files_with("types", &settings);
    compare("types", &files, &["src/models/order.rs"]);
    let manifest = &files["Cargo.toml"];
    for dependency in ["chrono", "rust_decimal", "uuid"] {
        assert!(manifest.contains(&format!("\n{dependency} = ")), "{manifest}");
    }
    let default = files_with("types", &Settings::default());
    assert!(
        !default["Cargo.toml"].contains("chrono"),
        "an unused type adds no dependency"
    );
    assert!(!default.contains_key("src/runtime/codec/chrono_types.rs"));
}

/// Compares files of a case with their snapshots.
fn check(case: &str, paths: &[&str]) {
    compare(case, &files(case), paths);
}

/// Compares files with their snapshots. The setters for the options of a call have a separate snapshot.
fn compare(case: &str, files: &BTreeMap<String, String>, paths: &[&str]) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../tests/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for path in paths {
            let text = files
                .get(*path)
                .unwrap_or_else(|| panic!("{case} has no `{path}`, but {:?}", files.keys()));
            let name = format!("{case}__{}", path.replace('/', "_"));
            let is_rust = path.ends_with(".rs");
            let shown = if is_rust { &without_call_options(text) } else { text };
            match parts(shown).as_slice() {
                [whole] => insta::assert_snapshot!(name, whole),
                parts => {
                    for (part, number) in parts.iter().zip(1..) {
                        insta::assert_snapshot!(format!("{name}_{number}"), part);
                    }
                }
            }
        }
    });
}

/// Returns a file without the setters for the options of a call, which are the same in every request builder.
fn without_call_options(text: &str) -> String {
    let Some((before, setters)) = text.split_once("// The options of a single call") else {
        return text.to_owned();
    };
    before.to_owned() + setters.split_once("\n}\n").map_or("", |(_, after)| after)
}

#[test]
fn request_builders_have_setters_for_the_options_of_a_call() {
    let files = files("streams");
    let path = "src/api/logs/read_log.rs";
    let setters = files[path].replace(&without_call_options(&files[path]), "");
    let files = BTreeMap::from([("call_options".to_owned(), setters)]);
    compare("streams", &files, &["call_options"]);
}

/// Splits a long file between items, so that each snapshot can be reviewed.
fn parts(text: &str) -> Vec<String> {
    const MOST: usize = 140;
    let lines: Vec<&str> = text.lines().collect();
    let (mut parts, mut rest) = (Vec::new(), lines.as_slice());
    while rest.len() > MOST {
        let is_blank = |at: &usize| rest[*at].is_empty();
        let is_between_items = |at: &usize| is_blank(at) && !rest[at + 1].starts_with(' ');
        let ends = || (1..MOST).rev();
        let end = ends().find(is_between_items).or_else(|| ends().find(is_blank));
        let (part, after) = rest.split_at(end.unwrap_or(MOST));
        parts.push(part.join("\n"));
        rest = after;
    }
    parts.push(rest.join("\n"));
    parts
}

#[test]
fn nested_unions_are_selected_by_member_properties() {
    check("nested", &["src/models/action.rs", "src/models/model_name.rs"]);
}

#[test]
fn list_aliases_accept_iterators() {
    check(
        "lists",
        &[
            "src/api/roles/mod.rs",
            "src/api/roles/add_roles.rs",
            "src/api/roles/remove_roles.rs",
        ],
    );
}

#[test]
fn inputs_are_sent_in_their_locations() {
    check(
        "inputs",
        &[
            "src/api/things/get_thing.rs",
            "src/api/things/upload_thing.rs",
            "src/api/things/mod.rs",
        ],
    );
}

#[test]
fn client_has_setters_for_all_security_schemes() {
    check("client", &["src/client.rs", "src/lib.rs", "Cargo.toml"]);
}

#[test]
fn smoke_test_calls_every_operation_with_all_inputs() {
    let settings = Settings {
        smoke: true,
        ..Settings::default()
    };
    let files = files_with("smoke", &settings);
    compare("smoke", &files, &["examples/smoke.rs"]);
    assert!(files["README.md"].contains("--only makePart"), "{}", files["README.md"]);
    assert!(
        !self::files("smoke").contains_key("examples/smoke.rs"),
        "only generated on request"
    );
}

#[test]
fn alternative_streams_have_a_send_stream_method() {
    let settings = Settings {
        smoke: true,
        tests: true,
        ..Settings::default()
    };
    let files = files_with("streams", &settings);
    let read = [
        "src/api/chat/chat.rs",
        "src/api/chat/watch.rs",
        "src/api/chat/speak.rs",
        "src/api/logs/read_log.rs",
        "docs/sdks/chat.md",
        "docs/sdks/logs.md",
        "examples/smoke.rs",
        "src/mock.rs",
        "tests/wire/chat.rs",
        "tests/wire/logs.rs",
    ];
    compare("streams", &files, &read);
    for path in ["src/runtime/frames.rs", "src/runtime/response_stream.rs"] {
        assert!(files.contains_key(path), "{path}");
        assert!(
            !self::files("structs").contains_key(path),
            "{path}: the API has no stream"
        );
    }
    assert!(files["Cargo.toml"].contains("futures-core"), "{}", files["Cargo.toml"]);
    assert!(files["docs/retries.md"].contains("the duration of a stream is not limited"));
    assert!(files["docs/calls.md"].contains("`open` returns the response body in chunks"));
    assert!(files["src/client.rs"].contains("For a stream, it limits only the time until the stream begins."));
}

#[test]
fn nested_deep_objects_follow_the_settings() {
    let path = "src/api/things/find_things.rs";
    let settings = Settings {
        deep_objects: Some(DeepObjects::Indices),
        ..Settings::default()
    };
    let rule = "StyleRule::new(Style::Deep,true).nested(crate::runtime::Nested::Indices)";
    let text: String = files_with("deep", &settings)[path].split_whitespace().collect();
    assert_eq!(text.matches(rule).count(), 2, "{text}");
    assert!(text.contains("StyleRule::new(Style::Form,false),"), "{text}");
    assert!(!files("deep")[path].contains("nested"), "only generated on request");
}

#[test]
fn webhook_events_are_variants_of_one_enum() {
    let files = files("webhooks");
    compare("webhooks", &files, &["src/webhooks.rs"]);
    assert!(files["Cargo.toml"].contains("\nwebhooks = [\"dep:hmac\", \"dep:sha2\"]\n"));
    assert!(!files["docs/webhooks.md"].contains("WebhookEvent::Done"));
}

#[test]
fn http_methods_are_sent_unchanged() {
    let files = files("methods");
    assert!(files["src/api/things/find_things.rs"].contains("method: \"QUERY\","));
    assert!(files["src/api/things/copy_things.rs"].contains("method: \"COPY\","));
    assert!(!files.contains_key("src/api/things/never.rs"));
}

#[test]
fn groups_of_a_large_crate_are_features() {
    check(
        "features",
        &["Cargo.toml", "src/lib.rs", "src/api/mod.rs", "src/models/mod.rs"],
    );
    let files = files("features");
    let client = &files["src/client.rs"];
    assert!(
        client.contains("#[cfg(feature = \"left-side\")]\n    pub fn left_side("),
        "{client}"
    );
    let readme = &files["README.md"];
    assert!(readme.contains("default-features = false, features = ["), "{readme}");
}

#[test]
fn reserved_names_are_renamed() {
    check(
        "regressions",
        &[
            "Cargo.toml",
            "src/lib.rs",
            "src/errors.rs",
            "src/api/gen_/mod.rs",
            "src/api/gen_/gen_.rs",
            "src/models/mod.rs",
            "src/models/api_error.rs",
            "src/models/api_error_status.rs",
            "src/models/error.rs",
            "src/models/box_model.rs",
        ],
    );
    // Windows reserves some file names, with any extension.
    let hostile = files("hostile");
    assert!(hostile.contains_key("docs/models/aux_2.md"), "{:?}", hostile.keys());
    assert!(
        hostile.keys().all(|path| !path.contains("/aux.")),
        "{:?}",
        hostile.keys()
    );
    for (path, text) in files("regressions") {
        assert!(!text.contains('\r'), "{path} has a carriage return");
    }
}

#[test]
fn builders_are_not_named_like_derives_of_the_prelude() {
    for (path, text) in files("derives") {
        for name in ["Default", "Hash", "Eq", "Ord", "PartialOrd"] {
            let link = format!("[`{name}`]");
            assert!(!text.contains(&link), "{path} has an ambiguous {link}");
        }
    }
}

#[test]
fn wire_tests_contain_requests_and_responses() {
    let files = files_with_tests("wire_tests");
    let read = [
        "Cargo.toml",
        "src/mock.rs",
        "tests/wire/main.rs",
        "tests/wire/parts.rs",
        "tests/wire/credentials.rs",
    ];
    compare("wire_tests", &files, &read);
    for path in ["src/lib.rs", "src/runtime/mod.rs"] {
        assert!(files[path].contains("pub mod mock;"), "{path}");
        assert!(
            !self::files("wire_tests")[path].contains("mock"),
            "{path}: only generated on request"
        );
    }
}

#[test]
fn text_of_the_document_cannot_become_code() {
    check(
        "hostile",
        &[
            "src/lib.rs",
            "src/models/string_model.rs",
            "src/models/self_model.rs",
            "src/models/result_model.rs",
            "src/models/mod.rs",
        ],
    );
    let files = files("hostile");
    let all: String = files
        .iter()
        .filter(|(path, _)| !path.starts_with("src/runtime"))
        .map(|(_, text)| text.as_str())
        .collect();
    assert!(
        !all.contains('\u{202e}'),
        "a bidirectional control character is in the output"
    );
    assert!(
        files.contains_key("src/models/aux_model.rs"),
        "`aux.rs` is not a valid file name on Windows: {:?}",
        files.keys()
    );
}

#[test]
fn generation_is_deterministic() {
    assert_eq!(files("unions"), files("unions"));
}
