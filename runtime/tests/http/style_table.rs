//! The table of style values of the OpenAPI specification: one test for each cell, named by style, location, value and explode.

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

fn no_items() -> Vec<String> {
    Vec::new()
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

async fn sent(location: &str, rule: StyleRule, value: &dyn Wire) -> String {
    let server = Server::script([Reply::new(200)]).await;
    let mut request = Request::new(&core(&server), if location == "path" { &PATH } else { &PLAIN });
    match location {
        "path" => request.path_styled("color", rule, value),
        "query" => request.query_styled("color", rule, value),
        "header" => request.header_styled("color", rule, value),
        _ => request.cookie_styled("color", rule, value),
    }
    request.read::<_, Unexpected>(|_| Ok(())).await.unwrap();
    let received = server.only();
    let target = received.target();
    match location {
        "path" => target.trim_start_matches("/p/").trim_end_matches("/end").to_owned(),
        "query" => target.trim_start_matches("/p").trim_start_matches('?').to_owned(),
        "header" => received.header("color").unwrap_or("absent").to_owned(),
        _ => received.header("cookie").unwrap_or("absent").to_owned(),
    }
}

macro_rules! cells {
    ($($cell:ident: $location:literal, $style:ident, $explode:literal, $value:ident => $expected:literal;)+) => {$(
        #[tokio::test]
        async fn $cell() {
            assert_eq!(sent($location, StyleRule::new(Style::$style, $explode), &$value()).await, $expected);
        }
    )+};
}

cells! {
    path_matrix_empty: "path", Matrix, false, empty => ";color";
    path_matrix_string: "path", Matrix, false, string => ";color=blue";
    path_matrix_array: "path", Matrix, false, array => ";color=blue,black,brown";
    path_matrix_object: "path", Matrix, false, object => ";color=B,150,G,200,R,100";
    path_matrix_null: "path", Matrix, false, null => ";color";
    path_matrix_explode_empty: "path", Matrix, true, empty => ";color";
    path_matrix_explode_string: "path", Matrix, true, string => ";color=blue";
    path_matrix_explode_array: "path", Matrix, true, array => ";color=blue;color=black;color=brown";
    path_matrix_explode_object: "path", Matrix, true, object => ";B=150;G=200;R=100";
    path_label_string: "path", Label, false, string => ".blue";
    path_label_array: "path", Label, false, array => ".blue,black,brown";
    path_label_object: "path", Label, false, object => ".B,150,G,200,R,100";
    path_label_explode_string: "path", Label, true, string => ".blue";
    path_label_explode_array: "path", Label, true, array => ".blue.black.brown";
    path_label_explode_object: "path", Label, true, object => ".B=150.G=200.R=100";
    path_simple_string: "path", Simple, false, string => "blue";
    path_simple_array: "path", Simple, false, array => "blue,black,brown";
    path_simple_object: "path", Simple, false, object => "B,150,G,200,R,100";
    path_simple_explode_string: "path", Simple, true, string => "blue";
    path_simple_explode_array: "path", Simple, true, array => "blue,black,brown";
    path_simple_explode_object: "path", Simple, true, object => "B=150,G=200,R=100";
    header_simple_empty: "header", Simple, false, empty => "";
    header_simple_string: "header", Simple, false, string => "blue";
    header_simple_array: "header", Simple, false, array => "blue,black,brown";
    header_simple_no_items: "header", Simple, false, no_items => "";
    header_simple_object: "header", Simple, false, object => "B,150,G,200,R,100";
    header_simple_null: "header", Simple, false, null => "";
    header_simple_explode_array: "header", Simple, true, array => "blue,black,brown";
    header_simple_explode_object: "header", Simple, true, object => "B=150,G=200,R=100";
    query_form_empty: "query", Form, false, empty => "color=";
    query_form_string: "query", Form, false, string => "color=blue";
    query_form_array: "query", Form, false, array => "color=blue,black,brown";
    query_form_no_items: "query", Form, false, no_items => "color=";
    query_form_object: "query", Form, false, object => "color=B,150,G,200,R,100";
    query_form_null: "query", Form, false, null => "color=";
    query_form_explode_empty: "query", Form, true, empty => "color=";
    query_form_explode_string: "query", Form, true, string => "color=blue";
    query_form_explode_array: "query", Form, true, array => "color=blue&color=black&color=brown";
    query_form_explode_no_items: "query", Form, true, no_items => "";
    query_form_explode_object: "query", Form, true, object => "B=150&G=200&R=100";
    query_form_explode_null: "query", Form, true, null => "color=";
    query_space_delimited_array: "query", Space, false, array => "color=blue%20black%20brown";
    query_space_delimited_no_items: "query", Space, false, no_items => "color=";
    query_space_delimited_object: "query", Space, false, object => "color=B%20150%20G%20200%20R%20100";
    query_pipe_delimited_array: "query", Pipe, false, array => "color=blue%7Cblack%7Cbrown";
    query_pipe_delimited_no_items: "query", Pipe, false, no_items => "color=";
    query_pipe_delimited_object: "query", Pipe, false, object => "color=B%7C150%7CG%7C200%7CR%7C100";
    query_tab_delimited_array: "query", Tab, false, array => "color=blue%09black%09brown";
    query_deep_object_object: "query", Deep, true, object => "color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100";
    query_deep_object_no_items: "query", Deep, true, no_items => "";
    cookie_form_empty: "cookie", Form, false, empty => "color=";
    cookie_form_string: "cookie", Form, false, string => "color=blue";
    cookie_form_array: "cookie", Form, false, array => "color=blue,black,brown";
    cookie_form_object: "cookie", Form, false, object => "color=B,150,G,200,R,100";
    cookie_cookie_string: "cookie", Cookie, true, string => "color=blue";
    cookie_cookie_array: "cookie", Cookie, true, array => "color=blue; color=black; color=brown";
    cookie_cookie_object: "cookie", Cookie, true, object => "B=150; G=200; R=100";
}
