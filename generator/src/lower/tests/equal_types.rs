//! Equal types and their names.

use super::{check, lower_case};
use crate::config::{EqualComponents, Settings};
use crate::ir::{Origin, TypeBody};

#[test]
fn equal_types_become_one() {
    check(
        "names/equal_types",
        r"
group orders: listOrders, createOrder
group labels: listLabels, createLabel
operation listOrders GET /orders
  query direction?: direction
  success 200 listOrders/response
  returns listOrders/response
operation createOrder POST /orders
  body? application/json: createOrder/request
  success 200 Order-Output
  returns Order-Output
operation listLabels GET /labels
  query direction?: direction
  success 200 Order
  returns Order
operation createLabel POST /labels
  body? application/json: createLabel/request
  success 200 Invoice
  returns Invoice
struct Order
  id: string
  total?: i64
alias Order-Output = Order
struct Invoice
  billing_address?: Invoice address
  shipping_address?: Invoice address
struct Invoice address
  city?: string
  street?: string
enum direction text open: up, down
struct listOrders/response
  data?: [Order]
struct createOrder/request
  name?: string
struct createLabel/request
  name?: string
",
    );
}

#[test]
fn equal_types_without_a_common_word_are_named_after_what_they_contain() {
    check(
        "names/shared_forms",
        r"
group cards: dropCard
group teams: leaveTeam
operation dropCard DELETE /cards
  query filter?: moderated filter
  success 200 success response
  returns success response
operation leaveTeam DELETE /teams
  query filter?: moderated filter
  success 200 success response
  returns success response
struct Charge
  id: string
  sum?: i64
struct Refund
  payment?: string or charge
  mode?: manual or automatic
  memo?: string or empty
struct Transfer
  source?: string or charge
  kind?: manual or automatic
  title?: string or empty
union string or charge
  string: string
  Charge: Charge
enum manual or automatic text open: manual, automatic
enum string or empty text open: 
enum moderated filter text open: moderated
struct success response
  success?: bool
",
    );
}

#[test]
fn an_enum_of_one_component_and_of_requests_is_named_after_the_component() {
    check(
        "names/enum_owner",
        r"
group videos: listVideos, changeIssue
group jobs: getJob, getTask, getBuild
operation listVideos GET /videos
  success 200 Milestone
  returns Milestone
operation changeIssue PUT /videos
  body? application/json: changeIssue/request
  success 204 nothing
  returns nothing
operation getJob GET /jobs
  success 200 Job
  returns Job
operation getTask PUT /jobs
  success 200 Task
  returns Task
operation getBuild DELETE /jobs
  success 200 Build
  returns Build
struct Milestone
  id?: string
  state?: Milestone state
struct Job
  name?: string
  state?: state
struct Task
  title?: string
  state?: state
struct Build
  commit?: string
  state?: state
enum Milestone state text open: open, closed
enum state text open: queued, done
struct changeIssue/request
  state: Milestone state
",
    );
}

#[test]
fn equal_unions_of_values_are_named_after_their_values() {
    check(
        "names/value_unions",
        r"
struct Email
  to?: string or strings
  cc?: string or strings
struct Row
  first?: string or number
  second?: string or number
union string or strings
  string: string
  list: [string]
union string or number
  string: string
  number: f64
",
    );
}

#[test]
fn equal_components_are_one_type_with_several_names() {
    check(
        "names/equal_components",
        r"
group cards: getCard, findCard
group items: getItem, addItem
operation getCard GET /cards
  success 200 Card
  returns Card
operation findCard POST /cards
  body? application/json: DeletedBank
  success 200 Pet
  returns Pet
operation getItem GET /items
  success 200 Item
  returns Item
operation addItem POST /items
  body? application/json: NewItem
  success 200 addItem/response
  returns addItem/response
struct Card
  id?: string
struct Bank
  id?: string
alias DeletedBank = Bank
union Pet by kind open
  HouseCat [HouseCat]: HouseCat
  WildCat [WildCat]: WildCat
struct HouseCat
  name?: string
struct WildCat
  name?: string
struct Item
  key?: string read-only
  text?: string
struct NewItem
  text?: string
struct Page
  size?: i64
struct FullPage
  size?: i64
alias ShortPage = FullPage
struct addItem/response
  first?: Page
  second?: FullPage
  third?: ShortPage
",
    );
}

#[test]
fn an_alias_keeps_the_descriptions_of_its_members() {
    let (api, _) = lower_case("names/equal_components", &Settings::default());
    let alias = api.types.0.iter().find(|ty| matches!(ty.body, TypeBody::Alias(_)));
    let docs = &alias.expect("an alias").member_docs;
    assert_eq!(docs.len(), 1);
    assert_eq!(docs[0].0, "id");
    assert_eq!(docs[0].1.description.as_deref(), Some("The id of the bank."));
}

#[test]
fn an_alias_keeps_the_directions_in_which_the_document_uses_it() {
    let (api, _) = lower_case("names/equal_in_responses", &Settings::default());
    let aliases = api.types.0.iter().filter(|ty| matches!(ty.body, TypeBody::Alias(_)));
    let usages: Vec<(Origin, bool, bool)> = aliases
        .map(|ty| (ty.origin.clone(), ty.usage.request, ty.usage.response))
        .collect();
    let component = |name: &str| Origin::Component(name.to_owned());
    let expected = [
        (component("OwnerResponseV2"), false, true),
        (component("OwnerV2"), true, true),
    ];
    assert_eq!(usages, expected);
}

#[test]
fn equal_components_are_separate_types_if_configured() {
    let settings = Settings {
        equal_components: EqualComponents::Separate,
        ..Settings::default()
    };
    let (api, _) = lower_case("names/equal_components", &settings);
    assert!(!api.types.0.iter().any(|ty| matches!(ty.body, TypeBody::Alias(_))));
}

#[test]
fn equal_bodies_of_fastapi_are_separate_types_if_configured() {
    let shared = |equal_components| {
        let settings = Settings {
            equal_components,
            ..Settings::default()
        };
        let (api, _) = lower_case("names/fastapi-equal-bodies", &settings);
        let mut types = api.types.0.iter();
        types.any(|ty| matches!(ty.origin, Origin::Shared { .. }))
    };
    assert!(shared(EqualComponents::Merge));
    assert!(!shared(EqualComponents::Separate));
}
