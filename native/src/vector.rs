//! The field modulo p = 2^255 − 19 in four lanes at once, with AVX2: for public data only.
//!
//! Ten limbs of 26 and 25 bits by turns. In units of 2^26 (2^25): what `mul`, `square` and `tight` give has limbs of 1 and
//! a little (`LITTLE`); the first factor of `mul` may have 6, the second and what is squared 3, so that a limb times 19
//! fits 32 bits. The largest sum of products, that of limb 0, comes to 2^63.13: every shift of it is a logical one.

use std::arch::x86_64::{
    __m256i, _mm256_add_epi64, _mm256_and_si256, _mm256_blendv_epi8, _mm256_mul_epu32, _mm256_set_epi64x,
    _mm256_set1_epi64x, _mm256_slli_epi64, _mm256_srli_epi64, _mm256_sub_epi64,
};

use crate::field::Field;
use crate::limbs::{Limbs, limbs, number};

/// Four numbers: a limb of all in each vector.
#[derive(Clone, Copy)]
pub struct Four(pub [__m256i; 10]);

/// To each limb z[k] a product, written `k: left[i] right[j]`. A loop over i and j would not be unrolled.
macro_rules! add_products {
    ($z:ident, $($k:literal: $left:ident[$i:literal] $right:ident[$j:literal]),*) => {
        $($z[$k] = _mm256_add_epi64($z[$k], _mm256_mul_epu32($left[$i], $right[$j]));)*
    };
}

/// By how much a limb may exceed its units: the carries beyond it that `carry` and `tight` leave.
#[cfg(test)]
pub const LITTLE: u64 = 1 << 12;

/// Bits of a limb.
const fn bits(at: usize) -> i32 {
    26 - (at as i32 & 1)
}

#[target_feature(enable = "avx2")]
#[inline]
fn shifted<const BITS: i32>(from: &mut __m256i, to: &mut __m256i) {
    *to = _mm256_add_epi64(*to, _mm256_srli_epi64::<BITS>(*from));
    *from = _mm256_and_si256(*from, _mm256_set1_epi64x((1 << BITS) - 1));
}

/// Limbs of up to 64 bits into limbs of one unit: two chains of carries side by side.
#[target_feature(enable = "avx2")]
#[inline]
fn carry(z: [__m256i; 10]) -> Four {
    let [mut z0, mut z1, mut z2, mut z3, mut z4, mut z5, mut z6, mut z7, mut z8, mut z9] = z;
    shifted::<26>(&mut z0, &mut z1);
    shifted::<26>(&mut z4, &mut z5);
    shifted::<25>(&mut z1, &mut z2);
    shifted::<25>(&mut z5, &mut z6);
    shifted::<26>(&mut z2, &mut z3);
    shifted::<26>(&mut z6, &mut z7);
    shifted::<25>(&mut z3, &mut z4);
    shifted::<25>(&mut z7, &mut z8);
    shifted::<26>(&mut z4, &mut z5);
    shifted::<26>(&mut z8, &mut z9);
    let top = _mm256_srli_epi64::<25>(z9);
    z9 = _mm256_and_si256(z9, _mm256_set1_epi64x((1 << 25) - 1));
    // 19·top, of which 32 bits would not be enough: 16 + 2 + 1.
    let twice = _mm256_add_epi64(top, _mm256_slli_epi64::<1>(top));
    z0 = _mm256_add_epi64(z0, _mm256_add_epi64(twice, _mm256_slli_epi64::<4>(top)));
    shifted::<26>(&mut z0, &mut z1);
    Four([z0, z1, z2, z3, z4, z5, z6, z7, z8, z9])
}

