//! The servers that requests are sent to.

use sdkwright_runtime::runtime::__private::{Operation, Request};
use sdkwright_runtime::runtime::{Error, Method};
use sdkwright_runtime::{Client, Server as Place};

use crate::support::{ACTIVITY, Reply, Server, World, builder, plain};
use crate::wire::{core, send};

#[tokio::test]
async fn servers_with_a_base_path_keep_it() {
    let server = Server::script([Reply::json(200, ACTIVITY)]).await;
    for base in ["/v1", "/v1/"] {
        let client = builder(&server, &World::new())
            .base_url(server.url.clone() + base)
            .build()
            .unwrap();
        client.activities().get_activity_by_id("a1").send().await.unwrap();
        client
            .request(Method::GET, "rest?a=%20b")
            .query("c", "d e")
            .send()
            .await
            .unwrap();
    }
    assert_eq!(
        server.lines()[..2],
        ["GET /v1/activities/a1", "GET /v1/rest?a=%20b&c=d%20e"]
    );
    assert_eq!(server.lines()[2..], server.lines()[..2]);
}

#[tokio::test]
async fn operations_can_have_their_own_server() {
    static UPLOAD: Operation = Operation {
        id: "upload",
        base: Some("/uploads"),
        path: "/x",
        ..Operation::DEFAULT
    };
    static AWAY: Operation = Operation {
        id: "away",
        base: Some("https://away.example/v9"),
        path: "/x",
        ..Operation::DEFAULT
    };
    let server = Server::script([Reply::new(200)]).await;
    let core = core(&format!("{}/v1", server.url));
    send(Request::new(&core, &UPLOAD)).await.unwrap();
    // A custom server also replaces the servers of operations.
    send(Request::new(&core, &AWAY)).await.unwrap();
    assert_eq!(server.lines(), ["GET /uploads/x", "GET /v1/x"]);
}

#[tokio::test]
async fn http_is_only_allowed_on_loopback() {
    for fine in [
        "http://localhost:1",
        "http://127.8.9.10",
        "http://[::1]:2",
        "https://api.acme.example/v1",
    ] {
        Client::builder().base_url(fine).build().unwrap();
    }
    let refused = [
        (
            "http://api.acme.example",
            "`http://api.acme.example` uses http, which is only allowed on the loopback interface; use https",
        ),
        (
            "http://localhost.evil.example",
            "`http://localhost.evil.example` uses http, which is only allowed on the loopback interface; use https",
        ),
        ("ftp://localhost", "unsupported URL scheme `ftp`; use https"),
        (
            "https://u:p@host",
            "the server URL of `https://host` must not contain credentials",
        ),
        (
            "https://host/?x=1",
            "the server URL `https://host/?x=1` must not have a query or a fragment",
        ),
        (
            "api.acme.example",
            "`api.acme.example` is not an absolute URL: relative URL without a base; pass one to `base_url`",
        ),
    ];
    for (url, message) in refused {
        assert_eq!(
            Client::builder().base_url(url).build().unwrap_err().to_string(),
            message
        );
    }
    Client::builder().server(Place::Eu).build().unwrap();
    let server = Server::script([Reply::new(200)]).await;
    let call = plain(&server)
        .activities()
        .get_activity_by_id("a")
        .base_url("http://api.acme.example");
    assert!(matches!(call.send().await.unwrap_err(), Error::Build(_)));
}
