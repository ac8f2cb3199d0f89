//! The forms of models in XML.

use super::plan_text;
use crate::config::Settings;
use crate::krate::{Crate, XmlForm, XmlModel, XmlNode, XmlScalar};

#[test]
fn a_list_in_an_xml_attribute_stays_in_the_attribute() {
    let text = "openapi: 3.0.3\ninfo: { title: t, version: '1' }\npaths:\n  /a: { put: { requestBody: { content: { application/xml: { schema: \
                { $ref: '#/components/schemas/A' } } } }, responses: {} } }\ncomponents:\n  schemas:\n    A:\n      type: object\n      properties:\n\
                \x20       sizes: { type: array, items: { type: integer }, xml: { name: s, attribute: true } }\n\
                \x20       tags: { type: array, items: { type: string } }\n";
    let krate = plan_text(text.to_owned(), &Settings::default());
    let fields = &krate.xml[0].fields;
    assert_eq!((fields[0].name.as_str(), &fields[0].form), ("s", &XmlForm::Attribute));
    assert!(matches!(&fields[0].node, XmlNode::List(item) if item.node == XmlNode::Json));
    assert_eq!(
        (fields[1].name.as_str(), &fields[1].form),
        (
            "tags",
            &XmlForm::Repeated {
                list: "tags".to_owned()
            }
        )
    );
}

#[test]
fn the_element_around_an_xml_list_has_its_own_name_and_namespace() {
    let text = "openapi: 3.0.3\ninfo: { title: t, version: '1' }\npaths:\n  /a: { put: { requestBody: { content: { application/xml: { schema: \
                { $ref: '#/components/schemas/A' } } } }, responses: {} } }\ncomponents:\n  schemas:\n    A:\n      type: object\n      properties:\n\
                \x20       tags: { type: array, items: { type: string }, xml: { wrapped: true, prefix: p, namespace: 'urn:p' } }\n\
                \x20       sizes: { type: array, items: { type: integer, xml: { prefix: q, namespace: 'urn:q' } }, xml: { name: s, wrapped: true, prefix: p, namespace: 'urn:p' } }\n";
    let krate = plan_text(text.to_owned(), &Settings::default());
    let [tags, sizes] = &krate.xml[0].fields[..] else {
        panic!("{:?}", krate.xml)
    };
    let wrapped = |name: &str| XmlForm::Wrapped {
        name: name.to_owned(),
        namespace: "urn:p".to_owned(),
    };
    assert_eq!(tags.form, wrapped("p:tags"));
    assert_eq!((tags.name.as_str(), tags.namespace.as_str()), ("p:tags", ""));
    assert_eq!(sizes.form, wrapped("p:s"));
    assert_eq!((sizes.name.as_str(), sizes.namespace.as_str()), ("q:s", "urn:q"));
}

#[test]
fn xml_next_to_a_reference_in_all_of_is_used() {
    let krate = plan_of(
        "    A:\n      type: object\n      properties:\n\
         \x20       Items: { allOf: [{ $ref: '#/components/schemas/Items' }, { xml: { name: itemSet }, description: All. }] }\n\
         \x20       Name: { allOf: [{ $ref: '#/components/schemas/Name' }, { xml: { name: name } }] }\n\
         \x20       Own: { allOf: [{ $ref: '#/components/schemas/Wrapped' }, { xml: { name: own } }] }\n\
         \x20       Object: { type: object, properties: { id: { type: string } }, xml: { attribute: true } }\n\
         \x20   Items: { type: array, items: { allOf: [{ $ref: '#/components/schemas/Name' }, { xml: { name: item } }] } }\n\
         \x20   Wrapped: { type: array, items: { $ref: '#/components/schemas/Name' }, xml: { wrapped: true } }\n    Name: { type: string }\n",
    );
    let [items, name, own, object] = &krate.xml[0].fields[..] else {
        panic!("{:?}", krate.xml)
    };
    let list = "itemSet".to_owned();
    assert_eq!(
        (items.name.as_str(), &items.form),
        ("item", &XmlForm::Repeated { list })
    );
    assert_eq!((name.name.as_str(), &name.form), ("name", &XmlForm::Element));
    let (wrapper, namespace) = ("own".to_owned(), String::new());
    let wrapped = XmlForm::Wrapped {
        name: wrapper,
        namespace,
    };
    assert_eq!((own.name.as_str(), &own.form), ("own", &wrapped));
    // An attribute cannot contain an object.
    assert_eq!(object.form, XmlForm::Element);
}

