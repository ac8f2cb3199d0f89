//! Errors of calls: messages and contents.

use sdkwright_runtime::errors::ActivitiesError;
use sdkwright_runtime::runtime::{Error, Method};

use crate::support::{ACTIVITY, Reply, Server, plain};

async fn error(reply: Reply) -> Error<ActivitiesError> {
    let server = Server::script([reply]).await;
    plain(&server)
        .activities()
        .get_activity_by_id("a1")
        .send()
        .await
        .unwrap_err()
}

#[tokio::test]
async fn a_documented_error_is_typed_and_displays_on_one_line() {
    let reply =
        Reply::json(404, "{\"code\":\"gone\",\"message\":\"No such\\nactivity\"}").header("x-request-id", "r-1");
    let error = error(reply).await;
    assert_eq!(
        error.to_string(),
        "GET /activities/{activityId} → 404 Not Found (attempt 1 of 1, request-id r-1): No such activity"
    );
    assert!(error.is_not_found() && !error.is_retryable());
    assert_eq!(error.request_id(), Some("r-1"));
    assert_eq!(
        error.headers().and_then(|headers| headers.get("content-type")).unwrap(),
        "application/json"
    );
    let Error::Api(api) = error else { panic!("{error}") };
    assert!(matches!(api.kind(), ActivitiesError::NotFound(body) if body.code.as_deref() == Some("gone")));
    assert_eq!(api.message(), Some("No such activity"));
}

