//! The patches of `tests/mutations/` apply to the current runtime. Running the tests with each patch takes too long for a test.

use std::fs;
use std::path::Path;

#[test]
fn every_mutation_applies() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut patches = 0;
    for entry in fs::read_dir(root.join("tests/mutations")).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "patch") {
            let patch = fs::read_to_string(&path).expect("a patch is UTF-8");
            apply(root, &patch).unwrap_or_else(|hunk| panic!("{}: the file does not contain\n{hunk}", path.display()));
            patches += 1;
        }
    }
    assert!(patches >= 20, "{patches}");
}

/// Looks for the old text of each hunk in its file, and returns the first one that is missing as an error.
fn apply(root: &Path, patch: &str) -> Result<(), String> {
    let mut target = String::new();
    for (index, hunk) in patch.split("\n@@").enumerate() {
        // The part before the first hunk is the header.
        if index > 0 {
            let old = hunk.lines().skip(1).take_while(|line| !line.starts_with("--- "));
            let old: Vec<&str> = old
                .filter(|line| !line.starts_with('+'))
                .map(|line| line.get(1..).unwrap_or_default())
                .collect();
            let old = old.join("\n");
            if old.is_empty() || !target.contains(&old) {
                return Err(old);
            }
        }
        if let Some(path) = hunk.lines().find_map(|line| line.strip_prefix("+++ b/")) {
            target = fs::read_to_string(root.join(path)).map_err(|error| format!("{path}: {error}"))?;
        }
    }
    Ok(())
}
