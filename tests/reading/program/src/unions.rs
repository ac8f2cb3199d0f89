//! The variant of a value, and what unions keep.

use crate::{is, reads};

pub async fn check() {
    let signal = |client: &reading::Client| client.unions().signal();
    is(signal, r#"{"via":"light","level":3}"#, "Lamp(").await;
    is(signal, r#"{"via":"sound","level":3}"#, "Horn(").await;

    let owner = |client: &reading::Client| client.unions().owner();
    is(owner, r#"{"name":"a"}"#, "Person(").await;
    is(owner, r#"{"name":"a","members":[{"name":"b"}]}"#, "Team(").await;
    // A bad member does not turn a team into a person, which would lose the members.
    reads(
        owner,
        r#"{"name":"a","members":[{"name":7}]}"#,
        r#"{"name":"a","members":[{"name":"7"}]}"#,
        &["Converted $.members[0].name"],
    )
    .await;
    reads(
        owner,
        r#"{"name":"a","members":[{"age":7}]}"#,
        r#"{"name":"a","members":[]}"#,
        &["ItemSkipped $.members[0].name"],
    )
    .await;

    let vehicle = |client: &reading::Client| client.unions().vehicle();
    is(vehicle, r#"{"medium":"road","wheels":"four","doors":2}"#, "Road(Car(").await;
    is(vehicle, r#"{"medium":"road","wheels":"two","bell":true}"#, "Road(Bike(").await;
    is(vehicle, r#"{"medium":"water","masts":2}"#, "Ship(").await;
    // Without a discriminator, and with unknown values of both, the value is kept.
    let missing = r#"{"wheels":"two","medium":null}"#;
    reads(vehicle, missing, missing, &[]).await;
    is(vehicle, r#"{"medium":"air","wings":2}"#, "Other(").await;
    is(
        vehicle,
        r#"{"medium":"road","wheels":"three","cart":true}"#,
        "Road(Other(",
    )
    .await;

    let fault = |client: &reading::Client| client.unions().fault();
    is(fault, r#"{"code":"missing","id":3}"#, "Missing(").await;
    let written = r#"{"code":"missing","text":"Not there","id":3}"#;
    reads(fault, r#"{"text":"Not there","id":3}"#, written, &[]).await;

    let step = |client: &reading::Client| client.unions().step();
    is(step, r#"{"kind":"pause"}"#, "Stop(").await;
    is(step, r#"{"kind":"move","way":"jump","height":2.5}"#, "Move(Jump(").await;
    is(step, r#"{"kind":"move","way":"fly","wings":2}"#, "Move(Other(").await;
    let balance = |client: &reading::Client| client.unions().balance();
    is(balance, r#"{"account":"A","funding":null}"#, "Cash(").await;
    is(balance, r#"{"account":"A","funding":"bank"}"#, "Cash(").await;
    is(balance, r#"{"purpose":"gifts"}"#, "General(").await;

    let job = |client: &reading::Client| client.unions().job();
    is(job, r#"{"phase":"started","note":"x"}"#, "Running(").await;
    is(job, r#"{"phase":"failed"}"#, "Finished(").await;
    is(job, r#"["queued"]"#, "Other(").await;
}
