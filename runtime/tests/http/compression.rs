//! Compressed responses.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use sdkwright_runtime::runtime::{Body, Error, HttpClient, RawResponse, Transport, TransportErrorKind, Unexpected};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::support::{Reply, Server, World, builder, plain};

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
    let requests = server.received();
    let accepted = requests[0].header("accept-encoding").unwrap();
    assert_eq!(accepted.split(", ").next(), Some("gzip"));
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

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

async fn get(reply: Reply) -> Result<RawResponse, Error<Unexpected>> {
    let server = Server::script([reply]).await;
    plain(&server).request(http::Method::GET, "/x").send().await
}

/// Bytes that gzip cannot make much shorter, so that the compressed body has several pieces.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let next = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    });
    next.take(length).collect()
}

#[tokio::test]
async fn the_headers_of_the_compressed_body_are_removed() {
    let response = get(reply(SMALL)).await.unwrap();
    assert!(!response.headers().contains_key("content-encoding"));
    assert!(!response.headers().contains_key("content-length"));
    assert_eq!(response.content_type().as_deref(), Some("application/json"));
}

#[tokio::test]
async fn large_bodies_and_bodies_with_several_members_are_complete() {
    for text in [noise(300_000), vec![b' '; 20_000_000], noise(20_000)] {
        let response = get(reply(&gzip(&text))).await.unwrap();
        assert!(
            response.body()[..] == text,
            "{} of {} bytes",
            response.body().len(),
            text.len()
        );
    }
    let members = [gzip(b"one "), gzip(b"two")].concat();
    let response = get(reply(&members)).await.unwrap();
    assert_eq!(&response.body()[..], b"one two");
}

#[tokio::test]
async fn a_truncated_or_corrupt_body_is_an_error() {
    let whole = gzip(&noise(1_000));
    let mut corrupt = whole.clone();
    corrupt[500] ^= 1;
    let mut wrong_length = whole.clone();
    *wrong_length.last_mut().unwrap() ^= 1;
    for body in [
        &whole[..5],
        &whole[..500],
        &whole[..whole.len() - 1],
        &corrupt,
        &wrong_length,
        b"text",
    ] {
        let error = get(reply(body)).await.unwrap_err();
        let Error::Transport(error) = error else {
            panic!("{error:?}");
        };
        assert_eq!(*error.kind(), TransportErrorKind::Exchange, "{error}");
    }
}

#[tokio::test]
async fn a_body_that_is_empty_or_not_compressed_is_returned_unchanged() {
    let response = get(reply(b"")).await.unwrap();
    assert_eq!(response.body().len(), 0);
    let response = get(Reply::new(200).header("content-encoding", "identity").body("text"))
        .await
        .unwrap();
    assert_eq!(&response.body()[..], b"text");
}

#[tokio::test]
async fn a_request_can_state_what_it_accepts() {
    let server = Server::script([Reply::new(200)]).await;
    let call = plain(&server).request(http::Method::GET, "/x");
    call.header("accept-encoding", "identity").send().await.unwrap();
    assert_eq!(server.only().header("accept-encoding"), Some("identity"));
}

#[tokio::test]
async fn a_chunk_is_available_before_the_next_one_arrives() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let uri = format!("http://{}/", listener.local_addr().unwrap());
    let request = http::Request::get(uri).body(Body::default()).unwrap();
    let client = HttpClient::from(reqwest::Client::new());
    let opened = tokio::spawn(async move { client.open(request).await });

    let (mut connection, _) = listener.accept().await.unwrap();
    assert!(connection.read(&mut [0; 1024]).await.unwrap() > 0);
    let head = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\nconnection: close\r\n\r\n";
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(b"one").unwrap();
    encoder.flush().unwrap();
    let part = std::mem::take(encoder.get_mut());
    connection.write_all(&[head.as_bytes(), &part].concat()).await.unwrap();

    let body = opened.await.unwrap().unwrap().into_body();
    let (chunk, rest) = body.0.await.unwrap().expect("a chunk");
    assert_eq!(&chunk[..], b"one");
    encoder.write_all(b"two").unwrap();
    connection.write_all(&encoder.finish().unwrap()).await.unwrap();
    drop(connection);
    let (chunk, rest) = rest.0.await.unwrap().expect("a chunk");
    assert_eq!(&chunk[..], b"two");
    assert!(rest.0.await.unwrap().is_none());
}

#[tokio::test]
async fn a_part_of_a_compressed_body_is_not_decompressed() {
    let mut part = reply(&SMALL[9..]);
    part.status = 206;
    let server = Server::script([part]).await;
    let request = plain(&server)
        .request(http::Method::GET, "/x")
        .header("range", "bytes=9-");
    let response = request.send().await.unwrap();
    assert_eq!(&response.body()[..], &SMALL[9..]);
    assert_eq!(response.headers()["content-encoding"], "gzip");
    // The range would refer to the compressed bytes. Without the header, reqwest accepts its own encodings.
    let others = cfg!(any(feature = "brotli", feature = "deflate", feature = "zstd"));
    assert_eq!(server.only().header("accept-encoding"), others.then_some("identity"));
}
