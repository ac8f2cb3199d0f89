//! The commands and options for adopting sdkwright: `init`, `schema`, `explain`, completions, formats and levels of diagnostics.

use std::fs;

use super::common::{PETS, files, folder, program, run, run_with};
use super::{GENERATE, fails};

#[test]
fn init_writes_a_configuration_that_generates_an_sdk() {
    let folder = folder(&[("openapi.yaml", PETS)]);
    let init = run(folder.path(), &["init", "--ci"]);
    assert_eq!((init.status, init.stderr.as_str()), (0, ""), "{}", init.stdout);
    let written: Vec<String> = files(folder.path()).into_keys().collect();
    let expected = [
        ".github/workflows/sdk.yml",
        "openapi.yaml",
        "sdkwright.schema.json",
        "sdkwright.yaml",
    ];
    assert_eq!(written, expected);
    let schema = fs::read_to_string(folder.path().join("sdkwright.schema.json")).expect("the schema");
    assert!(serde_json::from_str::<serde_json::Value>(&schema).is_ok());
    let generate = run(folder.path(), &[]);
    assert_eq!(
        (generate.status, generate.stderr.as_str()),
        (0, ""),
        "{}",
        generate.stdout
    );
    assert!(folder.path().join("pets/src/lib.rs").exists(), "{}", generate.stdout);
}

#[test]
fn init_does_not_overwrite_files() {
    let folder = folder(&[
        ("openapi.yaml", PETS),
        ("sdkwright.yaml", "mine"),
        ("sdkwright.schema.json", "mine"),
    ]);
    fails(
        folder.path(),
        &["init"],
        2,
        &["`sdkwright.yaml` already exists", "help"],
    );
    fs::remove_file(folder.path().join("sdkwright.yaml")).expect("removed");
    let init = run(folder.path(), &["init", "--name", "pet-store", "--out", "sdk"]);
    assert!(
        init.stdout.contains("kept sdkwright.schema.json"),
        "{}{}",
        init.stdout,
        init.stderr
    );
    assert_eq!(
        fs::read_to_string(folder.path().join("sdkwright.schema.json")).expect("the schema"),
        "mine"
    );
    let text = fs::read_to_string(folder.path().join("sdkwright.yaml")).expect("the configuration");
    assert!(
        text.contains("  pet-store:\n    document: openapi.yaml\n    out: sdk\n"),
        "{text}"
    );
}

#[test]
fn init_finds_the_document_and_its_facts() {
    let document = PETS
        .replace("servers: [{ url: https://pets.example.com }]\n", "")
        .replace("version: 1.0.0 }", "version: 1.0.0, license: { name: Apache 2.0 } }");
    for (name, text, server, license) in [
        ("openapi.json", PETS, false, "The document does not state one."),
        ("swagger.yml", document.as_str(), true, "# license: Apache-2.0\n"),
    ] {
        let folder = folder(&[(name, text)]);
        let init = run(folder.path(), &["init"]);
        assert_eq!((init.status, init.stderr.as_str()), (0, ""), "{}", init.stdout);
        let text = fs::read_to_string(folder.path().join("sdkwright.yaml")).expect("the configuration");
        assert!(text.contains(&format!("    document: {name}\n")), "{text}");
        assert_eq!(text.contains("has to set one with `base_url`"), server, "{text}");
        assert!(text.contains(license), "{text}");
        assert_eq!(run(folder.path(), &["generate", "--dry-run"]).status, 0);
    }
}

#[test]
fn init_without_a_document_is_an_error() {
    let folder = folder(&[("api.yaml", PETS)]);
    fails(
        folder.path(),
        &["init"],
        2,
        &["no document was passed", "`sdkwright init <SPEC>`"],
    );
    fails(folder.path(), &["init", "gone.yaml"], 1, &["E0101", "gone.yaml"]);
}

#[test]
fn a_configuration_is_found_in_a_parent_folder() {
    let text = "sdks: { pets: { document: pets.yaml, out: sdk } }\n";
    let folder = folder(&[("sdkwright.yaml", text), ("pets.yaml", PETS), ("a/b/notes.txt", "")]);
    let made = run(&folder.path().join("a/b"), &[]);
    assert_eq!((made.status, made.stderr.as_str()), (0, ""), "{}", made.stdout);
    assert!(folder.path().join("sdk/src/lib.rs").exists());
}

