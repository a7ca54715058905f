//! The prime-order subgroup of edwards25519 for Quorate's ballots: `quorate.ballots.native` is written on this.
//!
//! What may be secret (`powers`) is computed by curve25519-dalek in constant time. What is public (`elements`,
//! `commitments`, `combine`) is computed in variable time, many at once, on as many threads as the caller allows.

mod commitments;
mod constants;
mod curve;
mod digits;
mod field;
mod number;
mod point;
mod public;
mod secret;
mod subgroup;
mod sums;
mod tables;
mod threads;

use pyo3::prelude::*;

#[pymodule]
mod quorate_native {
    #[pymodule_export]
    use super::commitments::commitments;
    #[pymodule_export]
    use super::point::{Point, point};
    #[pymodule_export]
    use super::public::{combine, elements};
    #[pymodule_export]
    use super::secret::powers;
}
