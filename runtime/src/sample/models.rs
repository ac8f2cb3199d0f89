//! The models.

use crate::runtime::codec::{self, Keys, Nullable, Object, Outcome, Source, Wire};

/// An activity.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Activity {
    /// Its id.
    pub id: String,
    /// What was done.
    pub action: Option<String>,
}

impl Wire for Activity {
    fn vacant() -> Self {
        Self {
            id: Wire::vacant(),
            action: Wire::vacant(),
        }
    }
    fn keys() -> &'static Keys {
        &Keys {
            names: &["id", "action"],
            required: &[0],
        }
    }
    fn field(&mut self, index: usize, value: &mut dyn Source) -> Outcome {
        match index {
            0 => self.id.read(value),
            1 => self.action.read(value),
            _ => value.skip(),
        }
    }
    fn write(&self, out: &mut Object<'_>) {
        out.field("id", &self.id);
        out.optional("action", &self.action);
    }
}
codec::serde!(Activity);

/// A page of activities.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ActivityList {
    /// The activities.
    pub data: Vec<Activity>,
    /// The link to the next page.
    pub next_link: Nullable<String>,
}

impl Wire for ActivityList {
    fn vacant() -> Self {
        Self {
            data: Wire::vacant(),
            next_link: Wire::vacant(),
        }
    }
    fn keys() -> &'static Keys {
        &Keys {
            names: &["data", "@nextLink"],
            required: &[0],
        }
    }
    fn field(&mut self, index: usize, value: &mut dyn Source) -> Outcome {
        match index {
            0 => self.data.read(value),
            1 => self.next_link.read(value),
            _ => value.skip(),
        }
    }
    fn write(&self, out: &mut Object<'_>) {
        out.field("data", &self.data);
        out.optional("@nextLink", &self.next_link);
    }
}
codec::serde!(ActivityList);

/// What went wrong.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ErrorResponse {
    /// For machines.
    pub code: Option<String>,
    /// For people.
    pub message: Option<String>,
}

impl Wire for ErrorResponse {
    fn vacant() -> Self {
        Self {
            code: Wire::vacant(),
            message: Wire::vacant(),
        }
    }
    fn keys() -> &'static Keys {
        &Keys {
            names: &["code", "message"],
            required: &[],
        }
    }
    fn field(&mut self, index: usize, value: &mut dyn Source) -> Outcome {
        match index {
            0 => self.code.read(value),
            1 => self.message.read(value),
            _ => value.skip(),
        }
    }
    fn write(&self, out: &mut Object<'_>) {
        out.optional("code", &self.code);
        out.optional("message", &self.message);
    }
}
codec::serde!(ErrorResponse);
