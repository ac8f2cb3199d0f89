//! Options that change what is read or written.

use std::fs;

use super::common::{PETS, folder, run};
use super::{GENERATE, fails};

#[test]
fn force_overwrites_edited_files_without_a_warning() {
    let folder = folder(&[("pets.yaml", PETS)]);
    let lib = folder.path().join("sdk/src/lib.rs");
    assert_eq!(run(folder.path(), &GENERATE).status, 0);
    let generated = fs::read_to_string(&lib).expect("a file");
    for (options, warning) in [(&[][..], true), (&["--force"], false)] {
        fs::write(&lib, "// edited\n").expect("a file");
        let made = run(folder.path(), &[&GENERATE[..], options].concat());
        assert_eq!(made.status, 0, "{}", made.stderr);
        assert_eq!(made.stderr.contains("W0706"), warning, "{options:?}: {}", made.stderr);
        assert_eq!(fs::read_to_string(&lib).expect("a file"), generated);
    }
    // A warning under `--deny warnings` keeps the edit.
    fs::write(&lib, "// edited\n").expect("a file");
    fails(
        folder.path(),
        &[&GENERATE[..], &["--deny", "warnings"]].concat(),
        1,
        &["error[W0706]", "src/lib.rs"],
    );
}

#[test]
fn rules_of_the_configuration_apply_to_edited_files() {
    for (level, status) in [("allow", 0), ("deny", 1)] {
        let configured = format!(
            "sdks: {{ pets: {{ document: pets.yaml, out: sdk, diagnostics: [{{ level: {level}, codes: [W0706] }}] }} }}\n"
        );
        let folder = folder(&[("pets.yaml", PETS), ("sdkwright.yaml", &configured)]);
        let lib = folder.path().join("sdk/src/lib.rs");
        assert_eq!(run(folder.path(), &["generate"]).status, 0);
        fs::write(&lib, "// edited\n").expect("a file");
        let made = run(folder.path(), &["generate"]);
        assert_eq!(
            (made.status, made.stderr.contains("W0706")),
            (status, status == 1),
            "{}",
            made.stderr
        );
        let is_kept = fs::read_to_string(&lib).expect("a file") == "// edited\n";
        assert_eq!(is_kept, status == 1, "{level}");
    }
}

#[test]
fn files_outside_the_folder_of_the_document_are_read_on_request_only() {
    let document = PETS.replace("'#/components/schemas/PetList'", "'../shared.yaml#/PetList'");
    let shared = "PetList: { type: object, properties: { total: { type: integer } } }\n";
    let configured = "sdks: { pets: { document: api/pets.yaml, out: sdk, allow_outside: true } }\n";
    let folder = folder(&[
        ("api/pets.yaml", &document),
        ("shared.yaml", shared),
        ("sdkwright.yaml", configured),
    ]);
    for command in [
        &["validate", "api/pets.yaml"][..],
        &["explain", "--spec", "api/pets.yaml"],
        &["diff", "api/pets.yaml", "api/pets.yaml"],
        &["generate", "api/pets.yaml", "--out", "client", "--dry-run"],
    ] {
        let refused = run(folder.path(), command);
        assert!(
            refused.stderr.contains("`--allow-outside`"),
            "{command:?}: {}",
            refused.stderr
        );
        let allowed = run(folder.path(), &[command, &["--allow-outside"]].concat());
        assert_eq!((allowed.status, allowed.stderr.as_str()), (0, ""), "{command:?}");
    }
    let configured = run(folder.path(), &["validate"]);
    assert_eq!((configured.status, configured.stderr.as_str()), (0, ""));
}

#[test]
fn the_version_and_the_codes_are_printed() {
    let folder = folder(&[]);
    for option in ["--version", "-V"] {
        let version = run(folder.path(), &[option]);
        let expected = format!("sdkwright {}\n", env!("CARGO_PKG_VERSION"));
        assert_eq!((version.status, version.stdout), (0, expected));
    }
    let codes = run(folder.path(), &["explain", "--codes"]);
    assert_eq!((codes.status, codes.stderr.as_str()), (0, ""));
    assert!(codes.stdout.starts_with("E0101  "), "{}", codes.stdout);
    assert!(codes.stdout.contains("\nW0203  "), "{}", codes.stdout);
    fails(
        folder.path(),
        &["explain", "--codes", "W0203"],
        2,
        &["cannot be used with"],
    );
    let reference = run(folder.path(), &["schema", "--markdown"]);
    assert!(
        reference.stdout.starts_with("# Configuration\n"),
        "{}",
        reference.stdout
    );
}

#[test]
fn license_files_are_copied_to_the_crate() {
    let configuration = "\
sdks:
  pets: { document: pets.yaml, out: ../sdk, license_files: [../LICENSE-MIT] }
  here: { document: pets.yaml, out: here, license_files: [here/LICENSE] }
";
    let folder = folder(&[
        ("spec/pets.yaml", PETS),
        ("spec/sdkwright.yaml", configuration),
        ("LICENSE-MIT", "MIT\n"),
        ("spec/here/LICENSE", "Mine\n"),
    ]);
    let read = |path: &str| fs::read_to_string(folder.path().join(path));
    let made = run(folder.path(), &[]);
    assert_eq!((made.status, made.stderr.as_str()), (0, ""), "{}", made.stdout);
    assert_eq!(read("sdk/LICENSE-MIT").ok().as_deref(), Some("MIT\n"));
    assert!(
        read("sdk/sdk-manifest.json")
            .expect("the manifest")
            .contains("\"LICENSE-MIT\": ")
    );
    assert!(
        !read("spec/here/sdk-manifest.json")
            .expect("the manifest")
            .contains("LICENSE")
    );
    assert_eq!(run(folder.path(), &["generate", "--check"]).status, 0);

    let without = configuration.replace(", license_files: [here/LICENSE]", "");
    fs::write(
        folder.path().join("spec/sdkwright.yaml"),
        without.replace(", license_files: [../LICENSE-MIT]", ""),
    )
    .expect("a file");
    assert_eq!(run(folder.path(), &[]).status, 0);
    assert!(read("sdk/LICENSE-MIT").is_err() && read("spec/here/LICENSE").is_ok());

    fs::write(
        folder.path().join("spec/sdkwright.yaml"),
        configuration.replace("LICENSE-MIT", "LICENSE-BSD"),
    )
    .expect("a file");
    let gone = run(folder.path(), &[]);
    assert_eq!(gone.status, 1, "{}", gone.stdout);
    assert!(
        gone.stderr
            .contains("error[E0101]: cannot read the license file `LICENSE-BSD`"),
        "{}",
        gone.stderr
    );
    assert!(gone.stderr.contains("spec/sdkwright.yaml:2:"), "{}", gone.stderr);
}
