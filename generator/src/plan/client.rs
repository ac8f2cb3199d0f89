//! The client's builder: servers and credentials.

use std::collections::BTreeMap;

use crate::document::Server;
use crate::ir::{Api, Docs, Scheme, SchemeKind};
use crate::krate::{
    Credential, CredentialSetter, Credentials, Ident, Operation, Requirement, ServerChoice, ServerVariable, Servers,
    SetterForm, TokenKind, VariableKind, VariableValue, WireName,
};

use super::names::{BUILDER_METHODS, Case, Claim, Rank, Scope, Words};
use super::{doc_text, models};

/// The servers, and the scope in which their setters and those of the credentials stand.
pub fn servers(api: &Api) -> (Servers, Scope) {
    let mut types = Scope::new(Case::Pascal).without(&["Custom", "Self"]);
    let claims: Vec<Claim> = api
        .servers
        .iter()
        .enumerate()
        .map(|(index, server)| server_claim(index, server))
        .collect();
    let names = types.idents(&claims);
    let choices = api.servers.iter().zip(names).map(|(server, name)| {
        let docs = Docs {
            description: server.description.clone(),
            ..Docs::default()
        };
        ServerChoice {
            name,
            url: absolute(&server.url),
            doc: doc_text::doc(&docs, || models::code(&server.url)),
        }
    });
    let mut methods = Scope::new(Case::Snake).without(BUILDER_METHODS);
    let choices = choices.collect();
    let variables = variables(api, &mut methods);
    (Servers { choices, variables }, methods)
}

fn server_claim(index: usize, server: &Server) -> Claim {
    let key = format!("{index:06}");
    let short = |text: &str| {
        let words = Words::of(text);
        (words.spaced().split(' ').count() <= 3).then_some(words)
    };
    let described = server.description.as_deref().and_then(|text| {
        let text = text.trim().trim_end_matches('.');
        let bare = [
            "server",
            "Server",
            "environment",
            "Environment",
            "region",
            "Region",
            "API",
            "endpoint",
        ]
        .iter()
        .fold(text.to_owned(), |text, word| {
            text.strip_suffix(word).map(str::trim_end).unwrap_or(&text).to_owned()
        });
        short(if bare.is_empty() { text } else { &bare })
    });
    let named = server.name.as_deref().map(Words::of);
    let host = server
        .url
        .split("://")
        .nth(1)
        .and_then(|rest| rest.split(['/', ':']).next())
        .unwrap_or_default();
    let label = host
        .split('.')
        .find(|label| !matches!(*label, "www" | "api" | "") && !label.contains('{'));
    let wishes = named.or(described).unwrap_or_else(|| match (index, label) {
        (0, _) | (_, None) => Words::of("default"),
        (_, Some(label)) => Words::of(label),
    });
    let wishes = wishes.lettered("server");
    Claim::new(Rank::Document, key, wishes.clone())
        .or(label.map_or(wishes, |label| Words::of(label).lettered("server")))
}

/// The URL without a slash at its end.
fn absolute(url: &str) -> String {
    let trimmed = url.trim_end_matches('/');
    if trimmed.is_empty() {
        url.to_owned()
    } else {
        trimmed.to_owned()
    }
}

fn variables(api: &Api, methods: &mut Scope) -> Vec<ServerVariable> {
    let mut all: BTreeMap<&str, &crate::document::ServerVariable> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    for (name, variable) in api.servers.iter().flat_map(|server| &server.variables) {
        if !order.contains(&name.as_str()) {
            order.push(name);
            all.insert(name, variable);
        }
    }
    let claims = order.iter().map(|name| {
        let words = Words::of(name).lettered("server");
        Claim::new(Rank::Document, *name, words.clone()).or(words.after("server"))
    });
    let setters = methods.settle(&claims.collect::<Vec<_>>());
    let mut types = Scope::new(Case::Pascal).without(&[
        "Client",
        "ClientBuilder",
        "Server",
        "String",
        "Option",
        "Self",
        "Result",
        "Error",
    ]);
    let variables = order.into_iter().zip(setters).filter_map(|(name, words)| {
        let variable = all.get(name)?;
        let docs = Docs {
            description: variable.description.clone(),
            ..Docs::default()
        };
        let kind = match variable.values.as_slice() {
            [] => VariableKind::Text,
            values => {
                let claims = values
                    .iter()
                    .map(|value| Claim::new(Rank::Document, value, Words::of(value).lettered("value")));
                let names = Scope::new(Case::Pascal)
                    .without(&["Self"])
                    .idents(&claims.collect::<Vec<_>>());
                let values = names.into_iter().zip(values).map(|(name, wire)| VariableValue {
                    name,
                    wire: wire.clone(),
                });
                let claim = Claim::new(Rank::Document, name, words.clone()).or(words.after("server"));
                VariableKind::Enum {
                    name: types.ident(&claim),
                    values: values.collect(),
                }
            }
        };
        Some(ServerVariable {
            wire: WireName::new(name),
            setter: Case::Snake.ident(&words),
            doc: doc_text::doc(&docs, || models::capitalised(&words)),
            default: variable.default.clone(),
            kind,
        })
    });
    variables.collect()
}

