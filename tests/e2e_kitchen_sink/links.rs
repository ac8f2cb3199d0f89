//! The methods of a response that call the operations of its links.

use kitchen_sink::Client;
use kitchen_sink::models::NewJob;

use crate::builder;
use crate::mock::{Reply, Server};

const JOB: &str = r#"{"id":7,"worker":{"name":"w 1"}}"#;

fn client(server: &Server) -> Client {
    builder(server).bearer_token("t0ken").build().expect("a client")
}

#[tokio::test]
async fn a_link_sets_parameters_from_the_body_the_headers_and_constants() {
    let server = Server::script([Reply::json(202, JOB).header("x-trace", "t-1"), Reply::json(200, JOB)]).await;
    let client = client(&server);
    let created = client
        .links()
        .create_job(&NewJob::new("import"))
        .send_response()
        .await
        .unwrap();
    let job = created.get_state(&client).send().await.unwrap();
    assert_eq!(job.id, 7);
    let request = &server.received()[1];
    assert_eq!(request.line(), "GET /jobs/7?wait=true");
    assert_eq!(request.header("x-trace"), Some("t-1"));
}

#[tokio::test]
async fn a_missing_value_of_an_optional_parameter_is_not_sent() {
    let server = Server::script([Reply::json(202, r#"{"id":8}"#), Reply::json(200, JOB), Reply::new(204)]).await;
    let client = client(&server);
    let created = client
        .links()
        .create_job(&NewJob::new("import"))
        .send_response()
        .await
        .unwrap();
    created.get_state(&client).send().await.unwrap();
    created.cancel(&client).send().await.unwrap();
    assert_eq!(server.lines()[1..], ["GET /jobs/8?wait=true", "DELETE /jobs/8"]);
    assert_eq!(server.received()[1].header("x-trace"), None);
}

#[tokio::test]
async fn values_of_the_request_are_arguments_and_setters_can_be_called() {
    let server = Server::script([
        Reply::json(202, JOB),
        Reply::json(200, r#"{"name":"w 1"}"#),
        Reply::new(204),
    ])
    .await;
    let client = client(&server);
    let created = client
        .links()
        .create_job(&NewJob::new("import"))
        .send_response()
        .await
        .unwrap();
    let worker = created.get_worker(&client, "eu").expect("the job has a worker");
    assert_eq!(worker.send().await.unwrap().name, "w 1");
    created.cancel(&client).worker("other").send().await.unwrap();
    assert_eq!(server.lines()[1], "GET /workers/w%201?region=eu");
}

#[tokio::test]
async fn a_link_without_a_required_value_is_none() {
    let server = Server::script([Reply::json(202, r#"{"id":9}"#)]).await;
    let client = client(&server);
    let created = client
        .links()
        .create_job(&NewJob::new("import"))
        .send_response()
        .await
        .unwrap();
    assert!(created.get_worker(&client, "eu").is_none());
}
