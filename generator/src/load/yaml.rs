//! Parses YAML into a tree, from the events of `saphyr-parser`.
//!
//! Aliases and merge keys are expanded, within limits. Scalar keys of any type become strings. Only the first document of a
//! stream is read.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span, StrInput, Tag as YamlTag};

use super::builder::{Builder, Fragment, MAX_ANCHORED, MAX_REPEATED, TooDeep};
use super::finding::Finding;
use super::indent::Shifts;
use super::scalar::{self, Scalar};
use super::tree::{Extent, Kind, Slice};

/// Parses the first document of a text into the builder and returns the warnings.
pub(super) fn read(text: &str, builder: &mut Builder<'_>) -> Result<Vec<Finding>, Finding> {
    read_indented(text, text, &Shifts::default(), builder)
}

/// Parses `indented`, whose `shifts` map positions to `text`.
pub(super) fn read_indented(
    text: &str,
    indented: &str,
    shifts: &Shifts,
    builder: &mut Builder<'_>,
) -> Result<Vec<Finding>, Finding> {
    let mut reader = Reader::new(text, indented, shifts, builder);
    reader.document()?;
    Ok(reader.findings)
}

/// An open container.
struct Frame {
    anchor: usize,
    is_object: bool,
    /// Whether the next value is a key.
    key_next: bool,
}

struct Reader<'t, 'b, 'k> {
    text: &'t str,
    parser: Parser<'t, StrInput<'t>>,
    offsets: Offsets<'t>,
    builder: &'b mut Builder<'k>,
    open: Vec<Frame>,
    anchors: HashMap<usize, Fragment>,
    repeated: usize,
    anchored: usize,
    findings: Vec<Finding>,
}

impl<'t, 'b, 'k> Reader<'t, 'b, 'k> {
    fn new(text: &'t str, indented: &'t str, shifts: &'t Shifts, builder: &'b mut Builder<'k>) -> Self {
        Self {
            text,
            parser: Parser::new_from_str(indented),
            offsets: Offsets {
                text: indented,
                shifts,
                ascii: indented.is_ascii(),
                chars: 0,
                bytes: 0,
            },
            builder,
            open: Vec::new(),
            anchors: HashMap::new(),
            repeated: 0,
            anchored: 0,
            findings: Vec::new(),
        }
    }

