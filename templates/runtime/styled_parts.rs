//! Parts of a multipart body that have a style.

use percent_encoding::percent_decode_str;

use super::body::Piece;
use super::codec::Wire;
use super::multipart::{assemble, part};
use super::request::Request;
use super::style::{EncodingContext, StyleRule};

impl Request {
    /// Sets the parts of a value that is serialized like a query parameter: one text part for each pair, without percent-encoding.
    pub fn part_styled(&mut self, name: &'static str, rule: StyleRule, value: &dyn Wire) {
        let Some(pairs) = self.styled(name, rule, value, EncodingContext::Query) else {
            return;
        };
        // The rule of a part never keeps reserved characters, so `&` and `=` are only separators here.
        let pairs = pairs.split('&').filter_map(|pair| pair.split_once('='));
        let decoded = |text| percent_decode_str(text).decode_utf8_lossy();
        let parts = pairs.flat_map(|(key, text)| {
            let content = Piece::Bytes(decoded(text).into_owned().into());
            part(&decoded(key), None, "", "text/plain", content)
        });
        self.field(name, parts.collect(), assemble);
    }
}
