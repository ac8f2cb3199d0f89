//! `examples/smoke.rs`: a program that calls every operation once.
//!
//! Each call is a separate function, because one large function would compile slowly for hundreds of operations.

use askama::Template;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{call, credential};
use crate::krate::{CallCase, Crate, Ident, Operation, Output};
use crate::markdown;
use crate::wire::Status;

#[derive(Template)]
#[template(path = "crate/smoke.rs.j2", escape = "none")]
struct Smoke<'c> {
    title: String,
    lib: String,
    imports: &'c [&'static str],
    reads_json: bool,
    streams: bool,
    credentials: Vec<TokenStream>,
    errors: Vec<Ident>,
    table: Vec<TokenStream>,
    calls: Vec<TokenStream>,
}

/// Renders the program.
pub fn file(krate: &Crate) -> askama::Result<String> {
    let call_cases: Vec<(&Operation, &CallCase)> = krate
        .operations
        .iter()
        .filter_map(|operation| Some((operation, operation.call_case.as_deref()?)))
        .collect();
    Smoke {
        title: markdown::escape(&krate.api_info.title),
        lib: krate.package.lib.to_string(),
        imports: &krate.imports.smoke,
        reads_json: krate.imports.calls.iter().any(|call| call.json),
        streams: call_cases.iter().any(|(operation, _)| is_stream(operation)),
        credentials: krate.credentials.setters.iter().filter_map(credential).collect(),
        errors: krate.errors.iter().map(|error| error.name.clone()).collect(),
        table: call_cases
            .iter()
            .map(|(operation, call_case)| row(operation, call_case))
            .collect(),
        calls: call_cases
            .iter()
            .map(|(operation, call_case)| function(krate, operation, call_case))
            .collect(),
    }
    .render()
}

fn row(operation: &Operation, call_case: &CallCase) -> TokenStream {
    let (id, name) = (Literal::string(&operation.id), &call_case.name);
    let successes = successes(operation);
    quote!(Operation { id: #id, successes: &[#(#successes),*], call: #name })
}

/// Returns the documented success statuses as ranges; all of 2xx if none is documented.
fn successes(operation: &Operation) -> Vec<TokenStream> {
    if operation.cases.is_empty() {
        return vec![quote!((200, 299))];
    }
    let range = |status: Status| {
        let (low, high) = match status {
            Status::Code(code) => (code, code),
            Status::Range(digit) => (u16::from(digit) * 100, u16::from(digit) * 100 + 99),
            Status::Default => (200, 299),
        };
        let (low, high) = (Literal::u16_unsuffixed(low), Literal::u16_unsuffixed(high));
        quote!((#low, #high))
    };
    operation.cases.iter().map(|case| range(case.status)).collect()
}

/// Returns whether the response is a stream without a body type.
fn is_stream(operation: &Operation) -> bool {
    matches!(operation.output, Output::Stream(_))
}

fn function(krate: &Crate, operation: &Operation, call_case: &CallCase) -> TokenStream {
    let name = &call_case.name;
    let call = call::call(krate, operation, call_case);
    if is_stream(operation) {
        return quote! {
            fn #name(client: Client) -> CallFuture {
                Box::pin(async move {
                    let call = #call;
                    Ok(stream_result(call.send_response().await).await)
                })
            }
        };
    }
    quote! {
        fn #name(client: Client) -> CallFuture {
            Box::pin(async move {
                let call = #call;
                Ok(call_result(call.send_response().await))
            })
        }
    }
}
