//! Tests of the generated crate: wire tests, the mock server and the smoke example.

mod call;
pub mod credentials;
pub mod failures;
pub mod harness;
mod literals;
pub mod mock;
pub mod smoke;
pub mod wire;

use proc_macro2::TokenStream;
use quote::quote;

use crate::krate::{CredentialSetter, SetterForm};

/// Returns the call of a credential setter with a made-up value. OAuth uses a token, so that no token endpoint is needed.
fn credential(setter: &CredentialSetter) -> Option<TokenStream> {
    let name = &setter.name;
    match setter.form {
        SetterForm::BearerToken => Some(quote!(.#name("token"))),
        SetterForm::BasicAuth => Some(quote!(.#name("user", "password"))),
        SetterForm::ApiKey => Some(quote!(.#name("key"))),
        SetterForm::ClientCredentials
        | SetterForm::OAuth
        | SetterForm::Password
        | SetterForm::TokenProvider
        | SetterForm::AnyToken
        | SetterForm::AnyKey => None,
    }
}
