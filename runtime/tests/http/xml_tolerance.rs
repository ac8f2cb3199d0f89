//! Bodies in XML whose elements are nested or named otherwise than documented.

use serde_json::Value;

use sdkwright_runtime::runtime::__private::codec::{ReadMode, ReadReport};
use sdkwright_runtime::runtime::__private::{XmlField, XmlForm, XmlNode, XmlRoot, from_xml};

const fn field(key: &'static str, name: &'static str, form: XmlForm, node: &'static XmlNode) -> XmlField {
    XmlField {
        key,
        name,
        namespace: "",
        form,
        node,
    }
}

static ZONE: XmlNode = XmlNode::Object(
    &[
        field("id", "Id", XmlForm::Element, &XmlNode::Text),
        field("count", "Count", XmlForm::Attribute, &XmlNode::Json),
    ],
    None,
);

/// Lists of zones and of names, without and with a separate element.
static LISTS: XmlNode = XmlNode::Object(
    &[
        field("zones", "Zone", XmlForm::Repeated { list: "Zones" }, &ZONE),
        field("names", "Name", XmlForm::Repeated { list: "Names" }, &XmlNode::Text),
        field("plain", "plain", XmlForm::Repeated { list: "plain" }, &ZONE),
        field(
            "inner",
            "InnerZone",
            XmlForm::Wrapped {
                name: "Inner",
                namespace: "",
            },
            &ZONE,
        ),
        field(
            "same",
            "same",
            XmlForm::Wrapped {
                name: "same",
                namespace: "",
            },
            &XmlNode::Text,
        ),
        field("one", "One", XmlForm::Element, &ZONE),
    ],
    None,
);

static ROOT: XmlRoot = XmlRoot {
    name: "Lists",
    namespace: "",
    node: &LISTS,
};

static ZONE_ROOT: XmlRoot = XmlRoot {
    name: "Zone",
    namespace: "",
    node: &ZONE,
};

fn read_in(mode: ReadMode, text: &str) -> (Value, ReadReport) {
    from_xml(&ROOT, text, mode, false).expect("the document can be read")
}

fn rules(report: &ReadReport) -> Vec<String> {
    let deviations = report.deviations.iter();
    deviations
        .map(|one| format!("{:?} {}", one.rule(), one.path()))
        .collect()
}

/// Checks what is read from elements, and the deviations. The strict mode refuses the document if there are any.
#[track_caller]
fn check(elements: &str, expected: &str, deviations: &[&str]) {
    let text = format!("<Lists>{elements}</Lists>");
    let (value, report) = read_in(ReadMode::Tolerant, &text);
    assert_eq!(value, serde_json::from_str::<Value>(expected).unwrap(), "{text}");
    assert_eq!(rules(&report), deviations, "{text}");
    let strict = from_xml::<Value>(&ROOT, &text, ReadMode::Strict, false);
    assert_eq!(strict.is_err(), !deviations.is_empty(), "{text}");
}

