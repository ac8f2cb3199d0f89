//! The five operations with their paths and examples, and clients for them.

use std::sync::LazyLock;

use serde_json::{Value, json};
use workiva_activities::errors::ActivitiesError;
use workiva_activities::{Client, ClientBuilder, Error, RetryPolicy};

use crate::mock::{Document, Server, World, environment};

environment!(workiva_activities::runtime);

pub const ORGANIZATION: &str = "4b0f6c52-91ad-4e37-8c1b-d20a7e95f348";
pub const WORKSPACE: &str = "QWNjb3VudB83MzA1NTE4MjQ2";
pub const ACTION: &str = "com.workiva.administration.workspace.update";

/// The API description of the SDK.
pub static DOCUMENT: LazyLock<Document> =
    LazyLock::new(|| Document::new(include_str!("../../spec/workiva-activities.yaml")));

/// An operation of the API description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    Activity,
    Actions,
    Action,
    Organization,
    Workspace,
}

impl Operation {
    pub const ALL: [Self; 5] = [
        Self::Activity,
        Self::Actions,
        Self::Action,
        Self::Organization,
        Self::Workspace,
    ];

    /// The operations with pagination.
    pub const LISTS: [Self; 3] = [Self::Actions, Self::Organization, Self::Workspace];

    /// Returns the path template.
    pub fn template(self) -> &'static str {
        match self {
            Self::Activity => "/activities/{activityId}",
            Self::Actions => "/activityActions",
            Self::Action => "/activityActions/{activityActionId}",
            Self::Organization => "/organizations/{organizationId}/activities",
            Self::Workspace => "/organizations/{organizationId}/workspaces/{workspaceId}/activities",
        }
    }

    /// Returns the path that [`send`](Self::send) requests.
    pub fn path(self) -> String {
        match self {
            Self::Activity => "/activities/NjE0MjIx".to_owned(),
            Self::Actions => "/activityActions".to_owned(),
            Self::Action => format!("/activityActions/{ACTION}"),
            Self::Organization => format!("/organizations/{ORGANIZATION}/activities"),
            Self::Workspace => format!("/organizations/{ORGANIZATION}/workspaces/{WORKSPACE}/activities"),
        }
    }

    /// Returns the operation in the API description.
    pub fn documented(self) -> &'static Value {
        &DOCUMENT.0["paths"][self.template()]["get"]
    }

    /// Returns the documented example of the response.
    pub fn example(self) -> &'static Value {
        &self.documented()["responses"]["200"]["content"]["application/json"]["example"]
    }

    /// Calls the operation with its required arguments and returns the body as JSON.
    pub async fn send(self, client: &Client) -> Result<Value, Error<ActivitiesError>> {
        let activities = client.activities();
        Ok(match self {
            Self::Activity => json!(activities.get_activity_by_id("NjE0MjIx").send().await?),
            Self::Actions => json!(*activities.get_activity_actions().send().await?),
            Self::Action => json!(activities.get_activity_action_by_id(ACTION).send().await?),
            Self::Organization => json!(*activities.get_organization_activities(ORGANIZATION).send().await?),
            Self::Workspace => {
                let call = activities.get_organization_workspace_activities(ORGANIZATION, WORKSPACE);
                json!(*call.send().await?)
            }
        })
    }
}

/// Returns a builder with a token, for a server and a clock.
pub fn builder(server: &Server, world: &World) -> ClientBuilder {
    Client::builder()
        .base_url(&server.url)
        .environment(world.clone())
        .bearer_token("t0ken")
}

pub fn client(server: &Server, world: &World) -> Client {
    builder(server, world).build().expect("a client")
}

/// Returns a client that does not retry.
pub fn plain(server: &Server) -> Client {
    let builder = builder(server, &World::new()).retries(RetryPolicy::none());
    builder.build().expect("a client")
}

/// Calls `getActivityById`, for tests of what all calls have in common.
pub async fn one(client: &Client) -> Result<(), Error<ActivitiesError>> {
    client.activities().get_activity_by_id("a1").send().await.map(drop)
}

/// Returns a minimal activity.
pub fn activity(id: &str) -> Value {
    json!({
        "id": id,
        "action": {"id": ACTION},
        "performer": {"id": "p1", "type": "com.workiva.iam.principal.user"},
        "targets": [],
        "activityDateTime": "2026-03-17T08:42:19Z",
    })
}
