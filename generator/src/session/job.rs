//! Jobs: the SDKs to generate, from a configuration or the command line.

use std::path::{Component, Path, PathBuf};

use super::Input;
use crate::config::{self, ConfigError, ConfigPlace, Places, Sdk, Settings};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, FileId, Place};
use crate::load::{Node, SourceMap};
use crate::overlay;
use crate::wire::url::without_secrets;

/// An SDK to generate.
#[derive(Clone, Debug)]
pub struct Job {
    /// The name of the crate.
    pub name: String,
    /// Its document.
    pub input: Input,
    /// The overlays that are applied to the document, in this order.
    pub overlays: Vec<PathBuf>,
    /// The output folder of the crate.
    pub out: PathBuf,
    /// The settings of the crate.
    pub settings: Settings,
    /// Whether the document and its references may be fetched from URLs.
    pub allow_net: bool,
    /// Whether the document may refer to files outside its folder.
    pub allow_outside: bool,
    /// The path and text of the configuration file that contains the settings.
    configuration: Option<(String, String)>,
}

impl Job {
    /// Returns the files that the job names: the document, its overlays and the configuration.
    pub fn files(&self) -> Vec<PathBuf> {
        let document = self.input.file().map(Path::to_owned);
        let configuration = self.configuration.as_ref().map(|(path, _)| PathBuf::from(path));
        let overlays = self.overlays.iter().cloned();
        let licenses = self.settings.license_files.iter().map(PathBuf::from);
        let named = document.into_iter().chain(overlays).chain(configuration);
        named.chain(licenses).collect()
    }

    /// Creates a job with default settings.
    pub fn new(name: impl Into<String>, input: Input, out: impl Into<PathBuf>) -> Self {
        Self {
            name: name.into(),
            input,
            overlays: Vec::new(),
            out: out.into(),
            settings: Settings::default(),
            allow_net: false,
            allow_outside: false,
            configuration: None,
        }
    }

    /// Replaces the settings.
    #[must_use]
    pub fn with_settings(self, settings: Settings) -> Self {
        Self { settings, ..self }
    }

    /// Loads the document and the configuration, so that diagnostics can show positions in both. Returns the settings with
    /// the positions of their keys.
    pub(super) fn load(&self, diagnostics: &mut Diagnostics) -> (SourceMap, Settings) {
        let (mut sources, mut settings) = (self.input.load(self.allow_net, diagnostics), self.settings.clone());
        if let Some((path, text)) = &self.configuration {
            // Errors of the configuration were reported when it was read.
            let file = sources.add(path, text.as_str(), &mut Diagnostics::default());
            let own = ["sdks", &self.name];
            let root = sources.file(file).and_then(|source| source.root());
            if let Some(entry) = root.and_then(|root| own.iter().try_fold(root, |node, key| child(node, key))) {
                settings.places = places(entry);
            }
            for (index, rule) in settings.pagination.iter_mut().enumerate() {
                rule.place = settings.places.get(&["pagination", &index.to_string()]);
            }
            for (index, rule) in settings.polling.iter_mut().enumerate() {
                rule.place = settings.places.get(&["polling", &index.to_string()]);
            }
        }
        if let Some(url) = self.input.url().filter(|_| !self.allow_net) {
            let place = settings.places.get(&["document"]).unwrap_or(Place::File(FileId(0)));
            let url = without_secrets(url);
            let message = format!("the document `{url}` is a URL, and network access is not allowed");
            let help = "pass `--allow-net` to fetch it, or download it and pass the file";
            diagnostics.push(Diagnostic::new(Code::NetworkNotAllowed, place, message).help(help));
        }
        (sources, settings)
    }

    /// Applies the overlays to the document.
    pub(super) fn apply_overlays(&self, sources: &mut SourceMap, diagnostics: &mut Diagnostics) {
        for path in &self.overlays {
            let file = sources.load(path, diagnostics);
            if !diagnostics.has_errors() {
                overlay::apply(sources, file, diagnostics);
            }
        }
    }
}

