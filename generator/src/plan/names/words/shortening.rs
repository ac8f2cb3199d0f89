//! Shorter forms of names.

use super::Words;

impl Words {
    /// Returns the first words.
    pub fn first(&self, count: usize) -> Self {
        Self::joined(self.iter().take(count))
    }

    /// Returns these words without each occurrence of one word followed by another.
    pub fn without_pair(&self, one: &str, other: &str) -> Self {
        let mut words: Vec<&str> = Vec::new();
        for word in self.iter() {
            if word == other && words.last() == Some(&one) {
                words.pop();
            } else {
                words.push(word);
            }
        }
        Self::joined(words)
    }

    /// Drops groups of repeated words, from the start, until the name has at most `limit` characters.
    #[must_use]
    pub fn with_fewer_repetitions(self, limit: usize) -> Self {
        let mut words: Vec<&str> = self.iter().collect();
        let mut at = 1;
        while at < words.len() && words.iter().map(|word| word.len()).sum::<usize>() > limit {
            let group = words[at..].iter().take_while(|word| words[..at].contains(word)).count();
            words.drain(at..at + group);
            at += 1;
        }
        Self::joined(words)
    }

    /// Returns the words that occur only once.
    pub fn without_repeated(&self) -> Self {
        let is_single = |word: &&str| self.iter().filter(|other| other == word).count() == 1;
        Self::joined(self.iter().filter(is_single))
    }

    /// Returns the first occurrence of each word.
    pub fn without_repetitions(&self) -> Self {
        let mut words: Vec<&str> = Vec::new();
        for word in self.iter() {
            if !words.contains(&word) {
                words.push(word);
            }
        }
        Self::joined(words)
    }

    /// Shortens names of more than `limit` characters: repeated words are dropped, then words in the middle, which a short
    /// hash of the whole name replaces.
    #[must_use]
    pub fn shortened_to(self, limit: usize) -> Self {
        if self.0.len() < limit {
            return self;
        }
        let length = |words: &[&str]| words.iter().map(|word| word.len() + 1).sum::<usize>();
        // The hash starts with a letter, so that it stays one word.
        let hash = format!("x{:04x}", hash(&self.snake()) & 0xffff);
        let single = self.without_repetitions();
        let mut words: Vec<&str> = single.iter().collect();
        if length(&words) > limit {
            let room = limit - (hash.len() + 1);
            let mut tail: Vec<&str> = Vec::new();
            while let Some(word) = words.pop_if(|word| length(&tail) + word.len() < room / 3) {
                tail.insert(0, word);
            }
            let kept = (0..words.len())
                .rev()
                .find(|kept| length(&words[..*kept]) + length(&tail) <= room);
            words.truncate(kept.unwrap_or(0));
            if words.is_empty() {
                words.push("name");
            }
            words.push(&hash);
            words.extend(tail);
        }
        Self::joined(words)
    }

    /// Drops repeated words, and then words before the last three, until the name has at most `limit` characters or
    /// four words. Unlike [`shortened_to`](Self::shortened_to), the result may be equal to that of another name.
    #[must_use]
    pub fn dropping_middle(&self, limit: usize) -> Self {
        let length = |words: &[&str]| words.iter().map(|word| word.len()).sum::<usize>();
        let mut words: Vec<&str> = Vec::new();
        for word in self.iter() {
            // `or` joins the members of a union.
            if word == "or" || !words.contains(&word) {
                words.push(word);
            }
        }
        while length(&words) > limit && words.len() > 4 {
            words.remove(words.len() - 4);
        }
        Self::joined(words)
    }

    /// Returns as many of these words as fit before those of another name. `None` if none fits.
    pub fn filling_before(&self, last: &Self, limit: usize) -> Option<Self> {
        let fits = |count: &usize| self.first(*count).join(last).pascal().len() <= limit;
        let count = (1..=self.count()).rev().find(fits)?;
        Some(self.first(count).join(last))
    }
}

/// Returns a hash that is the same on every machine and in every version (FNV-1a).
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
