//! `sdkwright init`: writes a first configuration, and never overwrites a file.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::Status;
use super::args::{Common, Init};
use super::jobs::InvalidUsage;
use super::print::{Printer, count};
use crate::config::{self, name_error};
use crate::import::{Imported, import};
use crate::init::{Target, configuration, crate_name, workflow};
use crate::session::{self, Input, Job};

const CONFIGURATION: &str = "sdkwright.yaml";
/// The documents that are looked for if none is passed.
const DOCUMENTS: [&str; 6] = [
    "openapi.yaml",
    "openapi.yml",
    "openapi.json",
    "swagger.yaml",
    "swagger.yml",
    "swagger.json",
];
const OVERLAY: &str = "imported-overlay.yaml";
const SCHEMA: &str = "sdkwright.schema.json";
const WORKFLOW: &str = ".github/workflows/sdk.yml";

/// Runs the command.
pub(super) fn init(arguments: &Init, common: &Common, printer: &Printer) -> Status {
    match try_init(arguments, common, printer) {
        Ok(status) => status,
        Err(InvalidUsage) => Status::Usage,
    }
}

fn try_init(arguments: &Init, common: &Common, printer: &Printer) -> Result<Status, InvalidUsage> {
    if Path::new(CONFIGURATION).exists() {
        let message = format!("`{CONFIGURATION}` already exists");
        return Err(printer.usage_error(&message, "edit it, or remove it first; `init` does not overwrite files"));
    }
    let mut imported = arguments
        .from
        .as_deref()
        .map(|from| import_from(from, printer))
        .transpose()?;
    let found = imported.as_ref().and_then(|imported| imported.document.as_deref());
    let spec = document(arguments, found, printer)?;
    let mut job = Job::new("sdk", Input::from_argument(&spec), "");
    job.allow_net = common.allow_net;
    job.allow_outside = common.allow_outside;
    job.overlays.clone_from(&common.overlays);
    let explanation = session::explain(&job, None);
    printer.diagnostics(&explanation.run.diagnostics, &explanation.run);
    let Some(api) = explanation.api() else {
        return Ok(Status::NoSdk);
    };
    if let Some(imported) = &mut imported {
        imported.complete(api);
    }
    let carried = imported.as_ref().and_then(|imported| imported.name.clone());
    let name = arguments.name.clone().or(carried).unwrap_or_else(|| crate_name(api));
    if let Some(error) = name_error(&name) {
        let message = format!("invalid crate name `{name}`: it {error}");
        return Err(printer.usage_error(&message, "set another name with `--name`, such as `petstore-client`"));
    }
    let out = arguments.out.clone().unwrap_or_else(|| PathBuf::from(&name));
    let text = |path: &Path| path.to_string_lossy().replace('\\', "/");
    let (document, out) = (text(&spec), text(&out));
    let overlay = imported.as_ref().and_then(Imported::overlay);
    let target = Target {
        document: &document,
        name: &name,
        out: &out,
        imported: imported.as_ref(),
        overlay: overlay.is_some().then_some(OVERLAY),
    };
    let mut files = vec![
        (CONFIGURATION, configuration(api, target)),
        (SCHEMA, format!("{:#}\n", config::json_schema())),
    ];
    files.extend(overlay.map(|overlay| (OVERLAY, overlay)));
    if arguments.ci {
        files.push((WORKFLOW, workflow(&name, &out)));
    }
    for (path, text) in files {
        write_new(Path::new(path), &text, printer)?;
    }
    if let Some(imported) = &imported {
        printer.page(&report(imported));
    }
    printer.page("next: review `sdkwright.yaml`, then run `sdkwright`\n");
    Ok(Status::Success)
}

/// Returns the path of the document: that of the arguments, that of the other generator, or one with a usual name.
fn document(arguments: &Init, imported: Option<&str>, printer: &Printer) -> Result<PathBuf, InvalidUsage> {
    let usual = || DOCUMENTS.into_iter().find(|path| Path::new(path).exists());
    let found = || imported.or_else(usual).map(PathBuf::from);
    arguments.spec.clone().or_else(found).ok_or_else(|| {
        let message =
            "no document was passed, and the current folder has no `openapi` or `swagger` file in YAML or JSON";
        printer.usage_error(message, "pass the path of the document: `sdkwright init <SPEC>`")
    })
}

/// Reads the configuration of another generator.
fn import_from(from: &Path, printer: &Printer) -> Result<Imported, InvalidUsage> {
    let folder = from.parent().unwrap_or(Path::new(""));
    let text = fs::read_to_string(from).map_err(|error| {
        let message = format!("cannot read `{}`: {error}", from.display());
        printer.usage_error(&message, "pass the configuration of the other generator with `--from`")
    })?;
    let read = |path: &str| fs::read_to_string(folder.join(path)).ok();
    let mut imported = import(&text, &read).map_err(|reason| {
        let message = format!("cannot carry over `{}`: {reason}", from.display());
        let help = "pass `gen.yaml` of Speakeasy, `stainless.yml`, `generators.yml` of Fern, or a configuration of OpenAPI Generator";
        printer.usage_error(&message, help)
    })?;
    let relative = |path: &str| {
        if path.contains("://") {
            path.to_owned()
        } else {
            session::normalize(&folder.join(path))
                .to_string_lossy()
                .replace('\\', "/")
        }
    };
    imported.document = imported.document.as_deref().map(relative);
    imported.overlays = imported.overlays.iter().map(|path| relative(path)).collect();
    Ok(imported)
}

/// Returns the lines about what was carried over, and what was not.
fn report(imported: &Imported) -> String {
    let settings = imported.settings.iter().map(|(key, _)| (*key).to_owned());
    let mut carried: Vec<String> = settings.collect();
    if !imported.actions.is_empty() {
        carried.push(format!("{} in the overlay", count(imported.actions.len(), "change")));
    }
    let mut text = format!("carried over from {}: {}\n", imported.generator, carried.join(", "));
    for lost in &imported.lost {
        text += &format!("not carried over: {lost}\n");
    }
    text
}

/// Writes a file that does not exist yet. An existing one is kept and reported.
fn write_new(path: &Path, text: &str, printer: &Printer) -> Result<(), InvalidUsage> {
    if let Some(parent) = path.parent() {
        let _ = fs::create_dir_all(parent);
    }
    let created = fs::OpenOptions::new().write(true).create_new(true).open(path);
    match created.and_then(|mut file| file.write_all(text.as_bytes())) {
        Ok(()) => printer.page(&format!("wrote {}\n", path.display())),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            printer.page(&format!("kept {}, which already exists\n", path.display()))
        }
        Err(error) => {
            let message = format!("cannot write `{}`: {error}", path.display());
            return Err(printer.usage_error(&message, "check the permissions of the folder"));
        }
    };
    Ok(())
}