impl Four {
    #[target_feature(enable = "avx2")]
    #[inline]
    pub fn of(numbers: [&Limbs; 4]) -> Four {
        let mut out = [_mm256_set1_epi64x(0); 10];
        for i in 0..10 {
            let [a, b, c, d] = numbers.map(|each| i64::from(each[i]));
            out[i] = _mm256_set_epi64x(d, c, b, a);
        }
        Four(out)
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    pub fn of_fields(numbers: [&Field; 4]) -> Four {
        let [a, b, c, d] = numbers.map(|each| limbs(&each.reduced()));
        Four::of([&a, &b, &c, &d])
    }

    /// The four numbers, of limbs of one unit.
    #[target_feature(enable = "avx2")]
    #[inline]
    pub fn lanes(&self) -> [Limbs; 4] {
        let mut out = [[0; 10]; 4];
        for i in 0..10 {
            // Sound: 32 bytes either way.
            let lanes: [u64; 4] = unsafe { std::mem::transmute(self.0[i]) };
            for lane in 0..4 {
                out[lane][i] = lanes[lane] as u32;
            }
        }
        out
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    pub fn mul(&self, other: &Four) -> Four {
        let (a, b) = (&self.0, &other.0);
        let (mut d, mut n) = (*a, *b);
        let nineteen = _mm256_set1_epi64x(19);
        for i in 0..10 {
            d[i] = _mm256_add_epi64(a[i], a[i]);
            n[i] = _mm256_mul_epu32(b[i], nineteen);
        }
        // By rows, so that the ten sums stay in registers. Where both limbs are of 25 bits, the product counts twice;
        // beyond 255 bits, nineteen times.
        let mut z = [_mm256_set1_epi64x(0); 10];
        add_products!(z, 0: a[0] b[0], 1: a[0] b[1], 2: a[0] b[2], 3: a[0] b[3], 4: a[0] b[4], 5: a[0] b[5], 6: a[0] b[6], 7: a[0] b[7], 8: a[0] b[8], 9: a[0] b[9]);
        add_products!(z, 1: a[1] b[0], 2: d[1] b[1], 3: a[1] b[2], 4: d[1] b[3], 5: a[1] b[4], 6: d[1] b[5], 7: a[1] b[6], 8: d[1] b[7], 9: a[1] b[8], 0: d[1] n[9]);
        add_products!(z, 2: a[2] b[0], 3: a[2] b[1], 4: a[2] b[2], 5: a[2] b[3], 6: a[2] b[4], 7: a[2] b[5], 8: a[2] b[6], 9: a[2] b[7], 0: a[2] n[8], 1: a[2] n[9]);
        add_products!(z, 3: a[3] b[0], 4: d[3] b[1], 5: a[3] b[2], 6: d[3] b[3], 7: a[3] b[4], 8: d[3] b[5], 9: a[3] b[6], 0: d[3] n[7], 1: a[3] n[8], 2: d[3] n[9]);
        add_products!(z, 4: a[4] b[0], 5: a[4] b[1], 6: a[4] b[2], 7: a[4] b[3], 8: a[4] b[4], 9: a[4] b[5], 0: a[4] n[6], 1: a[4] n[7], 2: a[4] n[8], 3: a[4] n[9]);
        add_products!(z, 5: a[5] b[0], 6: d[5] b[1], 7: a[5] b[2], 8: d[5] b[3], 9: a[5] b[4], 0: d[5] n[5], 1: a[5] n[6], 2: d[5] n[7], 3: a[5] n[8], 4: d[5] n[9]);
        add_products!(z, 6: a[6] b[0], 7: a[6] b[1], 8: a[6] b[2], 9: a[6] b[3], 0: a[6] n[4], 1: a[6] n[5], 2: a[6] n[6], 3: a[6] n[7], 4: a[6] n[8], 5: a[6] n[9]);
        add_products!(z, 7: a[7] b[0], 8: d[7] b[1], 9: a[7] b[2], 0: d[7] n[3], 1: a[7] n[4], 2: d[7] n[5], 3: a[7] n[6], 4: d[7] n[7], 5: a[7] n[8], 6: d[7] n[9]);
        add_products!(z, 8: a[8] b[0], 9: a[8] b[1], 0: a[8] n[2], 1: a[8] n[3], 2: a[8] n[4], 3: a[8] n[5], 4: a[8] n[6], 5: a[8] n[7], 6: a[8] n[8], 7: a[8] n[9]);
        add_products!(z, 9: a[9] b[0], 0: d[9] n[1], 1: a[9] n[2], 2: d[9] n[3], 3: a[9] n[4], 4: d[9] n[5], 5: a[9] n[6], 6: d[9] n[7], 7: a[9] n[8], 8: d[9] n[9]);
        carry(z)
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    pub fn square(&self) -> Four {
        let a = &self.0;
        let (mut d, mut q, mut n) = (*a, *a, *a);
        let nineteen = _mm256_set1_epi64x(19);
        for i in 0..10 {
            d[i] = _mm256_add_epi64(a[i], a[i]);
            q[i] = _mm256_add_epi64(d[i], d[i]);
            n[i] = _mm256_mul_epu32(a[i], nineteen);
        }
        let mut z = [_mm256_set1_epi64x(0); 10];
        add_products!(z, 0: a[0] a[0], 1: d[0] a[1], 2: d[0] a[2], 3: d[0] a[3], 4: d[0] a[4], 5: d[0] a[5], 6: d[0] a[6], 7: d[0] a[7], 8: d[0] a[8], 9: d[0] a[9]);
        add_products!(z, 2: d[1] a[1], 3: d[1] a[2], 4: q[1] a[3], 5: d[1] a[4], 6: q[1] a[5], 7: d[1] a[6], 8: q[1] a[7], 9: d[1] a[8], 0: q[1] n[9]);
        add_products!(z, 4: a[2] a[2], 5: d[2] a[3], 6: d[2] a[4], 7: d[2] a[5], 8: d[2] a[6], 9: d[2] a[7], 0: d[2] n[8], 1: d[2] n[9]);
        add_products!(z, 6: d[3] a[3], 7: d[3] a[4], 8: q[3] a[5], 9: d[3] a[6], 0: q[3] n[7], 1: d[3] n[8], 2: q[3] n[9]);
        add_products!(z, 8: a[4] a[4], 9: d[4] a[5], 0: d[4] n[6], 1: d[4] n[7], 2: d[4] n[8], 3: d[4] n[9]);
        add_products!(z, 0: d[5] n[5], 1: d[5] n[6], 2: q[5] n[7], 3: d[5] n[8], 4: q[5] n[9]);
        add_products!(z, 2: a[6] n[6], 3: d[6] n[7], 4: d[6] n[8], 5: d[6] n[9]);
        add_products!(z, 4: d[7] n[7], 5: d[7] n[8], 6: q[7] n[9]);
        add_products!(z, 6: a[8] n[8], 7: d[8] n[9]);
        add_products!(z, 8: d[9] n[9]);
        carry(z)
    }

    #[target_feature(enable = "avx2")]
    pub fn squares(&self, times: usize) -> Four {
        let mut value = *self;
        for _ in 0..times {
            value = value.square();
        }
        value
    }

    /// The sum; units add up.
    #[target_feature(enable = "avx2")]
    #[inline]
    pub fn plus(&self, other: &Four) -> Four {
        let mut out = self.0;
        for i in 0..10 {
            out[i] = _mm256_add_epi64(out[i], other.0[i]);
        }
        Four(out)
    }

    /// The difference, of something of `UNITS` − 1 units; units grow by `UNITS`, which is 2 or 4.
    #[target_feature(enable = "avx2")]
    #[inline]
    pub fn minus<const UNITS: i64>(&self, other: &Four) -> Four {
        let mut out = self.0;
        for i in 0..10 {
            let multiple_of_p = UNITS * ((1 << bits(i)) - if i == 0 { 19 } else { 1 });
            let raised = _mm256_add_epi64(out[i], _mm256_set1_epi64x(multiple_of_p));
            out[i] = _mm256_sub_epi64(raised, other.0[i]);
        }
        Four(out)
    }

    /// The same in limbs of one unit, from limbs of up to 32 bits.
    #[target_feature(enable = "avx2")]
    #[inline]
    pub fn tight(&self) -> Four {
        let z = &self.0;
        let mut out = *z;
        let top = _mm256_srli_epi64::<25>(z[9]);
        let mut carried = _mm256_mul_epu32(top, _mm256_set1_epi64x(19));
        for i in 0..10 {
            let mask = _mm256_set1_epi64x((1 << bits(i)) - 1);
            out[i] = _mm256_add_epi64(_mm256_and_si256(z[i], mask), carried);
            carried = if i % 2 == 0 { _mm256_srli_epi64::<26>(z[i]) } else { _mm256_srli_epi64::<25>(z[i]) };
        }
        Four(out)
    }

    /// In each lane the other where the mask is set, else this.
    #[target_feature(enable = "avx2")]
    #[inline]
    pub fn or(&self, other: &Four, mask: __m256i) -> Four {
        let mut out = self.0;
        for i in 0..10 {
            out[i] = _mm256_blendv_epi8(out[i], other.0[i], mask);
        }
        Four(out)
    }

    /// To the power (p − 5)/8 = 2^252 − 3; as `Field::root_power`.
    #[target_feature(enable = "avx2")]
    pub fn root_power(&self) -> Four {
        let x2 = self.square();
        let x9 = x2.squares(2).mul(self);
        let e5 = x9.mul(&x2).square().mul(&x9);
        let e10 = e5.squares(5).mul(&e5);
        let e20 = e10.squares(10).mul(&e10);
        let e40 = e20.squares(20).mul(&e20);
        let e50 = e40.squares(10).mul(&e10);
        let e100 = e50.squares(50).mul(&e50);
        let e200 = e100.squares(100).mul(&e100);
        e200.squares(50).mul(&e50).squares(2).mul(self)
    }
}

/// Four numbers to the power (p − 5)/8.
#[target_feature(enable = "avx2")]
pub fn root_powers(numbers: [&Field; 4]) -> [Field; 4] {
    Four::of_fields(numbers).root_power().lanes().map(|each| number(&each))
}
