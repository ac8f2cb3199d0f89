//! The URL of a request: the server, the path template with its parameters, and the query.

use std::borrow::Cow;

use http::Uri;
use url::Url;

use super::address;
use super::call_error::BuildError;
use super::request::Request;

impl Request {
    /// Returns the server of this request.
    pub(super) fn server(&self) -> Result<Cow<'_, Url>, BuildError> {
        let core = &*self.core.0;
        let absolute = |text: &str| address::server(text).map(Cow::Owned).map_err(BuildError::new);
        let base_url = self.options.as_ref().and_then(|options| options.base_url.as_deref());
        match (base_url, self.operation.base) {
            (Some(text), _) => absolute(text),
            (None, Some(path)) if path.starts_with('/') => absolute(&address::join(&origin(&core.server), path)),
            (None, Some(text)) if !core.options.custom_server => absolute(text),
            (None, Some(_) | None) => Ok(Cow::Borrowed(&core.server)),
        }
    }

    /// Returns the complete URL as it is sent.
    pub(super) fn uri(&self) -> Result<Uri, BuildError> {
        // A path on the server has the origin of the server, and all of its text is encoded. So only links and dots, which
        // can be path segments with a meaning, need the URL parser.
        if self.link.is_none() {
            let server = self.server()?;
            let text = self.text(&server)?;
            let has_dots = ["/.", "/%2"].iter().any(|dot| text.contains(dot));
            if !has_dots && let Ok(uri) = Uri::try_from(text) {
                return Ok(uri);
            }
        }
        Uri::try_from(String::from(self.url()?))
            .map_err(|error| BuildError::caused((), error).with_message("invalid request URL"))
    }

    /// Returns the complete URL.
    pub(super) fn url(&self) -> Result<Url, BuildError> {
        let server = self.server()?;
        let text = match &self.link {
            Some(link) => link.clone(),
            None => self.text(&server)?,
        };
        let url = Url::parse(&text).map_err(|error| BuildError::new(format!("invalid request URL: {error}")))?;
        if url.origin() != server.origin() {
            return Err(BuildError::new(format!(
                "{} is not the client's server",
                address::origin(&url)
            )));
        }
        Ok(url)
    }

    /// Returns the text of the URL on a server.
    fn text(&self, server: &Url) -> Result<String, BuildError> {
        let server = server.as_str().trim_end_matches('/');
        let template = self.template.strip_prefix('/').unwrap_or(&self.template);
        let path: usize = self.path.iter().map(|(_, value)| value.len()).sum();
        let query: usize = self.query.iter().map(|(_, pairs)| pairs.len() + 1).sum();
        let mut text = String::with_capacity(server.len() + 1 + template.len() + path + query);
        text.push_str(server);
        let mut segments = template.split('/').peekable();
        while let Some(segment) = segments.next() {
            text.push('/');
            self.push_segment(&mut text, segment, segments.peek().is_none())?;
        }
        let mut separator = if text.contains('?') { '&' } else { '?' };
        for (_, pairs) in self.query.iter().filter(|(_, pairs)| !pairs.is_empty()) {
            text.push(separator);
            text.push_str(pairs);
            separator = '&';
        }
        for (name, value) in self.core.0.query.iter().filter(|_| !self.is_internal) {
            text.push(separator);
            address::push_pair(&mut text, name, value);
            separator = '&';
        }
        Ok(text)
    }

    /// Adds one path segment. It must not be empty, `.` or `..`, because the URL would then reach another operation.
    fn push_segment(&self, text: &mut String, template: &str, is_last: bool) -> Result<(), BuildError> {
        let start = text.len();
        let mut last = None;
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, tail)) = after.split_once('}') else {
                break;
            };
            let value = self
                .path
                .iter()
                .find(|(other, _)| *other == name)
                .map_or("", |(_, value)| value.as_str());
            if value.is_empty() {
                let may_be_empty = is_last && before.is_empty() && tail.is_empty();
                if !(may_be_empty && self.options.as_ref().is_some_and(|options| options.allow_empty_path)) {
                    return Err(empty_path_parameter(name, may_be_empty));
                }
            }
            text.extend(address::encode_template(before));
            text.push_str(value);
            last = Some(name);
            rest = tail;
        }
        text.extend(address::encode_template(rest));
        let segment = &text[start..];
        match last {
            Some(name) if segment.split('/').any(is_dots) => Err(BuildError::new(format!(
                "path parameter `{name}` is `{segment}`, which cannot be sent in a path"
            ))),
            Some(_) | None => Ok(()),
        }
    }
}

/// Returns whether a segment is `.` or `..`. URL parsers resolve both, even if the dots are percent-encoded, so they cannot be sent.
fn is_dots(segment: &str) -> bool {
    fn after_dot(text: &str) -> Option<&str> {
        [".", "%2e", "%2E"].iter().find_map(|dot| text.strip_prefix(dot))
    }
    after_dot(segment).is_some_and(|rest| rest.is_empty() || after_dot(rest) == Some(""))
}

fn empty_path_parameter(name: &str, may_be_empty: bool) -> BuildError {
    let help = match may_be_empty {
        true => "; call `allow_empty_path()` to send it",
        false => "",
    };
    BuildError::new(format!("path parameter `{name}` is empty{help}"))
}

fn origin(server: &Url) -> Url {
    let mut origin = server.clone();
    origin.set_path("/");
    origin
}
