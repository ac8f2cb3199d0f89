//! The credentials: security schemes and the builder's setters.

use std::collections::{BTreeMap, HashSet};

use indexmap::IndexMap;

use super::environment;
use crate::ir::{Api, Docs, Scheme, SchemeKind};
use crate::krate::{
    Credential, CredentialKind, CredentialSetter, CredentialSnippets, Credentials, Ident, OAuth2, PasswordSetter,
    SetterForm, WireName,
};
use crate::plan::names::{Claim, Rank, Scope, Words};
use crate::plan::{doc_text, models};
use crate::wire::{GrantType, TokenFlow};

/// Plans the security schemes and their setters.
pub fn credentials(api: &Api, prefix: &str, methods: &mut Scope) -> Credentials {
    let names = SetterNames::new(api, methods);
    let mut schemes: Vec<Credential> = api
        .schemes
        .iter()
        .filter_map(|scheme| {
            let docs = Docs {
                description: scheme.description.clone(),
                ..Docs::default()
            };
            let doc = doc_text::doc(&docs, || format!("The security scheme {}", models::code(&scheme.name)));
            Some(Credential {
                scheme: WireName::new(&scheme.name),
                doc,
                kind: names.kind(scheme, prefix)?,
                snippets: CredentialSnippets::default(),
            })
        })
        .collect();
    environment::separate(&mut schemes, prefix);
    let mut setters = setters(&schemes);
    if schemes.is_empty() {
        let setter = |name: &Ident, form: SetterForm| CredentialSetter {
            name: name.clone(),
            form,
            schemes: Vec::new(),
            env: Vec::new(),
            doc: String::new(),
        };
        setters.push(setter(&names.bearer_token, SetterForm::AnyToken));
        setters.push(setter(&names.api_key_header, SetterForm::AnyKey));
    }
    Credentials {
        schemes,
        setters,
        common_requirements: Vec::new(),
    }
}

/// Returns the setters of all schemes, each with its schemes and the environment variables that are read if it is not
/// called.
fn setters(schemes: &[Credential]) -> Vec<CredentialSetter> {
    let mut setters: IndexMap<Ident, CredentialSetter> = IndexMap::new();
    let mut known = HashSet::new();
    for scheme in schemes {
        for (name, form, env) in scheme_setters(&scheme.kind) {
            let setter = setters.entry(name.clone()).or_insert_with(|| CredentialSetter {
                name: name.clone(),
                form,
                schemes: Vec::new(),
                env: Vec::new(),
                doc: String::new(),
            });
            setter.schemes.push(scheme.scheme.clone());
            let env = env.into_iter().filter(|one| known.insert((name.clone(), one.clone())));
            setter.env.extend(env);
        }
    }
    setters.into_values().collect()
}

fn scheme_setters(kind: &CredentialKind) -> Vec<(Ident, SetterForm, Vec<String>)> {
    match kind {
        CredentialKind::ClientCredentials {
            setter,
            token_setter,
            provider_setter,
            id_env,
            secret_env,
            token_env,
            oauth,
            ..
        } => vec![
            (
                setter.clone(),
                SetterForm::ClientCredentials,
                vec![id_env.clone(), secret_env.clone()],
            ),
            (token_setter.clone(), SetterForm::BearerToken, vec![token_env.clone()]),
            (provider_setter.clone(), SetterForm::TokenProvider, Vec::new()),
        ]
        .into_iter()
        .chain(oauth_setters(oauth))
        .collect(),
        CredentialKind::Bearer {
            setter,
            provider_setter,
            env,
            oauth,
            ..
        } => vec![
            (setter.clone(), SetterForm::BearerToken, vec![env.clone()]),
            (provider_setter.clone(), SetterForm::TokenProvider, Vec::new()),
        ]
        .into_iter()
        .chain(oauth.iter().flat_map(oauth_setters))
        .collect(),
        CredentialKind::Basic {
            setter,
            user_env,
            password_env,
        } => {
            vec![(
                setter.clone(),
                SetterForm::BasicAuth,
                vec![user_env.clone(), password_env.clone()],
            )]
        }
        CredentialKind::ApiKey { setter, env, .. } => vec![(setter.clone(), SetterForm::ApiKey, vec![env.clone()])],
    }
}

