//! The inputs that every call of an operation passes.

use super::{BodyKind, FormField, Operation};
use crate::wire::Location;

impl Operation {
    /// Returns the number of values that every call passes: the required parameters without a constant that are not set on the
    /// client, and the required body or the required fields of its form. It equals the number of
    /// arguments in the plan. `sdkwright explain`, which has no plan, prints it.
    pub fn required_inputs(&self) -> usize {
        let parameters = self.parameters.iter().filter(|parameter| {
            let required = parameter.required || parameter.location == Location::Path;
            required && !parameter.on_client && parameter.constant.is_none()
        });
        let body = self.body.as_ref().filter(|body| body.required);
        let body = body.and_then(|body| body.formats.first());
        parameters.count()
            + body.map_or(0, |format| match &format.kind {
                BodyKind::Form(fields) | BodyKind::Multipart(fields) if !fields.is_empty() => {
                    let is_passed = |field: &&FormField| field.required && field.constant.is_none();
                    fields.iter().filter(is_passed).count()
                }
                BodyKind::Json(_) | BodyKind::Lines(_) | BodyKind::Text | BodyKind::Binary => 1,
                BodyKind::Form(_) | BodyKind::Multipart(_) => 1,
            })
    }
}
