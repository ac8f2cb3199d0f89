//! Equal components: which of them defines the type, and which component an equal inline type becomes.
//!
//! Equal components become one type if their names have a word in common. A component with a custom name defines the
//! type. Otherwise, it is the component whose words occur in the names of most others, then the one with the fewest
//! words, then the first one in the document.
//!
//! Equal components stay separate types if
//! - they are members of one union, because a value converts to a union by its type,
//! - both have a custom name,
//! - only one of them is used by an operation,
//! - they have properties that occur only in requests or only in responses, and are not used in the same directions,
//! - their defaults or the names of their variants differ, or
//! - they are XML documents, whose elements may be named after their types.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::config::EqualComponents;
use crate::ir::{BodyKind, Content, Origin, Shape, Struct, TypeBody, TypeId, TypeRef, Types, Usage};
use crate::lower::Lowering;
use crate::lower::passes::{equal_type_names, prune, usage};
use crate::lower::types::visit;
use crate::wire::MediaType;

/// The maximum number of equal components with which another type is compared. More that must stay apart occur only in
/// generated documents, and comparing all of them would take quadratic time.
const MAX_COMPARED: usize = 128;

/// The component that a type equals.
#[derive(Clone, Copy)]
pub(super) struct Component {
    /// The component whose name the type has: itself, if it is one.
    pub(super) name: TypeId,
    /// The component that defines the type.
    pub(super) of: TypeId,
}

/// What decides which components are one type.
pub(super) struct Components<'l> {
    pub(super) types: &'l Types,
    setting: EqualComponents,
    /// The number of components. Their types are the first ones.
    count: usize,
    xml_roots: FxHashSet<TypeId>,
    /// Whether an operation uses each type.
    pub(super) reached: Vec<bool>,
    pub(super) usages: Vec<Usage>,
    /// The unions of which each type is a member.
    unions: FxHashMap<TypeId, Vec<TypeId>>,
}

impl<'l> Components<'l> {
    pub(super) fn new(lowering: &'l Lowering<'_>) -> Self {
        let types = &lowering.schemas.types;
        let (reached, usages) = rayon::join(|| prune::reached(lowering), || usage::usages(lowering));
        Self {
            types,
            setting: lowering.settings.equal_components,
            count: lowering.document.components.len(),
            xml_roots: xml_roots(lowering),
            reached,
            usages,
            unions: unions(types),
        }
    }

    /// Returns the component that each type equals, from the classes of equal types. Inline types without a suitable component have none.
    pub(super) fn of_types(&self, classes: &[u32]) -> Vec<Option<Component>> {
        let own = |id| Component { name: id, of: id };
        let mut found: Vec<Option<Component>> = (0..)
            .map(TypeId)
            .take(classes.len())
            .map(|id| (self.xml_roots.contains(&id) || self.is_separate_body(id)).then(|| own(id)))
            .collect();
        let mut named: FxHashMap<u32, Vec<TypeId>> = FxHashMap::default();
        for (id, class) in self.undecided(&found, classes) {
            if self.types[id].origin.is_named() {
                named.entry(class).or_default().push(id);
            }
        }
        let mut groups: FxHashMap<u32, Vec<Component>> = FxHashMap::default();
        for (class, members) in named {
            let (used, unused): (Vec<TypeId>, Vec<TypeId>) =
                members.into_iter().partition(|id| self.reached[id.0 as usize]);
            // A component that no operation uses is not generated, so it stays separate if another one is used.
            let (members, others) = if used.is_empty() {
                (unused, used)
            } else {
                (used, unused)
            };
            let group = self.group(members);
            others.into_iter().for_each(|id| found[id.0 as usize] = Some(own(id)));
            group
                .iter()
                .for_each(|component| found[component.name.0 as usize] = Some(*component));
            groups.insert(class, group);
        }
        for (id, class) in self.undecided(&found, classes).collect::<Vec<_>>() {
            found[id.0 as usize] = groups.get(&class).and_then(|group| self.joined(id, group));
        }
        found
    }

