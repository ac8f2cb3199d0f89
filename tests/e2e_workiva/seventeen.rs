//! Seventeen calls in which SDKs often have bugs, as one table: the response of the server, the result of the call, and the
//! requests byte for byte. Other files test each rule in detail.

use serde_json::{Value, json};
use workiva_activities::Client;
use workiva_activities::errors::ActivitiesError;

use crate::calls::{activity, client};
use crate::mock::{Reply, Server, World};
use crate::requests::expected;

/// Lists all activities of an organization, with an optional filter, and describes the result in one line.
async fn list(client: &Client, organization: &str, filter: Option<&str>) -> String {
    let mut call = client.activities().get_organization_activities(organization);
    if let Some(filter) = filter {
        call = call.filter(filter);
    }
    let (mut items, mut told) = (call.items(), Vec::new());
    while let Some(item) = items.next().await {
        told.push(match item {
            Ok(item) => {
                let (outcome, workspace) = (&item.outcome, &item.workspace);
                format!("{} {outcome:?} {:?} {workspace:?}", item.id, item.summary)
            }
            Err(error) => {
                let variant = error.kind().map(|kind| format!("{}: ", variant(kind)));
                format!("{}{error}", variant.unwrap_or_default())
            }
        });
    }
    told.join("; ")
}

/// The name of a variant with the `code` of its body, or the whole body if it is undocumented.
fn variant(kind: &ActivitiesError) -> String {
    let (name, body) = match kind {
        ActivitiesError::BadRequest(body) => ("BadRequest", body),
        ActivitiesError::Unauthorized(body) => ("Unauthorized", body),
        ActivitiesError::Forbidden(body) => ("Forbidden", body),
        ActivitiesError::NotFound(body) => ("NotFound", body),
        ActivitiesError::Conflict(body) => ("Conflict", body),
        ActivitiesError::TooManyRequests(body) => ("TooManyRequests", body),
        ActivitiesError::InternalServerError(body) => ("InternalServerError", body),
        ActivitiesError::ServiceUnavailable(body) => ("ServiceUnavailable", body),
        ActivitiesError::Unexpected(answer) => return format!("Unexpected {}", String::from_utf8_lossy(answer.body())),
        other => return format!("{other:?}"),
    };
    format!("{name} {:?}", body.code)
}

/// A row of the table.
struct Row {
    what: &'static str,
    /// The organization and the filter of each call.
    calls: Vec<(&'static str, Option<&'static str>)>,
    /// The replies in order; the last one is repeated.
    replies: Vec<Reply>,
    /// The result of each call.
    gets: Vec<String>,
    /// The targets of the requests that the server received.
    sees: Vec<&'static str>,
    /// The waits in milliseconds.
    waits: Vec<u128>,
}

impl Row {
    /// Creates a call with an ordinary id and one reply.
    fn new(what: &'static str, reply: Reply, gets: &str) -> Self {
        Self {
            what,
            calls: vec![("o", None)],
            replies: vec![reply],
            gets: vec![gets.to_owned()],
            sees: vec![PLAIN],
            waits: Vec::new(),
        }
    }

    fn before(mut self, reply: Reply, wait: u128) -> Self {
        self.replies.insert(0, reply);
        self.sees.push(PLAIN);
        self.waits.push(wait);
        self
    }
}

const PLAIN: &str = "/organizations/o/activities";
const GOOD: &str = "a1 None None Absent";

/// Returns a page with one activity, some changed members, and a cursor.
fn page(id: &str, keys: Value, next: Value) -> Reply {
    let mut item = activity(id);
    if let (Value::Object(item), Value::Object(keys)) = (&mut item, keys) {
        item.extend(keys);
    }
    Reply::json(200, json!({"data": [item], "@nextLink": next}).to_string())
}

fn good() -> Reply {
    page("a1", json!({}), Value::Null)
}

