//! Parameters: path parameters in the order of the template, then the others.

use crate::document::{Location, Operation};
use crate::ir::{Parameter, Shape, Text, TypeRef};

use crate::lower::Lowering;
use crate::lower::conventions::extensions;
use crate::lower::schemas::structs::set_if_none;

impl Lowering<'_> {
    /// Returns the parameters of an operation.
    pub(in crate::lower) fn parameters(&mut self, operation: &Operation) -> Vec<Parameter> {
        let mut parameters = Vec::with_capacity(operation.parameters.len());
        for parameter in &operation.parameters {
            if let Some(key) = extensions::ignored(&parameter.extensions).filter(|_| !parameter.required) {
                let pointer = format!("{}/parameters", operation.pointer);
                self.report_ignored(key, "parameter", Some(parameter.place), &pointer);
                continue;
            }
            parameters.push(self.parameter(parameter));
        }
        let position = |parameter: &Parameter| match parameter.location {
            Location::Path => operation
                .path
                .find(&format!("{{{}}}", parameter.wire))
                .unwrap_or(usize::MAX - 1),
            Location::Query | Location::QueryString | Location::Header | Location::Cookie => usize::MAX,
        };
        parameters.sort_by_cached_key(position);
        parameters
    }

    fn parameter(&mut self, parameter: &crate::document::Parameter) -> Parameter {
        let content = parameter.content.as_ref();
        let schema = parameter.schema.or_else(|| content?.schema);
        let chain = schema.map(|id| self.graph.chain(id)).unwrap_or_default();
        let constant = self.constant(&chain, parameter.required);
        let ty = match (&constant, schema) {
            (Some(value), _) => TypeRef::non_null(self.shape_of_constant(&chain, value)),
            (None, Some(schema)) => self.type_ref(schema),
            (None, None) => TypeRef::non_null(Shape::Text(Text::Plain)),
        };
        let mut docs = self.docs_of(&chain);
        if parameter.description.is_some() {
            docs.description.clone_from(&parameter.description);
            docs.summary = None;
        }
        if parameter.deprecated && docs.deprecated.is_none() {
            docs.deprecated = Some(String::new());
        }
        docs.deprecated = extensions::deprecation(&parameter.extensions).or(docs.deprecated);
        let mut lowered = Parameter {
            place: parameter.place,
            wire: parameter.name.clone(),
            custom_name: extensions::name(&parameter.extensions),
            location: parameter.location,
            ty,
            required: parameter.required,
            style: parameter.style,
            explode: parameter.explode,
            allow_reserved: parameter.allow_reserved,
            allow_empty: parameter.allow_empty,
            wildcard: parameter.wildcard,
            media_type: content.map(|content| content.name.clone()),
            docs,
            default: None,
            constant,
            example: parameter
                .examples
                .first()
                .or_else(|| content?.examples.first())
                .cloned(),
            example_is_documented: false,
        };
        for id in chain {
            let schema = self.graph.get(id);
            set_if_none(&mut lowered.default, schema.default.as_ref());
            set_if_none(&mut lowered.example, schema.examples.first());
        }
        lowered
    }
}
