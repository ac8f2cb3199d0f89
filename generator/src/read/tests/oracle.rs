//! Compares operations and properties with those that `openapiv3`, a strict parser of OpenAPI 3.0, finds.
//!
//! The documents are those of `spec/`, and with `SDKWRIGHT_CORPUS=<folder>` all of that folder. Documents that `openapiv3`
//! rejects are skipped.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use openapiv3::{OpenAPI, Parameter, ReferenceOr, SchemaKind, Type};

use crate::bundle::{Bundle, Disk};
use crate::diagnostics::Diagnostics;
use crate::document::{Document, Operation, Status};
use crate::json::escape_pointer;
use crate::load::SourceMap;

#[test]
fn openapiv3_agrees() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec");
    let mut compared = compare_folder(&spec);
    assert!(compared > 0, "no document of {} could be compared", spec.display());
    if let Some(corpus) = std::env::var_os("SDKWRIGHT_CORPUS") {
        compared += compare_folder(Path::new(&corpus));
    }
    println!("{compared} documents compared");
}

fn compare_folder(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    let mut entries: Vec<PathBuf> = entries.collect();
    entries.sort();
    entries
        .iter()
        .map(|path| {
            if path.is_dir() {
                compare_folder(path)
            } else {
                usize::from(compare(path))
            }
        })
        .sum()
}

/// Compares a document. Returns whether both parsers could read it.
fn compare(path: &Path) -> bool {
    let mut diagnostics = Diagnostics::default();
    let mut sources = SourceMap::new();
    sources.load(path, &mut diagnostics);
    let bundle = Bundle::new(sources, &Disk::default(), &mut diagnostics);
    let text = bundle.root().map(|root| root.to_json().to_text()).unwrap_or_default();
    let Ok(other) = serde_json::from_str::<OpenAPI>(&text) else {
        return false;
    };
    if !other.openapi.starts_with("3.0") {
        return false;
    }
    let document = super::super::read(&bundle, &mut diagnostics);
    let document = document.unwrap_or_else(|| panic!("{} is read by openapiv3 only", path.display()));
    // Path parameters that do not match the template are fixed only by this reader.
    let mended = diagnostics
        .iter()
        .any(|diagnostic| matches!(diagnostic.code.id(), "W0312" | "W0314"));
    compare_operations(path, &document, &other, mended);
    compare_schemas(path, &document, &other);
    true
}

fn compare_operations(path: &Path, document: &Document, other: &OpenAPI, mended: bool) {
    for (template, item) in &other.paths.paths {
        let ReferenceOr::Item(item) = item else { continue };
        for (method, operation) in item.iter() {
            let pointer = format!("#/paths/{}/{method}", escape_pointer(template));
            let own = document.operations.iter().find(|own| own.pointer == pointer);
            let own = own.unwrap_or_else(|| panic!("{}: {pointer} is missing", path.display()));
            assert_eq!(
                own.id.as_deref(),
                operation.operation_id.as_deref(),
                "{}: {pointer}",
                path.display()
            );
            let statuses = operation
                .responses
                .responses
                .keys()
                .map(|status| status.to_string().to_uppercase());
            let default = operation.responses.default.is_some().then(|| "DEFAULT".to_owned());
            assert_eq!(
                own_statuses(own),
                statuses.chain(default).collect(),
                "{}: {pointer}",
                path.display()
            );
            if !mended {
                let parameters = item.parameters.iter().chain(&operation.parameters);
                let parameters = parameters
                    .filter_map(|parameter| other_parameter(parameter, other))
                    .collect();
                assert_eq!(own_parameters(own), parameters, "{}: {pointer}", path.display());
            }
        }
    }
}

fn own_statuses(operation: &Operation) -> BTreeSet<String> {
    let statuses = operation.responses.iter().map(|response| match response.status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "DEFAULT".to_owned(),
    });
    statuses.collect()
}

fn own_parameters(operation: &Operation) -> BTreeSet<(String, String, bool)> {
    let parameters = operation.parameters.iter();
    parameters
        .map(|own| (format!("{:?}", own.location), own.name.clone(), own.required))
        .collect()
}

fn other_parameter(parameter: &ReferenceOr<Parameter>, other: &OpenAPI) -> Option<(String, String, bool)> {
    let parameter = match parameter {
        ReferenceOr::Item(parameter) => parameter,
        ReferenceOr::Reference { reference } => {
            let name = reference.strip_prefix("#/components/parameters/")?;
            other.components.as_ref()?.parameters.get(name)?.as_item()?
        }
    };
    let location = match parameter {
        Parameter::Query { .. } => "Query",
        Parameter::Header { .. } => "Header",
        Parameter::Path { .. } => "Path",
        Parameter::Cookie { .. } => "Cookie",
    };
    let data = parameter.parameter_data_ref();
    let reserved = ["accept", "content-type", "authorization"].contains(&data.name.to_lowercase().as_str());
    let is_read = location != "Header" || !reserved;
    is_read.then(|| {
        (
            location.to_owned(),
            data.name.clone(),
            data.required || location == "Path",
        )
    })
}

fn compare_schemas(path: &Path, document: &Document, other: &OpenAPI) {
    for (name, schema) in other.components.iter().flat_map(|components| &components.schemas) {
        let Some(SchemaKind::Type(Type::Object(object))) = schema.as_item().map(|schema| &schema.schema_kind) else {
            continue;
        };
        let own = &document.schemas[document.components[name]];
        let (own_names, names): (Vec<_>, Vec<_>) =
            (own.properties.keys().collect(), object.properties.keys().collect());
        assert_eq!(own_names, names, "{}: {name}", path.display());
        let (own_required, required): (BTreeSet<_>, BTreeSet<_>) =
            (own.required.iter().collect(), object.required.iter().collect());
        assert_eq!(own_required, required, "{}: {name}", path.display());
    }
}
