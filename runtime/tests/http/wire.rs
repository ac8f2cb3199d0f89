//! Requests, byte for byte.

use sdkwright_runtime::runtime::__private::{ApiInfo, Core, Operation, Request, Settings};
use sdkwright_runtime::runtime::{Error, File, Method, Unexpected};

use crate::support::{ACTIVITY, POST, Reply, Server, World, builder, plain};

static API_INFO: ApiInfo = ApiInfo {
    user_agent: "acme/1.0 (Café API 2; sdkwright/0; rust; {os})",
    server: "https://api.acme.example",
    schemes: &[],
    security: &[],
    retries: None,
};

static GET: Operation = Operation {
    id: "get",
    path: "/a/{x}/b.{y}",
    ..Operation::DEFAULT
};

pub fn core(url: &str) -> Core {
    let mut settings = Settings::default();
    settings.base_url(url);
    settings.build(&API_INFO).unwrap()
}

pub async fn send(request: Request) -> Result<(), Error<Unexpected>> {
    request.read(|_| Ok(())).await
}

#[tokio::test]
async fn path_values_are_always_one_segment() {
    let server = Server::script([Reply::json(200, ACTIVITY)]).await;
    let client = plain(&server);
    let cases = [
        ("plain-1._~", "plain-1._~"),
        ("a/b", "a%2Fb"),
        ("100%", "100%25"),
        ("%2e%2e", "%252e%252e"),
        ("a b", "a%20b"),
        ("naïve", "na%C3%AFve"),
        ("日本", "%E6%97%A5%E6%9C%AC"),
        ("?q#f", "%3Fq%23f"),
        ("a;b=c,d:e@f", "a%3Bb%3Dc%2Cd%3Ae%40f"),
        ("..x", "..x"),
        ("...", "..."),
        ("\\", "%5C"),
        ("\r\nX: y", "%0D%0AX%3A%20y"),
    ];
    for (value, sent) in cases {
        client.activities().get_activity_by_id(value).send().await.unwrap();
        let received = server.received();
        assert_eq!(received.last().unwrap().line(), format!("GET /activities/{sent}"));
    }
}

