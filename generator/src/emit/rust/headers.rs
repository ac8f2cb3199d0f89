//! `src/headers.rs`: the getters of documented response headers.

use quote::quote;

use crate::emit::RustFile;
use crate::emit::tokens::{View, docs, member_docs, ty, use_models};
use crate::krate::{Crate, HeaderForm, HeaderGetter};

/// Renders the file.
pub fn file(krate: &Crate) -> RustFile {
    let trait_doc = docs(&krate.headers_doc, 0);
    let declarations = krate.headers.iter().map(|getter| {
        let (doc, name) = (member_docs(&getter.doc), &getter.name);
        let value = ty(krate, View::Outside, &getter.ty);
        quote!(#doc fn #name(&self) -> Option<#value>;)
    });
    let definitions = krate.headers.iter().map(|getter| {
        let HeaderGetter { name, wire, .. } = getter;
        let value = ty(krate, View::Outside, &getter.ty);
        let form = match getter.form {
            HeaderForm::Text => quote!(Text),
            HeaderForm::Json => quote!(Json),
            HeaderForm::TextList => quote!(TextList),
            HeaderForm::JsonList => quote!(JsonList),
            HeaderForm::Repeated => quote!(Repeated),
        };
        quote! {
            fn #name(&self) -> Option<#value> {
                header_value(self, #wire, HeaderForm::#form)
            }
        }
    });
    let models = use_models(krate.imports.headers);
    RustFile::new(
        krate.prose.headers.to_owned(),
        quote! {
            use http::HeaderMap;
            #models
            use crate::runtime::{HeaderForm, header_value};

            #trait_doc
            pub trait ResponseHeaders: sealed::Sealed {
                #(#declarations)*
            }

            impl ResponseHeaders for HeaderMap {
                #(#definitions)*
            }

            mod sealed {
                pub trait Sealed {}
                impl Sealed for http::HeaderMap {}
            }
        },
    )
}
