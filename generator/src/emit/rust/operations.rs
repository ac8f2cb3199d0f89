//! `src/api/<group>/<operation>.rs`: the request builder of an operation.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::alternatives;
use super::inputs::{method_parameters, required_struct, setter, write};
use super::output_enum::output_enum;
use super::{client_parameters, pagination, polling, retries, streams, xml};
use crate::emit::RustFile;
use crate::emit::shared_members::{SharedMembers, shared_members};
use crate::emit::tokens::{View, allow_many_arguments, comment, docs, ty, use_models};
use crate::krate::{Crate, Ident, Operation, OperationId, Output, XmlRoot};

/// Renders the file of an operation.
pub fn file(krate: &Crate, id: OperationId) -> RustFile {
    let operation = &krate[id];
    let names = &operation.names;
    let error = &names.error;
    let error_doc = docs(&operation.prose.error, 0);
    let error_type = match operation.error {
        Some(id) => {
            let name = &krate[id].name;
            quote!(crate::errors::#name)
        }
        None => quote!(crate::runtime::Unexpected),
    };
    let page = operation
        .pagination
        .as_ref()
        .map(|pagination| pagination::alias(krate, operation, pagination));
    let facts = operation_static(krate, operation);
    let pagination = operation
        .pagination
        .as_ref()
        .map(|pagination| pagination::pagination_static(krate, pagination));
    let polling = operation
        .polling
        .as_ref()
        .map(|polling| polling::polling_static(krate, operation, polling));
    let output = (operation.output == Output::ByStatus).then(|| output_enum(krate, operation));
    let required = required_struct(krate, operation);
    let builder = builder(krate, operation);
    let imports = imports(krate, id);
    RustFile::new(
        String::new(),
        quote! {
            #imports
            #error_doc
            pub type #error = #error_type;
            #page
            #facts
            #pagination
            #polling
            #output
            #required
            #builder
        },
    )
}

/// Returns the imports of the file.
fn imports(krate: &Crate, id: OperationId) -> TokenStream {
    let imports = &krate.imports.operations[id.0];
    let models = use_models(imports.models);
    let runtime = imports.runtime.iter().map(|name| quote::format_ident!("{name}"));
    quote!(#models use crate::runtime::{#(#runtime),*};)
}

fn operation_static(krate: &Crate, operation: &Operation) -> TokenStream {
    let (id, path) = (&operation.id, &operation.request_path);
    let method = (operation.method != "GET").then(|| {
        let method = operation.method.as_str();
        quote!(method: #method,)
    });
    let accept = operation.accept.as_ref().filter(|accept| *accept != "application/json");
    let accept = accept.map(|accept| quote!(accept: #accept,));
    let format = operation.body.as_ref().and_then(|body| body.formats.first());
    let multipart = format.and_then(|format| format.multipart.as_ref());
    let multipart = multipart.map(|media_type| quote!(multipart: #media_type,));
    let access = access_fields(krate, operation);
    let idempotent = operation
        .idempotent_override
        .map(|idempotent| quote!(idempotent: Some(#idempotent),));
    let key = operation
        .idempotency_key
        .as_ref()
        .map(|key| quote!(idempotency_key: Some(#key),));
    let rule = operation.retries.as_ref().filter(|_| krate.retries.is_none());
    let retries = rule.map(|rule| {
        let policy = retries::policy(rule);
        quote!(retries: Some(#policy),)
    });
    let parameters = client_parameters::used(krate, operation);
    let success = (!operation.success_codes.is_empty()).then(|| {
        let codes = operation
            .success_codes
            .iter()
            .map(|code| Literal::u16_unsuffixed(*code));
        quote!(success: &[#(#codes),*],)
    });
    let flag = operation
        .success_flag
        .as_ref()
        .map(|flag| quote!(success_flag: Some(#flag),));
    quote! {
        static OPERATION: Operation = Operation {
            id: #id,
            #method
            path: #path,
            #accept
            #multipart
            #access
            #idempotent
            #key
            #retries
            #parameters
            #success
            #flag
            ..Operation::DEFAULT
        };
    }
}

/// Returns the fields for the credentials and the server of an operation.
pub(super) fn access_fields(krate: &Crate, operation: &Operation) -> TokenStream {
    let security = operation.security_const.map(|id| {
        let name = &krate[id].name;
        quote!(security: crate::security::#name,)
    });
    let base = operation.server.as_ref().map(|base| quote!(base: Some(#base),));
    quote!(#security #base)
}

fn builder(krate: &Crate, operation: &Operation) -> TokenStream {
    let builder = &operation.names.builder;
    let doc = docs(&operation.prose.builder, 0);
    let new = new(krate, operation);
    if operation.is_prepared() {
        let error = &operation.names.error;
        let output = ty(krate, View::Outside, &operation.output.ty(&operation.names));
        return quote! {
            #doc
            pub type #builder = PreparedRequest<#output, #error>;
            #new
        };
    }
    let setters = operation.setters.iter().map(|input| match input.shared_setter {
        Some(index) => shared_members(SharedMembers::Setter(index)),
        None => setter(krate, operation, input),
    });
    let send = match (&operation.pagination, &operation.output) {
        (Some(pagination), _) => pagination::send(krate, operation, pagination),
        (None, Output::Stream(stream)) => streams::send(krate, operation, stream),
        (None, _) => send(krate, operation),
    };
    let download = (operation.output == Output::Bytes).then(|| download(krate, operation));
    let blocking = blocking(krate, operation);
    let polling = operation.polling.as_ref();
    let poll = polling.map(|polling| polling::poll(krate, operation, polling));
    let must_use = krate.prose.must_use;
    let other = operation.stream.as_ref();
    let other = other.map(|other| streams::other(krate, operation, other));
    let representations = alternatives::methods(krate, operation);
    let options_comment = comment(krate.prose.call_options);
    let call_options = shared_members(SharedMembers::CallOptions);
    quote! {
        #doc
        #[derive(Clone, Debug)]
        #[must_use = #must_use]
        pub struct #builder {
            request: Request,
        }
        impl #builder {
            #new
            #(#setters)*
            #send
            #download
            #blocking
            #poll
            #other
            #representations
        }
        #options_comment
        impl #builder {
            #call_options
        }
    }
}

/// Returns the method that sends a request from code that is not async. Streams are read with `block_on`.
fn blocking(krate: &Crate, operation: &Operation) -> Option<TokenStream> {
    let error = &operation.names.error;
    let output = match (&operation.pagination, &operation.output) {
        (Some(_), _) => operation.names.page.to_token_stream(),
        (None, Output::Stream(_)) => return None,
        (None, output) => ty(krate, View::Outside, &output.ty(&operation.names)),
    };
    let doc = docs(krate.prose.send_blocking, 4);
    Some(quote! {
        #doc
        #[cfg(feature = "blocking")]
        pub fn send_blocking(self) -> Result<#output, crate::runtime::Error<#error>> {
            crate::runtime::block_on(self.send())
        }
    })
}

/// Returns the constructor: an associated function of the builder, or a free function if the builder is a runtime type.
fn new(krate: &Crate, operation: &Operation) -> TokenStream {
    let (forms, _) = method_parameters(krate, operation);
    // `core` counts as an argument.
    let many = allow_many_arguments(forms.len() + 1);
    let sent = operation.arguments.iter().chain(&operation.constants);
    let writes: Vec<TokenStream> = sent
        .map(|input| write(krate, operation, input, quote!(request)))
        .collect();
    let (request, write) = if writes.is_empty() {
        (quote!(Request::new(core, &OPERATION)), quote!())
    } else {
        let fields = operation.required.as_ref().map(|required| {
            let names = operation.arguments.iter().map(|input| &input.name);
            quote!(let #required { #(#names),* } = required;)
        });
        let write = quote! {
            #fields
            let mut request = Request::new(core, &OPERATION);
            #(#writes)*
        };
        (quote!(request), write)
    };
    let (output, made) = if operation.is_prepared() {
        let read = read(
            krate,
            (&operation.output, operation.xml.as_ref()),
            &operation.names.output,
        );
        let builder = &operation.names.builder;
        (quote!(#builder), quote!(PreparedRequest::new(#request, #read)))
    } else if writes.is_empty() {
        (quote!(Self), quote!(Self { request: #request }))
    } else {
        (quote!(Self), quote!(Self { request }))
    };
    quote! {
        #many
        pub(super) fn new(core: &Core #(, #forms)*) -> #output {
            #write
            #made
        }
    }
}

/// Prints the method that returns the response with its body unread.
fn download(krate: &Crate, operation: &Operation) -> TokenStream {
    let error = &operation.names.error;
    let doc = docs(krate.prose.download, 4);
    quote! {
        #doc
        pub fn download(self) -> ResponseFuture<crate::runtime::Download<#error>, #error> {
            self.request.download()
        }
    }
}

/// Returns the function that reads the response body. `output` is the enum of several successes.
pub(super) fn read(krate: &Crate, (body, root): (&Output, Option<&XmlRoot>), output: &Ident) -> TokenStream {
    if let Some(root) = root {
        let root = xml::root(krate, root);
        return if matches!(body, Output::OptionalJson(_)) {
            quote!(|response| response.optional_xml(#root))
        } else {
            quote!(|response| response.xml(#root))
        };
    }
    match body {
        // Streams are read by other functions.
        Output::Empty | Output::Stream(_) => quote!(|_| Ok(())),
        Output::Json(_) => quote!(RawResponse::json),
        Output::OptionalJson(_) => quote!(RawResponse::optional_json),
        Output::Text => quote!(RawResponse::text),
        Output::Bytes => quote!(|response| Ok(response.body().clone())),
        Output::ByStatus => quote!(#output::read),
    }
}

fn send(krate: &Crate, operation: &Operation) -> TokenStream {
    let error = &operation.names.error;
    let output = ty(krate, View::Outside, &operation.output.ty(&operation.names));
    let read = read(
        krate,
        (&operation.output, operation.xml.as_ref()),
        &operation.names.output,
    );
    let unset = alternatives::stream_flag(operation, false);
    let receiver = if unset.is_some() {
        quote!(mut self)
    } else {
        quote!(self)
    };
    let (send_doc, response_doc) = (docs(&operation.prose.send, 4), docs(&operation.prose.send_response, 4));
    quote! {
        #send_doc
        pub fn send(#receiver) -> ResponseFuture<#output, #error> {
            #unset
            self.request.read(#read)
        }
        #response_doc
        pub fn send_response(#receiver) -> ResponseFuture<Response<#output>, #error> {
            #unset
            self.request.read_response(#read)
        }
    }
}
