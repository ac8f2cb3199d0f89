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
fn a_status_code_at_the_start_of_a_name_moves_to_its_end() {
    check_models(
        "status-components",
        &[
            "Model360Report",
            "Forbidden403",
            "Model404Error",
            "Error404",
            "Error409",
            "ErrorSchema4xx",
            "ReportReadResponse200",
            "Response202",
            "ErrorResponse400Detail",
            "ErrorResponse400",
            "Response401",
        ],
    );
}

#[test]
fn an_alias_without_a_description_links_to_its_type() {
    let krate = plan_case("equal_types", &Settings::default());
    let mut models = krate.models.iter();
    let alias = models
        .find(|model| model.name.as_str() == "OrderOutput")
        .expect("an alias");
    assert_eq!(
        alias.doc.summary.as_str(),
        "Another name of [`Order`](crate::models::Order)."
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
