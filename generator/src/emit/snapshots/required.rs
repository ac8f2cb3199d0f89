//! Structs with the required fields of models and the required inputs of operations.

use super::{check, compare, files_with};
use crate::config::Settings;

#[test]
fn more_than_four_required_fields_are_passed_by_name() {
    check(
        "required_fields",
        &["src/models/order.rs", "src/models/receipt.rs", "docs/models/order.md"],
    );
}

#[test]
fn more_than_four_required_inputs_are_passed_by_name() {
    let settings = Settings {
        tests: true,
        ..Settings::default()
    };
    let read = [
        "src/api/forms/delete_phase.rs",
        "src/api/forms/get_phase.rs",
        "src/api/forms/upload_file.rs",
        "src/api/texts/send_text.rs",
        "src/links.rs",
        "tests/wire/texts.rs",
    ];
    compare("required_inputs", &files_with("required_inputs", &settings), &read);
}
