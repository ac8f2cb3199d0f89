use super::{ConfigError, ConfigPlace, DateTimeType, DecimalType, Int32Type, IntegerType, UuidType, name_error, parse};

fn error(text: &str) -> ConfigError {
    let mut errors = parse(text).expect_err("the configuration should be invalid");
    assert_eq!(errors.len(), 1, "{errors:#?}");
    errors.remove(0)
}

fn keys(keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| (*key).to_owned()).collect()
}

#[test]
fn settings_are_read_next_to_document_and_out() {
    let text = "sdks:\n  pets:\n    open_enums: false\n    document: pets.yaml\n    env_prefix: PETS\n    out: sdk\n    \
                pagination:\n      - operations: [listPets]\n        cursor: { input: after, next: paging.after }\n";
    let config = parse(text).expect("a configuration");
    let sdk = &config.sdks["pets"];
    assert_eq!((sdk.document.as_str(), sdk.out.as_str()), ("pets.yaml", "sdk"));
    assert_eq!(sdk.settings.env_prefix.as_deref(), Some("PETS"));
    assert_eq!(sdk.settings.open_enums, Some(false));
    let cursor = sdk.settings.pagination[0].cursor.as_ref().expect("a cursor rule");
    assert_eq!((cursor.next.as_str(), cursor.items.as_deref()), ("paging.after", None));
}

#[test]
fn the_nearest_key_is_suggested_at_every_depth() {
    let cases = [
        ("sdk: {}\n", (1, 1), "unknown key `sdk`", "did you mean `sdks`?"),
        (
            "sdks:\n  pets:\n    document: a\n    out: b\n    env_prefx: P\n",
            (5, 5),
            "unknown key `env_prefx` in `sdks.pets`",
            "did you mean `env_prefix`?",
        ),
        (
            "sdks:\n  pets:\n    documnt: a\n",
            (3, 5),
            "unknown key `documnt` in `sdks.pets`",
            "did you mean `document`?",
        ),
        (
            "sdks:\n  pets:\n    document: a\n    out: b\n    select: { tag: [x] }\n",
            (5, 15),
            "unknown key `tag` in `sdks.pets.select`",
            "did you mean `tags`?",
        ),
        (
            "sdks:\n  pets:\n    document: a\n    out: b\n    pagination:\n      - operations: [x]\n        link: { list: y }\n",
            (7, 17),
            "unknown key `list` in `sdks.pets.pagination[0].link`",
            "the known keys are `items`",
        ),
    ];
    for (text, (line, column), message, help) in cases {
        let found = error(text);
        assert_eq!((found.message.as_str(), found.help.as_str()), (message, help));
        assert_eq!(found.place, ConfigPlace::Text(line, column), "{text}");
    }
}

#[test]
fn a_missing_key_and_a_wrong_type_are_reported() {
    let missing = error("sdks:\n  pets:\n    out: b\n");
    assert_eq!(missing.message, "the key `document` is missing in `sdks.pets`");
    assert_eq!(missing.place, ConfigPlace::Text(3, 5));
    let wrong = error("sdks:\n  pets:\n    document: a\n    out: b\n    open_enums: perhaps\n");
    assert_eq!(
        wrong.message,
        "invalid value for `sdks.pets.open_enums`: expected a boolean, found string \"perhaps\""
    );
    assert_eq!(wrong.place, ConfigPlace::Text(5, 17));
    let no_mapping = error("sdks:\n  pets: pets.yaml\n");
    assert!(
        no_mapping.message.contains("a mapping with `document` and `out`"),
        "{no_mapping:?}"
    );
    let twice = error("sdks:\n  pets:\n    out: a\n    out: b\n    document: c\n");
    assert!(twice.message.contains("duplicate field `out`"), "{twice:?}");
}

#[test]
fn invalid_yaml_is_reported_with_its_position() {
    let found = error("sdks:\n  pets: [\n");
    assert!(
        matches!(found.place, ConfigPlace::Text(line, _) if line >= 2),
        "{found:?}"
    );
}

#[test]
fn all_errors_of_the_content_are_reported() {
    let text = "sdks:\n  1st: { document: a, out: sdk }\n  two: { document: a, out: ./sdk/, pagination: [{ operations: [] }] }\n";
    let found = parse(text).expect_err("errors");
    let spots: Vec<&ConfigPlace> = found.iter().map(|error| &error.place).collect();
    let expected = [
        ConfigPlace::Key(keys(&["sdks", "1st"])),
        ConfigPlace::Value(keys(&["sdks", "two", "out"])),
        ConfigPlace::Value(keys(&["sdks", "two", "pagination", "0"])),
    ];
    assert_eq!(spots, expected.iter().collect::<Vec<_>>());
}

#[test]
fn errors_of_diagnostic_rules_are_at_the_code() {
    let head = "sdks:\n  pets:\n    document: a\n    out: b\n    diagnostics:\n      - level: allow\n        codes: ";
    for codes in ["[W0401, W9999]", "[W0401, E0101]"] {
        let expected = keys(&["sdks", "pets", "diagnostics", "0", "codes", "1"]);
        assert_eq!(
            error(&format!("{head}{codes}\n")).place,
            ConfigPlace::Value(expected),
            "{codes}"
        );
    }
}

