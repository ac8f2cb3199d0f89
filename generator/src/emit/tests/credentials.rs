//! `tests/wire/credentials.rs`: the client replaces tokens that the server rejects.

use proc_macro2::TokenStream;
use quote::quote;

use super::literals::literal;
use crate::emit::RustFile;
use crate::krate::{Crate, CredentialKind, Ident, TokenTest};

/// Returns the path of a URL; a path is returned unchanged.
pub fn path(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = match rest.find('/') {
        Some(start) => &rest[start..],
        None => "/",
    };
    let end = path.find(['?', '#']).unwrap_or(path.len());
    path[..end].to_owned()
}

/// Renders the tests.
pub fn file(krate: &Crate) -> RustFile {
    let tests: Vec<TokenStream> = krate
        .token_tests
        .iter()
        .filter_map(|planned| test(krate, planned))
        .collect();
    let lib = &krate.package.lib;
    RustFile::new(
        krate.prose.token_tests.to_owned(),
        quote! {
            use #lib::RetryPolicy;
            use #lib::mock::Mock;
            use crate::Outcome;
            #(#tests)*
        },
    )
}

fn test(krate: &Crate, planned: &TokenTest) -> Option<TokenStream> {
    let scheme = krate.credentials.schemes.get(planned.scheme)?;
    let operation = &krate[planned.operation];
    let name = &operation.call_case.as_ref()?.name;
    let file = &krate.test_files.get(operation.group.0)?.name;
    let test = Ident::nearest(&format!("{name}_replaces_a_rejected_token"));
    let lib = &krate.package.lib;
    let (credential, sent, more) = match &scheme.kind {
        CredentialKind::ClientCredentials { token_url, setter, .. } => {
            let request = literal(&token_request(token_url, &planned.scopes));
            (
                quote!(.#setter("id", "secret")),
                quote!(["", "Bearer token-1", "", "Bearer token-2", "Bearer token-2"]),
                quote!(let request = mock.requests()[0].to_string(); assert_eq!(request, #request);),
            )
        }
        CredentialKind::Bearer {
            provider_setter, word, ..
        } => (
            quote!(.#provider_setter(move |_scopes| {
                let number = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
                async move { Ok(#lib::runtime::Token::new(format!("token-{number}"))) }
            })),
            {
                let tokens = [1, 2, 2].map(|number| format!("{word} token-{number}"));
                quote!([#(#tokens),*])
            },
            quote!(),
        ),
        CredentialKind::Basic { .. } | CredentialKind::ApiKey { .. } => return None,
    };
    let count = matches!(scheme.kind, CredentialKind::Bearer { .. })
        .then(|| quote!(let count = std::sync::atomic::AtomicU32::new(0);));
    Some(quote! {
        #[tokio::test]
        async fn #test() -> Outcome {
            let mock = Mock::new();
            #count
            let client = mock.builder()#credential.retries(RetryPolicy::none()).build()?;
            mock.#name().example(401);
            crate::#file::#name::call(&client)?.send().await?;
            crate::#file::#name::call(&client)?.send().await?;
            let sent = crate::authorization_headers(&mock.requests());
            assert_eq!(sent, #sent);
            #more
            Ok(())
        }
    })
}

/// Returns the token request of RFC 6749.
fn token_request(url: &str, scopes: &[String]) -> String {
    let scope = match scopes {
        [] => String::new(),
        scopes => format!("&scope={}", encoded(&scopes.join(" "))),
    };
    format!(
        "POST {}\naccept: application/json\ncontent-type: application/x-www-form-urlencoded\n\n\
         grant_type=client_credentials&client_id=id&client_secret=secret{scope}",
        path(url)
    )
}

fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}
