//! The module of a crate that makes tests of the examples on its pages.

use std::collections::HashSet;

/// Where it stands. The root of the crate brings it in under `cfg(doctest)`.
pub(super) const PATH: &str = "src/doctests.rs";

/// The module: one item for each page that has an example of Rust.
pub(super) fn file(pages: &[(String, String)]) -> String {
    let mut file = String::from(
        "//! The examples of `README.md` and `docs/` as tests: `cargo test --doc` compiles each of them, and runs those that\n\
         //! need no server.\n",
    );
    let mut taken = HashSet::new();
    for (path, _) in pages.iter().filter(|(_, text)| text.contains("\n```rust")) {
        let stem: String = path
            .trim_end_matches(".md")
            .to_ascii_lowercase()
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
            .collect();
        let numbered = (2..).map(|number| format!("{stem}_{number}"));
        let mut names = std::iter::once(stem.clone()).chain(numbered);
        let name = names.find(|name| taken.insert(name.clone())).unwrap_or(stem);
        file.push_str(&format!("\n#[doc = include_str!(\"../{path}\")]\nmod {name} {{}}\n"));
    }
    file
}
