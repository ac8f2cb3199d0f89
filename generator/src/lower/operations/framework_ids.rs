//! Ids that server frameworks derive from the path and the method, or from the class and the method of the handler.

use rustc_hash::FxHashSet;

use crate::document::Operation;
use crate::ir::words;
use crate::lower::conventions::paths::{is_prefix, words_of_path};

/// Returns whether an id consists of the method and the words of the path.
pub(super) fn repeats_path(operation: &Operation, id: &str) -> bool {
    let method = operation.method.to_ascii_lowercase();
    let id = words(id);
    let rest = match id.as_slice() {
        [first, rest @ ..] if *first == method => rest,
        [rest @ .., last] if *last == method => rest,
        _ => return false,
    };
    let is_significant = |word: &&String| !matches!(word.as_str(), "by" | "with" | "and");
    let flat = |words: &[String]| -> String { words.iter().filter(is_significant).map(String::as_str).collect() };
    let path: Vec<String> = words_of_path(&operation.path)
        .iter()
        .flat_map(|word| words(word))
        .collect();
    let prefix_length = path.iter().take_while(|word| is_prefix(word)).count();
    let id = flat(rest);
    // HubSpot repeats the path: `get-/crm/objects_/crm/objects`.
    let repeats = |path: String| id == path || id.strip_prefix(path.as_str()) == Some(path.as_str());
    (0..=prefix_length).any(|skipped| repeats(flat(&path[skipped..])))
}

/// Removes the path and the method that FastAPI appends: `read_job_jobs__job_id__get` becomes `read_job`.
pub(super) fn without_fastapi_suffix(operation: &Operation, id: &str) -> Option<String> {
    let path: String = operation
        .path
        .chars()
        .map(|c| if c.is_alphanumeric() || c == '_' { c } else { '_' })
        .collect();
    let method = operation.method.to_ascii_lowercase();
    let exact = id.strip_suffix(&*format!("{path}_{method}"));
    if let Some(name) = exact
        .map(|name| name.trim_end_matches('_'))
        .filter(|name| !name.is_empty())
    {
        return Some(name.to_owned());
    }
    // Behind a proxy, the id has segments that the path lacks.
    let (id_words, mut end) = (words(id), words(&path));
    end.push(method);
    let kept = id_words
        .len()
        .checked_sub(end.len())
        .filter(|kept| *kept > 0 && end.len() > 2)?;
    (id_words[kept..] == end[..]).then(|| id_words[..kept].join("_"))
}

/// Removes the method and the path that HubSpot writes in front of a name: `post-/files/v3/files_upload` becomes `upload`.
pub(super) fn without_path_prefix(operation: &Operation, id: &str) -> Option<String> {
    let rest = id.get(operation.method.len()..)?;
    let is_method = id[..operation.method.len()].eq_ignore_ascii_case(&operation.method);
    let name = rest
        .strip_prefix('-')?
        .strip_prefix(operation.path.as_str())?
        .strip_prefix('_')?;
    (is_method && name.starts_with(|c: char| c.is_ascii_alphabetic())).then(|| name.to_owned())
}

/// Removes the suffixes of Spring: `listUsersUsingGET_1` becomes `listUsers`, and `getAll_2` becomes `getAll` if another
/// operation has that id.
pub(super) fn without_spring_suffix(id: &str, known: &FxHashSet<&str>) -> Option<String> {
    let unnumbered = id.trim_end_matches(|c: char| c.is_ascii_digit());
    let unnumbered = unnumbered.strip_suffix('_').filter(|_| unnumbered.len() < id.len());
    let base = unnumbered.unwrap_or(id);
    let methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];
    let using = methods
        .iter()
        .find_map(|method| base.strip_suffix(method)?.strip_suffix("Using"));
    match using.filter(|name| !name.is_empty()) {
        Some(name) => Some(name.to_owned()),
        None => unnumbered.filter(|name| known.contains(name)).map(str::to_owned),
    }
}

