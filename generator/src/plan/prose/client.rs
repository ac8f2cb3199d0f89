//! The sentences of `src/client.rs`.

use crate::krate::{Doc, SetterForm};
use crate::markdown::code_span;

/// Returns the doc comment of a setter for credentials. `env` are the environment variables that are read without it.
pub fn credential_setter(form: SetterForm, env: &[String]) -> String {
    let text = match form {
        SetterForm::ClientCredentials => {
            "Sets the client id and the client secret, which the client exchanges for tokens."
        }
        SetterForm::OAuth => {
            "Sets OAuth 2.0 credentials: a client id and a client secret, a user name and a password, a refresh token, or the tokens of a \
             login. They can have custom scopes, parameters and a custom token endpoint."
        }
        SetterForm::Password => "Sets a user name and a password, which the client exchanges for tokens.",
        SetterForm::AnyToken => {
            "Sets a bearer token that is sent with every request. The API documents no credentials."
        }
        SetterForm::AnyKey => {
            "Sets a key that is sent in a header with every request. The API documents no credentials."
        }
        SetterForm::BearerToken => "Sets the bearer token.",
        SetterForm::TokenProvider => {
            "Sets a callback that provides tokens. It receives the scopes that the operation requires."
        }
        SetterForm::BasicAuth => "Sets the user name and the password.",
        SetterForm::ApiKey => "Sets the API key.",
    };
    let names: Vec<String> = env.iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => text.to_owned(),
        [one] => format!(
            "{text} If the builder sets no credential for this security scheme, it can come from the environment variable \
             {one}."
        ),
        names => format!(
            "{text} If the builder sets no credential for this security scheme, it can come from the environment variables \
             {}.",
            names.join(" and ")
        ),
    }
}

/// Returns the doc comment of the setter of a parameter of the client. `doc` is its documentation, if the document has one.
pub fn parameter(name: &str, doc: Option<&Doc>) -> String {
    let sets = format!(
        "Sets the parameter {} of every operation that has it. A call can override it.",
        code_span(name)
    );
    let doc = doc.map(Doc::to_markdown).unwrap_or_default();
    let paragraphs = [sets, doc].into_iter().filter(|text| !text.is_empty());
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// Returns the note of a setter that overrides a parameter of the client.
pub fn overridden(setter: &str) -> String {
    format!("Default: the value of [`ClientBuilder::{setter}`](crate::ClientBuilder::{setter}).")
}

/// Returns the doc comment of the setter of a server variable. `doc` is its documentation, if the document has one.
pub fn server_variable(name: &str, doc: Option<&Doc>, default: &str) -> String {
    let sets = format!("Sets the server variable {}.", code_span(name));
    let doc = doc.map(Doc::to_markdown).unwrap_or_default();
    let default = format!("Defaults to {}.", code_span(default));
    let paragraphs = [sets, doc, default].into_iter().filter(|text| !text.is_empty());
    paragraphs.collect::<Vec<_>>().join("\n\n")
}
