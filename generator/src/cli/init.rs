//! `sdkwright init`: writes a first configuration, and never overwrites a file.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::Status;
use super::args::{Common, Init};
use super::jobs::InvalidUsage;
use super::print::Printer;
use crate::config::{self, name_error};
use crate::init::{Target, configuration, crate_name, workflow};
use crate::session::{self, Input, Job};

const CONFIGURATION: &str = "sdkwright.yaml";
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
    let mut job = Job::new("sdk", Input::from_argument(&arguments.spec), "");
    job.allow_net = common.allow_net;
    job.allow_outside = common.allow_outside;
    job.overlays.clone_from(&common.overlays);
    let explanation = session::explain(&job, None);
    printer.diagnostics(&explanation.run.diagnostics, &explanation.run);
    let Some(api) = explanation.api() else {
        return Ok(Status::NoSdk);
    };
    let name = arguments.name.clone().unwrap_or_else(|| crate_name(api));
    if let Some(error) = name_error(&name) {
        let message = format!("invalid crate name `{name}`: it {error}");
        return Err(printer.usage_error(&message, "set another name with `--name`, such as `petstore-client`"));
    }
    let out = arguments.out.clone().unwrap_or_else(|| PathBuf::from(&name));
    let text = |path: &Path| path.to_string_lossy().replace('\\', "/");
    let (document, out) = (text(&arguments.spec), text(&out));
    let target = Target {
        document: &document,
        name: &name,
        out: &out,
    };
    let mut files = vec![
        (CONFIGURATION, configuration(api, target)),
        (SCHEMA, format!("{:#}\n", config::json_schema())),
    ];
    if arguments.ci {
        files.push((WORKFLOW, workflow(&name, &out)));
    }
    for (path, text) in files {
        write_new(Path::new(path), &text, printer)?;
    }
    printer.page("next: review `sdkwright.yaml`, then run `sdkwright`\n");
    Ok(Status::Success)
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
