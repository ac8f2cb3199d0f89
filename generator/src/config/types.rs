//! The Rust types of values that several crates can represent.

use serde::Deserialize;

/// The Rust types of values that several crates can represent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct TypeChoices {
    /// The type of dates and date-times. Default: `jiff`.
    ///
    /// Example: `date_time: chrono`
    pub date_time: DateTimeType,
    /// The type of UUIDs. Default: `string`.
    ///
    /// Example: `uuid: uuid`
    pub uuid: UuidType,
    /// The type of numbers without a format, or with the format `decimal`. Default: `f64`.
    ///
    /// Example: `decimal: rust_decimal`
    pub decimal: DecimalType,
    /// The type of integers without a format and without limits. Default: `i64`.
    ///
    /// Example: `integer: i128`
    pub integer: IntegerType,
    /// The type of integers with a format of at most 32 bits, such as `int32`. With `i32`, a larger integer in a response cannot be
    /// decoded, so set `i64` if the server sends larger ones. Default: `i32`.
    ///
    /// Example: `int32: i64`
    pub int32: Int32Type,
}

/// The type of dates and date-times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum DateTimeType {
    /// Types that are based on jiff and keep the text and the offset of a value. A value without an offset is read too.
    #[default]
    Jiff,
    /// `chrono::DateTime<FixedOffset>` and `chrono::NaiveDate`. A date-time without an offset is read as UTC and reported as a
    /// deviation.
    Chrono,
    /// `time::OffsetDateTime` and `time::Date`. A date-time without an offset is read as UTC and reported as a deviation.
    Time,
    /// `String`.
    String,
}

/// The type of UUIDs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum UuidType {
    /// `String`.
    #[default]
    String,
    /// `uuid::Uuid`. Any other text is a decode error.
    Uuid,
}

/// The type of numbers without a format, or with the format `decimal`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DecimalType {
    /// `f64`.
    #[default]
    F64,
    /// `rust_decimal::Decimal`, which is exact for numbers of up to 15 digits. A number with more digits is rounded to an `f64`, and reported as a deviation if this `f64` has more than 15 digits.
    RustDecimal,
}

/// The type of integers without a format and without limits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum IntegerType {
    /// `i64`.
    #[default]
    I64,
    /// `i128`, including for integers whose limits or format exceed 64 bits.
    I128,
}

/// The type of integers with a format of at most 32 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Int32Type {
    /// `i32`, or `u32` for integers that are not negative.
    #[default]
    I32,
    /// `i64`.
    I64,
}
