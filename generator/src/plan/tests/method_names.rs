//! Names of methods and groups.

use super::plan_case;
use crate::config::{Naming, Settings};
use crate::krate::Crate;

/// Returns the methods, such as `users.list`, in the order of the document.
fn methods(krate: &Crate) -> Vec<String> {
    let operations = krate.operations.iter();
    operations
        .map(|operation| format!("{}.{}", krate[operation.group].accessors(), operation.names.method).replace("()", ""))
        .collect()
}

#[track_caller]
fn check_methods(case: &str, expected: &[&str]) {
    assert_eq!(methods(&plan_case(case, &Settings::default())), expected);
}

#[test]
fn ids_lose_what_frameworks_add() {
    check_methods(
        "framework-ids",
        &[
            "claims.delete_claim_by_claim_id",
            "claims.read",
            "claims.delete_claim",
            "claims.delete_claim_public",
            "claims.put_delete_claim",
            "user.list_users",
            "user.replace_all",
            "rate_limit.get",
            "instances.list",
        ],
    );
}

#[test]
fn ids_of_endpoint_classes_lose_their_namespace() {
    check_methods(
        "endpoint-classes",
        &["users.create_user", "users.list", "orders.cancel_order"],
    );
    check_methods(
        "endpoint-namespaces",
        &[
            "owner.create_dialog",
            "owner.search_dialog",
            "user.search_dialog",
            "user.get_parties",
        ],
    );
}

#[test]
fn ids_lose_the_module_before_the_function() {
    check_methods(
        "module-ids",
        &[
            "items.list_items",
            "items.create_item",
            "orders.list_orders",
            "health.health",
        ],
    );
}

#[test]
fn ids_lose_the_path_before_the_handler() {
    check_methods(
        "handler-ids",
        &["items.list_items", "items.get_item", "items.count_items"],
    );
    check_methods(
        "path-ids",
        &["items.list", "items.retrieve", "items.stats_retrieve", "users.list"],
    );
}

#[test]
fn groups_that_are_namespaces_are_removed_after_the_verb() {
    check_methods(
        "namespace-groups",
        &[
            "core_v1.list_pod",
            "core_v1.create_pod",
            "core_v1.delete_collection_pod",
            "apps_v1.get_api_resources",
            "batch_v1.list_job",
            "batch_v1.create_job",
        ],
    );
}

#[test]
fn groups_that_are_resources_are_kept() {
    check_methods(
        "resource-groups",
        &[
            "affinity.anti_affinity_group_list",
            "affinity.anti_affinity_group_create",
            "affinity.anti_affinity_group_delete",
            "pet.get_pet_by_id",
            "pet.delete_pet_with_owner",
            "pet.update_pet_with_form",
        ],
    );
}

#[test]
fn ids_that_repeat_the_path_become_rest_verbs() {
    check_methods(
        "rest-verbs",
        &[
            "customers.list",
            "customers.create",
            "customers.get",
            "customers.update",
            "customers.delete",
            "customers.list_sources",
            "customers.create_source",
            "charges.capture",
        ],
    );
}

#[test]
fn naming_by_document_keeps_the_ids() {
    let settings = Settings {
        naming: Naming::Document,
        ..Settings::default()
    };
    let krate = plan_case("rest-verbs", &settings);
    assert_eq!(
        methods(&krate)[2..4],
        ["customers.get_customers_customer", "customers.post_customers_customer"]
    );
    let krate = plan_case("tag-groups", &settings);
    assert_eq!(methods(&krate)[0], "api2010_account.fetch_a");
}

#[test]
fn groups_are_named_by_what_distinguishes_them() {
    check_methods(
        "tag-groups",
        &["account.fetch_a", "account.fetch_b", "qos_sessions.fetch_c"],
    );
    check_methods(
        "untagged-groups",
        &["distribution.list_distributions", "cache_policy.list_cache_policies"],
    );
    check_methods("class-ids", &["users.find_all", "accounts.list"]);
}

#[test]
fn rest_names_distinguish_single_objects_from_collections() {
    assert_eq!(
        methods(&plan_case("rest_resources", &Settings::default())),
        [
            "session.get",
            "session.delete",
            "session.get_session",
            "basic.list_crm_object",
            "basic.get_crm_object",
            "files.upload",
            "auth.login",
            "auth.reset_password",
            "auth.create_import_job",
            "users.update_avatar",
            "users.suspend",
        ]
    );
}
