//! `src/mock.rs`: an in-process mock server with a stub for each operation.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::literals::SharedLiterals;
use crate::emit::RustFile;
use crate::emit::example_tokens::expression;
use crate::emit::tokens::{View, allow_unused, cfg_feature, docs, ty, use_models};
use crate::krate::{
    CallCase, CasePages, CaseResponse, Crate, CredentialKind, Encoding, Expectation, GroupId, Operation, PageSelector,
};

/// The base URL of the mock server. The name cannot be resolved.
const ADDRESS: &str = "https://mock.invalid";

/// Renders the file.
pub fn file(krate: &Crate) -> RustFile {
    let call_cases: Vec<(&Operation, &CallCase)> = krate
        .operations
        .iter()
        .filter_map(|operation| Some((operation, operation.call_case.as_deref()?)))
        .collect();
    let bodies = call_cases.iter().flat_map(|(_, call_case)| &call_case.expectation);
    let bodies = bodies.flat_map(|expectation| {
        let responses = expectation.all_responses().map(|response| &response.body);
        responses
            .chain(expectation.pages.iter().flat_map(|pages| &pages.bodies))
            .map(String::as_str)
    });
    let literals = SharedLiterals::new(bodies, quote!());
    let examples = literals.declarations();
    let routes = call_cases
        .iter()
        .map(|(operation, call_case)| route(&literals, operation, call_case));
    let stubs = call_cases
        .iter()
        .enumerate()
        .map(|(index, (operation, call_case))| stub(krate, index, operation, call_case));
    let tokens = tokens(krate);
    // With only some features enabled, there may be no operation, or none that returns a model.
    let unused = allow_unused(krate, "unused_imports");
    let unused_models = unused.as_ref().filter(|_| krate.imports.mock);
    let models = use_models(krate.imports.mock);
    let mock = mock(krate);
    let is_paged = |(_, call_case): &(&Operation, &CallCase)| {
        call_case
            .expectation
            .as_ref()
            .is_some_and(|expectation| expectation.pages.is_some())
    };
    let has_pages = call_cases.iter().any(is_paged);
    let pages_import = has_pages.then(|| quote!(ExamplePages,));
    let selector_import = has_pages.then(|| quote!(PageSelector,));
    RustFile::new(
        krate.prose.mock.to_owned(),
        quote! {
            use std::ops::Deref;
            use crate::ClientBuilder;
            #unused_models
            #models
            #unused
            use crate::runtime::mock::{#pages_import ExampleResponse, #selector_import Route, Server, Stub};
            static ROUTES: &[Route] = &[#(#routes),*];
            static TOKENS: &[&str] = &[#(#tokens),*];
            #examples
            #mock
            impl Mock { #(#stubs)* }
        },
    )
}

fn mock(krate: &Crate) -> TokenStream {
    let prose = &krate.prose;
    let required = krate.client_parameters.iter().filter(|parameter| parameter.required);
    let parameters = required.map(|parameter| {
        let (setter, value) = (&parameter.setter, expression(krate, View::Outside, &parameter.example));
        quote!(.#setter(#value))
    });
    let about = docs(prose.mock_server, 0);
    let (new, builder) = (docs(prose.mock_new, 4), docs(prose.mock_builder, 4));
    quote! {
        #about
        #[derive(Clone, Debug)]
        pub struct Mock { server: Server }
        impl Mock {
            #new
            pub fn new() -> Self { Self { server: Server::new(ROUTES, TOKENS) } }
            #builder
            pub fn builder(&self) -> ClientBuilder {
                ClientBuilder::default()
                    .base_url(#ADDRESS)
                    .transport(self.server.clone())
                    .environment(self.server.clone())
                    #(#parameters)*
            }
        }
        impl Default for Mock {
            fn default() -> Self { Self::new() }
        }
        impl Deref for Mock {
            type Target = Server;
            fn deref(&self) -> &Server { &self.server }
        }
    }
}

fn stub(krate: &Crate, index: usize, operation: &Operation, call_case: &CallCase) -> TokenStream {
    let name = &call_case.name;
    let body = operation
        .output
        .json()
        .map_or_else(|| quote!(()), |body| ty(krate, View::Outside, body));
    let index = Literal::usize_unsuffixed(index);
    let doc = docs(&operation.prose.stub, 4);
    let only = cfg_feature(feature(krate, operation.group));
    quote! {
        #doc
        #only
        pub fn #name(&self) -> Stub<'_, #body> { self.server.stub(#index) }
    }
}

/// Returns the feature that enables a group or one of its parents.
fn feature(krate: &Crate, mut id: GroupId) -> Option<&str> {
    loop {
        let group = &krate[id];
        if let Some(feature) = &group.feature {
            return Some(feature);
        }
        id = group.parent?;
    }
}

fn route(literals: &SharedLiterals<'_>, operation: &Operation, call_case: &CallCase) -> TokenStream {
    let path = operation.path.split(['?', '#']).next().unwrap_or_default();
    let wildcards = operation
        .arguments
        .iter()
        .filter(|input| input.encoding == Encoding::Wildcard);
    let path = wildcards.fold(path.to_owned(), |path, input| {
        path.replace(&format!("{{{}}}", input.wire), &format!("{{*{}}}", input.wire))
    });
    let method = operation.method.as_str();
    let responses = call_case.expectation.iter().flat_map(Expectation::all_responses);
    let responses = responses.map(|response| canned(literals, response));
    let pages = call_case
        .expectation
        .as_ref()
        .and_then(|expectation| expectation.pages.as_ref());
    let pages = match pages {
        Some(pages) => {
            let pages = example_pages(literals, pages);
            quote!(Some(#pages))
        }
        None => quote!(None),
    };
    quote!(Route { method: #method, path: #path, responses: &[#(#responses),*], pages: #pages })
}

fn example_pages(literals: &SharedLiterals<'_>, pages: &CasePages) -> TokenStream {
    let [first, last] = pages.bodies.each_ref().map(|body| literals.get(body));
    let link = match &pages.link {
        Some(link) => quote!(Some(#link)),
        None => quote!(None),
    };
    let selector = match &pages.selector {
        PageSelector::Query(name, value) => quote!(PageSelector::Query(#name, #value)),
        PageSelector::Header(name, value) => quote!(PageSelector::Header(#name, #value)),
        PageSelector::Body(text) => quote!(PageSelector::Body(#text)),
    };
    quote!(ExamplePages { first: #first, link: #link, last: #last, selector: #selector })
}

fn canned(literals: &SharedLiterals<'_>, response: &CaseResponse) -> TokenStream {
    let (status, content_type) = (Literal::u16_unsuffixed(response.status), &response.content_type);
    let body = literals.get(&response.body);
    quote!(ExampleResponse { status: #status, content_type: #content_type, body: #body })
}

/// Returns the paths of the token endpoints.
fn tokens(krate: &Crate) -> Vec<String> {
    let path = |kind: &CredentialKind| match kind {
        CredentialKind::ClientCredentials { token_url, .. } => Some(super::credentials::path(token_url)),
        CredentialKind::Bearer { .. } | CredentialKind::Basic { .. } | CredentialKind::ApiKey { .. } => None,
    };
    let mut paths: Vec<String> = krate
        .credentials
        .schemes
        .iter()
        .filter_map(|scheme| path(&scheme.kind))
        .collect();
    paths.sort();
    paths.dedup();
    paths
}
