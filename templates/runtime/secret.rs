//! Secrets: never printed. The text is overwritten in memory when the last copy is dropped; the headers of requests contain copies.

use std::fmt;
use std::sync::{Arc, OnceLock};

use http::HeaderValue;
use zeroize::Zeroizing;

/// A token, key or password. Clones share one string, which is overwritten when the last clone is dropped.
#[derive(Clone)]
pub struct Secret(Arc<Shared>);

struct Shared {
    text: Zeroizing<String>,
    /// The authentication scheme of the first request with the secret, and the value of its header.
    header: OnceLock<(&'static str, HeaderValue)>,
}

impl Secret {
    /// Returns the secret text.
    pub fn expose(&self) -> &str {
        &self.0.text
    }

    /// Returns the value of a header with the secret, after the name of an authentication scheme if there is one. `None` if a header
    /// cannot contain the secret. Almost all secrets have one scheme, so the value is created once.
    pub(super) fn header_value(&self, scheme: &'static str) -> Option<HeaderValue> {
        if let Some((other, value)) = self.0.header.get()
            && *other == scheme
        {
            return Some(value.clone());
        }
        let separator = if scheme.is_empty() { "" } else { " " };
        let mut value = HeaderValue::try_from([scheme, separator, self.expose()].concat()).ok()?;
        value.set_sensitive(true);
        // Only the value of the first scheme is kept.
        let _ = self.0.header.set((scheme, value.clone()));
        Some(value)
    }
}

impl<T: Into<String>> From<T> for Secret {
    fn from(text: T) -> Self {
        let text = Zeroizing::new(text.into());
        let header = OnceLock::new();
        Self(Arc::new(Shared { text, header }))
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}
