//! Names of generic types: frameworks write `Page<User>`, `Page«User»`, ``Page`1[[User]]`` and `Page_User_` for what
//! others call `PageOfUser`. All of them become `PageOfUser`.

use std::collections::HashSet;

/// Types that are arguments of generic types without being components.
const PRIMITIVES: &[&str] = &[
    "any", "bool", "boolean", "dict", "double", "float", "int", "int32", "int64", "integer", "list", "long", "map",
    "none", "number", "object", "set", "str", "string", "void",
];

/// The length of the longest name that is read, in bytes. Names with assemblies are long, but arguments are not nested
/// a thousand times.
const MAX_LENGTH: usize = 2_000;

/// The maximum number of attempts to divide a name at its underscores. The number of ways grows exponentially with the
/// number of underscores.
const MAX_STEPS: usize = 200;

/// Returns the words of a generic type, such as `Page of User`. `None` if the name is not generic.
pub(super) fn spelled_out(name: &str, components: &HashSet<&str>) -> Option<String> {
    if name.len() > MAX_LENGTH {
        return None;
    }
    let mut steps = MAX_STEPS;
    if let Some(plain) = without_annotation(name) {
        return underscored(&plain, components, &mut steps).or(Some(plain));
    }
    bracketed(name).or_else(|| underscored(name, components, &mut steps))
}

/// Removes the annotation of an argument: pydantic names the page of `Annotated[Union[A, B], Field(discriminator='kind')]`
/// `Page_Annotated_Union_A__B___FieldInfo_annotation_NoneType__required_True__discriminator__kind____`.
fn without_annotation(name: &str) -> Option<String> {
    let (before, annotated) = name.split_once("Annotated_")?;
    let (argument, _) = annotated.split_once("__FieldInfo_annotation_")?;
    Some(format!("{before}{argument}_"))
}

/// Reads `Page<User>`, `Map«string,User»` and ``Page`1[[Acme.User, Acme, Version=1.0.0.0]]``.
fn bracketed(name: &str) -> Option<String> {
    let open = name.find(['<', '«', '['])?;
    let close = name.rfind(['>', '»', ']'])?;
    let inner = name.get(open + name[open..].chars().next()?.len_utf8()..close)?;
    let base = name[..open].split('`').next()?.trim();
    let after = name[close..].trim_start_matches(['>', '»', ']']);
    let arguments: Vec<String> = arguments(inner).into_iter().map(argument).collect();
    let is_name = |text: &str| text.starts_with(|c: char| c.is_alphabetic());
    let is_generic = is_name(base) && !arguments.is_empty() && arguments.iter().all(|text| is_name(text));
    is_generic.then(|| format!("{} of {} {after}", last_part(base), arguments.join(" and ")))
}

/// Splits arguments at the commas outside brackets.
fn arguments(text: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '<' | '«' | '[' => depth += 1,
            '>' | '»' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
        .into_iter()
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// Returns the words of an argument. An argument in separate brackets also names its assembly.
fn argument(text: &str) -> String {
    let own = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    let text = match own {
        Some(qualified) => arguments(qualified).first().copied().unwrap_or_default(),
        None => text,
    };
    bracketed(text).unwrap_or_else(|| last_part(text).to_owned())
}

fn last_part(path: &str) -> &str {
    path.rsplit(['.', '+']).next().unwrap_or(path)
}

/// Reads `Page_User_`, whose arguments are components or primitive types.
fn underscored(name: &str, components: &HashSet<&str>, steps: &mut usize) -> Option<String> {
    let (name, after) = match name.rsplit_once("_-") {
        Some((generic, after)) => (format!("{generic}_"), after),
        None => (name.to_owned(), ""),
    };
    let (base, rest) = name.split_once('_')?;
    let inner = rest.strip_suffix('_')?;
    let arguments = underscored_arguments(inner, components, steps)?;
    let is_name = base.starts_with(|c: char| c.is_alphabetic());
    is_name.then(|| format!("{base} of {} {after}", arguments.join(" and ")))
}

fn underscored_arguments(text: &str, components: &HashSet<&str>, steps: &mut usize) -> Option<Vec<String>> {
    *steps = steps.checked_sub(1)?;
    let is_known = |text: &str| components.contains(text) || PRIMITIVES.contains(&text.to_ascii_lowercase().as_str());
    if is_known(text) {
        return Some(vec![text.to_owned()]);
    }
    if let Some(nested) = text
        .strip_suffix('_')
        .and_then(|_| underscored(text, components, steps))
    {
        return Some(vec![nested]);
    }
    let splits = text.match_indices('_').map(|(at, _)| (&text[..at], &text[at + 1..]));
    splits.filter(|(first, _)| is_known(first)).find_map(|(first, rest)| {
        // A comma with a space becomes two underscores.
        let rest = rest.strip_prefix('_').unwrap_or(rest);
        let rest = underscored_arguments(rest, components, steps)?;
        Some([vec![first.to_owned()], rest].concat())
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{MAX_LENGTH, spelled_out};
    use crate::plan::names::Words;

    #[test]
    fn reading_hostile_names_terminates() {
        let components = HashSet::from(["A", "A_A", "A_A_A"]);
        assert_eq!(spelled_out(&format!("Page_{}X_", "A_".repeat(500)), &components), None);
        assert_eq!(
            spelled_out(&format!("Page_{}{}", "A_".repeat(30), "_".repeat(30)), &components),
            None
        );
        let nested = |depth| "A<".repeat(depth) + "A" + &">".repeat(depth);
        assert!(spelled_out(&nested(600), &components).is_some());
        assert_eq!(spelled_out(&nested(MAX_LENGTH), &components), None);
    }

    #[test]
    fn generic_names_have_one_form() {
        let components = HashSet::from(["User", "Error", "Order_Item", "Page_User_", "Pet_Cat_"]);
        for (name, expected) in [
            ("Page_User_", "PageOfUser"),
            ("Page_User_-Input", "PageOfUserInput"),
            ("Page_Order_Item_", "PageOfOrderItem"),
            ("Result_List_User__", "ResultOfListOfUser"),
            ("Either_User_Error_", "EitherOfUserAndError"),
            ("Either_User__Error_", "EitherOfUserAndError"),
            (
                "Page_Annotated_Union_User__Error___FieldInfo_annotation_NoneType__required_True__discriminator__kind____",
                "PageOfUnionOfUserAndError",
            ),
            (
                "Page_Annotated_Union_Cat__Dog___FieldInfo_annotation_NoneType__required_True__discriminator__kind____",
                "PageUnionCatDog",
            ),
            ("ApiResponse«User»", "ApiResponseOfUser"),
            ("Map«string,List«User»»", "MapOfStringAndListOfUser"),
            ("Page<User>", "PageOfUser"),
            ("Page[User]", "PageOfUser"),
            ("a.b.Page<a.b.User>", "PageOfUser"),
            (
                "Acme.Paged`1[[Acme.Models.User, Acme, Version=1.0.0.0, Culture=neutral, PublicKeyToken=null]]",
                "PagedOfUser",
            ),
        ] {
            let words = spelled_out(name, &components).unwrap_or_else(|| panic!("{name} is not generic"));
            assert_eq!(Words::of(&words).pascal(), expected);
        }
        for name in [
            "User",
            "PageOfUser",
            "Order_Item",
            "Pet_Cat",
            "Pet_Cat_",
            "User_",
            "_User_",
            "Page<",
            "<User>",
            "a[]",
            "[[]]",
            "»«",
            "Page<1>",
        ] {
            assert_eq!(spelled_out(name, &components), None, "{name}");
        }
    }
}
