//! Checks the Markdown pages of the committed SDKs: every relative link points to an existing file, every anchor to an existing
//! heading, every page is reachable from the README, and no page has empty parts.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// The anchors, links and errors of a page.
#[derive(Default)]
struct Page {
    anchors: BTreeSet<String>,
    links: Vec<String>,
    errors: Vec<String>,
}

/// Pages by their path in the crate.
type Pages = BTreeMap<String, Page>;

fn read(text: &str) -> Page {
    let mut page = Page::default();
    let mut heading: Option<String> = None;
    let mut slugs = HashMap::new();
    let mut rows = 0;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                let text = heading.take().unwrap_or_default();
                if text.trim().is_empty() {
                    page.errors.push("an empty heading".to_owned());
                }
                page.anchors.insert(slug(&mut slugs, &text));
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
                if ["N/A", "TODO", "FIXME"].contains(&text.trim()) {
                    page.errors.push(format!("`{text}` is a placeholder"));
                }
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                page.links.push(dest_url.to_string())
            }
            Event::Html(html) | Event::InlineHtml(html) => page.errors.push(format!("raw HTML: {html}")),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(label))) if label.is_empty() => {
                page.errors.push("a code block without a language".to_owned());
            }
            Event::Start(Tag::Table(_)) => rows = 0,
            Event::Start(Tag::TableRow) => rows += 1,
            Event::End(TagEnd::Table) if rows == 0 => page.errors.push("a table without rows".to_owned()),
            _ => {}
        }
    }
    page.errors.extend(ragged_rows(text));
    page
}

/// Returns an error for each row with more or fewer cells than the header of its table.
fn ragged_rows(text: &str) -> Vec<String> {
    let cells = |line: &str| line.replace("\\\\", "").replace("\\|", "").matches('|').count();
    let (mut errors, mut width, mut code) = (Vec::new(), None, false);
    for line in text.lines() {
        code ^= line.starts_with("```");
        let is_row = !code && line.starts_with('|');
        width = match (is_row, width) {
            (false, _) => None,
            (true, None) => Some(cells(line)),
            (true, width) => width,
        };
        if is_row && width != Some(cells(line)) {
            errors.push(format!("a row with another number of cells than its table: {line}"));
        }
    }
    errors
}

/// Returns the anchor of a heading on GitHub.
fn slug(taken: &mut HashMap<String, usize>, heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    let plain: String = heading.to_lowercase().chars().filter(kept).collect();
    let plain = plain.replace(' ', "-");
    let mut slug = plain.clone();
    while taken.contains_key(&slug) {
        let count = taken.entry(plain.clone()).or_default();
        *count += 1;
        slug = format!("{plain}-{count}");
    }
    taken.insert(slug.clone(), 0);
    slug
}

fn is_external(link: &str) -> bool {
    ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| link.starts_with(scheme))
}

/// Returns the page that a link on `from` points to, and the anchor.
fn target(from: &str, link: &str) -> (String, Option<String>) {
    let (path, anchor) = match link.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor.to_owned())),
        None => (link, None),
    };
    if path.is_empty() {
        return (from.to_owned(), anchor);
    }
    let mut steps: Vec<&str> = from.split('/').collect();
    steps.pop();
    for step in path.split('/') {
        match step {
            ".." if steps.pop().is_none() => steps.push("outside the crate"),
            ".." | "." => {}
            step => steps.push(step),
        }
    }
    (steps.join("/"), anchor)
}

/// Returns the errors of all pages. `other` returns whether another file exists.
fn errors(pages: &Pages, other: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut errors = Vec::new();
    let mut reached = BTreeSet::from(["README.md".to_owned()]);
    let mut open = vec!["README.md".to_owned()];
    while let Some(path) = open.pop() {
        let links = pages.get(&path).map_or(&[][..], |page| &page.links);
        for (next, _) in links
            .iter()
            .filter(|link| !is_external(link))
            .map(|link| target(&path, link))
        {
            if reached.insert(next.clone()) {
                open.push(next);
            }
        }
    }
    for (path, page) in pages {
        errors.extend(page.errors.iter().map(|error| format!("{path}: {error}")));
        if !reached.contains(path) {
            errors.push(format!("{path}: not reachable from README.md"));
        }
        for link in page.links.iter().filter(|link| !is_external(link)) {
            let (next, anchor) = target(path, link);
            match (pages.get(&next), anchor) {
                (Some(page), Some(anchor)) if !page.anchors.contains(&anchor) => {
                    errors.push(format!("{path}: `{link}`: no such heading"));
                }
                (None, _) if !other(&next) => errors.push(format!("{path}: `{link}`: no such file")),
                _ => {}
            }
        }
    }
    errors
}

fn load(root: &Path, folder: &Path, pages: &mut Pages) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            load(root, &path, pages);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            pages.insert(name, read(&fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn links_of_the_committed_sdks_point_to_existing_pages() {
    let generated = Path::new(env!("CARGO_MANIFEST_DIR")).join("generated");
    let crates: Vec<PathBuf> = fs::read_dir(&generated)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("Cargo.toml").is_file())
        .collect();
    assert!(!crates.is_empty(), "no SDK in {}", generated.display());
    let mut found = Vec::new();
    for root in crates {
        let mut pages = Pages::from([(
            "README.md".to_owned(),
            read(&fs::read_to_string(root.join("README.md")).unwrap()),
        )]);
        load(&root, &root.join("docs"), &mut pages);
        assert!(pages.len() > 5, "{} has too few pages", root.display());
        let errors = errors(&pages, &|path| root.join(path).is_file());
        found.extend(errors.iter().map(|error| format!("{}: {error}", root.display())));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn each_kind_of_error_is_found() {
    let pages = |readme: &str| {
        Pages::from([
            ("README.md".to_owned(), read(readme)),
            (
                "docs/README.md".to_owned(),
                read("# Docs\n\n## A b\n\n## A b\n\n[up](../README.md)\n"),
            ),
        ])
    };
    let found = |readme: &str| errors(&pages(readme), &|path| path == "LICENSE");
    assert_eq!(
        found("# X\n\n[d](docs/README.md#a-b-1) [l](LICENSE) [x](#x)\n"),
        Vec::<String>::new()
    );
    for (readme, error) in [
        (
            "[d](docs/README.md) [g](docs/gone.md)",
            "README.md: `docs/gone.md`: no such file",
        ),
        (
            "[d](docs/README.md#c)",
            "README.md: `docs/README.md#c`: no such heading",
        ),
        ("[d](docs/README.md) [x](#x)", "README.md: `#x`: no such heading"),
        (
            "[d](docs/README.md) [o](../other)",
            "README.md: `../other`: no such file",
        ),
        ("no link", "docs/README.md: not reachable from README.md"),
        ("[d](docs/README.md) <b>", "README.md: raw HTML: <b>"),
        (
            "[d](docs/README.md)\n\n| a |\n| --- |\n",
            "README.md: a table without rows",
        ),
        (
            "[d](docs/README.md)\n\n| a |\n| --- |\n| b | c |\n",
            "README.md: a row with another number of cells than its table: | b | c |",
        ),
        (
            "[d](docs/README.md)\n\n| a |\n| --- |\n| N/A |\n",
            "README.md: `N/A` is a placeholder",
        ),
        (
            "[d](docs/README.md)\n\n```\nx\n```\n",
            "README.md: a code block without a language",
        ),
    ] {
        assert_eq!(found(readme), [error]);
    }
}
