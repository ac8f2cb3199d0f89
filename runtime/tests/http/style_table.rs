//! The table of style values of the OpenAPI specification: one test for each cell, named by location, style, explode and value.
//!
//! The specification defines no result for `spaceDelimited`, `pipeDelimited` and `tabDelimited` with `explode` or a scalar, which are
//! sent in the style `form`; for `deepObject` with a scalar, an array or without `explode`; and for `null`, which is an empty string.
//! An empty list or object with `explode` is undefined in RFC 6570, so nothing is sent. A path segment that would be empty is an
//! error. Cookies in the style `form` follow the table, although `&` does not separate cookies; the style `cookie` does that.

use std::collections::BTreeMap;

use sdkwright_runtime::runtime::__private::codec::Wire;
use sdkwright_runtime::runtime::__private::{Operation, Request, Style, StyleRule};
use sdkwright_runtime::runtime::Unexpected;
use serde_json::Value;

use crate::styles::core;
use crate::support::{Reply, Server};

static PATH: Operation = Operation {
    id: "path",
    path: "/p/{color}/end",
    ..Operation::DEFAULT
};
static PLAIN: Operation = Operation {
    id: "plain",
    path: "/p",
    ..Operation::DEFAULT
};

fn empty() -> String {
    String::new()
}

fn string() -> String {
    "blue".to_owned()
}

fn array() -> Vec<String> {
    ["blue", "black", "brown"].map(str::to_owned).to_vec()
}

fn number() -> f64 {
    5.0
}

fn no_items() -> Vec<String> {
    Vec::new()
}

fn no_properties() -> BTreeMap<String, i64> {
    BTreeMap::new()
}

/// A map has its keys in order: B, G, R.
fn object() -> BTreeMap<String, i64> {
    [("R", 100), ("G", 200), ("B", 150)]
        .map(|(key, value)| (key.to_owned(), value))
        .into()
}

fn null() -> Value {
    Value::Null
}

/// Returns the serialized parameter, or the error. `None` sets no parameter.
async fn sent(location: &str, rule: StyleRule, value: Option<&dyn Wire>) -> String {
    let server = Server::script([Reply::new(200)]).await;
    let mut request = Request::new(&core(&server), if location == "path" { &PATH } else { &PLAIN });
    if let Some(value) = value {
        match location {
            "path" => request.path_styled("color", rule, value),
            "query" => request.query_styled("color", rule, value),
            "header" => request.header_styled("color", rule, value),
            _ => request.cookie_styled("color", rule, value),
        }
    }
    if let Err(error) = request.read::<_, Unexpected>(|_| Ok(())).await {
        return error.to_string();
    }
    let received = server.only();
    let target = received.target();
    match location {
        "path" => target.trim_start_matches("/p/").trim_end_matches("/end").to_owned(),
        "query" => target.trim_start_matches("/p").to_owned(),
        "header" => received.header("color").unwrap_or("absent").to_owned(),
        _ => received.header("cookie").unwrap_or("absent").to_owned(),
    }
}

macro_rules! cells {
    ($($cell:ident: $location:literal, $style:ident, $explode:literal, $value:ident => $expected:expr;)+) => {
        const CELLS: &[&str] = &[$(stringify!($cell)),+];

        $(#[tokio::test]
        async fn $cell() {
            let rule = StyleRule::new(Style::$style, $explode);
            assert_eq!(sent($location, rule, Some(&$value())).await, $expected);
        })+
    };
}

#[test]
fn every_cell_has_a_test() {
    let styles = [
        "path_matrix",
        "path_label",
        "path_simple",
        "query_form",
        "query_space_delimited",
        "query_pipe_delimited",
        "query_tab_delimited",
        "query_deep_object",
        "header_simple",
        "cookie_form",
        "cookie_cookie",
    ];
    let values = "empty string number array object no_items no_properties null";
    let rows = styles
        .into_iter()
        .flat_map(|style| [format!("{style}_"), format!("{style}_explode_")]);
    let cells = rows.flat_map(|row| values.split(' ').map(move |value| format!("{row}{value}")));
    assert_eq!(cells.collect::<Vec<_>>(), CELLS);
}

