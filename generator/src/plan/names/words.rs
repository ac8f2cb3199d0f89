//! The words of a name, before its case is chosen.

mod shortening;
mod unsplit;

use crate::ir::{each_word, singular};

use super::symbols::SYMBOLS;

/// The words of a name, separated by one space each. They are ASCII, in lower case and not empty.
///
/// One text is faster than a list of texts, because most operations copy the words.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Words(String);

impl Words {
    /// Splits a text into words. Symbols separate words. A text of symbols only is spelled out.
    pub fn of(text: &str) -> Self {
        let plain = Self::split(&spell_sign(text));
        if plain.0.is_empty() { Self::spelled(text) } else { plain }
    }

    /// Returns the words of [`Self::spelled`], unless the text consists of a letter and then letters and digits, because these words are
    /// those of [`Self::of`].
    pub fn spelled_otherwise(text: &str) -> Option<Self> {
        let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        (!is_plain).then(|| Self::spelled(text))
    }

    /// Splits a text into words with its symbols spelled out, so that `c` and `c++` differ.
    pub fn spelled(text: &str) -> Self {
        if text.is_empty() {
            return Self("empty".to_owned());
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
            Self("unnamed".to_owned())
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
            return Self::joined(text.split(|c: char| !c.is_ascii_alphanumeric()));
        }
        let mut marked = if text.is_ascii() {
            text.to_owned()
        } else {
            deunicode::deunicode(text)
        };
        if marked.contains('\'') {
            marked = marked.replace('\'', "");
        }
        let marked = unsplit::marked(marked);
        let mut split = Self(String::with_capacity(marked.len() + 8));
        let separated = separate_versions(separate_numbers(plural_acronyms(marked)));
        each_word(&separated, |word| {
            split.push(word);
            let start = split.0.len() - word.len();
            split.0[start..].make_ascii_lowercase();
        });
        split
    }

