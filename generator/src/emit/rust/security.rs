//! `src/security.rs`: the security requirements of the operations.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::RustFile;
use crate::emit::tokens::allow_unused;
use crate::krate::{Crate, Requirement};

/// Renders the file.
pub fn file(krate: &Crate) -> RustFile {
    // A build without some groups does not use all constants.
    let unused = allow_unused(krate, "dead_code");
    let constants = krate.security.iter().map(|constant| {
        let (name, value) = (&constant.name, requirements(&constant.alternatives));
        quote!(#unused pub(crate) const #name: &[&[RequiredScheme]] = #value;)
    });
    RustFile::new(
        krate.prose.security.to_owned(),
        quote!(use crate::runtime::RequiredScheme; #(#constants)*),
    )
}

/// Returns security requirements as a constant expression.
pub fn requirements(alternatives: &[Vec<Requirement>]) -> TokenStream {
    let alternatives = alternatives.iter().map(|requirements| {
        let required = requirements.iter().map(|requirement| {
            let (scheme, scopes) = (&requirement.scheme, &requirement.scopes);
            quote!(RequiredScheme::new(#scheme, &[#(#scopes),*]))
        });
        quote!(&[#(#required),*])
    });
    quote!(&[#(#alternatives),*])
}
