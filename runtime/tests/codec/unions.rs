//! Unions: which variant is chosen, and what is written.

use serde_json::{Value, json};

use crate::models::{
    Address, Amount, Branch, Cat, Event, Fallback, Link, Marked, Owned, Part, Pet, Size, Target, Workspace,
};
use crate::runtime::codec::{self, Wire};

/// Reads `document` as a `T`, expects `variant` in its `Debug` text, and expects it to be written unchanged.
#[track_caller]
fn check<T: Wire + std::fmt::Debug>(document: Value, variant: &str) {
    let read: T = codec::from_value(&document).unwrap_or_else(|error| panic!("{document}: {error}"));
    let shown = format!("{read:?}");
    assert!(shown.starts_with(&format!("{variant}(")), "{document} became {shown}");
    assert_eq!(codec::to_request_value(&read), document);
    let bytes = codec::to_vec(&read);
    assert_eq!(serde_json::from_slice::<Value>(&bytes).expect("JSON"), document);
    let again: T = codec::from_slice(&bytes).expect("what was written");
    assert_eq!(format!("{again:?}"), shown);
}

/// Reads `document` as a `T`, and expects `variant` in its `Debug` text.
#[track_caller]
fn check_reads<T: Wire + std::fmt::Debug>(document: &Value, variant: &str) {
    let read: T = codec::from_value(document).unwrap_or_else(|error| panic!("{document}: {error}"));
    let shown = format!("{read:?}");
    assert!(shown.starts_with(&format!("{variant}(")), "{document} became {shown}");
}

#[track_caller]
fn refused<T: Wire + std::fmt::Debug>(document: &Value, error: &str) {
    assert_eq!(
        codec::from_value::<T>(document).expect_err("a error").to_string(),
        error
    );
}

#[test]
fn the_discriminator_selects_the_variant_and_is_written() {
    check::<Pet>(json!({"petType": "cat", "name": "Tom"}), "Cat");
    check::<Pet>(json!({"petType": "dog"}), "Dog");
    check::<Pet>(json!({"petType": "hound"}), "Hound");
    check::<Pet>(
        json!({"petType": "greyhound", "bark": {"petType": "cat", "name": "Tom", "lives": 9}}),
        "Hound",
    );
    refused::<Pet>(&json!({"petType": "cat"}), "missing property `name` at $.name");
    refused::<Pet>(
        &json!({"petType": "dog", "bark": {"petType": "cat", "name": 1}}),
        "expected a string, found a number at $.bark.name",
    );
}

#[test]
fn an_unknown_discriminator_value_is_kept() {
    check::<Pet>(json!({"petType": "newt", "legs": [1, 2.5, null]}), "Other");
    check::<Pet>(json!({"petType": null}), "Other");
    check::<Pet>(json!("no object"), "Other");
    refused::<Owned>(
        &json!({"kind": "idea"}),
        "unknown discriminator value `idea` of `Owned`, expected one of animal, thing at $.kind",
    );
}

#[test]
fn a_missing_discriminator_falls_back_to_structure() {
    let pet: Pet = codec::from_value(&json!({"name": "Tom"})).expect("a cat by its looks");
    assert_eq!(codec::to_request_value(&pet), json!({"petType": "cat", "name": "Tom"}));
}

#[test]
fn a_discriminator_that_is_null_falls_back_to_structure_in_a_closed_union() {
    check_reads::<Owned>(&json!({"kind": null, "petType": "cat", "name": "Tom"}), "Animal");
    // The variant has no key of this name; its keys hold integers.
    check_reads::<Owned>(&json!({"kind": null, "size": 1, "parents": []}), "Thing");
}

