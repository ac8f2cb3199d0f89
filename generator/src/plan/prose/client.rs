//! The sentences of `src/client.rs`.

use crate::krate::{CredentialKind, CredentialSetter, Doc, SetterForm};
use crate::markdown::{code_span, join_words};

/// Returns the doc comment of a setter for credentials. `kind` is the kind of its first scheme.
pub fn credential_setter(setter: &CredentialSetter, kind: Option<&CredentialKind>) -> String {
    let mut text = sets(setter.form, kind);
    let schemes: Vec<String> = setter.schemes.iter().map(|name| code_span(name.as_str())).collect();
    let scheme = match schemes.len() {
        0 | 1 => "this security scheme",
        _ => {
            text.push_str(&format!(
                " Applies to the security schemes {}.",
                join_words(&schemes, "and")
            ));
            "one of these security schemes"
        }
    };
    let names: Vec<String> = setter.env.iter().map(|name| format!("`{name}`")).collect();
    let variables = match names.len() {
        0 => return text,
        1 => "variable",
        _ => "variables",
    };
    format!(
        "{text} If the builder sets no credential for {scheme}, it can come from the environment {variables} {}.",
        join_words(&names, "and")
    )
}

/// Returns what a setter sets.
fn sets(form: SetterForm, kind: Option<&CredentialKind>) -> String {
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
        SetterForm::ApiKey => {
            return match kind.and_then(CredentialKind::key_place) {
                Some((place, name)) => {
                    let name = code_span(name.as_str());
                    let prefix = match kind.is_some_and(CredentialKind::is_authorization_key) {
                        true => " Include its prefix, such as `Bearer`, if the API requires one.",
                        false => "",
                    };
                    format!("Sets the API key, which is sent in the {place} {name}.{prefix}")
                }
                None => "Sets the API key.".to_owned(),
            };
        }
    };
    text.to_owned()
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

#[cfg(test)]
mod tests {
    use super::credential_setter;
    use crate::krate::{CredentialKind, CredentialSetter, Ident, SetterForm, WireName};
    use crate::wire::Location;

    fn doc(form: SetterForm, schemes: &[&str], env: &[&str], kind: Option<&CredentialKind>) -> String {
        let setter = CredentialSetter {
            name: Ident::nearest("x"),
            form,
            schemes: schemes.iter().map(|name| WireName::new(*name)).collect(),
            env: env.iter().map(|name| (*name).to_owned()).collect(),
            doc: String::new(),
        };
        credential_setter(&setter, kind)
    }

    #[test]
    fn api_keys_have_a_place() {
        let key = |location, name: &str| CredentialKind::ApiKey {
            setter: Ident::nearest("x"),
            location,
            name: WireName::new(name),
            env: "SID".to_owned(),
        };
        let header = doc(
            SetterForm::ApiKey,
            &["a"],
            &[],
            Some(&key(Location::Header, "authorization")),
        );
        assert!(header.contains("Include its prefix, such as `Bearer`"), "{header}");
        let cookie = key(Location::Cookie, "sid");
        assert_eq!(
            doc(SetterForm::ApiKey, &["session"], &["SID"], Some(&cookie)),
            "Sets the API key, which is sent in the cookie `sid`. If the builder sets no credential for this security \
             scheme, it can come from the environment variable `SID`."
        );
    }

    #[test]
    fn schemes_that_share_a_setter_are_named() {
        assert_eq!(
            doc(SetterForm::BearerToken, &["a", "b"], &["A", "B"], None),
            "Sets the bearer token. Applies to the security schemes `a` and `b`. If the builder sets no credential for \
             one of these security schemes, it can come from the environment variables `A` and `B`."
        );
    }
}