#[test]
fn the_output_folder_can_be_the_current_one() {
    let folder = folder(&[("pets.yaml", PETS), ("pet-store/notes.txt", "")]);
    let inside = folder.path().join("pet-store");
    let made = run(&inside, &["generate", "../pets.yaml", "--out", "."]);
    assert!(made.stdout.starts_with("pet-store: "), "{}{}", made.stdout, made.stderr);
    assert!(inside.join("src/lib.rs").exists() && inside.join("notes.txt").exists());
}

#[test]
fn invalid_values_are_reported_at_their_position() {
    for (line, message) in [
        ("version: one", "invalid version `one`"),
        ("license: Mine", "invalid license `Mine`"),
        ("repository: github", "invalid URL `github`"),
        ("env_prefix: pets-", "invalid `env_prefix` `pets-`"),
        ("license_files: [COPYING]", "invalid license file `COPYING`"),
        ("homepage: pets.example", "invalid URL `pets.example`"),
        ("keywords: [pet store]", "invalid keyword `pet store`"),
        ("dependencies: { chrono: latest }", "invalid dependency `chrono`"),
        ("dependencies: { tokio: '1' }", "`tokio` is already a dependency"),
        ("operations: { listPets: 1st }", "invalid name `1st`"),
        ("groups: { Pets: a..b }", "invalid group `a..b`"),
        (
            "diagnostics: [{ level: allow, codes: [W9999] }]",
            "unknown diagnostic code `W9999`",
        ),
        (
            "diagnostics: [{ level: allow, codes: [E0101] }]",
            "the level of the error `E0101` cannot be changed",
        ),
    ] {
        let text = format!("sdks:\n  pets:\n    document: pets.yaml\n    out: sdk\n    {line}\n");
        let folder = folder(&[("sdkwright.yaml", &text), ("pets.yaml", PETS)]);
        fails(folder.path(), &[], 2, &["E0601", "sdkwright.yaml:5:", message, "help"]);
    }
}

#[test]
fn levels_of_diagnostics_are_configured_by_code_and_position() {
    let dangling = PETS.replace("schemas/PetList' } }", "schemas/Gone' } }");
    for (rule, status, output) in [
        ("{ level: allow, codes: [W0203] }", 0, ""),
        ("{ level: deny, codes: [w0203] }", 1, "error[W0203]"),
        ("{ level: deny, codes: [W0203], at: '#/paths' }", 1, "error[W0203]"),
        (
            "{ level: deny, codes: [W0203], at: '#/components' }",
            0,
            "warning[W0203]",
        ),
        (
            "{ level: allow, codes: [W0203] }, { level: warn, codes: [W0203] }",
            0,
            "warning[W0203]",
        ),
    ] {
        let text = format!("sdks: {{ pets: {{ document: pets.yaml, out: sdk, diagnostics: [{rule}] }} }}\n");
        let folder = folder(&[("sdkwright.yaml", &text), ("pets.yaml", &dangling)]);
        let run = run(folder.path(), &[]);
        assert_eq!(run.status, status, "{rule}: {}", run.stderr);
        assert!(
            run.stderr.starts_with(output) && (!output.is_empty() || run.stderr.is_empty()),
            "{rule}: {}",
            run.stderr
        );
    }
}

/// A document with five operations without an id.
fn without_ids() -> String {
    let paths: String = (0..5)
        .map(|n| format!("  /a{n}: {{ get: {{ responses: {{ '204': {{ description: Done }} }} }} }}\n"))
        .collect();
    format!(
        "openapi: 3.0.3\ninfo: {{ title: A, version: 1.0.0 }}\nservers: [{{ url: https://a.example.com }}]\npaths:\n{paths}"
    )
}