#[tokio::test]
async fn absent_parameters_send_nothing() {
    let rule = StyleRule::new(Style::Form, true);
    assert_eq!(sent("query", rule, None).await, "");
    assert_eq!(sent("header", rule, None).await, "absent");
    assert_eq!(sent("cookie", rule, None).await, "absent");
    assert_eq!(sent("path", rule, None).await, EMPTY_SEGMENT);
}

/// Parameters of the default style have shorter methods, for scalars and lists.
#[tokio::test]
async fn methods_of_the_default_style_follow_the_table() {
    let values: [&dyn Wire; 5] = [&empty(), &string(), &number(), &array(), &no_items()];
    let server = Server::script(values.map(|_| Reply::new(200))).await;
    for value in values {
        let mut request = Request::new(&core(&server), &PLAIN);
        request.query("color", value);
        request.header("color", value);
        request.cookie("color", value);
        request.read::<_, Unexpected>(|_| Ok(())).await.unwrap();
    }
    for (value, received) in values.into_iter().zip(server.received()) {
        let query = sent("query", StyleRule::new(Style::Form, true), Some(value)).await;
        assert_eq!(received.target().trim_start_matches("/p"), query);
        let header = sent("header", StyleRule::new(Style::Simple, false), Some(value)).await;
        assert_eq!(received.header("color"), Some(&*header));
        let cookie = sent("cookie", StyleRule::new(Style::Form, false), Some(value)).await;
        assert_eq!(received.header("cookie"), Some(&*cookie));
    }
    let server = Server::script([Reply::new(200)]).await;
    let mut request = Request::new(&core(&server), &PATH);
    request.path("color", &array());
    request.read::<_, Unexpected>(|_| Ok(())).await.unwrap();
    assert_eq!(server.only().target(), "/p/blue,black,brown/end");
}

const EMPTY_SEGMENT: &str = "GET /p/{color}/end: path parameter `color` is empty";
const DOT_SEGMENT: &str = "GET /p/{color}/end: path parameter `color` is `.`, which cannot be sent in a path";

