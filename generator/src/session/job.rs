//! What there is to make, as a configuration or a command line says.

use std::path::{Component, Path, PathBuf};

use super::Input;
use crate::config::{self, ConfigError, ConfigPlace, Places, Sdk, Settings};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, FileId, Place};
use crate::load::{Node, SourceMap};
use crate::overlay;

/// One SDK to make.
#[derive(Clone, Debug)]
pub struct Job {
    /// The name of the crate.
    pub name: String,
    /// Its document.
    pub input: Input,
    /// What is laid over the document, in this order.
    pub overlays: Vec<PathBuf>,
    /// The folder of the crate.
    pub out: PathBuf,
    /// How the crate presents itself, and the rules that its document needs.
    pub settings: Settings,
    /// Whether the document, and what it refers to, may be fetched from the network.
    pub allow_net: bool,
    /// The configuration that the settings are from.
    configuration: Option<(String, String)>,
}

impl Job {
    /// An SDK without a configuration.
    pub fn new(name: impl Into<String>, input: Input, out: impl Into<PathBuf>) -> Self {
        Self {
            name: name.into(),
            input,
            overlays: Vec::new(),
            out: out.into(),
            settings: Settings::default(),
            allow_net: false,
            configuration: None,
        }
    }

    /// The same with other settings.
    #[must_use]
    pub fn with_settings(self, settings: Settings) -> Self {
        Self { settings, ..self }
    }

    /// Loads the document, and with it the configuration, so that messages can point into both. The settings come with the
    /// places of their rules.
    pub(super) fn load(&self, diagnostics: &mut Diagnostics) -> (SourceMap, Settings) {
        let (mut sources, mut settings) = (self.input.load(self.allow_net, diagnostics), self.settings.clone());
        if let Some((path, text)) = &self.configuration {
            // What is wrong with the configuration itself was told when it was read.
            let file = sources.add(path, text.as_str(), &mut Diagnostics::default());
            let own = ["sdks", &self.name];
            let root = sources.file(file).and_then(|source| source.root());
            if let Some(entry) = root.and_then(|root| own.iter().try_fold(root, |node, key| child(node, key))) {
                settings.places = places(entry);
            }
            for (index, rule) in settings.pagination.iter_mut().enumerate() {
                rule.place = settings.places.get(&["pagination", &index.to_string()]);
            }
        }
        if let Some(url) = self.input.url().filter(|_| !self.allow_net) {
            let place = settings.places.get(&["document"]).unwrap_or(Place::File(FileId(0)));
            let message = format!("the document `{url}` is in the network, from which nothing is fetched unasked");
            let help = "allow it with `--allow-net`, or name a copy of it on disk";
            diagnostics.push(Diagnostic::new(Code::NetworkNotAllowed, place, message).help(help));
        }
        for path in &self.overlays {
            let file = sources.load(path, diagnostics);
            if !diagnostics.has_errors() {
                overlay::apply(&mut sources, file, diagnostics);
            }
        }
        (sources, settings)
    }
}

/// A configuration file, with the jobs that it names or what is wrong with it.
#[derive(Debug)]
pub struct Configuration {
    /// The file, for messages to point into.
    pub sources: SourceMap,
    /// What is wrong or odd.
    pub diagnostics: Diagnostics,
    /// The SDKs, in the order of the file; none where there is an error.
    pub jobs: Vec<Job>,
}

/// Where a configuration is looked for when the user names none.
pub const CONFIGURATIONS: [&str; 2] = ["sdkwright.yaml", "spec/sdkwright.yaml"];

impl Configuration {
    /// The configuration that applies in a folder, if there is one.
    pub fn find(folder: &Path) -> Option<PathBuf> {
        CONFIGURATIONS
            .iter()
            .map(|path| tidy(&folder.join(path)))
            .find(|path| path.is_file())
    }

    /// Reads a configuration.
    pub fn read(path: &Path) -> Self {
        let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::default());
        let file = sources.load(path, &mut diagnostics);
        let text = sources.file(file).map_or("", |source| source.text());
        let mut jobs = Vec::new();
        if !diagnostics.has_errors() {
            match config::parse(text) {
                Ok(config) => {
                    let named = config.sdks.into_iter();
                    jobs = named.map(|(name, sdk)| configured(path, text, name, sdk)).collect();
                }
                Err(errors) => errors
                    .into_iter()
                    .for_each(|error| diagnostics.push(refused(&sources, file, error))),
            }
        }
        Self {
            sources,
            diagnostics,
            jobs,
        }
    }
}

/// The job that an entry of a configuration stands for.
fn configured(path: &Path, text: &str, name: String, sdk: Sdk) -> Job {
    let folder = path.parent().unwrap_or(Path::new(""));
    let input = match Input::named(Path::new(&sdk.document)) {
        url if url.url().is_some() => url,
        _ => Input::from_path(tidy(&folder.join(sdk.document))),
    };
    Job {
        name,
        input,
        overlays: sdk.overlays.iter().map(|path| tidy(&folder.join(path))).collect(),
        out: tidy(&folder.join(sdk.out)),
        settings: sdk.settings,
        allow_net: false,
        configuration: Some((path.to_string_lossy().replace('\\', "/"), text.to_owned())),
    }
}

/// The path without detours (`spec/../generated` is `generated`), as people write it.
pub(super) fn tidy(path: &Path) -> PathBuf {
    let mut tidied = PathBuf::new();
    for step in path.components() {
        match (step, tidied.components().next_back()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                tidied.pop();
            }
            _ => tidied.push(step),
        }
    }
    if tidied.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        tidied
    }
}

fn refused(sources: &SourceMap, file: FileId, error: ConfigError) -> Diagnostic {
    let place = place(sources, file, &error.place);
    Diagnostic::new(Code::Configuration, place, error.message).help(error.help)
}

/// The place of a place in a configuration; the nearest place above it where it does not exist.
fn place(sources: &SourceMap, file: FileId, place: &ConfigPlace) -> Place {
    let (keys, key) = match place {
        ConfigPlace::Text(line, column) => return Place::Text(file, *line, *column),
        ConfigPlace::Value(keys) => (keys, false),
        ConfigPlace::Key(keys) => (keys, true),
    };
    let Some(mut node) = sources.file(file).and_then(|source| source.root()) else {
        return Place::File(file);
    };
    for key in keys {
        let Some(next) = child(node, key) else {
            return node.place();
        };
        node = next;
    }
    if key { node.place().key() } else { node.place() }
}

/// The places of all values below one.
fn places(top: Node<'_>) -> Places {
    let mut places = Vec::new();
    let mut open = vec![(Vec::new(), top)];
    while let Some((keys, node)) = open.pop() {
        let entries = node.entries().map(|(key, value)| (key.to_owned(), value));
        let items = node
            .items()
            .enumerate()
            .map(|(index, value)| (index.to_string(), value));
        for (key, value) in entries.chain(items) {
            let keys = [&keys[..], &[key]].concat();
            places.push((keys.clone(), value.place()));
            open.push((keys, value));
        }
    }
    places.into_iter().collect()
}

fn child<'s>(node: Node<'s>, key: &str) -> Option<Node<'s>> {
    node.get(key).or_else(|| node.items().nth(key.parse().ok()?))
}
