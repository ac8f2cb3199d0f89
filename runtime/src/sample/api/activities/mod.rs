//! Activities.

mod create_activity;
mod delete_activity;
mod get_activity_by_id;
mod list_activities;

pub use create_activity::{CreateActivity, CreateActivityError, CreateActivityOutput};
pub use delete_activity::{DeleteActivity, DeleteActivityError};
pub use get_activity_by_id::{GetActivityById, GetActivityByIdError};
pub use list_activities::{ListActivities, ListActivitiesError, ListActivitiesPage};

use super::super::models;
use crate::runtime::Core;

/// Activities.
#[derive(Clone, Copy, Debug)]
pub struct Activities<'c> {
    core: &'c Core,
}

impl<'c> Activities<'c> {
    pub(crate) fn new(core: &'c Core) -> Self {
        Self { core }
    }

    /// Returns an activity.
    pub fn get_activity_by_id(&self, activity_id: impl Into<String>) -> GetActivityById {
        get_activity_by_id::new(self.core, activity_id)
    }

    /// Lists the activities.
    pub fn list_activities(&self) -> ListActivities {
        ListActivities::new(self.core)
    }

    /// Records an activity.
    pub fn create_activity(&self, body: &models::Activity) -> CreateActivity {
        CreateActivity::new(self.core, body)
    }

    /// Deletes an activity.
    pub fn delete_activity(&self, activity_id: impl Into<String>) -> DeleteActivity {
        DeleteActivity::new(self.core, activity_id)
    }
}
