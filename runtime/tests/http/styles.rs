//! The table of parameter styles in the OpenAPI specification.

use std::collections::BTreeMap;

use sdkwright_runtime::runtime::__private::codec::Wire;
use sdkwright_runtime::runtime::__private::{ApiInfo, Core, Nested, Operation, Request, Settings, Style, StyleRule};
use sdkwright_runtime::runtime::{Error, Unexpected};
use serde_json::{Value, json};

use crate::support::{Reply, Server};

static API_INFO: ApiInfo = ApiInfo {
    user_agent: "x",
    server: "https://api.acme.example",
    schemes: &[],
    security: &[],
    retries: None,
};
static OPERATION: Operation = Operation {
    id: "get",
    path: "/p/{color}/end",
    ..Operation::DEFAULT
};
static PLAIN: Operation = Operation {
    id: "get",
    path: "/p",
    ..Operation::DEFAULT
};

pub fn core(server: &Server) -> Core {
    core_at(&server.url)
}

pub fn core_at(url: &str) -> Core {
    let mut settings = Settings::default();
    settings.base_url(url);
    settings.build(&API_INFO).unwrap()
}

fn object() -> BTreeMap<String, i64> {
    [("R", 100), ("G", 200), ("B", 150)]
        .map(|(key, value)| (key.to_owned(), value))
        .into()
}

#[derive(Clone, Copy)]
enum Place {
    Path,
    Query,
}

async fn sent(place: Place, rule: StyleRule, value: &dyn Wire) -> Result<String, Error<Unexpected>> {
    let server = Server::script([Reply::new(200)]).await;
    let core = core(&server);
    let request = match place {
        Place::Path => {
            let mut request = Request::new(&core, &OPERATION);
            request.path_styled("color", rule, value);
            request
        }
        Place::Query => {
            let mut request = Request::new(&core, &PLAIN);
            request.query_styled("color", rule, value);
            request
        }
    };
    request.read(|_| Ok(())).await?;
    let target = server.only().target().to_owned();
    Ok(match place {
        Place::Path => target.trim_start_matches("/p/").trim_end_matches("/end").to_owned(),
        Place::Query => target.trim_start_matches("/p").trim_start_matches('?').to_owned(),
    })
}

#[tokio::test]
async fn null_in_a_path_is_an_error() {
    let null = Value::Null;
    let refused = |error: Error<Unexpected>| error.to_string();
    let label = sent(Place::Path, StyleRule::new(Style::Label, false), &null)
        .await
        .unwrap_err();
    assert_eq!(
        refused(label),
        "GET /p/{color}/end: path parameter `color` is `.`, which cannot be sent in a path"
    );
    let simple = sent(Place::Path, StyleRule::new(Style::Simple, false), &null)
        .await
        .unwrap_err();
    assert_eq!(refused(simple), "GET /p/{color}/end: path parameter `color` is empty");
}

#[tokio::test]
async fn wildcards_keep_their_slashes() {
    let server = Server::script([Reply::new(200)]).await;
    let mut request = Request::new(&core(&server), &OPERATION);
    request.path_wildcard("color", &"a b/c#d/e".to_owned());
    request.read::<_, Unexpected>(|_| Ok(())).await.unwrap();
    assert_eq!(server.only().target(), "/p/a%20b/c%23d/e/end");
    let mut request = Request::new(&core(&server), &OPERATION);
    request.path_wildcard("color", &"a/../b".to_owned());
    let error = request.read::<_, Unexpected>(|_| Ok(())).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /p/{color}/end: path parameter `color` is `a/../b`, which cannot be sent in a path"
    );
}

#[tokio::test]
async fn an_empty_last_segment_is_sent_on_request() {
    static LAST: Operation = Operation {
        id: "get",
        path: "/p/{path}",
        ..Operation::DEFAULT
    };
    let server = Server::script([Reply::new(200)]).await;
    let mut request = Request::new(&core(&server), &LAST);
    request.path("path", &String::new());
    let error = request.clone().read::<_, Unexpected>(|_| Ok(())).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /p/{path}: path parameter `path` is empty; call `allow_empty_path()` to send it"
    );
    request.options().allow_empty_path = true;
    request.read::<_, Unexpected>(|_| Ok(())).await.unwrap();
    assert_eq!(server.only().target(), "/p/");
}

