//! A dropshot server, which writes its own document.

use std::collections::BTreeMap;

use dropshot::{
    ApiDescription, Body, ClientErrorStatusCode, ConfigDropshot, ConfigLogging, ConfigLoggingLevel, EmptyScanParams, HttpError,
    HttpResponseCreated, HttpResponseDeleted, HttpResponseHeaders, HttpResponseOk, MultipartBody, PaginationParams, Path, Query,
    RequestContext, ResultsPage, ServerBuilder, TypedBody, UntypedBody, WhichPage, endpoint,
};
use http::Response;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

type Context = RequestContext<serde_json::Value>;

#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Color {
    Red,
    DarkBlue,
}

/// Internally tagged.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "camelCase")]
enum Pet {
    Cat { lives: u8 },
    Dog { tricks: Vec<String> },
}

/// Adjacently tagged.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(tag = "type", content = "value")]
enum Event {
    Count(u32),
    Text(String),
    Nothing,
}

/// Externally tagged.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
enum Shape {
    Circle(f64),
    Square { side: f64 },
    Empty,
}

#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
struct Item {
    id: u64,
    name: String,
    price: Option<f32>,
    color: Color,
    pet: Option<Pet>,
    event: Event,
    shape: Shape,
    labels: BTreeMap<String, i32>,
}

fn item(id: u64) -> Item {
    Item {
        id,
        name: "a & b".to_owned(),
        price: Some(0.07),
        color: Color::DarkBlue,
        pet: Some(Pet::Dog { tricks: vec!["sit".to_owned()] }),
        event: Event::Text("x".to_owned()),
        shape: Shape::Square { side: 2.0 },
        labels: [("a".to_owned(), 1)].into(),
    }
}

#[derive(Deserialize, JsonSchema)]
struct ItemPath {
    id: u64,
}

/// Returns the item with this id.
#[endpoint { method = GET, path = "/items/{id}", tags = ["items"] }]
async fn read_item(_: Context, path: Path<ItemPath>) -> Result<HttpResponseOk<Item>, HttpError> {
    let ItemPath { id } = path.into_inner();
    if id == 404 {
        let code = Some("no-item".to_owned());
        return Err(HttpError::for_client_error(code, ClientErrorStatusCode::NOT_FOUND, "there is no such item".to_owned()));
    }
    Ok(HttpResponseOk(item(id)))
}

#[endpoint { method = POST, path = "/items", tags = ["items"] }]
async fn create_item(_: Context, body: TypedBody<Item>) -> Result<HttpResponseCreated<Item>, HttpError> {
    Ok(HttpResponseCreated(body.into_inner()))
}

#[endpoint { method = DELETE, path = "/items/{id}", tags = ["items"] }]
async fn delete_item(_: Context, path: Path<ItemPath>) -> Result<HttpResponseDeleted, HttpError> {
    assert!(path.into_inner().id > 0);
    Ok(HttpResponseDeleted())
}

/// The position of a page.
#[derive(Deserialize, Serialize, JsonSchema)]
struct LastItem {
    id: u64,
}

/// Returns seven items in pages.
#[endpoint { method = GET, path = "/items", tags = ["items"] }]
async fn list_items(
    context: Context,
    query: Query<PaginationParams<EmptyScanParams, LastItem>>,
) -> Result<HttpResponseOk<ResultsPage<Item>>, HttpError> {
    let parameters = query.into_inner();
    let limit = u64::from(context.page_limit(&parameters)?.get());
    let last = match &parameters.page {
        WhichPage::First(_) => 0,
        WhichPage::Next(last) => last.id,
    };
    let items = (last + 1..=7.min(last + limit)).map(item).collect();
    let page = ResultsPage::new(items, &EmptyScanParams {}, |item: &Item, _: &EmptyScanParams| LastItem { id: item.id })?;
    Ok(HttpResponseOk(page))
}

#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Search {
    q: Option<String>,
    limit: Option<u32>,
    ratio: Option<f64>,
    exact: Option<bool>,
    color: Option<Color>,
}

