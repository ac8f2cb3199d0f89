//! The runtime of generated crates has few public items, so that its page on docs.rs can be read as a whole.

use crate::common;

/// The maximum number of public items in the module `runtime`.
const MAX_ITEMS: usize = 60;

/// Returns whether an item has the attribute `#[doc(hidden)]`.
fn is_hidden(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("doc") && attribute.parse_args::<syn::Ident>().is_ok_and(|word| word == "hidden")
    })
}

/// Returns the number of names that an import adds.
fn names(tree: &syn::UseTree) -> usize {
    match tree {
        syn::UseTree::Path(path) => names(&path.tree),
        syn::UseTree::Group(group) => group.items.iter().map(names).sum(),
        syn::UseTree::Name(_) | syn::UseTree::Rename(_) => 1,
        syn::UseTree::Glob(_) => panic!("a public item of the runtime is exported by name"),
    }
}

#[test]
fn the_runtime_has_at_most_60_public_items() {
    let path = common::root().join("generated/kitchen-sink/src/runtime/mod.rs");
    let text = std::fs::read_to_string(path).expect("kitchen-sink has a runtime");
    let is_public = |visibility: &syn::Visibility| matches!(visibility, syn::Visibility::Public(_));
    let items = syn::parse_file(&text).expect("it is Rust").items;
    let count: usize = items
        .iter()
        .map(|item| match item {
            syn::Item::Mod(item) => usize::from(is_public(&item.vis) && !is_hidden(&item.attrs)),
            syn::Item::Use(item) if is_public(&item.vis) => names(&item.tree),
            syn::Item::Use(_) => 0,
            other => panic!("the runtime consists of modules and exports: {other:?}"),
        })
        .sum();
    assert!((40..=MAX_ITEMS).contains(&count), "{count} public items");
}
