//! `src/webhooks.rs`: the enum of all webhook events.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::RustFile;
use crate::emit::tokens::{View, docs, member_docs, ty};
use crate::krate::{Crate, EventContent, WebhookEvent};

/// Renders the file.
pub fn file(krate: &Crate) -> RustFile {
    let prose = &krate.prose.webhooks;
    let webhooks = krate.webhooks.iter();
    let events: Vec<_> = webhooks.filter_map(|webhook| webhook.event.as_ref()).collect();
    let items = if events.is_empty() {
        quote!(
            pub use crate::runtime::webhook::{WebhookError, WebhookVerifier};
        )
    } else {
        event_enum(krate, &events)
    };
    RustFile::new(prose.head.to_owned(), items)
}

fn event_enum(krate: &Crate, events: &[&WebhookEvent]) -> TokenStream {
    let prose = &krate.prose.webhooks;
    let variants = events.iter().map(|event| {
        let (doc, name) = (member_docs(&event.doc), &event.variant);
        match content(krate, event) {
            Some(content) => quote!(#doc #name(#content)),
            None => quote!(#doc #name),
        }
    });
    let [event_doc, other_doc] = [docs(prose.event, 0), docs(prose.other, 4)];
    let [name_doc, payload_doc] = [prose.other_name, prose.other_payload].map(|text| docs(text, 8));
    let models = krate.imports.webhooks.then(|| {
        quote!(
            use crate::models;
        )
    });
    let names = events.iter().map(|event| {
        let names = &event.names;
        quote!(&[#(#names),*])
    });
    let methods = methods(krate, events);
    quote! {
        use http::HeaderMap;
        #models
        use crate::runtime::webhook;
        pub use crate::runtime::webhook::{WebhookError, WebhookVerifier};

        #event_doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum WebhookEvent {
            #(#variants,)*
            #other_doc
            Other {
                #name_doc
                name: String,
                #payload_doc
                payload: serde_json::Value,
            },
        }

        const EVENTS: &[&[&str]] = &[#(#names),*];

        #methods
    }
}

fn methods(krate: &Crate, events: &[&WebhookEvent]) -> TokenStream {
    let prose = &krate.prose.webhooks;
    let reads = events.iter().enumerate().map(|(index, event)| {
        let (index, name) = (Literal::usize_unsuffixed(index), &event.variant);
        match &event.content {
            EventContent::Json(ty) if ty.unboxed() != ty => {
                quote!(Some(#index) => Self::#name(Box::new(webhook::payload(body)?)))
            }
            EventContent::Json(_) => quote!(Some(#index) => Self::#name(webhook::payload(body)?)),
            EventContent::Bytes => quote!(Some(#index) => Self::#name(bytes::Bytes::copy_from_slice(body))),
            EventContent::Empty => quote!(Some(#index) => Self::#name),
        }
    });
    let names = events.iter().map(|event| {
        let (variant, name) = (&event.variant, event.names.first());
        match event.content {
            EventContent::Json(_) | EventContent::Bytes => quote!(Self::#variant(_) => #name),
            EventContent::Empty => quote!(Self::#variant => #name),
        }
    });
    let [receive, from_request, parse, name] =
        [prose.receive, prose.from_request, prose.parse, prose.name].map(|text| docs(text, 4));
    quote! {
        impl WebhookEvent {
            #receive
            pub fn receive(verifier: &WebhookVerifier, headers: &HeaderMap, body: &[u8]) -> Result<Self, WebhookError> {
                verifier.verify(headers, body)?;
                Self::from_request(headers, body)
            }

            #from_request
            pub fn from_request(headers: &HeaderMap, body: &[u8]) -> Result<Self, WebhookError> {
                Self::read(webhook::detect_event(EVENTS, headers, body)?, body)
            }

            #parse
            pub fn parse(name: &str, body: &[u8]) -> Result<Self, WebhookError> {
                Self::read(webhook::find_event(EVENTS, name), body)
            }

            #name
            pub fn name(&self) -> &str {
                match self {
                    #(#names,)*
                    Self::Other { name, .. } => name,
                }
            }

            fn read((event, name): webhook::Found, body: &[u8]) -> Result<Self, WebhookError> {
                Ok(match event {
                    #(#reads,)*
                    _ => Self::Other {
                        name,
                        payload: webhook::unknown_payload(body),
                    },
                })
            }
        }
    }
}

/// Returns the type of a variant's content.
fn content(krate: &Crate, event: &WebhookEvent) -> Option<TokenStream> {
    match &event.content {
        EventContent::Json(content) => Some(ty(krate, View::Outside, content)),
        EventContent::Bytes => Some(quote!(bytes::Bytes)),
        EventContent::Empty => None,
    }
}
