//! Numbers keep their value, strings their form, and times their text.

use crate::{is, reads};

pub async fn check() {
    cells().await;
    names().await;
    sizes().await;
    times().await;
}

/// Unions of scalars.
async fn cells() {
    let cells = |client: &reading::Client| client.scalars().cells();
    is(cells, "[3]", "Integer(3)").await;
    is(cells, "[9007199254740993]", "Integer(9007199254740993)").await;
    is(cells, "[1.5]", "Number(1.5)").await;
    is(
        cells,
        r#"["3",true,[4,"x"]]"#,
        r#"String("3"), Boolean(true), List([Integer(4), String("x")])"#,
    )
    .await;
    reads(
        cells,
        "[18446744073709551615]",
        "[1.8446744073709552e+19]",
        &["Rounded $[0]"],
    )
    .await;
    reads(cells, r#"["a",null]"#, r#"["a"]"#, &["ItemSkipped $[1]"]).await;
}

/// Strings of different forms.
async fn names() {
    let names = |client: &reading::Client| client.scalars().names();
    is(names, r#"{"key":"web-1"}"#, "Label(").await;
    is(names, r#"{"key":"0B4A1D9E-8a3c-4ef0-9d36-0f2f2b6a2a11"}"#, "Id(").await;
    is(names, r#"{"address":"10.0.0.7"}"#, "Address4(").await;
    is(names, r#"{"address":"fd00::7"}"#, "Address6(").await;
    is(names, r#"{"day":"2024-02-29"}"#, "Date(").await;
    is(names, r#"{"day":"2024-02-29T10:00:00+02:00"}"#, "DateTime(").await;
}

/// Numbers of every width and notation.
async fn sizes() {
    let sizes = |client: &reading::Client| client.scalars().sizes();
    is(
        sizes,
        r#"{"bytes":18446744073709551615,"port":4294967295,"plain":34702389494}"#,
        "18446744073709551615",
    )
    .await;
    is(sizes, r#"{"price":0.1}"#, "0.1").await;
    is(sizes, r#"{"long":9007199254740993}"#, "9007199254740993").await;
    is(sizes, r#"{"framework":-7}"#, "-7").await;
    reads(
        sizes,
        r#"{"framework":"-7"}"#,
        r#"{"framework":-7}"#,
        &["Converted $.framework"],
    )
    .await;
    is(sizes, r#"{"untyped":"5"}"#, r#"String("5")"#).await;
    is(sizes, r#"{"untyped":5}"#, "Integer(5)").await;
    for (body, deviation) in [
        (r#"{"port":4294967296}"#, "UnreadableAsAbsent $.port"),
        (r#"{"plain":1.5}"#, "UnreadableAsAbsent $.plain"),
    ] {
        reads(sizes, body, "{}", &[deviation]).await;
    }
}

/// Times in the formats that servers send.
async fn times() {
    let times = |client: &reading::Client| client.scalars().times();
    for text in [
        "2024-02-29T10:00:00+02:00",
        "2024-02-29T10:00:00",
        "2024-02-29 10:00:00.5",
        "2024-02-29T10:00:00.1234567Z",
        "9999-12-31T23:59:59.9999999Z",
    ] {
        let body = format!(r#"{{"at":"{text}"}}"#);
        is(times, &body, text).await;
    }
    reads(
        times,
        r#"{"at":"1700000000"}"#,
        r#"{"at":"2023-11-14T22:13:20Z"}"#,
        &["Converted $.at"],
    )
    .await;
    reads(
        times,
        r#"{"at":"","on":""}"#,
        "{}",
        &["EmptyAsAbsent $.at", "EmptyAsAbsent $.on"],
    )
    .await;
    reads(
        times,
        r#"{"on":"2024-02-29T00:00:00"}"#,
        r#"{"on":"2024-02-29"}"#,
        &["Converted $.on"],
    )
    .await;
    reads(
        times,
        r#"{"wait":"1.02:03:04"}"#,
        r#"{"wait":"1.02:03:04"}"#,
        &["KeptAsText $.wait"],
    )
    .await;
    is(times, r#"{"wait":"PT1H30M"}"#, "PT1H30M").await;
    is(times, r#"{"data":"aGk="}"#, "").await;
    reads(
        times,
        r#"{"at":"soon","on":"2024-02-29"}"#,
        r#"{"on":"2024-02-29"}"#,
        &["UnreadableAsAbsent $.at"],
    )
    .await;
}
