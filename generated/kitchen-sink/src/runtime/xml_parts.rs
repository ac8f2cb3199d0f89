//! Parts of a multipart body that are XML.

use super::codec::Wire;
use super::request::Request;
use super::xml::XmlRoot;

impl Request {
    /// Sets an XML part.
    pub fn part_xml(&mut self, name: &'static str, content_type: &str, root: &XmlRoot, value: &dyn Wire) {
        let text = self.xml_text(root, value);
        self.part(name, content_type, &text);
    }
}
