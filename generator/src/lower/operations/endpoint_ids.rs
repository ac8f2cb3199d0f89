//! Ids that FastEndpoints derives from the class of an endpoint: its namespaces, its name, and the word `Endpoint`.

use std::collections::BTreeSet;

use super::framework_ids::is_convention;
use crate::ir::{singular, words};

/// What the ids of a document have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum EndpointIds {
    /// Classes such as `AcmeShopFeaturesUsersCreateUserEndpoint`, whose first words are the namespace of all of them.
    Classes { shared_words: usize },
    /// Versioned namespaces in front of a name, such as `V1UsersCreate_CreateUser`. `resources` are the namespaces without their last
    /// word.
    Namespaces { resources: BTreeSet<Vec<String>> },
}

/// Returns what the ids of a document have in common, if nine of ten follow a convention.
pub(super) fn convention<'d>(ids: impl Iterator<Item = &'d str>) -> Option<EndpointIds> {
    let ids: Vec<Vec<String>> = ids.map(words_with_separators).collect();
    let is_common = |count: usize| is_convention(count, ids.len());
    let classes: Vec<&[String]> = ids.iter().filter_map(|id| class(id)).collect();
    let resources: BTreeSet<String> = classes
        .iter()
        .filter_map(|class| class.last().map(|word| singular(word)))
        .collect();
    // If all ids end with the same words, such as `WebhookEndpoint`, the endpoint is a resource.
    if is_common(classes.len()) && resources.len() > 1 {
        let first = classes[0];
        let shared = (0..first.len()).take_while(|at| classes.iter().all(|class| class.get(*at) == first.get(*at)));
        let shortest = classes.iter().map(|class| class.len()).min().unwrap_or(1);
        let shared_words = shared.count().min(shortest - 1);
        return Some(EndpointIds::Classes { shared_words });
    }
    let namespaces: Vec<&[String]> = ids.iter().filter_map(|id| Some(namespaced(id)?.0)).collect();
    is_common(namespaces.len()).then(|| EndpointIds::Namespaces {
        resources: namespaces
            .iter()
            .map(|namespace| namespace[..namespace.len() - 1].to_vec())
            .collect(),
    })
}

/// Returns the name in an id that follows the convention.
pub(super) fn name(convention: &EndpointIds, id: &str) -> Option<String> {
    let id = words_with_separators(id);
    match convention {
        EndpointIds::Classes { shared_words } => {
            let own = class(&id)?.get(*shared_words..)?;
            // The last namespace is often the first word of the class: `…UsersCreate.CreateUser`.
            let start = (1..own.len()).rev().find(|at| own[*at] == own[at - 1]);
            let own = &own[start.unwrap_or(0)..];
            (!own.is_empty()).then(|| own.join("_"))
        }
        EndpointIds::Namespaces { resources } => {
            let Some((namespace, name)) = namespaced(&id) else {
                // An id may be the namespace of the others, followed by the name: `V1UsersPatchUser`.
                let after = |resource: &Vec<String>| id.strip_prefix(resource.as_slice()).filter(|rest| rest.len() > 1);
                let rest = resources.iter().filter_map(after).min_by_key(|rest| rest.len())?;
                return (!rest.contains(&"_".to_owned())).then(|| rest.join("_"));
            };
            // The verb is the last word of the namespace, if the name does not repeat it: `V1UsersCreate_User`.
            let verb = namespace.last().filter(|verb| !name.contains(verb));
            let words: Vec<&str> = verb.into_iter().chain(name).map(String::as_str).collect();
            Some(words.join("_"))
        }
    }
}

/// Returns the words of an id. A word `_` separates its parts.
fn words_with_separators(id: &str) -> Vec<String> {
    let parts = id.split('_').map(words);
    let separated = parts.collect::<Vec<_>>();
    separated.join(&"_".to_owned())
}

/// Returns the words in front of `Endpoint`.
fn class(id: &[String]) -> Option<&[String]> {
    let (last, class) = id.split_last()?;
    let is_class = last == "endpoint" && class.len() > 1 && !class.contains(&"_".to_owned());
    is_class.then_some(class)
}

/// Returns a versioned namespace and the name after it.
fn namespaced(id: &[String]) -> Option<(&[String], &[String])> {
    let at = id.iter().position(|word| word == "_")?;
    let (namespace, name) = (&id[..at], &id[at + 1..]);
    let digits = namespace.first()?.strip_prefix('v')?;
    let is_version = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_whole = !name.is_empty() && !name.contains(&"_".to_owned());
    (is_version && namespace.len() > 1 && is_whole).then_some((namespace, name))
}

#[cfg(test)]
mod tests {
    use super::{EndpointIds, convention, name};

    /// Returns the names of ids that follow a convention.
    fn names(ids: &[&str]) -> Option<Vec<String>> {
        let convention = convention(ids.iter().copied())?;
        ids.iter().map(|id| name(&convention, id)).collect()
    }

    #[test]
    fn classes_lose_the_shared_namespace_and_the_suffix() {
        let ids = [
            "AcmeShopFeaturesUsersCreateCreateUserEndpoint",
            "AcmeShopFeaturesUsersListEndpoint",
            "AcmeShopFeaturesOrdersCancelOrderEndpoint",
        ];
        let expected = ["create_user", "users_list", "orders_cancel_order"];
        assert_eq!(names(&ids), Some(expected.map(str::to_owned).to_vec()));
        let short = ["CreateUserEndpoint", "ListUsersEndpoint", "CancelOrderEndpoint"];
        let expected = ["create_user", "list_users", "cancel_order"];
        assert_eq!(names(&short), Some(expected.map(str::to_owned).to_vec()));
    }

    #[test]
    fn versioned_namespaces_are_removed() {
        let mut ids = vec!["V1UsersPatchUser", "V1UsersCreate_User", "V1UserRolesGet_GetRoles"];
        ids.extend(["V1UsersSearch_SearchUser"; 7]);
        let expected = ["patch_user", "create_user", "get_roles", "search_user"];
        assert_eq!(
            names(&ids).map(|names| names[..4].to_vec()),
            Some(expected.map(str::to_owned).to_vec())
        );
    }

    #[test]
    fn a_few_endpoints_are_not_a_convention() {
        assert_eq!(
            convention(["CreateEndpoint", "ListEndpoints", "DeleteEndpoint"].into_iter()),
            None
        );
        assert_eq!(convention(["CreateEndpoint", "DeleteEndpoint"].into_iter()), None);
        let webhooks = ["Webhooks_Get", "Webhooks_List", "V1_List"];
        assert_eq!(convention(webhooks.into_iter()), None);
    }

    #[test]
    fn endpoints_that_are_resources_keep_their_name() {
        let ids = ["CreateEndpoint", "GetEndpoint", "DeleteEndpoint"];
        assert_eq!(convention(ids.into_iter()), None);
        let ids = ["CreateWebhookEndpoint", "GetWebhookEndpoint", "DeleteWebhookEndpoint"];
        assert_eq!(convention(ids.into_iter()), None);
    }

    #[test]
    fn classes_without_a_namespace_follow_the_convention() {
        let ids = ["CreateUserEndpoint", "GetOrderEndpoint", "DeleteUserEndpoint"];
        assert_eq!(
            convention(ids.into_iter()),
            Some(EndpointIds::Classes { shared_words: 0 })
        );
    }
}