/// The schemes, and the setters for them.
pub fn credentials(api: &Api, prefix: &str, methods: &mut Scope) -> Credentials {
    let names = Names::new(api, methods);
    let schemes: Vec<Credential> = api
        .schemes
        .iter()
        .filter_map(|scheme| {
            let docs = Docs {
                description: scheme.description.clone(),
                ..Docs::default()
            };
            let doc = doc_text::doc(&docs, || format!("The scheme {}", models::code(&scheme.name)));
            Some(Credential {
                scheme: WireName::new(&scheme.name),
                doc,
                kind: names.kind(scheme, prefix)?,
            })
        })
        .collect();
    let mut setters: Vec<CredentialSetter> = Vec::new();
    for scheme in &schemes {
        for (name, form, env) in scheme_setters(&names, &scheme.kind) {
            match setters.iter_mut().find(|setter| setter.name == name) {
                Some(setter) => {
                    setter.schemes.push(scheme.scheme.clone());
                    setter.env.extend(
                        env.into_iter()
                            .filter(|one| !setter.env.contains(one))
                            .collect::<Vec<_>>(),
                    );
                }
                None => setters.push(CredentialSetter {
                    name,
                    form,
                    schemes: vec![scheme.scheme.clone()],
                    env,
                }),
            }
        }
    }
    Credentials {
        schemes,
        setters,
        usual: Vec::new(),
    }
}

/// What most operations need, which is what a call that is no operation needs too.
pub fn usual(operations: &[Operation]) -> Vec<Vec<Requirement>> {
    let mut counts: Vec<(Vec<Vec<Requirement>>, usize)> = Vec::new();
    for operation in operations {
        let bare: Vec<Vec<Requirement>> = operation
            .security
            .iter()
            .map(|way| {
                way.iter()
                    .map(|need| Requirement {
                        scheme: need.scheme.clone(),
                        scopes: Vec::new(),
                    })
                    .collect()
            })
            .collect();
        match counts.iter_mut().find(|(known, _)| *known == bare) {
            Some((_, count)) => *count += 1,
            None => counts.push((bare, 1)),
        }
    }
    // The first of the most frequent ones, so that a tie depends on the document's order alone.
    let best = counts.iter().map(|(_, count)| *count).max();
    counts
        .into_iter()
        .find(|(_, count)| Some(*count) == best)
        .map(|(usual, _)| usual)
        .unwrap_or_default()
}

