//! The module of a crate that makes tests of the examples on its pages.

use std::collections::HashSet;

/// Where it stands. The root of the crate brings it in under `cfg(doctest)`.
pub(super) const PATH: &str = "src/doctests.rs";

/// The macro that makes an item of each page, so that a test is called after its page.
const PAGES: &str = "\
/// An item for each page, with the page for its docs.
macro_rules! pages {
    ([$($page:ident = $path:literal,)*]) => {
        $(
            #[doc = include_str!($path)]
            mod $page {}
        )*
    };
}
";

/// The module: one line for each page that has an example of Rust.
pub(super) fn file(pages: &[(String, String)]) -> String {
    let mut file = String::from(
        "//! The examples of `README.md` and `docs/` as tests: `cargo test --doc` compiles each of them, and runs those that\n\
         //! need no server.\n\n",
    );
    let mut taken = HashSet::new();
    let mut lines = String::new();
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
        lines.push_str(&format!("    {name} = \"../{path}\",\n"));
    }
    if !lines.is_empty() {
        file.push_str(&format!("{PAGES}\npages!([\n{lines}]);\n"));
    }
    file
}
