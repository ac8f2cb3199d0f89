//! Discriminator fields: every member of a union with a discriminator has the discriminator property.
//!
//! A property that the document omits is added, so that a member keeps its value when it is used outside the union. If a
//! type has exactly one discriminator value, constructors fill it in.

use rustc_hash::FxHashMap;

use crate::ir::{Docs, Field, Shape, Strategy, Text, TypeBody, TypeId, TypeRef};
use crate::lower::Lowering;
use crate::lower::types::lookup;

/// The discriminator value by which unions know a type, by type and property.
type Known = FxHashMap<(TypeId, String), Option<String>>;

/// Adds the missing discriminator fields and sets their values.
pub(in crate::lower) fn run(lowering: &mut Lowering<'_>) {
    let mut known = Known::default();
    let mut order = Vec::new();
    for (_, ty) in lowering.schemas.types.iter() {
        let TypeBody::Union(union) = &ty.body else { continue };
        let Strategy::Tag { property, default } = &union.strategy else {
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
            let key = (id, property.clone());
            match known.get_mut(&key) {
                Some(before) if *before != tag => *before = None,
                Some(_) => {}
                None => {
                    order.push(key.clone());
                    known.insert(key, tag);
                }
            }
        }
    }
    for key in order {
        let tag = known.remove(&key).flatten();
        fill(lowering, key.0, key.1, tag);
    }
}

fn fill(lowering: &mut Lowering<'_>, id: TypeId, property: String, tag: Option<String>) {
    let TypeBody::Struct(body) = &mut lowering.schemas.types[id].body else {
        return;
    };
    let description = Some("The variant of the union that this is.".to_owned());
    if let Some(field) = body.fields.iter_mut().find(|field| field.wire == property) {
        field.tag = tag;
        // A required discriminator without a schema is a string.
        if field.ty.shape == Shape::Any {
            field.ty = TypeRef::non_null(Shape::Text(Text::Plain));
            field.docs.description = description;
        }
        return;
    }
    body.fields.push(Field {
        wire: property,
        custom_name: None,
        ty: TypeRef::non_null(Shape::Text(Text::Plain)),
        required: false,
        read_only: false,
        write_only: false,
        omittable: true,
        tag,
        docs: Docs {
            description,
            ..Docs::default()
        },
        default: None,
        constant: None,
        example: None,
        boxed: false,
    });
}