#[tokio::test]
async fn a_missing_message_is_not_displayed() {
    for body in ["{}", r#"{"message":null}"#, r#"{"message":""}"#, r#"{"message":" "}"#] {
        let error = error(Reply::json(400, body)).await;
        assert_eq!(
            error.to_string(),
            "GET /activities/{activityId} → 400 Bad Request (attempt 1 of 1)",
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_range_covers_its_statuses() {
    let error = error(Reply::json(599, r#"{"message":"odd"}"#)).await;
    assert!(matches!(error.kind(), Some(ActivitiesError::ServerError(_))));
    assert_eq!(
        error.to_string(),
        "GET /activities/{activityId} → 599 (attempt 1 of 1): odd"
    );
}

#[tokio::test]
async fn the_title_of_an_html_page_is_the_message() {
    let page = "<!doctype html>\n<html><head><TITLE>502 Bad\n Gateway</TITLE></head><body>nginx</body></html>";
    let error = error(Reply::new(502).header("content-type", "text/html").body(page)).await;
    assert_eq!(
        error.to_string(),
        "GET /activities/{activityId} → 502 Bad Gateway (attempt 1 of 1): 502 Bad Gateway"
    );
    assert!(
        matches!(error.kind(), Some(ActivitiesError::Unexpected(_))),
        "it is not the documented body"
    );
    assert_eq!(error.body().unwrap(), page.as_bytes());
}

#[tokio::test]
async fn undocumented_statuses_are_unexpected_and_keep_the_response() {
    let cases = [
        (r#"{"error":"invalid","error_description":"No luck"}"#, ": No luck"),
        (r#"{"error":{"code":7,"message":"Nested"}}"#, ": Nested"),
        (
            r#"{"errors":[{"detail":"First"},{"detail":"Second"}]}"#,
            ": First; Second",
        ),
        (
            r#"{"detail":[{"loc":["body","title"],"msg":"too short"}]}"#,
            ": body.title: too short",
        ),
        (
            r#"{"title":"Invalid.","errors":{"Name":["is empty"]}}"#,
            ": Invalid: Name: is empty",
        ),
        (
            r#"{"errorMessages":[],"errors":{"project":"is missing"}}"#,
            ": project: is missing",
        ),
        (r#"{"errorMessages":["No project"],"errors":{}}"#, ": No project"),
        (
            r#"{"errorMessages":["No project"],"errors":{"key":"is missing"}}"#,
            ": key: is missing; No project",
        ),
        (
            r#"{"name":["This field is required."]}"#,
            ": name: This field is required.",
        ),
        (
            r#"{"title":["This field is required."],"price":["Too low.","Too round."]}"#,
            ": price: Too low.; Too round.; title: This field is required.",
        ),
        (r#"{"title":["This field is required."]}"#, ": This field is required."),
        (
            r#"{"violations":[{"propertyPath":"age","message":"below 0"}]}"#,
            ": age: below 0",
        ),
        (r#"{"tags":["a"],"id":1}"#, ""),
        (r#""Just text""#, ": Just text"),
        ("plain\n  words", ": plain words"),
        ("", ""),
        ("[]", ""),
        ("\u{1b}[31mred", ": [31mred"),
    ];
    for (body, told) in cases {
        let error = error(Reply::new(418).body(body)).await;
        let expected = format!("GET /activities/{{activityId}} → 418 I'm a teapot (attempt 1 of 1){told}");
        assert_eq!(error.to_string(), expected);
        let Some(ActivitiesError::Unexpected(raw)) = error.kind() else {
            panic!("{error}")
        };
        assert_eq!(raw.body(), body.as_bytes());
    }
}

#[tokio::test]
async fn long_bodies_are_truncated() {
    let error = error(Reply::new(418).body("x".repeat(100_000))).await;
    let text = error.to_string();
    assert!(
        text.ends_with(" … and 55536 more characters"),
        "{}",
        &text[text.len() - 60..]
    );
    assert_eq!(error.body().map(|body| body.len()), Some(64 * 1024));
    let Some(ActivitiesError::Unexpected(raw)) = error.kind() else {
        panic!()
    };
    assert_eq!(raw.body().len(), 64 * 1024);
}

#[tokio::test]
async fn an_unreadable_success_names_the_path() {
    let cases = [
        (r#"{"id":[7]}"#, "$.id"),
        (r#"{"id":"a""#, "$"),
        (r#"{"action":"x"}"#, "$.id"),
        ("<html>", "$"),
    ];
    for (body, path) in cases {
        let error = error(Reply::json(200, body)).await;
        let Error::Decode(decode) = &error else {
            panic!("{error}")
        };
        assert_eq!(decode.error().path(), path, "{error}");
        let text = error.to_string();
        assert!(
            text.starts_with("GET /activities/{activityId} → 200 OK (attempt 1 of 1): "),
            "{text}"
        );
        assert!(!text.contains(body), "the body may contain secrets: {text}");
    }
    let empty = error(Reply::new(200)).await.to_string();
    assert_eq!(
        empty,
        "GET /activities/{activityId} → 200 OK (attempt 1 of 1): expected a JSON body, found an empty body at $"
    );
}

#[tokio::test]
async fn debug_is_one_line_and_its_alternate_form_redacts_secrets() {
    let body = r#"{"message":"No","access_token":"s3cret","nested":[{"clientSecret":"s3cret","ok":1}]}"#;
    let reply = Reply::json(404, body)
        .header("set-cookie", "sid=s3cret")
        .header("x-shown", "yes");
    let error = error(reply).await;
    assert_eq!(
        format!("{error:?}"),
        "ApiError(GET /activities/{activityId} → 404 Not Found (attempt 1 of 1): No)"
    );
    let long = format!("{error:#?}");
    assert!(
        !long.contains("s3cret") && long.contains("x-shown") && long.contains("ok"),
        "{long}"
    );
}

#[tokio::test]
async fn erased_errors_have_one_type() {
    async fn both(client: &sdkwright_runtime::Client) -> sdkwright_runtime::Result<()> {
        client
            .activities()
            .get_activity_by_id("a1")
            .send()
            .await
            .map_err(Error::erase)?;
        client.request(Method::GET, "/x").send().await?;
        Ok(())
    }
    let server = Server::script([Reply::json(404, r#"{"message":"No"}"#)]).await;
    let error = both(&plain(&server)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /activities/{activityId} → 404 Not Found (attempt 1 of 1): No"
    );
    assert_eq!(error.kind().and_then(|raw| raw.message()), Some("No"));
    let mapped = error.map_kind(|raw| raw.status());
    assert_eq!(mapped.kind().map(|status| status.as_u16()), Some(404));
}

#[tokio::test]
async fn errors_are_small_and_send() {
    fn travels<T: Send + Sync + std::error::Error + 'static>() {}
    travels::<Error<ActivitiesError>>();
    assert!(size_of::<Error<ActivitiesError>>() <= 16);
}

#[tokio::test]
async fn success_statuses_become_variants() {
    use sdkwright_runtime::api::activities::CreateActivityOutput;
    let replies = [
        Reply::json(201, ACTIVITY),
        Reply::json(202, r#"{"id":"j1"}"#),
        Reply::json(200, "{}"),
    ];
    let server = Server::script(replies).await;
    let client = plain(&server);
    let body = serde_json::from_str(ACTIVITY).unwrap();
    let call = || client.activities().create_activity(&body).send();
    assert!(matches!(call().await.unwrap(), CreateActivityOutput::Created(activity) if activity.id == "a1"));
    assert!(matches!(call().await.unwrap(), CreateActivityOutput::Accepted(job) if job.id == "j1"));
    assert!(matches!(call().await.unwrap(), CreateActivityOutput::Other(raw) if raw.status() == 200));
}

#[tokio::test]
async fn responses_have_status_and_headers() {
    let server = Server::script([Reply::json(200, ACTIVITY).header("cf-ray", "r-9"), Reply::new(204)]).await;
    let client = plain(&server);
    let response = client
        .activities()
        .get_activity_by_id("a1")
        .send_response()
        .await
        .unwrap();
    assert_eq!(
        (response.status().as_u16(), response.request_id(), response.id.as_str()),
        (200, Some("r-9"), "a1")
    );
    let response = client
        .activities()
        .delete_activity("a1")
        .if_match("v1")
        .send_response()
        .await
        .unwrap();
    assert_eq!(response.status().as_u16(), 204);
    assert_eq!(server.received()[1].header("if-match"), Some("v1"));
}

#[tokio::test]
async fn a_problem_description_is_typed_also_if_it_is_not_documented() {
    let body = r#"{"type":"urn:full","title":"Full","status":507,"detail":"No space left","quota":5}"#;
    let reply = Reply::new(507)
        .header("content-type", "application/problem+json; charset=utf-8")
        .body(body);
    let problem = error(reply).await.problem().expect("a problem");
    assert_eq!(
        (problem.kind.as_deref(), problem.title.as_deref()),
        (Some("urn:full"), Some("Full"))
    );
    assert_eq!(
        (problem.status, problem.detail.as_deref()),
        (Some(507), Some("No space left"))
    );
    assert_eq!((problem.instance, &problem.extensions["quota"]), (None, &5.into()));
    assert_eq!(error(Reply::json(500, body)).await.problem(), None);
}

#[tokio::test]
async fn debug_output_has_no_query_of_a_url_in_a_header() {
    let urls = [
        ("location", "/items?key=hush"),
        (
            "link",
            "<https://api.example/items?key=hush&page=2>; rel=\"next\", </items?key=hush>; rel=\"last\"",
        ),
        ("operation-location", "https://api.example/jobs/1?key=hush"),
        ("refresh", "5; url=/items?key=hush"),
    ];
    let reply = urls
        .iter()
        .fold(Reply::new(404), |reply, (name, url)| reply.header(name, url));
    let server = Server::script([reply.header("x-reason", "why? because")]).await;
    let error = plain(&server).request(Method::GET, "/x").send().await.unwrap_err();
    let text = format!("{error:#?}");
    assert!(!text.contains("hush"), "{text}");
    for shown in [
        "https://api.example/items?(redacted)",
        "/jobs/1?(redacted)",
        "why? because",
    ] {
        assert!(text.contains(shown), "{text}");
    }
}
