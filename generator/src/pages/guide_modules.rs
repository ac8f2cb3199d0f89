//! The modules that show the guides in rustdoc, where the files that guides link to do not exist.
//!
//! The links of a guide are reference links, and a module defines their targets before it includes the guide. The first
//! definition of a reference is used, so rustdoc links to items, and every other viewer to the files.

use std::collections::{BTreeSet, HashMap};

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};

use super::site::Site;
use crate::krate::{File, FileKind, GuideKind, LINE_WIDTH, PageKind};
use crate::markdown;

/// Replaces the links to other files by reference links, with their definitions at the end.
pub(super) fn with_references(guide: &str) -> String {
    let (mut out, mut copied, mut targets) = (String::new(), 0, BTreeSet::new());
    for (event, range) in Parser::new_ext(guide, Options::ENABLE_TABLES).into_offset_iter() {
        let Event::Start(Tag::Link {
            link_type: LinkType::Inline,
            dest_url,
            ..
        }) = event
        else {
            continue;
        };
        let is_file = !dest_url.contains("://") && !dest_url.starts_with('#') && !dest_url.starts_with("mailto:");
        let Some(before) = guide[range.clone()].strip_suffix(&format!("({dest_url})")) else {
            continue;
        };
        if is_file {
            out.push_str(&guide[copied..range.start]);
            out.push_str(&format!("{before}[{dest_url}]"));
            copied = range.end;
            targets.insert(dest_url.to_string());
        }
    }
    out.push_str(&guide[copied..]);
    if targets.is_empty() {
        return out;
    }
    let definitions: Vec<String> = targets.iter().map(|target| format!("[{target}]: {target}")).collect();
    format!("{}\n\n{}\n", out.trim_end(), definitions.join("\n"))
}

/// Renders the modules of the guides, which are passed with their paths.
pub(super) fn file(site: &Site<'_>, guides: &[(String, String)]) -> String {
    let pages: HashMap<&str, PageKind> = site.krate.files.iter().filter_map(page).collect();
    let mut file = format!("//! {}\n", site.krate.prose.guides);
    for guide in &site.krate.guides {
        let path = guide.path();
        let text = guides
            .iter()
            .find(|(page, _)| *page == path)
            .map_or("", |(_, text)| text);
        // The first paragraph is shown in the list of modules.
        file.push('\n');
        for line in markdown::wrap(&format!("Describes {}.", guide.about), LINE_WIDTH - 4) {
            file.push_str(&format!("/// {line}\n"));
        }
        file.push_str("///\n");
        for target in defined_targets(text) {
            let item = item(site, &pages, target).unwrap_or_else(|| "crate".to_owned());
            file.push_str(&format!("/// [{target}]: {item}\n"));
        }
        file.push_str(&format!(
            "#[doc = include_str!(\"../{path}\")]\npub mod {} {{}}\n",
            guide.stem
        ));
    }
    file
}

/// Returns the targets that the last lines of a guide define.
fn defined_targets(guide: &str) -> impl Iterator<Item = &str> {
    fn target(line: &str) -> Option<&str> {
        let (label, target) = line.strip_prefix('[')?.split_once("]: ")?;
        (label == target).then_some(target)
    }
    let lines: Vec<&str> = guide.lines().rev().map_while(target).collect();
    lines.into_iter().rev()
}

fn page(file: &File) -> Option<(&str, PageKind)> {
    let FileKind::Page(kind) = file.kind else { return None };
    Some((&file.path, kind))
}

/// Returns the item that documents what a link of a guide points to.
fn item(site: &Site<'_>, pages: &HashMap<&str, PageKind>, target: &str) -> Option<String> {
    let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
    // Guides are in `docs/`.
    let path = match path.strip_prefix("../") {
        Some(path) => path.to_owned(),
        None => format!("docs/{path}"),
    };
    let krate = site.krate;
    Some(match *pages.get(path.as_str())? {
        PageKind::Readme | PageKind::Index => "crate".to_owned(),
        PageKind::Errors => "crate::errors".to_owned(),
        PageKind::Models => "crate::models".to_owned(),
        PageKind::Error(id) => format!("crate::errors::{}", krate[id].name),
        PageKind::Model(id) => format!("crate::models::{}", krate[id].name),
        PageKind::Guide(kind) => guide(site, kind, fragment)?,
        PageKind::Group(id) => {
            let handle = format!("crate::{}", krate[id].handle_path());
            match site.operation_at(id, fragment) {
                Some(operation) => format!("{handle}::{}", krate[operation].names.method),
                None => handle,
            }
        }
    })
}

fn guide(site: &Site<'_>, kind: GuideKind, fragment: &str) -> Option<String> {
    let guide = site.krate.guides.iter().find(|guide| guide.kind == kind)?;
    let hash = if fragment.is_empty() { "" } else { "#" };
    Some(format!("crate::guide::{}{hash}{fragment}", guide.stem))
}

#[cfg(test)]
mod tests {
    use super::{defined_targets, with_references};

    #[test]
    fn links_to_files_become_references_and_others_stay() {
        let guide =
            "# Guide\n\n| [`a`](sdks/a.md#b) | `[c](d.md)` |\n| --- | --- |\n| [x](#y) | [z](https://e.example) |\n";
        let text = with_references(guide);
        let expected = "# Guide\n\n| [`a`][sdks/a.md#b] | `[c](d.md)` |\n| --- | --- |\n| [x](#y) | [z](https://e.example) |\n\n\
                        [sdks/a.md#b]: sdks/a.md#b\n";
        assert_eq!(text, expected);
        assert_eq!(defined_targets(&text).collect::<Vec<_>>(), ["sdks/a.md#b"]);
    }

    #[test]
    fn guide_without_links_to_files_is_unchanged() {
        assert_eq!(with_references("[a](#b)\n"), "[a](#b)\n");
    }
}
