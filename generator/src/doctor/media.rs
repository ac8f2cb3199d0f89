//! Media types of bodies.

use serde_json::Value;

use super::finding::Finding;
use super::requests::untyped;
use crate::document::MediaContent;
use crate::wire::MediaType;

/// Returns the content of a media type: the same one, or a range such as `image/*`.
pub(super) fn find<'d>(content: &'d [MediaContent], media_type: &str) -> Option<&'d MediaContent> {
    let main = media_type.split('/').next().unwrap_or_default();
    let by = |wanted: &str| content.iter().find(|content| content.name.essence() == wanted);
    by(media_type)
        .or_else(|| by(&format!("{main}/*")))
        .or_else(|| by("*/*"))
}

/// Adds the value of a body to a finding, from which its schema is inferred.
pub(super) fn sampled(finding: Finding, media_type: &str, text: &str) -> Finding {
    let value = match media_type {
        "application/x-www-form-urlencoded" => {
            let pairs = form_urlencoded::parse(text.as_bytes());
            pairs
                .map(|(name, value)| (name.into_owned(), untyped(&value)))
                .collect()
        }
        "multipart/form-data" => Value::Object(serde_json::Map::new()),
        // The schema of any other body is a string.
        _ if MediaType::from(media_type).is_json() => serde_json::from_str(text).unwrap_or_default(),
        _ => Value::String(String::new()),
    };
    finding.sample(&value)
}
