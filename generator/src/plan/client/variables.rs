//! The environment variables of credentials: different secrets have different variables.

use crate::krate::{Credential, CredentialKind, Ident};
use crate::plan::names::Words;

/// Renames the variables that schemes with different setters share. If the name of one scheme yields the variable, this
/// scheme keeps it.
pub fn separate(schemes: &mut [Credential], prefix: &str) {
    for index in 0..schemes.len() {
        let own = format!("{prefix}_{}", Words::of(schemes[index].scheme.as_str()).shouty());
        let others = || (0..schemes.len()).filter(|other| *other != index);
        if others().any(|other| is_shared(schemes, index, other)) {
            rename(&mut schemes[index].kind, &own);
        }
    }
    for index in 0..schemes.len() {
        if (0..index).any(|earlier| is_shared(schemes, index, earlier)) {
            let suffix = match schemes[index].kind {
                CredentialKind::Bearer { .. } => "TOKEN",
                CredentialKind::ClientCredentials { .. }
                | CredentialKind::Basic { .. }
                | CredentialKind::ApiKey { .. } => "KEY",
            };
            if let Some((_, variable)) = secret(&schemes[index].kind) {
                let longer = format!("{variable}_{suffix}");
                rename(&mut schemes[index].kind, &longer);
            }
        }
    }
}

/// Returns whether two schemes with different setters read the same variable.
fn is_shared(schemes: &[Credential], one: usize, other: usize) -> bool {
    match (secret(&schemes[one].kind), secret(&schemes[other].kind)) {
        (Some((one, variable)), Some((other, same))) => one != other && variable == same,
        _ => false,
    }
}

/// Returns the setter and the variable of a scheme with one secret.
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