#[test]
fn the_variant_overrides_the_discriminator_field() {
    let mut pet: Pet = codec::from_value(&json!({"petType": "dog"})).expect("a dog");
    if let Pet::Dog(dog) = &mut pet {
        dog.pet_type = Some("wolf".to_owned());
    }
    assert_eq!(codec::to_vec(&pet), br#"{"petType":"dog"}"#);
    assert_eq!(serde_json::to_string(&pet).expect("JSON"), r#"{"petType":"dog"}"#);
}

#[test]
fn discriminators_nest() {
    check::<Owned>(json!({"kind": "animal", "petType": "cat", "name": "Tom"}), "Animal");
    check::<Owned>(json!({"kind": "animal", "petType": "newt"}), "Animal");
    // The variant has no key of this name; its keys hold integers.
    check::<Owned>(json!({"kind": "thing", "size": 1}), "Thing");
}

#[test]
fn the_default_variant_reads_missing_and_unknown_discriminators() {
    check::<Event>(json!({"petType": "cat", "name": "Tom"}), "Animal");
    check::<Event>(json!({"parents": []}), "Plain");
    refused::<Event>(
        &json!({"petType": "newt"}),
        "expected an integer, found a string at $.petType",
    );
}

#[test]
fn a_missing_discriminator_that_the_default_variant_rejects_falls_back_to_structure() {
    // The default variant lacks required properties; the keys select the cat.
    check_reads::<Fallback>(&json!({"name": "Tom"}), "Cat");
    check_reads::<Fallback>(&json!({"petType": "newt"}), "Other");
    check_reads::<Fallback>(&json!({"weight": 10}), "Other");
}

#[test]
fn an_integer_is_read_before_a_number_in_any_order() {
    check::<Amount>(json!(3), "Whole");
    check::<Amount>(json!(9_007_199_254_740_993_i64), "Whole");
    check::<Amount>(json!(2.5), "Part");
}

#[test]
fn an_unknown_value_of_a_constant_is_read_by_keys() {
    check::<Marked>(json!({"kind": "third", "text": "x"}), "First");
    check_reads::<Marked>(&json!({"kind": "second", "name": "Tom"}), "Second");
}

#[test]
fn scalar_variants_are_distinguished_by_type() {
    check::<Size>(json!("fast"), "Mode");
    check::<Size>(json!("medium"), "Any");
    check::<Size>(json!(3), "Whole");
    check::<Size>(json!(2.5), "Part");
    check::<Size>(json!(true), "Flag");
    refused::<Size>(&json!(false), "no variant of `Size` accepts a boolean at $");
    let whole: Size = codec::from_slice(b"3.0").expect("an integral float");
    assert_eq!(whole, Size::Whole(3));
}

#[test]
fn structure_decides_without_a_discriminator() {
    check::<Target>(json!("x"), "Name");
    check::<Target>(json!(3), "Count");
    check::<Target>(json!(["x"]), "Names");
    check::<Target>(json!({"kind": "disc", "radius": 1.5}), "Circle");
    check::<Target>(json!({"name": "Tom"}), "Cat");
    check::<Target>(json!({"parents": []}), "Workspace");
    check::<Target>(json!({"parents": "a name"}), "Nested");
    check::<Target>(json!({"a": {"b": "c"}}), "Nested");
    check::<Target>(json!({"name": {"kind": "circle", "radius": 2.5}}), "Nested");
}

#[test]
fn no_matching_variant_is_an_error_with_the_closest_one() {
    refused::<Target>(&json!(null), "no variant of `Target` accepts null at $");
    refused::<Target>(&json!(3.5), "no variant of `Target` accepts a number at $");
    refused::<Target>(
        &json!({"kind": "circle", "radius": false, "x": 3.5}),
        "no variant of `Target` matches; the closest variant `Circle` reports: expected a number, found a boolean at $.radius",
    );
    refused::<Vec<Target>>(
        &json!(["x", ["x", 1]]),
        "no variant of `Target` matches; the closest variant `Names` reports: expected a string, found a number at $[1][1]",
    );
}

#[test]
fn failed_variants_of_nested_unions_are_bounded() {
    // Each level matches two variants, and the innermost value matches none.
    let mut document = json!(null);
    for _ in 0..100 {
        document = json!({"name": document});
    }
    let start = std::time::Instant::now();
    assert!(codec::from_value::<Target>(&document).is_err());
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn a_union_can_be_constructed() {
    let cat: Cat = codec::from_value(&json!({"name": "Tom"})).expect("a cat");
    assert_eq!(
        codec::to_vec(&Pet::Cat(Box::new(cat))),
        br#"{"petType":"cat","name":"Tom"}"#
    );
}

/// A union in which one discriminator value selects several variants.
#[derive(Clone, Debug, PartialEq)]
enum Named {
    Place(Workspace),
    Cat(Cat),
    Other(Value),
}

codec::union! {
    name: Named,
    empty: Other,
    other: 2 Other,
    selection: { tag: Some("petType"), open: true },
    variants: [
        0 Place: OBJECT of Workspace { tags: &["pet"] } as "petType" = "pet",
        1 Cat: OBJECT of Cat { tags: &["pet", "cat"] } as "petType" = "pet",
    ],
}

/// A union with a member of any type.
#[derive(Clone, Debug, PartialEq)]
enum Anything {
    Cat(Cat),
    Other(Value),
}

codec::union! {
    name: Anything,
    empty: Other,
    other: 1 Other,
    selection: { open: true },
    variants: [0 Cat: OBJECT of Cat {}],
}

#[test]
fn a_union_with_a_member_of_any_type_accepts_null() {
    check::<Anything>(json!(null), "Other");
    check::<Anything>(json!([null, 1]), "Other");
    check::<Anything>(json!({"name": "Tom"}), "Cat");
    // The values of a discriminator are objects.
    codec::from_value::<Named>(&json!(null)).expect_err("no object");
}

#[test]
fn structure_decides_between_variants_with_the_same_discriminator_value() {
    check::<Named>(json!({"petType": "pet", "name": "Tom"}), "Cat");
    check::<Named>(json!({"petType": "pet", "legs": 4}), "Place");
    // A value that matches none of those variants is kept.
    check::<Named>(json!({"petType": "pet", "legs": "four"}), "Other");
    check::<Named>(json!({"petType": "newt", "name": "Tom"}), "Other");
}

#[test]
fn the_variant_that_ignores_the_fewest_nested_members_is_read() {
    check::<Part>(json!({"id": "1", "of": {"pattern": "a"}}), "Rule");
    check::<Part>(json!({"id": "1", "of": {"filter": "a", "products": ["b"]}}), "Group");
    // Both match equally well, so the first one is read.
    check::<Part>(json!({"id": "1"}), "Rule");
}

#[test]
fn a_variant_that_knows_more_members_is_read_first() {
    let document = json!({"id": "1", "of": {"size": 1}, "more": "x"});
    // Only `Long` knows `more`, but it requires `rest`.
    let read = codec::read_response::<Part>(document.to_string().as_bytes(), codec::ReadMode::Tolerant, false);
    let (_, report) = read.expect("a rule");
    let rules: Vec<_> = report.deviations.iter().map(|deviation| deviation.rule()).collect();
    assert_eq!(rules, [codec::DeviationRule::PartialVariant]);
}

#[test]
fn string_variants_are_distinguished_by_their_form() {
    for (text, variant) in [
        ("2f1c9f6e-58f7-4f4b-9f3a-2b6a7f0d4c11", "Id"),
        ("192.0.2.1", "V4"),
        ("2001:db8::1", "V6"),
        ("2026-01-31", "Day"),
        ("2026-01-31T10:00:00+02:00", "Time"),
        ("web-1", "Name"),
        ("Some other text", "Name"),
    ] {
        check::<Address>(json!(text), variant);
    }
}

#[test]
fn variants_of_nested_unions_that_can_be_read_are_bounded() {
    // Each level has two variants that match equally well, and both ignore the innermost property.
    let mut document = json!({"x": 1});
    for _ in 0..100 {
        document = json!({"child": document});
    }
    let start = std::time::Instant::now();
    check_reads::<Branch>(&document, "Left");
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn default_variants_of_nested_unions_are_bounded() {
    // The default variant reads the nested value before it lacks a property.
    let mut document = json!({"name": "Tom"});
    for _ in 0..100 {
        document = json!({"of": document});
    }
    let start = std::time::Instant::now();
    let _ = codec::from_value::<Link>(&document);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    // The limit is for nested unions, not for the items of a list.
    let list = vec![json!({"name": "Tom"}); 100_001];
    let links: Vec<Link> = codec::from_value(&list.into()).expect("many links");
    assert!(matches!(links[100_000], Link::Open(_)));
}
