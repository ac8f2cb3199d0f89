//! Parameters that are set on the client. No operation of the sample has them.

use sdkwright_runtime::runtime::__private::{
    ApiInfo, ClientParameter, Core, Operation, ParameterLocation, Request, Settings,
};
use sdkwright_runtime::runtime::{RawResponse, Unexpected};

use crate::support::{Reply, Server};

static API_INFO: ApiInfo = ApiInfo {
    user_agent: "x",
    server: "https://api.acme.example",
    schemes: &[],
    security: &[],
    retries: None,
};
const TENANT: ClientParameter = ClientParameter {
    name: "tenant",
    location: ParameterLocation::Path,
    setter: "tenant",
    required: true,
};
const VERSION: ClientParameter = ClientParameter {
    name: "api-version",
    location: ParameterLocation::Query,
    setter: "api_version",
    required: true,
};
const REGION: ClientParameter = ClientParameter {
    name: "X-Region",
    location: ParameterLocation::Header,
    setter: "x_region",
    required: false,
};
const SESSION: ClientParameter = ClientParameter {
    name: "session",
    location: ParameterLocation::Cookie,
    setter: "session",
    required: true,
};
static GET: Operation = Operation {
    id: "get",
    path: "/{tenant}/users",
    parameters: |request, is_complete| request.client_parameters(&[TENANT, VERSION, REGION, SESSION], is_complete),
    ..Operation::DEFAULT
};

/// Returns a client with all parameters, after `change`.
fn core(server: &Server, change: impl FnOnce(&mut Settings)) -> Core {
    let mut settings = Settings::default();
    settings.base_url(server.url.clone());
    settings.parameter("tenant", &"a b".to_owned());
    settings.parameter("api_version", &"1".to_owned());
    settings.parameter("x_region", &7_i64);
    settings.parameter("session", &true);
    change(&mut settings);
    settings.build(&API_INFO).unwrap()
}

async fn send(request: Request) -> Result<(), String> {
    let sent = request.read::<(), Unexpected>(|_: &RawResponse| Ok(())).await;
    sent.map_err(|error| error.to_string())
}

#[tokio::test]
async fn parameters_of_the_client_are_part_of_every_call() {
    let server = Server::script([Reply::json(204, "")]).await;
    send(Request::new(&core(&server, |_| {}), &GET)).await.unwrap();
    let received = &server.received()[0];
    assert_eq!(received.line(), "GET /a%20b/users?api-version=1");
    assert_eq!(received.header("x-region"), Some("7"));
    assert_eq!(received.header("cookie"), Some("session=true"));
}

#[tokio::test]
async fn a_call_overrides_a_parameter_of_the_client() {
    let server = Server::script([Reply::json(204, "")]).await;
    let core = core(&server, |settings| settings.parameter("api_version", &"2".to_owned()));
    let mut request = Request::new(&core, &GET);
    request.path_text("tenant", "b".to_owned());
    request.header_text("X-Region", "8".to_owned());
    send(request).await.unwrap();
    let received = &server.received()[0];
    assert_eq!(
        received.line(),
        "GET /b/users?api-version=2",
        "the last value of the client applies"
    );
    assert_eq!(received.header("x-region"), Some("8"));
}

#[tokio::test]
async fn a_missing_parameter_is_an_error_before_anything_is_sent() {
    let server = Server::script([Reply::json(204, "")]).await;
    let bare = |change: fn(&mut Settings)| {
        let mut settings = Settings::default();
        settings.base_url(server.url.clone());
        settings.parameter("tenant", &"a".to_owned());
        settings.parameter("session", &"s".to_owned());
        change(&mut settings);
        settings.build(&API_INFO).unwrap()
    };
    let error = send(Request::new(&bare(|_| {}), &GET)).await.unwrap_err();
    assert!(
        error.contains("`api-version` has no value; set it with `api_version` of the client builder"),
        "{error}"
    );
    assert!(server.received().is_empty());
    // A value that the caller adds to every query is one too.
    send(Request::new(&bare(|settings| settings.query("api-version", "3")), &GET))
        .await
        .unwrap();
    assert_eq!(server.lines(), ["GET /a/users?api-version=3"]);
}

#[tokio::test]
async fn a_missing_path_parameter_names_the_setter() {
    let server = Server::script([Reply::json(204, "")]).await;
    let mut settings = Settings::default();
    settings.base_url(server.url.clone());
    let error = send(Request::new(&settings.build(&API_INFO).unwrap(), &GET))
        .await
        .unwrap_err();
    assert!(error.contains("`tenant` of the client builder"), "{error}");
    assert!(server.received().is_empty());
}
