//! Parses the command line. General options that a command does not use are refused, so that nobody relies on them.

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command, CommandFactory as _, FromArgMatches as _};

use super::args::Arguments;

/// Parses the arguments of the process. Exits with status 2 if they are invalid.
pub(super) fn parse() -> Arguments {
    let mut command = command();
    let matches = command.get_matches_mut();
    if let Some((subcommand, option)) = refused(&command, &matches) {
        let message = format!("`{subcommand}` does not use the option `--{option}`");
        command.error(ErrorKind::ArgumentConflict, message).exit();
    }
    Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
}

/// Returns the definition of the command line. The help of a command does not list the options that it does not use.
pub(super) fn command() -> Command {
    let command = Arguments::command();
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| {
        let options = command
            .get_arguments()
            .filter(|option| unused(&name).contains(&option.get_id().as_str()));
        // A hidden option of the command replaces the general one, which clap would add.
        let hidden: Vec<Arg> = options.map(|option| option.clone().hide(true)).collect();
        command.mut_subcommand(&name, |sub| sub.args(hidden))
    })
}

/// Returns the ids of the general options that a command does not use.
fn unused(command: &str) -> &'static [&'static str] {
    match command {
        "schema" | "completions" | "man" => &[
            "config",
            "overlays",
            "deny",
            "allow_net",
            "allow_outside",
            "message_format",
        ],
        // The new configuration does not contain them.
        "init" => &["config", "overlays", "deny"],
        "explain" | "diff" | "doctor" => &["deny"],
        _ => &[],
    }
}

/// Returns the first option that was passed to a command that does not use it, with the command.
fn refused(command: &Command, matches: &ArgMatches) -> Option<(String, String)> {
    let (name, own) = matches.subcommand()?;
    let is_passed = |id: &&&str| own.value_source(id) == Some(ValueSource::CommandLine);
    let id = unused(name).iter().find(is_passed)?;
    let option = command.get_arguments().find(|option| option.get_id() == *id)?;
    Some((name.to_owned(), option.get_long()?.to_owned()))
}
