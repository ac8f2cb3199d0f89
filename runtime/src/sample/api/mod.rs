//! The operations, by group.

pub mod activities;
