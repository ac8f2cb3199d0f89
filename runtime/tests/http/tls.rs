//! TLS with ring, behind the feature `rustls-ring`. The feature `native-tls` takes precedence.
#![cfg(not(feature = "native-tls"))]

use sdkwright_runtime::Client;
use sdkwright_runtime::runtime::{Error, RetryPolicy, TransportErrorKind};
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

/// The key exchanges that a client with ring offers: X25519, P-256 and P-384. A client with aws-lc offers one more.
const KEY_EXCHANGES: &[u8] = &[0, 10, 0, 8, 0, 6, 0, 29, 0, 23, 0, 24];

/// The protocols that a client without HTTP/2 offers.
const PROTOCOLS: &[u8] = b"\x00\x10\x00\x0b\x00\x09\x08http/1.1";

#[tokio::test]
async fn a_handshake_offers_the_key_exchanges_of_ring() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let handshake = tokio::spawn(async move {
        let (mut connection, _) = listener.accept().await.unwrap();
        let mut record = [0; 5];
        connection.read_exact(&mut record).await.unwrap();
        let mut hello = vec![0; usize::from(u16::from_be_bytes([record[3], record[4]]))];
        connection.read_exact(&mut hello).await.unwrap();
        hello
    });
    let client = Client::builder()
        .base_url(format!("https://{address}"))
        .bearer_token("t0ken")
        .retries(RetryPolicy::none())
        .build()
        .unwrap();
    let error = client.activities().get_activity_by_id("a1").send().await.unwrap_err();
    let Error::Transport(error) = error else {
        panic!("{error:?}");
    };
    assert_eq!(*error.kind(), TransportErrorKind::Connect);
    let hello = handshake.await.unwrap();
    let offers = |extension: &[u8]| hello.windows(extension.len()).any(|part| part == extension);
    assert!(offers(KEY_EXCHANGES), "{hello:x?}");
    assert!(offers(PROTOCOLS), "{hello:x?}");
}
