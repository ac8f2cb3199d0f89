//! Timeouts of an attempt and of a whole call.

use std::time::Duration;

use workiva_activities::runtime::TimeoutKind;
use workiva_activities::{Error, RetryPolicy};

use crate::calls::{Operation, activity, builder, one};
use crate::mock::{Reply, Server, World};

const LONG: Duration = Duration::from_secs(20);
const SHORT: Duration = Duration::from_millis(50);

fn kind<E>(error: &Error<E>) -> Option<TimeoutKind> {
    if let Error::Timeout(error) = error {
        Some(*error.kind())
    } else {
        None
    }
}

#[tokio::test]
async fn an_attempt_has_a_timeout() {
    for operation in Operation::ALL {
        let (server, world) = (Server::script([Reply::new(200).after(LONG)]).await, World::new());
        let client = builder(&server, &world).attempt_timeout(SHORT).build().unwrap();
        let error = operation.send(&client).await.unwrap_err();
        assert_eq!(kind(&error), Some(TimeoutKind::Attempt));
        assert!(error.is_timeout() && error.is_retryable() && !error.is_connect());
        assert_eq!(
            error.to_string(),
            format!(
                "GET {}: attempt timed out (attempt 3 of 3): the timeout of an attempt is 50ms",
                operation.template()
            )
        );
        assert_eq!((server.received().len(), world.slept()), (3, vec![500, 1000]));
    }
}

#[tokio::test]
async fn a_stalled_response_times_out() {
    let server = Server::script([Reply::json(200, activity("a1").to_string()).stalling()]).await;
    let client = builder(&server, &World::new())
        .retries(RetryPolicy::none())
        .build()
        .unwrap();
    let error = client
        .activities()
        .get_activity_by_id("a1")
        .attempt_timeout(SHORT)
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /activities/{activityId}: attempt timed out (attempt 1 of 1): the timeout of an attempt is 50ms"
    );
}

#[tokio::test]
async fn a_call_has_a_timeout_that_covers_its_token_request() {
    let server = Server::script([Reply::new(200).after(LONG)]).await;
    for (credentials, line) in [(false, "GET /activities/a1"), (true, "POST /iam/v1/oauth2/token")] {
        let builder = builder(&server, &World::new()).timeout(SHORT);
        let builder = if credentials {
            builder.client_credentials("id", "secret")
        } else {
            builder
        };
        let error = one(&builder.build().unwrap()).await.unwrap_err();
        assert_eq!(kind(&error), Some(TimeoutKind::Call));
        assert_eq!(
            error.to_string(),
            "GET /activities/{activityId}: call timed out (attempt 1 of 3): the timeout of the call is 50ms"
        );
        assert_eq!(server.lines().last().unwrap(), line);
    }
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn the_call_timeout_overrides_the_client_timeout() {
    let server = Server::script([Reply::new(200).after(LONG)]).await;
    let client = builder(&server, &World::new())
        .timeout(LONG)
        .attempt_timeout(LONG)
        .build()
        .unwrap();
    let call = client.activities().get_activity_actions().retries(RetryPolicy::none());
    let call_late = call.clone().timeout(SHORT).send().await.unwrap_err();
    assert_eq!(kind(&call_late), Some(TimeoutKind::Call));
    assert!(call_late.to_string().ends_with(" is 50ms"), "{call_late}");
    let attempt_late = call.attempt_timeout(SHORT).send().await.unwrap_err();
    assert_eq!(kind(&attempt_late), Some(TimeoutKind::Attempt));
    assert!(attempt_late.to_string().ends_with(" is 50ms"), "{attempt_late}");
}
