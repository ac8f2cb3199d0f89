//! The table.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use crate::generate::{Made, Sdk};
use crate::rejected::Judged;
use crate::{Row, compile, workspace};

const HEAD: [&str; 11] = [
    "document",
    "version",
    "operations",
    "methods",
    "schemas",
    "degraded",
    "said",
    "made in",
    "lines",
    "messages",
    "compiled in",
];

/// The table as text, and how many rows of it failed.
pub fn table(rows: &[Row], rejected: &[Judged]) -> (String, usize) {
    let mut lines: Vec<Vec<String>> = vec![HEAD.map(str::to_owned).to_vec()];
    lines.extend(rows.iter().map(cells));
    let mut text = aligned(&lines);
    let failed: Vec<(&Row, String)> = rows
        .iter()
        .filter_map(|row| row.flaw().map(|flaw| (row, flaw)))
        .collect();
    for (row, flaw) in &failed {
        let _ = writeln!(text, "FAILED {}: {flaw}", row.document.name);
        for message in row.checked.iter().flat_map(|checked| &checked.messages).take(3) {
            let _ = writeln!(text, "{message}");
        }
    }
    let _ = writeln!(text, "\nDocuments that nobody should take:");
    for Judged { name, said, passed } in rejected {
        let _ = writeln!(text, "{}{name}: {said}", if *passed { "" } else { "FAILED " });
    }
    text.push_str(&sums(rows));
    let failures = failed.len() + rejected.iter().filter(|judged| !judged.passed).count();
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
    let Made::Sdk(sdk) = &row.made else {
        return cells;
    };
    let operations = match sdk.kept_out {
        0 => sdk.operations.to_string(),
        out => format!("{}, {out} kept out", sdk.operations),
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

/// Columns of the same width. The first is text, the others mostly numbers.
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

/// What all documents amount to.
fn sums(rows: &[Row]) -> String {
    let sdks = || {
        rows.iter().filter_map(|row| match &row.made {
            Made::Sdk(sdk) => Some(sdk),
            Made::Refused(_) | Made::Broken(_) => None,
        })
    };
    let sum = |what: fn(&Sdk) -> usize| sdks().map(what).sum::<usize>();
    let (operations, lines) = (sum(|sdk| sdk.operations), sum(Sdk::all_lines));
    let mut text = format!(
        "\n{} documents, {operations} methods for {} operations ({} kept out), {} schemas, {} degraded nodes\n",
        rows.len(),
        rows.iter().map(|row| row.document.operations.len()).sum::<usize>(),
        sum(|sdk| sdk.kept_out),
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
        let _ = writeln!(text, "{crates} crates that they depend on, all together");
    }
    text
}
