//! Bodies in XML.

use serde_json::Value;

use sdkwright_runtime::runtime::__private::codec::{ReadMode, ReadResult, Wire};
use sdkwright_runtime::runtime::__private::{self, XmlField, XmlForm, XmlNode, XmlRoot, to_xml};

/// Reads a value from a document in the default mode. It has the documented form.
pub fn from_xml<T: Wire>(root: &XmlRoot, text: &str) -> ReadResult<T> {
    let (value, report) = __private::from_xml(root, text, ReadMode::Tolerant, false)?;
    assert!(report.deviations.is_empty(), "{:?}", report.deviations);
    Ok(value)
}

pub const fn field(key: &'static str, name: &'static str, form: XmlForm, node: &'static XmlNode) -> XmlField {
    XmlField {
        key,
        name,
        namespace: "",
        form,
        node,
    }
}

static PET: XmlNode = XmlNode::Object(
    &[
        field("id", "id", XmlForm::Attribute, &XmlNode::Json),
        field("name", "p:name", XmlForm::Element, &XmlNode::Text),
        field("tags", "tag", XmlForm::Repeated { list: "tags" }, &XmlNode::Text),
        field(
            "photos",
            "photo",
            XmlForm::Wrapped {
                name: "photos",
                namespace: "",
            },
            &XmlNode::Json,
        ),
        field("mate", "mate", XmlForm::Element, &PET),
        field("text", "", XmlForm::Content, &XmlNode::Text),
        field("more", "more", XmlForm::Element, &XmlNode::Map(&XmlNode::Text)),
    ],
    None,
);

static ROOT: XmlRoot = XmlRoot {
    name: "Pet",
    namespace: "urn:pets",
    node: &PET,
};

