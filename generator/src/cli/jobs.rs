//! Which SDKs the command line asks for.

use std::path::Path;

use heck::ToKebabCase;

use super::args::{self, Arguments, Command, Explain, Generate, Validate};
use super::print::Printer;
use crate::config::{Select, name_error};
use crate::session::{CONFIGURATIONS, Configuration, Input, Job};

/// The command line or the configuration makes no sense. The user has been told why.
pub(super) struct Refused;

/// The SDKs that the command line asks for.
pub(super) fn jobs(arguments: &Arguments, printer: &Printer) -> Result<Vec<Job>, Refused> {
    let mut jobs = asked_for(arguments, printer)?;
    for job in &mut jobs {
        job.allow_net = arguments.common.allow_net;
        job.overlays.extend(arguments.common.overlays.iter().cloned());
    }
    Ok(jobs)
}

fn asked_for(arguments: &Arguments, printer: &Printer) -> Result<Vec<Job>, Refused> {
    let config = arguments.common.config.as_deref();
    match &arguments.command {
        Some(Command::Generate(Generate {
            spec: Some(spec),
            out: Some(out),
            name,
            select,
            smoke,
            ..
        })) => {
            let mut job = named(spec, out, name.as_deref(), config, printer)?;
            if let Some(select) = selection(select) {
                job.settings.select = select;
            }
            job.settings.smoke |= smoke;
            Ok(vec![job])
        }
        Some(Command::Validate(Validate { spec: Some(spec) }) | Command::Explain(Explain { spec: Some(spec), .. })) => {
            Ok(vec![unnamed(spec, config, printer)?])
        }
        Some(Command::Generate(_) | Command::Validate(_) | Command::Explain(_)) | None => {
            let found = config
                .map(Path::to_owned)
                .or_else(|| Configuration::find(Path::new("")));
            let Some(path) = found else {
                let [here, below] = CONFIGURATIONS;
                let message = format!("no document is named, and there is neither `{here}` nor `{below}`");
                return Err(printer.refuse(&message, "name them: sdkwright generate <SPEC> --out <DIR>"));
            };
            configured(&path, printer)
        }
    }
}

/// An SDK that the command line names. With a configuration, its settings are those of the entry with the same name.
fn named(
    spec: &Path,
    out: &Path,
    name: Option<&str>,
    config: Option<&Path>,
    printer: &Printer,
) -> Result<Job, Refused> {
    let folder = out.file_name().unwrap_or_default().to_string_lossy();
    let name = name.unwrap_or(&folder);
    if let Some(flaw) = name_error(name) {
        let message = format!("`{name}` cannot be the name of a crate: it {flaw}");
        return Err(printer.refuse(&message, "give another one with `--name`, such as `petstore-client`"));
    }
    let input = Input::named(spec);
    let Some(config) = config else {
        return Ok(Job::new(name, input, out));
    };
    match configured(config, printer)?.into_iter().find(|job| job.name == name) {
        Some(mut job) => {
            (job.input, job.out) = (input, out.to_owned());
            Ok(job)
        }
        None => {
            let message = format!("`{}` has no SDK named `{name}`", config.display());
            Err(printer.refuse(&message, "add it under `sdks`, or leave `--config` out"))
        }
    }
}

/// The part of the document that the command line selects, if it does; it stands in for what a configuration selects.
fn selection(select: &args::Select) -> Option<Select> {
    let args::Select {
        tags,
        operations,
        paths,
    } = select.clone();
    let selected = Select {
        tags,
        operations,
        paths,
    };
    (selected != Select::default()).then_some(selected)
}

/// A document to look at. With a configuration, its settings are those of the entry with the same document.
fn unnamed(spec: &Path, config: Option<&Path>, printer: &Printer) -> Result<Job, Refused> {
    let stem = spec.file_stem().unwrap_or_default().to_string_lossy().to_kebab_case();
    let name = if name_error(&stem).is_none() { &stem } else { "sdk" };
    let plain = Job::new(name, Input::named(spec), "");
    let Some(config) = config else { return Ok(plain) };
    let same = configured(config, printer)?
        .into_iter()
        .find(|job| job.input.is_file(spec));
    Ok(same.unwrap_or(plain))
}

/// The SDKs of a configuration.
fn configured(path: &Path, printer: &Printer) -> Result<Vec<Job>, Refused> {
    let configuration = Configuration::read(path);
    printer.diagnostics(&configuration.diagnostics, &configuration.sources);
    if configuration.diagnostics.has_errors() {
        Err(Refused)
    } else {
        Ok(configuration.jobs)
    }
}
