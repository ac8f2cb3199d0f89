//! Credentials in `src/client.rs`: the table of security schemes and the builder's setters.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::tokens::docs;
use crate::krate::{Credential, CredentialKind, CredentialSetter, OAuth2, PasswordSetter, SetterForm};
use crate::wire::{GrantType, Location};

/// Returns a row of the table of security schemes.
///
/// The function is long, because it has an arm for each kind of scheme.
pub fn scheme(credential: &Credential) -> TokenStream {
    let name = &credential.scheme;
    let (kind, setter, variables) = match &credential.kind {
        CredentialKind::ClientCredentials {
            oauth,
            setter,
            id_env,
            secret_env,
            token_env,
            ..
        } => (
            oauth2(oauth),
            format!("{setter}(id, secret)"),
            quote! {
                Variables::One(#token_env),
                Variables::Two(#id_env, #secret_env, Credential::client_credentials)
            },
        ),
        CredentialKind::Bearer {
            word,
            oauth: None,
            setter,
            env,
            ..
        } => (
            quote!(SchemeKind::Http { scheme: #word }),
            format!("{setter}(token)"),
            quote!(Variables::One(#env)),
        ),
        CredentialKind::Bearer {
            oauth: Some(oauth),
            setter,
            env,
            ..
        } => {
            let (call, pair) = match &oauth.password {
                Some(PasswordSetter {
                    name,
                    user_env,
                    password_env,
                }) => (
                    format!("{name}(username, password)"),
                    quote!(, Variables::Two(#user_env, #password_env, Credential::password)),
                ),
                None => (format!("{setter}(token)"), quote!()),
            };
            (oauth2(oauth), call, quote!(Variables::One(#env) #pair))
        }
        CredentialKind::Basic {
            setter,
            user_env,
            password_env,
        } => (
            quote!(SchemeKind::Basic),
            format!("{setter}(user, password)"),
            quote!(Variables::Two(#user_env, #password_env, |user, password| Credential::basic(&user, password))),
        ),
        CredentialKind::ApiKey {
            setter,
            location,
            name,
            env,
        } => {
            let place = match location {
                Location::Query | Location::QueryString => quote!(Query),
                Location::Cookie => quote!(Cookie),
                Location::Header | Location::Path => quote!(Header),
            };
            (
                quote!(SchemeKind::ApiKey { location: KeyLocation::#place, name: #name }),
                format!("{setter}(key)"),
                quote!(Variables::One(#env)),
            )
        }
    };
    quote!(SecurityScheme { name: #name, kind: #kind, setter: #setter, variables: &[#variables] })
}

/// Returns the kind of an OAuth 2.0 scheme.
fn oauth2(oauth: &OAuth2) -> TokenStream {
    let flows = oauth.flows.iter().map(|flow| {
        let grant = match flow.grant {
            GrantType::ClientCredentials => quote!(ClientCredentials),
            GrantType::Password => quote!(Password),
            GrantType::AuthorizationCode => quote!(AuthorizationCode),
            GrantType::DeviceCode => quote!(DeviceCode),
        };
        let token_url = &flow.token_url;
        let url = |name: TokenStream, url: &str| (!url.is_empty()).then(|| quote!(#name: #url,));
        let authorization_url = url(quote!(authorization_url), &flow.authorization_url);
        let refresh_url = url(quote!(refresh_url), &flow.refresh_url);
        let is_complete = authorization_url.is_some() && refresh_url.is_some();
        let default = (!is_complete).then(|| quote!(..OAuth2Flow::DEFAULT));
        quote! {
            OAuth2Flow {
                grant: GrantType::#grant,
                token_url: #token_url,
                #authorization_url
                #refresh_url
                #default
            }
        }
    });
    let metadata_url = &oauth.metadata_url;
    quote!(SchemeKind::OAuth2 { flows: &[#(#flows),*], metadata_url: #metadata_url })
}

/// Returns a setter of the client builder.
///
/// The function is long, because it has an arm for each form of setter.
pub fn setter(setter: &CredentialSetter) -> TokenStream {
    let name = &setter.name;
    let doc = docs(&setter.doc, 4);
    let store = |value: TokenStream| {
        let schemes = &setter.schemes;
        match schemes.as_slice() {
            [one] => quote!(self.settings.credential(#one, #value);),
            several => quote! {
                let credential = #value;
                #(self.settings.credential(#several, credential.clone());)*
            },
        }
    };
    match setter.form {
        SetterForm::ClientCredentials => {
            let store = store(quote!(Credential::client_credentials(id, secret)));
            quote! {
                #doc
                pub fn #name(mut self, id: impl Into<String>, secret: impl Into<Secret>) -> Self {
                    #store
                    self
                }
            }
        }
        SetterForm::OAuth => {
            let store = store(quote!(Credential::from(credentials)));
            quote! {
                #doc
                pub fn #name(mut self, credentials: OAuth2) -> Self {
                    #store
                    self
                }
            }
        }
        SetterForm::Password => {
            let store = store(quote!(Credential::password(username, password)));
            quote! {
                #doc
                pub fn #name(mut self, username: impl Into<String>, password: impl Into<Secret>) -> Self {
                    #store
                    self
                }
            }
        }
        SetterForm::AnyToken => {
            quote! {
                #doc
                pub fn #name(mut self, token: impl Into<Secret>) -> Self {
                    self.settings.bearer_token(token);
                    self
                }
            }
        }
        SetterForm::AnyKey => {
            quote! {
                #doc
                pub fn #name(mut self, header: impl Into<String>, key: impl Into<Secret>) -> Self {
                    self.settings.secret_header(header, key);
                    self
                }
            }
        }
        SetterForm::BearerToken => {
            let store = store(quote!(Credential::bearer(token)));
            quote! {
                #doc
                pub fn #name(mut self, token: impl Into<Secret>) -> Self {
                    #store
                    self
                }
            }
        }
        SetterForm::TokenProvider => {
            let store = store(quote!(Credential::token_provider(provider)));
            quote! {
                #doc
                pub fn #name<P, F>(mut self, provider: P) -> Self
                where
                    P: Fn(Vec<&'static str>) -> F + Send + Sync + 'static,
                    F: Future<Output = Result<Token, BoxError>> + Send + 'static,
                {
                    #store
                    self
                }
            }
        }
        SetterForm::BasicAuth => {
            let store = store(quote!(Credential::basic(user, password)));
            quote! {
                #doc
                pub fn #name(mut self, user: &str, password: impl Into<Secret>) -> Self {
                    #store
                    self
                }
            }
        }
        SetterForm::ApiKey => {
            let store = store(quote!(Credential::api_key(key)));
            quote! {
                #doc
                pub fn #name(mut self, key: impl Into<Secret>) -> Self {
                    #store
                    self
                }
            }
        }
    }
}
