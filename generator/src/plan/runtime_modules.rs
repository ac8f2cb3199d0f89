//! The modules of the runtime, with the condition under which a crate needs each.

use crate::krate::{File, FileKind, RuntimeModule, RuntimeNeeds};

/// A module, which a crate may need.
struct Module {
    source: RuntimeModule,
    /// Returns whether a crate needs the file.
    need: fn(&RuntimeNeeds) -> bool,
}

macro_rules! modules {
    (@need) => {
        |_| true
    };
    (@need $need:expr) => {
        $need
    };
    ($($path:literal $(if $need:expr)?;)+) => {
        &[$(Module {
            source: RuntimeModule {
                path: $path,
                text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/runtime/", $path)),
            },
            need: modules!(@need $($need)?),
        }),+]
    };
}

/// All files of the runtime.
const MODULES: &[Module] = modules! {
    "__private.rs";
    "address.rs";
    "alternatives.rs" if |needs| needs.alternatives;
    "api_error.rs";
    "auth.rs";
    "blocking.rs";
    "blocking_iter.rs" if |needs| needs.pagination || needs.streams;
    "blocking_pages.rs" if |needs| needs.pagination;
    "blocking_streams.rs" if |needs| needs.streams;
    "body.rs";
    "body_report.rs";
    "call_error.rs";
    "call_options.rs";
    "client_parameters.rs" if |needs| needs.client_parameters;
    "codec/base64.rs";
    "codec/chrono_types.rs" if |needs| needs.chrono;
    "codec/constructors.rs";
    "codec/decimal.rs" if |needs| needs.decimals;
    "codec/deviation.rs";
    "codec/duration.rs" if |needs| needs.durations;
    "codec/enums.rs" if |needs| needs.enums;
    "codec/form.rs" if |needs| needs.unions;
    "codec/mod.rs";
    "codec/nullable.rs";
    "codec/offset.rs" if |needs| needs.chrono || needs.time_crate;
    "codec/path.rs";
    "codec/read.rs";
    "codec/read_error.rs";
    "codec/record.rs";
    "codec/sink.rs";
    "codec/source.rs";
    "codec/time.rs" if |needs| needs.time;
    "codec/time_types.rs" if |needs| needs.time_crate;
    "codec/tree.rs";
    "codec/tree_writer.rs";
    "codec/union.rs" if |needs| needs.unions;
    "codec/uuids.rs" if |needs| needs.uuids;
    "codec/values.rs";
    "codec/variant.rs" if |needs| needs.unions;
    "codec/wide_integer.rs" if |needs| needs.wide_integers;
    "codec/wire.rs";
    "codec/write.rs";
    "core.rs";
    "download.rs" if |needs| needs.downloads;
    "environment.rs";
    "error.rs";
    "exchange.rs";
    "execute.rs";
    "fetch.rs";
    "file.rs" if |needs| needs.files;
    "file_parts.rs" if |needs| needs.files && needs.multipart;
    "form.rs" if |needs| needs.forms;
    "frames.rs" if |needs| needs.streams;
    "gzip.rs";
    "header_value.rs" if |needs| needs.headers;
    "hooks.rs";
    "http_client.rs";
    "json_object.rs";
    "lines.rs" if |needs| needs.lines;
    "login.rs" if |needs| needs.login;
    "mock.rs" if |needs| needs.mock;
    "mock_pages.rs" if |needs| needs.mock;
    "mod.rs";
    "multipart.rs" if |needs| needs.multipart;
    "named_events.rs" if |needs| needs.named_events;
    "oauth2.rs" if |needs| needs.oauth;
    "operation.rs";
    "pacing.rs";
    "page.rs" if |needs| needs.pagination;
    "page_input.rs" if |needs| needs.pagination;
    "page_request.rs" if |needs| needs.pagination;
    "platform.rs";
    "poller.rs" if |needs| needs.polling;
    "polling.rs" if |needs| needs.polling;
    "prepared_request.rs";
    "problem.rs";
    "query_fields.rs" if |needs| needs.query_fields;
    "rate_limit.rs";
    "raw_request.rs";
    "reconnect.rs" if |needs| needs.streams;
    "request.rs";
    "request_url.rs";
    "response.rs";
    "response_future.rs";
    "response_stream.rs" if |needs| needs.streams;
    "retry.rs";
    "secret.rs";
    "server_message.rs";
    "style.rs" if |needs| needs.styles;
    "styled_parts.rs" if |needs| needs.styled_parts;
    "text.rs";
    "token.rs" if |needs| needs.tokens || needs.oauth;
    "token_cache.rs" if |needs| needs.tokens || needs.oauth;
    "token_endpoint.rs" if |needs| needs.oauth || needs.login;
    "tower.rs";
    "trace.rs";
    "transport.rs";
    "webhook.rs" if |needs| needs.webhooks;
    "xml.rs" if |needs| needs.xml;
    "xml_parts.rs" if |needs| needs.xml && needs.multipart;
    "xml_reader.rs" if |needs| needs.xml;
    "xml_tree.rs" if |needs| needs.xml;
};