#[tokio::test]
async fn a_querystring_parameter_is_the_whole_query() {
    let server = Server::script([Reply::new(200), Reply::new(200)]).await;
    let mut request = Request::new(&core(&server), &PLAIN);
    request.query_string_form(&json!({"a": "1 2", "b": ["x", "y"]}));
    request.read::<_, Unexpected>(|_| Ok(())).await.unwrap();
    let mut request = Request::new(&core(&server), &PLAIN);
    request.query_string_text(r#"{"a":[1]}"#);
    request.read::<_, Unexpected>(|_| Ok(())).await.unwrap();
    let targets: Vec<String> = server
        .received()
        .iter()
        .map(|received| received.target().to_owned())
        .collect();
    assert_eq!(targets, ["/p?a=1%202&b=x&b=y", "/p?%7B%22a%22%3A%5B1%5D%7D"]);
}

#[tokio::test]
async fn fields_of_a_querystring_parameter_may_have_styles() {
    let server = Server::script([Reply::new(200)]).await;
    let mut request = Request::new(&core(&server), &PLAIN);
    let value = json!({"a": ["1", "2"], "b": ["x", "y z"], "c": {"d": 1}, "e": "/&", "f": [], "g": {"h": 2, "i": 3}});
    let rules = [
        ("b", StyleRule::new(Style::Pipe, false)),
        ("c", StyleRule::new(Style::Deep, true)),
        ("e", StyleRule::new(Style::Form, true).reserved()),
        ("g", StyleRule::new(Style::Form, true)),
    ];
    request.query_string_fields(&value, &rules);
    request.read::<_, Unexpected>(|_| Ok(())).await.unwrap();
    let expected = "/p?a=1&a=2&b=x%7Cy%20z&c%5Bd%5D=1&e=/%26&h=2&i=3";
    assert_eq!(server.only().target(), expected);
}

#[tokio::test]
async fn delimiters_in_values_are_encoded() {
    let values = vec!["a,b".to_owned(), "c|d e".to_owned(), "é&=".to_owned()];
    let table = [
        (Place::Path, Style::Simple, "a%2Cb,c%7Cd%20e,%C3%A9%26%3D"),
        (Place::Path, Style::Label, ".a%2Cb,c%7Cd%20e,%C3%A9%26%3D"),
        (Place::Query, Style::Form, "color=a%2Cb,c%7Cd%20e,%C3%A9%26%3D"),
        (Place::Query, Style::Pipe, "color=a%2Cb%7Cc%7Cd%20e%7C%C3%A9%26%3D"),
    ];
    for (place, style, expected) in table {
        assert_eq!(
            sent(place, StyleRule::new(style, false), &values).await.unwrap(),
            expected,
            "{style:?}"
        );
    }
}

#[tokio::test]
async fn reserved_characters_can_be_sent_unchanged() {
    let value = "a/b?c=d&e#f[g]%2F%zz é".to_owned();
    let query = sent(Place::Query, StyleRule::new(Style::Form, true).reserved(), &value)
        .await
        .unwrap();
    assert_eq!(query, "color=a/b?c=d&e%23f[g]%2F%25zz%20%C3%A9");
    let path = sent(Place::Path, StyleRule::new(Style::Simple, false).reserved(), &value)
        .await
        .unwrap();
    assert_eq!(
        path, "a%2Fb%3Fc=d&e%23f%5Bg%5D%2F%25zz%20%C3%A9",
        "a path is never left"
    );
}

/// Returns the body of a form with one field whose rule keeps reserved characters.
async fn reserved_form(rule: StyleRule, value: &dyn Wire) -> String {
    let server = Server::script([Reply::new(200)]).await;
    let mut request = Request::new(&core(&server), &PLAIN);
    request.form_styled("color", rule.reserved(), value);
    request.read::<_, Unexpected>(|_| Ok(())).await.unwrap();
    String::from_utf8(server.only().body.to_vec()).unwrap()
}

#[tokio::test]
async fn reserved_characters_of_a_form_field_are_sent_unchanged_except_separators() {
    let text = "a/b?c=d&e#f[g]+h%2F%zz é:@!$'()*,;".to_owned();
    let form = reserved_form(StyleRule::new(Style::Form, true), &text).await;
    let encoded = "a/b?c%3Dd%26e%23f[g]%2Bh%2F%25zz%20%C3%A9:@!$'()*,;";
    assert_eq!(form, format!("color={encoded}"));
    let items = vec!["x/y".to_owned(), "a&b=c".to_owned()];
    assert_eq!(
        reserved_form(StyleRule::new(Style::Form, true), &items).await,
        "color=x/y&color=a%26b%3Dc"
    );
    assert_eq!(
        reserved_form(StyleRule::new(Style::Pipe, false), &items).await,
        "color=x/y%7Ca%26b%3Dc"
    );
    let object = json!({"a=b": "c/d&e"});
    assert_eq!(
        reserved_form(StyleRule::new(Style::Form, true), &object).await,
        "a%3Db=c/d%26e"
    );
    assert_eq!(
        reserved_form(StyleRule::new(Style::Deep, true), &object).await,
        "color%5Ba%3Db%5D=c/d%26e"
    );
}

#[tokio::test]
async fn a_reserved_path_parameter_cannot_be_encoded_dots() {
    let rule = StyleRule::new(Style::Simple, false).reserved();
    for value in ["%2e", "%2E%2e", ".%2e", "%2E."] {
        let error = sent(Place::Path, rule, &value.to_owned()).await.unwrap_err();
        assert!(error.to_string().contains("cannot be sent in a path"), "{error}");
    }
    // Only whole segments have a meaning.
    for value in ["%2e%2e%2e", "a%2e"] {
        assert_eq!(sent(Place::Path, rule, &value.to_owned()).await.unwrap(), value);
    }
}

#[tokio::test]
async fn nested_values_of_deep_objects_follow_the_dialect() {
    let value = json!({"a": {"b": [1, 2]}, "c": [{"d": 1}]});
    let table = [
        (
            Nested::Brackets,
            "color%5Ba%5D%5Bb%5D%5B%5D=1&color%5Ba%5D%5Bb%5D%5B%5D=2&color%5Bc%5D%5B0%5D%5Bd%5D=1",
        ),
        (
            Nested::Indices,
            "color%5Ba%5D%5Bb%5D%5B0%5D=1&color%5Ba%5D%5Bb%5D%5B1%5D=2&color%5Bc%5D%5B0%5D%5Bd%5D=1",
        ),
        (
            Nested::Repeat,
            "color%5Ba%5D%5Bb%5D=1&color%5Ba%5D%5Bb%5D=2&color%5Bc%5D%5Bd%5D=1",
        ),
    ];
    for (nested, expected) in table {
        let rule = StyleRule::new(Style::Deep, true).nested(nested);
        assert_eq!(sent(Place::Query, rule, &value).await.unwrap(), expected, "{nested:?}");
    }
    let by_default = sent(Place::Query, StyleRule::new(Style::Deep, true), &value)
        .await
        .unwrap();
    assert_eq!(by_default, table[0].1);
    let rejected = StyleRule::new(Style::Deep, true).nested(Nested::Reject);
    let error = sent(Place::Query, rejected, &value).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /p: parameter `color`: OpenAPI defines no encoding for an object in a deep object; set `deep_objects` in the configuration of the generator"
    );
}

