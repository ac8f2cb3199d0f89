//! Parameters that are set on the client, and used by every call that does not set them.

use super::call_error::BuildError;
use super::codec::Wire;
use super::core::Settings;
use super::request::{Request, texts};

/// A parameter of an operation that is set on the client.
#[derive(Clone, Copy, Debug)]
pub struct ClientParameter {
    /// The name on the wire.
    pub name: &'static str,
    /// Where it is sent.
    pub location: ParameterLocation,
    /// The method of the client builder that sets it.
    pub setter: &'static str,
    /// Whether the operation requires it.
    pub required: bool,
}

/// Where in a request a parameter is sent.
#[derive(Clone, Copy, Debug)]
pub enum ParameterLocation {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

impl Settings {
    /// Sets a parameter of the client, by the name of the builder's method.
    pub fn parameter(&mut self, setter: &'static str, value: &dyn Wire) {
        self.parameters.push((setter, texts(value).join(",")));
    }
}

impl Request {
    /// Sets the parameters to the values of the client. If the request `is_complete`, only checks that the required ones have a
    /// value.
    pub fn client_parameters(&mut self, parameters: &[ClientParameter], is_complete: bool) {
        for parameter in parameters {
            if is_complete {
                self.check_parameter(parameter);
                continue;
            }
            let values = self.core.0.parameters.iter().rev();
            let mut values = values.filter(|(setter, _)| *setter == parameter.setter);
            let Some(value) = values.next().map(|(_, value)| value.clone()) else {
                continue;
            };
            match parameter.location {
                ParameterLocation::Path => self.path_text(parameter.name, value),
                ParameterLocation::Query => self.query_text(parameter.name, value),
                ParameterLocation::Header => self.header_text(parameter.name, value),
                ParameterLocation::Cookie => self.cookie(parameter.name, &value),
            }
        }
    }

    fn check_parameter(&mut self, parameter: &ClientParameter) {
        let (name, core) = (parameter.name, &self.core.0);
        let is_set = match parameter.location {
            ParameterLocation::Path => self.path.iter().any(|(other, _)| *other == name),
            ParameterLocation::Query => {
                let own = self.query.iter().any(|(other, _)| other == name);
                own || core.query.iter().any(|(other, _)| other == name)
            }
            ParameterLocation::Header => self.headers.contains_key(name) || core.headers.contains_key(name),
            ParameterLocation::Cookie => self.cookies.iter().any(|(other, _)| *other == name),
        };
        if parameter.required && !is_set {
            let setter = parameter.setter;
            self.fail(BuildError::new(format!(
                "the parameter `{name}` has no value; set it with `{setter}` of the client builder or of the call"
            )));
        }
    }
}
