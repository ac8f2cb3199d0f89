//! Pagination against the mock server of the SDK: its links and cursors select its last page, which ends every list.

use kitchen_sink::mock::Mock;

/// Counts the items of a list of the mock server, and returns them with the requests.
macro_rules! walk {
    ($method:ident) => {{
        crate::log::start();
        let mock = Mock::new();
        let client = mock.builder().bearer_token("token").build().expect("a client");
        let mut items = client.pages().$method().items();
        let mut count = 0;
        while let Some(item) = items.next().await {
            item.expect("an item");
            count += 1;
        }
        let requests = mock.requests().into_iter().map(|request| request.uri.to_string());
        let requests: Vec<String> = requests.map(|uri| uri.replace("https://mock.invalid", "")).collect();
        (count, requests)
    }};
}

#[tokio::test]
async fn cursors_lead_to_the_last_page() {
    let expected = ["/pages/cursor", "/pages/cursor?cursor=page%202%2B%2F%C3%BC"];
    assert_eq!(walk!(list_by_cursor), (2, expected.map(str::to_owned).to_vec()));
}

#[tokio::test]
async fn links_lead_to_the_mock_server() {
    let expected = |path: &str| (2, vec![path.to_owned(), format!("{path}?page=2")]);
    assert_eq!(walk!(list_by_url), expected("/pages/url"));
    assert_eq!(walk!(list_by_link), expected("/pages/link"));
}

#[tokio::test]
async fn counted_pages_end() {
    let (count, requests) = walk!(list_by_number);
    assert_eq!((count, requests.len()), (1, 2), "{requests:?}");
    let (count, requests) = walk!(list_by_offset);
    assert_eq!((count, requests.len()), (1, 2), "{requests:?}");
    let (count, requests) = walk!(list_by_last_id);
    assert_eq!((count, requests.len()), (1, 2), "{requests:?}");
}