#[tokio::test]
async fn lists_in_an_exploded_object_are_repeated() {
    let value = json!({"page": 0, "sort": ["name,desc", "id"]});
    let query = sent(Place::Query, StyleRule::new(Style::Form, true), &value)
        .await
        .unwrap();
    assert_eq!(query, "page=0&sort=name%2Cdesc&sort=id");
}

#[tokio::test]
async fn headers_and_cookies() {
    let server = Server::script([Reply::new(200)]).await;
    let mut request = Request::new(&core(&server), &PLAIN);
    request.header_styled(
        "x-list",
        StyleRule::new(Style::Simple, false),
        &vec!["a b".to_owned(), "c%".to_owned()],
    );
    request.header_styled("x-object", StyleRule::new(Style::Simple, true), &object());
    request.cookie_styled(
        "a",
        StyleRule::new(Style::Form, false),
        &vec!["1 2".to_owned(), "3".to_owned()],
    );
    request.cookie_styled(
        "b",
        StyleRule::new(Style::Cookie, true),
        &vec!["4 5".to_owned(), "6".to_owned()],
    );
    request.query_json("q", &object());
    request.read::<_, Unexpected>(|_| Ok(())).await.unwrap();
    let received = server.only();
    assert_eq!(
        received.header("x-list"),
        Some("a b,c%"),
        "nothing is encoded in a header"
    );
    assert_eq!(received.header("x-object"), Some("B=150,G=200,R=100"));
    assert_eq!(received.header("cookie"), Some("a=1%202,3; b=4 5; b=6"));
    assert_eq!(
        received.target(),
        "/p?q=%7B%22B%22%3A150%2C%22G%22%3A200%2C%22R%22%3A100%7D"
    );
}
