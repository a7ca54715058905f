//! The prime-order subgroup of edwards25519 for Quorate's ballots: `quorate.ballots.native` is written on this.
//!
//! What may be secret (`powers`) is computed by curve25519-dalek in constant time. What is public (`elements`,
//! `commitments`, `combine`) is computed in variable time, many at once, on as many threads as the caller allows:
//! - `field`, `curve`, `constants`: arithmetic as in RFC 8032; `subgroup`: who is a member;
//! - `digits`, `tables`: exponents, and products of powers; `commitments`: what the terms of proofs share;
//! - `limbs`, `vector`, `quad`, `lanes`: the same for four at a time, where the processor has AVX2.

mod commitments;
mod constants;
mod curve;
mod digits;
mod field;
#[cfg(target_arch = "x86_64")]
mod lanes;
mod limbs;
#[cfg(test)]
mod measure;
mod number;
mod point;
mod public;
#[cfg(target_arch = "x86_64")]
mod quad;
mod secret;
mod subgroup;
mod tables;
#[cfg(test)]
mod tests;
mod threads;
#[cfg(target_arch = "x86_64")]
mod vector;

use pyo3::prelude::*;

#[pymodule]
mod quorate_native {
    /// Raised with every change of what Python calls, so that an older build is not taken for this one.
    #[pymodule_export]
    const INTERFACE: u32 = 1;

    #[pymodule_export]
    use super::commitments::commitments;
    #[pymodule_export]
    use super::limbs::use_vectors;
    #[pymodule_export]
    use super::point::{Point, point};
    #[pymodule_export]
    use super::public::{combine, elements};
    #[pymodule_export]
    use super::secret::powers;
}
