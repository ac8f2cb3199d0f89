//! The committed crates are up to date with the generator.

use std::fs;
use std::process::Command;

mod common;

#[test]
fn the_committed_crates_are_up_to_date() {
    let run = common::run(common::root(), &["generate", "--check"]);
    assert_eq!(
        run.status, 0,
        "run `cargo run`, review the changes and commit them\n{}{}",
        run.stdout, run.stderr
    );
}

/// Each crate has a `rustfmt.toml`, with which rustfmt keeps the layout of its files.
#[test]
fn cargo_fmt_causes_no_drift() {
    let folder = common::folder(&[("pets.yaml", common::PETS)]);
    let generate = ["generate", "pets.yaml", "--out", "sdk", "--name", "pets"];
    assert_eq!(common::run(folder.path(), &generate).status, 0);
    let sdk = folder.path().join("sdk");
    let format = || {
        let status = Command::new("cargo").args(["fmt", "--all"]).current_dir(&sdk).status();
        assert!(status.expect("cargo").success());
        common::run(folder.path(), &[&generate[..], &["--check"]].concat())
    };
    let check = format();
    assert_eq!(check.status, 0, "{}{}", check.stdout, check.stderr);

    // Without the file, rustfmt uses its own layout.
    fs::write(sdk.join("rustfmt.toml"), "").expect("the file");
    assert!(format().stdout.contains("--- sdk/src/"), "rustfmt changed nothing");
}

/// Code, doc comments and examples have one width. Links and other long words cannot be broken.
#[test]
fn comments_of_generated_sources_have_at_most_the_line_width() {
    const LINE_WIDTH: usize = 89;
    for sdk in ["workiva-activities", "kitchen-sink"] {
        let sources = common::root().join("generated").join(sdk).join("src");
        for file in [
            "lib.rs",
            "client.rs",
            "errors.rs",
            "mock.rs",
            "security.rs",
            "doctests.rs",
        ] {
            let text = fs::read_to_string(sources.join(file)).expect("the file");
            let mut is_code = false;
            for line in text.lines().filter(|line| line.trim_start().starts_with("//")) {
                is_code ^= line.contains("```");
                let is_link = line.contains("](") || line.contains("]: ");
                let fits = line.chars().count() <= LINE_WIDTH;
                assert!(fits || is_code || is_link, "{sdk}/src/{file}: {line}");
            }
        }
    }
}

#[test]
fn an_edited_line_is_reported_with_a_diff_and_the_command_that_fixes_it() {
    let folder = common::folder(&[("pets.yaml", common::PETS)]);
    let generate = ["generate", "pets.yaml", "--out", "sdk", "--name", "pets"];
    assert_eq!(common::run(folder.path(), &generate).status, 0);
    let lib = folder.path().join("sdk/src/lib.rs");
    let text = fs::read_to_string(&lib).expect("the library");
    fs::write(&lib, format!("{text}// edited\n")).expect("an edit");

    let check = common::run(folder.path(), &[&generate[..], &["--check"]].concat());
    assert_eq!(check.status, 3, "{}", check.stderr);
    assert!(check.stdout.contains("--- sdk/src/lib.rs\n"), "{}", check.stdout);
    assert!(check.stdout.contains("\n-// edited\n"), "{}", check.stdout);
    assert!(
        check.stderr.contains("generate pets.yaml --out sdk --name pets`"),
        "{}",
        check.stderr
    );
    assert!(
        fs::read_to_string(&lib).expect("the library").ends_with("// edited\n"),
        "a check writes nothing"
    );

    assert_eq!(common::run(folder.path(), &generate).status, 0);
    assert_eq!(
        common::run(folder.path(), &[&generate[..], &["--check"]].concat()).status,
        0
    );
}
