//! Names of models.

use super::{models, plan_case};
use crate::config::Settings;

#[track_caller]
fn check_models(case: &str, expected: &[&str]) {
    assert_eq!(models(&plan_case(case, &Settings::default())), expected);
}

#[test]
fn namespaces_are_left_out() {
    check_models("namespaces", &["PageOfUser", "User", "V1Group", "V2Group"]);
    check_models(
        "version-namespace",
        &[
            "Report",
            "Lead",
            "Page",
            "Size",
            "AcmeShopV2betaTimeZone",
            "TimeZone",
            "LeadKind",
        ],
    );
}

#[test]
fn bodies_of_fastapi_are_named_like_inline_bodies() {
    check_models("fastapi-bodies", &["UpdateItemRequest", "Item", "UpdateItemRequestAt"]);
}

#[test]
fn large_equal_items_share_a_type() {
    check_models(
        "large_items",
        &[
            "ResponseItemsItem",
            "ReadCartResponse",
            "PlaceOrderResponse",
            "FetchSmallResponseItemsItem",
            "FetchSmallResponse",
            "CountTinyResponseItemsItem",
            "CountTinyResponse",
        ],
    );
}

#[test]
fn prefixes_that_mean_schema_are_left_out() {
    check_models(
        "schema-prefixes",
        &["User", "Channel", "ObjsTeam", "Team", "UserId", "DefsChannel"],
    );
}

#[test]
fn long_names_are_shortened() {
    let krate = plan_case("long-names", &Settings::default());
    for operation in &krate.operations {
        assert!(
            operation.names.method.as_str().len() <= 80,
            "{}",
            operation.names.method
        );
    }
    for model in models(&krate) {
        assert!(model.len() <= 60, "{model}");
    }
}

#[test]
fn long_names_of_components_lose_words_that_distinguish_nothing() {
    check_models(
        "long-components",
        &[
            "Report",
            "TreasuryTransactionsAbstractTransactionStatusTransitions",
            "DocumentBreakdownImageIntegrityConclusiveDocumentQuality",
            "DocumentResourceProperties",
            "CustomerBalanceResourceCashTransactionFundedTransactions",
            "CustomerBalanceCashBalanceTransactionFundedTransactions",
            "SendInternalSummaryReportsToUserTeamServiceInstanceConfiguration",
            "FacialSimilarityMotionVisualAuthenticitySpoofingDetection",
            "IdentityEnhancedBreakdownAddressBreakdownCreditAgencies",
            "IdentityEnhancedBreakdownAddressCreditAgenciesProperties",
        ],
    );
}
