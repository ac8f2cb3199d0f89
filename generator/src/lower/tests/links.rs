//! Links of responses.

use super::{lower_case, render};
use crate::config::Settings;
use crate::diagnostics::Diagnostics;

fn links(case: &str) -> (Vec<String>, Diagnostics) {
    let (api, diagnostics) = lower_case(case, &Settings::default());
    let dump = api.dump();
    let links = dump.lines().filter(|line| line.starts_with("  link "));
    (links.map(str::to_owned).collect(), diagnostics)
}

#[test]
fn links_refer_to_operations() {
    let (links, diagnostics) = links("links/bound");
    let expected = [
        "  link item to getItem",
        "  link first to getItem",
        "  link item to getItem",
        "  link first to getItem",
        "  link status to getItem",
        "  link retry to getItem",
        "  link body to getItem",
    ];
    assert_eq!(links, expected, "{}", render(&diagnostics));
}

#[test]
fn a_link_that_cannot_be_followed_is_reported_with_the_reason() {
    let (links, diagnostics) = links("links/unbound");
    // The plan stage reports the others, which depend on types.
    let names = ["property", "item", "whole", "type", "constant", "fixed"];
    let targets = ["get", "get", "get", "get", "get", "list"];
    let expected = names
        .iter()
        .zip(targets)
        .map(|(name, target)| format!("  link {name} to {target}"));
    assert_eq!(links, expected.collect::<Vec<_>>());
    let expected = "
! W0337 the link `unknown` does not become a method: the SDK has no operation `other`
! W0337 the link `elsewhere` does not become a method: the SDK has no operation `https://example.com/other.yaml#/paths/~1x/get`
! W0337 the link `parameter` does not become a method: `get` has no parameter `query.id`
! W0337 the link `body` does not become a method: `requestBody` is not supported
! W0337 the link `server` does not become a method: `server` is not supported
! W0337 the link `expression` does not become a method: the expression `$statusCode` is not supported
! W0337 the link `embedded` does not become a method: the expression `item-{$response.body#/id}` is not supported
! W0337 the link `error` does not become a method: its response is an error
";
    assert_eq!(render(&diagnostics), expected.trim_start());
}
