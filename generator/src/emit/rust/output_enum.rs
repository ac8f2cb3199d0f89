//! The enum of an operation's documented successes.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::errors::status_pattern;
use super::xml;
use crate::emit::tokens::{View, docs, ty};
use crate::krate::{Crate, Operation, Output};
use crate::wire::Status;

/// Prints the enum.
///
/// The function is long, because most of it is generated code.
pub fn output_enum(krate: &Crate, operation: &Operation) -> TokenStream {
    let name = &operation.names.output;
    let doc = docs(&operation.prose.output, 0);
    let variants = operation.cases.iter().map(|case| {
        let name = &case.name;
        let label = format!("`{}`", case.label);
        let text = case.doc.to_markdown();
        let bare = text.trim_end_matches('.') == case.label;
        let doc = docs(
            &if text.is_empty() || bare {
                label
            } else {
                format!("{label}: {text}")
            },
            4,
        );
        match &case.output {
            Output::Empty | Output::Stream(_) | Output::ByStatus => quote!(#doc #name),
            output => {
                let payload = ty(krate, View::Outside, &output.ty(&operation.names));
                quote!(#doc #name(#payload))
            }
        }
    });
    let listed: Vec<Status> = operation.cases.iter().map(|case| case.status).collect();
    let reads = operation.cases.iter().map(|case| {
        let (pattern, name) = (status_pattern(case.status, &listed), &case.name);
        match &case.output {
            Output::Empty | Output::Stream(_) | Output::ByStatus => quote!(#pattern => Ok(Self::#name)),
            Output::Json(_) if case.xml.is_some() => {
                let root = case.xml.as_ref().map(|root| xml::root(krate, root));
                quote!(#pattern => response.xml(#root).map(Self::#name))
            }
            Output::Json(_) => quote!(#pattern => response.json().map(Self::#name)),
            Output::OptionalJson(_) => quote!(#pattern => response.optional_json().map(Self::#name)),
            Output::Text => quote!(#pattern => response.text().map(Self::#name)),
            Output::Bytes => quote!(#pattern => Ok(Self::#name(response.body().clone()))),
        }
    });
    let other_doc = docs(krate.prose.unlisted_success, 4);
    let codes: Option<Vec<Literal>> = listed
        .iter()
        .map(|status| match status {
            Status::Code(code) => Some(Literal::u16_unsuffixed(*code)),
            Status::Range(_) | Status::Default => None,
        })
        .collect();
    let read = match codes {
        Some(codes) => quote! {
            response.by_status(&[#(#codes),*], |response, status| match status {
                #(#reads,)*
                _ => Ok(Self::Other(response.clone())),
            }, Self::Other)
        },
        None => {
            let rest = (!listed.contains(&Status::Default)).then(|| quote!(_ => Ok(Self::Other(response.clone())),));
            quote!(match response.status().as_u16() { #(#reads,)* #rest })
        }
    };
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #other_doc
            Other(RawResponse),
        }
        impl #name {
            fn read(response: &RawResponse) -> crate::runtime::codec::ReadResult<Self> {
                #read
            }
        }
    }
}