/// A configuration file with its jobs or its errors.
#[derive(Debug)]
pub struct Configuration {
    /// The source map of the file.
    pub sources: SourceMap,
    /// The errors and warnings of the file.
    pub diagnostics: Diagnostics,
    /// The jobs in the order of the file; empty if there is an error.
    pub jobs: Vec<Job>,
}

/// The paths of the configuration that are tried if the user passes none.
pub const CONFIGURATIONS: [&str; 2] = ["sdkwright.yaml", "spec/sdkwright.yaml"];

impl Configuration {
    /// Returns the path of the configuration that applies in a folder: the one in the folder or in its `spec/`, or the nearest one in a
    /// parent folder. The search ends at the root of a git repository.
    pub fn find(folder: &Path) -> Option<PathBuf> {
        let mut folder = folder.to_owned();
        let depth = std::path::absolute(folder.join(".")).ok()?.components().count();
        for _ in 0..depth {
            let found = CONFIGURATIONS.iter().map(|path| normalize(&folder.join(path)));
            if let Some(path) = found.into_iter().find(|path| path.is_file()) {
                return Some(path);
            }
            if folder.join(".git").exists() {
                return None;
            }
            folder.push("..");
        }
        None
    }

    /// Reads a configuration file.
    pub fn read(path: &Path) -> Self {
        let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::default());
        let file = sources.load(path, &mut diagnostics);
        let text = sources.file(file).map_or("", |source| source.text());
        let mut jobs = Vec::new();
        if !diagnostics.has_errors() {
            match config::parse(text) {
                Ok(config) => {
                    let named = config.sdks.into_iter();
                    jobs = named.map(|(name, sdk)| job(path, text, name, sdk)).collect();
                }
                Err(errors) => errors
                    .into_iter()
                    .for_each(|error| diagnostics.push(config_diagnostic(&sources, file, error))),
            }
        }
        Self {
            sources,
            diagnostics,
            jobs,
        }
    }
}

/// Creates the job of an entry of a configuration.
fn job(path: &Path, text: &str, name: String, sdk: Sdk) -> Job {
    let folder = path.parent().unwrap_or(Path::new(""));
    let input = match Input::from_argument(Path::new(&sdk.document)) {
        url if url.url().is_some() => url,
        _ => Input::from_path(normalize(&folder.join(sdk.document))),
    };
    let mut settings = sdk.settings;
    for path in &mut settings.license_files {
        *path = normalize(&folder.join(&*path)).to_string_lossy().into_owned();
    }
    Job {
        name,
        input,
        overlays: sdk.overlays.iter().map(|path| normalize(&folder.join(path))).collect(),
        out: normalize(&folder.join(sdk.out)),
        settings,
        allow_net: false,
        allow_outside: sdk.allow_outside,
        configuration: Some((path.to_string_lossy().replace('\\', "/"), text.to_owned())),
    }
}

/// Returns the name of a folder, also for a path such as `.`.
pub fn folder_name(folder: &Path) -> String {
    let name = match folder.file_name() {
        Some(name) => Some(name.to_owned()),
        None => folder
            .canonicalize()
            .ok()
            .and_then(|folder| folder.file_name().map(ToOwned::to_owned)),
    };
    name.unwrap_or_default().to_string_lossy().into_owned()
}

/// Returns the path without `.` and without `..` after a folder: `spec/../generated` becomes `generated`.
pub fn normalize(path: &Path) -> PathBuf {
    let mut normalized = PathBuf::new();
    for step in path.components() {
        match (step, normalized.components().next_back()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                normalized.pop();
            }
            _ => normalized.push(step),
        }
    }
    if normalized.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        normalized
    }
}

fn config_diagnostic(sources: &SourceMap, file: FileId, error: ConfigError) -> Diagnostic {
    let place = place(sources, file, &error.place);
    Diagnostic::new(Code::Configuration, place, error.message).help(error.help)
}

/// Returns the position of a key or value in a configuration, or that of its nearest ancestor if it does not exist.
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

/// Returns the positions of all values below a node.
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
