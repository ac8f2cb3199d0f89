//! The documentation of aliases of equal types: the descriptions of members that differ from those of the type itself.

use crate::ir::{Shape, Type, TypeBody};
use crate::krate::{Ident, ModelBody};
use crate::plan::{doc_text, prose};

use super::by_wire;

/// Returns the text about the members of an alias, if some of them have other descriptions.
pub(super) fn members(bodies: &[Option<ModelBody>], ty: &Type) -> Option<String> {
    let TypeBody::Alias(of) = &ty.body else { return None };
    let Shape::Named(of) = of.shape else { return None };
    let body = bodies.get(of.0 as usize)?.as_ref()?;
    let lines = ty.member_docs.iter().filter_map(|(wire, docs)| {
        let name = member(body, wire)?;
        let doc = doc_text::doc_of_named(docs, &[name.as_str(), wire]);
        let text = doc.summary.as_str();
        (!text.is_empty()).then(|| format!("- `{name}`: {text}"))
    });
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then(|| format!("{}\n\n{}", prose::alias_members(body), lines.join("\n")))
}

/// Returns the Rust name of a property or value.
fn member<'b>(body: &'b ModelBody, wire: &str) -> Option<&'b Ident> {
    match body {
        ModelBody::Record(record) => by_wire(record, wire).map(|field| &field.name),
        ModelBody::Enum(values) => {
            let mut variants = values.variants.iter();
            variants
                .find(|variant| variant.wire.as_str() == wire)
                .map(|variant| &variant.name)
        }
        ModelBody::Union(_) | ModelBody::Alias(_) | ModelBody::Newtype(_) => None,
    }
}
