//! Response bodies that state whether the call succeeded.
//!
//! Some APIs send errors with the status of a success and `"success": false` in the body. In the schema of a success, such
//! an API documents this property as the constant `true`.

use crate::ir::{Api, Content, Shape, TypeBody};
use crate::json::Json;

/// Names of a property that states whether the call succeeded, in lower case and without separators.
const NAMES: [&str; 5] = ["success", "ok", "successful", "succeeded", "issuccess"];

/// Returns the property of a success body that is always true.
pub(super) fn flag(api: &Api, content: &Content) -> Option<String> {
    let Content::Json { ty, .. } = content else {
        return None;
    };
    let Shape::Named(id) = api.types.resolve(&ty.shape) else {
        return None;
    };
    let TypeBody::Struct(body) = &api.types[*id].body else {
        return None;
    };
    let is_flag = |name: &str| {
        let letters: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
        NAMES.contains(&letters.to_ascii_lowercase().as_str())
    };
    let mut fields = body.fields.iter();
    let field = fields.find(|field| is_flag(&field.wire) && field.constant == Some(Json::Bool(true)))?;
    Some(field.wire.clone())
}
