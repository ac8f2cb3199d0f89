//! The words of a name, before its case is chosen.

mod shortening;

use crate::ir::{singular, words};

use super::symbols::SYMBOLS;

/// The words of a name. They are ASCII, in lower case and not empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Words(Vec<String>);

/// Words that would be split by their case.
const UNSPLIT_WORDS: &[(&str, &str)] = &[
    ("OAuth", "Oauth"),
    ("oAuth", "Oauth"),
    ("QoS", "Qos"),
    ("IoT", "Iot"),
    ("SaaS", "Saas"),
    ("PaaS", "Paas"),
    ("IaaS", "Iaas"),
    ("DDoS", "Ddos"),
    ("VoIP", "Voip"),
    ("VoLTE", "Volte"),
    ("DevOps", "Devops"),
    ("NoSQL", "Nosql"),
    ("PostgreSQL", "Postgresql"),
    ("MongoDB", "Mongodb"),
    ("DynamoDB", "Dynamodb"),
    ("CosmosDB", "Cosmosdb"),
    ("YouTube", "Youtube"),
    ("LinkedIn", "Linkedin"),
    ("WhatsApp", "Whatsapp"),
    ("TikTok", "Tiktok"),
    ("JavaScript", "Javascript"),
    ("TypeScript", "Typescript"),
    ("WebSocket", "Websocket"),
    ("WebAuthn", "Webauthn"),
    ("I/O", "Io"),
    ("OpenID", "Openid"),
    ("GraphQL", "Graphql"),
    ("GitHub", "Github"),
    ("GitLab", "Gitlab"),
    ("IPv4", "Ipv4"),
    ("IPv6", "Ipv6"),
    ("MySQL", "Mysql"),
    ("PayPal", "Paypal"),
    ("iOS", "Ios"),
    ("macOS", "Macos"),
];

/// Returns the set of the characters of an ASCII text, as bits.
fn characters_of(text: &str) -> u128 {
    text.bytes().fold(0, |set, byte| set | 1 << (byte & 0x7f))
}

impl Words {
    /// Splits a text into words. Symbols separate words. A text of symbols only is spelled out.
    pub fn of(text: &str) -> Self {
        let plain = Self::split(&spell_sign(text));
        if plain.0.is_empty() { Self::spelled(text) } else { plain }
    }

    /// Splits a text into words with its symbols spelled out, so that `c` and `c++` differ.
    pub fn spelled(text: &str) -> Self {
        if text.is_empty() {
            return Self(vec!["empty".to_owned()]);
        }
        let mut spelled = String::with_capacity(text.len() + 16);
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if c.is_ascii_alphanumeric() {
                spelled.push(c);
                rest = &rest[1..];
            } else if let Some((symbol, words)) = SYMBOLS.iter().find(|(symbol, _)| rest.starts_with(symbol)) {
                spelled.push(' ');
                spelled.push_str(words);
                spelled.push(' ');
                rest = &rest[symbol.len()..];
            } else {
                spelled.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
        let words = Self::split(&spelled);
        if words.0.is_empty() {
            Self(vec!["unnamed".to_owned()])
        } else {
            words
        }
    }

    fn split(text: &str) -> Self {
        // Most names are in lower case, so that only symbols separate their words.
        if text
            .bytes()
            .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase() && byte != b'\'')
        {
            let words = text.split(|c: char| !c.is_ascii_alphanumeric());
            return Self(words.filter(|word| !word.is_empty()).map(str::to_owned).collect());
        }
        let ascii = if text.is_ascii() {
            text.to_owned()
        } else {
            deunicode::deunicode(text)
        };
        let mut marked = ascii.replace('\'', "");
        let mut characters = characters_of(&marked);
        for (word, whole) in UNSPLIT_WORDS {
            // Few names have all characters of the word, so few are searched.
            if characters_of(word) & !characters == 0 && marked.contains(word) {
                marked = marked.replace(word, whole);
                characters |= characters_of(whole);
            }
        }
        Self(words(&separate_versions(&plural_acronyms(&marked))))
    }

    /// Returns these words followed by others.
    #[must_use]
    pub fn followed_by(&self, more: &str) -> Self {
        let mut words = self.0.clone();
        words.extend(more.split_whitespace().map(str::to_owned));
        Self(words)
    }

    /// Returns these words followed by another, unless they end with it.
    #[must_use]
    pub fn ending_with(&self, last: &str) -> Self {
        if self.0.last().is_some_and(|word| word == last) {
            self.clone()
        } else {
            self.followed_by(last)
        }
    }

    /// Returns these words preceded by others.
    #[must_use]
    pub fn prefixed_with(&self, first: &str) -> Self {
        let mut words: Vec<String> = first.split_whitespace().map(str::to_owned).collect();
        words.extend(self.0.iter().cloned());
        Self(words)
    }