#[test]
fn a_pagination_rule_needs_exactly_one_kind() {
    let head = "sdks:\n  pets:\n    document: a\n    out: b\n    pagination:\n      - operations: [x]\n";
    let both = error(&format!("{head}        none: true\n        link: {{}}\n"));
    assert_eq!(
        both.message,
        "this pagination rule sets more than one of `link` and `none`"
    );
    let nothing = error(head);
    assert_eq!(
        nothing.message,
        "this pagination rule has none of `cursor`, `url`, `link`, `page`, `offset` and `none`"
    );
}

#[test]
fn a_polling_rule_needs_operations_and_a_positive_interval() {
    let head = "sdks:\n  pets:\n    document: a\n    out: b\n    polling:\n      - ";
    assert_eq!(
        error(&format!("{head}none: true\n")).message,
        "this polling rule has no operations"
    );
    for interval in ["0", "-1", ".nan", ".inf", "1e9"] {
        let message = error(&format!("{head}{{ operations: [x], interval: {interval} }}\n")).message;
        assert!(message.starts_with("invalid `interval`"), "{message}");
    }
}

#[test]
fn names_that_cargo_rejects_are_invalid() {
    for name in ["pets", "pet-store", "Pets_2"] {
        assert_eq!(name_error(name), None, "{name}");
    }
    for name in [
        "",
        "2pets",
        "-pets",
        "pet store",
        "haustür",
        "../pets",
        "fn",
        "test",
        "std",
        "self",
    ] {
        assert!(name_error(name).is_some(), "{name}");
    }
}

#[test]
fn types_are_chosen_by_name() {
    let config =
        parse("sdks:\n  pets:\n    document: a\n    out: b\n    types: { date_time: chrono, decimal: rust_decimal, int32: i64 }\n")
            .expect("a valid configuration");
    let types = config.sdks["pets"].settings.types;
    assert_eq!(types.date_time, DateTimeType::Chrono);
    assert_eq!(types.decimal, DecimalType::RustDecimal);
    assert_eq!((types.uuid, types.integer), (UuidType::String, IntegerType::I64));
    assert_eq!(types.int32, Int32Type::I64);
    let wrong = error("sdks:\n  pets:\n    document: a\n    out: b\n    types: { uuid: guid }\n").message;
    assert!(wrong.contains("`guid`") && wrong.contains("`uuid`"), "{wrong}");
}

#[test]
fn two_sdks_cannot_share_an_output_folder() {
    let config = |one: &str, other: &str| {
        parse(&format!(
            "sdks:\n  one: {{ document: a, out: {one} }}\n  other: {{ document: a, out: {other} }}\n"
        ))
    };
    for (one, other) in [
        ("sdk", "./sdk/"),
        ("outs/same", "x/../outs/same"),
        ("../sdk", "./a/../../sdk"),
        ("/sdk", "/../sdk"),
    ] {
        let errors = config(one, other).expect_err("the folder is the same");
        assert_eq!(errors[0].message, "`other` and `one` have the same output folder");
    }
    for (one, other) in [
        ("sdk", "../sdk"),
        ("a/sdk", "b/sdk"),
        ("/sdk", "sdk"),
        ("../sdk", "../../sdk"),
    ] {
        assert!(config(one, other).is_ok(), "{one} {other}");
    }
}

#[test]
fn dependencies_of_the_chosen_types_are_not_declared_twice() {
    for (key, crate_name) in [
        ("date_time", "chrono"),
        ("date_time", "time"),
        ("uuid", "uuid"),
        ("decimal", "rust_decimal"),
    ] {
        let settings = format!("dependencies: {{ {crate_name}: \"1\" }}, types: {{ {key}: {crate_name} }}");
        let found = error(&format!("sdks:\n  pets: {{ document: a, out: b, {settings} }}\n"));
        assert_eq!(
            found.message,
            format!("`{crate_name}` is already a dependency of generated crates")
        );
        let without = format!("sdks:\n  pets: {{ document: a, out: b, dependencies: {{ {crate_name}: \"1\" }} }}\n");
        assert!(parse(&without).is_ok(), "{crate_name}");
    }
}

#[test]
fn dependencies_of_a_generated_crate_are_not_declared_twice() {
    let manifest = include_str!("../../../generated/kitchen-sink/Cargo.toml");
    let sections = manifest.split("\n[").filter(|section| {
        let header = section.split(']').next().unwrap_or_default();
        header.ends_with("dependencies") && header != "dev-dependencies"
    });
    let lines = sections.flat_map(|section| section.lines().skip(1));
    let names: Vec<&str> = lines
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name)
        .collect();
    assert!(names.len() > 20, "{names:?}");
    for name in names {
        let declared = format!("sdks:\n  pets: {{ document: a, out: b, dependencies: {{ {name}: \"1\" }} }}\n");
        assert_eq!(
            error(&declared).message,
            format!("`{name}` is already a dependency of generated crates")
        );
    }
}

#[test]
fn license_files_have_different_names() {
    let found = error("sdks:\n  pets: { document: a, out: b, license_files: [a/LICENSE, b/LICENSE] }\n");
    assert_eq!(found.message, "two license files have the name `LICENSE`");
}
