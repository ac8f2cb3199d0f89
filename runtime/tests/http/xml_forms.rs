//! XML without a documented form, and unions in XML.

use serde_json::Value;

use sdkwright_runtime::runtime::__private::{XmlField, XmlForm, XmlNode, XmlRoot, XmlScalar, to_xml};

use crate::xml::{field, from_xml, value};

#[test]
fn attributes_of_free_form_content_are_written_as_attributes() {
    static FREE: XmlNode = XmlNode::Map(&XmlNode::Any);
    static OPEN: XmlNode = XmlNode::Object(
        &[
            field("id", "id", XmlForm::Attribute, &XmlNode::Json),
            field("name", "name", XmlForm::Element, &XmlNode::Text),
        ],
        Some(&XmlNode::Any),
    );
    let object = value(r#"{"@kind":"<k>","id":"e","b":{"@id":"1","id":"2"},"list":["1",{"@x":"y"}]}"#);
    for node in [&XmlNode::Any, &FREE, &OPEN] {
        let root = XmlRoot {
            name: "a",
            namespace: "",
            node,
        };
        let text = to_xml(&root, &object).unwrap();
        let known = matches!(node, XmlNode::Object(..));
        let start = if known {
            r#"<a id="e" kind="&lt;k&gt;">"#
        } else {
            r#"<a kind="&lt;k&gt;">"#
        };
        assert!(text.contains(start), "{text}");
        assert!(text.contains(r#"<b id="1"><id>2</id></b>"#), "{text}");
        assert!(text.contains(r#"<list>1</list><list x="y"></list>"#), "{text}");
        assert_eq!(from_xml::<Value>(&root, &text).unwrap(), object);
        let error = to_xml(&root, &value(r#"{"@a b":"1"}"#)).expect_err("not a name");
        assert!(error.to_string().contains("is not a valid XML name"), "{error}");
    }
    // Only free-form content has such keys.
    static NUMBERS: XmlNode = XmlNode::Map(&XmlNode::Json);
    let root = XmlRoot {
        name: "a",
        namespace: "",
        node: &NUMBERS,
    };
    assert!(to_xml(&root, &value(r#"{"@b":1}"#)).is_err());
    assert_eq!(
        from_xml::<Value>(&root, "<a b='1'><c>2</c></a>").unwrap(),
        value(r#"{"c":2}"#)
    );
}

#[test]
fn an_attribute_of_free_form_content_that_is_null_is_left_out() {
    static OPEN: XmlNode = XmlNode::Object(
        &[field("id", "id", XmlForm::Attribute, &XmlNode::Json)],
        Some(&XmlNode::Any),
    );
    for node in [&XmlNode::Any, &OPEN] {
        let root = XmlRoot {
            name: "a",
            namespace: "",
            node,
        };
        let text = to_xml(&root, &value(r#"{"@kind":null,"@empty":"","b":{"@id":null}}"#)).unwrap();
        assert!(text.ends_with(r#"<a empty=""><b></b></a>"#), "{text}");
    }
}

#[test]
fn an_attribute_of_free_form_content_does_not_repeat_a_documented_one() {
    const FIELD: XmlField = XmlField {
        key: "id",
        name: "p:id",
        namespace: "urn:p",
        form: XmlForm::Attribute,
        node: &XmlNode::Text,
    };
    static OPEN: XmlNode = XmlNode::Object(&[FIELD], Some(&XmlNode::Any));
    let root = XmlRoot {
        name: "a",
        namespace: "urn:a",
        node: &OPEN,
    };
    for key in ["@p:id", "@xmlns", "@xmlns:p"] {
        let object = value(&format!(r#"{{"id":"1","{key}":"2"}}"#));
        let error = to_xml(&root, &object).expect_err(key).to_string();
        assert!(error.contains("is the name of a documented attribute"), "{error}");
    }
    let text = to_xml(&root, &value(r#"{"id":"1","@id":"2","@xmlns:q":"urn:q"}"#)).unwrap();
    assert!(
        text.ends_with(r#"<a xmlns="urn:a" xmlns:p="urn:p" p:id="1" id="2" xmlns:q="urn:q"></a>"#),
        "{text}"
    );
}

#[test]
fn the_scalars_of_a_union_have_the_types_of_its_variants() {
    static NODE: XmlNode = XmlNode::Object(
        &[
            field(
                "a",
                "a",
                XmlForm::Attribute,
                &XmlNode::Union(None, &[XmlScalar::Integer]),
            ),
            field("i", "i", XmlForm::Element, &XmlNode::Union(None, &[XmlScalar::Integer])),
            field(
                "n",
                "n",
                XmlForm::Element,
                &XmlNode::Union(None, &[XmlScalar::Boolean, XmlScalar::Number]),
            ),
        ],
        None,
    );
    let root = XmlRoot {
        name: "r",
        namespace: "",
        node: &NODE,
    };
    for (text, expected) in [
        ("<r a='5'><i>7</i><n>1.5</n></r>", r#"{"a":5,"i":7,"n":1.5}"#),
        ("<r a='x'><i>7.5</i><n>true</n></r>", r#"{"a":"x","i":"7.5","n":true}"#),
        (
            "<r a='007'><i>true</i><n>null</n></r>",
            r#"{"a":"007","i":"true","n":"null"}"#,
        ),
        // One element for each item of a list.
        (
            "<r a=' 1'><i>1</i><i>b</i><n>&quot;1&quot;</n></r>",
            r#"{"a":1,"i":[1,"b"],"n":"\"1\""}"#,
        ),
    ] {
        let read = from_xml::<Value>(&root, text).unwrap();
        assert_eq!(read, value(expected), "{text}");
        let written = to_xml(&root, &read).unwrap();
        assert_eq!(from_xml::<Value>(&root, &written).unwrap(), read, "{written}");
    }
}

#[test]
fn the_objects_of_a_union_have_their_documented_forms() {
    static PART: XmlNode = XmlNode::Object(
        &[
            field("id", "id", XmlForm::Attribute, &XmlNode::Json),
            field("notes", "note", XmlForm::Repeated { list: "notes" }, &XmlNode::Text),
        ],
        None,
    );
    static NODE: XmlNode = XmlNode::Object(
        &[field(
            "part",
            "part",
            XmlForm::Element,
            &XmlNode::Union(Some(&PART), &[XmlScalar::Number, XmlScalar::Text]),
        )],
        None,
    );
    let root = XmlRoot {
        name: "r",
        namespace: "",
        node: &NODE,
    };
    for (text, expected) in [
        (
            "<r><part id=\"1\"><note>x</note></part></r>",
            r#"{"part":{"id":1,"notes":["x"]}}"#,
        ),
        ("<r><part>2.5</part></r>", r#"{"part":2.5}"#),
        ("<r><part>x</part></r>", r#"{"part":"x"}"#),
        (
            "<r><part>1</part><part id=\"2\"></part></r>",
            r#"{"part":[1,{"id":2}]}"#,
        ),
    ] {
        let read = from_xml::<Value>(&root, text).unwrap();
        assert_eq!(read, value(expected), "{text}");
        assert!(to_xml(&root, &read).unwrap().ends_with(text), "{text}");
    }
    // Without scalars, an element without content is an object.
    static OBJECTS: XmlNode = XmlNode::Union(Some(&PART), &[]);
    let root = XmlRoot {
        name: "r",
        namespace: "",
        node: &OBJECTS,
    };
    assert_eq!(from_xml::<Value>(&root, "<r/>").unwrap(), value("{}"));
}
