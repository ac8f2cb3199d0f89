//! The module of a crate that runs the examples of its pages as doctests.

use std::collections::HashSet;

/// The macro that defines an item per page, so that each doctest is named after its page.
const PAGES: &str = "\
/// Defines an item for each page, with the page as its documentation.
macro_rules! pages {
    ([$($page:ident = $path:literal,)*]) => {
        $(
            #[doc = include_str!($path)]
            mod $page {}
        )*
    };
}
";

/// Renders the module, which the crate root includes under `cfg(doctest)`: one line for each page with a Rust example.
pub(super) fn file(pages: &[(String, String)]) -> String {
    let mut file = String::from(
        "//! The examples of `README.md` and `docs/` as doctests: `cargo test --doc` compiles all of them and runs those that\n\
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