#[test]
fn equal_warnings_are_grouped_with_a_count() {
    let folder = folder(&[("a.yaml", &without_ids())]);
    let grouped = run(folder.path(), &["validate", "a.yaml"]);
    assert_eq!(grouped.stderr.matches("= help").count(), 3, "{}", grouped.stderr);
    assert!(
        grouped.stderr.contains("2 more (id-from-path); pass `--verbose`"),
        "{}",
        grouped.stderr
    );
    assert!(grouped.stdout.ends_with(", 5 warnings\n"), "{}", grouped.stdout);
    let verbose = run(folder.path(), &["validate", "a.yaml", "--verbose"]);
    assert_eq!(
        verbose.stderr.matches("warning[W0401]").count(),
        5,
        "{}",
        verbose.stderr
    );
}

#[test]
fn colors_are_used_on_request_only() {
    let folder = folder(&[("a.yaml", &without_ids())]);
    let run_in_color = |arguments: &[&str], no_color: &str| {
        let mut command = program(folder.path());
        command
            .args(["validate", "a.yaml"])
            .args(arguments)
            .env("NO_COLOR", no_color);
        run_with(&mut command, "").stderr
    };
    assert!(run_in_color(&["--color", "always"], "").contains("\u{1b}["));
    assert!(!run_in_color(&["--color", "never"], "").contains("\u{1b}["));
    assert!(
        !run_in_color(&[], "").contains("\u{1b}["),
        "the output is not a terminal"
    );
}

#[test]
fn diagnostics_are_printed_as_github_annotations() {
    let dangling = PETS.replace("schemas/PetList' } }", "schemas/Gone' } }");
    let folder = folder(&[("pets.yaml", &dangling)]);
    let made = run(
        folder.path(),
        &[&GENERATE[..], &["--message-format", "github"]].concat(),
    );
    assert_eq!(made.status, 0, "{}", made.stderr);
    assert!(
        made.stderr.starts_with("::warning file=pets.yaml,line=14,col="),
        "{}",
        made.stderr
    );
    assert!(
        made.stderr.contains(",title=W0203::") && made.stderr.contains("%0Ahelp: "),
        "{}",
        made.stderr
    );
}

#[test]
fn diagnostics_are_printed_as_a_sarif_log() {
    let dangling = PETS.replace("schemas/PetList' } }", "schemas/Gone' } }");
    let folder = folder(&[("pets.yaml", &dangling)]);
    let made = run(folder.path(), &["validate", "pets.yaml", "--message-format", "sarif"]);
    assert_eq!((made.status, made.stderr.as_str()), (0, ""));
    let log: serde_json::Value = serde_json::from_str(&made.stdout).expect("JSON");
    let result = &log["runs"][0]["results"][0];
    assert_eq!((&log["version"], &result["ruleId"]), (&"2.1.0".into(), &"W0203".into()));
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startLine"], 14);
    assert_eq!(
        log["runs"][0]["tool"]["driver"]["rules"][0]["name"],
        "dangling-ref-is-any"
    );
}

#[test]
fn explain_describes_codes_and_suggests_names() {
    let folder = folder(&[("pets.yaml", PETS)]);
    let page = run(folder.path(), &["explain", "w0203"]);
    assert!(
        page.stdout.starts_with("# W0203: dangling-ref-is-any\n"),
        "{}",
        page.stdout
    );
    assert!(
        page.stdout.contains("Next step: ") && page.stdout.contains("codes: [W0203]"),
        "{}",
        page.stdout
    );
    let error = run(folder.path(), &["explain", "E0101"]);
    assert!(!error.stdout.contains("level: allow"), "{}", error.stdout);
    let explain = ["explain", "listPet", "--spec", "pets.yaml"];
    fails(folder.path(), &explain, 2, &["`listPet`", "did you mean `listPets`?"]);
    let explain = ["explain", "missing-cooki", "--spec", "pets.yaml"];
    fails(folder.path(), &explain, 2, &["did you mean `missing-cookie`?"]);
}

