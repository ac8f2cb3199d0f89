//! The polling of a long-running operation.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::client_parameters;
use super::operations::{access_fields, read};
use crate::emit::tokens::{View, docs, ty};
use crate::krate::{Crate, Operation, Polling};
use crate::wire::ResultLocation;

/// Returns the static that describes how the status is requested.
pub fn polling_static(krate: &Crate, operation: &Operation, polling: &Polling) -> TokenStream {
    let id = &operation.id;
    let returning = polling.operation.map(|id| &krate[id]);
    let path = returning.map(|operation| {
        let (path, parameters) = (&operation.request_path, client_parameters::used(krate, operation));
        quote!(path: #path, #parameters)
    });
    let access = access_fields(krate, returning.unwrap_or(operation));
    let headers = &polling.headers;
    let headers = (!headers.is_empty()).then(|| quote!(headers: &[#(#headers),*],));
    let inputs = polling.inputs.iter().map(|(name, pointer)| quote!((#name, #pointer)));
    let inputs = (!polling.inputs.is_empty()).then(|| quote!(inputs: &[#(#inputs),*],));
    let (done, failed) = (&polling.done, &polling.failed);
    let status = polling.status.as_ref().map(|pointer| quote!(status: Some(#pointer),));
    let done = (!done.is_empty()).then(|| quote!(done: &[#(#done),*],));
    let failed = (!failed.is_empty()).then(|| quote!(failed: &[#(#failed),*],));
    let interval = polling.interval.map(|interval| {
        let interval = Literal::u64_unsuffixed(interval);
        quote!(interval: #interval,)
    });
    let result = result(polling.location);
    quote! {
        static POLLING: crate::runtime::Polling = crate::runtime::Polling {
            operation: Operation { id: #id, #path #access ..Operation::DEFAULT },
            #headers
            #inputs
            #status
            #done
            #failed
            #interval
            #result
            ..crate::runtime::Polling::DEFAULT
        };
    }
}

/// Returns the field for where the result is. The default is omitted.
fn result(location: ResultLocation) -> TokenStream {
    let variant = match location {
        ResultLocation::Status => return TokenStream::new(),
        ResultLocation::Resource => quote!(Resource),
        ResultLocation::Location => quote!(Location),
        ResultLocation::Request => quote!(Request),
    };
    quote!(result: crate::runtime::ResultLocation::#variant,)
}

/// Returns the method that creates a poller.
pub fn poll(krate: &Crate, operation: &Operation, polling: &Polling) -> TokenStream {
    let names = &operation.names;
    let (result, error) = (ty(krate, View::Outside, &polling.result.ty(names)), &names.error);
    let read = read(krate, (&polling.result, polling.xml.as_ref()), &names.output);
    let doc = docs(krate.prose.poll, 4);
    quote! {
        #doc
        pub fn poll(self) -> crate::runtime::Poller<#result, #error> {
            crate::runtime::Poller::new(self.request, &POLLING, #read)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::emit::snapshots::files;

    #[test]
    fn results_of_long_running_operations_are_where_the_document_declares() {
        let files = files("long_running");
        let inferred = "headers: &[\"operation-location\", \"azure-asyncoperation\", \"location\"]";
        let azure = "headers: &[\"azure-asyncoperation\", \"operation-location\", \"location\"]";
        for (path, headers, result, read) in [
            (
                "inferred/inferred",
                inferred,
                "ResultLocation::Resource",
                "RawResponse::json",
            ),
            ("monitor/monitor", azure, "", "RawResponse::json"),
            (
                "declared/declared",
                inferred,
                "ResultLocation::Resource",
                "RawResponse::json",
            ),
            (
                "location/location",
                inferred,
                "ResultLocation::Location",
                ".xml(const {",
            ),
            (
                "request_api/request",
                inferred,
                "ResultLocation::Request",
                "RawResponse::text",
            ),
        ] {
            let (_, text) = files[&format!("src/api/{path}.rs")]
                .split_once("static POLLING")
                .expect("a long-running operation");
            let (polling, methods) = text.split_once("};").expect("the end of the static");
            let (_, poll) = methods
                .split_once("Poller::new(self.request, &POLLING,")
                .unwrap_or(("", methods));
            let is_declared = methods.contains("crate::runtime::Poller<models::Result");
            assert_eq!(is_declared, path == "declared/declared", "{methods}");
            assert!(polling.contains(headers), "{path}: {polling}");
            assert!(poll.contains(read), "{path}: {poll}");
            assert!(polling.contains(result), "{path}: {polling}");
            assert_eq!(
                polling.contains("ResultLocation"),
                !result.is_empty(),
                "{path}: {polling}"
            );
        }
    }
}
