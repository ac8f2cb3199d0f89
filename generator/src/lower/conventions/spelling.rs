//! Suggestions for misspelled names.

/// Returns the known name that is closest to a name, if one is close enough.
pub(in crate::lower) fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<String> {
    let distance = |known: &str| strsim::damerau_levenshtein(&name.to_lowercase(), &known.to_lowercase());
    let near = known.map(|known| (distance(known), known)).min()?;
    (near.0 <= name.chars().count().div_ceil(3)).then(|| near.1.to_owned())
}
