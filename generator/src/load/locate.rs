//! Resolves places to what messages show: path, line, column, the text of the line, and the JSON pointer.

use super::tree::Extent;
use super::{Node, SourceFile, SourceMap};
use crate::diagnostics::{Locate, Located, Place};
use crate::wire::url::without_secrets;

/// The number of bytes of a line that are kept on each side of a place. A minified document is one line, and a thousand
/// messages must not copy it a thousand times.
const AROUND: usize = 1000;

/// The number of bytes between two counts of characters.
const BLOCK: usize = 512;

/// Returns whether a byte of UTF-8 starts a character.
fn is_character_start(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

impl SourceFile {
    /// Returns the byte offset of each line.
    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let breaks = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(breaks.map(|(at, _)| at as u32 + 1)).collect()
        })
    }

    /// Returns the line (from 0) of a byte and the offset where the line starts.
    fn line_of(&self, at: usize) -> (usize, usize) {
        let lines = self.lines();
        let line = lines.partition_point(|start| *start as usize <= at).saturating_sub(1);
        (line, lines.get(line).copied().unwrap_or_default() as usize)
    }

    /// Returns the number of characters before a byte. Counts at most one block, because a document may be one long line.
    fn characters_before(&self, at: usize) -> usize {
        let blocks = self.characters.get_or_init(|| {
            let mut total = 0;
            let mut blocks = vec![0];
            for block in self.text.as_bytes().chunks(BLOCK) {
                total += block.iter().filter(|byte| is_character_start(**byte)).count() as u32;
                blocks.push(total);
            }
            blocks
        });
        let block = at / BLOCK;
        let before = blocks.get(block).copied().unwrap_or_default() as usize;
        let rest = self.text.as_bytes().get(block * BLOCK..at).unwrap_or_default();
        before + rest.iter().filter(|byte| is_character_start(**byte)).count()
    }

    /// Returns the byte at which a number of characters end.
    fn byte_after(&self, characters: usize) -> usize {
        // Initializes the blocks.
        self.characters_before(0);
        let blocks = self.characters.get().map_or(&[][..], Vec::as_slice);
        let block = blocks
            .partition_point(|before| *before as usize <= characters)
            .saturating_sub(1);
        let mut left = characters - blocks.get(block).copied().unwrap_or_default() as usize;
        let rest = self.text.as_bytes().get(block * BLOCK..).unwrap_or_default();
        let within = rest.iter().position(|byte| {
            let ends = is_character_start(*byte) && left == 0;
            left -= usize::from(is_character_start(*byte) && left > 0);
            ends
        });
        block * BLOCK + within.unwrap_or(rest.len())
    }

    /// Returns the place of a byte.
    pub(super) fn place_at(&self, at: usize) -> Place {
        let at = self.floor(at);
        let (line, start) = self.line_of(at);
        let column = self.characters_before(at) - self.characters_before(start);
        Place::Text(self.id, line as u32 + 1, column as u32 + 1)
    }

    /// Rounds a byte offset down to a character boundary.
    fn floor(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        (0..=at)
            .rev()
            .find(|at| self.text.is_char_boundary(*at))
            .unwrap_or_default()
    }

    /// Returns the path as messages show it. The URL of a document may contain a password or a token.
    fn shown_path(&self) -> String {
        without_secrets(&self.path).into_owned()
    }

    fn line_text(&self, line: usize) -> &str {
        let lines = self.lines();
        let start = lines.get(line).map_or(self.text.len(), |start| *start as usize);
        let end = lines.get(line + 1).map_or(self.text.len(), |end| *end as usize);
        self.text
            .get(start..end)
            .unwrap_or_default()
            .trim_end_matches(['\n', '\r'])
    }

    /// Describes a range of bytes, cut at the end of its first line.
    fn located(&self, extent: Extent, pointer: Option<String>) -> Located {
        let start = self.floor(extent.start as usize);
        let end = self.floor(extent.end as usize).max(start);
        let (line, line_start) = self.line_of(start);
        let text = self.line_text(line);
        let end = end.min(line_start + text.len()).max(start);
        let chars = |from: usize, to: usize| (self.characters_before(to) - self.characters_before(from)) as u32;
        let marked = self.text.get(start..end).unwrap_or_default().trim_end().len();
        let length = chars(start, start + marked);
        let from = self.floor(start.saturating_sub(AROUND)).max(line_start);
        let to = self.floor(start + AROUND).min(line_start + text.len()).max(from);
        Located {
            path: self.shown_path(),
            line: line as u32 + 1,
            column: chars(line_start, start) + 1,
            length,
            text: self.text.get(from..to).unwrap_or_default().to_owned(),
            skipped: chars(line_start, from),
            pointer,
        }
    }

    fn located_at(&self, line: u32, column: u32) -> Located {
        let line_start = self
            .lines()
            .get(line.saturating_sub(1) as usize)
            .copied()
            .unwrap_or_default() as usize;
        let at = self.byte_after(self.characters_before(line_start) + column.saturating_sub(1) as usize) as u32;
        let located = self.located(Extent { start: at, end: at }, None);
        Located {
            line,
            column,
            length: 1,
            ..located
        }
    }
}

impl SourceMap {
    /// Returns the JSON pointer of a value. Unlike its line, it is found without a search in the text.
    pub fn pointer(&self, place: Place) -> Option<String> {
        match place {
            Place::Value(file, node) | Place::Key(file, node) => Some(owner(self.node(file, node)?).pointer()),
            Place::Text(..) | Place::File(_) => None,
        }
    }
}

/// Returns the value whose pointer messages show. For a `$ref`, it is the object that contains it, as in other tools.
fn owner(node: Node<'_>) -> Node<'_> {
    match node.key() {
        Some("$ref") => node.parent().unwrap_or(node),
        _ => node,
    }
}

impl Locate for SourceMap {
    fn locate(&self, place: Place) -> Option<Located> {
        let file = self.file(place.file())?;
        let node = match place {
            Place::Value(_, node) | Place::Key(_, node) => self.node(file.id, node)?,
            Place::Text(_, line, column) => return Some(file.located_at(line, column)),
            Place::File(_) => {
                return Some(Located {
                    path: file.shown_path(),
                    ..Located::default()
                });
            }
        };
        // Values from an overlay are shown where the overlay has them.
        let written = node
            .origin()
            .and_then(|(file, node)| self.node(file, node))
            .unwrap_or(node);
        let file = self.file(written.file())?;
        // For an object or array, the key is marked, because the value may have thousands of lines.
        let by_key = matches!(place, Place::Key(..)) || written.is_object() || written.is_array();
        let extent = written.key_extent().filter(|_| by_key).unwrap_or(written.extent());
        Some(file.located(extent, Some(owner(node).pointer())))
    }
}
