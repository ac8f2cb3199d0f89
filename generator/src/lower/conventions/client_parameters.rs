//! Words in the names of parameters that show whether one value can serve all calls.

/// Names of parameters that are about a single call, in lower case and without punctuation.
const CALL_SPECIFIC_NAMES: &[&str] = &[
    "accept",
    "acceptencoding",
    "callback",
    "contentlength",
    "contentmd5",
    "contenttype",
    "cookie",
    "date",
    "etag",
    "expand",
    "fields",
    "filter",
    "filters",
    "from",
    "host",
    "ifmatch",
    "ifmodifiedsince",
    "ifnonematch",
    "ifunmodifiedsince",
    "include",
    "limit",
    "offset",
    "orderby",
    "page",
    "pagenumber",
    "pagesize",
    "perpage",
    "prefer",
    "q",
    "query",
    "range",
    "search",
    "skip",
    "sort",
    "text",
    "to",
    "traceparent",
    "tracestate",
    "url",
];

/// Words of parameters that are about a single call.
const CALL_SPECIFIC_WORDS: &[&str] = &[
    "idempotency",
    "correlation",
    "trace",
    "request",
    "nonce",
    "timestamp",
    "signature",
];

/// Words for owners. A parameter that names one, such as `tenant` or `organizationId`, belongs to the caller, not to
/// the resource of a call.
const OWNERS: &[&str] = &[
    "account",
    "api",
    "app",
    "application",
    "client",
    "company",
    "consumer",
    "environment",
    "merchant",
    "org",
    "organisation",
    "organization",
    "partner",
    "portal",
    "project",
    "region",
    "shop",
    "site",
    "store",
    "subscription",
    "team",
    "tenant",
    "workspace",
];

/// Returns the lowercase words of a name: `xi`, `api` and `key` for `xi-api-key` and `xiApiKey`.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut was_lower = false;
    for letter in name.chars() {
        if !letter.is_alphanumeric() {
            words.push(String::new());
        } else {
            if letter.is_uppercase() && was_lower || words.is_empty() {
                words.push(String::new());
            }
            if let Some(last) = words.last_mut() {
                last.extend(letter.to_lowercase());
            }
        }
        was_lower = letter.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

fn has_word(name: &str, list: &[&str]) -> bool {
    words(name).iter().any(|word| list.contains(&word.as_str()))
}

/// Returns whether a parameter is about a single call, such as a filter or an idempotency key.
pub(in crate::lower) fn is_call_specific(name: &str) -> bool {
    let words = words(name);
    let bare = match words.first().map(String::as_str) {
        Some("x") => &words[1..],
        _ => &words[..],
    };
    CALL_SPECIFIC_NAMES.contains(&bare.concat().as_str()) || has_word(name, CALL_SPECIFIC_WORDS)
}

/// Returns whether a parameter in the query selects the resource of a call, such as `id` or `userId`.
pub(in crate::lower) fn selects_resource(name: &str) -> bool {
    let words = words(name);
    let joined = name.to_lowercase();
    let identifies = [
        "id", "ids", "uuid", "guid", "name", "slug", "number", "code", "hash", "address", "symbol",
    ];
    let last = words.last().map(String::as_str).unwrap_or_default();
    let is_id = identifies.contains(&last) || joined.ends_with("id");
    is_id && (!has_word(name, OWNERS) && !OWNERS.iter().any(|owner| joined == format!("{owner}id")))
}

/// Returns whether a header can be a parameter of the client even if it is optional: a key, a version or an owner.
pub(in crate::lower) fn may_be_optional(name: &str) -> bool {
    !is_call_specific(name) && (has_word(name, &["key", "token", "version"]) || has_word(name, OWNERS))
}

#[cfg(test)]
mod tests {
    use super::{is_call_specific, may_be_optional, selects_resource};

    #[test]
    fn ids_of_owners_are_not_ids_of_resources() {
        for name in ["id", "userId", "user_id", "petid", "name", "zipCode"] {
            assert!(selects_resource(name), "{name}");
        }
        for name in [
            "api-version",
            "organizationId",
            "app_id",
            "tenantid",
            "appId",
            "version",
            "locale",
        ] {
            assert!(!selects_resource(name), "{name}");
        }
    }

    #[test]
    fn keys_of_a_call_are_not_those_of_the_client() {
        for name in [
            "Idempotency-Key",
            "X-Request-Id",
            "If-Match",
            "page",
            "X-Correlation-ID",
        ] {
            assert!(is_call_specific(name) && !may_be_optional(name), "{name}");
        }
        assert!(may_be_optional("xi-api-key") && may_be_optional("Notion-Version") && !may_be_optional("debug"));
    }
}
