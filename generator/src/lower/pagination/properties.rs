//! The properties of a page: those of the body, and those of the objects in it that describe the pagination.

use crate::ir::{Field, FieldPath, TypeRef};

use super::Candidate;
use super::vocabulary::{PAGINATION_OBJECTS, normalized};
use crate::lower::types::lookup;

/// A property of a page.
pub(super) struct Property<'p> {
    /// The name in the vocabulary.
    pub(super) name: &'p str,
    pub(super) field: &'p Field,
    /// The normalized name of the object that contains it, unless that is the body.
    pub(super) parent: Option<String>,
}

impl Property<'_> {
    /// Returns whether the object that contains it has one of these names.
    pub(super) fn is_in(&self, names: &[&str]) -> bool {
        self.parent.as_deref().is_some_and(|parent| names.contains(&parent))
    }
}

/// Returns the path of a property with one of these names: in the body, in an object of the body that wraps the page or
/// describes the pagination, or in a further object in it that describes the pagination.
pub(super) fn page_property(
    candidate: &Candidate<'_, '_>,
    names: &[&str],
    matches: &dyn Fn(&Property<'_>) -> bool,
) -> Option<FieldPath> {
    let at = |ty: &TypeRef, parent: Option<&Field>| {
        let named = |name: &&str| {
            find_field(candidate, ty, |field| {
                let parent = parent.map(|parent| normalized(&parent.wire));
                normalized(&field.wire) == **name && matches(&Property { name, field, parent })
            })
        };
        names.iter().find_map(named).map(|field| field.wire.clone())
    };
    if let Some(name) = at(candidate.body, None) {
        return Some(FieldPath(vec![name]));
    }
    let page_object = candidate.page_object().map(|field| field.wire.as_str());
    let wrappers = || {
        let fields = lookup::as_struct(candidate.types, &candidate.body.shape).map(|(_, body)| body.fields.iter());
        let is_wrapper = move |field: &&Field| describes_pagination(field) || page_object == Some(&field.wire);
        fields.into_iter().flatten().filter(is_wrapper)
    };
    let below = |wrapper: &Field| Some(FieldPath(vec![wrapper.wire.clone(), at(&wrapper.ty, Some(wrapper))?]));
    wrappers().find_map(below).or_else(|| {
        wrappers().find_map(|outer| {
            pagination_objects(candidate, &outer.ty).find_map(|inner| {
                let name = at(&inner.ty, Some(inner))?;
                Some(FieldPath(vec![outer.wire.clone(), inner.wire.clone(), name]))
            })
        })
    })
}

/// Returns the properties of an object whose names are typical of objects that describe a pagination.
pub(super) fn pagination_objects<'a>(
    candidate: &Candidate<'a, '_>,
    ty: &'a TypeRef,
) -> impl Iterator<Item = &'a Field> {
    let fields = lookup::as_struct(candidate.types, &ty.shape).map(|(_, body)| body.fields.iter());
    fields.into_iter().flatten().filter(|field| describes_pagination(field))
}

fn describes_pagination(field: &Field) -> bool {
    let name = normalized(&field.wire);
    PAGINATION_OBJECTS.contains(&name.as_str())
        || ["page", "paging", "pagination"]
            .iter()
            .any(|word| name.starts_with(word))
}

/// Returns the first property of an object that matches.
pub(super) fn find_field<'a>(
    candidate: &Candidate<'a, '_>,
    ty: &'a TypeRef,
    matches: impl Fn(&Field) -> bool,
) -> Option<&'a Field> {
    lookup::as_struct(candidate.types, &ty.shape)?
        .1
        .fields
        .iter()
        .find(|field| matches(field))
}
