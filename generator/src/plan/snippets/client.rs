//! Examples of clients.

use super::layout::Code;
use super::programs::{self, Imports};
use super::values;
use crate::krate::{Crate, VariableKind};

/// Returns a client with its parameters, if there are any. Every example sets the required ones.
pub(super) fn parameters(krate: &Crate) -> Option<String> {
    let optional = krate.client_parameters.iter().filter(|parameter| !parameter.required);
    let setters: Vec<String> = optional
        .map(|parameter| {
            let value = values::expression(krate, &parameter.example);
            Code::call(&parameter.setter, vec![value]).statement(0, "", "")
        })
        .collect();
    let setters: Vec<&str> = setters.iter().map(String::as_str).collect();
    (!krate.client_parameters.is_empty()).then(|| programs::client(krate, &[], "", "", &setters))
}

/// Returns a client with a retry policy and a timeout.
pub(super) fn timeout(krate: &Crate) -> String {
    let setters = [
        "retries(RetryPolicy::standard().attempts(5))",
        "timeout(Duration::from_secs(30))",
    ];
    programs::client(krate, &["std::time::Duration", "RetryPolicy"], "", "", &setters)
}

/// Returns a client with a retry policy and all timeouts.
pub(super) fn timeouts(krate: &Crate) -> String {
    let setters = [
        "retries(retries)",
        "connect_timeout(Duration::from_secs(5))",
        "attempt_timeout(Duration::from_secs(30))",
        "timeout(Duration::from_secs(120))",
    ];
    let before = "    let retries = RetryPolicy::standard().attempts(5).max_elapsed(Duration::from_secs(90));\n";
    programs::client(krate, &["std::time::Duration", "RetryPolicy"], "", before, &setters)
}

/// Returns a program with a request for which there is no operation.
pub(super) fn custom_request(krate: &Crate) -> String {
    let links = [
        "request(Method::GET, \"/anything\")",
        "query(\"since\", \"2026-01-01\")",
        "send()",
        "await?",
    ];
    let call = Code::chain(Code::text("client"), links.map(Code::text).into());
    let body = call.statement(1, "let response = ", ";\n")
        + "    println!(\"{} {:?}\", response.status(), response.body());\n";
    let imports = Imports::of(&["Client", "Method"]);
    programs::program(krate, imports, &programs::opening(krate), &body)
}

/// Returns the expression that builds a client with a hook.
pub(super) fn hook(krate: &Crate) -> String {
    programs::builder(krate, &[Code::text("hook(Log)")], "build()").statement(1, "", "")
}

/// Returns the expression that builds a client with a custom HTTP client.
pub(super) fn http_client(krate: &Crate) -> String {
    let client = programs::builder(krate, &[Code::text("http_client(http)")], "build()?");
    Code::call("Ok", vec![client]).statement(1, "", "")
}

/// Returns the expression that builds a client whose requests a tower service sends. The expression is indented for a
/// function in a module.
pub(super) fn tower(krate: &Crate) -> String {
    let transport = Code::text("transport(TowerTransport::new(service))");
    let client = programs::builder(krate, &[transport], "build()?");
    Code::call("Ok", vec![client]).statement(2, "", "")
}

/// Returns an example that selects the last server, because the first is the default.
pub(super) fn server(krate: &Crate) -> String {
    let server = krate.servers.choices.last().filter(|_| krate.servers.choices.len() > 1);
    let mut imports: Vec<&str> = Vec::new();
    let mut setters: Vec<String> = Vec::new();
    if let Some(server) = server {
        imports.push("Server");
        setters.push(format!("server(Server::{})", server.name));
    }
    for variable in &krate.servers.variables {
        if let VariableKind::Enum { name, values } = &variable.kind
            && let Some(last) = values.last()
        {
            imports.push(name.as_str());
            setters.push(format!("{}({name}::{})", variable.setter, last.name));
        }
    }
    let setters: Vec<&str> = setters.iter().map(String::as_str).collect();
    programs::client(krate, &imports, "", "", &setters)
}
