//! Setters of lists whose items are converted, and struct literals, which convert nothing.

use kitchen_sink::api::parameters::PlaceNoteRequired;
use kitchen_sink::models::{Color, Note};

use crate::builder;
use crate::mock::{Reply, Server};

#[test]
fn a_setter_of_a_list_converts_its_items() {
    let expected = Some(vec!["a".to_owned(), "b".to_owned()]);
    let note = || Note::new("n");
    assert_eq!(note().with_tags(["a", "b"]).tags, expected);
    assert_eq!(note().with_tags(vec!["a", "b"]).tags, expected);
    assert_eq!(note().with_tags("a b".split(' ')).tags, expected);
    assert_eq!(note().with_tags(vec!["a".to_owned(), "b".to_owned()]).tags, expected);
}

#[test]
fn an_empty_list_names_the_type_of_its_items_in_a_setter_but_not_in_a_field() {
    let mut note = Note::new("n").with_tags(Vec::<String>::new());
    assert_eq!(note.tags, Some(vec![]));
    note.tags = Some(vec![]);
    assert_eq!(note, Note::new("n").with_tags([""; 0]));
}

#[tokio::test]
async fn a_struct_of_required_inputs_takes_values_of_the_types_themselves() {
    let server = Server::script([Reply::new(204)]).await;
    let client = builder(&server).bearer_token("t0ken").build().expect("a client");
    let required = PlaceNoteRequired {
        shelf: "a/b".to_owned(),
        slot: 3,
        at: "2024-05-01T08:30:00Z".parse().expect("a time"),
        x_colors: vec![Color::Red, "blue".into()],
        body: Note::new("n"),
    };
    client.parameters().place_note(required).send().await.unwrap();
    let request = &server.received()[0];
    assert_eq!(request.line(), "PUT /shelves/a%2Fb/3?at=2024-05-01T08%3A30%3A00Z");
    assert_eq!(request.header("x-colors"), Some("red,blue"));
    assert_eq!(request.text(), r#"{"title":"n"}"#);
}