fn scheme_setters(names: &Names, kind: &TokenKind) -> Vec<(Ident, SetterForm, Vec<String>)> {
    match kind {
        TokenKind::ClientCredentials {
            setter,
            token_setter,
            provider_setter,
            id_env,
            secret_env,
            token_env,
            ..
        } => vec![
            (
                setter.clone(),
                SetterForm::ClientCredentials,
                vec![id_env.clone(), secret_env.clone()],
            ),
            (names.oauth.clone(), SetterForm::OAuth, Vec::new()),
            (token_setter.clone(), SetterForm::BearerToken, vec![token_env.clone()]),
            (provider_setter.clone(), SetterForm::TokenProvider, Vec::new()),
        ],
        TokenKind::Bearer {
            setter,
            provider_setter,
            env,
        } => vec![
            (setter.clone(), SetterForm::BearerToken, vec![env.clone()]),
            (provider_setter.clone(), SetterForm::TokenProvider, Vec::new()),
        ],
        TokenKind::Basic {
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
        TokenKind::ApiKey { setter, env, .. } => vec![(setter.clone(), SetterForm::ApiKey, vec![env.clone()])],
    }
}

/// The names of the setters. Schemes that are proved alike share one; keys are each their own.
struct Names {
    client_credentials: Ident,
    oauth: Ident,
    bearer_token: Ident,
    token_provider: Ident,
    basic_auth: Ident,
    api_keys: BTreeMap<String, Ident>,
}

impl Names {
    fn new(api: &Api, methods: &mut Scope) -> Self {
        let mut fixed = |name: &str| {
            let words = Words::of(name);
            methods.ident(&Claim::new(Rank::Ours, name, words.clone()).or(words.after("set")))
        };
        let (client_credentials, oauth) = (fixed("client_credentials"), fixed("oauth"));
        let (bearer_token, token_provider, basic_auth) =
            (fixed("bearer_token"), fixed("token_provider"), fixed("basic_auth"));
        let keys = api
            .schemes
            .iter()
            .filter(|scheme| matches!(scheme.kind, SchemeKind::ApiKey { .. }));
        let keys: Vec<&str> = keys.map(|scheme| scheme.name.as_str()).collect();
        let claims = keys.iter().map(|name| {
            let own = Words::of(name).lettered("key");
            let wish = if keys.len() == 1 {
                Words::of("api key")
            } else {
                own.clone()
            };
            Claim::new(Rank::Document, *name, wish).or(own.then("key"))
        });
        let idents = methods.idents(&claims.collect::<Vec<_>>());
        let api_keys = keys.iter().map(|name| (*name).to_owned()).zip(idents).collect();
        Self {
            client_credentials,
            oauth,
            bearer_token,
            token_provider,
            basic_auth,
            api_keys,
        }
    }

    fn kind(&self, scheme: &Scheme, prefix: &str) -> Option<TokenKind> {
        Some(match &scheme.kind {
            SchemeKind::OAuth2 {
                client_credentials: Some(token_url),
                scopes,
            } => TokenKind::ClientCredentials {
                token_url: token_url.clone(),
                setter: self.client_credentials.clone(),
                token_setter: self.bearer_token.clone(),
                provider_setter: self.token_provider.clone(),
                id_env: format!("{prefix}_CLIENT_ID"),
                secret_env: format!("{prefix}_CLIENT_SECRET"),
                token_env: format!("{prefix}_TOKEN"),
                scopes: scopes
                    .iter()
                    .map(|(name, about)| (name.clone(), doc_text::line(about)))
                    .collect(),
            },
            SchemeKind::OAuth2 {
                client_credentials: None,
                ..
            }
            | SchemeKind::Bearer
            | SchemeKind::Token { .. } => TokenKind::Bearer {
                setter: self.bearer_token.clone(),
                provider_setter: self.token_provider.clone(),
                env: format!("{prefix}_{}", variable(&scheme.name, "TOKEN")),
            },
            SchemeKind::Basic => TokenKind::Basic {
                setter: self.basic_auth.clone(),
                user_env: format!("{prefix}_USERNAME"),
                password_env: format!("{prefix}_PASSWORD"),
            },
            SchemeKind::ApiKey { location, name } => TokenKind::ApiKey {
                setter: self.api_keys.get(&scheme.name)?.clone(),
                location: *location,
                name: WireName::new(name),
                env: format!("{prefix}_{}", variable(&scheme.name, "KEY")),
            },
            SchemeKind::MutualTls => return None,
        })
    }
}

/// What a variable for a scheme is called: `APIToken` gives `API_TOKEN`; a name that does not say what it is gives the kind.
fn variable(scheme: &str, kind: &str) -> String {
    let words = Words::of(scheme);
    let says = ["token", "key", "secret"]
        .iter()
        .any(|word| words.spaced().split(' ').any(|own| own == *word));
    if says {
        words.shouty()
    } else if kind == "KEY" {
        "API_KEY".to_owned()
    } else {
        kind.to_owned()
    }
}