    /// Returns the types that are not decided yet, except aliases, with their classes.
    fn undecided<'a>(
        &'a self,
        found: &'a [Option<Component>],
        classes: &'a [u32],
    ) -> impl Iterator<Item = (TypeId, u32)> + 'a {
        let types = self.types.iter().zip(found).zip(classes);
        types
            .filter(|(((_, ty), found), _)| found.is_none() && !matches!(ty.body, TypeBody::Alias(_)))
            .map(|(((id, _), _), class)| (id, *class))
    }

    /// Returns the unions of which a type is a member.
    fn unions_of(&self, id: TypeId) -> &[TypeId] {
        self.unions.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Returns whether a type is a component that is named like an inline body but must stay separate, as every component.
    fn is_separate_body(&self, id: TypeId) -> bool {
        let is_component = (id.0 as usize) < self.count;
        is_component && !self.types[id].origin.is_named() && self.setting == EqualComponents::Separate
    }

    fn is_custom(&self, id: TypeId) -> bool {
        matches!(self.types[id].origin, Origin::Custom(_))
    }

    /// Returns equal components with the ones that define their types.
    fn group(&self, mut members: Vec<TypeId>) -> Vec<Component> {
        let names = equal_type_names::ComponentNames::new(self.types, &members);
        members.sort_by_cached_key(|id| (!self.is_custom(*id), names.rank(*id), *id));
        let mut definitions: Vec<(TypeId, Vec<TypeId>)> = Vec::new();
        let mut group = Vec::with_capacity(members.len());
        for id in members {
            let unions = self.unions_of(id);
            let fits = |(of, taken): &&mut (TypeId, Vec<TypeId>)| {
                names.share_a_word(*of, id)
                    && self.may_be_one(*of, id)
                    && !unions.iter().any(|union| taken.contains(union))
            };
            let of = match definitions.iter_mut().take(MAX_COMPARED).find(fits) {
                Some((of, taken)) => {
                    taken.extend(unions);
                    *of
                }
                None => {
                    definitions.push((id, unions.to_vec()));
                    id
                }
            };
            group.push(Component { name: id, of });
        }
        group
    }

    /// Returns whether two equal components may be one type, unless they are members of one union.
    fn may_be_one(&self, one: TypeId, other: TypeId) -> bool {
        let is_used_equally = self.usages[one.0 as usize] == self.usages[other.0 as usize];
        let is_one_form = match (&self.types[one].body, &self.types[other].body) {
            (TypeBody::Struct(one), TypeBody::Struct(other)) => {
                (is_used_equally || !usage::depends_on_direction(self.types, other)) && have_equal_defaults(one, other)
            }
            (TypeBody::Union(one), TypeBody::Union(other)) => {
                equal_type_names::distinguishing_words(one) == equal_type_names::distinguishing_words(other)
            }
            _ => true,
        };
        match self.setting {
            EqualComponents::Separate => false,
            EqualComponents::Merge => is_one_form && !(self.is_custom(one) && self.is_custom(other)),
        }
    }

    /// Returns the component that an inline type becomes: the only one that it equals, or the one whose name fits the place of the type.
    fn joined(&self, id: TypeId, group: &[Component]) -> Option<Component> {
        let unions = self.unions_of(id);
        let shares_union = |component: &Component| {
            let members = group.iter().filter(|member| member.of == component.of);
            let mut taken = members.filter_map(|member| self.unions.get(&member.name)).flatten();
            !unions.is_empty() && taken.any(|union| unions.contains(union))
        };
        let (first, others) = group.split_first()?;
        let mut others = others.iter().take(MAX_COMPARED);
        let name = if others.all(|other| equal_type_names::is_variant(self.types, other.name, first.name)) {
            equal_type_names::may_join(self.types, id, first.name).then_some(first.name)
        } else {
            let names = group.iter().take(MAX_COMPARED).map(|component| component.name);
            equal_type_names::most_similar(self.types, id, names)
        };
        let component = group.iter().find(|component| Some(component.name) == name)?;
        (!shares_union(component)).then_some(*component)
    }
}

/// Returns whether the fields of equal structs have the same defaults, which are part of their documentation.
fn have_equal_defaults(one: &Struct, other: &Struct) -> bool {
    let default = |body: &'_ Struct, wire: &str| {
        let field = body.fields.iter().find(|field| field.wire == wire);
        field.and_then(|field| field.default.clone())
    };
    let mut fields = one.fields.iter();
    fields.all(|field| field.default == default(other, &field.wire))
}

/// Returns the unions of which each type is a member, also as the item of a list or through an alias.
fn unions(types: &Types) -> FxHashMap<TypeId, Vec<TypeId>> {
    let mut unions: FxHashMap<TypeId, Vec<TypeId>> = FxHashMap::default();
    for (union, ty) in types.iter() {
        let TypeBody::Union(body) = &ty.body else { continue };
        let mut seen = FxHashSet::default();
        let mut pending = Vec::new();
        for variant in &body.variants {
            visit::named_types(&variant.ty, &mut |id| pending.push(id));
        }
        while let Some(id) = pending.pop() {
            match &types[id].body {
                _ if !seen.insert(id) => {}
                TypeBody::Alias(of) => visit::named_types(of, &mut |id| pending.push(id)),
                TypeBody::Struct(_) | TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Newtype(_) => {
                    unions.entry(id).or_default().push(union);
                }
            }
        }
    }
    unions
}

/// Returns the types of XML documents. The names of their elements may depend on the names of the types.
fn xml_roots(lowering: &Lowering<'_>) -> FxHashSet<TypeId> {
    let mut roots = FxHashSet::default();
    let mut add = |media_type: &MediaType, ty: &TypeRef| {
        if let (true, Shape::Named(id)) = (media_type.is_xml(), &ty.shape) {
            roots.insert(*id);
        }
    };
    for operation in &lowering.api.operations {
        for format in operation.body.iter().flat_map(|body| &body.formats) {
            if let BodyKind::Json(ty) = &format.kind {
                add(&format.media_type, ty);
                format.also.iter().for_each(|also| add(also, ty));
            }
        }
        let others = operation.success.representations.iter().map(|other| &other.content);
        let cases = operation.success.cases.iter().map(|case| &case.content);
        for content in cases.chain(others).chain([&operation.success.content]) {
            if let Content::Json { media_type, ty, .. } = content {
                add(media_type, ty);
            }
        }
    }
    roots
}
