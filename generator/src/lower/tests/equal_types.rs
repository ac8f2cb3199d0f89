//! Equal types and their names.

use super::check;

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