    /// Returns words, except empty ones.
    fn joined<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let mut joined = Self(String::new());
        words.into_iter().for_each(|word| joined.push(word));
        joined
    }

    /// Appends a word, unless it is empty.
    fn push(&mut self, word: &str) {
        if !self.0.is_empty() && !word.is_empty() {
            self.0.push(' ');
        }
        self.0.push_str(word);
    }

    /// Returns each word.
    fn iter(&self) -> impl DoubleEndedIterator<Item = &str> + Clone {
        self.0.split(' ').filter(|word| !word.is_empty())
    }

    /// Returns the last word, and the text of those before it.
    fn split_last(&self) -> (&str, &str) {
        self.0.rsplit_once(' ').unwrap_or(("", &self.0))
    }

    /// Returns the text after the first words, if the text starts with them.
    fn after<'t>(text: &'t str, first: &str) -> Option<&'t str> {
        if first.is_empty() {
            return Some(text);
        }
        match text.strip_prefix(first)? {
            "" => Some(""),
            rest => rest.strip_prefix(' '),
        }
    }

    /// Returns these words followed by others.
    #[must_use]
    pub fn followed_by(&self, more: &str) -> Self {
        let mut words = Self(String::with_capacity(self.0.len() + 1 + more.len()));
        words.push(&self.0);
        more.split_whitespace().for_each(|word| words.push(word));
        words
    }

    /// Returns these words followed by another, unless they end with it.
    #[must_use]
    pub fn ending_with(&self, last: &str) -> Self {
        if self.split_last().1 == last {
            self.clone()
        } else {
            self.followed_by(last)
        }
    }

    /// Returns these words preceded by others.
    #[must_use]
    pub fn prefixed_with(&self, first: &str) -> Self {
        let mut words = Self(String::with_capacity(first.len() + 1 + self.0.len()));
        first.split_whitespace().for_each(|word| words.push(word));
        words.push(&self.0);
        words
    }

    /// Returns these words followed by another's. Words at the end of the one and the start of the other are not
    /// repeated.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        let starts = std::iter::once(0).chain(self.0.match_indices(' ').map(|(at, _)| at + 1));
        let ends = starts.map(|start| &self.0[start..]).filter(|end| !end.is_empty());
        let rest = ends.into_iter().find_map(|end| Self::after(&other.0, end));
        let mut words = self.clone();
        words.push(rest.unwrap_or(&other.0));
        words
    }

    /// Prepends a word if the name would start with a digit.
    #[must_use]
    pub fn starting_with_letter(self, word: &str) -> Self {
        let digit = self.0.starts_with(|c: char| c.is_ascii_digit());
        if digit { self.prefixed_with(word) } else { self }
    }

    /// Returns these words without those of a prefix. `None` if they do not start with it or nothing is left. Singular and
    /// plural of the last word of the prefix count as equal.
    pub fn without_prefix(&self, prefix: &Self) -> Option<Self> {
        let (others, last) = prefix.split_last();
        let (word, rest) = Self::after(&self.0, others)?.split_once(' ')?;
        is_same_noun(word, last).then(|| Self(rest.to_owned()))
    }

    /// Returns these words without those of a namespace after the first word, such as `list pod` for `list core v1 pod`. `None`
    /// if they do not follow the first word or nothing is left.
    pub fn without_namespace(&self, namespace: &Self) -> Option<Self> {
        let (verb, rest) = self.0.split_once(' ')?;
        let rest = Self::after(rest, &namespace.0).filter(|rest| !rest.is_empty())?;
        (!namespace.0.is_empty()).then(|| Self::joined([verb, rest]))
    }

    /// Returns whether a word is one of these. Singular and plural count as equal.
    pub fn has(&self, word: &str) -> bool {
        self.iter().any(|other| is_same_noun(other, word))
    }

    /// Returns these words without those that match. `None` if nothing is left.
    pub fn without_words(self, matches: impl Fn(&str) -> bool) -> Option<Self> {
        let words = Self::joined(self.iter().filter(|word| !matches(word)));
        (!words.0.is_empty()).then_some(words)
    }

    /// Returns these words without those of a suffix. `None` if they do not end with it or nothing is left.
    pub fn without_suffix(&self, suffix: &Self) -> Option<Self> {
        let rest = self.0.strip_suffix(&suffix.0)?.strip_suffix(' ')?;
        Some(Self(rest.to_owned()))
    }

    /// Returns the words that all of several names start with. Leaves at least one word of each.
    pub fn common_prefix<'w>(names: impl IntoIterator<Item = &'w Self>) -> Option<Self> {
        let mut names = names.into_iter();
        let first = names.next()?;
        let mut length = first.count().saturating_sub(1);
        for name in names {
            let same = first.iter().zip(name.iter()).take_while(|(one, other)| one == other);
            length = same.count().min(length).min(name.count().saturating_sub(1));
        }
        (length > 0).then(|| first.first(length))
    }

    /// Returns the word at a position.
    pub fn word(&self, index: usize) -> Option<&str> {
        self.iter().nth(index)
    }

    /// Returns the number of letters and digits.
    pub fn length(&self) -> usize {
        count_letters(&self.0)
    }

    /// Returns the number of words.
    pub fn count(&self) -> usize {
        self.iter().count()
    }

    /// Spells the first word if it is a single digit, such as in `1-Clicks`.
    #[must_use]
    pub fn spelling_first_digit(self) -> Self {
        const DIGITS: [&str; 10] = [
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
        ];
        let spelled = self.0.split_once(' ').and_then(|(first, rest)| {
            let digit = first.parse::<usize>().ok()?;
            Some(Self::joined([*DIGITS.get(digit)?, rest]))
        });
        spelled.unwrap_or(self)
    }

    /// Returns the words in `snake_case`.
    pub fn snake(&self) -> String {
        self.0.replace(' ', "_")
    }

    /// Returns the words in `UpperCamelCase`.
    pub fn pascal(&self) -> String {
        let mut name = String::with_capacity(self.0.len());
        for word in self.iter() {
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
        self.snake().to_ascii_uppercase()
    }

    /// Returns the words in `lower case with spaces`.
    pub fn spaced(&self) -> String {
        self.0.clone()
    }
}

/// Returns the number of ASCII letters and digits.
pub fn count_letters(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_alphanumeric).count()
}

/// Returns whether two nouns are equal, except for their number.
fn is_same_noun(one: &str, other: &str) -> bool {
    one == other || singular(one) == singular(other)
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
fn separate_versions(text: String) -> String {
    if !text.contains('V') {
        return text;
    }
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

/// Writes `500Error` as `500 Error`, because a number at the start of a name is a word. In `2FA` and `3DSecure`, the letter is a part of the
/// word.
fn separate_numbers(text: String) -> String {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 1);
    let (mut is_number, mut last) = (false, ' ');
    for (at, c) in text.char_indices() {
        let is_capitalized = c.is_ascii_uppercase() && text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_lowercase);
        if is_number && is_capitalized {
            out.push(' ');
        }
        is_number = c.is_ascii_digit() && (is_number || !last.is_ascii_alphanumeric());
        out.push(c);
        last = c;
    }
    out
}

/// Writes `userIDs` as `userIds`, because the plural of an acronym is one word.
fn plural_acronyms(mut text: String) -> String {
    let mut start = 0;
    for index in 0..text.len() {
        let bytes = text.as_bytes();
        if bytes[index].is_ascii_uppercase() {
            continue;
        }
        let ends = !bytes.get(index + 1).is_some_and(u8::is_ascii_lowercase);
        if bytes[index] == b's' && ends && index >= start + 2 {
            text[start + 1..index].make_ascii_lowercase();
        }
        start = index + 1;
    }
    text
}
