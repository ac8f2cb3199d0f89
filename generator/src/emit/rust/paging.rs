//! The paginated part of an operation: the page type, how the next page is requested, and the methods that return pages and
//! items.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::access;
use crate::emit::tokens::{View, docs, ty};
use crate::krate::{Crate, Operation, Paging, PagingInput, PagingStep, TypeExpr};

/// Returns the type alias of a page.
pub fn alias(krate: &Crate, operation: &Operation, paging: &Paging) -> TokenStream {
    let (page, error) = (&operation.names.page, &operation.names.error);
    let (body, item) = (
        ty(krate, View::Outside, &paging.body),
        ty(krate, View::Outside, &paging.item),
    );
    let doc = docs(&operation.prose.page, 0);
    quote!(#doc pub type #page = Page<#body, #item, #error>;)
}

/// Returns the static that describes how the pages follow each other.
pub fn paging_static(krate: &Crate, paging: &Paging) -> TokenStream {
    let (body, item) = (
        ty(krate, View::Outside, &paging.body),
        ty(krate, View::Outside, &paging.item),
    );
    let items = access::list(&paging.items);
    let count = access::count(&paging.items);
    let step = step(&paging.step);
    let more = match &paging.step {
        PagingStep::Cursor { next, .. } | PagingStep::Url { next } => {
            let next = access::owned_string(next);
            quote!(next: |body| #next,)
        }
        PagingStep::Page { total, .. } => {
            let total = total.as_ref().map(|total| {
                let value = access::copied(total);
                let value = match total.ty {
                    TypeExpr::I64 => value,
                    TypeExpr::I32 | TypeExpr::U32 => quote!(#value.map(i64::from)),
                    _ => quote!(#value.and_then(|pages| i64::try_from(pages).ok())),
                };
                quote!(pages: |body| #value,)
            });
            quote!(#total)
        }
        PagingStep::LastId { id, more, .. } => {
            let id_value = access::owned_string(id);
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
            quote!(PagingStep::Cursor { input: #input })
        }
        PagingStep::Url { .. } => quote!(PagingStep::Url),
        PagingStep::Link => quote!(PagingStep::Link),
        PagingStep::Page { input, first, .. } => {
            let (input, first) = (input_of(input), Literal::i64_unsuffixed(*first));
            quote!(PagingStep::Page { input: #input, first: #first })
        }
        PagingStep::Offset { input, .. } => {
            let input = input_of(input);
            quote!(PagingStep::Offset { input: #input })
        }
        PagingStep::LastId { input, .. } => {
            let input = input_of(input);
            quote!(PagingStep::LastId { input: #input })
        }
    }
}

fn input_of(input: &PagingInput) -> TokenStream {
    match input {
        PagingInput::Query(name) => quote!(PagingInput::Query(#name)),
        PagingInput::Body(path) => {
            let steps = path
                .iter()
                .map(|step| step.as_str().replace('~', "~0").replace('/', "~1"));
            let pointer: String = steps.map(|step| format!("/{step}")).collect();
            quote!(PagingInput::Body(#pointer))
        }
    }
}

/// Returns the methods that fetch pages.
pub fn send(krate: &Crate, operation: &Operation, paging: &Paging) -> TokenStream {
    let (page, error) = (&operation.names.page, &operation.names.error);
    let (body, item) = (
        ty(krate, View::Outside, &paging.body),
        ty(krate, View::Outside, &paging.item),
    );
    let (prose, own) = (&krate.prose, &operation.prose);
    let resume = docs(prose.resume, 4);
    let (send, send_response) = (docs(&own.send, 4), docs(&own.send_response, 4));
    let (pages, items) = (docs(prose.pages, 4), docs(prose.items, 4));
    quote! {
        #resume
        pub fn resume(mut self, cursor: impl AsRef<str>) -> Self {
            self.request.resume(PAGING.step, cursor.as_ref());
            self
        }
        #send
        pub fn send(self) -> ResponseFuture<#page, #error> {
            self.request.page(&PAGING)
        }
        #send_response
        pub fn send_response(self) -> ResponseFuture<Response<#page>, #error> {
            self.request.page_response(&PAGING)
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
