//! The names of methods: the name of an operation without the words that its group repeats.

use rayon::prelude::*;

use crate::ir::{NameRule, Operation, RestName};

use super::names::{Claim, Rank, Words, count_letters};

/// The fewest names that show a convention.
const MIN_NAMES: usize = 3;

/// Words that follow a resource: prepositions, and the methods that frameworks append.
const AFTER_RESOURCE: &[&str] = &[
    "by", "for", "from", "in", "of", "on", "to", "with", "get", "post", "put", "patch", "delete",
];

/// Where the names of a group's operations repeat the name of the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repetition {
    /// They do not.
    None,
    /// At the start: `customer_list`.
    Prefix,
    /// After the verb, in front of a resource: `list_core_v1_pod` in the group `core_v1`. The group is a namespace of
    /// resources rather than a resource.
    Namespace,
}

/// Returns the repetition of each group. Most names of a group must have it.
pub fn repetition(groups: &[(Words, Vec<&Operation>)]) -> Vec<Repetition> {
    let names: Vec<Vec<Words>> = groups
        .par_iter()
        .map(|(_, operations)| {
            operations
                .iter()
                .map(|operation| Words::of(&operation.name.text))
                .collect()
        })
        .collect();
    let most = |count: usize, of: usize| count > 0 && count * 3 >= of * 2;
    let counts: Vec<usize> = groups
        .iter()
        .zip(&names)
        .map(|((group, _), names)| namespaced(group, names))
        .collect();
    // A group with few operations follows the convention of the others.
    let is_convention = most(counts.iter().sum(), names.iter().map(Vec::len).sum());
    let decide = |group: &Words, names: &[Words], count: usize| {
        let prefixed = names.iter().filter(|name| name.without_prefix(group).is_some()).count();
        if most(prefixed, names.len()) {
            Repetition::Prefix
        } else if most(count, names.len()) && (count >= MIN_NAMES || is_convention) {
            Repetition::Namespace
        } else {
            Repetition::None
        }
    };
    let decided = groups.iter().zip(&names).zip(counts);
    decided
        .map(|(((group, _), names), count)| decide(group, names, count))
        .collect()
}

/// Returns the number of names that have the group as a namespace. Returns 0 if the group
/// is the resource, as in `get_pet` and `get_pet_by_id` of the group `pet`, or if all names start with the same word, because
/// that word is not a verb.
fn namespaced(group: &Words, names: &[Words]) -> usize {
    let rests: Vec<Words> = names.iter().filter_map(|name| name.without_namespace(group)).collect();
    let has_resource = |rest: &Words| {
        rest.word(1)
            .is_some_and(|word| !AFTER_RESOURCE.contains(&word) && !is_version(word))
    };
    let first = rests.first().and_then(|rest| rest.word(0));
    let has_verbs = rests.len() < MIN_NAMES || rests.iter().any(|rest| rest.word(0) != first);
    if has_verbs && rests.iter().all(has_resource) {
        rests.len()
    } else {
        0
    }
}

/// Returns the claim of an operation's method: its name without that of the group.
pub fn claim(operation: &Operation, group: &Words, repetition: Repetition) -> Claim {
    let with_variant = |words: Words| match &operation.variant {
        Some(variant) => words.followed_by("with").followed_by(&variant.words),
        None => words,
    };
    let words = |text: &str| Words::of(text).starting_with_letter("call");
    if let Some(name) = &operation.custom_name {
        return Claim::new(Rank::Explicit, key(operation), with_variant(words(name)));
    }
    let whole = words(&operation.name.text);
    let short = match &operation.name.rest {
        Some(rest) => Some(rest_words(rest, group)),
        None => {
            let stripped = || match repetition {
                Repetition::None => None,
                Repetition::Prefix => whole.without_prefix(group),
                Repetition::Namespace => whole.without_namespace(group),
            };
            after_group_part(&operation.name.text, group).or_else(stripped)
        }
    };
    let short = short.map(|short| short.starting_with_letter("call"));
    let best = short.unwrap_or_else(|| whole.clone());
    let claim = Claim::new(Rank::Document, key(operation), with_variant(best.clone()));
    let claim = distinguished(operation, group, &best)
        .into_iter()
        .fold(claim, |claim, words| claim.or(with_variant(words)));
    let by_id = match operation.id == operation.name.text {
        true => whole.clone(),
        false => words(&operation.id),
    };
    let by_method = by_id.prefixed_with(&operation.method.to_ascii_lowercase());
    [whole, by_id, by_method]
        .into_iter()
        .fold(claim, |claim, words| claim.or(with_variant(words)))
}

