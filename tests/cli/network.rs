//! Documents from URLs: they are fetched only with `--allow-net` and only from allowed hosts.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::thread;

use super::common::{Run, folder, program, run_with};
use super::fails;

const SPLIT: &str = "\
openapi: 3.0.3
info: { title: Pets, version: 1.0.0 }
servers: [{ url: https://pets.example.com }]
paths:
  /pet:
    get:
      operationId: getPet
      tags: [Pets]
      responses:
        '200':
          description: A pet.
          content: { application/json: { schema: { $ref: 'models/pet.yaml#/Pet' } } }
";
const PET: &str = "Pet: { type: object, required: [name], properties: { name: { type: string } } }\n";

/// Starts a server that returns a text for each path; a text that starts with `to ` is a redirect. Returns its address.
fn serve(texts: &'static [(&'static str, &'static str)]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            respond(stream, texts);
        }
    });
    format!("http://{address}")
}

fn respond(mut stream: TcpStream, texts: &[(&str, &str)]) {
    let mut request = vec![0; 8192];
    let length = stream.read(&mut request).unwrap_or(0);
    let request = String::from_utf8_lossy(&request[..length]).into_owned();
    let target = request.split(' ').nth(1).unwrap_or_default();
    let path = target.split('?').next().unwrap_or_default();
    let text = texts.iter().find(|(known, _)| *known == path).map(|(_, text)| *text);
    let head = match text {
        None => "404 Not Found\r\nContent-Length: 0".to_owned(),
        Some(text) => match text.strip_prefix("to ") {
            Some(next) => format!("302 Found\r\nLocation: {next}\r\nContent-Length: 0"),
            None => format!("200 OK\r\nContent-Length: {}", text.len()),
        },
    };
    let body = text.filter(|text| !text.starts_with("to ")).unwrap_or_default();
    let _ = write!(stream, "HTTP/1.1 {head}\r\nConnection: close\r\n\r\n{body}");
}

fn generate(folder: &Path, document: &str) -> Run {
    let mut command = program(folder);
    command
        .env("NO_PROXY", "127.0.0.1")
        .args(["generate", document, "--out", "sdk", "--name", "pets", "--allow-net"]);
    run_with(&mut command, "")
}

#[track_caller]
fn cannot_fetch(document: &str, message: &str) {
    let folder = folder(&[]);
    let run = generate(folder.path(), document);
    assert_eq!(run.status, 1, "{}", run.stdout);
    assert!(
        run.stderr.contains("E0101") && run.stderr.contains(message),
        "{}",
        run.stderr
    );
    assert!(!folder.path().join("sdk").exists());
}

#[test]
fn nothing_is_fetched_without_allow_net() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("a non-blocking listener");
    let url = format!("http://{}/pets.yaml", listener.local_addr().expect("an address"));
    let folder = folder(&[(
        "sdkwright.yaml",
        &format!("sdks:\n  pets:\n    document: {url}\n    out: sdk\n"),
    )]);
    let named = ["generate", &url, "--out", "sdk", "--name", "pets"];
    fails(folder.path(), &named, 1, &["E0112", &url, "help", "`--allow-net`"]);
    fails(folder.path(), &[], 1, &["E0112", "sdkwright.yaml:3:", "`--allow-net`"]);
    let local = SPLIT.replace("models/pet.yaml", &format!("{url}#"));
    fs::write(folder.path().join("local.yaml"), local).expect("a file");
    let run = super::run(folder.path(), &["validate", "local.yaml"]);
    assert!(
        run.stderr.contains("W0206") && run.stderr.contains("`--allow-net`"),
        "{}",
        run.stderr
    );
    assert!(listener.accept().is_err(), "a connection was made");
}

#[test]
fn a_document_and_its_references_are_fetched() {
    let server = serve(&[
        ("/v1/openapi.yaml", SPLIT),
        ("/v1/models/pet.yaml", PET),
        ("/latest", "to /v1/openapi.yaml?as=yaml"),
    ]);
    for path in ["/v1/openapi.yaml?key=hunter2", "/latest"] {
        let folder = folder(&[]);
        let run = generate(folder.path(), &format!("{server}{path}"));
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{}", run.stdout);
        let manifest = fs::read_to_string(folder.path().join("sdk/sdk-manifest.json")).expect("a manifest");
        assert!(
            !manifest.contains("hunter2") && !manifest.contains("127.0.0.1"),
            "{manifest}"
        );
        let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
        assert_eq!(manifest["document"]["path"], "openapi.yaml");
        assert_eq!(manifest["operations"][0]["responses"]["200"]["rust"], "models::Pet");
    }
}

#[test]
fn secrets_of_a_url_are_not_printed() {
    let server = serve(&[("/openapi.yaml", SPLIT)]).replace("http://", "http://user:hunter2@");
    let folder = folder(&[]);
    for (path, code) in [("openapi.yaml", "E0207"), ("gone.yaml", "E0101")] {
        let run = generate(folder.path(), &format!("{server}/{path}?token=hunter2"));
        assert!(run.stderr.contains(code) && run.stderr.contains(path), "{}", run.stderr);
        assert!(!run.stderr.contains("hunter2"), "{}", run.stderr);
    }
    let run = super::run(
        folder.path(),
        &["validate", &format!("{server}/openapi.yaml?token=hunter2")],
    );
    assert!(run.stderr.contains("E0112"), "{}", run.stderr);
    assert!(!run.stderr.contains("hunter2"), "{}", run.stderr);
}

#[test]
fn a_relative_server_url_is_resolved_against_the_document() {
    let server = serve(&[(
        "/v1/openapi.yaml",
        "openapi: 3.0.3\ninfo: { title: Pets, version: 1.0.0 }\nservers: [{ url: ../api }]\npaths: {}\n",
    )]);
    let folder = folder(&[]);
    let run = generate(folder.path(), &format!("{server}/v1/openapi.yaml"));
    assert_eq!(run.status, 0, "{}", run.stderr);
    let client = fs::read_to_string(folder.path().join("sdk/src/client.rs")).expect("a client");
    assert!(client.contains(&format!("\"{server}/api\"")), "{client}");
}

#[test]
fn a_failed_fetch_is_reported() {
    let server = serve(&[
        ("/around", "to /around"),
        ("/file", "to file:///etc/hosts"),
        ("/inside", "to http://127.0.0.1:1/openapi.yaml"),
    ]);
    cannot_fetch(&format!("{server}/gone.yaml"), "404");
    cannot_fetch(&format!("{server}/around"), "more than 5 redirects");
    cannot_fetch(&format!("{server}/file"), "the scheme `file` is not supported");
    cannot_fetch(&format!("{server}/inside"), "private network");
    cannot_fetch("http://127.0.0.1:1/openapi.yaml", "refused");
    cannot_fetch("https://[not-a-host/", "the URL is invalid");
}

#[test]
fn a_document_from_a_url_cannot_read_files_or_private_hosts() {
    let server = serve(&[(
        "/reader.yaml",
        "\
openapi: 3.0.3
info: { title: Reader, version: 1.0.0 }
paths: {}
components:
  schemas:
    Hosts: { $ref: 'file:///etc/hosts' }
    Settings: { $ref: 'http://127.0.0.1:1/settings' }
",
    )]);
    let folder = folder(&[]);
    let run = generate(folder.path(), &format!("{server}/reader.yaml"));
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stderr.contains("cannot refer to local files"), "{}", run.stderr);
    assert!(
        run.stderr.contains("`127.0.0.1` is in a private network"),
        "{}",
        run.stderr
    );
}