    fn document(&mut self) -> Result<(), Finding> {
        let mut documents = 0;
        while let Some(event) = self.parser.next_event() {
            let (event, span) = event.map_err(|error| self.syntax(*error.marker(), error.info()))?;
            match event {
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        self.findings
                            .push(Finding::second_document(self.offsets.of(span.start) as usize));
                        break;
                    }
                }
                Event::StreamEnd => break,
                Event::Nothing | Event::StreamStart | Event::DocumentEnd => {}
                Event::Scalar(..)
                | Event::Alias(_)
                | Event::SequenceStart(..)
                | Event::SequenceEnd
                | Event::MappingStart(..)
                | Event::MappingEnd => self.event(&event, span)?,
            }
        }
        Ok(())
    }

    fn event(&mut self, event: &Event<'_>, span: Span) -> Result<(), Finding> {
        let extent = self.extent(span);
        if self.open.last().is_some_and(|frame| frame.is_object && frame.key_next) && *event != Event::MappingEnd {
            return self.key(event, extent);
        }
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                self.scalar(value, *style, tag.as_deref(), extent);
                self.finished(*anchor);
            }
            Event::Alias(anchor) => {
                self.alias(*anchor, extent)?;
                self.finished(0);
            }
            Event::SequenceStart(anchor, _) => self.open(Kind::Array, *anchor, extent)?,
            Event::MappingStart(anchor, _) => self.open(Kind::Object, *anchor, extent)?,
            Event::SequenceEnd | Event::MappingEnd => {
                self.builder.close(extent.end);
                let anchor = self.open.pop().map_or(0, |frame| frame.anchor);
                self.finished(anchor);
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn open(&mut self, kind: Kind, anchor: usize, extent: Extent) -> Result<(), Finding> {
        self.builder
            .open(kind, extent.start)
            .map_err(|TooDeep| Finding::too_deep(extent.start as usize))?;
        let is_object = kind == Kind::Object;
        self.open.push(Frame {
            anchor,
            is_object,
            key_next: is_object,
        });
        Ok(())
    }

    /// Completes a value: registers its anchor and, in an object, expects a key next.
    fn finished(&mut self, anchor: usize) {
        if anchor > 0 {
            self.anchored += self.builder.last_len();
            if self.anchored <= MAX_ANCHORED {
                self.anchors.insert(anchor, self.builder.fragment());
            }
        }
        if let Some(frame) = self.open.last_mut() {
            frame.key_next = frame.is_object;
        }
    }

    fn key(&mut self, event: &Event<'_>, extent: Extent) -> Result<(), Finding> {
        let text = match event {
            Event::Scalar(value, style, anchor, _) => {
                let slice = self.slice(value, *style, extent);
                if *anchor > 0 {
                    self.anchors.insert(*anchor, Fragment::string(slice, extent));
                }
                Some(slice)
            }
            Event::Alias(anchor) => self.anchors.get(anchor).and_then(Fragment::scalar),
            _ => None,
        };
        let Some(text) = text else {
            self.findings.push(Finding::complex_key(extent.start as usize));
            if !matches!(event, Event::Alias(_)) {
                self.skip(1)?;
            }
            return self.skip(0);
        };
        self.builder.key(text, extent);
        if let Some(frame) = self.open.last_mut() {
            frame.key_next = false;
        }
        Ok(())
    }

    /// Skips events up to the end of a value of which `depth` containers are open.
    fn skip(&mut self, mut depth: usize) -> Result<(), Finding> {
        while let Some(event) = self.parser.next_event() {
            let (event, _) = event.map_err(|error| self.syntax(*error.marker(), error.info()))?;
            match event {
                Event::SequenceStart(..) | Event::MappingStart(..) => depth += 1,
                Event::SequenceEnd | Event::MappingEnd => depth -= 1,
                Event::Scalar(..) | Event::Alias(_) => {}
                Event::Nothing
                | Event::StreamStart
                | Event::StreamEnd
                | Event::DocumentStart(_)
                | Event::DocumentEnd => return Ok(()),
            }
            if depth == 0 {
                return Ok(());
            }
        }
        Ok(())
    }

    fn scalar(&mut self, value: &str, style: ScalarStyle, tag: Option<&YamlTag>, extent: Extent) {
        let slice = self.slice(value, style, extent);
        let meaning = match (tag.filter(|tag| tag.is_yaml_core_schema()), tag) {
            (Some(tag), _) if matches!(tag.suffix.as_str(), "int" | "float" | "bool" | "null") => scalar::read(value),
            (Some(_), _) | (_, Some(_)) => Scalar::String,
            (None, None) if style == ScalarStyle::Plain => scalar::read(value),
            (None, None) => Scalar::String,
        };
        match meaning {
            Scalar::Null => self.builder.scalar(Kind::Null, slice, extent),
            Scalar::Bool(true) => self.builder.scalar(Kind::True, slice, extent),
            Scalar::Bool(false) => self.builder.scalar(Kind::False, slice, extent),
            Scalar::String => self.builder.scalar(Kind::String, slice, extent),
            Scalar::Number(text) if text == value => self.builder.scalar(Kind::Number, slice, extent),
            Scalar::Number(text) => {
                let slice = self.builder.keep(&text);
                self.builder.scalar(Kind::Number, slice, extent);
            }
        }
    }

    fn alias(&mut self, anchor: usize, extent: Extent) -> Result<(), Finding> {
        let at = extent.start as usize;
        if self.anchored > MAX_ANCHORED {
            return Err(Finding::too_many_aliases(at));
        }
        let Some(fragment) = self.anchors.get(&anchor) else {
            // A value that is not finished yet contains itself. All others that have no fragment are in a skipped key.
            let is_open = self.open.iter().any(|frame| frame.anchor == anchor);
            self.findings.push(match is_open {
                true => Finding::recursive_alias(at),
                false => Finding::alias_of_skipped(at),
            });
            self.builder.scalar(Kind::Null, Slice::default(), extent);
            return Ok(());
        };
        self.repeated += fragment.len();
        if self.repeated > MAX_REPEATED {
            return Err(Finding::too_many_aliases(at));
        }
        self.builder
            .paste(fragment)
            .map_err(|TooDeep| Finding::too_deep(extent.start as usize))
    }

    /// Returns the slice of a scalar: in the file if it occurs there verbatim, otherwise in the buffer.
    fn slice(&mut self, value: &str, style: ScalarStyle, extent: Extent) -> Slice {
        let quote = u32::from(matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted));
        let start = extent.start + quote;
        let verbatim = self
            .text
            .get(start as usize..)
            .is_some_and(|rest| rest.starts_with(value));
        if verbatim {
            Slice::of_file(start, value.len() as u32)
        } else {
            self.builder.keep(value)
        }
    }

    fn extent(&mut self, span: Span) -> Extent {
        let start = self.offsets.of(span.start);
        let end = self.offsets.of(span.end);
        Extent {
            start,
            end: end.max(start),
        }
    }

    fn syntax(&mut self, marker: Marker, info: &str) -> Finding {
        let at = self.offsets.of(marker) as usize;
        match info {
            // The parser counts nested flow collections in eight bits.
            "recursion limit exceeded" => Finding::too_deep(at),
            _ => Finding::syntax(at, &format!("invalid YAML: {info}")),
        }
    }
}

/// Converts the parser's character positions to byte positions.
struct Offsets<'t> {
    text: &'t str,
    shifts: &'t Shifts,
    ascii: bool,
    chars: usize,
    bytes: usize,
}

impl Offsets<'_> {
    /// Returns the position of a marker in the original text.
    fn of(&mut self, marker: Marker) -> u32 {
        let parsed = self.parsed(marker.index());
        self.shifts.original(parsed) as u32
    }

    fn parsed(&mut self, wanted: usize) -> usize {
        if self.ascii {
            return wanted.min(self.text.len());
        }
        // Markers move forward apart from a few steps back, so the text is scanned about once.
        while self.chars < wanted {
            let Some(next) = self.text[self.bytes..].chars().next() else {
                break;
            };
            self.chars += 1;
            self.bytes += next.len_utf8();
        }
        while self.chars > wanted {
            let Some(last) = self.text[..self.bytes].chars().next_back() else {
                break;
            };
            self.chars -= 1;
            self.bytes -= last.len_utf8();
        }
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::{Builder, Fragment, MAX_ANCHORED, Reader, Shifts};

    #[test]
    fn nested_anchors_are_limited() {
        let numbers = "1, ".repeat(100_000);
        let open: String = (0..50).map(|anchor| format!("&a{anchor} [")).collect();
        let text = format!("{open}{numbers}{}", "]".repeat(50));
        let mut builder = Builder::new(&text, true);
        let shifts = Shifts::default();
        let mut reader = Reader::new(&text, &text, &shifts, &mut builder);
        reader.document().expect("valid YAML");
        let kept: usize = reader.anchors.values().map(Fragment::len).sum();
        assert!((1..=MAX_ANCHORED).contains(&kept), "{kept}");
    }
}
