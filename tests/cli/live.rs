//! `sdkwright doctor --live`: calls to a server on localhost.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::Value;

use super::common::{PETS, Run, folder, program, run_with};

/// The head of a received request: the request line and the headers.
type Requests = Arc<Mutex<Vec<String>>>;

/// Starts a server that responds to the targets that it knows with a status, headers and a body. Returns its URL and the received requests.
fn serve(responses: &'static [(&'static str, &'static str, &'static str)]) -> (String, Requests) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let requests = Requests::default();
    let received = Arc::clone(&requests);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            respond(stream, responses, &received);
        }
    });
    (url, requests)
}

fn respond(mut stream: TcpStream, responses: &[(&str, &str, &str)], received: &Requests) {
    let lines = BufReader::new(&mut stream).lines().map_while(Result::ok);
    let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let target = head
        .first()
        .and_then(|line| line.split(' ').nth(1))
        .unwrap_or_default()
        .to_owned();
    received.lock().expect("the requests").push(head.join("\n"));
    let known = responses.iter().find(|(known, _, _)| *known == target);
    let (_, head, body) = known.copied().unwrap_or(("", "404 Not Found", ""));
    let _ = write!(
        stream,
        "HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
}

/// Returns the request lines.
fn targets(requests: &Requests) -> Vec<String> {
    let requests = requests.lock().expect("the requests");
    let line = |request: &String| {
        request
            .lines()
            .next()
            .unwrap_or_default()
            .trim_end_matches(" HTTP/1.1")
            .to_owned()
    };
    requests.iter().map(line).collect()
}

/// Runs the command on `api.yaml` with environment variables.
fn doctor(files: &[(&str, &str)], arguments: &[&str], variables: &[(&str, &str)]) -> (Run, tempfile::TempDir) {
    let folder = folder(files);
    let mut command = program(folder.path());
    command
        .env("NO_PROXY", "127.0.0.1")
        .args(["doctor", "api.yaml"])
        .args(arguments);
    command.envs(variables.iter().copied());
    (run_with(&mut command, ""), folder)
}

const SHOP: &str = include_str!("doctor/live.yaml");

const JSON: &str = "200 OK\r\nContent-Type: application/json";

/// The operations of [`SHOP`] that are not called.
fn not_called() -> Value {
    serde_json::json!([
        { "operation": "watch", "reason": "its response is a stream" },
        { "operation": "elsewhere", "reason": "it has its own server" },
        { "operation": "search", "reason": "the required parameter `q` has no example" },
        { "operation": "getPart", "reason": "the required parameter `part` has no example" },
    ])
}

#[test]
fn read_operations_are_called_with_examples_and_with_values_of_responses() {
    let (server, requests) = serve(&[
        (
            "/v1/items?limit=10&tag=a&tag=b%20c",
            JSON,
            r#"{"data":[{"id":7,"name":null}]}"#,
        ),
        ("/v1/items", "200 OK", ""),
        (
            "/v1/items/7",
            JSON,
            r#"{"id":7,"name":"hat","owner":"J. Doe","price":3}"#,
        ),
        ("/v1/owners/J.%20Doe", "204 No Content", ""),
    ]);
    let base = format!("{server}/v1/");
    let files = [("api.yaml", SHOP)];
    let arguments = ["--live", &base, "--out", "fixes.yaml", "--format", "json"];
    let (found, folder) = doctor(&files, &arguments, &[]);
    assert_eq!((found.status, found.stderr.as_str()), (3, ""), "{}", found.stdout);
    let mut sent = targets(&requests);
    sent.sort_unstable();
    let expected = [
        "GET /v1/items/7",
        "GET /v1/items?limit=10&tag=a&tag=b%20c",
        "GET /v1/owners/J.%20Doe",
        "HEAD /v1/items",
    ];
    assert_eq!(sent, expected);
    let received = requests.lock().expect("the requests").join("\n").to_ascii_lowercase();
    assert!(
        received.contains("x-mode: fast") && received.contains("accept: application/json"),
        "{received}"
    );
    let report: Value = serde_json::from_str(&found.stdout).expect("JSON");
    let kinds: Vec<&Value> = report["deviations"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| &one["kind"])
        .collect();
    assert_eq!(
        (kinds, &report["compared"]),
        (vec![&"null".into(), &"undocumented-property".into()], &4.into())
    );
    assert_eq!(report["not_called"], not_called());

    let mut command = program(folder.path());
    let second = ["doctor", "api.yaml", "--live", &base, "--overlay", "fixes.yaml"];
    let second = run_with(command.env("NO_PROXY", "127.0.0.1").args(second), "");
    assert_eq!(second.status, 0, "{}{}", second.stdout, second.stderr);
    let expected =
        "4 exchanges compared: 0 deviations\nnot called: 4 read operations\n    watch: its response is a stream\n";
    assert!(second.stdout.starts_with(expected), "{}", second.stdout);
}

/// A document with operations that require credentials of different kinds.
fn secured() -> String {
    let operations: String = ["query", "header", "cookie", "basic", "token"]
        .iter()
        .map(|name| {
            format!("  /{name}: {{ get: {{ operationId: {name}, security: [{{ {name}: [] }}], responses: {{ '204': {{ description: Done }} }} }} }}\n")
        })
        .collect();
    format!(
        "openapi: 3.0.3\ninfo: {{ title: Shop, version: 1.0.0 }}\nservers: [{{ url: https://shop.example }}]\npaths:\n{operations}\
         components:\n  securitySchemes:\n    \
         query: {{ type: apiKey, in: query, name: key }}\n    \
         header: {{ type: apiKey, in: header, name: X-Key }}\n    \
         cookie: {{ type: apiKey, in: cookie, name: session }}\n    \
         basic: {{ type: http, scheme: basic }}\n    \
         token: {{ type: oauth2, flows: {{ clientCredentials: {{ tokenUrl: /token, scopes: {{}} }} }} }}\n"
    )
}

#[test]
fn credentials_are_those_of_the_sdk_and_never_printed() {
    let (server, requests) = serve(&[
        ("/query?key=hunter2", "204 No Content", ""),
        ("/header", "204 No Content", ""),
        ("/cookie", "500 Broken\r\nContent-Type: text/plain", "broken"),
        ("/basic", "204 No Content", ""),
        ("/token", "204 No Content", ""),
    ]);
    let document = secured();
    let configuration = "sdks: { shop-client: { document: api.yaml, out: sdk, env_prefix: STORE } }\n";
    let files = [("api.yaml", document.as_str()), ("sdkwright.yaml", configuration)];
    let variables = [
        ("STORE_QUERY", "hunter2"),
        ("STORE_HEADER", "hunter2"),
        ("STORE_COOKIE", "hunter2"),
        ("STORE_USERNAME", "me"),
        ("STORE_PASSWORD", "hunter2"),
        ("STORE_TOKEN", "hunter2"),
    ];
    let arguments = [
        "--live",
        &server,
        "--out",
        "fixes.yaml",
        "--verbose",
        "--header",
        "X-Trace: hunter2",
    ];
    let (found, folder) = doctor(&files, &arguments, &variables);
    assert_eq!((found.status, found.stderr.as_str()), (3, ""), "{}", found.stdout);
    let received = requests.lock().expect("the requests").join("\n").to_ascii_lowercase();
    // `me:hunter2` in Base64.
    for sent in [
        "/query?key=hunter2",
        "x-key: hunter2",
        "cookie: session=hunter2",
        "basic bwu6ahvudgvymg==",
        "bearer hunter2",
    ] {
        assert!(received.contains(sent), "{sent} in {received}");
    }
    assert_eq!(received.matches("x-trace: hunter2").count(), 5, "{received}");
    let fixes = std::fs::read_to_string(folder.path().join("fixes.yaml")).expect("the overlay");
    assert!(
        found.stdout.contains("undocumented-status: the status code 500"),
        "{}",
        found.stdout
    );
    for output in [&found.stdout, &fixes] {
        assert!(
            !output.contains("hunter2") && !output.to_ascii_lowercase().contains("x-trace"),
            "{output}"
        );
    }
    assert!(
        found.stdout.contains("5 exchanges compared: 1 deviation\n"),
        "{}",
        found.stdout
    );
}

#[test]
fn operations_without_credentials_are_not_called() {
    let (server, requests) = serve(&[]);
    let document = secured();
    let (found, _folder) = doctor(&[("api.yaml", document.as_str())], &["--live", &server], &[]);
    assert_eq!(found.status, 2, "{}", found.stdout);
    let expected = "no read operation can be called, such as `query`: it requires credentials: set `API_QUERY`, or pass `--header`";
    assert!(found.stderr.contains(expected), "{}", found.stderr);
    assert_eq!(targets(&requests), Vec::<String>::new());
    // A header of the command line may contain any credentials.
    let header = ["--live", &server, "--header", "Authorization: Bearer hunter2"];
    let (found, _folder) = doctor(&[("api.yaml", document.as_str())], &header, &[]);
    assert_eq!(targets(&requests).len(), 5, "{}", found.stderr);
    assert!(
        found
            .stdout
            .contains("the base URL may lack the base path of the API\n"),
        "{}",
        found.stdout
    );
    assert!(
        !format!("{}{}", found.stdout, found.stderr).contains("hunter2"),
        "{}",
        found.stdout
    );
}

#[test]
fn redirects_to_another_server_are_not_followed() {
    let (other, stolen) = serve(&[("/pets", JSON, "{\"pets\":[]}")]);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let server = format!("http://{}", listener.local_addr().expect("an address"));
    let redirects = thread::spawn(move || {
        let location = ["/pets/", &format!("{other}/pets")].map(str::to_owned);
        for location in location {
            let (mut stream, _) = listener.accept().expect("a request");
            let _ = stream.read(&mut [0; 4096]).expect("a request");
            let head =
                format!("HTTP/1.1 307 Moved\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            stream.write_all(head.as_bytes()).expect("a response");
        }
    });
    let (found, _folder) = doctor(&[("api.yaml", PETS)], &["--live", &server], &[]);
    assert_eq!(found.status, 3, "{}", found.stderr);
    redirects.join().expect("a redirect on the same server is followed");
    assert!(
        found
            .stdout
            .contains("undocumented-status: the status code 307 is not documented (2 times)"),
        "{}",
        found.stdout
    );
    assert_eq!(targets(&stolen), Vec::<String>::new());
}

#[test]
fn a_server_and_a_recording_can_be_combined() {
    let (server, _) = serve(&[("/pets", JSON, "{\"pets\":[]}")]);
    let recording = r#"{"request":{"method":"GET","url":"https://pets.example.com/pets"},"response":{"status":200,"body":{"pets":[]}}}"#;
    let files = [("api.yaml", PETS), ("recording.jsonl", recording)];
    let (found, _folder) = doctor(&files, &["--live", &server, "--har", "recording.jsonl"], &[]);
    assert_eq!(
        (found.status, found.stdout.as_str()),
        (0, "2 exchanges compared: 0 deviations\n"),
        "{}",
        found.stderr
    );
}

#[test]
fn no_more_requests_are_sent_after_a_rate_limit() {
    let (server, requests) = serve(&[("/a0", "429 Slow Down", "")]);
    let paths: String = (0..3)
        .map(|n| {
            format!("  /a{n}: {{ get: {{ operationId: a{n}, responses: {{ default: {{ description: Done }} }} }} }}\n")
        })
        .collect();
    let document = format!("openapi: 3.0.3\ninfo: {{ title: A, version: 1.0.0 }}\npaths:\n{paths}");
    let (found, _folder) = doctor(&[("api.yaml", document.as_str())], &["--live", &server], &[]);
    assert_eq!(found.status, 0, "{}", found.stdout);
    assert_eq!(targets(&requests), ["GET /a0"]);
    assert!(
        found
            .stdout
            .contains("    a2: the server limits the rate of requests\n"),
        "{}",
        found.stdout
    );
}

#[test]
fn invalid_arguments_are_reported_without_secrets() {
    let files = [("api.yaml", PETS)];
    for (arguments, message) in [
        (&["--live", "127.0.0.1:1"][..], "cannot use the base URL: "),
        (
            &["--live", "http://me:hunter2@127.0.0.1:1"],
            "cannot use the base URL: it contains credentials",
        ),
        (
            &["--live", "http://127.0.0.1:1/?key=hunter2"],
            "cannot use the base URL: it has a query",
        ),
        (&["--live", "http://127.0.0.1:1"], "the server sends no responses: "),
        (
            &["--live", "http://127.0.0.1:1", "--header", "hunter2"],
            "invalid header",
        ),
        (
            &["--live", "http://127.0.0.1:1", "--header", "X y: hunter2"],
            "invalid header",
        ),
        (&["--header", "X-Key: 1"], "--live"),
        (&[], "--har"),
    ] {
        let (found, _folder) = doctor(&files, arguments, &[]);
        assert_eq!(found.status, 2, "{arguments:?}: {}", found.stdout);
        assert!(found.stderr.contains(message), "{arguments:?}: {}", found.stderr);
        assert!(
            !format!("{}{}", found.stdout, found.stderr).contains("hunter2"),
            "{}",
            found.stderr
        );
    }
    let (invalid, _folder) = doctor(
        &[("api.yaml", "openapi: 4.0.0\n")],
        &["--live", "http://127.0.0.1:1"],
        &[],
    );
    assert!(
        invalid.status == 1 && invalid.stderr.contains("E0"),
        "{}",
        invalid.stderr
    );
}