/// Returns the files that a crate needs.
pub fn files(needs: &RuntimeNeeds) -> Vec<File> {
    let needed = MODULES.iter().filter(|module| (module.need)(needs));
    let file = |module: &Module| File {
        path: format!("src/runtime/{}", module.source.path),
        kind: FileKind::Runtime {
            module: module.source,
            omitted: omitted(module.source.path, needs),
        },
    };
    needed.map(file).collect()
}

/// Returns the modules that a file must not declare, because the crate does not need them.
fn omitted(path: &str, needs: &RuntimeNeeds) -> Vec<String> {
    let roots = ["mod.rs", "__private.rs"];
    let Some(folder) = roots.into_iter().find_map(|name| path.strip_suffix(name)) else {
        return Vec::new();
    };
    let missing = MODULES.iter().filter(|module| !(module.need)(needs));
    missing
        .filter_map(|module| module.source.path.strip_prefix(folder)?.strip_suffix(".rs"))
        .map(|stem| stem.replace('/', "::"))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use syn::{Item, UseTree, Visibility};

    use super::MODULES;

    #[test]
    fn module_list_matches_the_files_of_the_runtime() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/runtime");
        let mut found = Vec::new();
        for folder in ["", "codec/"] {
            for entry in std::fs::read_dir(root.join(folder)).expect("the folder can be read") {
                let name = entry
                    .expect("the entry can be read")
                    .file_name()
                    .into_string()
                    .expect("names are UTF-8");
                if name.ends_with(".rs") {
                    found.push(format!("{folder}{name}"));
                }
            }
        }
        found.sort();
        let known: Vec<&str> = MODULES.iter().map(|module| module.source.path).collect();
        assert_eq!(known, found);
    }

    /// Returns the names that a `use` item exports.
    fn exported(tree: &UseTree) -> Vec<String> {
        match tree {
            UseTree::Path(path) => exported(&path.tree),
            UseTree::Name(name) => vec![name.ident.to_string()],
            UseTree::Rename(rename) => vec![rename.rename.to_string()],
            UseTree::Group(group) => group.items.iter().flat_map(exported).collect(),
            UseTree::Glob(_) => panic!("the names of a public glob import are not counted"),
        }
    }

    /// The limit is for all modules together, so that every crate observes it.
    #[test]
    fn the_runtime_exports_at_most_60_items() {
        let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/runtime/mod.rs"));
        let file = syn::parse_file(text).expect("Rust");
        let is_public = |visibility: &Visibility| matches!(visibility, Visibility::Public(_));
        let names: Vec<String> = file
            .items
            .iter()
            .flat_map(|item| match item {
                Item::Use(item) if is_public(&item.vis) => exported(&item.tree),
                Item::Mod(item) if is_public(&item.vis) && item.ident != "__private" => vec![item.ident.to_string()],
                Item::Use(_) | Item::Mod(_) => Vec::new(),
                other => panic!("an item that is not counted: {other:?}"),
            })
            .collect();
        for name in ["Error", "Transport", "login", "mock"] {
            assert!(names.iter().any(|found| found == name), "{name}");
        }
        assert!(
            names.len() <= 60,
            "{} items; export related items from a module, such as `login`: {names:?}",
            names.len()
        );
    }
}