    /// Returns these words followed by another's. Words at the end of the one and the start of the other are not
    /// repeated.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        let longest = self.0.len().min(other.0.len());
        let overlap = (1..=longest)
            .rev()
            .find(|n| self.0[self.0.len() - n..] == other.0[..*n])
            .unwrap_or(0);
        let mut words = self.0.clone();
        words.extend_from_slice(&other.0[overlap..]);
        Self(words)
    }

    /// Prepends a word if the name would start with a digit.
    #[must_use]
    pub fn starting_with_letter(self, word: &str) -> Self {
        let digit = self
            .0
            .first()
            .is_some_and(|first| first.starts_with(|c: char| c.is_ascii_digit()));
        if digit { self.prefixed_with(word) } else { self }
    }

    /// Returns these words without those of a prefix. `None` if they do not start with it or nothing is left. Singular and
    /// plural of the last word of the prefix count as equal.
    pub fn without_prefix(&self, prefix: &Self) -> Option<Self> {
        let length = prefix.0.len();
        let (start, rest) = self.0.split_at_checked(length).filter(|(_, rest)| !rest.is_empty())?;
        let (last, others) = prefix.0.split_last()?;
        let matches = start[..length - 1] == *others && singular(&start[length - 1]) == singular(last);
        matches.then(|| Self(rest.to_vec()))
    }

    /// Returns these words without those of a namespace after the first word, such as `list pod` for `list core v1 pod`. `None`
    /// if they do not follow the first word or nothing is left.
    pub fn without_namespace(&self, namespace: &Self) -> Option<Self> {
        let (verb, rest) = self.0.split_first()?;
        let rest = rest
            .strip_prefix(namespace.0.as_slice())
            .filter(|rest| !rest.is_empty())?;
        let words = std::iter::once(verb).chain(rest).cloned();
        (!namespace.0.is_empty()).then(|| Self(words.collect()))
    }

    /// Returns whether a word is one of these. Singular and plural count as equal.
    pub fn has(&self, word: &str) -> bool {
        self.0.iter().any(|other| singular(other) == singular(word))
    }

    /// Returns these words without those that match. `None` if nothing is left.
    pub fn without_words(self, matches: impl Fn(&str) -> bool) -> Option<Self> {
        let words: Vec<String> = self.0.into_iter().filter(|word| !matches(word)).collect();
        (!words.is_empty()).then_some(Self(words))
    }

    /// Returns these words without those of a suffix. `None` if they do not end with it or nothing is left.
    pub fn without_suffix(&self, suffix: &Self) -> Option<Self> {
        let rest = self
            .0
            .strip_suffix(suffix.0.as_slice())
            .filter(|rest| !rest.is_empty())?;
        (!suffix.0.is_empty()).then(|| Self(rest.to_vec()))
    }

    /// Returns the words that all of several names start with. Leaves at least one word of each.
    pub fn common_prefix<'w>(names: impl IntoIterator<Item = &'w Self>) -> Option<Self> {
        let mut names = names.into_iter();
        let first = names.next()?;
        let mut length = first.0.len() - 1;
        for name in names {
            let same = first.0.iter().zip(&name.0).take_while(|(one, other)| one == other);
            length = same.count().min(length).min(name.0.len() - 1);
        }
        (length > 0).then(|| Self(first.0[..length].to_vec()))
    }

    /// Returns the word at a position.
    pub fn word(&self, index: usize) -> Option<&str> {
        self.0.get(index).map(String::as_str)
    }

    /// Returns the number of words.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Spells the first word if it is a single digit, such as in `1-Clicks`.
    #[must_use]
    pub fn spelling_first_digit(mut self) -> Self {
        const DIGITS: [&str; 10] = [
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
        ];
        let digit = self.0.first().and_then(|first| first.parse::<usize>().ok());
        if let (true, Some(word)) = (self.0.len() > 1, digit.and_then(|digit| DIGITS.get(digit))) {
            self.0[0] = (*word).to_owned();
        }
        self
    }

    /// Returns the words in `snake_case`.
    pub fn snake(&self) -> String {
        self.0.join("_")
    }

    /// Returns the words in `UpperCamelCase`.
    pub fn pascal(&self) -> String {
        let mut name = String::with_capacity(self.0.iter().map(String::len).sum());
        for word in &self.0 {
            let start = name.len();
            name.push_str(word);
            if let Some(first) = name.get_mut(start..start + 1) {
                first.make_ascii_uppercase();
            }
        }
        name
    }

    /// Returns the words in `SHOUTY_SNAKE_CASE`.
    pub fn shouty(&self) -> String {
        self.0.join("_").to_ascii_uppercase()
    }

    /// Returns the words in `lower case with spaces`.
    pub fn spaced(&self) -> String {
        self.0.join(" ")
    }
}

/// Spells the sign of a number, so that `+1` and `-1` differ.
fn spell_sign(text: &str) -> std::borrow::Cow<'_, str> {
    let sign = match text.as_bytes() {
        [b'+', digit, ..] if digit.is_ascii_digit() => "plus ",
        [b'-', digit, ..] if digit.is_ascii_digit() => "minus ",
        _ => return text.into(),
    };
    format!("{sign}{}", &text[1..]).into()
}

/// Writes `AppsV1API` as `AppsV1 API`, because a version is a word.
fn separate_versions(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    let mut is_version = false;
    let (mut before, mut last) = (' ', ' ');
    for c in text.chars() {
        // In `TV1`, the letter is a part of an acronym.
        let starts = last == 'V' && c.is_ascii_digit() && !before.is_ascii_uppercase();
        if is_version && c.is_ascii_uppercase() {
            out.push(' ');
        }
        is_version = starts || is_version && c.is_ascii_digit();
        out.push(c);
        (before, last) = (last, c);
    }
    out
}

/// Writes `userIDs` as `userIds`, because the plural of an acronym is one word.
fn plural_acronyms(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = text.to_owned().into_bytes();
    let mut start = 0;
    for (index, byte) in bytes.iter().enumerate() {
        if byte.is_ascii_uppercase() {
            continue;
        }
        let ends = !bytes.get(index + 1).is_some_and(u8::is_ascii_lowercase);
        if *byte == b's' && ends && index >= start + 2 {
            out[start + 1..index].make_ascii_lowercase();
        }
        start = index + 1;
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}
