//! Bodies of the media type `application/x-www-form-urlencoded`.

use super::address;
use super::body::Piece;
use super::codec::Wire;
use super::request::{Request, texts};
use super::style::{EncodingContext, StyleRule};

impl Request {
    /// Sets a field. A scalar becomes text, an array one pair for each item, an object JSON.
    pub fn form_field(&mut self, name: &'static str, value: &dyn Wire) {
        let key = address::encode(name);
        let texts = texts(value).into_iter();
        let pairs = texts.map(|text| format!("{key}={}", address::encode(&text)));
        self.form_encoded(name, pairs.collect::<Vec<_>>().join("&"));
    }

    /// Sets a field that is serialized like a query parameter.
    pub fn form_styled(&mut self, name: &'static str, rule: StyleRule, value: &dyn Wire) {
        if let Some(pairs) = self.styled(name, rule.in_form(), value, EncodingContext::Query) {
            self.form_encoded(name, pairs);
        }
    }

    fn form_encoded(&mut self, name: &'static str, pairs: String) {
        self.field(name, vec![Piece::Bytes(pairs.into())], |request| {
            let pairs = request
                .fields
                .iter()
                .flat_map(|(_, pairs)| pairs)
                .filter_map(Piece::bytes)
                .filter(|pairs| !pairs.is_empty());
            let body = pairs.map(|pairs| &pairs[..]).collect::<Vec<_>>().join(&b'&');
            request.body("application/x-www-form-urlencoded", body);
        });
    }
}
