//! `tests/wire/failures.rs`: how calls behave when the server or the network fails.

use quote::quote;

use crate::emit::RustFile;
use crate::krate::{Crate, OperationId};

/// Renders the tests, which call an idempotent operation that returns JSON.
///
/// The function is long, because most of it is generated code.
pub fn file(krate: &Crate, id: OperationId) -> RustFile {
    let operation = &krate[id];
    let case = operation.call_case.as_ref();
    let name = case.map_or(&operation.names.method, |case| &case.name);
    let (file, lib) = (&krate.test_files[operation.group.0].name, &krate.package.lib);
    let (no_error, no_timeout) = (krate.prose.no_error.replace("{status}", "500"), krate.prose.no_timeout);
    RustFile::new(
        krate.prose.failure_tests.to_owned(),
        quote! {
            use std::time::Duration;
            use #lib::mock::Mock;
            use #lib::{Error, RetryPolicy};
            use crate::#file::#name::call;
            use crate::{Outcome, client, retrying_client};

            #[tokio::test]
            async fn retry_after_delays_the_next_attempt() -> Outcome {
                let mock = Mock::new();
                mock.#name().rate_limited(7);
                call(&retrying_client(&mock)?)?.send().await?;
                let pauses = mock.pauses();
                assert_eq!(pauses, [Duration::from_secs(7)]);
                let requests: Vec<String> = mock.requests().iter().map(ToString::to_string).collect();
                assert_eq!(requests.len(), 2);
                assert_eq!(requests[0], requests[1]);
                Ok(())
            }

            #[tokio::test]
            async fn failures_are_retried_until_the_last_attempt() -> Outcome {
                let mock = Mock::new();
                mock.#name().server_error().broken();
                call(&retrying_client(&mock)?)?.send().await?;
                assert_eq!(mock.requests().len(), 3);
                mock.#name().server_error().server_error().server_error();
                let Err(error) = call(&retrying_client(&mock)?)?.send().await else { panic!(#no_error) };
                let status = error.status().map(|status| status.as_u16());
                assert_eq!(status, Some(500));
                assert_eq!(mock.requests().len(), 6);
                Ok(())
            }

            #[tokio::test]
            async fn truncated_body_is_a_decode_error() -> Outcome {
                let mock = Mock::new();
                mock.#name().truncated();
                let outcome = call(&client(&mock)?)?.send().await;
                assert!(matches!(outcome, Err(Error::Decode(_))));
                Ok(())
            }

            #[tokio::test(start_paused = true)]
            async fn slow_response_is_a_timeout() -> Outcome {
                let mock = Mock::new();
                mock.#name().slow(Duration::from_secs(2));
                let client = crate::builder(&mock).retries(RetryPolicy::none()).build()?;
                let Err(error) = call(&client)?.attempt_timeout(Duration::from_secs(1)).send().await else {
                    panic!(#no_timeout)
                };
                assert!(error.is_timeout(), "{error}");
                Ok(())
            }
        },
    )
}
