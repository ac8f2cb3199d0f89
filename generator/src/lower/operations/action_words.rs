//! Words of paths that name an action rather than a resource.
//!
//! Many English words are both verbs and nouns. The lists contain the words that occur most often in the paths of public APIs.

use crate::ir::words;

/// Returns whether a path segment names an action, such as `login`, `search` or `reset-password`.
pub(super) fn is_action(segment: &str) -> bool {
    let words = words(segment);
    match words.as_slice() {
        [] => false,
        [word] => VERBS.contains(&word.as_str()) || VERBS_AND_NOUNS.contains(&word.as_str()),
        [verb, ..] => VERBS.contains(&verb.as_str()),
    }
}

/// Returns whether a path segment names a resource of which an item has one, such as `avatar` or `billing-address`.
pub(super) fn is_resource(segment: &str) -> bool {
    let words = words(segment);
    !is_action(segment) && words.last().is_some_and(|word| NOUNS.contains(&word.as_str()))
}

/// Words that are verbs.
const VERBS: &[&str] = &[
    "accept",
    "activate",
    "add",
    "analyze",
    "apply",
    "approve",
    "archive",
    "assign",
    "attach",
    "authenticate",
    "authorize",
    "calculate",
    "cancel",
    "capture",
    "change",
    "compute",
    "configure",
    "confirm",
    "connect",
    "convert",
    "create",
    "deactivate",
    "decline",
    "decode",
    "decrypt",
    "delete",
    "deploy",
    "detach",
    "detect",
    "disable",
    "disconnect",
    "edit",
    "enable",
    "encode",
    "encrypt",
    "evaluate",
    "execute",
    "extract",
    "fetch",
    "find",
    "forgot",
    "generate",
    "get",
    "insert",
    "install",
    "invite",
    "join",
    "merge",
    "modify",
    "notify",
    "parse",
    "publish",
    "reactivate",
    "recover",
    "redeem",
    "refresh",
    "register",
    "reject",
    "remove",
    "rename",
    "render",
    "renew",
    "replace",
    "resend",
    "reset",
    "resolve",
    "restart",
    "restore",
    "resume",
    "retry",
    "revoke",
    "send",
    "simulate",
    "start",
    "stop",
    "submit",
    "subscribe",
    "summarize",
    "suspend",
    "synchronize",
    "terminate",
    "transcribe",
    "translate",
    "unlock",
    "unregister",
    "unsubscribe",
    "update",
    "upgrade",
    "upsert",
    "validate",
    "verify",
    "withdraw",
];

/// Words that are an action if they are a whole segment. Before another word they are nouns, as in `import-job`.
const VERBS_AND_NOUNS: &[&str] = &[
    "check", "checkout", "copy", "count", "download", "export", "import", "login", "logout", "lookup", "ping",
    "preview", "query", "run", "scan", "search", "signin", "signout", "signup", "sync", "upload",
];

/// Words of resources that paths replace or create below an item.
const NOUNS: &[&str] = &[
    "account",
    "address",
    "assignee",
    "attachment",
    "avatar",
    "banner",
    "comment",
    "config",
    "configuration",
    "content",
    "data",
    "description",
    "document",
    "favicon",
    "file",
    "icon",
    "image",
    "invoice",
    "logo",
    "member",
    "membership",
    "message",
    "metadata",
    "name",
    "note",
    "owner",
    "parent",
    "password",
    "photo",
    "picture",
    "policy",
    "price",
    "profile",
    "rating",
    "role",
    "spec",
    "state",
    "status",
    "subscription",
    "text",
    "thumbnail",
    "token",
    "transaction",
    "user",
    "username",
    "value",
    "version",
    "visibility",
    "webhook",
];

#[cfg(test)]
mod tests {
    use super::{is_action, is_resource};

    #[test]
    fn compound_words_start_with_a_verb() {
        assert!(
            ["login", "reset-password", "verifyEmail", "import", "refresh_token"]
                .iter()
                .all(|word| is_action(word))
        );
        assert!(
            !["import-job", "search_index", "session", ""]
                .iter()
                .any(|word| is_action(word))
        );
        assert!(
            ["avatar", "billing-address", "access_token"]
                .iter()
                .all(|word| is_resource(word))
        );
        assert!(
            !["refresh-token", "send-message", "capture"]
                .iter()
                .any(|word| is_resource(word))
        );
    }
}
