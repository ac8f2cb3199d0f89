//! An axum server whose document is written by utoipa.

use std::collections::BTreeMap;

use axum::extract::{Multipart, Path, Query};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Form, Json};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

#[derive(OpenApi)]
#[openapi(info(title = "Axum check", version = "1.0.0"))]
struct Doc;

#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Color {
    Red,
    DarkBlue,
}

/// Internally tagged.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "camelCase")]
enum Pet {
    Cat { lives: u8 },
    Dog { tricks: Vec<String> },
}

/// Externally tagged.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
enum Shape {
    Circle(f64),
    Square { side: f64 },
    Empty,
}

/// Untagged.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(untagged)]
enum Amount {
    Number(i64),
    Text(String),
    List(Vec<f64>),
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
struct Item {
    id: u64,
    name: String,
    price: Option<f32>,
    color: Color,
    #[schema(value_type = String, format = Date)]
    made: jiff::civil::Date,
    #[schema(value_type = String, format = DateTime)]
    changed: jiff::Timestamp,
    pet: Option<Pet>,
    shape: Shape,
    value: Amount,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    labels: BTreeMap<String, i32>,
    pair: (i32, String),
}

#[derive(Debug, Serialize, ToSchema)]
struct Problem {
    code: String,
}

/// Returns the item with this id.
#[utoipa::path(get, path = "/items/{id}", params(("id" = u64, Path,)), responses((status = 200, body = Item), (status = 404, body = Problem)), tag = "items")]
async fn read_item(Path(id): Path<u64>) -> Result<Json<Item>, (StatusCode, Json<Problem>)> {
    if id == 404 {
        return Err((StatusCode::NOT_FOUND, Json(Problem { code: "no-item".to_owned() })));
    }
    Ok(Json(Item {
        id,
        name: "a & b".to_owned(),
        price: Some(0.07),
        color: Color::DarkBlue,
        made: jiff::civil::date(2026, 2, 3),
        changed: "2026-02-03T04:05:06.789Z".parse().unwrap(),
        pet: Some(Pet::Dog { tricks: vec!["sit".to_owned()] }),
        shape: Shape::Square { side: 2.0 },
        value: Amount::List(vec![1.5, 2.0]),
        tags: vec![],
        labels: [("a".to_owned(), 1)].into(),
        pair: (1, "x".to_owned()),
    }))
}

#[utoipa::path(post, path = "/items", request_body = Item, responses((status = 201, body = Item)), tag = "items")]
async fn create_item(Json(item): Json<Item>) -> (StatusCode, Json<Item>) {
    (StatusCode::CREATED, Json(item))
}

#[utoipa::path(delete, path = "/items/{id}", params(("id" = u64, Path,)), responses((status = 204)), tag = "items")]
async fn delete_item(Path(id): Path<u64>) -> StatusCode {
    assert!(id > 0);
    StatusCode::NO_CONTENT
}

#[derive(Debug, Deserialize, IntoParams, Serialize)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Search {
    q: Option<String>,
    limit: Option<u32>,
    ratio: Option<f64>,
    exact: Option<bool>,
    color: Option<Color>,
    #[param(value_type = Option<String>, format = Date)]
    day: Option<jiff::civil::Date>,
    #[param(value_type = Option<String>, format = DateTime)]
    since: Option<jiff::Timestamp>,
}

/// Returns the parameters as they were read.
#[utoipa::path(get, path = "/search", params(Search), responses((status = 200, body = serde_json::Value)), tag = "parameters")]
async fn search(Query(search): Query<Search>) -> Json<Search> {
    Json(search)
}

#[utoipa::path(get, path = "/headers", params(("x-token" = Option<String>, Header,)), responses((status = 200, body = String, content_type = "text/plain", headers(("x-count" = i32)))), tag = "parameters")]
async fn headers(headers: HeaderMap) -> impl IntoResponse {
    let token = headers.get("x-token").map_or("-", |token| token.to_str().unwrap());
    ([("x-count", "3")], token.to_owned())
}

#[utoipa::path(get, path = "/files/{*path}", params(("path" = String, Path,)), responses((status = 200, body = String, content_type = "text/plain")), tag = "parameters")]
async fn by_path(Path(path): Path<String>) -> String {
    path
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
struct Profile {
    name: String,
    age: Option<u8>,
    ratio: Option<f64>,
    #[schema(value_type = Option<String>, format = Date)]
    born: Option<jiff::civil::Date>,
}

#[utoipa::path(post, path = "/form", request_body(content = Profile, content_type = "application/x-www-form-urlencoded"), responses((status = 200, body = Profile)), tag = "forms")]
async fn form(Form(profile): Form<Profile>) -> Json<Profile> {
    Json(profile)
}

#[derive(ToSchema)]
#[allow(dead_code)]
struct Upload {
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    #[schema(value_type = Option<Vec<String>>, format = Binary)]
    more: Option<Vec<Vec<u8>>>,
    note: Option<String>,
}

/// Returns the name, file name, type and size of each part.
#[utoipa::path(post, path = "/upload", request_body(content = Upload, content_type = "multipart/form-data"), responses((status = 200, body = Vec<String>)), tag = "files")]
async fn upload(mut parts: Multipart) -> Json<Vec<String>> {
    let mut received = Vec::new();
    while let Some(part) = parts.next_field().await.unwrap() {
        let name = part.name().unwrap_or("-").to_owned();
        let file = part.file_name().unwrap_or("-").to_owned();
        let kind = part.content_type().unwrap_or("-").to_owned();
        received.push(format!("{name} {file} {kind} {}", part.bytes().await.unwrap().len()));
    }
    Json(received)
}

#[utoipa::path(put, path = "/bytes", request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = u64)), tag = "files")]
async fn bytes(body: axum::body::Bytes) -> Json<usize> {
    Json(body.len())
}

#[utoipa::path(get, path = "/download", responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream")), tag = "files")]
async fn download() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/octet-stream")], vec![255u8; 1000])
}

#[utoipa::path(get, path = "/optional", params(("found" = bool, Query,)), responses((status = 200, body = Option<Profile>)), tag = "responses")]
async fn optional(Query(query): Query<BTreeMap<String, bool>>) -> Json<Option<Profile>> {
    let profile = Profile { name: "n".to_owned(), age: None, ratio: None, born: None };
    Json(query["found"].then_some(profile))
}

#[tokio::main]
async fn main() {
    let port = std::env::args().nth(1).expect("usage: axum-server PORT");
    let (router, doc) = OpenApiRouter::with_openapi(Doc::openapi())
        .routes(routes!(read_item, delete_item))
        .routes(routes!(create_item))
        .routes(routes!(search))
        .routes(routes!(headers))
        .routes(routes!(by_path))
        .routes(routes!(form))
        .routes(routes!(upload))
        .routes(routes!(bytes))
        .routes(routes!(download))
        .routes(routes!(optional))
        .split_for_parts();
    let router = router.route("/openapi.json", get(async || Json(doc)));
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await.expect("the port is free");
    axum::serve(listener, router).await.expect("the server runs");
}
