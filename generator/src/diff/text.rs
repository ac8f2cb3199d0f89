//! Changes as text.

use std::fmt::Write as _;

use super::{Change, Level, semver_level};

/// Returns the level with the number of changes, such as `major (1 breaking change, 2 additions)`.
pub fn summary(changes: &[Change]) -> String {
    let count = |level: Level, word: &str| {
        let number = changes.iter().filter(|change| change.level == level).count();
        format!("{number} {word}{}", if number == 1 { "" } else { "s" })
    };
    let (major, minor) = (count(Level::Major, "breaking change"), count(Level::Minor, "addition"));
    format!("{} ({major}, {minor})", semver_level(changes).name())
}

/// Returns one line for each change.
pub fn lines(changes: &[Change]) -> String {
    let line = |change: &Change| format!("{}  {}: {}\n", change.level.name(), change.item, change.message);
    changes.iter().map(line).collect()
}

/// Returns the changes as sections of a changelog.
pub fn markdown(changes: &[Change]) -> String {
    if changes.is_empty() {
        return "The public API is unchanged.\n".to_owned();
    }
    let mut text = String::new();
    for (level, title) in [(Level::Major, "Breaking changes"), (Level::Minor, "Additions")] {
        let mut of_level = changes.iter().filter(|change| change.level == level).peekable();
        if of_level.peek().is_some() {
            let _ = write!(text, "### {title}\n\n");
            for change in of_level {
                let _ = writeln!(text, "- `{}`: {}", change.item, change.message);
            }
            text.push('\n');
        }
    }
    if !text.is_empty() {
        text.pop();
    }
    text
}