fn oauth_setters(oauth: &OAuth2) -> Vec<(Ident, SetterForm, Vec<String>)> {
    let password = oauth.password.as_ref().map(|setter| {
        let env = vec![setter.user_env.clone(), setter.password_env.clone()];
        (setter.name.clone(), SetterForm::Password, env)
    });
    let credentials = (oauth.setter.clone(), SetterForm::OAuth, Vec::new());
    std::iter::once(credentials).chain(password).collect()
}

/// The names of the setters. OAuth 2.0 schemes share their setters, and so do basic schemes. If there are several API
/// keys or several HTTP schemes with tokens, each has its own setters.
struct SetterNames {
    client_credentials: Ident,
    oauth: Ident,
    password: Ident,
    api_key_header: Ident,
    bearer_token: Ident,
    /// The setters of each HTTP scheme with tokens, if there are several: one for a token and one for a provider.
    tokens: BTreeMap<String, (Ident, Ident)>,
    token_provider: Ident,
    basic_auth: Ident,
    api_keys: BTreeMap<String, Ident>,
}

impl SetterNames {
    fn new(api: &Api, methods: &mut Scope) -> Self {
        let mut fixed = |name: &str| {
            let words = Words::of(name);
            methods.ident(&Claim::new(Rank::Derived, name, words.clone()).or(words.prefixed_with("set")))
        };
        let (client_credentials, oauth) = (fixed("client_credentials"), fixed("oauth"));
        let (bearer_token, token_provider, basic_auth) =
            (fixed("bearer_token"), fixed("token_provider"), fixed("basic_auth"));
        let (password, api_key_header) = (fixed("password"), fixed("api_key_header"));
        let keys = api
            .schemes
            .iter()
            .filter(|scheme| matches!(scheme.kind, SchemeKind::ApiKey { .. }));
        let keys: Vec<&str> = keys.map(|scheme| scheme.name.as_str()).collect();
        let claims = keys.iter().map(|name| {
            let own = Words::of(name).starting_with_letter("key");
            let candidate = if keys.len() == 1 {
                Words::of("api key")
            } else {
                own.clone()
            };
            Claim::new(Rank::Document, *name, candidate).or(own.followed_by("key"))
        });
        let idents = methods.idents(&claims.collect::<Vec<_>>());
        let api_keys = keys.iter().map(|name| (*name).to_owned()).zip(idents).collect();
        let is_token = |scheme: &&Scheme| matches!(scheme.kind, SchemeKind::Bearer | SchemeKind::Token { .. });
        let token_schemes: Vec<&str> = api
            .schemes
            .iter()
            .filter(is_token)
            .map(|scheme| scheme.name.as_str())
            .collect();
        let mut tokens = BTreeMap::new();
        for name in token_schemes.iter().filter(|_| token_schemes.len() > 1) {
            let own = Words::of(name).starting_with_letter("token");
            let token = Claim::new(Rank::Document, *name, own.clone()).or(own.followed_by("token"));
            let provider = Claim::new(Rank::Document, format!("{name} provider"), own.followed_by("provider"));
            let setters = (methods.ident(&token), methods.ident(&provider));
            tokens.insert((*name).to_owned(), setters);
        }
        Self {
            client_credentials,
            oauth,
            password,
            api_key_header,
            tokens,
            bearer_token,
            token_provider,
            basic_auth,
            api_keys,
        }
    }