/// Returns the parameters as they were read.
#[endpoint { method = GET, path = "/search", tags = ["parameters"] }]
async fn search(_: Context, query: Query<Search>) -> Result<HttpResponseOk<serde_json::Value>, HttpError> {
    Ok(HttpResponseOk(serde_json::to_value(query.into_inner()).expect("the parameters are JSON")))
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct CountHeader {
    x_count: String,
}

#[derive(Deserialize, JsonSchema)]
struct TokenHeader {
    token: Option<String>,
}

/// Returns the header that was sent.
#[endpoint { method = GET, path = "/headers", tags = ["parameters"] }]
async fn headers(
    _: Context,
    header: dropshot::Header<TokenHeader>,
) -> Result<HttpResponseHeaders<HttpResponseOk<Option<String>>, CountHeader>, HttpError> {
    let count = CountHeader { x_count: "3".to_owned() };
    Ok(HttpResponseHeaders::new(HttpResponseOk(header.into_inner().token), count))
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Profile {
    name: String,
    age: Option<u8>,
    ratio: Option<f64>,
}

#[endpoint { method = POST, path = "/form", content_type = "application/x-www-form-urlencoded", tags = ["forms"] }]
async fn form(_: Context, body: TypedBody<Profile>) -> Result<HttpResponseOk<Profile>, HttpError> {
    Ok(HttpResponseOk(body.into_inner()))
}

/// Returns the name, file name, type and size of each part. The document does not describe the parts.
#[endpoint { method = POST, path = "/upload", tags = ["files"] }]
async fn upload(_: Context, mut body: MultipartBody) -> Result<HttpResponseOk<Vec<String>>, HttpError> {
    let mut received = Vec::new();
    while let Some(part) = body.content.next_field().await.map_err(|error| HttpError::for_bad_request(None, error.to_string()))? {
        let name = part.name().unwrap_or("-").to_owned();
        let file = part.file_name().unwrap_or("-").to_owned();
        let kind = part.content_type().map_or("-".to_owned(), ToString::to_string);
        let bytes = part.bytes().await.map_err(|error| HttpError::for_bad_request(None, error.to_string()))?;
        received.push(format!("{name} {file} {kind} {}", bytes.len()));
    }
    Ok(HttpResponseOk(received))
}

#[endpoint { method = PUT, path = "/bytes", tags = ["files"] }]
async fn replace_bytes(_: Context, body: UntypedBody) -> Result<HttpResponseOk<usize>, HttpError> {
    Ok(HttpResponseOk(body.as_bytes().len()))
}

/// Returns a response that the document does not describe.
#[endpoint { method = GET, path = "/download", tags = ["files"] }]
async fn download(_: Context) -> Result<Response<Body>, HttpError> {
    let body = Body::from(vec![255u8; 1000]);
    Ok(Response::builder().header("content-type", "application/octet-stream").body(body)?)
}

#[endpoint { method = GET, path = "/openapi.json", unpublished = true }]
async fn openapi_document(context: Context) -> Result<HttpResponseOk<serde_json::Value>, HttpError> {
    Ok(HttpResponseOk(context.context().clone()))
}

fn api() -> Result<ApiDescription<serde_json::Value>, dropshot::ApiDescriptionRegisterError> {
    let mut api = ApiDescription::new();
    api.register(read_item)?;
    api.register(create_item)?;
    api.register(delete_item)?;
    api.register(list_items)?;
    api.register(search)?;
    api.register(headers)?;
    api.register(form)?;
    api.register(upload)?;
    api.register(replace_bytes)?;
    api.register(download)?;
    api.register(openapi_document)?;
    Ok(api)
}

#[tokio::main]
async fn main() -> Result<(), String> {
    let port: u16 = std::env::args().nth(1).and_then(|port| port.parse().ok()).ok_or("usage: dropshot-server PORT")?;
    let api = api().map_err(|error| error.to_string())?;
    let document = api.openapi("Dropshot check", semver::Version::new(1, 0, 0)).json().map_err(|error| error.to_string())?;
    let log = ConfigLogging::StderrTerminal { level: ConfigLoggingLevel::Warn };
    let log = log.to_logger("dropshot-server").map_err(|error| error.to_string())?;
    let config = ConfigDropshot {
        bind_address: ([127, 0, 0, 1], port).into(),
        default_request_body_max_bytes: 1 << 20,
        ..ConfigDropshot::default()
    };
    let server = ServerBuilder::new(api, document, log).config(config).start().map_err(|error| error.to_string())?;
    server.await
}
