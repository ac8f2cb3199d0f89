//! The help texts, and whether the tests use every option.

use std::collections::BTreeSet;
use std::fs;

use super::common::{folder, root, run};

/// The size of a screen on which the short help of each command fits.
const COLUMNS: usize = 100;
const ROWS: usize = 40;

/// Returns a help text.
fn help(arguments: &[&str]) -> String {
    let folder = folder(&[]);
    let run = run(folder.path(), arguments);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{arguments:?}");
    run.stdout
}

/// Returns the names of all commands.
fn commands() -> Vec<String> {
    let help = help(&["-h"]);
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names = lines
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next());
    let names: Vec<String> = names.filter(|name| *name != "help").map(str::to_owned).collect();
    assert!(names.len() >= 9, "{names:?}");
    names
}

#[test]
fn help_texts_fit_on_a_screen() {
    let commands = commands();
    let of_commands = commands.iter().map(|command| vec![command.as_str(), "-h"]);
    for arguments in std::iter::once(vec!["-h"]).chain(of_commands) {
        let help = help(&arguments);
        let rows_of = |line: &str| line.chars().count().div_ceil(COLUMNS).max(1);
        let rows: usize = help.lines().map(rows_of).sum();
        assert!(rows <= ROWS, "{arguments:?} takes {rows} rows: {help}");
        for line in help.lines().filter(|line| rows_of(line) > 1) {
            assert!(line.contains("[possible values: "), "{arguments:?}: {line}");
        }
    }
}

/// Returns the long options of a command.
fn options(command: &str) -> BTreeSet<String> {
    let help = help(&[command, "--help"]);
    let lines = help.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
    let words = lines.flat_map(|line| line.split([' ', ',']).take(3));
    words.filter(|word| word.starts_with("--")).map(str::to_owned).collect()
}

#[test]
fn every_command_and_option_is_used_by_a_test() {
    let mut sources = String::new();
    for folder in ["tests/cli", "tests/codes"] {
        for entry in fs::read_dir(root().join(folder)).expect("the tests") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|extension| extension == "rs") {
                sources += &fs::read_to_string(path).expect("a file");
            }
        }
    }
    for command in commands() {
        assert!(sources.contains(&format!("\"{command}\"")), "no test runs `{command}`");
        let options = options(&command);
        assert!(options.contains("--help"), "{options:?}");
        for option in options {
            assert!(
                sources.contains(&format!("\"{option}\"")),
                "no test uses `{command} {option}`"
            );
        }
    }
}