    fn kind(&self, scheme: &Scheme, prefix: &str) -> Option<CredentialKind> {
        Some(match &scheme.kind {
            SchemeKind::OAuth2 {
                flows,
                metadata_url,
                scopes,
            } => self.oauth2(scheme, flows, metadata_url.as_deref(), scopes, prefix),
            SchemeKind::Bearer => self.token(scheme, "Bearer", prefix),
            SchemeKind::Token { scheme: word } => self.token(scheme, word, prefix),
            SchemeKind::Basic => CredentialKind::Basic {
                setter: self.basic_auth.clone(),
                user_env: format!("{prefix}_USERNAME"),
                password_env: format!("{prefix}_PASSWORD"),
            },
            SchemeKind::ApiKey { location, name } => CredentialKind::ApiKey {
                setter: self.api_keys.get(&scheme.name)?.clone(),
                location: *location,
                name: WireName::new(name),
                // Different keys are different secrets, so each has its own variable.
                env: match self.api_keys.len() {
                    1 => format!("{prefix}_{}", env_suffix(&scheme.name, "KEY")),
                    _ => format!("{prefix}_{}", Words::of(&scheme.name).shouty()),
                },
            },
            SchemeKind::MutualTls => return None,
        })
    }

    fn token(&self, scheme: &Scheme, word: &str, prefix: &str) -> CredentialKind {
        let own = self.tokens.get(&scheme.name);
        let (setter, provider_setter) = own
            .cloned()
            .unwrap_or((self.bearer_token.clone(), self.token_provider.clone()));
        let env = match own {
            Some(_) => Words::of(&scheme.name).shouty(),
            None => env_suffix(&scheme.name, "TOKEN"),
        };
        CredentialKind::Bearer {
            word: word.to_owned(),
            oauth: None,
            setter,
            provider_setter,
            env: format!("{prefix}_{env}"),
        }
    }

    fn oauth2(
        &self,
        scheme: &Scheme,
        flows: &[TokenFlow],
        metadata_url: Option<&str>,
        scopes: &IndexMap<String, String>,
        prefix: &str,
    ) -> CredentialKind {
        let flow = |grant: GrantType| flows.iter().find(|flow| flow.grant == grant);
        let oauth = OAuth2 {
            flows: flows.to_vec(),
            metadata_url: metadata_url.unwrap_or_default().to_owned(),
            scopes: scopes
                .iter()
                .map(|(name, about)| (name.clone(), doc_text::one_line(about)))
                .collect(),
            setter: self.oauth.clone(),
            password: flow(GrantType::Password).map(|_| PasswordSetter {
                name: self.password.clone(),
                user_env: format!("{prefix}_USERNAME"),
                password_env: format!("{prefix}_PASSWORD"),
            }),
        };
        let (token_setter, provider_setter) = (self.bearer_token.clone(), self.token_provider.clone());
        match flow(GrantType::ClientCredentials) {
            Some(flow) => CredentialKind::ClientCredentials {
                token_url: flow.token_url.clone(),
                setter: self.client_credentials.clone(),
                token_setter,
                provider_setter,
                id_env: format!("{prefix}_CLIENT_ID"),
                secret_env: format!("{prefix}_CLIENT_SECRET"),
                token_env: format!("{prefix}_TOKEN"),
                oauth,
            },
            None => CredentialKind::Bearer {
                word: "Bearer".to_owned(),
                oauth: Some(oauth),
                setter: token_setter,
                provider_setter,
                env: format!("{prefix}_{}", env_suffix(&scheme.name, "TOKEN")),
            },
        }
    }
}

/// Returns the suffix of a scheme's environment variable: `API_TOKEN` for `APIToken`. If the scheme's name does not
/// mention a token, key or secret, the suffix is the kind, or `API_KEY` for the kind `KEY`.
fn env_suffix(scheme: &str, kind: &str) -> String {
    let words = Words::of(scheme);
    let names_secret = ["token", "key", "secret"]
        .iter()
        .any(|word| words.spaced().split(' ').any(|own| own == *word));
    if names_secret {
        words.shouty()
    } else if kind == "KEY" {
        "API_KEY".to_owned()
    } else {
        kind.to_owned()
    }
}