/// Returns the key of an operation's claim.
pub fn key(operation: &Operation) -> String {
    match &operation.variant {
        Some(variant) => format!("{} {}", operation.pointer, variant.media_type),
        None => operation.pointer.clone(),
    }
}

/// Returns the part of a name after the name of the group, such as `get` in `repos/get` or `compute.repos.get`.
fn after_group_part(name: &str, group: &Words) -> Option<Words> {
    let separators = name.match_indices(['/', '.', ':', '#', '_', '-']);
    let length = group.length();
    // Few parts of names are as long as the group, so few are split into words. Singular and plural differ by at most two letters.
    let may_be_group = |text: &str| {
        let is_plain = text.is_ascii() && text.starts_with(|c: char| c.is_ascii_alphanumeric());
        !is_plain || count_letters(text).abs_diff(length) <= 2
    };
    let is_group = |text: &str| {
        if !may_be_group(text) {
            return false;
        }
        let rest = Words::of(text).followed_by("x").without_prefix(group);
        !text.is_empty() && rest.is_some_and(|rest| rest.count() == 1)
    };
    let parts = separators.filter(|(at, _)| {
        let before = &name[..*at];
        is_group(before)
            || before
                .rsplit(['/', '.', ':', '#'])
                .next()
                .is_some_and(|part| part != before && is_group(part))
    });
    let rest = parts
        .map(|(at, _)| &name[at + 1..])
        .find(|rest| rest.contains(char::is_alphanumeric))?;
    Some(Words::of(rest))
}

/// Returns the words of a REST name in a group: the resource that the group is named after is left out.
fn rest_words(rest: &RestName, group: &Words) -> Words {
    let verb = Words::of(&rest.verb);
    if rest.nouns.is_empty() {
        return verb;
    }
    let nouns = Words::of(&rest.nouns.join(" "));
    // If the group consists of all nouns, `without_prefix` returns `None`. So a word is appended for the comparison.
    match nouns.followed_by("x").without_prefix(group) {
        Some(rest) => match rest.without_suffix(&Words::of("x")) {
            Some(rest) => verb.followed_by(&rest.spaced()),
            None => verb,
        },
        None => verb.followed_by(&nouns.spaced()),
    }
}

/// Returns longer names for an operation, in case another operation has the same shortened name: the name with a segment
/// of the path, with the parameter at the end of the path, or with the method. Returns none if the id was not shortened.
fn distinguished(operation: &Operation, group: &Words, name: &Words) -> Vec<Words> {
    match operation.name.rule {
        NameRule::FastApi
        | NameRule::PathPrefix
        | NameRule::PathStart
        | NameRule::Handler
        | NameRule::Module
        | NameRule::Endpoint
        | NameRule::Spring
        | NameRule::Controller => {}
        NameRule::Document | NameRule::Rest => return Vec::new(),
    }
    let steps = operation.path.rsplit('/').filter(|step| !step.is_empty());
    let segments = steps.clone().filter(|step| !step.contains('{')).filter_map(|step| {
        let words = Words::of(step).without_words(|word| name.has(word) || group.has(word) || is_version(word));
        words.map(|words| name.followed_by(&words.spaced()))
    });
    let last = steps.clone().next().filter(|step| step.starts_with('{'));
    let parameter = last.map(|last| name.followed_by("by").followed_by(&Words::of(last).spaced()));
    let method = operation.method.to_ascii_lowercase();
    let with_method = (!name.has(&method)).then(|| name.prefixed_with(&method));
    segments.chain(parameter).chain(with_method).collect()
}

/// Returns whether a word is a version, such as `v1`.
pub fn is_version(word: &str) -> bool {
    let digits = word.strip_prefix('v').unwrap_or_default();
    digits.starts_with(|c: char| c.is_ascii_digit())
}
