//! The example of the crate, run as a program.

use std::path::Path;
use std::process::{Command, Output};

use crate::calls::Operation;
use crate::mock::{Reply, Server};

/// Runs the example against a server, with the command in its first line.
async fn quickstart(server: &Server) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_sdkwright"));
    // The dependencies of the example were built with the tests.
    let target = program.ancestors().nth(2).expect("target/debug/sdkwright");
    let mut command = Command::new(env!("CARGO"));
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args([
            "run",
            "--quiet",
            "--offline",
            "--package",
            "workiva-activities",
            "--example",
            "quickstart",
        ])
        .env("CARGO_TARGET_DIR", target)
        .env("WORKIVA_BASE_URL", &server.url)
        .env("WORKIVA_CLIENT_ID", "id")
        .env("WORKIVA_CLIENT_SECRET", "secret")
        .env_remove("WORKIVA_TOKEN");
    let output = tokio::task::spawn_blocking(move || command.output());
    output.await.expect("no panic").expect("cargo runs")
}

#[tokio::test]
async fn the_quickstart_uses_the_server_in_the_environment() {
    let server = Server::start(|request, _| match request.line() {
        "POST /iam/v1/oauth2/token" => Reply::json(200, r#"{"access_token":"t0"}"#),
        _ => Reply::json(200, Operation::Activity.example().to_string()),
    })
    .await;
    let output = quickstart(&server).await;
    let (stdout, stderr) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{stderr}");
    assert!(stdout.contains("FY26 Close"), "{stdout}");
    let id = Operation::Activity.example()["id"]
        .as_str()
        .unwrap()
        .replace('=', "%3D");
    assert_eq!(
        server.lines(),
        ["POST /iam/v1/oauth2/token".to_owned(), format!("GET /activities/{id}")]
    );
}

#[tokio::test]
async fn the_quickstart_fails_if_the_call_fails() {
    let server = Server::script([Reply::json(401, r#"{"error":"invalid_client"}"#)]).await;
    let output = quickstart(&server).await;
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains("invalid_client"), "{stderr}");
}
