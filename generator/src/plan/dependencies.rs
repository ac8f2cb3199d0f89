//! The dependencies of the generated crate.
//!
//! In: the runtime modules that the crate needs. Out: the dependencies, with versions and features, sorted by name.

use crate::krate::{Dependency, RuntimeNeeds};

/// Returns the dependencies of the library.
pub fn dependencies(needs: &RuntimeNeeds) -> Vec<Dependency> {
    let mut dependencies = vec![
        with_defaults("base64", "0.23"),
        with_defaults("bytes", "1"),
        optional(with_defaults("flate2", "1.1.11")),
        with_defaults("http", "1"),
        with_defaults("http-body", "1"),
        without_defaults("jiff", "0.2", &["std"]),
        with_defaults("percent-encoding", "2"),
        without_defaults("reqwest", "0.13", &[]),
        with_defaults("serde_core", "1"),
        Dependency {
            features: vec!["float_roundtrip"],
            ..with_defaults("serde_json", "1")
        },
        without_defaults("tokio", "1", &["rt", "sync", "time"]),
        optional(with_defaults("tower-service", "0.3")),
        optional(without_defaults("tracing", "0.1", &[])),
        with_defaults("url", "2"),
        with_defaults("zeroize", "1"),
    ];
    if needs.login {
        dependencies.push(with_defaults("getrandom", "0.4"));
        dependencies.push(without_defaults("sha2", "0.11", &[]));
    }
    if needs.webhooks {
        dependencies.push(optional(without_defaults("hmac", "0.13", &[])));
        if !needs.login {
            dependencies.push(optional(without_defaults("sha2", "0.11", &[])));
        }
    }
    if needs.chrono {
        dependencies.push(without_defaults("chrono", "0.4", &["std"]));
    }
    if needs.time_crate {
        dependencies.push(without_defaults("time", "0.3", &["formatting", "parsing", "std"]));
    }
    if needs.uuids {
        dependencies.push(without_defaults("uuid", "1", &["std"]));
    }
    if needs.decimals {
        dependencies.push(without_defaults("rust_decimal", "1", &["std"]));
    }
    if needs.xml {
        dependencies.push(without_defaults("quick-xml", "0.42", &[]));
    }
    if needs.pagination || needs.streams || needs.polling {
        dependencies.push(without_defaults("futures-core", "0.3", &[]));
    }
    dependencies.sort_unstable_by_key(|dependency| dependency.name);
    dependencies
}

/// Returns the additional dependencies of the library in native programs: TLS with ring, which needs a C compiler for the target.
pub fn native_dependencies() -> Vec<Dependency> {
    vec![
        optional(without_defaults("rustls", "0.23", &["ring", "std", "tls12"])),
        optional(with_defaults("rustls-platform-verifier", "0.7")),
    ]
}

/// Returns the additional dependencies of the library in WebAssembly: timers and tasks of JavaScript, and `fetch` with streams.
/// `all` are the dependencies for every target.
pub fn web_dependencies(all: &[Dependency]) -> Vec<Dependency> {
    let with_feature = |name, version, feature| Dependency {
        features: vec![feature],
        ..with_defaults(name, version)
    };
    let mut dependencies = vec![
        without_defaults("futures-core", "0.3", &[]),
        with_feature("getrandom", "0.4", "wasm_js"),
        with_feature("gloo-timers", "0.4", "futures"),
        without_defaults("reqwest", "0.13", &["stream"]),
        with_feature("send_wrapper", "0.6", "futures"),
        with_defaults("wasm-bindgen-futures", "0.4"),
        with_defaults("web-time", "1"),
    ];
    dependencies.retain(|dependency| !all.contains(dependency));
    dependencies
}

/// Returns the dependencies of the examples and tests, except the crate itself.
pub fn dev_dependencies(tests: bool) -> Vec<Dependency> {
    let mut features = vec!["macros", "rt-multi-thread"];
    features.extend(tests.then_some("test-util"));
    vec![Dependency {
        features,
        ..with_defaults("tokio", "1")
    }]
}

fn with_defaults(name: &'static str, version: &'static str) -> Dependency {
    Dependency {
        name,
        version,
        default_features: true,
        features: Vec::new(),
        optional: false,
    }
}

fn optional(dependency: Dependency) -> Dependency {
    Dependency {
        optional: true,
        ..dependency
    }
}

fn without_defaults(name: &'static str, version: &'static str, features: &[&'static str]) -> Dependency {
    Dependency {
        default_features: false,
        features: features.to_vec(),
        ..with_defaults(name, version)
    }
}

#[cfg(test)]
mod tests {
    use super::{dependencies, web_dependencies};
    use crate::krate::RuntimeNeeds;

    #[test]
    fn each_dependency_is_listed_once() {
        let listed = |needs: &RuntimeNeeds| {
            let all = dependencies(needs);
            let web = web_dependencies(&all);
            let both = all.iter().chain(&web);
            both.filter(|dependency| dependency.name == "futures-core").count()
        };
        assert_eq!(listed(&RuntimeNeeds::default()), 1);
        let streams = RuntimeNeeds {
            streams: true,
            ..RuntimeNeeds::default()
        };
        assert_eq!(listed(&streams), 1);
    }
}
