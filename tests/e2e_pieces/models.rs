//! Models: 255 schemas with reference cycles are read and written unchanged.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use pieces_activity::runtime::{Body, BoxFuture, Transport, TransportError};
use pieces_activity::{Client, models};
use serde_json::{Value, json};

use crate::DOCUMENT;
use crate::mock::{World, schemas, there_and_back};

/// A schema with the round trip of its model.
type Model = (&'static str, fn(&Value) -> Value);

/// The schemas that operations use, and those in their reference cycles.
const SCHEMAS: [Model; 12] = schemas![
    Activities,
    Activity,
    Application,
    FlattenedActivities,
    FlattenedAsset,
    FlattenedFormat,
    FlattenedUserProfile,
    Model,
    SeededActivity,
    SeededConnectorTracking,
    StreamedIdentifiers,
    UserProfile,
];

#[test]
fn schemas_round_trip() {
    for (name, there_and_back) in SCHEMAS {
        for value in [DOCUMENT.whole(name), DOCUMENT.least(name)] {
            assert_eq!(there_and_back(&value), value, "{name}");
        }
    }
}

#[test]
fn an_activity_has_all_twelve_properties() {
    let whole = DOCUMENT.whole("Activity");
    let mut names: Vec<&String> = whole.as_object().unwrap().keys().collect();
    names.sort();
    assert_eq!(
        names,
        [
            "application",
            "asset",
            "created",
            "deleted",
            "event",
            "format",
            "id",
            "mechanism",
            "rank",
            "schema",
            "updated",
            "user",
        ]
    );
    assert_eq!(there_and_back::<models::Activity>(&whole), whole);
    let activity: models::Activity = serde_json::from_value(whole).unwrap();
    let models::Activity {
        schema,
        id,
        created,
        updated,
        event,
        application,
        deleted,
        asset,
        user,
        format,
        mechanism,
        rank,
        ..
    } = activity.clone();
    assert!(schema.is_some() && deleted.is_some() && asset.is_some() && user.is_some() && format.is_some());
    assert_eq!((id.as_str(), rank), ("text", Some(7)));
    assert_eq!(
        (&created.value, &mechanism),
        (&updated.value, &models::MechanismEnum::Manual)
    );
    let mut made = models::Activity::new(models::ActivityRequired {
        id,
        created,
        updated,
        event,
        application,
        mechanism,
    });
    (made.schema, made.deleted, made.rank) = (schema, deleted, rank);
    (made.asset, made.user, made.format) = (asset, user, format);
    assert_eq!(made, activity);
}

#[test]
fn reference_cycles_are_read_completely() {
    // An activity has an asset, which has activities, which have assets.
    let mut activity = DOCUMENT.least("FlattenedActivity");
    for depth in 0..5 {
        let mut asset = DOCUMENT.least("FlattenedAsset");
        asset["activities"] = json!({"iterable": [{"id": depth.to_string(), "reference": activity}]});
        activity = DOCUMENT.least("FlattenedActivity");
        activity["asset"] = json!({"id": "a", "reference": asset});
    }
    assert_eq!(there_and_back::<models::FlattenedActivity>(&activity), activity);
    let read: models::FlattenedActivity = serde_json::from_value(activity).unwrap();
    let asset = read.asset.unwrap().reference.unwrap();
    assert_eq!(asset.activities.as_ref().unwrap().iterable[0].id, "4");
}

#[test]
fn absent_and_null_are_distinct_for_nullable_members() {
    // `total` is required and `input` is optional: only `input` can be absent.
    for given in [
        json!({"total": null}),
        json!({"total": 2.5}),
        json!({"input": null}),
        json!({"input": 2.5}),
        json!({}),
    ] {
        let mut tokens = DOCUMENT.least("ModelMaxTokens");
        tokens
            .as_object_mut()
            .unwrap()
            .extend(given.as_object().unwrap().clone());
        assert_eq!(there_and_back::<models::ModelMaxTokens>(&tokens), tokens);
    }
}

#[test]
fn unknown_enum_values_are_kept() {
    let mut activity = DOCUMENT.least("Activity");
    activity["mechanism"] = json!("TELEPATHIC");
    assert_eq!(there_and_back::<models::Activity>(&activity), activity);
    assert!(!models::MechanismEnum::from("TELEPATHIC").is_known());
}

#[derive(Clone, Default)]
struct Urls(Arc<Mutex<Vec<String>>>);

impl Transport for Urls {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        self.0.lock().unwrap().push(request.uri().to_string());
        Box::pin(std::future::ready(Ok(http::Response::new(Bytes::new()))))
    }
}

#[tokio::test]
async fn the_default_server_is_local() {
    use pieces_activity::Server::{Api, Local};

    let urls = Urls::default();
    for builder in [
        Client::builder(),
        Client::builder().server(Local),
        Client::builder().server(Api),
    ] {
        let client = builder
            .environment(World::new())
            .api_key("k3y")
            .transport(urls.clone())
            .build()
            .unwrap();
        client.activities().delete_specific_activity("a1").send().await.unwrap();
    }
    let expected = [
        "http://localhost:1000",
        "http://localhost:1000",
        "https://api.pieces.services",
    ];
    assert_eq!(
        *urls.0.lock().unwrap(),
        expected.map(|url| format!("{url}/activities/a1/delete"))
    );
}

/// Reads formats within formats, on a thread with the default stack size.
fn nested_formats(times: usize) -> String {
    let text = r#"{"analysis":{"image":{"ocr":{"raw":{"reference":"#.repeat(times) + "{}" + &"}}}}}".repeat(times);
    let read = move || match serde_json::from_str::<models::FlattenedFormat>(&text) {
        Ok(_) => panic!("a format without all that it requires"),
        Err(error) => error.to_string(),
    };
    let reader = std::thread::Builder::new().stack_size(2 << 20).spawn(read);
    reader.expect("a thread").join().expect("no overflow")
}

#[test]
fn documents_of_maximum_depth_fit_on_the_stack() {
    let error = nested_formats(25);
    assert!(error.contains("missing property"), "{error}");
    let error = nested_formats(26);
    assert!(error.contains("recursion limit exceeded"), "{error}");
}
