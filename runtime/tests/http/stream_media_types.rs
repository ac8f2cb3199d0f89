//! Media types of streamed responses.

use sdkwright_runtime::models::Activity;
use sdkwright_runtime::runtime::__private::{Frame, Framing, Request};
use sdkwright_runtime::runtime::{Error, ResponseStream, Unexpected};

use crate::streams::{API_INFO, OPERATION, piece, settings};

#[tokio::test]
async fn the_error_of_another_media_type_names_both_and_keeps_status_and_body() {
    for (framing, accept, received, expected) in [
        (
            Framing::Events,
            "text/event-stream",
            "application/json",
            "the response has the media type `application/json` instead of `text/event-stream`",
        ),
        (
            Framing::Events,
            "text/event-stream, application/json;q=0.5",
            "application/problem+json; charset=utf-8",
            "the response has the media type `application/problem+json` instead of `text/event-stream`",
        ),
        (
            Framing::Events,
            "text/event-stream",
            "Text/HTML",
            "the response has the media type `text/html` instead of `text/event-stream`",
        ),
        (
            Framing::Lines,
            "application/x-ndjson",
            "text/html; charset=utf-8",
            "the response has the media type `text/html` instead of `application/x-ndjson`",
        ),
        (
            Framing::Sequence,
            "application/json-seq",
            "text/html",
            "the response has the media type `text/html` instead of `application/json-seq`",
        ),
    ] {
        let (settings, accepted) = settings(vec![(201, received, vec![piece("<p>"), piece("hi")])]);
        let mut request = Request::new(&settings.build(&API_INFO).unwrap(), &OPERATION);
        request.accept(accept);
        let outcome: Result<ResponseStream<Activity, Unexpected>, _> = request.stream(framing, Frame::value).await;
        let error = outcome.unwrap_err();
        assert!(matches!(&error, Error::Decode(_)), "{error}");
        assert!(error.to_string().contains(expected), "{error}");
        assert_eq!(error.status().unwrap(), 201);
        assert_eq!(error.body().unwrap(), "<p>hi");
        assert_eq!(*accepted.lock().unwrap(), [accept]);
    }
}

#[tokio::test]
async fn lines_are_read_whatever_else_their_media_type_is() {
    for received in ["application/json", "text/plain", "application/octet-stream"] {
        let (settings, _) = settings(vec![(200, received, vec![piece("{\"id\":\"1\"}\n")])]);
        let request = Request::new(&settings.build(&API_INFO).unwrap(), &OPERATION);
        let mut values: ResponseStream<Activity, Unexpected> =
            request.stream(Framing::Lines, Frame::value).await.unwrap();
        assert_eq!(values.next().await.unwrap().unwrap().id, "1", "{received}");
    }
}
