//! Snippets: the programs and commands that the README, the guides and rustdoc show. The values in them come from
//! `examples`.
//!
//! In: the planned crate. Out: the same crate, whose operations, models, errors and credentials have their snippets.

mod call;
mod client;
mod credentials;
mod curl;
mod errors;
mod layout;
mod mock;
mod models;
mod pagination;
mod polling;
mod programs;
#[cfg(test)]
mod tests;
mod values;

use rayon::prelude::*;

use crate::krate::{Crate, ErrorId, ExampleCall, ModelId, Operation, OperationId, OperationSnippets, Output, Snippets};

use call::Call;

/// Adds all snippets to the crate.
pub fn fill(krate: &mut Crate) {
    let planned = &*krate;
    let all = |count: usize| (0..count).into_par_iter();
    let operations = || -> Vec<_> {
        let operations = all(planned.operations.len());
        operations.map(|index| operation(planned, OperationId(index))).collect()
    };
    let models = || -> Vec<_> {
        let readable = models::readable(planned);
        let models = all(planned.models.len());
        models
            .map(|index| models::snippets(planned, ModelId(index), &readable))
            .collect()
    };
    let errors = || -> Vec<_> {
        let errors = all(planned.errors.len());
        errors
            .map(|index| errors::usage(planned, &planned[ErrorId(index)]))
            .collect()
    };
    let (operations, (models, errors)) = rayon::join(operations, || rayon::join(models, errors));
    let schemes = planned.credentials.schemes.iter();
    let credentials: Vec<_> = schemes
        .map(|scheme| credentials::snippets(planned, &scheme.kind))
        .collect();
    for (operation, snippets) in krate.operations.iter_mut().zip(operations) {
        operation.snippets = snippets;
    }
    for (model, snippets) in krate.models.iter_mut().zip(models) {
        model.snippets = snippets;
    }
    for (error, usage) in krate.errors.iter_mut().zip(errors) {
        error.usage = usage;
    }
    for (scheme, snippets) in krate.credentials.schemes.iter_mut().zip(credentials) {
        scheme.snippets = snippets;
    }
    krate.snippets = whole_crate(krate);
    drop_examples(krate);
}

/// Drops the expressions from which the snippets were made. They take a tenth of the memory of a large crate.
fn drop_examples(krate: &mut Crate) {
    let (operations, models) = (&mut krate.operations, &mut krate.models);
    let of_operation = |operation: &mut Operation| {
        operation.example = ExampleCall::default();
        if let Some(other) = &mut operation.stream {
            other.call = ExampleCall::default();
        }
    };
    rayon::join(
        || operations.par_iter_mut().for_each(of_operation),
        || models.par_iter_mut().for_each(|model| model.construct = None),
    );
}

fn operation(krate: &Crate, id: OperationId) -> OperationSnippets {
    let operation = &krate[id];
    let is_first = krate[operation.group].operations.first() == Some(&id);
    let call = &Call::with_example(krate, id);
    OperationSnippets {
        usage: programs::usage(krate, call),
        usage_with_credentials: is_first.then(|| programs::with_credentials(krate, call)),
        streamed: operation
            .stream
            .as_ref()
            .map(|other| programs::streamed(krate, id, other)),
        curl: curl::command(krate, call),
    }
}

fn whole_crate(krate: &Crate) -> Snippets {
    let example = krate.example();
    // The error example is about the example operation, otherwise about any operation with documented errors.
    let error = example.and_then(|id| krate[id].error).map(|id| &krate[id]);
    let error = error.or_else(|| krate.errors.first());
    Snippets {
        first_call: example.map(|id| programs::first_call(krate, id)),
        quickstart: example.map(|id| programs::quickstart(krate, id)),
        base_url_variable: programs::base_url_variable(krate),
        pagination: pagination::snippets(krate),
        polling: polling::snippets(krate),
        stream: stream(krate),
        errors: error.and_then(|error| error.usage.clone()),
        mock: mock::program(krate),
        client_parameters: client::parameters(krate),
        client_timeout: client::timeout(krate),
        client_timeouts: client::timeouts(krate),
        call_timeout: example.map(|id| call::with_timeout(krate, id)),
        call_options: example.map(|id| call::with_options(krate, id)),
        response: example.map(|id| call::with_response(krate, id)),
        custom_request: client::custom_request(krate),
        hook: client::hook(krate),
        http_client: client::http_client(krate),
        tower: client::tower(krate),
        server: client::server(krate),
        smoke_operation: krate
            .featured
            .filter(|_| krate.smoke)
            .map(|id| curl::quoted(&krate[id].id)),
    }
}

/// Returns the example of the first stream; operations that always return a stream come first.
fn stream(krate: &Crate) -> Option<String> {
    let mut operations = krate.operations.iter();
    let always = operations.find(|operation| matches!(operation.output, Output::Stream(_)));
    match always {
        Some(operation) => Some(operation.snippets.usage.clone()),
        None => krate
            .operations
            .iter()
            .find_map(|operation| operation.snippets.streamed.clone()),
    }
}
