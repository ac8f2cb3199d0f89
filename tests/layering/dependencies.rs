//! The number of crates that are compiled for the program.

use std::collections::BTreeSet;
use std::process::Command;

use crate::common::root;

/// The largest number of crates, including sdkwright itself. Each crate costs the users of `cargo install` time.
const MAX_CRATES: usize = 110;

#[test]
fn the_program_has_at_most_110_crates() {
    let target = ["--target", "x86_64-unknown-linux-gnu"];
    let mut command = Command::new(env!("CARGO"));
    command
        .current_dir(root())
        .args(["tree", "--offline", "--package", "sdkwright"]);
    let output = command
        .args(["--edges", "normal,build", "--prefix", "none"])
        .args(target)
        .output()
        .expect("cargo");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    // A repeated crate is marked with `(*)`.
    let crates: BTreeSet<&str> = lines.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    assert!(crates.len() > 50, "{lines}");
    assert!(crates.len() <= MAX_CRATES, "{} crates:\n{crates:#?}", crates.len());
}
