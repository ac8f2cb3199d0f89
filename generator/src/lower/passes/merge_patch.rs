//! Bodies of the media type `application/merge-patch+json` (RFC 7396): each property can be set, deleted with `null`,
//! or omitted.
//!
//! The properties of a patch are optional and nullable, including those of nested objects. A list is replaced as a
//! whole. A type that only patches use is changed; otherwise the patch has a separate type, `PetPatch` for `Pet`.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::ir::{BodyFormat, BodyKind, Extra, Origin, Shape, Struct, TypeBody, TypeId, TypeRef};
use crate::lower::Lowering;
use crate::lower::schemas::Schemas;
use crate::lower::schemas::resolve;
use crate::lower::types::visit;

/// Replaces the types of merge patches.
pub(in crate::lower) fn run(lowering: &mut Lowering<'_>) {
    let is_used = lowering
        .api
        .operations
        .iter()
        .filter_map(|operation| operation.body.as_ref())
        .any(|body| body.formats.iter().any(is_patch));
    if !is_used {
        return;
    }
    let mut patches = Patches {
        elsewhere: used_elsewhere(lowering),
        made: FxHashMap::default(),
    };
    let bodies = lowering.api.operations.iter_mut();
    for format in bodies
        .filter_map(|operation| operation.body.as_mut())
        .flat_map(|body| &mut body.formats)
    {
        if is_patch(format)
            && let BodyKind::Json(ty) = &mut format.kind
        {
            ty.shape = patches.shape(&mut lowering.schemas, &ty.shape);
        }
    }
}

fn is_patch(format: &BodyFormat) -> bool {
    format.media_type.essence() == "application/merge-patch+json"
}

/// Returns the types that are also used outside merge patches.
fn used_elsewhere(lowering: &Lowering<'_>) -> FxHashSet<TypeId> {
    let mut pending = Vec::new();
    let mut add = |ty: &TypeRef| visit::named_types(ty, &mut |id| pending.push(id));
    for operation in &lowering.api.operations {
        let mut others = operation.clone();
        if let Some(body) = &mut others.body {
            body.formats.retain(|format| !is_patch(format));
        }
        visit::sent_types(&others, &mut add);
        visit::received_types(&lowering.api, &others, &mut add);
    }
    let payloads = lowering.api.webhooks.iter();
    payloads
        .filter_map(|webhook| webhook.payload.as_ref())
        .for_each(&mut add);
    let mut found = FxHashSet::default();
    while let Some(id) = pending.pop() {
        if found.insert(id) {
            visit::uses(&lowering.schemas.types[id].body, &mut |ty| {
                visit::named_types(ty, &mut |id| pending.push(id));
            });
        }
    }
    found
}

struct Patches {
    elsewhere: FxHashSet<TypeId>,
    /// The patch of each struct.
    made: FxHashMap<TypeId, TypeId>,
}

impl Patches {
    /// Returns the shape of a patch for values of a shape.
    fn shape(&mut self, schemas: &mut Schemas<'_>, shape: &Shape) -> Shape {
        match shape {
            Shape::Map(of) => Shape::Map(Box::new(self.member(schemas, of))),
            Shape::Named(id) => match schemas.types[*id].body.clone() {
                TypeBody::Struct(body) => Shape::Named(self.of_struct(schemas, *id, body)),
                TypeBody::Alias(of) if of.shape != *shape => self.shape(schemas, &of.shape),
                TypeBody::Alias(_) | TypeBody::Newtype(_) | TypeBody::Enum(_) | TypeBody::Union(_) => shape.clone(),
            },
            other => other.clone(),
        }
    }

    fn of_struct(&mut self, schemas: &mut Schemas<'_>, id: TypeId, mut body: Struct) -> TypeId {
        if let Some(made) = self.made.get(&id) {
            return *made;
        }
        let patch = match self.elsewhere.contains(&id) {
            true => {
                let origin = patch_origin(&schemas.types[id].origin);
                resolve::add_type(schemas, schemas.sources[id.0 as usize], origin)
            }
            false => id,
        };
        // Nested objects may refer to this type.
        self.made.insert(id, patch);
        for field in &mut body.fields {
            field.ty = self.member(schemas, &field.ty);
            (field.required, field.omittable) = (false, true);
        }
        if let Extra::Typed(of) = &mut body.extra {
            *of = self.member(schemas, of);
        }
        schemas.types[patch].body = TypeBody::Struct(body);
        schemas.types[patch].patch_of = Some(id).filter(|id| *id != patch);
        patch
    }

    fn member(&mut self, schemas: &mut Schemas<'_>, ty: &TypeRef) -> TypeRef {
        TypeRef {
            shape: self.shape(schemas, &ty.shape),
            nullable: true,
        }
    }
}

fn patch_origin(origin: &Origin) -> Origin {
    let mut path = match origin {
        Origin::Component(name) | Origin::Custom(name) => vec![name.clone()],
        Origin::Inline(path) | Origin::Shared { first: path, .. } => path.clone(),
    };
    path.push("patch".to_owned());
    Origin::Inline(path)
}
