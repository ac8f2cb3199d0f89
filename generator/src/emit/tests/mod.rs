//! Programs that prove the crate: they call every operation.

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

/// The setter of a credential with a value that is made up. A token does for OAuth, so that no token endpoint is asked.
fn credential(setter: &CredentialSetter) -> Option<TokenStream> {
    let name = &setter.name;
    match setter.form {
        SetterForm::BearerToken => Some(quote!(.#name("token"))),
        SetterForm::BasicAuth => Some(quote!(.#name("user", "password"))),
        SetterForm::ApiKey => Some(quote!(.#name("key"))),
        SetterForm::ClientCredentials | SetterForm::OAuth | SetterForm::TokenProvider => None,
    }
}
