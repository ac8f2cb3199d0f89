//! `tests/wire/<group>.rs`: the request that each operation sends and the responses that it reads.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::call;
use super::literals::{SharedLiterals, literal};
use crate::emit::RustFile;
use crate::krate::{
    CallCase, CaseOutcome, CasePages, CaseResponse, Crate, ErrorPayload, Expectation, Framing, GroupId, Ident,
    Operation, OperationId, Output, Representation, Stream, StreamSwitch, WireRequest,
};

/// Renders the tests of a group.
pub fn file(krate: &Crate, id: GroupId) -> RustFile {
    let operations: Vec<(OperationId, &CallCase, &Expectation)> = krate[id]
        .operations
        .iter()
        .filter_map(|id| {
            let call_case = krate[*id].call_case.as_deref()?;
            Some((*id, call_case, call_case.expectation.as_ref()?))
        })
        .collect();
    let written = operations
        .iter()
        .flat_map(|(_, _, expectation)| expectation.all_responses());
    let literals = SharedLiterals::new(
        written.filter_map(|response| response.serialized.as_deref()),
        quote!(super::),
    );
    let examples = literals.declarations();
    let modules = operations.iter().map(|(id, call_case, expectation)| {
        module(
            &Group {
                krate,
                literals: &literals,
            },
            *id,
            call_case,
            expectation,
        )
    });
    RustFile::new(krate.test_files[id.0].doc.clone(), quote!(#examples #(#modules)*))
}

/// The context shared by the tests of a group.
struct Group<'g> {
    krate: &'g Crate,
    literals: &'g SharedLiterals<'g>,
}

fn module(group: &Group<'_>, id: OperationId, call_case: &CallCase, expectation: &Expectation) -> TokenStream {
    let krate = group.krate;
    let (operation, imports) = (&krate[id], krate.imports.calls[id.0]);
    let (name, lib, builder) = (&call_case.name, &krate.package.lib, &operation.names.builder);
    let path = &krate[operation.group].path;
    let call = call::call(krate, operation, call_case);
    let tests = [
        expectation.request.as_ref().map(|request| sends_request(name, request)),
        expectation
            .escaping
            .as_deref()
            .and_then(|escaping| encodes(krate, operation, escaping)),
        (!expectation.responses.is_empty()).then(|| reads(group, operation, name, &expectation.responses)),
        expectation.certain_pages().map(|pages| follows_pages(name, pages)),
        (expectation.stream.as_ref()).and_then(|response| streams(group, operation, name, response)),
        representations(group, operation, name, expectation),
    ];
    let tests: Vec<TokenStream> = tests.into_iter().flatten().collect();
    let json = imports.json.then(|| quote!(json,));
    let errors = imports.errors.then(|| quote!(errors,));
    let models = imports.models.then(|| quote!(models,));
    let mock = (!tests.is_empty()).then(|| {
        quote!(
            use #lib::mock::Mock;
        )
    });
    let helper = (!tests.is_empty()).then(|| quote!(client,));
    quote! {
        pub mod #name {
            #mock
            use #lib::{Client, api, #errors #models};
            use crate::{Outcome, #helper #json};
            pub fn call(client: &Client) -> Outcome<api #(::#path)* ::#builder> {
                Ok(#call)
            }
            #(#tests)*
        }
    }
}

/// Returns the head of a request as an array of lines, and its body.
pub fn expected(request: &WireRequest) -> TokenStream {
    let lines = request.head.lines();
    let body = match &request.body {
        Some(body) => {
            let body = literal(body);
            quote!(Some(#body))
        }
        None => quote!(None),
    };
    quote!(&[#(#lines),*], #body)
}

fn sends_request(name: &Ident, request: &WireRequest) -> TokenStream {
    let expected = expected(request);
    quote! {
        #[tokio::test]
        async fn sends_documented_request() -> Outcome {
            let mock = Mock::new();
            mock.#name().example(500);
            let outcome = call(&client(&mock)?)?.send().await;
            assert!(outcome.is_err());
            crate::assert_sent(&mock.requests(), 0, #expected);
            Ok(())
        }
    }
}

/// Returns the test of the same call with values that need escaping.
fn encodes(krate: &Crate, operation: &Operation, escaping: &CallCase) -> Option<TokenStream> {
    let request = escaping.expectation.as_ref()?.request.as_ref()?;
    let (name, call, expected) = (
        &escaping.name,
        call::call(krate, operation, escaping),
        expected(request),
    );
    Some(quote! {
        #[tokio::test]
        async fn escapes_special_characters() -> Outcome {
            let mock = Mock::new();
            mock.#name().example(500);
            let client = client(&mock)?;
            let outcome = #call.send().await;
            assert!(outcome.is_err());
            crate::assert_sent(&mock.requests(), 0, #expected);
            Ok(())
        }
    })
}

fn reads(group: &Group<'_>, operation: &Operation, name: &Ident, responses: &[CaseResponse]) -> TokenStream {
    let successes = responses
        .iter()
        .filter_map(|response| success(group, operation, name, response));
    let errors = errors(group, operation, name, responses);
    quote! {
        #[tokio::test]
        async fn reads_documented_responses() -> Outcome {
            let mock = Mock::new();
            let client = client(&mock)?;
            #(#successes)*
            #errors
            Ok(())
        }
    }
}

/// Returns the check of a success response: it is read, and serialized again without a change.
///
/// The function is long, because it has an arm for each kind of response.
fn success(group: &Group<'_>, operation: &Operation, name: &Ident, response: &CaseResponse) -> Option<TokenStream> {
    let status = Literal::u16_unsuffixed(response.status);
    let written = response.serialized.as_ref().map(|written| group.literals.get(written));
    let check = match (&response.outcome, &operation.output, written) {
        (CaseOutcome::Error(_), _, _) => return None,
        (CaseOutcome::Items(count), Output::Stream(stream), Some(written)) => {
            let items = items(stream, *count, &written);
            quote!(let mut items = call(&client)?.send().await?; #items)
        }
        (CaseOutcome::Variant(variant), _, written) => {
            let path = &group.krate[operation.group].path;
            let output = &operation.names.output;
            let case = operation.cases.iter().find(|case| case.name == *variant)?;
            let (pattern, body) = match &case.output {
                Output::Empty | Output::Stream(_) | Output::ByStatus => (quote!(), quote!(String::new())),
                Output::Json(_) | Output::OptionalJson(_) if written.is_some() => {
                    (quote!((body)), quote!(crate::to_json(body)))
                }
                Output::Text if written.is_some() => (quote!((body)), quote!(body.clone())),
                Output::Json(_) | Output::OptionalJson(_) | Output::Text | Output::Bytes => {
                    (quote!((_)), quote!(String::new()))
                }
            };
            let expected = match (&case.output, written) {
                (Output::Json(_) | Output::OptionalJson(_) | Output::Text, Some(written)) => written,
                _ => quote!(""),
            };
            quote! {
                let output = call(&client)?.send().await?;
                let body = match &output {
                    api #(::#path)* ::#output::#variant #pattern => Some(#body),
                    _ => None,
                };
                assert_eq!(body.as_deref(), Some(#expected));
            }
        }
        (CaseOutcome::Success, Output::Empty | Output::Stream(_) | Output::ByStatus, _)
        | (CaseOutcome::Success, _, None)
        | (CaseOutcome::Items(_), _, _) => {
            quote!(call(&client)?.send().await?;)
        }
        (CaseOutcome::Success, Output::Json(_) | Output::OptionalJson(_), Some(written)) => {
            let body = if operation.pagination.is_some() {
                quote!(&*body)
            } else {
                quote!(&body)
            };
            quote! {
                let body = call(&client)?.send().await?;
                let body = crate::to_json(#body);
                assert_eq!(body, #written);
            }
        }
        (CaseOutcome::Success, Output::Text, Some(written)) => {
            quote!(let text = call(&client)?.send().await?; assert_eq!(text, #written);)
        }
        (CaseOutcome::Success, Output::Bytes, Some(written)) => {
            let downloads = operation.output == Output::Bytes && operation.pagination.is_none();
            let download = downloads.then(|| {
                let status = Literal::u16_unsuffixed(response.status);
                quote! {
                    mock.#name().example(#status);
                    let bytes = call(&client)?.download().await?.bytes().await?;
                    assert_eq!(bytes, #written.as_bytes());
                }
            });
            quote! {
                let bytes = call(&client)?.send().await?;
                assert_eq!(bytes, #written.as_bytes());
                #download
            }
        }
    };
    Some(quote!(mock.#name().example(#status); #check))
}

/// Returns the statements that read a stream to its end and serialize each item without a change.
fn items(stream: &Stream, count: usize, written: &TokenStream) -> TokenStream {
    let item = match stream.framing {
        Framing::TextEvents => quote!(item?.into_data()),
        Framing::Events | Framing::NamedEvents => quote!(crate::to_json(item?.data())),
        Framing::Lines | Framing::Sequence => quote!(crate::to_json(&item?)),
    };
    let count = Literal::usize_unsuffixed(count);
    quote! {
        let mut found = Vec::new();
        while let Some(item) = items.next().await {
            found.push(#item);
        }
        assert_eq!(found, [#written; #count]);
    }
}

/// Returns the test of `send_stream`.
fn streams(group: &Group<'_>, operation: &Operation, name: &Ident, response: &CaseResponse) -> Option<TokenStream> {
    let (CaseOutcome::Items(count), Some(other)) = (&response.outcome, &operation.stream) else {
        return None;
    };
    let status = Literal::u16_unsuffixed(response.status);
    let written = group.literals.get(response.serialized.as_ref()?);
    let items = items(&other.stream, *count, &written);
    let flag = match &other.switch {
        Some(StreamSwitch::Property { wire, .. }) => Some(quote! {
            let requests = mock.requests();
            let body: serde_json::Value = serde_json::from_slice(&requests[0].body)?;
            assert_eq!(body[#wire], true);
        }),
        Some(StreamSwitch::Input(_)) | None => None,
    };
    Some(quote! {
        #[tokio::test]
        async fn streams_items() -> Outcome {
            let mock = Mock::new();
            mock.#name().example(#status);
            let mut items = call(&client(&mock)?)?.send_stream().await?;
            #items
            #flag
            Ok(())
        }
    })
}

/// Returns the test that requests the other representations of the response.
fn representations(
    group: &Group<'_>,
    operation: &Operation,
    name: &Ident,
    expectation: &Expectation,
) -> Option<TokenStream> {
    let check = |(planned, response): (&Representation, &Option<CaseResponse>)| {
        let response = response.as_ref()?;
        let written = group.literals.get(response.serialized.as_ref()?);
        let (status, send) = (Literal::u16_unsuffixed(response.status), &planned.send);
        let body = match &planned.output {
            Output::Json(_) | Output::OptionalJson(_) => quote!(assert_eq!(crate::to_json(&body), #written);),
            Output::Text => quote!(assert_eq!(body, #written);),
            Output::Bytes => quote!(assert_eq!(body, #written.as_bytes());),
            Output::Empty | Output::Stream(_) | Output::ByStatus => return None,
        };
        Some(quote! {
            mock.#name().example(#status);
            let body = call(&client)?.#send().await?;
            #body
        })
    };
    let pairs = operation.representations.iter().zip(&expectation.representations);
    let checks: Vec<TokenStream> = pairs.filter_map(check).collect();
    (!checks.is_empty()).then(|| {
        quote! {
            #[tokio::test]
            async fn reads_other_representations() -> Outcome {
                let mock = Mock::new();
                let client = client(&mock)?;
                #(#checks)*
                Ok(())
            }
        }
    })
}

/// Returns the checks of the error responses, as a table: each status is read as its variant.
fn errors(group: &Group<'_>, operation: &Operation, name: &Ident, responses: &[CaseResponse]) -> Option<TokenStream> {
    let errors = &group.krate[operation.error?];
    let set = &errors.name;
    let rows = responses.iter().filter_map(|response| {
        let CaseOutcome::Error(variant) = &response.outcome else {
            return None;
        };
        let status = Literal::u16_unsuffixed(response.status);
        let payload = &errors.variants.iter().find(|known| known.name == *variant)?.payload;
        let (pattern, body, expected) = match (payload, &response.serialized) {
            (ErrorPayload::Json(_), Some(written)) => (quote!(body), quote!(crate::to_json(body)), written.as_str()),
            (ErrorPayload::Text, Some(written)) => (quote!(body), quote!(body.clone()), written.as_str()),
            (ErrorPayload::Json(_) | ErrorPayload::Text, None) | (ErrorPayload::Raw, _) => {
                (quote!(_), quote!(String::new()), "")
            }
        };
        let expected = group.literals.get(expected);
        Some(quote! {
            (#status, |kind| match kind { errors::#set::#variant(#pattern) => Some(#body), _ => None }, #expected)
        })
    });
    let rows: Vec<TokenStream> = rows.collect();
    let count = Literal::usize_unsuffixed(rows.len());
    let no_error = group.krate.prose.no_error;
    (!rows.is_empty()).then(|| {
        quote! {
            type Read = fn(&errors::#set) -> Option<String>;
            let documented: [(u16, Read, &str); #count] = [#(#rows),*];
            for (status, read, expected) in documented {
                mock.#name().example(status);
                let Err(error) = call(&client)?.send().await else { panic!(#no_error) };
                let found = error.kind().and_then(read);
                assert_eq!(found.as_deref(), Some(expected), "{error}");
            }
        }
    })
}

/// Returns the test of two pages: the second request carries the position from the first page, and there is no third request.
fn follows_pages(name: &Ident, pages: &CasePages) -> TokenStream {
    let [first, second] = pages.bodies.each_ref().map(|body| literal(body));
    let link = match &pages.link {
        Some(link) => quote!(Some(#link)),
        None => quote!(None),
    };
    let next = pages.second.as_ref().map(|request| {
        let expected = expected(request);
        quote!(crate::assert_sent(&mock.requests(), 1, #expected);)
    });
    quote! {
        #[tokio::test]
        async fn follows_pages() -> Outcome {
            let mock = Mock::new();
            mock.#name().respond(crate::page(#first, #link)).respond(crate::page(#second, None)).server_error();
            let mut pages = call(&client(&mock)?)?.pages();
            let mut count = 0;
            while let Some(page) = pages.next().await {
                page?;
                count += 1;
            }
            assert_eq!(count, 2);
            #next
            Ok(())
        }
    }
}
