//! Models that contain themselves or differ in nested properties, and strings of different forms.

use crate::runtime::codec;

/// An alias that contains itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree(pub Vec<Tree>);
codec::newtype! { name: Tree }

/// Structs that differ in nested properties.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    pub id: String,
    pub of: Option<RuleOf>,
}
codec::record! { name: Rule, fields: [id: Required = "id", of: Optional = "of"] }

#[derive(Clone, Debug, PartialEq)]
pub struct RuleOf {
    pub pattern: Option<String>,
}
codec::record! { name: RuleOf, fields: [pattern: Optional = "pattern"] }

#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub id: String,
    pub of: Option<GroupOf>,
}
codec::record! { name: Group, fields: [id: Required = "id", of: Optional = "of"] }

#[derive(Clone, Debug, PartialEq)]
pub struct GroupOf {
    pub filter: Option<String>,
    pub products: Option<Vec<String>>,
}
codec::record! {
    name: GroupOf,
    fields: [filter: Optional = "filter", products: Optional = "products"],
}

#[derive(Clone, Debug, PartialEq)]
pub struct Long {
    pub id: String,
    pub of: Option<RuleOf>,
    pub more: Option<String>,
    pub rest: String,
}
codec::record! {
    name: Long,
    fields: [id: Required = "id", of: Optional = "of", more: Optional = "more", rest: Required = "rest"],
}

/// A union of records with the same keys.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Part {
    Rule(Rule),
    Group(Group),
    Long(Long),
}

codec::union! {
    name: Part,
    empty: Rule,
    variants: [
        0 Rule: OBJECT of Rule {},
        1 Group: OBJECT of Group {},
        2 Long: OBJECT of Long {},
    ],
}

/// A union of strings of different forms.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Address {
    Name(String),
    Id(String),
    V4(String),
    V6(String),
    Time(codec::DateTime),
    Day(jiff::civil::Date),
}

codec::union! {
    name: Address,
    empty: Name,
    variants: [
        0 Name: ANY { kinds: codec::STRING, form: codec::Form::Characters { first: &[('a', 'z')], all: &[('-', '-'), ('0', '9'), ('a', 'z')] } },
        1 Id: ANY { kinds: codec::STRING, form: codec::Form::Uuid },
        2 V4: ANY { kinds: codec::STRING, form: codec::Form::Ipv4 },
        3 V6: ANY { kinds: codec::STRING, form: codec::Form::Ipv6 },
        4 Time: ANY { kinds: codec::STRING, form: codec::Form::DateTime },
        5 Day: ANY { kinds: codec::STRING, form: codec::Form::Date },
    ],
}

/// A union of records with the same keys, which contain the union.
#[derive(Clone, Debug, PartialEq)]
pub enum Branch {
    Left(Box<Fork>),
    Right(Box<Fork>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Fork {
    pub child: Option<Branch>,
}

codec::record! { name: Fork, fields: [child: Optional = "child"] }
codec::union! {
    name: Branch,
    empty: Left,
    variants: [
        0 Left: OBJECT of Fork {},
        1 Right: OBJECT of Fork {},
    ],
}

/// A union whose default variant contains the union and requires another property.
#[derive(Clone, Debug, PartialEq)]
pub enum Link {
    Strict(Box<StrictLink>),
    Open(Box<OpenLink>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct StrictLink {
    pub of: Option<Link>,
    pub rest: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct OpenLink {
    pub of: Option<Link>,
    pub name: Option<String>,
}

codec::record! { name: StrictLink, fields: [of: Optional = "of", rest: Required = "rest"] }
codec::record! { name: OpenLink, fields: [of: Optional = "of", name: Optional = "name"] }
codec::union! {
    name: Link,
    empty: Strict,
    selection: { tag: Some("kind"), fallback: Some(0) },
    variants: [
        0 Strict: OBJECT of StrictLink { tags: &["strict"] },
        1 Open: OBJECT of OpenLink { tags: &["open"] },
    ],
}