pub fn value(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

fn read(text: &str) -> Value {
    from_xml(&ROOT, text).expect("the document is valid")
}

#[test]
fn a_value_is_written_in_the_documented_forms() {
    let pet = value(
        r#"{"id":7,"name":"a < b & \"c\"","tags":["x","y"],"photos":[1,2],"mate":{"id":8,"name":"m"},"more":{"k":"v"}}"#,
    );
    let text = to_xml(&ROOT, &pet).unwrap();
    let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Pet xmlns=\"urn:pets\" id=\"7\">\
                    <p:name>a &lt; b &amp; &quot;c&quot;</p:name><tag>x</tag><tag>y</tag>\
                    <photos><photo>1</photo><photo>2</photo></photos><mate id=\"8\"><p:name>m</p:name></mate>\
                    <more><k>v</k></more></Pet>";
    assert_eq!(text, expected);
    let mut back = read(&text);
    back.as_object_mut().map(|object| object.remove("text"));
    back["mate"].as_object_mut().map(|object| object.remove("text"));
    assert_eq!(back, pet);
}

#[test]
fn items_of_a_list_in_an_attribute_or_text_are_separated_by_spaces() {
    static NODE: XmlNode = XmlNode::Object(
        &[
            field(
                "tags",
                "tags",
                XmlForm::Attribute,
                &XmlNode::List(&field("", "tags", XmlForm::Element, &XmlNode::Text)),
            ),
            field(
                "sizes",
                "",
                XmlForm::Content,
                &XmlNode::List(&field("", "", XmlForm::Element, &XmlNode::Json)),
            ),
        ],
        None,
    );
    static ROOT: XmlRoot = XmlRoot {
        name: "a",
        namespace: "",
        node: &NODE,
    };
    let both = value(r#"{"tags":["x","<y>"],"sizes":[1,2.5]}"#);
    let text = to_xml(&ROOT, &both).unwrap();
    assert!(text.ends_with(r#"<a tags="x &lt;y&gt;">1 2.5</a>"#), "{text}");
    assert_eq!(from_xml::<Value>(&ROOT, &text).unwrap(), both);
    let read = from_xml::<Value>(&ROOT, "<a tags=' x\n y '/>").unwrap();
    assert_eq!(read, value(r#"{"tags":["x","y"],"sizes":[]}"#));
    assert_eq!(from_xml::<Value>(&ROOT, "<a/>").unwrap(), value(r#"{"sizes":[]}"#));
}

#[test]
fn prefixes_of_attributes_are_declared_once() {
    const fn of(key: &'static str, name: &'static str) -> XmlField {
        XmlField {
            key,
            name,
            namespace: "urn:b",
            form: XmlForm::Attribute,
            node: &XmlNode::Text,
        }
    }
    static NODE: XmlNode = XmlNode::Object(&[of("c", "b:c"), of("d", "b:d"), of("e", "e")], None);
    static ROOT: XmlRoot = XmlRoot {
        name: "a",
        namespace: "urn:a",
        node: &NODE,
    };
    let text = to_xml(&ROOT, &value(r#"{"c":"1","d":"2","e":"3"}"#)).unwrap();
    let expected = r#"<a xmlns="urn:a" xmlns:b="urn:b" b:c="1" b:d="2" e="3"></a>"#;
    assert!(text.ends_with(expected), "{text}");
}

#[test]
fn the_element_around_a_list_declares_its_namespace() {
    const fn wrapped(key: &'static str, name: &'static str, item: &'static str) -> XmlField {
        let namespace = "urn:a&b";
        field(key, item, XmlForm::Wrapped { name, namespace }, &XmlNode::Text)
    }
    static NODE: XmlNode = XmlNode::Object(
        &[wrapped("tags", "p:tags", "p:tag"), wrapped("sizes", "sizes", "size")],
        None,
    );
    static ROOT: XmlRoot = XmlRoot {
        name: "a",
        namespace: "",
        node: &NODE,
    };
    let both = value(r#"{"tags":["x","y"],"sizes":["1"]}"#);
    let text = to_xml(&ROOT, &both).unwrap();
    let expected = "<a><p:tags xmlns:p=\"urn:a&amp;b\"><p:tag>x</p:tag><p:tag>y</p:tag></p:tags>\
                    <sizes xmlns=\"urn:a&amp;b\"><size>1</size></sizes></a>";
    assert!(text.ends_with(expected), "{text}");
    assert_eq!(from_xml::<Value>(&ROOT, &text).unwrap(), both);
    let other_prefix = "<a><q:tags xmlns:q='urn:a&amp;b'><q:tag>x</q:tag></q:tags></a>";
    assert_eq!(
        from_xml::<Value>(&ROOT, other_prefix).unwrap(),
        value(r#"{"tags":["x"]}"#)
    );
}

#[test]
fn namespaces_entities_and_cdata_are_read() {
    let text = "<!DOCTYPE x [<!ENTITY e \"boom\">]><a:Pet id='7' xmlns:a='urn:pets'><!-- c --><a:name>A &#66;<![CDATA[<C>]]></a:name>\
                <photos><photo>1</photo></photos><mate xsi:nil='true'/>rest</a:Pet>";
    let pet = read(text);
    assert_eq!(pet["id"], 7);
    assert_eq!(pet["name"], "A B<C>");
    assert_eq!(pet["photos"], value("[1]"));
    assert_eq!(pet["mate"], Value::Null);
    assert_eq!(pet["text"], "rest");
    assert_eq!(pet.get("tags"), None);
}

#[test]
fn hostile_documents_are_errors() {
    let deep = "<a>".repeat(100_000);
    for text in ["", "no XML", "<a", "<a></b>", "<a>&e;</a>", "<a b=1/>", &deep] {
        assert!(from_xml::<Value>(&ROOT, text).is_err(), "{text:.20}");
    }
}

static ANY: XmlRoot = XmlRoot {
    name: "a",
    namespace: "",
    node: &XmlNode::Any,
};

#[test]
fn text_is_converted_to_the_documented_type() {
    static LIST: XmlRoot = XmlRoot {
        name: "a",
        namespace: "",
        node: &XmlNode::List(&field("", "b", XmlForm::Element, &XmlNode::Json)),
    };
    let booleans = from_xml::<Vec<bool>>(&LIST, "<a><b>1</b><b>false</b></a>").unwrap();
    assert_eq!(booleans, [true, false]);
    let integers = from_xml::<Vec<Option<i64>>>(&LIST, "<a><b>007</b><b>+5</b><b/></a>").unwrap();
    assert_eq!(integers, [Some(7), Some(5), None]);
    // A union or an alias has no documented form, so its numbers are read from text.
    assert_eq!(from_xml::<i64>(&ANY, "<a>5</a>").unwrap(), 5);
    assert!(from_xml::<i64>(&ANY, "<a>five</a>").is_err());
}

#[test]
fn a_key_that_is_not_a_name_is_an_error() {
    static MAP: XmlRoot = XmlRoot {
        name: "a",
        namespace: "",
        node: &XmlNode::Map(&XmlNode::Text),
    };
    for root in [&MAP, &ANY] {
        for key in ["x><admin>true</admin><y", "k v", "", "1", "-a", "a/"] {
            let object = Value::from_iter([(key, "1")]);
            let error = to_xml(root, &object).expect_err(key);
            assert!(error.to_string().contains("is not a valid XML name"), "{error}");
        }
        let text = to_xml(root, &value(r#"{"é-1.x":"2"}"#)).unwrap();
        assert!(text.ends_with("<a><é-1.x>2</é-1.x></a>"), "{text}");
    }
}

#[test]
fn a_character_that_xml_forbids_is_an_error() {
    for text in ["a\u{1}b", "\u{b}", "\u{ffff}"] {
        let error = to_xml(&ANY, &text).expect_err(text);
        assert!(error.to_string().contains("XML cannot represent"), "{error}");
    }
    assert!(to_xml(&ANY, &"a\tb\r\n😀").is_ok());
}

#[test]
fn text_next_to_attributes_and_elements_is_kept() {
    for (text, expected) in [
        (r#"<a xmlns="urn:x">v</a>"#, r#""v""#),
        (r#"<a>Hello <b>x</b></a>"#, r#"{"b":"x","$text":"Hello"}"#),
        (
            "<a>\n  <price currency='EUR'>12</price>\n</a>",
            r#"{"price":{"@currency":"EUR","$text":"12"}}"#,
        ),
        (r#"<a b="1"> x <c/></a>"#, r#"{"@b":"1","c":"","$text":"x"}"#),
        (r#"<a b="1"> x </a>"#, r#"{"@b":"1","$text":" x "}"#),
    ] {
        assert_eq!(from_xml::<Value>(&ANY, text).unwrap(), value(expected), "{text}");
    }
    let text = to_xml(&ANY, &value(r#"{"b":"x","$text":"<Hello>"}"#)).unwrap();
    assert!(text.ends_with("<a>&lt;Hello&gt;<b>x</b></a>"), "{text}");
    // The declaration of a prefix is not an attribute of that name.
    assert_eq!(read("<Pet xmlns:id='urn:x' id='7'/>")["id"], 7);
}

#[test]
fn line_breaks_and_tabs_in_attributes_are_kept() {
    static NODE: XmlNode = XmlNode::Object(&[field("id", "id", XmlForm::Attribute, &XmlNode::Text)], None);
    static ROOT: XmlRoot = XmlRoot {
        name: "a",
        namespace: "",
        node: &NODE,
    };
    let id = value(r#"{"id":"a\nb\tc\rd"}"#);
    let text = to_xml(&ROOT, &id).unwrap();
    assert!(text.contains("id=\"a&#10;b&#9;c&#13;d\""), "{text}");
    assert_eq!(from_xml::<Value>(&ROOT, &text).unwrap(), id);
}

#[test]
fn other_properties_are_elements() {
    static NODE: XmlNode = XmlNode::Object(
        &[
            // An element may have the name of the attribute.
            field("identifier", "id", XmlForm::Attribute, &XmlNode::Json),
            field("name", "p:name", XmlForm::Element, &XmlNode::Text),
            field(
                "tags",
                "tag",
                XmlForm::Wrapped {
                    name: "tags",
                    namespace: "",
                },
                &XmlNode::Text,
            ),
        ],
        Some(&XmlNode::Json),
    );
    static ROOT: XmlRoot = XmlRoot {
        name: "a",
        namespace: "",
        node: &NODE,
    };
    let object = value(r#"{"identifier":1,"name":"n","tags":["x"],"size":2,"id":3}"#);
    let text = to_xml(&ROOT, &object).unwrap();
    let expected = r#"<a id="1"><p:name>n</p:name><tags><tag>x</tag></tags><id>3</id><size>2</size></a>"#;
    assert!(text.ends_with(expected), "{text}");
    assert_eq!(from_xml::<Value>(&ROOT, &text).unwrap(), object);
    assert!(to_xml(&ROOT, &value(r#"{"a b":1}"#)).is_err());
}

#[test]
fn repeated_elements_of_a_map_are_lists() {
    static FREE: XmlNode = XmlNode::Map(&XmlNode::Any);
    static NUMBERS: XmlNode = XmlNode::Map(&XmlNode::Json);
    let root = |node| XmlRoot {
        name: "a",
        namespace: "",
        node,
    };
    let object = value(r#"{"b":["1","2"],"c":"3"}"#);
    let text = to_xml(&root(&FREE), &object).unwrap();
    assert!(text.ends_with("<a><b>1</b><b>2</b><c>3</c></a>"), "{text}");
    assert_eq!(from_xml::<Value>(&root(&FREE), &text).unwrap(), object);
    let read =
        |mode| __private::from_xml::<std::collections::BTreeMap<String, i64>>(&root(&NUMBERS), &text, mode, false);
    let (numbers, report) = read(ReadMode::Tolerant).unwrap();
    assert_eq!((numbers.len(), report.deviations[0].path()), (1, "$.b".to_owned()));
    assert!(read(ReadMode::Strict).is_err());
}
