//! Parameters of style `deepObject` that contain arrays or objects, whose encoding OpenAPI does not define.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir::{Api, BodyKind, Operation, Shape, TypeBody, TypeRef, Types};
use crate::wire::Style;

/// Reports once how many parameters and form fields contain nested values.
pub fn report(api: &Api, diagnostics: &mut Diagnostics) {
    let mut names = api
        .operations
        .iter()
        .flat_map(|operation| nested(&api.types, operation));
    let Some((name, place)) = names.next() else { return };
    let message = match names.count() {
        0 => format!("the parameter `{name}` of style `deepObject` contains nested values; they are sent as `a[b]=1`"),
        more => format!(
            "{} parameters of style `deepObject`, such as `{name}`, contain nested values; they are sent as `a[b]=1`",
            more + 1
        ),
    };
    diagnostics.push(Diagnostic::new(Code::NestedDeepObject, place, message));
}

fn nested<'a>(
    types: &'a Types,
    operation: &'a Operation,
) -> impl Iterator<Item = (&'a str, Option<crate::diagnostics::Place>)> {
    let parameters = operation.parameters.iter();
    let parameters = parameters
        .filter(|parameter| parameter.style == Style::DeepObject && contains_nested(types, &parameter.ty, 0))
        .map(|parameter| (parameter.wire.as_str(), Some(parameter.place)));
    let formats = operation.body.iter().flat_map(|body| &body.formats);
    let fields = formats.flat_map(|format| match &format.kind {
        BodyKind::Form(fields) | BodyKind::Multipart(fields) => fields.as_slice(),
        BodyKind::Json(_) | BodyKind::Lines(_) | BodyKind::Text | BodyKind::Binary => &[],
    });
    let fields = fields
        .filter(|field| field.style == Some(Style::DeepObject) && contains_nested(types, &field.ty, 0))
        .map(|field| (field.wire.as_str(), Some(operation.place)));
    parameters.chain(fields)
}

/// Returns whether a value is an array, or an object that contains an array or another object. `depth` bounds unions of unions.
fn contains_nested(types: &Types, ty: &TypeRef, depth: usize) -> bool {
    match types.resolve(&ty.shape) {
        Shape::List(_) | Shape::Tuple(_) => true,
        Shape::Map(of) => is_compound(types, of, 0),
        Shape::Named(id) => match &types[*id].body {
            TypeBody::Struct(body) => body.fields.iter().any(|field| is_compound(types, &field.ty, 0)),
            TypeBody::Union(body) => {
                depth < 4
                    && body
                        .variants
                        .iter()
                        .any(|variant| contains_nested(types, &variant.ty, depth + 1))
            }
            TypeBody::Newtype(of) => depth < 4 && contains_nested(types, of, depth + 1),
            TypeBody::Enum(_) | TypeBody::Alias(_) => false,
        },
        _ => false,
    }
}

/// Returns whether a value may be an array or an object.
fn is_compound(types: &Types, ty: &TypeRef, depth: usize) -> bool {
    match types.resolve(&ty.shape) {
        Shape::List(_) | Shape::Tuple(_) | Shape::Map(_) | Shape::Object => true,
        Shape::Named(id) => match &types[*id].body {
            TypeBody::Struct(_) => true,
            TypeBody::Union(body) => {
                depth < 4
                    && body
                        .variants
                        .iter()
                        .any(|variant| is_compound(types, &variant.ty, depth + 1))
            }
            TypeBody::Newtype(of) => depth < 4 && is_compound(types, of, depth + 1),
            TypeBody::Enum(_) | TypeBody::Alias(_) => false,
        },
        _ => false,
    }
}
