//! Models, and the structs with their required fields and with the required inputs of operations.

use super::{check, compare, files_with_tests};

#[test]
fn more_than_four_required_fields_are_passed_by_name() {
    check(
        "required_fields",
        &["src/models/order.rs", "src/models/receipt.rs", "docs/models/order.md"],
    );
}

#[test]
fn more_than_four_required_inputs_are_passed_by_name() {
    let read = [
        "src/api/forms/delete_phase.rs",
        "src/api/forms/get_phase.rs",
        "src/api/forms/upload_file.rs",
        "src/api/texts/send_text.rs",
        "src/links.rs",
        "tests/wire/texts.rs",
    ];
    compare("required_inputs", &files_with_tests("required_inputs"), &read);
}

#[test]
fn struct_has_fields_before_constructor_and_setters() {
    check("structs", &["src/models/note.rs", "src/models/color.rs"]);
}

#[test]
fn union_variants_are_selected_by_a_table() {
    check(
        "unions",
        &[
            "src/models/shape.rs",
            "src/models/size.rs",
            "src/api/shapes/put_shape.rs",
        ],
    );
}

#[test]
fn open_unions_keep_unknown_discriminator_values() {
    check("unknown_discriminator", &["src/models/animal.rs"]);
}
