//! Texts for shells and editors: completion scripts, the manual page and the JSON Schema of the configuration.

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
    // Writing to memory cannot fail.
    let _ = Man::new(options::command()).render(&mut page);
    String::from_utf8_lossy(&page).into_owned()
}

/// Returns the JSON Schema of the configuration, or its reference as Markdown.
pub(super) fn schema(markdown: bool) -> String {
    if markdown {
        config::markdown()
    } else {
        format!("{:#}\n", config::json_schema())
    }
}
