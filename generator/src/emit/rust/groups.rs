//! `src/api/`: the groups, with a method for each operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::inputs::method_parameters;
use crate::emit::RustFile;
use crate::emit::tokens::{
    allow_many_arguments, allow_module_inception, cfg_feature, deprecated, docs, item_docs, use_models,
};
use crate::krate::{Crate, Group, GroupId, Ident, Operation, OperationId, Output};

/// Returns `src/api/mod.rs`.
pub fn root(krate: &Crate) -> RustFile {
    let mut groups: Vec<&Group> = krate.groups.iter().filter(|group| group.parent.is_none()).collect();
    groups.sort_by(|a, b| a.accessor.cmp(&b.accessor));
    let modules = groups.into_iter().map(|group| {
        let (only, accessor) = (cfg_feature(group.feature.as_deref()), &group.accessor);
        let same = allow_module_inception(accessor, "api");
        quote!(#only #same pub mod #accessor;)
    });
    RustFile::new(krate.prose.api.to_owned(), quote!(#(#modules)*))
}

/// Returns `src/api/<group>/mod.rs`.
pub fn file(krate: &Crate, id: GroupId) -> RustFile {
    let group = &krate[id];
    let mut modules: Vec<_> = group.operations.iter().map(|id| &krate[*id].names.method).collect();
    modules.sort();
    let mut children: Vec<_> = group.groups.iter().map(|id| &krate[*id].accessor).collect();
    children.sort();
    let same = |name: &Ident| allow_module_inception(name, group.accessor.as_str());
    let children = children.into_iter().map(|name| {
        let same = same(name);
        quote!(#same pub mod #name;)
    });
    let modules = modules.into_iter().map(|name| {
        let same = same(name);
        quote!(#same mod #name;)
    });
    let mut operations: Vec<&Operation> = group.operations.iter().map(|id| &krate[*id]).collect();
    operations.sort_by(|a, b| a.names.method.cmp(&b.names.method));
    let exports = operations.iter().map(|operation| export(operation));
    let models = use_models(krate.imports.groups[id.0]);
    let handle = handle(krate, group);
    RustFile::new(
        group.doc.summary.to_string(),
        quote! {
            #(#children)*
            #(#modules)*
            #(#exports)*
            #models
            use crate::runtime::Core;
            #handle
        },
    )
}

fn export(operation: &Operation) -> TokenStream {
    let names = &operation.names;
    let (module, builder, error, page, output) =
        (&names.method, &names.builder, &names.error, &names.page, &names.output);
    let page = operation.pagination.as_ref().map(|_| quote!(, #page));
    let output = (operation.output == Output::ByStatus).then(|| quote!(, #output));
    let required = operation.required.as_ref().map(|required| quote!(, #required));
    quote!(pub use #module::{#builder, #error #page #output #required};)
}

fn handle(krate: &Crate, group: &Group) -> TokenStream {
    let handle = &group.handle;
    let doc = item_docs(&group.doc);
    let operations = group.operations.iter().map(|id| method(krate, *id));
    let children = group.groups.iter().map(|id| {
        let child = &krate[*id];
        accessor(child, quote!(self.core))
    });
    quote! {
        #doc
        #[derive(Clone, Copy, Debug)]
        pub struct #handle<'c> {
            core: &'c Core,
        }
        impl<'c> #handle<'c> {
            pub(crate) fn new(core: &'c Core) -> Self {
                Self { core }
            }
            #(#children)*
            #(#operations)*
        }
    }
}

/// Returns the method of a group that returns a nested group.
fn accessor(child: &Group, core: TokenStream) -> TokenStream {
    let (accessor, handle) = (&child.accessor, &child.handle);
    let doc = docs(&child.accessor_doc, 4);
    quote! {
        #doc
        pub fn #accessor(&self) -> #accessor::#handle<'c> {
            #accessor::#handle::new(#core)
        }
    }
}

fn method(krate: &Crate, id: OperationId) -> TokenStream {
    let operation = &krate[id];
    let (method, builder) = (&operation.names.method, &operation.names.builder);
    let doc = docs(&operation.prose.method, 4);
    let deprecated = deprecated(&operation.doc);
    let (forms, names) = method_parameters(krate, operation);
    let new = if operation.is_prepared() {
        quote!(#method::new)
    } else {
        quote!(#builder::new)
    };
    // `self` counts as an argument.
    let many = allow_many_arguments(forms.len() + 1);
    quote! {
        #doc
        #deprecated
        #many
        pub fn #method(&self #(, #forms)*) -> #builder {
            #new(self.core #(, #names)*)
        }
    }
}
