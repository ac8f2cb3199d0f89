//! The methods of an operation that request another representation of the response, and the flag that asks for a stream.

use proc_macro2::TokenStream;
use quote::quote;

use super::inputs::write_flag;
use super::operations::read;
use crate::emit::tokens::{View, docs, ty};
use crate::krate::{Crate, Operation, Representation, StreamSwitch};

/// Returns the methods for all representations.
pub fn methods(krate: &Crate, operation: &Operation) -> TokenStream {
    let methods = operation.representations.iter();
    let methods = methods.map(|representation| representation_methods(krate, operation, representation));
    quote!(#(#methods)*)
}

fn representation_methods(krate: &Crate, operation: &Operation, representation: &Representation) -> TokenStream {
    let Representation {
        send,
        send_response,
        accept,
        ..
    } = representation;
    let error = &operation.names.error;
    let output = ty(krate, View::Outside, &representation.output.ty(&operation.names));
    let read = read(
        krate,
        (&representation.output, representation.xml.as_ref()),
        &operation.names.output,
    );
    let doc = docs(&representation.doc, 4);
    let response_doc = docs(&representation.response_doc, 4);
    let unset = stream_flag(operation, false);
    let download = representation.download.as_ref().map(|download| {
        let doc = docs(&representation.download_doc, 4);
        quote! {
            #doc
            pub fn #download(mut self) -> ResponseFuture<crate::runtime::Download<#error>, #error> {
                self.request.accept(#accept);
                self.request.download()
            }
        }
    });
    quote! {
        #doc
        pub fn #send(mut self) -> ResponseFuture<#output, #error> {
            self.request.accept(#accept);
            #unset
            self.request.read(#read)
        }
        #response_doc
        pub fn #send_response(mut self) -> ResponseFuture<Response<#output>, #error> {
            self.request.accept(#accept);
            #unset
            self.request.read_response(#read)
        }
        #download
    }
}

/// Returns the statements that ask for a stream, or for a whole body.
pub fn stream_flag(operation: &Operation, value: bool) -> Option<TokenStream> {
    let switch = operation.stream.as_ref()?.switch.as_ref()?;
    Some(match switch {
        StreamSwitch::Property { wire, default } => {
            let adds = value || *default;
            quote!(self.request.stream_flag(#wire, #value, #adds);)
        }
        StreamSwitch::Input(name) => {
            let mut inputs = operation.setters.iter().chain(&operation.arguments);
            let input = inputs.find(|input| input.name == *name)?;
            let write = write_flag(operation, input, value);
            let wire = &input.wire;
            match value {
                true => write,
                // A flag that the caller did not set is not sent.
                false => quote!(if self.request.is_set(#wire) { #write }),
            }
        }
    })
}
