//! `src/xml.rs`: the form of models in XML.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::RustFile;
use crate::krate::{Crate, ModelId, XmlField, XmlForm, XmlNode, XmlRoot, XmlScalar};

/// Renders the file.
pub fn file(krate: &Crate) -> RustFile {
    let tables = krate.xml.iter().map(|table| {
        let name = &table.name;
        let fields = table.fields.iter().map(|row| field(krate, row));
        let others = match &table.others {
            Some(of) => {
                let of = node(krate, of);
                quote!(Some(#of))
            }
            None => quote!(None),
        };
        quote!(pub static #name: crate::runtime::XmlNode = crate::runtime::XmlNode::Object(&[#(#fields),*], #others);)
    });
    // With only some features enabled, no operation may use a table.
    let spare = (!krate.package.features.is_empty()).then(|| quote!(#![allow(dead_code)]));
    RustFile::new(
        krate.prose.xml.to_owned(),
        quote! {
            #spare
            #(#tables)*
        },
    )
}

/// Returns the root element as an expression.
pub fn root(krate: &Crate, root: &XmlRoot) -> TokenStream {
    let XmlRoot { name, namespace, .. } = root;
    let node = node(krate, &root.node);
    quote! {
        const { &crate::runtime::XmlRoot { name: #name, namespace: #namespace, node: #node } }
    }
}

fn field(krate: &Crate, field: &XmlField) -> TokenStream {
    let XmlField {
        key, name, namespace, ..
    } = field;
    let form = match &field.form {
        XmlForm::Attribute => quote!(Attribute),
        XmlForm::Element => quote!(Element),
        XmlForm::Repeated { list } => quote!(Repeated { list: #list }),
        XmlForm::Wrapped { name, namespace } => quote!(Wrapped { name: #name, namespace: #namespace }),
        XmlForm::Content => quote!(Content),
    };
    let (node, path) = (node(krate, &field.node), quote!(crate::runtime));
    quote! {
        #path::XmlField { key: #key, name: #name, namespace: #namespace, form: #path::XmlForm::#form, node: #node }
    }
}

/// Returns a reference to a content.
fn node(krate: &Crate, node: &XmlNode) -> TokenStream {
    let path = quote!(crate::runtime::XmlNode);
    match node {
        XmlNode::Text => quote!(&#path::Text),
        XmlNode::Json => quote!(&#path::Json),
        XmlNode::Any => quote!(&#path::Any),
        XmlNode::Map(of) => {
            let of = self::node(krate, of);
            quote!(&#path::Map(#of))
        }
        XmlNode::List(item) => {
            let item = field(krate, item);
            quote!(&#path::List(&#item))
        }
        XmlNode::Model(id) => model(krate, *id),
        XmlNode::Union(object, scalars) => {
            let object = match object {
                Some(id) => {
                    let object = model(krate, *id);
                    quote!(Some(#object))
                }
                None => quote!(None),
            };
            let scalars = scalars.iter().map(|of| match of {
                XmlScalar::Boolean => quote!(Boolean),
                XmlScalar::Integer => quote!(Integer),
                XmlScalar::Number => quote!(Number),
                XmlScalar::Text => quote!(Text),
            });
            quote!(&#path::Union(#object, &[#(crate::runtime::XmlScalar::#scalars),*]))
        }
    }
}

fn model(krate: &Crate, id: ModelId) -> TokenStream {
    let table = krate.xml.iter().find(|table| table.model == id);
    match table.map(|table| &table.name) {
        Some(name) => quote!(&crate::xml::#name),
        None => quote!(&crate::runtime::XmlNode::Any),
    }
}
