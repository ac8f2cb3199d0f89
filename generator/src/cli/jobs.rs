//! From arguments to the SDKs to generate.

use std::path::Path;

use heck::ToKebabCase;

use super::args::{self, Arguments, Command, Explain, Generate, Validate};
use super::print::Printer;
use crate::config::{Select, name_error};
use crate::session::{CONFIGURATIONS, Configuration, Input, Job, folder_name};

/// Invalid arguments or configuration. The error has been printed.
pub(super) struct InvalidUsage;

/// Returns the SDKs that the arguments request.
pub(super) fn jobs(arguments: &Arguments, printer: &Printer) -> Result<Vec<Job>, InvalidUsage> {
    let mut jobs = requested(arguments, printer)?;
    for job in &mut jobs {
        job.allow_net = arguments.common.allow_net;
        job.allow_outside |= arguments.common.allow_outside;
        job.overlays.extend(arguments.common.overlays.iter().cloned());
    }
    Ok(jobs)
}

fn requested(arguments: &Arguments, printer: &Printer) -> Result<Vec<Job>, InvalidUsage> {
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
            let mut job = job_to_generate(spec, out, name.as_deref(), config, printer)?;
            if let Some(select) = selection(select) {
                job.settings.select = select;
            }
            job.settings.smoke |= smoke;
            Ok(vec![job])
        }
        Some(Command::Validate(Validate { spec: Some(spec) }) | Command::Explain(Explain { spec: Some(spec), .. })) => {
            Ok(vec![job_to_inspect(spec, config, printer)?])
        }
        Some(_) | None => {
            let found = config
                .map(Path::to_owned)
                .or_else(|| Configuration::find(Path::new("")));
            let Some(path) = found else {
                let [here, below] = CONFIGURATIONS;
                let message = format!("no document was passed, and neither `{here}` nor `{below}` exists");
                let help = "run `sdkwright init <SPEC>`, or `sdkwright generate <SPEC> --out <DIR>`";
                return Err(printer.usage_error(&message, help));
            };
            read_jobs(&path, printer)
        }
    }
}

/// Returns the job of `generate SPEC`. With a configuration, the settings of the entry with the same name are used.
fn job_to_generate(
    spec: &Path,
    out: &Path,
    name: Option<&str>,
    config: Option<&Path>,
    printer: &Printer,
) -> Result<Job, InvalidUsage> {
    let folder = folder_name(out);
    let name = name.unwrap_or(&folder);
    if let Some(error) = name_error(name) {
        let message = format!("invalid crate name `{name}`: it {error}");
        return Err(printer.usage_error(&message, "set another name with `--name`, such as `petstore-client`"));
    }
    let input = Input::from_argument(spec);
    let Some(config) = config else {
        return Ok(Job::new(name, input, out));
    };
    match read_jobs(config, printer)?.into_iter().find(|job| job.name == name) {
        Some(mut job) => {
            (job.input, job.out) = (input, out.to_owned());
            Ok(job)
        }
        None => {
            let message = format!("`{}` has no SDK named `{name}`", config.display());
            Err(printer.usage_error(&message, "add it under `sdks`, or omit `--config`"))
        }
    }
}

/// Returns the part of the document that the arguments select, if they do. It replaces the selection of the configuration.
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

/// Returns the job of `validate SPEC` or `explain --spec SPEC`. With a configuration, the settings of the entry with the
/// same document are used.
pub(super) fn job_to_inspect(spec: &Path, config: Option<&Path>, printer: &Printer) -> Result<Job, InvalidUsage> {
    let stem = spec.file_stem().unwrap_or_default().to_string_lossy().to_kebab_case();
    let name = if name_error(&stem).is_none() { &stem } else { "sdk" };
    let job = Job::new(name, Input::from_argument(spec), "");
    let Some(config) = config else { return Ok(job) };
    let same_document = read_jobs(config, printer)?
        .into_iter()
        .find(|job| job.input.is_file(spec));
    Ok(same_document.unwrap_or(job))
}

/// Reads the jobs of a configuration.
pub(super) fn read_jobs(path: &Path, printer: &Printer) -> Result<Vec<Job>, InvalidUsage> {
    let configuration = Configuration::read(path);
    printer.diagnostics(&configuration.diagnostics, &configuration.sources);
    if configuration.diagnostics.has_errors() {
        Err(InvalidUsage)
    } else {
        Ok(configuration.jobs)
    }
}
