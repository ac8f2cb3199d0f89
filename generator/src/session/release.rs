//! The versions of an SDK: compares the planned crate with the committed one, and assigns the version for `version: auto`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use semver::{Prerelease, Version};

use super::Job;
use crate::config::Settings;
use crate::diagnostics::{Code, Diagnostic};
use crate::diff::{Change, Level, diff, markdown, semver_level};
use crate::krate::Crate;
use crate::write::{CHANGELOG, Files, Recorded};

/// The version of a first release.
const FIRST: &str = "0.1.0";

/// The start of a new changelog.
const HEAD: &str = "# Changelog\n\nsdkwright adds a section for each new version. You can edit this file.\n";

/// The changes since the committed SDK.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiChanges {
    /// The changes of the public API.
    pub changes: Vec<Change>,
    /// The version of the committed SDK, if an SDK is committed.
    pub from: Option<String>,
    /// The version of the crate.
    pub to: String,
}

/// Sets the version of the committed SDK, or the first one, if the version is assigned automatically.
pub(super) fn keep_version(krate: &mut Crate, committed: Option<&Recorded>) {
    if krate.package.auto_version {
        let version = committed.map_or(FIRST, |committed| &committed.version);
        set_version(krate, version);
    }
}

/// Returns the changes since the committed SDK.
pub(super) fn changes(krate: &Crate, committed: Option<&Recorded>) -> ApiChanges {
    ApiChanges {
        changes: committed.map_or_else(Vec::new, |committed| diff(&committed.api, &krate.manifest.api)),
        from: committed.map(|committed| committed.version.clone()),
        to: krate.package.version.clone(),
    }
}

/// Assigns the next version, if it is assigned automatically and a file differs from the committed SDK. Returns whether it did: then
/// the files have to be rendered again.
pub(super) fn assign_version(
    krate: &mut Crate,
    hashes: &BTreeMap<String, String>,
    committed: Option<&Recorded>,
    changes: &mut ApiChanges,
) -> bool {
    let Some(committed) = committed.filter(|committed| krate.package.auto_version && committed.files != *hashes) else {
        return false;
    };
    let Ok(version) = Version::parse(&committed.version) else {
        return false;
    };
    changes.to = next_version(version, semver_level(&changes.changes)).to_string();
    set_version(krate, &changes.to);
    true
}

/// Returns the changelog, if the version is assigned automatically.
pub(super) fn changelog(krate: &Crate, folder: &Path, changes: &ApiChanges) -> Option<String> {
    if !krate.package.auto_version {
        return None;
    }
    let current = fs::read_to_string(folder.join(CHANGELOG)).ok();
    let is_new = current.is_none() || changes.from.as_ref() != Some(&changes.to);
    let mut text = current.unwrap_or_else(|| HEAD.to_owned());
    if is_new {
        let section = section(krate, changes);
        let at = if text.starts_with("## ") {
            0
        } else {
            text.find("\n## ").map_or(text.len(), |at| at + 1)
        };
        let gap = if text[..at].ends_with("\n\n") || at == 0 {
            ""
        } else {
            "\n"
        };
        let after = if at < text.len() { "\n" } else { "" };
        text.insert_str(at, &format!("{gap}{section}{after}"));
    }
    Some(text)
}

/// Returns copies of the license files. A file that is already in the output folder belongs to the user.
pub(super) fn license_files(job: &Job, settings: &Settings) -> Result<Files, Diagnostic> {
    let mut files = Files::new();
    for (index, path) in settings.license_files.iter().enumerate() {
        let path = Path::new(path);
        let Some(name) = path.file_name() else { continue };
        if path.parent() == Some(&job.out) || (path.parent() == Some(Path::new("")) && job.out == Path::new(".")) {
            continue;
        }
        let text = fs::read_to_string(path).map_err(|error| {
            let place = settings.places.get(&["license_files", &index.to_string()]);
            let message = format!("cannot read the license file `{}`: {error}", path.display());
            Diagnostic::new(Code::Unreadable, place, message)
        })?;
        files.insert(name.to_string_lossy().into_owned(), text);
    }
    Ok(files)
}

/// Returns the section of the changelog for a version.
fn section(krate: &Crate, changes: &ApiChanges) -> String {
    let mut text = format!("## {}\n\n", changes.to);
    if !krate.api_info.version.is_empty() {
        text += &format!("Generated from version {} of the API.\n", krate.api_info.version);
    }
    if changes.from.is_some() {
        text.push('\n');
        text += &markdown(&changes.changes);
    }
    text
}

fn set_version(krate: &mut Crate, version: &str) {
    version.clone_into(&mut krate.package.version);
    version.clone_into(&mut krate.manifest.krate.version);
}

/// Returns the version after changes of a level, by the rules of Cargo. Before 1.0.0, breaking changes increment the minor number, and
/// additions the patch number. A pre-release increments its last number.
fn next_version(version: Version, level: Level) -> Version {
    let Version {
        major, minor, patch, ..
    } = version;
    if !version.pre.is_empty() {
        return Version {
            pre: next_pre_release(&version.pre),
            ..Version::new(major, minor, patch)
        };
    }
    match (level, major, minor) {
        (Level::Major, 0, 0) | (Level::Minor, 0, _) | (Level::Patch, ..) => Version::new(major, minor, patch + 1),
        (Level::Major, 0, _) | (Level::Minor, ..) => Version::new(major, minor + 1, 0),
        (Level::Major, ..) => Version::new(major + 1, 0, 0),
    }
}

fn next_pre_release(pre: &Prerelease) -> Prerelease {
    let (head, last) = pre.rsplit_once('.').unwrap_or(("", pre));
    let next = match (last.parse::<u64>(), head.is_empty()) {
        (Ok(number), true) => (number + 1).to_string(),
        (Ok(number), false) => format!("{head}.{}", number + 1),
        (Err(_), _) => format!("{pre}.1"),
    };
    Prerelease::new(&next).unwrap_or_else(|_| pre.clone())
}

#[cfg(test)]
mod tests {
    use super::{Level, next_version};

    #[test]
    fn versions_are_incremented_by_the_rules_of_cargo() {
        for (version, [patch, minor, major]) in [
            ("0.0.3", ["0.0.4", "0.0.4", "0.0.4"]),
            ("0.3.1", ["0.3.2", "0.3.2", "0.4.0"]),
            ("1.2.3", ["1.2.4", "1.3.0", "2.0.0"]),
            ("2.0.0-beta.1", ["2.0.0-beta.2", "2.0.0-beta.2", "2.0.0-beta.2"]),
            ("2.0.0-rc", ["2.0.0-rc.1", "2.0.0-rc.1", "2.0.0-rc.1"]),
            ("2.0.0-1", ["2.0.0-2", "2.0.0-2", "2.0.0-2"]),
            ("1.0.0+build", ["1.0.1", "1.1.0", "2.0.0"]),
        ] {
            for (level, expected) in [(Level::Patch, patch), (Level::Minor, minor), (Level::Major, major)] {
                let version = version.parse().expect("a version");
                assert_eq!(next_version(version, level).to_string(), expected, "{level:?}");
            }
        }
    }
}
