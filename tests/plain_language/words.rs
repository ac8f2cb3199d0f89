//! Phrases that readers do not expect, with their replacement.

/// A phrase and its replacement. Words of the phrase are separated by spaces and alternatives by `|`. `*` matches any word, and `!a|b`
/// any word but these.
pub type Pattern = (&'static str, &'static str);

/// A text in which the phrases are allowed.
pub struct Exception {
    /// The start of the path.
    pub path: &'static str,
    /// A part of the text.
    pub text: &'static str,
    /// Why the phrase is allowed.
    #[expect(dead_code, reason = "documents the exception")]
    pub reason: &'static str,
}

/// The phrases that are reported.
pub const PATTERNS: &[Pattern] = &[
    ("tell|tells|told|telling apart", "`distinguish`"),
    ("tell|tells|told|telling * apart", "`distinguish`"),
    ("tell|tells|told|telling", "`report`, `return whether` or `log`"),
    ("says|said", "`states`, `contains` or `reports`"),
    ("gives|gave", "`returns` or `passes`"),
    ("is|are|was|were given", "`is passed` or `is set`"),
    ("mend|mends|mended|mending", "`fix`"),
    (
        "stand|stands|stood|standing in|beside|for|alone|there|around",
        "`is in`, `is next to` or `represents`",
    ),
    ("!there is|are none", "`is not` or `is None`"),
    (
        "!there|theres|it is no !longer|more|limit|need|effect|op|one|later|fewer|less|such|other",
        "`is not a`",
    ),
    ("of one's own|ones own", "`custom`"),
    ("of a caller's own", "`custom`"),
    ("anew", "`again` or `regenerated`"),
    ("lay|lays|laid|laying over", "`apply to`"),
    ("lay|lays|laid|laying * over", "`apply to`"),
    ("but for", "`except`"),
    ("save for", "`except`"),
    (
        "lead|leads|led nowhere|around|back",
        "`points to` or `is part of a cycle`",
    ),
    ("goes|go|went|going out", "`is sent`"),
    ("sent as it is", "`sent unchanged`"),
    ("sent as they are", "`sent unchanged`"),
    ("came|comes|come of", "`results`"),
    ("from now on", "nothing"),
    ("of|by now", "nothing"),
    ("so it is but", "`this` or `it only`"),
    ("speak|speaks|spoke|speaking to", "`connects to`"),
    ("trouble|troubles", "`failure class` or `error`"),
    ("flaw|flaws|flawed", "`error` or `problem`"),
    ("fault|faults", "`error` or `failure`"),
    ("the|a|each walk", "`pagination`, `page stream` or `traversal`"),
    ("vacant", "`empty` or `default`"),
    ("answer|answers|answered|answering", "`response` or `responds`"),
    ("the house", "nothing"),
    ("parted", "`split` or `separated`"),
    ("be had", "`be obtained`"),
    ("as it|they came|comes|come", "`unchanged` or `while it arrives`"),
    ("where it|one is unset", "`if unset`"),
    ("where there is|are one|none|any", "`if present` or `if absent`"),
    ("unasked", "`without permission`"),
    ("whatever became", "`the result`"),
    ("what becomes|became of", "`what happens to` or `the result of`"),
    ("whatever", "`regardless of`"),
    ("this machine", "`localhost` or `the local machine`"),
    ("of its|their own", "`separate` or `custom`"),
    ("lead|leads|leading to", "`points to`, `calls` or `results in`"),
    ("inside|outside of", "`inside` or `outside`"),
    ("wins", "`takes precedence` or `is used`"),
    ("behaviour|behaviours", "`behavior`"),
    ("colour|colours|coloured", "`color`"),
    ("licence|licences|licenced", "`license`"),
    ("catalogue|catalogues", "`catalog` or `list`"),
    ("recognise|recognises|recognised", "`recognize`"),
    ("optimise|optimises|optimised|optimisation", "`optimize`"),
    ("misspelt", "`misspelled`"),
];

/// Texts that contain a phrase for a good reason.
pub const EXCEPTIONS: &[Exception] = &[
    Exception {
        path: "tests/plain_language/",
        text: "",
        reason: "this test lists the phrases",
    },
    Exception {
        path: "spec/glean-activity.yaml",
        text: "nswer",
        reason: "the API is about the answers of an assistant",
    },
    Exception {
        path: "generated/glean-activity/",
        text: "ANSWERS",
        reason: "a value of the API",
    },
    Exception {
        path: "spec/glean-activity.yaml",
        text: "ANSWERS",
        reason: "a value of the API",
    },
    Exception {
        path: "generated/glean-activity/",
        text: "nswer",
        reason: "the API is about the answers of an assistant",
    },
    Exception {
        path: "generator/src/plan/names/reserved.rs",
        text: "",
        reason: "a list of names that generated code uses",
    },
];

/// Returns the phrases in a text, each with its replacement. Code spans are ignored.
pub fn find(text: &str, patterns: &[Pattern]) -> Vec<(String, &'static str)> {
    let text: String = text
        .split('`')
        .enumerate()
        .map(|(index, part)| if index % 2 == 0 { part } else { " code " })
        .collect();
    let words: Vec<&str> = text
        .split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '\'' || c == '’'))
        .filter(|word| !word.is_empty())
        .collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let hit = patterns.iter().find(|(phrase, _)| matches(phrase, &words[at..]));
        match hit {
            Some((phrase, plain)) => {
                let length = phrase.split(' ').count();
                let skipped = usize::from(phrase.starts_with('!'));
                found.push((words[at + skipped..at + length].join(" "), *plain));
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// Returns whether a phrase matches the start of some words.
fn matches(phrase: &str, words: &[&str]) -> bool {
    let mut words = words.iter();
    phrase.split(' ').all(|alternatives| {
        let Some(word) = words.next() else { return false };
        let word = word.to_lowercase();
        match alternatives.strip_prefix('!') {
            Some(excluded) => !excluded.split('|').any(|one| one == word),
            None => alternatives == "*" || alternatives.split('|').any(|one| one == word),
        }
    })
}
