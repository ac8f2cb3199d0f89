//! The paginated part of an operation: the page type, how the next page is requested, and the methods that return pages and
//! items.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::access;
use crate::emit::tokens::{View, docs, ty};
use crate::krate::{Access, Crate, Operation, Paging, PagingInput, PagingOutput, PagingStep, TypeExpr};

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
        PagingStep::Cursor {
            next: PagingOutput::Header(name),
            ..
        } => quote!(next_header: Some(#name),),
        PagingStep::Cursor {
            next: PagingOutput::Body(next),
            ..
        }
        | PagingStep::Url { next } => {
            let next = access::owned_string(next);
            quote!(next: |body| #next,)
        }
        PagingStep::Page { total, .. } => match total {
            Some(PagingOutput::Body(total)) => {
                let value = integer(total);
                quote!(pages: |body| #value,)
            }
            Some(PagingOutput::Header(name)) => quote!(pages_header: Some(#name),),
            None => quote!(),
        },
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
    let end = end(paging);
    quote! {
        static PAGING: Paging<#body, #item> = Paging {
            step: #step,
            #more
            #end
            items: |body| #items,
            count: |body| #count,
            ..Paging::DEFAULT
        };
    }
}

/// Returns the fields that end the pagination early: a flag, and the number of all items with the input for the page size.
fn end(paging: &Paging) -> TokenStream {
    let more = paging.more.as_ref().map(|(flag, value)| {
        let flag = access::copied(flag);
        match value {
            true => quote!(more: |body| #flag,),
            false => quote!(more: |body| #flag.map(|done| !done),),
        }
    });
    let total = match &paging.total {
        Some(PagingOutput::Body(total)) => {
            let value = integer(total);
            quote!(total: |body| #value,)
        }
        Some(PagingOutput::Header(name)) => quote!(total_header: Some(#name),),
        None => quote!(),
    };
    let limit = paging.limit().map(|limit| {
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
        PagingInput::Deep(parameter, property) => quote!(PagingInput::Deep(#parameter, #property)),
        PagingInput::Header(name) => quote!(PagingInput::Header(#name)),
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
