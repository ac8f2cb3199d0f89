//! Path templates of frameworks.

use super::with;

/// Returns the path of an operation, whether its parameters span several segments, and the codes of the diagnostics.
fn read(path: &str, parameters: &str) -> (String, Vec<bool>, Vec<&'static str>) {
    let (document, codes) = with("3.1.0", &format!("paths: {{'{path}': {{get: {{{parameters}}}}}}}"));
    let operation = &document.operations[0];
    let wildcards = operation.parameters.iter().map(|parameter| parameter.wildcard);
    (operation.path.clone(), wildcards.collect(), codes)
}

#[test]
fn templates_of_google_match_several_segments() {
    assert_eq!(
        read("/a/{x=b/*/c/*}:d", ""),
        ("/a/{x}:d".to_owned(), vec![true], vec!["W0312"])
    );
    assert_eq!(
        read("/a/{x=*}", ""),
        ("/a/{x}".to_owned(), vec![false], vec!["N0325", "W0312"])
    );
}

#[test]
fn patterns_of_segments_match_several_segments() {
    let wildcards = |pattern: &str| {
        let schema = format!("schema: {{type: string, pattern: '{pattern}'}}");
        read(
            "/a/{x}",
            &format!("parameters: [{{name: x, in: path, required: true, {schema}}}]"),
        )
        .1
    };
    for pattern in [
        "shelves/[^/]+",
        "^shelves/[^/]+/books/[^/]+$",
        r"shelves\/[^\/]+",
        "shelves/.+",
    ] {
        assert_eq!(wildcards(pattern), [true], "{pattern}");
    }
    for pattern in ["[^/]+", ".+", "a", r"\d+/\d+", "[a-z/]+", "a/b"] {
        assert_eq!(wildcards(pattern), [false], "{pattern}");
    }
}

#[test]
fn segments_with_colons_are_declared_parameters() {
    let parameters = "parameters: [{name: x, in: path, required: true, schema: {type: string}}]";
    assert_eq!(
        read("/a/:x/:y/b:x", parameters),
        ("/a/{x}/:y/b:x".to_owned(), vec![false], vec!["N0325"])
    );
    assert_eq!(read("/a/:x", ""), ("/a/:x".to_owned(), vec![], vec![]));
}
