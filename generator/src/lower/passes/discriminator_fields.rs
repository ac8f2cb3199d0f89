//! Discriminator fields: decides how the members of a union store the value of the discriminator property.
//!
//! If exactly one value selects a member and the member has the property, constructors set the field to this value. If
//! the member lacks the property, the union writes the value, and no field is added. If several values select the
//! member, or it is the member for unknown values, a field is added, so that the received value is not lost.

use rustc_hash::FxHashMap;

use crate::ir::{Docs, Field, Shape, Strategy, Text, TypeBody, TypeId, TypeRef};
use crate::lower::Lowering;
use crate::lower::types::lookup;

/// The requirements of unions, by type and property.
type Known = FxHashMap<(TypeId, String), Discriminated>;

/// The requirements of unions on one property of a type.
struct Discriminated {
    /// The discriminator value of the type, if it is the same in all unions.
    value: Option<String>,
    /// Whether the type must keep the value itself, because several or unknown values select it.
    keeps_value: bool,
}

/// Adds the missing discriminator fields and sets their values.
pub(in crate::lower) fn run(lowering: &mut Lowering<'_>) {
    let mut known = Known::default();
    let mut order = Vec::new();
    for (_, ty) in lowering.schemas.types.iter() {
        let TypeBody::Union(union) = &ty.body else { continue };
        let Strategy::Discriminator { property, default } = &union.strategy else {
            continue;
        };
        for (index, variant) in union.variants.iter().enumerate() {
            let Some((id, _)) = lookup::as_struct(&lowering.schemas.types, &variant.ty.shape) else {
                continue;
            };
            let tag = match variant.tags.as_slice() {
                // The member for unknown values takes its value from the caller.
                [tag] if *default != Some(index) => Some(tag.clone()),
                _ => None,
            };
            let keeps_value = variant.tags.len() != 1 || *default == Some(index);
            let key = (id, property.clone());
            match known.get_mut(&key) {
                Some(before) => {
                    before.keeps_value |= keeps_value;
                    if before.value != tag {
                        before.value = None;
                    }
                }
                None => {
                    order.push(key.clone());
                    known.insert(
                        key,
                        Discriminated {
                            value: tag,
                            keeps_value,
                        },
                    );
                }
            }
        }
    }
    for key in order {
        if let Some(discriminated) = known.remove(&key) {
            fill(lowering, key.0, key.1, discriminated);
        }
    }
}

fn fill(lowering: &mut Lowering<'_>, id: TypeId, property: String, discriminated: Discriminated) {
    let TypeBody::Struct(body) = &mut lowering.schemas.types[id].body else {
        return;
    };
    let description = Some("The discriminator value of the variant.".to_owned());
    if let Some(field) = body.fields.iter_mut().find(|field| field.wire == property) {
        field.tag = discriminated.value;
        // A discriminator property that accepts any value is a string.
        if field.ty.shape == Shape::Any {
            field.ty = TypeRef::non_null(Shape::Text(Text::Unformatted));
            field.docs.description = description;
        }
        return;
    }
    // The union writes the value of a variant whose type lacks the property.
    if !discriminated.keeps_value {
        return;
    }
    body.fields.push(Field {
        wire: property,
        custom_name: None,
        ty: TypeRef::non_null(Shape::Text(Text::Unformatted)),
        required: false,
        read_only: false,
        write_only: false,
        secret: false,
        omittable: true,
        described: true,
        tag: None,
        docs: Docs {
            description,
            ..Docs::default()
        },
        default: None,
        constant: None,
        example: None,
        xml: None,
        boxed: false,
    });
}
