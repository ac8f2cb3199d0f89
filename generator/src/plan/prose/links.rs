//! The doc comments of links.

use crate::krate::{Group, LinkMethod, LinkSource, LinkValue, Operation};
use crate::markdown::{code_span, join_words};

/// Returns the doc comment of the method of a link.
pub fn link(method: &LinkMethod, target: &Operation, group: &Group) -> String {
    let handle = format!("crate::{}::{}", group.handle_path(), target.names.method);
    let mut text = format!(
        "Follows the link {} to [`{}::{}`]({handle}).",
        code_span(&method.wire),
        group.handle,
        target.names.method
    );
    if let Some(about) = &method.about {
        text = format!("{}\n\n{text}", about.to_markdown());
    }
    let set: Vec<String> = sources(method, target);
    if !set.is_empty() {
        text.push_str(&format!(" Sets {}.", join_words(&set, "and")));
    }
    if method.is_optional {
        text.push_str("\n\nReturns `None` if the response does not have the link, or lacks a required value.");
    }
    text
}

/// Returns the parameters that a link sets, each with the source of its value.
fn sources(method: &LinkMethod, target: &Operation) -> Vec<String> {
    let arguments = target.arguments.iter().zip(&method.arguments);
    let arguments = arguments.filter_map(|(input, value)| Some((&input.name, value.as_ref()?)));
    let setters = method.setters.iter().map(|(name, value)| (name, value));
    let source = |value: &LinkValue| match &value.source {
        LinkSource::Body(access) => {
            let path: Vec<&str> = access.steps.iter().map(|step| step.field.as_str()).collect();
            format!("from {} of the body", code_span(&path.join(".")))
        }
        LinkSource::Header(name) => format!("from the header {}", code_span(name.as_str())),
        LinkSource::Constant { json, .. } => format!("to {}", code_span(&json.to_text())),
    };
    arguments
        .chain(setters)
        .map(|(name, value)| format!("{} {}", code_span(name.as_str()), source(value)))
        .collect()
}
