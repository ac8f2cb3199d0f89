//! The paginated part of an operation: the page type, how the next page is requested, and the methods that return pages and
//! items.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::access;
use crate::emit::tokens::{View, docs, ty};
use crate::json;
use crate::krate::{
    Access, Crate, Operation, Pagination, PaginationInput, PaginationOutput, PaginationStep, TypeExpr, WireName,
};

/// Returns the type alias of a page.
pub fn alias(krate: &Crate, operation: &Operation, pagination: &Pagination) -> TokenStream {
    let (page, error) = (&operation.names.page, &operation.names.error);
    let (body, item) = (
        ty(krate, View::Outside, &pagination.body),
        ty(krate, View::Outside, &pagination.item),
    );
    let doc = docs(&operation.prose.page, 0);
    quote!(#doc pub type #page = Page<#body, #item, #error>;)
}

/// Returns the static that describes how the pages follow each other.
pub fn pagination_static(krate: &Crate, pagination: &Pagination) -> TokenStream {
    let (body, item) = (
        ty(krate, View::Outside, &pagination.body),
        ty(krate, View::Outside, &pagination.item),
    );
    let items = access::list(&pagination.items);
    let count = access::count(&pagination.items);
    let step = step(&pagination.step);
    let more = match &pagination.step {
        PaginationStep::Cursor {
            next: PaginationOutput::Header(name),
            ..
        } => quote!(next_header: Some(#name),),
        PaginationStep::Cursor {
            next: PaginationOutput::Body(next),
            ..
        }
        | PaginationStep::Url { next } => {
            let next = access::owned_string(next);
            quote!(next: |body| #next,)
        }
        PaginationStep::Page { total, .. } => match total {
            Some(PaginationOutput::Body(total)) => {
                let value = integer(total);
                quote!(pages: |body| #value,)
            }
            Some(PaginationOutput::Header(name)) => quote!(pages_header: Some(#name),),
            None => quote!(),
        },
        PaginationStep::LastId { id, more, .. } => {
            let id_value = access::owned_string(id);
            let last = access::last(&pagination.items);
            let more = more.as_ref().map(|more| {
                let more = access::copied(more);
                quote!(more: |body| #more,)
            });
            quote!(next: |body| { let body = #last?; #id_value }, #more)
        }
        PaginationStep::Link | PaginationStep::Offset { .. } => quote!(),
    };
    let end = end(pagination);
    quote! {
        static PAGINATION: Pagination<#body, #item> = Pagination {
            step: #step,
            #more
            #end
            items: |body| #items,
            count: |body| #count,
            ..Pagination::DEFAULT
        };
    }
}

/// Returns the fields that end the pagination early: a flag, and the number of all items with the input for the page size.
fn end(pagination: &Pagination) -> TokenStream {
    let more = pagination.more.as_ref().map(|(flag, value)| {
        let flag = access::copied(flag);
        match value {
            true => quote!(more: |body| #flag,),
            false => quote!(more: |body| #flag.map(|done| !done),),
        }
    });
    let total = match &pagination.total {
        Some(PaginationOutput::Body(total)) => {
            let value = integer(total);
            quote!(total: |body| #value,)
        }
        Some(PaginationOutput::Header(name)) => quote!(total_header: Some(#name),),
        None => quote!(),
    };
    let limit = pagination.limit().map(|limit| {
        let limit = input_of(limit);
        quote!(limit: Some(#limit),)
    });
    quote!(#more #total #limit)
}

/// Returns an expression that copies a number into an `Option<i64>`.
fn integer(access: &Access) -> TokenStream {
    let value = access::copied(access);
    match access.ty {
        TypeExpr::I64 => value,
        TypeExpr::I32 | TypeExpr::U32 => quote!(#value.map(i64::from)),
        // The conversion rounds towards zero and stays within the range.
        TypeExpr::F64 => quote!(#value.map(|number| number as i64)),
        _ => quote!(#value.and_then(|number| i64::try_from(number).ok())),
    }
}

fn step(step: &PaginationStep) -> TokenStream {
    match step {
        PaginationStep::Cursor { input, .. } => {
            let input = input_of(input);
            quote!(PaginationStep::Cursor { input: #input })
        }
        PaginationStep::Url { .. } => quote!(PaginationStep::Url),
        PaginationStep::Link => quote!(PaginationStep::Link),
        PaginationStep::Page { input, first, .. } => {
            let (input, first) = (input_of(input), Literal::i64_unsuffixed(*first));
            quote!(PaginationStep::Page { input: #input, first: #first })
        }
        PaginationStep::Offset { input, first, .. } => {
            let (input, first) = (input_of(input), Literal::i64_unsuffixed(*first));
            quote!(PaginationStep::Offset { input: #input, first: #first })
        }
        PaginationStep::LastId { input, .. } => {
            let input = input_of(input);
            quote!(PaginationStep::LastId { input: #input })
        }
    }
}

fn input_of(input: &PaginationInput) -> TokenStream {
    match input {
        PaginationInput::Query(name) => quote!(PaginationInput::Query(#name)),
        PaginationInput::Deep(parameter, property) => quote!(PaginationInput::Deep(#parameter, #property)),
        PaginationInput::Exploded(parameter, property) => quote!(PaginationInput::Exploded(#parameter, #property)),
        PaginationInput::Header(name) => quote!(PaginationInput::Header(#name)),
        PaginationInput::Body(path) => {
            let pointer = json::pointer(path.iter().map(WireName::as_str));
            quote!(PaginationInput::Body(#pointer))
        }
        PaginationInput::BodyNumber(path) => {
            let pointer = json::pointer(path.iter().map(WireName::as_str));
            quote!(PaginationInput::BodyNumber(#pointer))
        }
    }
}

/// Returns the methods that fetch pages.
pub fn send(krate: &Crate, operation: &Operation, pagination: &Pagination) -> TokenStream {
    let (page, error) = (&operation.names.page, &operation.names.error);
    let (body, item) = (
        ty(krate, View::Outside, &pagination.body),
        ty(krate, View::Outside, &pagination.item),
    );
    let (prose, own) = (&krate.prose, &operation.prose);
    let resume = docs(prose.resume, 4);
    let (send, send_response) = (docs(&own.send, 4), docs(&own.send_response, 4));
    let (pages, items) = (docs(prose.pages, 4), docs(prose.items, 4));
    quote! {
        #resume
        pub fn resume(mut self, cursor: impl AsRef<str>) -> Self {
            self.request.resume(PAGINATION.step, cursor.as_ref());
            self
        }
        #send
        pub fn send(self) -> ResponseFuture<#page, #error> {
            self.request.page(&PAGINATION)
        }
        #send_response
        pub fn send_response(self) -> ResponseFuture<Response<#page>, #error> {
            self.request.page_response(&PAGINATION)
        }
        #pages
        pub fn pages(self) -> Pages<#body, #item, #error> {
            self.request.pages(&PAGINATION)
        }
        #items
        pub fn items(self) -> Items<#body, #item, #error> {
            self.request.items(&PAGINATION)
        }
    }
}
