//! The table of results.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use crate::generate::{Outcome, Sdk};
use crate::rejected::Checked;
use crate::{Row, compile, workspace};

const HEAD: [&str; 11] = [
    "document",
    "version",
    "operations",
    "methods",
    "schemas",
    "degraded",
    "diagnostics",
    "generated in",
    "lines",
    "messages",
    "compiled in",
];

/// Returns the table as text, and the number of failed rows.
pub fn table(rows: &[Row], rejected: &[Checked]) -> (String, usize) {
    let mut lines: Vec<Vec<String>> = vec![HEAD.map(str::to_owned).to_vec()];
    lines.extend(rows.iter().map(cells));
    let mut text = aligned(&lines);
    let failed: Vec<(&Row, String)> = rows
        .iter()
        .filter_map(|row| row.error().map(|error| (row, error)))
        .collect();
    for (row, error) in &failed {
        let _ = writeln!(text, "FAILED {}: {error}", row.document.name);
        for message in row.checked.iter().flat_map(|checked| &checked.messages).take(3) {
            let _ = writeln!(text, "{message}");
        }
    }
    let _ = writeln!(text, "\nInvalid documents:");
    for Checked { name, result, passed } in rejected {
        let _ = writeln!(text, "{}{name}: {result}", if *passed { "" } else { "FAILED " });
    }
    text.push_str(&totals(rows));
    let failures = failed.len() + rejected.iter().filter(|checked| !checked.passed).count();
    let passed = rows.len() + rejected.len() - failures;
    let _ = write!(text, "{passed} passed, {failures} failed");
    (text, failures)
}

fn cells(row: &Row) -> Vec<String> {
    let document = &row.document;
    let mut cells = vec![
        document.name.clone(),
        document.version.clone(),
        document.operations.len().to_string(),
    ];
    let Outcome::Sdk(sdk) = &row.outcome else {
        return cells;
    };
    let operations = match sdk.excluded {
        0 => sdk.operations.to_string(),
        out => format!("{}, {out} excluded", sdk.operations),
    };
    let checked = row.checked.as_ref();
    cells.extend([
        operations,
        sdk.schemas.to_string(),
        sdk.dropped.to_string(),
        sdk.findings.len().to_string(),
        seconds(sdk.time),
        sdk.all_lines().to_string(),
        checked.map_or("-".to_owned(), |checked| checked.messages.len().to_string()),
        checked.and_then(|checked| checked.time).map_or("-".to_owned(), seconds),
    ]);
    cells
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

/// Aligns columns: the first one to the left, the others to the right.
fn aligned(lines: &[Vec<String>]) -> String {
    let width = |column: usize| lines.iter().filter_map(|line| line.get(column)).map(String::len).max();
    let mut text = String::new();
    for line in lines {
        for (column, cell) in line.iter().enumerate() {
            let width = width(column).unwrap_or_default();
            let _ = match column {
                0 => write!(text, "{cell:width$}"),
                _ => write!(text, "  {cell:>width$}"),
            };
        }
        text.push('\n');
    }
    text
}

/// Returns the totals of all documents.
fn totals(rows: &[Row]) -> String {
    let sdks = || {
        rows.iter().filter_map(|row| match &row.outcome {
            Outcome::Sdk(sdk) => Some(sdk),
            Outcome::Rejected(_) | Outcome::Broken(_) => None,
        })
    };
    let sum = |what: fn(&Sdk) -> usize| sdks().map(what).sum::<usize>();
    let (operations, lines) = (sum(|sdk| sdk.operations), sum(Sdk::all_lines));
    let mut text = format!(
        "\n{} documents, {operations} methods for {} operations ({} excluded), {} schemas, {} degraded nodes\n",
        rows.len(),
        rows.iter().map(|row| row.document.operations.len()).sum::<usize>(),
        sum(|sdk| sdk.excluded),
        sum(|sdk| sdk.schemas),
        sum(|sdk| sdk.dropped),
    );
    let mut each: Vec<usize> = sdks()
        .filter(|sdk| sdk.operations > 0)
        .map(|sdk| sdk.all_lines() / sdk.operations)
        .collect();
    each.sort_unstable();
    let median = each.get(each.len() / 2).copied().unwrap_or_default();
    let _ = writeln!(
        text,
        "{lines} lines of Rust: {} per operation, {median} in the median document",
        lines / operations.max(1)
    );
    let mut parts: BTreeMap<&str, usize> = BTreeMap::new();
    for (part, lines) in sdks().flat_map(|sdk| &sdk.lines) {
        *parts.entry(part).or_default() += lines;
    }
    for (part, lines) in parts {
        let _ = writeln!(text, "  {part}: {lines}, {} per operation", lines / operations.max(1));
    }
    if let Some(crates) = compile::dependencies(&workspace()) {
        let _ = writeln!(text, "{crates} dependencies in total");
    }
    text
}
