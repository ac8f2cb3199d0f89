//! JSON text sequences: when their items are complete.

use sdkwright_runtime::runtime::__private::{Frame, Framing};
use sdkwright_runtime::runtime::{Error, ResponseStream, Unexpected};
use serde_json::{Value, json};

use crate::streams::{Part, piece, request};

async fn values(parts: Vec<Part>) -> Vec<Result<Value, Error<Unexpected>>> {
    let mut values: ResponseStream<Value, Unexpected> =
        request(parts).stream(Framing::Sequence, Frame::value).await.unwrap();
    let mut all = Vec::new();
    while let Some(value) = values.next().await {
        all.push(value);
    }
    all
}

#[tokio::test]
async fn an_item_is_complete_at_the_end_of_its_line() {
    for text in [
        "{\"a\":1}",
        "[{\n\"a\":\n[]}]",
        "\n{\"}\\\"\\\\\":\"{[\"}",
        "12",
        "\"[\"",
        "null",
    ] {
        let sent = [piece(format!("\x1e{text}\n")), Part::Break];
        let found = values(sent.to_vec()).await;
        let [Ok(value), Err(Error::Transport(_))] = &found[..] else {
            panic!("{text}: {found:?}")
        };
        assert_eq!(*value, serde_json::from_str::<Value>(text).unwrap());
    }
}

#[tokio::test]
async fn a_truncated_item_does_not_affect_the_next() {
    let found = values(vec![piece("\x1e{\"a\":[\"\\\x1e{\"b\":1}\n\x1e}\n\x1e3")]).await;
    let shown: Vec<Option<&Value>> = found.iter().map(|value| value.as_ref().ok()).collect();
    assert_eq!(shown, [None, Some(&json!({"b": 1})), None, Some(&json!(3))]);
}
