//! Texts for shells and editors: completion scripts, the manual page and the JSON Schema of the configuration.

use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;

use super::options;
use crate::config;

/// Returns the completion script for a shell.
pub(super) fn completions(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut options::command(), "sdkwright", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// Returns the manual page in roff.
pub(super) fn man() -> String {
    let mut page = Vec::new();
    let command = options::command();
    // Writing to memory cannot fail.
    let _ = Man::new(command.clone()).render(&mut page);
    let mut page = String::from_utf8_lossy(&page).into_owned();
    for subcommand in command.get_subcommands() {
        page += &man_section(subcommand);
    }
    page
}

/// Returns the section of a command, with its own options.
fn man_section(command: &Command) -> String {
    let man = Man::new(command.clone());
    let mut parts = Vec::new();
    let _ = man.render_description_section(&mut parts);
    if command.get_arguments().next().is_some() {
        let _ = man.render_options_section(&mut parts);
    }
    let parts = String::from_utf8_lossy(&parts).replace(".SH ", ".SS ");
    format!(".SH SDKWRIGHT {}\n{parts}", command.get_name().to_uppercase())
}

/// Returns the JSON Schema of the configuration, or its reference as Markdown.
pub(super) fn schema(markdown: bool) -> String {
    if markdown {
        config::markdown()
    } else {
        format!("{:#}\n", config::json_schema())
    }
}