#[test]
fn completions_and_the_manual_page_are_printed() {
    let folder = folder(&[]);
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = run(folder.path(), &["completions", shell]);
        assert!(
            script.status == 0 && script.stdout.contains("allow-net"),
            "{shell}: {}",
            script.stdout
        );
    }
    let page = run(folder.path(), &["man"]);
    assert!(page.status == 0 && page.stdout.contains(".SH"), "{}", page.stdout);
    for text in [".SH SDKWRIGHT DOCTOR\n", "\\-\\-live", "\\-\\-dry\\-run"] {
        assert!(page.stdout.contains(text), "{text}: {}", page.stdout);
    }
    fails(folder.path(), &["completions", "tcsh"], 2, &["tcsh"]);
}

#[test]
fn the_schema_describes_the_configuration() {
    let folder = folder(&[]);
    let schema = run(folder.path(), &["schema"]);
    let schema: serde_json::Value = serde_json::from_str(&schema.stdout).expect("JSON");
    let sdk = &schema["definitions"]["Sdk"];
    assert_eq!(sdk["additionalProperties"], false);
    for key in ["document", "out", "overlays", "pagination", "diagnostics"] {
        assert!(sdk["properties"][key].is_object(), "{key}: {sdk}");
    }
    assert_eq!(sdk["required"], serde_json::json!(["document", "out"]));
}

#[test]
fn custom_code_is_mounted_and_kept() {
    let text = "\
sdks:
  pets:
    document: pets.yaml
    out: sdk
    custom: true
    dependencies: { chrono: '0.4' }
    description: Pets for everybody
    keywords: [pets]
    authors: [Pets <pets@example.com>]
    homepage: https://pets.example
    documentation: https://docs.pets.example
    publish: [pets-registry]
    features: { metrics: [tracing] }
    readme_header: |
      [Status](https://status.pets.example)
    readme_footer: Write to <sdk@pets.example>.
";
    let custom =
        "impl crate::Client {\n    /// Returns a number.\n    pub fn one(&self) -> u8 {\n        1\n    }\n}\n";
    let folder = folder(&[
        ("sdkwright.yaml", text),
        ("pets.yaml", PETS),
        ("sdk/src/custom.rs", custom),
    ]);
    let made = run(folder.path(), &[]);
    assert_eq!((made.status, made.stderr.as_str()), (0, ""), "{}", made.stdout);
    let read = |path: &str| fs::read_to_string(folder.path().join("sdk").join(path)).expect("a file");
    assert_eq!(read("src/custom.rs"), custom);
    let lib = read("src/lib.rs");
    assert!(
        lib.contains("mod custom;\n") && lib.contains("pub use custom::*;\n"),
        "{lib}"
    );
    let manifest = read("Cargo.toml");
    for line in [
        "description = \"Pets for everybody\"",
        "keywords = [\"pets\"]",
        "authors = [\"Pets <pets@example.com>\"]",
        "homepage = \"https://pets.example\"",
        "publish = [\"pets-registry\"]",
        "metrics = [\"tracing\"]",
        "documentation = \"https://docs.pets.example\"",
        "chrono = \"0.4\"",
    ] {
        assert!(manifest.contains(&format!("{line}\n")), "{line}: {manifest}");
    }
    let readme = read("README.md");
    assert!(
        readme.starts_with("# pets\n\n[Status](https://status.pets.example)\n\nRust SDK"),
        "{readme}"
    );
    assert!(readme.ends_with("\n\nWrite to <sdk@pets.example>.\n"), "{readme}");
    assert_eq!(run(folder.path(), &["generate", "--check"]).status, 0);
}

#[test]
fn features_and_registries_are_checked() {
    for (setting, message) in [
        (
            "features: { gzip: [] }",
            "`gzip` is already a feature of generated crates",
        ),
        ("features: { 'a b': [] }", "invalid feature `a b`"),
        ("publish: ['a b']", "invalid registry `a b`"),
        (
            "dependencies: { sha2: '1' }",
            "`sha2` is already a dependency of generated crates",
        ),
    ] {
        let text = format!("sdks:\n  pets:\n    document: pets.yaml\n    out: sdk\n    {setting}\n");
        let folder = folder(&[("sdkwright.yaml", &text), ("pets.yaml", PETS)]);
        fails(folder.path(), &[], 2, &["error[E0601]", message, "sdkwright.yaml:5:"]);
    }
}
