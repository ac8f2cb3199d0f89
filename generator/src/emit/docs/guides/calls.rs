//! How operations are called, and what there is around them.

use askama::Template;

use super::super::layout::Code;
use super::super::site::Site;
use super::super::snippet;
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
}

pub(super) fn page(site: &Site<'_>) -> askama::Result<String> {
    let krate = site.krate;
    let built = |setter: &str| {
        let builder = snippet::builder(krate, &[Code::text(setter)]);
        builder.statement(1, "let client = ", ";")
    };
    CallsPage {
        lib: krate.package.lib.as_str(),
        response: example(krate).map(|id| response(krate, id)),
        options: example(krate).map(|id| options(krate, id)),
        hook: built("hook(Log)"),
        http_client: built("http_client(http)"),
        package: &krate.package.name,
    }
    .render()
}

fn response(krate: &Crate, id: OperationId) -> String {
    let chain = snippet::chain(krate, &krate[id], &["send_response()", "await?"]);
    let body = chain.statement(1, "let response = ", ";\n")
        + "    println!(\"{} {:?}\", response.status(), response.headers());\n    println!(\"{:#?}\", response.body());\n";
    snippet::program(krate, snippet::imports(krate, &krate[id], &[]), &[], &body)
}

fn options(krate: &Crate, id: OperationId) -> String {
    let mut imports = snippet::imports(krate, &krate[id], &["RetryPolicy".to_owned()]);
    imports.std.insert("time::Duration".to_owned());
    let links = [
        "retries(RetryPolicy::none())",
        "timeout(Duration::from_secs(5))",
        "header(\"x-correlation\", \"7f3a\")",
        "send()",
        "await?",
    ];
    let chain = snippet::chain(krate, &krate[id], &links);
    let body = chain.statement(1, "let answer = ", ";\n") + "    println!(\"{answer:?}\");\n";
    snippet::program(krate, imports, &[], &body)
}
