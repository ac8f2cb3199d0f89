//! Operations whose response is a stream.

use proc_macro2::TokenStream;
use quote::quote;

use super::alternatives::stream_flag;
use crate::emit::tokens::{View, docs, ty};
use crate::krate::{AlternativeStream, Crate, Framing, Operation, Stream, VariantEvents};

/// Returns the type of the stream.
pub fn stream_type(krate: &Crate, operation: &Operation, stream: &Stream) -> TokenStream {
    let (item, error) = (item(krate, stream), &operation.names.error);
    quote!(ResponseStream<#item, #error>)
}

/// Returns the type of an item.
fn item(krate: &Crate, stream: &Stream) -> TokenStream {
    let item = ty(krate, View::Outside, &stream.item);
    match stream.framing {
        Framing::TextEvents => quote!(ServerEvent),
        Framing::Events | Framing::NamedEvents => quote!(ServerEvent<#item>),
        Framing::Lines | Framing::Sequence => item,
    }
}

/// Returns the arguments that define how the runtime splits the stream and reads an item.
fn reading(stream: &Stream) -> TokenStream {
    match stream.framing {
        Framing::TextEvents => quote!(Framing::Events, ServerEvent::text),
        Framing::Events => quote!(Framing::Events, ServerEvent::typed),
        Framing::NamedEvents => {
            let variants = stream
                .variants
                .iter()
                .map(|VariantEvents { names, is_text }| match is_text {
                    true => quote!(NamedEvents::Text(&[#(#names),*])),
                    false => quote!(NamedEvents::Json(&[#(#names),*])),
                });
            quote!(Framing::Events, |frame| ServerEvent::named(frame, &[#(#variants),*]))
        }
        Framing::Lines => quote!(Framing::Lines, Frame::value),
        Framing::Sequence => quote!(Framing::Sequence, Frame::value),
    }
}

/// Returns the `send` methods of an operation that always returns a stream.
pub fn send(krate: &Crate, operation: &Operation, stream: &Stream) -> TokenStream {
    let error = &operation.names.error;
    let (output, reading) = (stream_type(krate, operation, stream), reading(stream));
    let (send_doc, response_doc) = (docs(&operation.prose.send, 4), docs(&operation.prose.send_response, 4));
    quote! {
        #send_doc
        pub fn send(self) -> ResponseFuture<#output, #error> {
            self.request.stream(#reading)
        }
        #response_doc
        pub fn send_response(self) -> ResponseFuture<Response<#output>, #error> {
            self.request.stream_response(#reading)
        }
    }
}

/// Returns the `send_stream` methods of an operation that can return a stream instead of a body.
pub fn other(krate: &Crate, operation: &Operation, other: &AlternativeStream) -> TokenStream {
    let (error, media_type) = (&operation.names.error, &other.media_type);
    let flag = stream_flag(operation, true);
    let (output, reading) = (stream_type(krate, operation, &other.stream), reading(&other.stream));
    let (doc, response_doc) = (
        docs(&operation.prose.send_stream, 4),
        docs(&operation.prose.send_stream_response, 4),
    );
    quote! {
        #doc
        pub fn send_stream(mut self) -> ResponseFuture<#output, #error> {
            self.request.accept(#media_type);
            #flag
            self.request.stream(#reading)
        }
        #response_doc
        pub fn send_stream_response(mut self) -> ResponseFuture<Response<#output>, #error> {
            self.request.accept(#media_type);
            #flag
            self.request.stream_response(#reading)
        }
    }
}
