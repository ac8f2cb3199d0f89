//! Compressed responses.

use sdkwright_runtime::runtime::Error;

use crate::support::{Reply, Server, World, builder};

/// `{"id":"a1","kind":"login"}`
const SMALL: &[u8] = &[
    31, 139, 8, 0, 0, 0, 0, 0, 2, 255, 171, 86, 202, 76, 81, 178, 82, 74, 52, 84, 210, 81, 202, 206, 204, 3, 177, 115,
    242, 211, 51, 243, 148, 106, 1, 180, 27, 231, 87, 26, 0, 0, 0,
];

/// 100,000 characters.
const LARGE: &[u8] = &[
    31, 139, 8, 0, 0, 0, 0, 0, 2, 255, 237, 193, 49, 1, 0, 0, 0, 194, 160, 74, 235, 159, 206, 26, 30, 64, 1, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 175, 6, 133, 194, 77, 197, 160, 134, 1, 0,
];

fn reply(body: &[u8]) -> Reply {
    Reply::new(200)
        .header("content-encoding", "gzip")
        .header("content-type", "application/json")
        .body(body)
}

#[tokio::test]
async fn a_gzip_body_is_decompressed() {
    let server = Server::start(|_, _| reply(SMALL)).await;
    let client = builder(&server, &World::new()).build().unwrap();
    let response = client.request(http::Method::GET, "/x").send().await.unwrap();
    assert_eq!(&response.body()[..], br#"{"id":"a1","kind":"login"}"#);
    assert_eq!(server.received()[0].header("accept-encoding"), Some("gzip"));
}

#[tokio::test]
async fn the_decompressed_size_is_limited() {
    let server = Server::start(|_, _| reply(LARGE)).await;
    let client = builder(&server, &World::new())
        .max_response_size(10_000)
        .build()
        .unwrap();
    let error = client.request(http::Method::GET, "/x").send().await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error}");
}
