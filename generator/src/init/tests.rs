//! The configuration of `init` fits its document, and is valid.

use super::{Target, configuration, crate_name};
use crate::config;
use crate::session::{self, Input, Job};

const TARGET: Target<'static> = Target {
    document: "my api.yaml",
    name: "pets",
    out: "../pets",
    imported: None,
    overlay: None,
};

/// Returns the name and the configuration for a document.
fn init(document: &str) -> (String, String) {
    let job = Job::new("pets", Input::from_text("api.yaml", document), "");
    let explanation = session::explain(&job, None);
    let api = explanation.api().expect("an API");
    (crate_name(api), configuration(api, TARGET))
}

#[test]
fn the_configuration_is_valid_also_with_its_rules() {
    let (name, text) = init(
        "openapi: 3.0.3
info: { title: The Pét Store API, version: 1.0.0, license: { name: MIT } }
paths:
  /pets:
    get:
      operationId: listPets
      parameters:
        - { name: cursor, in: query, schema: { type: string } }
        - { name: filter, in: query, style: deepObject, schema: { type: object, properties: { a: { type: object, properties: { b: { type: string } } } } } }
      responses:
        '200':
          description: Pets
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: { type: array, items: { type: object, properties: { id: { type: string } } } }
                  next_cursor: { type: string }
  /a: { get: { operationId: anOperationWithANameThatIsLongerThanFortyCharacters, responses: { '204': { description: Done } } } }
",
    );
    assert_eq!(name, "pet-store");
    let config = config::parse(&text).unwrap_or_else(|errors| panic!("{errors:?}\n{text}"));
    let sdk = &config.sdks["pets"];
    assert_eq!((sdk.document.as_str(), sdk.out.as_str()), ("my api.yaml", "../pets"));
    assert!(
        text.contains("# license: MIT\n") && text.contains("deep_objects: brackets"),
        "{text}"
    );
    assert!(
        text.contains("anOperationWithANameThatIsLongerThanFortyCharacters: shorter_name"),
        "{text}"
    );

    let uncommented: String = text
        .lines()
        .map(|line| match line.strip_prefix("    # ") {
            Some(rule) if rule.starts_with("pagination:") || rule.starts_with("  ") => format!("    {rule}\n"),
            _ => format!("{line}\n"),
        })
        .filter(|line| !line.contains("shorter_name"))
        .collect();
    let config = config::parse(&uncommented).unwrap_or_else(|errors| panic!("{errors:?}\n{uncommented}"));
    let rule = config.sdks["pets"].settings.pagination[0]
        .cursor
        .as_ref()
        .expect("a cursor rule");
    assert_eq!((rule.input.as_str(), rule.next.as_str()), ("cursor", "next_cursor"));
}

#[test]
fn a_title_without_letters_has_a_default_name() {
    let (name, text) = init("openapi: 3.0.3\ninfo: { title: '2.0 API', version: '1' }\npaths: {}\n");
    assert_eq!(name, "api-client");
    assert!(config::parse(&text).is_ok(), "{text}");
}

#[test]
fn the_name_of_the_crate_is_short() {
    for (title, expected) in [
        ("Spotify Web API with fixes and improvements", "spotify-web"),
        ("For Sale", "for-sale"),
        ("GitHub v3 REST API", "github-v3"),
        ("PetStore", "pet-store"),
        ("Pets/Dogs (beta)", "pets-dogs-beta"),
        ("The One Two Three Four Five API", "one-two-three-four"),
        ("API", "api-client"),
        ("", "api-client"),
    ] {
        let document = format!("openapi: 3.0.3\ninfo: {{ title: '{title}', version: 1.0.0 }}\npaths: {{}}\n");
        assert_eq!(init(&document).0, expected, "{title}");
    }
}