#[test]
fn a_list_with_an_undocumented_element_of_its_own_is_read() {
    check(
        "<Zones><Zone Count='2'><Id>a</Id></Zone><Zone><Id>b</Id></Zone></Zones>",
        r#"{"zones":[{"id":"a","count":2},{"id":"b"}]}"#,
        &["OtherElements $.zones"],
    );
    check(
        "<Names><Name>a</Name></Names>",
        r#"{"names":["a"]}"#,
        &["OtherElements $.names"],
    );
    // The items have no documented name.
    check(
        "<plain><zone><Id>a</Id></zone><zone><Id>b</Id></zone></plain>",
        r#"{"plain":[{"id":"a"},{"id":"b"}]}"#,
        &["OtherElements $.plain"],
    );
    for empty in ["<Zones/>", "<Zones></Zones>", "<Zones>\n</Zones>"] {
        check(empty, r#"{"zones":[]}"#, &["OtherElements $.zones"]);
    }
    check("<Names/>", r#"{"names":[]}"#, &["OtherElements $.names"]);
    check("<plain/>", r#"{"plain":[]}"#, &["OtherElements $.plain"]);
}

#[test]
fn lists_whose_items_have_one_name_may_be_nested() {
    static INNER: XmlNode = XmlNode::Object(
        &[
            field("id", "id", XmlForm::Element, &XmlNode::Text),
            field("tags", "item", XmlForm::Repeated { list: "tagSet" }, &XmlNode::Text),
        ],
        None,
    );
    static OUTER: XmlNode = XmlNode::Object(
        &[field("sets", "item", XmlForm::Repeated { list: "setSet" }, &INNER)],
        None,
    );
    static ROOT: XmlRoot = XmlRoot {
        name: "outer",
        namespace: "",
        node: &OUTER,
    };
    let text = "<outer><setSet><item><id>a</id><tagSet><item>x</item><item>y</item></tagSet></item><item><tagSet/></item></setSet></outer>";
    let (value, report) = from_xml::<Value>(&ROOT, text, ReadMode::Tolerant, false).unwrap();
    let expected = r#"{"sets":[{"id":"a","tags":["x","y"]},{"tags":[]}]}"#;
    assert_eq!(value, serde_json::from_str::<Value>(expected).unwrap());
    assert_eq!(
        rules(&report),
        [
            "OtherElements $.sets",
            "OtherElements $.sets[0].tags",
            "OtherElements $.sets[1].tags"
        ]
    );
}

#[test]
fn maps_may_have_elements_for_keys_and_values() {
    static MAP: XmlRoot = XmlRoot {
        name: "map",
        namespace: "",
        node: &XmlNode::Map(&XmlNode::Json),
    };
    let read = |text| {
        let (value, report) = from_xml::<Value>(&MAP, text, ReadMode::Tolerant, false).unwrap();
        (value.to_string(), rules(&report).len())
    };
    let text = "<map><entry><key>a</key><value>1</value></entry><entry><key>b c</key><value>2</value></entry></map>";
    assert_eq!(read(text), (r#"{"a":1,"b c":2}"#.to_owned(), 1));
    assert_eq!(read("<map><a>1</a><b>2</b></map>"), (r#"{"a":1,"b":2}"#.to_owned(), 0));
    assert_eq!(read("<map/>"), ("{}".to_owned(), 0));
}

#[test]
fn items_with_the_name_of_their_list_are_read() {
    check(
        "<Names>a</Names><Names>b</Names>",
        r#"{"names":["a","b"]}"#,
        &["OtherElements $.names"],
    );
    check(
        "<Zones><Id>a</Id></Zones>",
        r#"{"zones":[{"id":"a"}]}"#,
        &["OtherElements $.zones"],
    );
}

#[test]
fn items_of_a_documented_list_may_have_another_name() {
    check(
        "<Inner><member><Id>a</Id></member><member><Id>b</Id></member></Inner>",
        r#"{"inner":[{"id":"a"},{"id":"b"}]}"#,
        &["OtherElements $.inner"],
    );
    check(
        "<same><item>a</item></same>",
        r#"{"same":["a"]}"#,
        &["OtherElements $.same"],
    );
    check("<same><same>a</same></same>", r#"{"same":["a"]}"#, &[]);
    check("<same/>", r#"{"same":[]}"#, &[]);
    // The body itself is a list.
    static ITEM: XmlField = field("", "Zone", XmlForm::Element, &ZONE);
    static LIST: XmlNode = XmlNode::List(&ITEM);
    static LIST_ROOT: XmlRoot = XmlRoot {
        name: "Zones",
        namespace: "",
        node: &LIST,
    };
    for (name, deviations) in [("Zone", &[][..]), ("zone", &["OtherElements $"])] {
        let text = format!("<Zones><{name}><Id>a</Id></{name}></Zones>");
        let (value, report) = from_xml::<Value>(&LIST_ROOT, &text, ReadMode::Tolerant, false).unwrap();
        assert_eq!(value, serde_json::from_str::<Value>(r#"[{"id":"a"}]"#).unwrap());
        assert_eq!(rules(&report), deviations, "{text}");
    }
}

#[test]
fn a_documented_list_element_may_be_missing() {
    check(
        "<InnerZone><Id>a</Id></InnerZone><InnerZone><Id>b</Id></InnerZone>",
        r#"{"inner":[{"id":"a"},{"id":"b"}]}"#,
        &["OtherElements $.inner"],
    );
    check(
        "<Inner><Id>a</Id></Inner><Inner><Id>b</Id></Inner>",
        r#"{"inner":[{"id":"a"},{"id":"b"}]}"#,
        &["OtherElements $.inner"],
    );
    check(
        "<same>a</same><same>b</same>",
        r#"{"same":["a","b"]}"#,
        &["OtherElements $.same"],
    );
    check(
        "<Inner><InnerZone><Id>a</Id></InnerZone></Inner><Inner><InnerZone><Id>b</Id></InnerZone></Inner>",
        r#"{"inner":[{"id":"a"},{"id":"b"}]}"#,
        &["OtherElements $.inner"],
    );
}

#[test]
fn documented_forms_are_read_without_deviations() {
    check(
        "<Zone><Id>a</Id></Zone><Zone/><Name/><Name>b</Name><plain><Id>c</Id></plain><Inner/><same><same>d</same></same>",
        r#"{"zones":[{"id":"a"},{}],"names":["","b"],"plain":[{"id":"c"}],"inner":[],"same":["d"]}"#,
        &[],
    );
    // Items without documented properties are not lists.
    check("<plain><New>1</New></plain>", r#"{"plain":[{}]}"#, &[]);
}

#[test]
fn attributes_and_elements_are_interchangeable() {
    check(
        "<One Id='a'><Count>3</Count></One>",
        r#"{"one":{"id":"a","count":3}}"#,
        &["OtherElements $.one.id", "OtherElements $.one.count"],
    );
}

#[test]
fn a_repeated_element_of_a_single_value_is_reported() {
    check(
        "<One><Id>a</Id></One><One><Id>b</Id></One>",
        r#"{"one":{"id":"b"}}"#,
        &["DuplicateProperty $.one"],
    );
}

#[test]
fn the_documented_elements_may_be_in_another_element() {
    check(
        "<ListsResult><Zone><Id>a</Id></Zone></ListsResult><ResponseMetadata><RequestId>7</RequestId></ResponseMetadata>",
        r#"{"zones":[{"id":"a"}]}"#,
        &["OtherElements $"],
    );
    let (value, report) = read_in(ReadMode::Tolerant, "<One><Id>a</Id></One>");
    assert_eq!(value, serde_json::json!({ "one": { "id": "a" } }));
    assert_eq!(rules(&report), ["OtherElements $"]);
    let (value, report) = from_xml::<Value>(&ZONE_ROOT, "<Id>a</Id>", ReadMode::Tolerant, false).unwrap();
    assert_eq!(value, serde_json::json!({ "id": "a" }));
    assert_eq!(rules(&report), ["OtherElements $"]);
    // Two such elements are ambiguous.
    check("<A><Zone/></A><B><Zone/></B>", "{}", &[]);
}

#[test]
fn undocumented_values_are_read_only_to_be_reported() {
    let text = "<Lists v='1'>text<Zone><Id>a</Id><New>1</New></Zone><Inner><InnerZone/><Other/></Inner></Lists>";
    let (value, report) = read_in(ReadMode::Reporting, text);
    // A type without these properties reports them.
    let expected = r#"{"zones":[{"id":"a","New":"1"}],"inner":[{}],"@v":"1","$text":"text"}"#;
    assert_eq!(value, serde_json::from_str::<Value>(expected).unwrap());
    assert_eq!(rules(&report), ["UndocumentedProperty $.inner"]);
    let (value, report) = read_in(ReadMode::Tolerant, text);
    let expected = r#"{"zones":[{"id":"a"}],"inner":[{}]}"#;
    assert_eq!(value, serde_json::from_str::<Value>(expected).unwrap());
    assert!(rules(&report).is_empty());
}

#[test]
fn items_that_cannot_be_read_are_skipped() {
    static COUNTS: XmlRoot = XmlRoot {
        name: "Lists",
        namespace: "",
        node: &XmlNode::List(&field("", "Zone", XmlForm::Element, &XmlNode::Json)),
    };
    let read = |mode, skips_items| {
        from_xml::<Vec<i64>>(
            &COUNTS,
            "<Lists><Zone>1</Zone><Zone>x</Zone></Lists>",
            mode,
            skips_items,
        )
    };
    for skips_items in [false, true] {
        let (value, report) = read(ReadMode::Tolerant, skips_items).unwrap();
        assert_eq!((value, rules(&report)), (vec![1], vec!["ItemSkipped $[1]".to_owned()]));
        assert_eq!(report.skipped.len(), usize::from(skips_items));
    }
    assert!(read(ReadMode::Strict, true).is_err());
    assert!(read(ReadMode::Lenient, false).is_ok());
}

#[test]
fn names_of_other_properties_and_prefixed_attributes_are_not_read_instead() {
    const FIELDS: &[XmlField] = &[
        field("attribute", "name", XmlForm::Attribute, &XmlNode::Text),
        field("element", "name", XmlForm::Element, &XmlNode::Text),
        field("type", "type", XmlForm::Element, &XmlNode::Text),
    ];
    static SHARED: XmlRoot = XmlRoot {
        name: "m",
        namespace: "",
        node: &XmlNode::Object(FIELDS, None),
    };
    for (text, expected) in [
        ("<m><name>E</name></m>", r#"{"element":"E"}"#),
        ("<m name='A'/>", r#"{"attribute":"A"}"#),
        ("<m xsi:type='Circle'/>", "{}"),
    ] {
        let (value, _) = from_xml::<Value>(&SHARED, text, ReadMode::Strict, false).unwrap();
        assert_eq!(value, serde_json::from_str::<Value>(expected).unwrap(), "{text}");
    }
}

#[test]
fn values_of_a_map_may_have_a_key_and_a_value() {
    const PAIR: &[XmlField] = &[
        field("key", "key", XmlForm::Element, &XmlNode::Text),
        field("value", "value", XmlForm::Element, &XmlNode::Text),
    ];
    static PAIRS: XmlRoot = XmlRoot {
        name: "m",
        namespace: "",
        node: &XmlNode::Map(&XmlNode::Object(PAIR, None)),
    };
    static TEXTS: XmlRoot = XmlRoot {
        name: "m",
        namespace: "",
        node: &XmlNode::Map(&XmlNode::Text),
    };
    let text = "<m><env><key>a</key><value>b</value></env></m>";
    let (value, _) = from_xml::<Value>(&PAIRS, text, ReadMode::Strict, false).unwrap();
    assert_eq!(value, serde_json::json!({"env": {"key": "a", "value": "b"}}));
    let text = "<m><e><key>a</key><value>1</value></e><e><key>a</key><value>2</value></e></m>";
    let (value, report) = from_xml::<Value>(&TEXTS, text, ReadMode::Tolerant, false).unwrap();
    assert_eq!(value, serde_json::json!({"a": "2"}));
    assert_eq!(rules(&report), ["OtherElements $", "DuplicateProperty $"]);
}

#[test]
fn a_key_is_not_the_name_of_an_element() {
    const FIELDS: &[XmlField] = &[
        field("Names", "Other", XmlForm::Element, &XmlNode::Text),
        field("names", "Name", XmlForm::Repeated { list: "Names" }, &XmlNode::Text),
        field("type", "type", XmlForm::Element, &XmlNode::Text),
    ];
    static KEYS: XmlRoot = XmlRoot {
        name: "m",
        namespace: "",
        node: &XmlNode::Object(FIELDS, None),
    };
    for (text, expected) in [
        ("<m><Names><Name>a</Name></Names></m>", r#"{"names":["a"]}"#),
        ("<m type='a' xsi:type='b'/>", r#"{"type":"a"}"#),
    ] {
        let (value, report) = from_xml::<Value>(&KEYS, text, ReadMode::Tolerant, false).unwrap();
        assert_eq!(value, serde_json::from_str::<Value>(expected).unwrap(), "{text}");
        assert_eq!(report.deviations.len(), 1, "{text}");
    }
}
