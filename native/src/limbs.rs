//! Numbers and points as tables hold them: ten limbs of 26 and 25 bits by turns, in 32. The vectors compute with these.

use std::sync::atomic::{AtomicBool, Ordering};

use pyo3::prelude::*;

use crate::curve::Affine;
use crate::field::{Field, ONE};

/// The limbs of one number.
pub type Limbs = [u32; 10];

/// As `Affine`, in two lines of the cache.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub struct PackedAffine {
    pub plus: Limbs,
    pub minus: Limbs,
    pub dxy2: Limbs,
}

impl PackedAffine {
    pub fn of(point: &Affine) -> Self {
        PackedAffine { plus: limbs(&point.plus), minus: limbs(&point.minus), dxy2: limbs(&point.dxy2) }
    }

    /// The neutral point, which is added where a digit is 0.
    pub fn neutral() -> Self {
        PackedAffine { plus: limbs(&ONE), minus: limbs(&ONE), dxy2: [0; 10] }
    }

    pub fn affine(&self) -> Affine {
        Affine { plus: number(&self.plus), minus: number(&self.minus), dxy2: number(&self.dxy2) }
    }
}

/// The limbs of 51 bits in two each, of a number or of a sum of two.
pub fn limbs(number: &Field) -> Limbs {
    std::array::from_fn(|i| match i % 2 {
        0 => (number.0[i / 2] & ((1 << 26) - 1)) as u32,
        _ => (number.0[i / 2] >> 26) as u32,
    })
}

/// The number that limbs write.
#[inline]
pub fn number(limbs: &Limbs) -> Field {
    Field(std::array::from_fn(|i| u64::from(limbs[2 * i]) + (u64::from(limbs[2 * i + 1]) << 26)))
}

static WITHOUT: AtomicBool = AtomicBool::new(false);

/// Whether four computations are made side by side: where the processor has AVX2, and nobody has forbidden it.
pub fn has_vectors() -> bool {
    #[cfg(target_arch = "x86_64")]
    return !WITHOUT.load(Ordering::Relaxed) && is_x86_feature_detected!("avx2");
    #[cfg(not(target_arch = "x86_64"))]
    return false;
}

/// Let vectors be used or not, for tests and measurements; whether they are now.
#[pyfunction]
pub fn use_vectors(allowed: bool) -> bool {
    WITHOUT.store(!allowed, Ordering::Relaxed);
    has_vectors()
}
