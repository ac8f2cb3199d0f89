//! The form of values in XML.

use super::{Ident, ModelId};

/// The root element of a body.
#[derive(Clone, Debug, PartialEq)]
pub struct XmlRoot {
    /// The name of the element, with its prefix.
    pub name: String,
    /// The namespace, or an empty string.
    pub namespace: String,
    /// The content.
    pub node: XmlNode,
}

/// The content of an element.
#[derive(Clone, Debug, PartialEq)]
pub enum XmlNode {
    /// Text.
    Text,
    /// A number or a boolean.
    Json,
    /// An object of a model.
    Model(ModelId),
    /// A list of elements of one name.
    List(Box<XmlField>),
    /// Elements whose names are keys.
    Map(Box<XmlNode>),
    /// Any content.
    Any,
    /// The properties of all objects of a union, and the types of its scalars.
    Union(Option<ModelId>, Vec<XmlScalar>),
}

/// The type of a scalar in a union, in the order in which text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum XmlScalar {
    /// A boolean.
    Boolean,
    /// An integer.
    Integer,
    /// A number.
    Number,
    /// Text.
    Text,
}

/// A property of an object, or the items of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct XmlField {
    /// The name of the property in JSON; empty for the items of a list.
    pub key: String,
    /// The name of the element or attribute, with its prefix.
    pub name: String,
    /// The namespace, or an empty string.
    pub namespace: String,
    /// Where the value is.
    pub form: XmlForm,
    /// The content.
    pub node: XmlNode,
}

/// Where the value of a property is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum XmlForm {
    /// In an attribute.
    Attribute,
    /// In an element.
    Element,
    /// In one element for each item of a list.
    Repeated {
        /// The name of the property's own element, which some servers put around the items.
        list: String,
    },
    /// In a list with an element around it.
    Wrapped {
        /// The name of that element, with its prefix.
        name: String,
        /// The namespace of that element, or an empty string.
        namespace: String,
    },
    /// In the text of the element of the object.
    Content,
}

/// The properties of a model in XML.
#[derive(Clone, Debug, PartialEq)]
pub struct XmlModel {
    /// The model.
    pub model: ModelId,
    /// The name of the table.
    pub name: Ident,
    /// The properties.
    pub fields: Vec<XmlField>,
    /// The content of additional properties, if the model keeps them.
    pub others: Option<XmlNode>,
}
