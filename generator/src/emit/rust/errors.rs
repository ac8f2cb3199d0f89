//! `src/errors.rs`

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{access, xml};
use crate::emit::RustFile;
use crate::emit::tokens::{View, docs, item_docs, ty, use_models};
use crate::krate::{Crate, ErrorEnum, ErrorPayload, ErrorVariant, Ident, TypeExpr};
use crate::wire::Status;

/// Renders the error enums.
pub fn file(krate: &Crate) -> RustFile {
    let models = use_models(krate.imports.errors);
    let runtime = if krate.errors.is_empty() {
        quote!()
    } else {
        quote!(
            use crate::runtime::{ErrorSet, RawResponse, Unexpected};
        )
    };
    let enums = krate.errors.iter().map(|errors| enumeration(krate, errors));
    RustFile::new(krate.prose.errors.to_owned(), quote!(#models #runtime #(#enums)*))
}

fn enumeration(krate: &Crate, errors: &ErrorEnum) -> TokenStream {
    let name = &errors.name;
    let doc = item_docs(&errors.doc);
    let variants = errors.variants.iter().map(|variant| declared(krate, variant));
    let unexpected = docs(errors.unexpected_doc, 4);
    let listed: Vec<Status> = errors.variants.iter().map(|variant| variant.status).collect();
    let reads = errors.variants.iter().map(|variant| read(krate, variant, &listed));
    // A `default` response covers every status, so no status is undocumented.
    let is_default = |variant: &ErrorVariant| variant.status == Status::Default;
    let rest = if errors.has_default() {
        quote!()
    } else {
        quote!(_ => Self::Unexpected(response.unexpected()),)
    };
    let read = match errors.variants.as_slice() {
        [only] if is_default(only) => read_payload(krate, only),
        _ => quote!(match response.status().as_u16() { #(#reads,)* #rest }),
    };
    let messages = messages(&errors.variants);
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #unexpected
            Unexpected(Unexpected),
        }
        impl ErrorSet for #name {
            fn read(response: &RawResponse) -> Self {
                #read
            }
            fn unexpected(value: Unexpected) -> Self {
                Self::Unexpected(value)
            }
            fn message(&self) -> Option<&str> {
                match self {
                    #(#messages,)*
                }
            }
        }
    }
}

fn declared(krate: &Crate, variant: &ErrorVariant) -> TokenStream {
    let name = &variant.name;
    let text = variant.doc.to_markdown();
    let label = format!("`{}`", variant.label);
    let doc = docs(
        &if text.is_empty() {
            label
        } else {
            format!("{label}: {text}")
        },
        4,
    );
    let payload = match &variant.payload {
        ErrorPayload::Json(payload) => ty(krate, View::Outside, payload),
        ErrorPayload::Text => ty(krate, View::Outside, &TypeExpr::String),
        ErrorPayload::Raw => quote!(Unexpected),
    };
    quote!(#doc #name(#payload))
}

fn read(krate: &Crate, variant: &ErrorVariant, listed: &[Status]) -> TokenStream {
    let (pattern, payload) = (status_pattern(variant.status, listed), read_payload(krate, variant));
    quote!(#pattern => #payload)
}

fn read_payload(krate: &Crate, variant: &ErrorVariant) -> TokenStream {
    let name = &variant.name;
    match (&variant.payload, &variant.xml) {
        (ErrorPayload::Json(_), Some(root)) => {
            let root = xml::root(krate, root);
            quote!(response.xml_error(Self::#name, #root))
        }
        (ErrorPayload::Json(_), None) => quote!(response.error(Self::#name)),
        (ErrorPayload::Text, _) => quote!(response.text_error(Self::#name)),
        (ErrorPayload::Raw, _) => quote!(Self::#name(response.unexpected())),
    }
}

/// Returns the pattern of a `match` arm for a status. `listed` are the statuses that have separate arms: a range starts
/// after the listed codes at its beginning, since Clippy rejects arms that overlap at their start.
pub fn status_pattern(status: Status, listed: &[Status]) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(digit) => {
            let start = u16::from(digit) * 100;
            let mut free = (start..start + 99).skip_while(|code| listed.contains(&Status::Code(*code)));
            let last = start + 99;
            let (first, last) = (free.next().unwrap_or(last), Literal::u16_unsuffixed(last));
            let first = Literal::u16_unsuffixed(first);
            quote!(#first..=#last)
        }
        Status::Default => quote!(_),
    }
}

/// Returns the arms that extract the server's message. Variants with the message in the same place share an arm.
fn messages(variants: &[ErrorVariant]) -> Vec<TokenStream> {
    let mut groups: Vec<(&ErrorVariant, Vec<&Ident>)> = Vec::new();
    for variant in variants {
        let same = |other: &ErrorVariant| other.payload == variant.payload && other.message == variant.message;
        match groups.iter_mut().find(|(first, _)| same(first)) {
            Some((_, names)) => names.push(&variant.name),
            None => groups.push((variant, vec![&variant.name])),
        }
    }
    let raw = groups.iter().position(|(first, _)| first.payload == ErrorPayload::Raw);
    let raw = raw.map_or_else(Vec::new, |at| groups.remove(at).1);
    let mut arms: Vec<TokenStream> = groups
        .into_iter()
        .map(|(first, names)| message(first, &names))
        .collect();
    arms.push(quote!(#(Self::#raw(raw) |)* Self::Unexpected(raw) => raw.message()));
    arms
}

fn message(first: &ErrorVariant, names: &[&Ident]) -> TokenStream {
    match (&first.payload, &first.message) {
        (ErrorPayload::Json(_), Some(access)) => {
            let text = access::as_str(access);
            quote!(#(Self::#names(body))|* => #text)
        }
        (ErrorPayload::Text, _) => quote!(#(Self::#names(text))|* => Some(text)),
        (ErrorPayload::Json(_) | ErrorPayload::Raw, _) => quote!(#(Self::#names(_))|* => None),
    }
}
