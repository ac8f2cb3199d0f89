//! The guide to calls: response metadata, call options, custom requests, hooks and transports.

use askama::Template;

use super::super::call::Call;
use super::super::rust_layout::Code;
use super::super::site::Site;
use super::super::snippets;
use super::example;
use crate::krate::{Crate, OperationId};

#[derive(Template)]
#[template(path = "docs/calls.md", escape = "none")]
struct CallsPage<'c> {
    lib: &'c str,
    response: Option<String>,
    options: Option<String>,
    hook: String,
    http_client: String,
    package: &'c str,
    streams: bool,
    paging: bool,
}

pub(super) fn page(site: &Site<'_>) -> askama::Result<String> {
    let krate = site.krate;
    let hooked = snippets::builder(krate, &[Code::text("hook(Log)")], "build()");
    let carried = snippets::builder(krate, &[Code::text("http_client(http)")], "build()?");
    CallsPage {
        lib: krate.package.lib.as_str(),
        response: example(krate).map(|id| response(krate, id)),
        options: example(krate).map(|id| options(krate, id)),
        hook: hooked.statement(1, "", ""),
        http_client: Code::call("Ok", vec![carried]).statement(1, "", ""),
        package: &krate.package.name,
        streams: krate.runtime.streams,
        paging: krate.runtime.paging,
    }
    .render()
}

fn response(krate: &Crate, id: OperationId) -> String {
    let call = Call::minimal(krate, id);
    let body = call
        .chain(&["send_response()", "await?"])
        .statement(1, "let response = ", ";\n")
        + "    println!(\"{} {:?}\", response.status(), response.headers());\n    println!(\"{:#?}\", response.body());\n";
    call.program(&["Client"], &body)
}

fn options(krate: &Crate, id: OperationId) -> String {
    let call = Call::minimal(krate, id);
    let links = [
        "retries(RetryPolicy::none())",
        "timeout(Duration::from_secs(5))",
        "header(\"x-correlation\", \"7f3a\")",
        "send()",
        "await?",
    ];
    let body = call.chain(&links).statement(1, "let response = ", ";\n") + "    println!(\"{response:?}\");\n";
    call.program(&["Client", "RetryPolicy", "std::time::Duration"], &body)
}
