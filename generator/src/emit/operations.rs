//! `src/api/<group>/<operation>.rs`: the builder of an operation.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::errors::status_pattern;
use super::inputs::{argument_forms, names_model, setter, write};
use super::tokens::{View, docs, ty};
use super::{RustFile, access, retries};
use crate::document::Status;
use crate::krate::{Crate, Operation, OperationId, Output, Paging, PagingInput, PagingStep, Requirement, Write};

/// The file of an operation.
pub fn file(krate: &Crate, id: OperationId) -> RustFile {
    let operation = &krate[id];
    let names = &operation.names;
    let error = &names.error;
    let error_doc = docs(&format!("How [`{}`] can fail.", names.builder), 0);
    let error_type = match operation.error {
        Some(id) => {
            let name = &krate[id].name;
            quote!(crate::errors::#name)
        }
        None => quote!(crate::runtime::Unexpected),
    };
    let page = operation
        .paging
        .as_ref()
        .map(|paging| page_alias(krate, operation, paging));
    let facts = facts(krate, operation);
    let paging = operation.paging.as_ref().map(|paging| paging_static(krate, paging));
    let output = (operation.output == Output::ByStatus).then(|| output_enum(krate, operation));
    let builder = builder(krate, operation);
    let imports = imports(operation);
    RustFile::new(
        String::new(),
        quote! {
            #imports
            #error_doc
            pub type #error = #error_type;
            #page
            #facts
            #paging
            #output
            #builder
        },
    )
}

/// What the file speaks of.
fn imports(operation: &Operation) -> TokenStream {
    let mut runtime: BTreeSet<&str> = ["Core", "Error", "Operation", "Request", "Response"].into();
    if operation.method != "GET" {
        runtime.insert("Method");
    }
    if operation.security.iter().any(|way| !way.is_empty()) {
        runtime.insert("SecurityNeed");
    }
    let inputs = || {
        operation
            .arguments
            .iter()
            .chain(&operation.setters)
            .chain(&operation.constants)
    };
    if inputs().any(|input| matches!(input.write, Write::Styled | Write::StyledField)) {
        runtime.extend(["Rule", "Style"]);
    }
    if let Some(paging) = &operation.paging {
        runtime.extend(["Items", "Page", "Pages", "Paging", "Step"]);
        if paging.step.input().is_some() {
            runtime.insert("Input");
        }
    }
    if operation.output == Output::ByStatus {
        runtime.insert("RawResponse");
    }
    let runtime = runtime.into_iter().map(|name| quote::format_ident!("{name}"));
    let mut models = Vec::new();
    operation.output.ty(&operation.names).models(&mut models);
    if let Some(paging) = &operation.paging {
        paging.item.models(&mut models);
    }
    if operation.output == Output::ByStatus {
        operation
            .cases
            .iter()
            .for_each(|case| case.output.ty(&operation.names).models(&mut models));
    }
    let models = (!models.is_empty() || inputs().any(names_model)).then(|| {
        quote!(
            use crate::models;
        )
    });
    quote!(#models use crate::runtime::{#(#runtime),*};)
}

fn page_alias(krate: &Crate, operation: &Operation, paging: &Paging) -> TokenStream {
    let (page, error) = (&operation.names.page, &operation.names.error);
    let (body, item) = (
        ty(krate, View::Outside, &paging.body),
        ty(krate, View::Outside, &paging.item),
    );
    let doc = docs(&format!("A page of [`{}`].", operation.names.builder), 0);
    quote!(#doc pub type #page = Page<#body, #item, #error>;)
}

fn facts(krate: &Crate, operation: &Operation) -> TokenStream {
    let (id, path) = (&operation.id, &operation.sent);
    let method = (operation.method != "GET").then(|| {
        let method = method(&operation.method);
        quote!(method: #method,)
    });
    let accept = operation.accept.as_ref().filter(|accept| *accept != "application/json");
    let accept = accept.map(|accept| quote!(accept: #accept,));
    let security = (!operation.security.is_empty()).then(|| {
        let ways = security(&operation.security);
        quote!(security: #ways,)
    });
    let base = operation.server.as_ref().map(|base| quote!(base: Some(#base),));
    let by_method = matches!(
        operation.method.as_str(),
        "GET" | "HEAD" | "OPTIONS" | "PUT" | "DELETE" | "TRACE" | "QUERY"
    );
    let idempotent = (operation.idempotent != by_method).then(|| {
        let idempotent = operation.idempotent;
        quote!(idempotent: Some(#idempotent),)
    });
    let key = operation
        .idempotency_key
        .as_ref()
        .map(|key| quote!(idempotency_key: Some(#key),));
    let rule = operation.retries.as_ref().filter(|_| krate.retries.is_none());
    let retries = rule.map(|rule| {
        let policy = retries::policy(rule);
        quote!(retries: Some(#policy),)
    });
    let success = (!operation.success_codes.is_empty()).then(|| {
        let codes = operation
            .success_codes
            .iter()
            .map(|code| Literal::u16_unsuffixed(*code));
        quote!(success: &[#(#codes),*],)
    });
    quote! {
        static OPERATION: Operation = Operation {
            id: #id,
            #method
            path: #path,
            #accept
            #security
            #idempotent
            #key
            #retries
            #base
            #success
            ..Operation::DEFAULT
        };
    }
}

/// A method as an expression that a static can hold.
pub fn method(method: &str) -> TokenStream {
    match method {
        "GET" | "POST" | "PUT" | "DELETE" | "HEAD" | "OPTIONS" | "CONNECT" | "PATCH" | "TRACE" => {
            let name = quote::format_ident!("{method}");
            quote!(Method::#name)
        }
        // `http` has no constant for others, and making one is no constant expression.
        _ => quote!(Method::POST),
    }
}

/// Security as the runtime wants it.
pub fn security(ways: &[Vec<Requirement>]) -> TokenStream {
    let ways = ways.iter().map(|way| {
        let needs = way.iter().map(|need| {
            let (scheme, scopes) = (&need.scheme, &need.scopes);
            quote!(SecurityNeed { scheme: #scheme, scopes: &[#(#scopes),*] })
        });
        quote!(&[#(#needs),*])
    });
    quote!(&[#(#ways),*])
}

fn paging_static(krate: &Crate, paging: &Paging) -> TokenStream {
    let (body, item) = (
        ty(krate, View::Outside, &paging.body),
        ty(krate, View::Outside, &paging.item),
    );
    let items = access::list(&paging.items);
    let count = access::count(&paging.items);
    let step = step(&paging.step);
    let more = match &paging.step {
        PagingStep::Cursor { next, .. } | PagingStep::Url { next } => {
            let next = access::owned_text(next);
            quote!(next: |body| #next,)
        }
        PagingStep::Page { total, .. } => {
            let total = total.as_ref().map(|total| {
                let value = access::copied(total);
                let value = match total.ty {
                    crate::krate::TypeExpr::I64 => value,
                    _ => quote!(#value.and_then(|pages| i64::try_from(pages).ok())),
                };
                quote!(pages: |body| #value,)
            });
            quote!(#total)
        }
        PagingStep::LastId { id, more, .. } => {
            let id_value = access::owned_text(id);
            let last = access::last(&paging.items);
            let more = more.as_ref().map(|more| {
                let more = access::copied(more);
                quote!(more: |body| #more,)
            });
            quote!(next: |body| { let body = #last?; #id_value }, #more)
        }
        PagingStep::Link | PagingStep::Offset { .. } => quote!(),
    };
    quote! {
        static PAGING: Paging<#body, #item> = Paging {
            step: #step,
            #more
            items: |body| #items,
            count: |body| #count,
            ..Paging::DEFAULT
        };
    }
}

fn step(step: &PagingStep) -> TokenStream {
    match step {
        PagingStep::Cursor { input, .. } => {
            let input = input_of(input);
            quote!(Step::Cursor { input: #input })
        }
        PagingStep::Url { .. } => quote!(Step::Url),
        PagingStep::Link => quote!(Step::Link),
        PagingStep::Page { input, first, .. } => {
            let (input, first) = (input_of(input), Literal::i64_unsuffixed(*first));
            quote!(Step::Page { input: #input, first: #first })
        }
        PagingStep::Offset { input, .. } => {
            let input = input_of(input);
            quote!(Step::Offset { input: #input })
        }
        PagingStep::LastId { input, .. } => {
            let input = input_of(input);
            quote!(Step::LastId { input: #input })
        }
    }
}

fn input_of(input: &PagingInput) -> TokenStream {
    match input {
        PagingInput::Query(name) => quote!(Input::Query(#name)),
        PagingInput::Body(path) => {
            let steps = path
                .iter()
                .map(|step| step.as_str().replace('~', "~0").replace('/', "~1"));
            let pointer: String = steps.map(|step| format!("/{step}")).collect();
            quote!(Input::Body(#pointer))
        }
    }
}

fn output_enum(krate: &Crate, operation: &Operation) -> TokenStream {
    let name = &operation.names.output;
    let doc = docs(&format!("What [`{}`] gives.", operation.names.builder), 0);
    let variants = operation.cases.iter().map(|case| {
        let name = &case.name;
        let label = format!("`{}`", case.label);
        let text = case.doc.text();
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
            Output::Empty | Output::ByStatus => quote!(#doc #name),
            output => {
                let held = ty(krate, View::Outside, &output.ty(&operation.names));
                quote!(#doc #name(#held))
            }
        }
    });
    let reads = operation.cases.iter().map(|case| {
        let (pattern, name) = (status_pattern(case.status), &case.name);
        match &case.output {
            Output::Empty | Output::ByStatus => quote!(#pattern => Ok(Self::#name)),
            Output::Json(_) => quote!(#pattern => response.json().map(Self::#name)),
            Output::OptionalJson(_) => quote!(#pattern => response.optional_json().map(Self::#name)),
            Output::Text => quote!(#pattern => response.text().map(Self::#name)),
            Output::Bytes => quote!(#pattern => Ok(Self::#name(response.body().clone()))),
        }
    });
    let other_doc = docs("A success that the API's description does not list.", 4);
    let rest = (!operation.cases.iter().any(|case| case.status == Status::Default))
        .then(|| quote!(_ => Ok(Self::Other(response.clone())),));
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
            fn read(response: &RawResponse) -> crate::runtime::codec::Outcome<Self> {
                match response.status().as_u16() {
                    #(#reads,)*
                    #rest
                }
            }
        }
    }
}

fn builder(krate: &Crate, operation: &Operation) -> TokenStream {
    let builder = &operation.names.builder;
    let doc = docs(&builder_doc(krate, operation), 0);
    let new = new(krate, operation);
    let setters = operation.setters.iter().map(|input| setter(krate, operation, input));
    let send = match &operation.paging {
        Some(paging) => paged_send(krate, operation, paging),
        None => send(krate, operation),
    };
    quote! {
        #doc
        #[derive(Clone, Debug)]
        #[must_use = "a request does nothing until it is sent"]
        pub struct #builder {
            request: Request,
        }
        impl #builder {
            #new
            #(#setters)*
            crate::runtime::call_options!();
            #send
        }
    }
}

fn builder_doc(krate: &Crate, operation: &Operation) -> String {
    let group = &krate[operation.group];
    let method = &operation.names.method;
    format!(
        "A request that [`{handle}::{method}`](super::{handle}::{method}) begins: `{} {}`.",
        operation.method,
        super::tokens::without_backticks(&operation.path),
        handle = group.handle,
    )
}

fn new(krate: &Crate, operation: &Operation) -> TokenStream {
    let forms = argument_forms(krate, &operation.arguments);
    let many = if forms.len() > 6 {
        quote!(#[allow(clippy::too_many_arguments)])
    } else {
        quote!()
    };
    let sent = operation.arguments.iter().chain(&operation.constants);
    let writes: Vec<TokenStream> = sent
        .map(|input| write(krate, operation, input, quote!(request)))
        .collect();
    let body = if writes.is_empty() {
        quote!(Self {
            request: Request::new(core, &OPERATION)
        })
    } else {
        quote! {
            let mut request = Request::new(core, &OPERATION);
            #(#writes)*
            Self { request }
        }
    };
    quote! {
        #many
        pub(super) fn new(core: &Core #(, #forms)*) -> Self {
            #body
        }
    }
}

fn send(krate: &Crate, operation: &Operation) -> TokenStream {
    let error = &operation.names.error;
    let gives = ty(krate, View::Outside, &operation.output.ty(&operation.names));
    let output = &operation.names.output;
    let (plain, with_response, what) = match &operation.output {
        Output::Empty => (quote!(empty()), quote!(empty_response()), None),
        Output::Json(_) => (quote!(json()), quote!(json_response()), Some("the body")),
        Output::OptionalJson(_) => (
            quote!(optional_json()),
            quote!(optional_json_response()),
            Some("the body, where there is one"),
        ),
        Output::Text => (quote!(text()), quote!(text_response()), Some("the text")),
        Output::Bytes => (quote!(bytes()), quote!(bytes_response()), Some("the bytes")),
        Output::ByStatus => (
            quote!(read(#output::read)),
            quote!(read_response(#output::read)),
            Some("the body"),
        ),
    };
    let send_doc = match what {
        Some(what) => format!("Sends the request, and gives {what}."),
        None => "Sends the request.".to_owned(),
    };
    let response_doc = match what {
        Some(what) if what.contains(',') => format!("Sends the request, and gives {what}, with status and headers."),
        Some(what) => format!("Sends the request, and gives {what} with status and headers."),
        None => "Sends the request, and gives status and headers.".to_owned(),
    };
    let send_doc = docs(&format!("{send_doc}\n\n# Errors\n\nSee [`{error}`]."), 4);
    let response_doc = docs(&format!("{response_doc}\n\n# Errors\n\nAs [`send`](Self::send)."), 4);
    quote! {
        #send_doc
        pub async fn send(self) -> Result<#gives, Error<#error>> {
            self.request.#plain.await
        }
        #response_doc
        pub async fn send_response(self) -> Result<Response<#gives>, Error<#error>> {
            self.request.#with_response.await
        }
    }
}

fn paged_send(krate: &Crate, operation: &Operation, paging: &Paging) -> TokenStream {
    let (page, error) = (&operation.names.page, &operation.names.error);
    let (body, item) = (
        ty(krate, View::Outside, &paging.body),
        ty(krate, View::Outside, &paging.item),
    );
    let resume = docs(
        "Starts where an earlier walk stopped: `cursor` is what [`Page::cursor`] gave.",
        4,
    );
    let send = docs(&format!("Fetches a page.\n\n# Errors\n\nSee [`{error}`]."), 4);
    let send_response = docs(
        "Fetches a page, with status and headers.\n\n# Errors\n\nAs [`send`](Self::send).",
        4,
    );
    let pages = docs("All pages, each fetched when it is asked for.", 4);
    let items = docs(
        "All items of all pages, each page fetched when its first item is asked for.",
        4,
    );
    quote! {
        #resume
        pub fn resume(mut self, cursor: impl AsRef<str>) -> Self {
            self.request.resume(PAGING.step, cursor.as_ref());
            self
        }
        #send
        pub async fn send(self) -> Result<#page, Error<#error>> {
            self.request.page(&PAGING).await
        }
        #send_response
        pub async fn send_response(self) -> Result<Response<#page>, Error<#error>> {
            self.request.page_response(&PAGING).await
        }
        #pages
        pub fn pages(self) -> Pages<#body, #item, #error> {
            self.request.pages(&PAGING)
        }
        #items
        pub fn items(self) -> Items<#body, #item, #error> {
            self.request.items(&PAGING)
        }
    }
}