#[tokio::test]
async fn path_values_that_change_the_route_are_an_error() {
    let server = Server::script([Reply::json(200, ACTIVITY)]).await;
    let client = plain(&server);
    let cases = [
        (
            "",
            "GET /activities/{activityId}: path parameter `activityId` is empty; call `allow_empty_path()` to send it",
        ),
        (
            ".",
            "GET /activities/{activityId}: path parameter `activityId` is `.`, which cannot be sent in a path",
        ),
        (
            "..",
            "GET /activities/{activityId}: path parameter `activityId` is `..`, which cannot be sent in a path",
        ),
    ];
    for (value, message) in cases {
        let error = client.activities().get_activity_by_id(value).send().await.unwrap_err();
        assert!(matches!(error, Error::Build(_)));
        assert_eq!(error.to_string(), message);
    }
    let mut two_dots = Request::new(&core(&server.url), &GET);
    two_dots.path_text("x", ".".to_owned());
    two_dots.path_text("y", "json".to_owned());
    assert!(send(two_dots).await.unwrap_err().to_string().contains("`x` is `.`"));
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn a_missing_path_value_is_an_error() {
    let server = Server::script([Reply::new(200)]).await;
    let mut request = Request::new(&core(&server.url), &GET);
    request.path("x", &1_i64);
    assert_eq!(
        send(request).await.unwrap_err().to_string(),
        "GET /a/{x}/b.{y}: path parameter `y` is empty"
    );
}

#[tokio::test]
async fn values_are_sent_as_their_json_text() {
    let server = Server::script([Reply::new(200)]).await;
    let mut request = Request::new(&core(&server.url), &GET);
    request.path("x", &vec![1_i64, 2]);
    request.path("y", &true);
    request.query("f", &1.5_f64);
    request.query("list", &vec!["a&b".to_owned(), "ü".to_owned()]);
    request.query("none", &Vec::<String>::new());
    request.query("$top", &3_i64);
    request.query_text("empty", String::new());
    request.query_pair("more", "1");
    request.query_pair("more", "2");
    request.header("x-list", &vec!["a".to_owned(), "b c".to_owned()]);
    request.cookie("c", &"d e".to_owned());
    request.cookie("n", &7_i64);
    send(request).await.unwrap();
    let received = server.only();
    assert_eq!(
        received.line(),
        "GET /a/1,2/b.true?f=1.5&list=a%26b&list=%C3%BC&%24top=3&empty=&more=1&more=2"
    );
    assert_eq!(received.header("x-list"), Some("a,b c"));
    assert_eq!(received.header("cookie"), Some("c=d%20e; n=7"));
}

#[tokio::test]
async fn setting_twice_replaces() {
    let server = Server::script([Reply::new(200)]).await;
    let mut request = Request::new(&core(&server.url), &GET);
    for value in ["one", "two"] {
        request.path_text("x", value.to_owned());
        request.path_text("y", value.to_owned());
        request.query_text("q", value.to_owned());
        request.header_text("x-h", value.to_owned());
    }
    send(request).await.unwrap();
    assert_eq!(server.only().line(), "GET /a/two/b.two?q=two");
    assert_eq!(server.only().header("x-h"), Some("two"));
}

#[tokio::test]
async fn a_header_value_cannot_add_another_header() {
    let server = Server::script([Reply::new(200)]).await;
    let call = plain(&server).request(Method::GET, "/x").header("x-a", "1\r\nx-b: 2");
    let error = call.send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /x: the value of header `x-a` contains a control character"
    );
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn default_headers() {
    let server = Server::script([Reply::json(201, ACTIVITY)]).await;
    let client = builder(&server, &World::new())
        .header("x-team", "blue")
        .append_user_agent("tool/3")
        .build()
        .unwrap();
    client.request(POST, "/x").send().await.unwrap();
    let received = server.only();
    let agent = format!(
        "acme-activities/1.2.0 (Acme Activities 1.2; sdkwright/0.1.0; rust; {}) tool/3",
        std::env::consts::OS
    );
    assert_eq!(received.header("user-agent"), Some(agent.as_str()));
    assert_eq!(received.header("accept"), Some("*/*"));
    assert_eq!(received.header("x-team"), Some("blue"));
    assert_eq!(
        received.header("content-length"),
        Some("0"),
        "a POST without a body says so"
    );
    assert_eq!(received.header("content-type"), None);
}

#[tokio::test]
async fn non_ascii_titles_are_replaced_in_user_agent() {
    let server = Server::script([Reply::new(200)]).await;
    let mut request = Request::new(&core(&server.url), &GET);
    request.path("x", &1_i64);
    request.path("y", &1_i64);
    send(request).await.unwrap();
    assert!(
        server
            .only()
            .header("user-agent")
            .unwrap()
            .starts_with("acme/1.0 (Caf? API 2; ")
    );
}

#[tokio::test]
async fn json_bodies() {
    let server = Server::script([Reply::json(201, ACTIVITY)]).await;
    let body: sdkwright_runtime::models::Activity = serde_json::from_str(ACTIVITY).unwrap();
    plain(&server).activities().create_activity(&body).send().await.unwrap();
    let received = server.only();
    assert_eq!(received.text(), ACTIVITY);
    assert_eq!(received.header("content-type"), Some("application/json"));
    assert_eq!(received.header("content-length"), Some("29"));
}

#[tokio::test]
async fn forms_are_assembled_from_fields() {
    static OPERATION: Operation = Operation {
        id: "form",
        method: "POST",
        path: "/form",
        ..Operation::DEFAULT
    };
    let server = Server::script([Reply::new(204)]).await;
    let mut request = Request::new(&core(&server.url), &OPERATION);
    request.form_field("name", &"a b&c~".to_owned());
    request.form_field("tags", &vec!["x".to_owned(), "y".to_owned()]);
    request.form_field("filter", &std::collections::BTreeMap::from([("k".to_owned(), 1_i64)]));
    request.form_field("name", &"second".to_owned());
    send(request).await.unwrap();
    assert_eq!(
        server.only().text(),
        "tags=x&tags=y&filter=%7B%22k%22%3A1%7D&name=second"
    );
    assert_eq!(
        server.only().header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
}

#[tokio::test]
async fn json_values_are_sent_one_per_line() {
    static OPERATION: Operation = Operation {
        id: "upsert",
        method: "POST",
        path: "/records",
        ..Operation::DEFAULT
    };
    let values = [b"{\"a\":1}".to_vec(), b"2".to_vec()];
    for (media_type, expected) in [
        ("application/x-ndjson", "{\"a\":1}\n2\n"),
        ("application/jsonl; charset=utf-8", "{\"a\":1}\n2\n"),
        ("application/json-seq", "\u{1e}{\"a\":1}\n\u{1e}2\n"),
        ("application/geo+json-seq", "\u{1e}{\"a\":1}\n\u{1e}2\n"),
        ("Application/JSON-Seq; v=1", "\u{1e}{\"a\":1}\n\u{1e}2\n"),
    ] {
        let server = Server::script([Reply::new(204)]).await;
        let mut request = Request::new(&core(&server.url), &OPERATION);
        request.lines_body(media_type, &values);
        send(request).await.unwrap();
        assert_eq!(server.only().text(), expected);
        assert_eq!(server.only().header("content-type"), Some(media_type));
    }
}

#[tokio::test]
async fn multipart_bodies_keep_their_boundary_over_retries() {
    static OPERATION: Operation = Operation {
        id: "upload",
        method: "PUT",
        path: "/upload",
        ..Operation::DEFAULT
    };
    let server = Server::script([Reply::new(503), Reply::new(204)]).await;
    let mut settings = Settings::default();
    settings.base_url(&server.url);
    settings.environment(World::new().random(10));
    let mut request = Request::new(&settings.build(&API_INFO).unwrap(), &OPERATION);
    request.part("tags", "text/plain", &vec!["x".to_owned(), "y".to_owned()]);
    request.part_json(
        "meta",
        "application/json",
        &std::collections::BTreeMap::from([("k".to_owned(), 1_i64)]),
    );
    request.part_file("file", &[], &File::new("a\"b.bin", &b"\0\xff"[..]));
    let pages = ["1", "2"].map(|text| File::new(format!("{text}.txt"), text));
    request.part_files("pages", &["text/plain"], &pages);
    send(request).await.unwrap();
    let received = server.received();
    assert_eq!(received[0].body, received[1].body);
    let boundary = "000000000000000a000000000000000a";
    let expected = [
        &b"--B\r\nContent-Disposition: form-data; name=\"tags\"\r\nContent-Type: text/plain\r\n\r\nx\r\n"[..],
        b"--B\r\nContent-Disposition: form-data; name=\"tags\"\r\nContent-Type: text/plain\r\n\r\ny\r\n",
        b"--B\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{\"k\":1}\r\n",
        b"--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%22b.bin\"\r\n",
        b"Content-Type: application/octet-stream\r\n\r\n\0\xff\r\n",
        b"--B\r\nContent-Disposition: form-data; name=\"pages\"; filename=\"1.txt\"\r\n",
        b"Content-Type: text/plain\r\n\r\n1\r\n",
        b"--B\r\nContent-Disposition: form-data; name=\"pages\"; filename=\"2.txt\"\r\n",
        b"Content-Type: text/plain\r\n\r\n2\r\n--B--\r\n",
    ];
    let body = String::from_utf8_lossy(&received[0].body).into_owned();
    assert_eq!(body.replace(boundary, "B"), String::from_utf8_lossy(&expected.concat()));
    let content_type = format!("multipart/form-data; boundary={boundary}");
    assert_eq!(received[0].header("content-type"), Some(content_type.as_str()));
}

#[tokio::test]
async fn an_idempotency_key_is_created_once_per_call() {
    static OPERATION: Operation = Operation {
        id: "pay",
        method: "POST",
        path: "/pay",
        idempotency_key: Some("Idempotency-Key"),
        ..Operation::DEFAULT
    };
    let server = Server::script([Reply::new(500), Reply::new(200)]).await;
    let mut settings = Settings::default();
    settings.base_url(&server.url);
    settings.environment(World::new().random(10));
    let core = settings.build(&API_INFO).unwrap();
    send(Request::new(&core, &OPERATION)).await.unwrap();
    let mut own = Request::new(&core, &OPERATION);
    own.header_text("idempotency-key", "mine".to_owned());
    send(own).await.unwrap();
    let keys: Vec<_> = server
        .received()
        .iter()
        .map(|it| it.header("idempotency-key").map(str::to_owned))
        .collect();
    let made = Some("000000000000000a000000000000000a".to_owned());
    assert_eq!(keys, [made.clone(), made, Some("mine".to_owned())]);
}

#[tokio::test]
async fn custom_methods_are_sent_unchanged() {
    static QUERY: Operation = Operation {
        method: "QUERY",
        ..Operation::DEFAULT
    };
    static COPY: Operation = Operation {
        method: "COPY",
        ..Operation::DEFAULT
    };
    let server = Server::script([Reply::new(204)]).await;
    for operation in [&QUERY, &COPY] {
        send(Request::new(&core(&server.url), operation)).await.unwrap();
    }
    assert_eq!(server.lines(), ["QUERY /", "COPY /"]);
}

#[tokio::test]
async fn a_raw_request_may_have_a_url_in_its_query() {
    let server = Server::script([Reply::new(200)]).await;
    let path = "/preview?url=https://example.com/a";
    plain(&server).request(Method::GET, path).send().await.unwrap();
    assert_eq!(server.only().target(), path);
}
