//! The same call with reqwest, and models with serde's derives.

use std::net::SocketAddr;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::Client;
use reqwest::header::ACCEPT;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::Result;

/// A client with the same timeouts as the generated one.
#[derive(Clone)]
pub struct ByHand {
    http: Client,
    server: std::sync::Arc<str>,
    token: std::sync::Arc<str>,
}

impl ByHand {
    pub fn new(server: SocketAddr, token: &str) -> Result<Self> {
        let http = Client::builder()
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(60))
            .user_agent("client-bench/0.0.0");
        let (server, token) = (format!("http://{server}").into(), token.into());
        Ok(Self {
            http: http.build()?,
            server,
            token,
        })
    }

    pub async fn activity(&self, id: &str) -> Result<Activity> {
        let request = self.http.get(format!("{}/activities/{id}", self.server));
        let request = request.header(ACCEPT, "application/json").bearer_auth(&self.token);
        let response = request.send().await?.error_for_status()?;
        Ok(response.json().await?)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Activity {
    pub action: ActivityAction,
    pub activity_date_time: Timestamp,
    pub attachments: Option<Vec<Map<String, Value>>>,
    pub id: String,
    pub organization: Option<Organization>,
    pub outcome: Option<Outcome>,
    pub performer: Performer,
    pub summary: Option<String>,
    pub tags: Option<Vec<String>>,
    pub targets: Vec<Target>,
    pub workspace: Option<Workspace>,
}

#[derive(Deserialize)]
pub struct ActivityAction {
    pub alias: Option<String>,
    pub category: Option<String>,
    pub deprecated: Option<bool>,
    pub id: String,
    pub name: Option<String>,
}

#[derive(Deserialize)]
pub struct Organization {
    pub created: Option<Action>,
    pub id: Option<String>,
    pub modified: Option<Action>,
    pub name: Option<String>,
    pub status: Option<Status>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Active,
    Inactive,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Success,
    Failure,
    Pending,
    Unknown,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Performer {
    pub display_name: Option<String>,
    pub id: String,
    pub ip_address: Option<String>,
    #[serde(rename = "type")]
    pub kind: String,
    pub unique_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Target {
    pub display_name: Option<String>,
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub unique_name: Option<String>,
}

#[derive(Deserialize)]
pub struct Workspace {
    pub created: Option<Action>,
    pub id: Option<String>,
    pub modified: Option<Action>,
    pub name: Option<String>,
    pub organization: Option<Organization>,
    pub solutions: Option<Vec<Solution>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Action {
    pub date_time: Option<Timestamp>,
    pub user: Option<User>,
}

#[derive(Deserialize)]
pub struct Solution {
    pub id: Option<String>,
    pub name: Option<String>,
}

#[derive(Deserialize)]
pub struct User {
    pub id: Option<String>,
}
