//! The table of parameter styles in the OpenAPI specification.

use std::collections::BTreeMap;

use sdkwright_runtime::runtime::codec::Wire;
use sdkwright_runtime::runtime::{
    ApiInfo, Core, Error, Nested, Operation, Request, Settings, Style, StyleRule, Unexpected,
};
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

fn core(server: &Server) -> Core {
    let mut settings = Settings::default();
    settings.base_url(&server.url);
    settings.build(&API_INFO).unwrap()
}

fn list() -> Vec<String> {
    ["blue", "black", "brown"].map(str::to_owned).to_vec()
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
async fn every_style_with_every_type() {
    use Place::{Path, Query};
    use Style::{Deep, Form, Label, Matrix, Pipe, Simple, Space};
    let (list, object, text): (&dyn Wire, &dyn Wire, &dyn Wire) = (&list(), &object(), &"blue".to_owned());
    // A map sorts its keys: B, G, R.
    let table = [
        (Path, Matrix, false, text, ";color=blue"),
        (Path, Matrix, false, list, ";color=blue,black,brown"),
        (Path, Matrix, true, list, ";color=blue;color=black;color=brown"),
        (Path, Matrix, false, object, ";color=B,150,G,200,R,100"),
        (Path, Matrix, true, object, ";B=150;G=200;R=100"),
        (Path, Label, false, text, ".blue"),
        (Path, Label, false, list, ".blue,black,brown"),
        (Path, Label, true, list, ".blue.black.brown"),
        (Path, Label, false, object, ".B,150,G,200,R,100"),
        (Path, Label, true, object, ".B=150.G=200.R=100"),
        (Path, Simple, false, text, "blue"),
        (Path, Simple, false, list, "blue,black,brown"),
        (Path, Simple, true, list, "blue,black,brown"),
        (Path, Simple, false, object, "B,150,G,200,R,100"),
        (Path, Simple, true, object, "B=150,G=200,R=100"),
        (Query, Form, true, text, "color=blue"),
        (Query, Form, false, list, "color=blue,black,brown"),
        (Query, Form, true, list, "color=blue&color=black&color=brown"),
        (Query, Form, false, object, "color=B,150,G,200,R,100"),
        (Query, Form, true, object, "B=150&G=200&R=100"),
        (Query, Space, false, list, "color=blue%20black%20brown"),
        (Query, Space, false, object, "color=B%20150%20G%20200%20R%20100"),
        (Query, Pipe, false, list, "color=blue%7Cblack%7Cbrown"),
        (Query, Pipe, false, object, "color=B%7C150%7CG%7C200%7CR%7C100"),
        (
            Query,
            Deep,
            true,
            object,
            "color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100",
        ),
    ];
    for (place, style, explode, value, expected) in table {
        let sent = sent(place, StyleRule::new(style, explode), value).await.unwrap();
        assert_eq!(sent, expected, "{style:?} explode={explode}");
    }
}

#[tokio::test]
async fn null_in_parameters_follows_openapi_3_2() {
    let null = Value::Null;
    assert_eq!(
        sent(Place::Path, StyleRule::new(Style::Matrix, false), &null)
            .await
            .unwrap(),
        ";color"
    );
    assert_eq!(
        sent(Place::Query, StyleRule::new(Style::Form, true), &null)
            .await
            .unwrap(),
        "color="
    );
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

#[tokio::test]
async fn deep_objects_reject_nested_values_without_a_defined_form() {
    let value = json!({"a": {"b": [1, 2]}});
    let error = sent(Place::Query, StyleRule::new(Style::Deep, true), &value)
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /p: parameter `color`: OpenAPI defines no form for an object in a deep object; set `deep_objects` in the configuration of the generator"
    );
    let table = [
        (
            Nested::Brackets,
            "color%5Ba%5D%5Bb%5D%5B%5D=1&color%5Ba%5D%5Bb%5D%5B%5D=2",
        ),
        (
            Nested::Indices,
            "color%5Ba%5D%5Bb%5D%5B0%5D=1&color%5Ba%5D%5Bb%5D%5B1%5D=2",
        ),
        (Nested::Repeat, "color%5Ba%5D%5Bb%5D=1&color%5Ba%5D%5Bb%5D=2"),
    ];
    for (nested, expected) in table {
        let rule = StyleRule::new(Style::Deep, true).nested(nested);
        assert_eq!(sent(Place::Query, rule, &value).await.unwrap(), expected, "{nested:?}");
    }
}

#[tokio::test]
async fn empty_lists_and_objects_are_omitted() {
    for explode in [true, false] {
        assert_eq!(
            sent(
                Place::Query,
                StyleRule::new(Style::Form, explode),
                &Vec::<String>::new()
            )
            .await
            .unwrap(),
            ""
        );
        assert_eq!(
            sent(Place::Query, StyleRule::new(Style::Deep, explode), &json!({}))
                .await
                .unwrap(),
            ""
        );
    }
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
