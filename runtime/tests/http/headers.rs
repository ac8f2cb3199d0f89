//! Getters of documented response headers.

use http::HeaderMap;
use sdkwright_runtime::runtime::__private::{HeaderForm, header_value};
use sdkwright_runtime::runtime::DateTime;

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        headers.append(*name, value.parse().expect("a header value"));
    }
    headers
}

#[test]
fn a_header_is_read_as_its_documented_type() {
    let headers = headers(&[
        ("x-count", " 3 "),
        ("x-done", "true"),
        ("x-id", "007"),
        ("x-sizes", "1, 2"),
        ("x-sizes", "3"),
        ("x-tags", "a, b,,c"),
    ]);
    assert_eq!(header_value::<i64>(&headers, "X-Count", HeaderForm::Json), Some(3));
    assert_eq!(header_value::<bool>(&headers, "X-Done", HeaderForm::Json), Some(true));
    assert_eq!(header_value(&headers, "X-Id", HeaderForm::Text), Some("007".to_owned()));
    assert_eq!(
        header_value(&headers, "X-Sizes", HeaderForm::JsonList),
        Some(vec![1_i64, 2, 3])
    );
    let tags: Option<Vec<String>> = header_value(&headers, "X-Tags", HeaderForm::TextList);
    assert_eq!(tags.unwrap_or_default(), ["a", "b", "c"]);
}

#[test]
fn a_missing_or_invalid_header_is_none() {
    let headers = headers(&[("x-count", "many")]);
    assert_eq!(header_value::<i64>(&headers, "X-Count", HeaderForm::Json), None);
    assert_eq!(header_value::<String>(&headers, "X-Other", HeaderForm::Text), None);
    assert_eq!(
        header_value::<Vec<String>>(&headers, "X-Other", HeaderForm::TextList),
        None
    );
}

#[test]
fn a_date_time_may_be_an_http_date() {
    let headers = headers(&[
        ("expires", "Fri, 26 Aug 2022 14:38:00 GMT"),
        ("x-at", "2022-08-26T14:38:00Z"),
    ]);
    let expires: Option<DateTime> = header_value(&headers, "Expires", HeaderForm::Text);
    let at: Option<DateTime> = header_value(&headers, "X-At", HeaderForm::Text);
    assert!(expires.is_some());
    assert_eq!(expires, at);
}

#[test]
fn each_cookie_that_the_server_sets_is_an_item() {
    let headers = headers(&[("set-cookie", "a=1; Expires=Fri, 26 Aug 2022"), ("set-cookie", "b=2")]);
    let cookies: Option<Vec<String>> = header_value(&headers, "Set-Cookie", HeaderForm::Repeated);
    assert_eq!(cookies.unwrap_or_default(), ["a=1; Expires=Fri, 26 Aug 2022", "b=2"]);
}
