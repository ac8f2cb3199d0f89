//! The environment variables of credentials: different secrets have different variables.

use std::collections::HashMap;

use crate::krate::{Credential, CredentialKind, Ident};
use crate::plan::names::Words;

/// Renames the variables that schemes with different setters share. If the name of one scheme yields the variable, this
/// scheme keeps it.
pub fn separate(schemes: &mut [Credential], prefix: &str) {
    let mut all = Readers::default();
    schemes.iter().for_each(|scheme| all.add(&scheme.kind));
    for scheme in schemes.iter_mut() {
        if all.shares(&scheme.kind) {
            all.remove(&scheme.kind);
            rename(
                &mut scheme.kind,
                &format!("{prefix}_{}", Words::of(scheme.scheme.as_str()).shouty()),
            );
            all.add(&scheme.kind);
        }
    }
    let mut earlier = Readers::default();
    // `rename` does not change the variables of client credentials, so those of all other schemes are changed.
    let has_fixed_variable = |kind: &CredentialKind| matches!(kind, CredentialKind::ClientCredentials { .. });
    let (fixed, others): (Vec<_>, Vec<_>) = schemes.iter_mut().partition(|scheme| has_fixed_variable(&scheme.kind));
    fixed.iter().for_each(|scheme| earlier.add(&scheme.kind));
    for scheme in others {
        if earlier.shares(&scheme.kind) {
            let suffix = match scheme.kind {
                CredentialKind::Bearer { .. } => "TOKEN",
                CredentialKind::ClientCredentials { .. }
                | CredentialKind::Basic { .. }
                | CredentialKind::ApiKey { .. } => "KEY",
            };
            if let Some((_, variable)) = secret(&scheme.kind) {
                let longer = format!("{variable}_{suffix}");
                rename(&mut scheme.kind, &longer);
            }
        }
        earlier.add(&scheme.kind);
    }
}

/// The setters whose schemes read each variable, with the number of these schemes.
#[derive(Default)]
struct Readers(HashMap<String, HashMap<Ident, usize>>);

impl Readers {
    fn add(&mut self, kind: &CredentialKind) {
        if let Some((setter, variable)) = secret(kind) {
            let setters = self.0.entry(variable.to_owned()).or_default();
            *setters.entry(setter.clone()).or_default() += 1;
        }
    }

    fn remove(&mut self, kind: &CredentialKind) {
        if let Some((setter, variable)) = secret(kind)
            && let Some(setters) = self.0.get_mut(variable)
            && let Some(count) = setters.get_mut(setter)
        {
            *count -= 1;
            if *count == 0 {
                setters.remove(setter);
            }
        }
    }

    /// Returns whether a scheme with another setter reads the variable of a scheme.
    fn shares(&self, kind: &CredentialKind) -> bool {
        secret(kind).is_some_and(|(setter, variable)| {
            let setters = self.0.get(variable);
            setters.is_some_and(|setters| setters.len() > usize::from(setters.contains_key(setter)))
        })
    }
}

/// Returns the setter and the variable of a scheme's key or token. `None` for a basic scheme.
fn secret(kind: &CredentialKind) -> Option<(&Ident, &str)> {
    match kind {
        CredentialKind::Bearer { setter, env, .. } | CredentialKind::ApiKey { setter, env, .. } => Some((setter, env)),
        CredentialKind::ClientCredentials {
            token_setter,
            token_env,
            ..
        } => Some((token_setter, token_env)),
        CredentialKind::Basic { .. } => None,
    }
}

fn rename(kind: &mut CredentialKind, variable: &str) {
    match kind {
        CredentialKind::Bearer { env, .. } | CredentialKind::ApiKey { env, .. } => *env = variable.to_owned(),
        // Client credentials and user names keep their variables. The variable of the other scheme is renamed.
        CredentialKind::ClientCredentials { .. } | CredentialKind::Basic { .. } => {}
    }
}
