//! Bodies that differ from their schemas.

use reading::Client;

use crate::server::Reply;
use crate::{call, client, fails, is, reads, same};

const VALID: &str =
    r#"{"name":"a","ports":[1],"labels":{"x":"y"},"note":null,"options":{"color":"red"},"active":true}"#;

/// Returns a valid host with another value of one property.
fn with(name: &str, value: &str) -> String {
    let mut host: serde_json::Value = serde_json::from_str(VALID).expect("JSON");
    host[name] = serde_json::from_str(value).expect(value);
    host.to_string()
}

/// Expects that a host with this value is read as a host with `read`, by a rule.
async fn host_reads(name: &str, value: &str, read: &str, rule: &str) {
    let response = call(|client: &Client| client.tolerance().host(), &with(name, value))
        .await
        .expect(value);
    let mut found = serde_json::to_value(response.body()).expect("JSON");
    same(found[name].take().to_string(), read, value);
    let deviations: Vec<String> = response
        .deviations()
        .iter()
        .map(|one| format!("{:?} {}", one.rule(), one.path()))
        .collect();
    same(deviations, [format!("{rule} $.{name}")], value);
}

pub async fn check() {
    let host = |client: &Client| client.tolerance().host();
    is(host, VALID, "Host {").await;
    for (name, empty) in [("ports", "[]"), ("labels", "{}"), ("options", "{}")] {
        host_reads(name, "null", empty, "NullAsEmpty").await;
    }
    reads(
        host,
        r#"{"name":"a","active":true}"#,
        r#"{"name":"a","ports":[],"labels":{},"note":null,"options":{},"active":true}"#,
        &[
            "MissingAsEmpty $.ports",
            "MissingAsEmpty $.labels",
            "MissingAsEmpty $.note",
            "MissingAsEmpty $.options",
        ],
    )
    .await;
    host_reads("name", "7", r#""7""#, "Converted").await;
    host_reads("weight", r#""1.5""#, "1.5", "Converted").await;
    host_reads("active", r#""true""#, "true", "Converted").await;
    host_reads("active", "0", "false", "Converted").await;
    host_reads("labels", "[]", "{}", "ArrayAsObject").await;
    host_reads("options", "[]", "{}", "ArrayAsObject").await;
    host_reads("ports", "{}", "[]", "ObjectAsArray").await;
    host_reads("seen", r#""""#, "null", "EmptyAsAbsent").await;
    reads(
        host,
        &with("labels", r#"{"x":null,"y":"z"}"#),
        &VALID.replace(r#""x":"y""#, r#""y":"z""#),
        &["ItemSkipped $.labels.x"],
    )
    .await;
    is(host, &VALID.replace("true}", r#"true,"state":"sleeping"}"#), "sleeping").await;
    fails(host, &with("name", "null"), "expected a string, found null at $.name").await;
    fails(host, r#"{"active":true}"#, "missing property `name` at $.name").await;
    for (name, value) in [("weight", "{}"), ("seen", r#""soon""#), ("state", "[1]")] {
        host_reads(name, value, "null", "UnreadableAsAbsent").await;
    }
    host_reads("note", "[7]", "null", "UnreadableAsAbsent").await;
    reads(
        host,
        &with("options", r#"{"color":{}}"#),
        &VALID.replace(r#""color":"red""#, ""),
        &["UnreadableAsAbsent $.options.color"],
    )
    .await;
    reads(
        host,
        &with("ports", r#"[1,"x"]"#),
        VALID,
        &["ItemSkipped $.ports[1]"],
    )
    .await;
    lists().await;
    modes().await;
}

/// The good items of a list are kept.
async fn lists() {
    let bad = VALID.replace(r#","active":true"#, "");
    let body = format!(r#"{{"hosts":[{VALID},{bad},7,null]}}"#);
    let response = call(|client: &Client| client.tolerance().hosts(), &body)
        .await
        .expect("one item is good");
    same(response.hosts.len(), 1, &body);
    let skipped: Vec<String> = response.skipped().iter().map(|item| item.error().to_string()).collect();
    let expected = [
        "missing property `active` at $.hosts[1].active",
        "expected an object, found a number at $.hosts[2]",
        "expected an object, found null at $.hosts[3]",
    ];
    same(skipped, expected, &body);
    same(response.deviations().len(), 3, &body);
    // `send` has no place for the skipped items.
    let (_server, client) = client(Reply::json(200, &body)).await;
    let error = client.tolerance().hosts().send().await.expect_err("an item is missing");
    same(
        error
            .to_string()
            .ends_with("missing property `active` at $.hosts[1].active"),
        true,
        &body,
    );
}

/// The modes of a call.
async fn modes() {
    let body = r#"{"name":null,"ports":null,"labels":{},"note":null,"options":{},"extra":1}"#;
    let reply = || Reply::json(200, body);
    let (_server, lenient) = client(reply()).await;
    let response = lenient
        .tolerance()
        .host()
        .lenient()
        .send_response()
        .await
        .expect("everything has a default");
    let rules: Vec<String> = response
        .deviations()
        .iter()
        .map(|one| format!("{:?} {}", one.rule(), one.path()))
        .collect();
    same(
        rules,
        ["Defaulted $.name", "NullAsEmpty $.ports", "Defaulted $.active"],
        body,
    );
    same((response.name.as_str(), response.active), ("", false), body);

    let valid = VALID.replace("true}", r#"true,"extra":1,"state":"sleeping"}"#);
    let (_server, reporting) = client(Reply::json(200, &valid)).await;
    let response = reporting
        .tolerance()
        .host()
        .report_undocumented()
        .send_response()
        .await
        .expect("it is valid");
    let mut rules: Vec<String> = response
        .deviations()
        .iter()
        .map(|one| format!("{:?} {}", one.rule(), one.path()))
        .collect();
    rules.sort();
    same(rules, ["UndocumentedProperty $.extra", "UnknownValue $.state"], body);

    let (_server, strict) = client(Reply::json(200, with("ports", "null"))).await;
    let error = strict
        .tolerance()
        .host()
        .strict()
        .send()
        .await
        .expect_err("null is not a list");
    same(
        error.to_string().ends_with("expected an array, found null at $.ports"),
        true,
        body,
    );
}