/// Returns a documented error.
fn failing(status: u16) -> Reply {
    Reply::json(status, r#"{"code":"c1","message":"No.","new":[1]}"#)
}

/// A documented status code, and whether it is retried twice.
fn status(what: &'static str, code: u16, variant: &str, name: &str, retried: bool) -> Row {
    let attempts = if retried { 3 } else { 1 };
    let told = format!(
        "{variant} Some(\"c1\"): GET /organizations/{{organizationId}}/activities → {code} {name} \
         (attempt {attempts} of 3): No."
    );
    Row {
        sees: vec![PLAIN; attempts],
        waits: [500, 1000][..attempts - 1].to_vec(),
        ..Row::new(what, failing(code), &told)
    }
}

fn answers() -> Vec<Row> {
    vec![
        Row::new(
            "an enum value that nobody knows yet",
            page("a1", json!({"outcome": "postponed"}), Value::Null),
            r#"a1 Some(Other("postponed")) None Absent"#,
        ),
        status("400", 400, "BadRequest", "Bad Request", false),
        status("401", 401, "Unauthorized", "Unauthorized", false),
        status("403", 403, "Forbidden", "Forbidden", false),
        status("404", 404, "NotFound", "Not Found", false),
        status("409", 409, "Conflict", "Conflict", false),
        status("429", 429, "TooManyRequests", "Too Many Requests", true),
        status("500", 500, "InternalServerError", "Internal Server Error", true),
        status("503", 503, "ServiceUnavailable", "Service Unavailable", true),
        Row::new(
            "a status that is not documented",
            failing(418),
            "Unexpected {\"code\":\"c1\",\"message\":\"No.\",\"new\":[1]}: GET /organizations/{organizationId}/activities → \
             418 I'm a teapot (attempt 1 of 3): No.",
        ),
        Row::new("503, then 200", good(), GOOD).before(failing(503), 500),
        Row::new("429 with Retry-After", good(), GOOD).before(failing(429).header("retry-after", "7"), 7000),
        Row::new(
            "null, and keys that are missing",
            page(
                "a1",
                json!({"summary": null, "workspace": null, "@nextLink": null}),
                Value::Null,
            ),
            "a1 None None Null",
        ),
        Row::new(
            "keys that nobody knows",
            page(
                "a1",
                json!({"colour": {"deep": [1, null]}, "zzz": "\u{fc}"}),
                Value::Null,
            ),
            GOOD,
        ),
    ]
}

fn requests() -> Vec<Row> {
    let refused =
        |why: &str| format!("GET /organizations/{{organizationId}}/activities: path parameter `organizationId` {why}");
    vec![
        Row {
            calls: ["a b", "a/b", "a%b", "a%2Fb", "\u{fc}", "..", ""]
                .map(|id| (id, None))
                .to_vec(),
            gets: [
                vec![GOOD.to_owned(); 5],
                vec![refused("is `..`, which cannot be sent in a path"), refused("is empty")],
            ]
            .concat(),
            sees: vec![
                "/organizations/a%20b/activities",
                "/organizations/a%2Fb/activities",
                "/organizations/a%25b/activities",
                "/organizations/a%252Fb/activities",
                "/organizations/%C3%BC/activities",
            ],
            ..Row::new("values in the path", good(), "")
        },
        Row {
            calls: ["&=+ #", "a%20b", "\u{fc}/?", ""]
                .map(|filter| ("o", Some(filter)))
                .to_vec(),
            gets: vec![GOOD.to_owned(); 4],
            sees: vec![
                "/organizations/o/activities?%24filter=%26%3D%2B%20%23",
                "/organizations/o/activities?%24filter=a%2520b",
                "/organizations/o/activities?%24filter=%C3%BC%2F%3F",
                "/organizations/o/activities?%24filter=",
            ],
            ..Row::new("values in the query", good(), "")
        },
        Row {
            calls: vec![("o", Some("a&b"))],
            replies: vec![
                page("a1", json!({}), json!("c+2/=")),
                page("a2", json!({}), Value::Null),
            ],
            sees: vec![
                "/organizations/o/activities?%24filter=a%26b",
                "/organizations/o/activities?%24filter=a%26b&%24next=c%2B2%2F%3D",
            ],
            ..Row::new("a second page", good(), "a1 None None Absent; a2 None None Absent")
        },
    ]
}

#[tokio::test]
async fn seventeen_calls_return_and_send_the_expected() {
    let rows: Vec<Row> = answers().into_iter().chain(requests()).collect();
    assert_eq!(rows.len(), 17);
    for row in rows {
        let (server, world) = (Server::script(row.replies).await, World::new());
        let client = client(&server, &world);
        let mut gets = Vec::new();
        for (organization, filter) in row.calls {
            gets.push(list(&client, organization, filter).await);
        }
        assert_eq!(gets, row.gets, "{}", row.what);
        let saw: Vec<String> = server.received().iter().map(|request| request.whole()).collect();
        let sees: Vec<String> = row.sees.iter().map(|target| expected(target, "t0ken")).collect();
        assert_eq!(saw, sees, "{}", row.what);
        assert_eq!(world.slept(), row.waits, "{}", row.what);
    }
}
