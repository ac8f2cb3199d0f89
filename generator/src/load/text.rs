//! Decodes bytes and chooses the parser: JSON or YAML, with fallbacks.

use super::builder::Builder;
use super::finding::Finding;
use super::tree::{Extent, Tree};
use super::{MAX_BYTES, indent, json, yaml};
use crate::diagnostics::Code;

/// A text with its tree. The text may differ from the file in its encoding and in tabs.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub(super) text: String,
    pub(super) tree: Tree,
    pub(super) findings: Vec<Finding>,
}

/// Decodes bytes as UTF-8 (or as UTF-16 with a byte order mark) and parses them as JSON or YAML. If the name ends in `.json`,
/// text that is not strict JSON is reported.
pub(super) fn parse(name: &str, bytes: Vec<u8>) -> Parsed {
    if bytes.len() > MAX_BYTES {
        return Parsed {
            findings: vec![Finding::too_large()],
            ..Parsed::default()
        };
    }
    let (text, replaced_bytes) = decode(bytes);
    let mut parsed = read(name.to_ascii_lowercase().ends_with(".json"), text);
    parsed.findings.extend(replaced_bytes);
    parsed
}

/// Decodes a file and removes the byte order mark.
fn decode(bytes: Vec<u8>) -> (String, Option<Finding>) {
    if let [first @ (0xff | 0xfe), second @ (0xfe | 0xff), rest @ ..] = bytes.as_slice()
        && first != second
    {
        let big = *first == 0xfe;
        let unit = |pair: &[u8]| if big { [pair[0], pair[1]] } else { [pair[1], pair[0]] };
        let units: Vec<u16> = rest
            .chunks_exact(2)
            .map(|pair| u16::from_be_bytes(unit(pair)))
            .collect();
        return (String::from_utf16_lossy(&units), None);
    }
    let (mut text, mut replaced_bytes) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            (
                String::from_utf8_lossy(error.as_bytes()).into_owned(),
                Some(Finding::not_utf8(at)),
            )
        }
    };
    if text.starts_with('\u{feff}') {
        let mark = '\u{feff}'.len_utf8();
        text.drain(..mark);
        if let Some(finding) = &mut replaced_bytes {
            finding.at -= mark;
        }
    }
    (text, replaced_bytes)
}

fn read(is_json: bool, text: String) -> Parsed {
    if !text.trim_start().starts_with(['{', '[']) {
        return read_yaml(text, None);
    }
    let mut builder = Builder::new(&text, false);
    match json::read(&text, &mut builder) {
        Ok(()) => {
            let (tree, findings) = finish(builder, Vec::new());
            Parsed { text, tree, findings }
        }
        Err(finding) if finding.code == Code::Syntax => read_yaml(text, is_json.then_some(finding)),
        Err(finding) => Parsed {
            text,
            findings: vec![finding],
            ..Parsed::default()
        },
    }
}

/// Parses YAML. `json` is the syntax error of a file that should be JSON.
fn read_yaml(text: String, json: Option<Finding>) -> Parsed {
    match try_yaml(&text) {
        Ok((tree, mut findings)) => {
            findings.extend(json.map(|finding| Finding::not_strict_json(finding.at, &finding.message)));
            Parsed { text, tree, findings }
        }
        Err(error) if error.code == Code::Syntax && json.is_none() => {
            if let Some((tree, findings)) = read_indented(&text) {
                return Parsed { text, tree, findings };
            }
            read_tabs(&text).unwrap_or(Parsed {
                text,
                findings: vec![error],
                ..Parsed::default()
            })
        }
        Err(error) => Parsed {
            text,
            findings: vec![json.unwrap_or(error)],
            ..Parsed::default()
        },
    }
}

fn try_yaml(text: &str) -> Result<(Tree, Vec<Finding>), Finding> {
    let mut builder = Builder::new(text, true);
    let findings = yaml::read(text, &mut builder)?;
    Ok(finish(builder, findings))
}

/// Parses YAML with continuation lines that are not indented, which YAML 1.2 forbids and most parsers accept.
fn read_indented(text: &str) -> Option<(Tree, Vec<Finding>)> {
    let indented = indent::indent(text)?;
    let mut builder = Builder::new(text, true);
    let mut findings = yaml::read_indented(text, &indented.text, &indented.shifts, &mut builder).ok()?;
    findings.push(Finding::not_indented(indented.first));
    Some(finish(builder, findings))
}

/// Parses YAML with tabs in its indentation or after a colon, if some tab width makes it valid.
fn read_tabs(text: &str) -> Option<Parsed> {
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let mut start = 0;
    let tab = text.split_inclusive('\n').find_map(|line| {
        let in_indent = line[..indent(line)].find('\t');
        let at = in_indent
            .or_else(|| line.find(":\t").map(|colon| colon + 1))
            .map(|at| start + at);
        start += line.len();
        at
    })?;
    [2, 4, 8].into_iter().find_map(|width| {
        let spaces = " ".repeat(width);
        let expanded = text.split_inclusive('\n').map(|line| {
            let (indent, rest) = line.split_at(indent(line));
            indent.replace('\t', &spaces) + &rest.replace(":\t", ": ")
        });
        let text: String = expanded.collect();
        let (tree, mut findings) = try_yaml(&text).ok()?;
        findings.push(Finding::tabs(tab));
        Some(Parsed { text, tree, findings })
    })
}

fn finish(builder: Builder<'_>, mut findings: Vec<Finding>) -> (Tree, Vec<Finding>) {
    let (tree, duplicates) = builder.finish();
    let messages = |(key, lost, won): (String, Extent, Extent)| Finding::duplicate_key(&key, lost, won);
    findings.extend(duplicates.into_iter().map(messages));
    (tree, findings)
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn invalid_bytes_are_located_without_the_byte_order_mark() {
        for bytes in [&b"a: \xff"[..], b"\xef\xbb\xbfa: \xff"] {
            let (text, finding) = decode(bytes.to_vec());
            assert_eq!(
                (text.as_str(), finding.map(|finding| finding.at)),
                ("a: \u{fffd}", Some(3))
            );
        }
    }
}
