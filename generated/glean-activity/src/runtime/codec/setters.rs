//! Setters of models.

/// Gives a struct the setters of fields that may stay unset: what each takes, and what it puts into the field.
macro_rules! setters {
    ($name:ident, [$($method:ident($field:ident: $type:ty) = $value:expr),* $(,)?]) => {
        impl $name {$(
            #[doc = concat!("Sets [`", stringify!($field), "`](Self::", stringify!($field), ").")]
            #[must_use]
            pub fn $method(mut self, $field: $type) -> Self {
                self.$field = $value;
                self
            }
        )*}
    };
}

pub(crate) use setters;
