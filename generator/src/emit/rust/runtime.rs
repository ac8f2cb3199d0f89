//! `src/runtime/`: ordinary source files, copied unchanged except for declarations of modules that the crate does not have.

use crate::krate::RuntimeModule;

/// Returns the source of a module without declarations of the omitted ones.
pub fn text(module: RuntimeModule, omitted: &[String]) -> String {
    if omitted.is_empty() {
        return module.text.to_owned();
    }
    let is_omitted = |line: &&str| omitted.iter().any(|stem| refers_to_module(line, stem));
    let mut lines = module.text.lines().peekable();
    let mut kept = String::new();
    while let Some(line) = lines.next() {
        // The attribute of a line is omitted with it.
        let is_attribute = line.starts_with("#[") && lines.peek().is_some_and(is_omitted);
        if !is_attribute && !is_omitted(&line) {
            kept.extend([line, "\n"]);
        }
    }
    kept
}

/// Returns whether a line declares a module or re-exports its items.
fn refers_to_module(line: &str, stem: &str) -> bool {
    let line = line.trim_start_matches("pub(crate) ").trim_start_matches("pub ");
    let line = line.replacen("use super::", "use ", 1);
    let declared = line
        .strip_prefix("mod ")
        .is_some_and(|rest| rest.strip_prefix(stem).is_some_and(|rest| rest.starts_with(';')));
    declared
        || line
            .strip_prefix("use ")
            .is_some_and(|rest| rest.strip_prefix(stem).is_some_and(|rest| rest.starts_with("::")))
}

#[cfg(test)]
mod tests {
    use super::{refers_to_module, text};
    use crate::krate::RuntimeModule;

    #[test]
    fn the_attribute_of_an_omitted_line_is_omitted_too() {
        let module = RuntimeModule {
            path: "mod.rs",
            text: "mod a;\nmod b;\n\n#[cfg(x)]\npub use a::A;\n#[cfg(y)]\npub use b::B;\n",
        };
        let kept = text(module, &["a".to_owned()]);
        assert_eq!(kept, "mod b;\n\n#[cfg(y)]\npub use b::B;\n");
    }

    #[test]
    fn only_declarations_and_reexports_of_a_module_are_removed() {
        assert!(refers_to_module("mod page;", "page"));
        assert!(refers_to_module("pub use page::{Input, Items};", "page"));
        assert!(refers_to_module("pub use super::page::Pagination;", "page"));
        assert!(refers_to_module(
            "pub use codec::time::{DateTime, Time};",
            "codec::time"
        ));
        assert!(!refers_to_module("mod pages;", "page"));
        assert!(!refers_to_module("pub use request::page;", "page"));
    }
}