#[test]
fn additional_properties_have_a_form_in_xml() {
    let text = "openapi: 3.0.3\ninfo: { title: t, version: '1' }\npaths:\n  /a: { put: { requestBody: { content: { application/xml: { schema: \
                { $ref: '#/components/schemas/A' } } } }, responses: {} } }\ncomponents:\n  schemas:\n    A:\n      type: object\n      \
                properties: { name: { type: string } }\n      additionalProperties: { $ref: '#/components/schemas/B' }\n    \
                B: { type: object, properties: { id: { type: integer } } }\n";
    let krate = plan_text(text.to_owned(), &Settings::default());
    let [a, b] = &krate.xml[..] else {
        panic!("{:?}", krate.xml)
    };
    assert_eq!(a.others, Some(XmlNode::Model(b.model)));
    assert_eq!(b.others, None);
}

/// Returns the planned crate of a document with a body of the type `A` in XML.
fn plan_of(schemas: &str) -> Crate {
    let text = "openapi: 3.1.0\ninfo: { title: t, version: '1' }\npaths:\n  /a: { put: { requestBody: { content: { application/xml: { schema: \
                { $ref: '#/components/schemas/A' } } } }, responses: {} } }\ncomponents:\n  schemas:\n";
    plan_text(format!("{text}{schemas}"), &Settings::default())
}

/// Returns the table of a model.
#[track_caller]
fn table<'k>(krate: &'k Crate, model: &str) -> &'k XmlModel {
    let mut tables = krate.xml.iter();
    let table = tables.find(|table| krate[table.model].name.as_str() == model);
    table.unwrap_or_else(|| panic!("{model}: {:?}", krate.xml))
}

#[test]
fn text_in_a_union_has_the_types_of_its_scalars() {
    for (variants, expected) in [
        (
            "{ type: integer }, { type: string }",
            XmlNode::Union(None, vec![XmlScalar::Integer, XmlScalar::Text]),
        ),
        (
            "{ type: number }, { type: boolean }",
            XmlNode::Union(None, vec![XmlScalar::Boolean, XmlScalar::Number]),
        ),
        (
            "{ type: integer, enum: [1, 2] }, { type: array, items: { type: boolean } }",
            XmlNode::Union(None, vec![XmlScalar::Boolean, XmlScalar::Integer]),
        ),
        (
            "{ type: string, format: uuid }, { type: string, format: date }",
            XmlNode::Text,
        ),
        ("{ type: string }, {}", XmlNode::Any),
    ] {
        let krate = plan_of(&format!(
            "    A: {{ type: object, properties: {{ of: {{ oneOf: [{variants}] }} }} }}\n"
        ));
        assert_eq!(krate.xml[0].fields[0].node, expected, "{variants}");
    }
}

#[test]
fn a_union_has_the_properties_of_all_its_objects() {
    let krate = plan_of(
        "    A: { type: object, properties: { of: { $ref: '#/components/schemas/U' } } }
    U: { oneOf: [{ $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/C' }, { type: array, items: { $ref: '#/components/schemas/U' } }, { type: boolean }] }
    B: { type: object, required: [id, b], properties: { id: { type: integer, xml: { attribute: true } }, b: { type: integer }, both: { type: integer }, list: { type: array, items: { type: string } } } }
    C: { type: object, required: [id, c], properties: { id: { type: string, xml: { attribute: true } }, c: { $ref: '#/components/schemas/A' }, both: { type: object, properties: { d: { type: string } } }, list: { type: string } } }
",
    );
    let union = table(&krate, "U");
    let of = &table(&krate, "A").fields[0];
    assert_eq!(of.node, XmlNode::Union(Some(union.model), vec![XmlScalar::Boolean]));
    let fields: Vec<_> = union
        .fields
        .iter()
        .map(|field| (field.key.as_str(), &field.form, &field.node))
        .collect();
    let expected = [
        ("id", &XmlForm::Attribute, &XmlNode::Text),
        ("b", &XmlForm::Element, &XmlNode::Json),
        ("both", &XmlForm::Element, &XmlNode::Any),
        ("list", &XmlForm::Element, &XmlNode::Any),
        ("c", &XmlForm::Element, &XmlNode::Model(table(&krate, "A").model)),
    ];
    assert_eq!(fields, expected);
}

#[test]
fn the_discriminator_of_a_union_is_an_element_and_unknown_objects_are_kept() {
    let krate = plan_of(
        "    A: { oneOf: [{ $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/C' }], discriminator: { propertyName: kind } }
    B: { type: object, properties: { b: { type: integer } } }
    C: { type: object, properties: { c: { type: integer } } }
",
    );
    let union = table(&krate, "A");
    assert_eq!(
        krate.operations[0].body.as_ref().unwrap().formats[0]
            .xml
            .as_ref()
            .unwrap()
            .node,
        XmlNode::Union(Some(union.model), vec![])
    );
    assert!(
        union
            .fields
            .iter()
            .any(|field| field.key == "kind" && field.node == XmlNode::Text),
        "{union:?}"
    );
    assert_eq!(union.others, Some(XmlNode::Any));
}