cells! {
    path_matrix_empty: "path", Matrix, false, empty => ";color";
    path_matrix_string: "path", Matrix, false, string => ";color=blue";
    path_matrix_number: "path", Matrix, false, number => ";color=5";
    path_matrix_array: "path", Matrix, false, array => ";color=blue,black,brown";
    path_matrix_object: "path", Matrix, false, object => ";color=B,150,G,200,R,100";
    path_matrix_no_items: "path", Matrix, false, no_items => ";color";
    path_matrix_no_properties: "path", Matrix, false, no_properties => ";color";
    path_matrix_null: "path", Matrix, false, null => ";color";
    path_matrix_explode_empty: "path", Matrix, true, empty => ";color";
    path_matrix_explode_string: "path", Matrix, true, string => ";color=blue";
    path_matrix_explode_number: "path", Matrix, true, number => ";color=5";
    path_matrix_explode_array: "path", Matrix, true, array => ";color=blue;color=black;color=brown";
    path_matrix_explode_object: "path", Matrix, true, object => ";B=150;G=200;R=100";
    path_matrix_explode_no_items: "path", Matrix, true, no_items => EMPTY_SEGMENT;
    path_matrix_explode_no_properties: "path", Matrix, true, no_properties => EMPTY_SEGMENT;
    path_matrix_explode_null: "path", Matrix, true, null => ";color";
    path_label_empty: "path", Label, false, empty => DOT_SEGMENT;
    path_label_string: "path", Label, false, string => ".blue";
    path_label_number: "path", Label, false, number => ".5";
    path_label_array: "path", Label, false, array => ".blue,black,brown";
    path_label_object: "path", Label, false, object => ".B,150,G,200,R,100";
    path_label_no_items: "path", Label, false, no_items => DOT_SEGMENT;
    path_label_no_properties: "path", Label, false, no_properties => DOT_SEGMENT;
    path_label_null: "path", Label, false, null => DOT_SEGMENT;
    path_label_explode_empty: "path", Label, true, empty => DOT_SEGMENT;
    path_label_explode_string: "path", Label, true, string => ".blue";
    path_label_explode_number: "path", Label, true, number => ".5";
    path_label_explode_array: "path", Label, true, array => ".blue.black.brown";
    path_label_explode_object: "path", Label, true, object => ".B=150.G=200.R=100";
    path_label_explode_no_items: "path", Label, true, no_items => EMPTY_SEGMENT;
    path_label_explode_no_properties: "path", Label, true, no_properties => EMPTY_SEGMENT;
    path_label_explode_null: "path", Label, true, null => DOT_SEGMENT;
    path_simple_empty: "path", Simple, false, empty => EMPTY_SEGMENT;
    path_simple_string: "path", Simple, false, string => "blue";
    path_simple_number: "path", Simple, false, number => "5";
    path_simple_array: "path", Simple, false, array => "blue,black,brown";
    path_simple_object: "path", Simple, false, object => "B,150,G,200,R,100";
    path_simple_no_items: "path", Simple, false, no_items => EMPTY_SEGMENT;
    path_simple_no_properties: "path", Simple, false, no_properties => EMPTY_SEGMENT;
    path_simple_null: "path", Simple, false, null => EMPTY_SEGMENT;
    path_simple_explode_empty: "path", Simple, true, empty => EMPTY_SEGMENT;
    path_simple_explode_string: "path", Simple, true, string => "blue";
    path_simple_explode_number: "path", Simple, true, number => "5";
    path_simple_explode_array: "path", Simple, true, array => "blue,black,brown";
    path_simple_explode_object: "path", Simple, true, object => "B=150,G=200,R=100";
    path_simple_explode_no_items: "path", Simple, true, no_items => EMPTY_SEGMENT;
    path_simple_explode_no_properties: "path", Simple, true, no_properties => EMPTY_SEGMENT;
    path_simple_explode_null: "path", Simple, true, null => EMPTY_SEGMENT;
    query_form_empty: "query", Form, false, empty => "?color=";
    query_form_string: "query", Form, false, string => "?color=blue";
    query_form_number: "query", Form, false, number => "?color=5";
    query_form_array: "query", Form, false, array => "?color=blue,black,brown";
    query_form_object: "query", Form, false, object => "?color=B,150,G,200,R,100";
    query_form_no_items: "query", Form, false, no_items => "?color=";
    query_form_no_properties: "query", Form, false, no_properties => "?color=";
    query_form_null: "query", Form, false, null => "?color=";
    query_form_explode_empty: "query", Form, true, empty => "?color=";
    query_form_explode_string: "query", Form, true, string => "?color=blue";
    query_form_explode_number: "query", Form, true, number => "?color=5";
    query_form_explode_array: "query", Form, true, array => "?color=blue&color=black&color=brown";
    query_form_explode_object: "query", Form, true, object => "?B=150&G=200&R=100";
    query_form_explode_no_items: "query", Form, true, no_items => "";
    query_form_explode_no_properties: "query", Form, true, no_properties => "";
    query_form_explode_null: "query", Form, true, null => "?color=";
    query_space_delimited_empty: "query", Space, false, empty => "?color=";
    query_space_delimited_string: "query", Space, false, string => "?color=blue";
    query_space_delimited_number: "query", Space, false, number => "?color=5";
    query_space_delimited_array: "query", Space, false, array => "?color=blue%20black%20brown";
    query_space_delimited_object: "query", Space, false, object => "?color=B%20150%20G%20200%20R%20100";
    query_space_delimited_no_items: "query", Space, false, no_items => "?color=";
    query_space_delimited_no_properties: "query", Space, false, no_properties => "?color=";
    query_space_delimited_null: "query", Space, false, null => "?color=";
    query_space_delimited_explode_empty: "query", Space, true, empty => "?color=";
    query_space_delimited_explode_string: "query", Space, true, string => "?color=blue";
    query_space_delimited_explode_number: "query", Space, true, number => "?color=5";
    query_space_delimited_explode_array: "query", Space, true, array => "?color=blue&color=black&color=brown";
    query_space_delimited_explode_object: "query", Space, true, object => "?B=150&G=200&R=100";
    query_space_delimited_explode_no_items: "query", Space, true, no_items => "";
    query_space_delimited_explode_no_properties: "query", Space, true, no_properties => "";
    query_space_delimited_explode_null: "query", Space, true, null => "?color=";
    query_pipe_delimited_empty: "query", Pipe, false, empty => "?color=";
    query_pipe_delimited_string: "query", Pipe, false, string => "?color=blue";
    query_pipe_delimited_number: "query", Pipe, false, number => "?color=5";
    query_pipe_delimited_array: "query", Pipe, false, array => "?color=blue%7Cblack%7Cbrown";
    query_pipe_delimited_object: "query", Pipe, false, object => "?color=B%7C150%7CG%7C200%7CR%7C100";
    query_pipe_delimited_no_items: "query", Pipe, false, no_items => "?color=";
    query_pipe_delimited_no_properties: "query", Pipe, false, no_properties => "?color=";
    query_pipe_delimited_null: "query", Pipe, false, null => "?color=";
    query_pipe_delimited_explode_empty: "query", Pipe, true, empty => "?color=";
    query_pipe_delimited_explode_string: "query", Pipe, true, string => "?color=blue";
    query_pipe_delimited_explode_number: "query", Pipe, true, number => "?color=5";
    query_pipe_delimited_explode_array: "query", Pipe, true, array => "?color=blue&color=black&color=brown";
    query_pipe_delimited_explode_object: "query", Pipe, true, object => "?B=150&G=200&R=100";
    query_pipe_delimited_explode_no_items: "query", Pipe, true, no_items => "";
    query_pipe_delimited_explode_no_properties: "query", Pipe, true, no_properties => "";
    query_pipe_delimited_explode_null: "query", Pipe, true, null => "?color=";
    query_tab_delimited_empty: "query", Tab, false, empty => "?color=";
    query_tab_delimited_string: "query", Tab, false, string => "?color=blue";
    query_tab_delimited_number: "query", Tab, false, number => "?color=5";
    query_tab_delimited_array: "query", Tab, false, array => "?color=blue%09black%09brown";
    query_tab_delimited_object: "query", Tab, false, object => "?color=B%09150%09G%09200%09R%09100";
    query_tab_delimited_no_items: "query", Tab, false, no_items => "?color=";
    query_tab_delimited_no_properties: "query", Tab, false, no_properties => "?color=";
    query_tab_delimited_null: "query", Tab, false, null => "?color=";
    query_tab_delimited_explode_empty: "query", Tab, true, empty => "?color=";
    query_tab_delimited_explode_string: "query", Tab, true, string => "?color=blue";
    query_tab_delimited_explode_number: "query", Tab, true, number => "?color=5";
    query_tab_delimited_explode_array: "query", Tab, true, array => "?color=blue&color=black&color=brown";
    query_tab_delimited_explode_object: "query", Tab, true, object => "?B=150&G=200&R=100";
    query_tab_delimited_explode_no_items: "query", Tab, true, no_items => "";
    query_tab_delimited_explode_no_properties: "query", Tab, true, no_properties => "";
    query_tab_delimited_explode_null: "query", Tab, true, null => "?color=";
    query_deep_object_empty: "query", Deep, false, empty => "?color=";
    query_deep_object_string: "query", Deep, false, string => "?color=blue";
    query_deep_object_number: "query", Deep, false, number => "?color=5";
    query_deep_object_array: "query", Deep, false, array => "?color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown";
    query_deep_object_object: "query", Deep, false, object => "?color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100";
    query_deep_object_no_items: "query", Deep, false, no_items => "";
    query_deep_object_no_properties: "query", Deep, false, no_properties => "";
    query_deep_object_null: "query", Deep, false, null => "?color=";
    query_deep_object_explode_empty: "query", Deep, true, empty => "?color=";
    query_deep_object_explode_string: "query", Deep, true, string => "?color=blue";
    query_deep_object_explode_number: "query", Deep, true, number => "?color=5";
    query_deep_object_explode_array: "query", Deep, true, array => "?color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown";
    query_deep_object_explode_object: "query", Deep, true, object => "?color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100";
    query_deep_object_explode_no_items: "query", Deep, true, no_items => "";
    query_deep_object_explode_no_properties: "query", Deep, true, no_properties => "";
    query_deep_object_explode_null: "query", Deep, true, null => "?color=";
    header_simple_empty: "header", Simple, false, empty => "";
    header_simple_string: "header", Simple, false, string => "blue";
    header_simple_number: "header", Simple, false, number => "5";
    header_simple_array: "header", Simple, false, array => "blue,black,brown";
    header_simple_object: "header", Simple, false, object => "B,150,G,200,R,100";
    header_simple_no_items: "header", Simple, false, no_items => "";
    header_simple_no_properties: "header", Simple, false, no_properties => "";
    header_simple_null: "header", Simple, false, null => "";
    header_simple_explode_empty: "header", Simple, true, empty => "";
    header_simple_explode_string: "header", Simple, true, string => "blue";
    header_simple_explode_number: "header", Simple, true, number => "5";
    header_simple_explode_array: "header", Simple, true, array => "blue,black,brown";
    header_simple_explode_object: "header", Simple, true, object => "B=150,G=200,R=100";
    header_simple_explode_no_items: "header", Simple, true, no_items => "";
    header_simple_explode_no_properties: "header", Simple, true, no_properties => "";
    header_simple_explode_null: "header", Simple, true, null => "";
    cookie_form_empty: "cookie", Form, false, empty => "color=";
    cookie_form_string: "cookie", Form, false, string => "color=blue";
    cookie_form_number: "cookie", Form, false, number => "color=5";
    cookie_form_array: "cookie", Form, false, array => "color=blue,black,brown";
    cookie_form_object: "cookie", Form, false, object => "color=B,150,G,200,R,100";
    cookie_form_no_items: "cookie", Form, false, no_items => "color=";
    cookie_form_no_properties: "cookie", Form, false, no_properties => "color=";
    cookie_form_null: "cookie", Form, false, null => "color=";
    cookie_form_explode_empty: "cookie", Form, true, empty => "color=";
    cookie_form_explode_string: "cookie", Form, true, string => "color=blue";
    cookie_form_explode_number: "cookie", Form, true, number => "color=5";
    cookie_form_explode_array: "cookie", Form, true, array => "color=blue&color=black&color=brown";
    cookie_form_explode_object: "cookie", Form, true, object => "B=150&G=200&R=100";
    cookie_form_explode_no_items: "cookie", Form, true, no_items => "";
    cookie_form_explode_no_properties: "cookie", Form, true, no_properties => "";
    cookie_form_explode_null: "cookie", Form, true, null => "color=";
    cookie_cookie_empty: "cookie", Cookie, false, empty => "color=";
    cookie_cookie_string: "cookie", Cookie, false, string => "color=blue";
    cookie_cookie_number: "cookie", Cookie, false, number => "color=5";
    cookie_cookie_array: "cookie", Cookie, false, array => "color=blue,black,brown";
    cookie_cookie_object: "cookie", Cookie, false, object => "color=B,150,G,200,R,100";
    cookie_cookie_no_items: "cookie", Cookie, false, no_items => "color=";
    cookie_cookie_no_properties: "cookie", Cookie, false, no_properties => "color=";
    cookie_cookie_null: "cookie", Cookie, false, null => "color=";
    cookie_cookie_explode_empty: "cookie", Cookie, true, empty => "color=";
    cookie_cookie_explode_string: "cookie", Cookie, true, string => "color=blue";
    cookie_cookie_explode_number: "cookie", Cookie, true, number => "color=5";
    cookie_cookie_explode_array: "cookie", Cookie, true, array => "color=blue; color=black; color=brown";
    cookie_cookie_explode_object: "cookie", Cookie, true, object => "B=150; G=200; R=100";
    cookie_cookie_explode_no_items: "cookie", Cookie, true, no_items => "";
    cookie_cookie_explode_no_properties: "cookie", Cookie, true, no_properties => "";
    cookie_cookie_explode_null: "cookie", Cookie, true, null => "color=";
}

#[tokio::test]
async fn a_cookie_with_control_characters_is_an_error() {
    let server = Server::script([Reply::new(200)]).await;
    let mut request = Request::new(&core(&server), &PLAIN);
    request.cookie("a", &1_i64);
    request.cookie_styled("b", StyleRule::new(Style::Cookie, true), &"a\nb");
    let error = request.read::<_, Unexpected>(|_| Ok(())).await.unwrap_err();
    assert!(
        error.to_string().contains("the cookie `b` contains control characters"),
        "{error}"
    );
}