/// Removes the word `Controller` from the class that NestJS and .NET prepend: `UsersController_findAll` becomes
/// `Users_findAll`, whose prefix is removed in the group `users`.
pub(super) fn without_controller_prefix(id: &str) -> Option<String> {
    let (prefix, rest) = id.split_once(['_', '.', '/'])?;
    let class = prefix.strip_suffix("Controller").filter(|class| !class.is_empty())?;
    let versioned = rest.strip_suffix("_v1").unwrap_or(rest);
    (!versioned.is_empty()).then(|| format!("{class}_{versioned}"))
}

/// Returns whether ids consist of the path, with its parameters, and the name of the handler, as Litestar writes them.
/// This must hold for nine of ten ids, and one id must repeat a parameter or end with the summary, which a chosen name
/// rarely does.
pub(super) fn follow_paths<'d>(operations: impl Iterator<Item = (&'d Operation, &'d str)>) -> bool {
    let (mut all, mut following, mut is_certain) = (0_usize, 0_usize, false);
    for (operation, id) in operations {
        all += 1;
        if let Some(handler) = handler(operation, id) {
            following += 1;
            let summary = operation.summary.as_deref().unwrap_or_default();
            is_certain |= operation.path.contains('{') || words(summary).join("_") == handler;
        }
    }
    is_certain && is_convention(following, all)
}

/// Returns the name of the handler in an id such as `ItemsItemIdGetItem` for `GET /items/{item_id}`: `get_item`.
pub(super) fn handler(operation: &Operation, id: &str) -> Option<String> {
    let path: Vec<String> = operation
        .path
        .split(|c: char| !c.is_alphanumeric())
        .flat_map(words)
        .collect();
    let id = words(id);
    let rest = id.strip_prefix(path.as_slice())?;
    let method = operation.method.to_ascii_lowercase();
    (!path.is_empty() && !rest.is_empty() && rest != [method]).then(|| rest.join("_"))
}

/// Returns whether ids consist of the module and the name of a function, as django-ninja writes them. This must hold for nine
/// of ten ids, and most functions must have several words: a single word may need the resource in front of it.
pub(super) fn follow_modules<'d>(operations: impl Iterator<Item = (&'d Operation, &'d str)>) -> bool {
    let (mut all, mut following, mut several_words) = (0_usize, 0_usize, 0_usize);
    for (operation, id) in operations {
        all += 1;
        if let Some(function) = function(operation, id) {
            following += 1;
            several_words += usize::from(function.contains('_'));
        }
    }
    is_convention(following, all) && several_words * 3 >= all * 2
}

/// Returns the name of the function in an id such as `shop_api_list_items` with the summary `List Items`: `list_items`.
pub(super) fn function(operation: &Operation, id: &str) -> Option<String> {
    let summary = operation.summary.as_deref()?;
    let is_title = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let name = summary.to_lowercase().replace(' ', "_");
    let module = id.strip_suffix(name.as_str())?.strip_suffix('_')?;
    (!module.is_empty() && summary.split(' ').all(is_title)).then_some(name)
}

/// Returns whether so many ids of a document follow a convention that it is one: nine of ten, and at least three.
pub(super) fn is_convention(following: usize, all: usize) -> bool {
    following >= 3 && following * 10 >= all * 9
}

#[cfg(test)]
mod tests {
    use super::{without_controller_prefix, without_spring_suffix};

    #[test]
    fn suffixes_of_spring_are_removed() {
        let known = ["getAll", "getAll_1", "v2_1"].into_iter().collect();
        assert_eq!(
            without_spring_suffix("listUsersUsingGET", &known).as_deref(),
            Some("listUsers")
        );
        assert_eq!(
            without_spring_suffix("listUsersUsingGET_3", &known).as_deref(),
            Some("listUsers")
        );
        assert_eq!(without_spring_suffix("getAll_1", &known).as_deref(), Some("getAll"));
        assert_eq!(without_spring_suffix("v2_1", &known), None);
        assert_eq!(without_spring_suffix("getAll", &known), None);
    }

    #[test]
    fn controllers_are_removed() {
        assert_eq!(
            without_controller_prefix("UsersController_findAll").as_deref(),
            Some("Users_findAll")
        );
        assert_eq!(without_controller_prefix("UsersController"), None);
        assert_eq!(without_controller_prefix("Users_findAll"), None);
    }
}
