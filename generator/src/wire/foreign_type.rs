//! Types of other crates.

/// A type of another crate that represents a value, if the configuration selects it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ForeignType {
    /// `chrono::DateTime<chrono::FixedOffset>`
    ChronoDateTime,
    /// `chrono::NaiveDate`
    ChronoDate,
    /// `time::OffsetDateTime`
    TimeDateTime,
    /// `time::Date`
    TimeDate,
    /// `uuid::Uuid`
    Uuid,
    /// `rust_decimal::Decimal`
    Decimal,
}

impl ForeignType {
    /// Returns the path of the type.
    pub fn path(self) -> &'static str {
        match self {
            Self::ChronoDateTime => "chrono::DateTime<chrono::FixedOffset>",
            Self::ChronoDate => "chrono::NaiveDate",
            Self::TimeDateTime => "time::OffsetDateTime",
            Self::TimeDate => "time::Date",
            Self::Uuid => "uuid::Uuid",
            Self::Decimal => "rust_decimal::Decimal",
        }
    }

    /// Returns the name of the type.
    pub fn name(self) -> &'static str {
        match self {
            Self::ChronoDateTime => "DateTime",
            Self::ChronoDate => "NaiveDate",
            Self::TimeDateTime => "OffsetDateTime",
            Self::TimeDate => "Date",
            Self::Uuid => "Uuid",
            Self::Decimal => "Decimal",
        }
    }

    /// Returns the address of the type's documentation, relative to docs.rs.
    pub fn address(self) -> &'static str {
        match self {
            Self::ChronoDateTime => "chrono/latest/chrono/struct.DateTime.html",
            Self::ChronoDate => "chrono/latest/chrono/naive/struct.NaiveDate.html",
            Self::TimeDateTime => "time/latest/time/struct.OffsetDateTime.html",
            Self::TimeDate => "time/latest/time/struct.Date.html",
            Self::Uuid => "uuid/latest/uuid/struct.Uuid.html",
            Self::Decimal => "rust_decimal/latest/rust_decimal/struct.Decimal.html",
        }
    }

    /// Returns the words for a value.
    pub fn words(self) -> &'static str {
        match self {
            Self::ChronoDateTime | Self::TimeDateTime => "date time",
            Self::ChronoDate | Self::TimeDate => "date",
            Self::Uuid => "uuid",
            Self::Decimal => "number",
        }
    }

    /// Returns whether a value is a string in JSON.
    pub fn is_text(self) -> bool {
        self != Self::Decimal
    }
}
