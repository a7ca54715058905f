//! The field modulo p = 2^255 − 19, for public data only: five limbs of 51 bits, in 64.
//!
//! What `mul` and `square` give has limbs below 2^51 + 2^13, and they take limbs below 2^54. `plus` and the two kinds of `minus`
//! carry nothing; each says what it may be given. Times vary with nothing but what the callers branch on.

#[derive(Clone, Copy, Debug)]
pub struct Field(pub [u64; 5]);

const MASK: u64 = (1 << 51) - 1;
/// 2p and 4p, limb by limb: added before a subtraction, so that no limb falls below 0.
const TWO_P: [u64; 5] = [(1 << 52) - 38, (1 << 52) - 2, (1 << 52) - 2, (1 << 52) - 2, (1 << 52) - 2];
const FOUR_P: [u64; 5] = [(1 << 53) - 76, (1 << 53) - 4, (1 << 53) - 4, (1 << 53) - 4, (1 << 53) - 4];

pub const ZERO: Field = Field([0; 5]);
pub const ONE: Field = Field([1, 0, 0, 0, 0]);

#[inline(always)]
fn wide(a: u64, b: u64) -> u128 {
    u128::from(a) * u128::from(b)
}

/// Limbs of 102 bits and more into limbs of 51.
#[inline(always)]
fn carry(mut c: [u128; 5]) -> Field {
    let mut out = [0; 5];
    for i in 0..4 {
        c[i + 1] += u128::from((c[i] >> 51) as u64);
        out[i] = c[i] as u64 & MASK;
    }
    let top = (c[4] >> 51) as u64;
    out[4] = c[4] as u64 & MASK;
    out[0] += top * 19;
    out[1] += out[0] >> 51;
    out[0] &= MASK;
    Field(out)
}

impl Field {
    #[inline(always)]
    pub fn mul(&self, other: &Field) -> Field {
        let (a, b) = (&self.0, &other.0);
        let b19 = [0, b[1] * 19, b[2] * 19, b[3] * 19, b[4] * 19];
        carry([
            wide(a[0], b[0]) + wide(a[4], b19[1]) + wide(a[3], b19[2]) + wide(a[2], b19[3]) + wide(a[1], b19[4]),
            wide(a[1], b[0]) + wide(a[0], b[1]) + wide(a[4], b19[2]) + wide(a[3], b19[3]) + wide(a[2], b19[4]),
            wide(a[2], b[0]) + wide(a[1], b[1]) + wide(a[0], b[2]) + wide(a[4], b19[3]) + wide(a[3], b19[4]),
            wide(a[3], b[0]) + wide(a[2], b[1]) + wide(a[1], b[2]) + wide(a[0], b[3]) + wide(a[4], b19[4]),
            wide(a[4], b[0]) + wide(a[3], b[1]) + wide(a[2], b[2]) + wide(a[1], b[3]) + wide(a[0], b[4]),
        ])
    }

    #[inline(always)]
    pub fn square(&self) -> Field {
        let a = &self.0;
        let (d0, d1, d2) = (a[0] * 2, a[1] * 2, a[2] * 2);
        let (a3_19, a4_19) = (a[3] * 19, a[4] * 19);
        carry([
            wide(a[0], a[0]) + wide(d1, a4_19) + wide(d2, a3_19),
            wide(a[3], a3_19) + wide(d0, a[1]) + wide(d2, a4_19),
            wide(a[1], a[1]) + wide(d0, a[2]) + wide(a[3] * 2, a4_19),
            wide(a[4], a4_19) + wide(d0, a[3]) + wide(d1, a[2]),
            wide(a[2], a[2]) + wide(d0, a[4]) + wide(d1, a[3]),
        ])
    }

    /// Squared so many times.
    pub fn squares(&self, times: usize) -> Field {
        (0..times).fold(*self, |value, _| value.square())
    }

    /// The sum; limbs add up.
    #[inline(always)]
    pub fn plus(&self, other: &Field) -> Field {
        Field(std::array::from_fn(|i| self.0[i] + other.0[i]))
    }

    /// The difference, of something whose limbs are below 2^52 − 38: limbs grow by 2^52.
    #[inline(always)]
    pub fn minus(&self, other: &Field) -> Field {
        Field(std::array::from_fn(|i| self.0[i] + TWO_P[i] - other.0[i]))
    }

    /// The difference, of something whose limbs are below 2^53 − 76: limbs grow by 2^53.
    #[inline(always)]
    pub fn minus_sum(&self, other: &Field) -> Field {
        Field(std::array::from_fn(|i| self.0[i] + FOUR_P[i] - other.0[i]))
    }

    /// The same with limbs as `mul` gives them.
    #[inline(always)]
    pub fn reduced(&self) -> Field {
        carry(self.0.map(u128::from))
    }

    /// Its negative, of what has limbs below 2^52 − 38; with limbs as `mul` gives them.
    pub fn negative(&self) -> Field {
        ZERO.minus(self).reduced()
    }

    /// The integer that 32 bytes write, little-endian; the highest bit is not looked at.
    pub fn from_bytes(bytes: &[u8; 32]) -> Field {
        let word = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"));
        Field([
            word(0) & MASK,
            (word(6) >> 3) & MASK,
            (word(12) >> 6) & MASK,
            (word(19) >> 1) & MASK,
            (word(24) >> 12) & MASK,
        ])
    }

    /// 32 bytes, of the representative below p.
    pub fn to_bytes(self) -> [u8; 32] {
        let mut h = self.reduced().reduced().0;
        // Whether it is p or more: then adding 19 carries out of bit 255.
        let mut over = 19;
        for limb in h {
            over = (limb + over) >> 51;
        }
        h[0] += 19 * over;
        for i in 0..4 {
            h[i + 1] += h[i] >> 51;
            h[i] &= MASK;
        }
        h[4] &= MASK;
        let words = [h[0] | h[1] << 51, h[1] >> 13 | h[2] << 38, h[2] >> 26 | h[3] << 25, h[3] >> 39 | h[4] << 12];
        let mut bytes = [0; 32];
        for (place, word) in bytes.chunks_mut(8).zip(words) {
            place.copy_from_slice(&word.to_le_bytes());
        }
        bytes
    }

    pub fn equals(&self, other: &Field) -> bool {
        self.to_bytes() == other.to_bytes()
    }

    pub fn is_zero(&self) -> bool {
        self.to_bytes() == [0; 32]
    }

    /// Whether it is odd, of the representative below p: what encodings call negative.
    pub fn is_odd(&self) -> bool {
        self.to_bytes()[0] & 1 == 1
    }

    /// To the power 2^250 − 1, and to 11: what the three exponents below have in common.
    #[inline(always)]
    fn common_power(&self) -> (Field, Field) {
        let x2 = self.square();
        let x9 = x2.squares(2).mul(self);
        let x11 = x9.mul(&x2);
        let e5 = x11.square().mul(&x9);
        let e10 = e5.squares(5).mul(&e5);
        let e20 = e10.squares(10).mul(&e10);
        let e40 = e20.squares(20).mul(&e20);
        let e50 = e40.squares(10).mul(&e10);
        let e100 = e50.squares(50).mul(&e50);
        let e200 = e100.squares(100).mul(&e100);
        (e200.squares(50).mul(&e50), x11)
    }

    /// To the power (p − 5)/8 = 2^252 − 3.
    pub fn root_power(&self) -> Field {
        self.common_power().0.squares(2).mul(self)
    }

    /// To the power (p − 1)/4: 1 for fourth powers, −1 for other squares.
    pub fn quartic_power(&self) -> Field {
        self.root_power().square().mul(self)
    }

    /// 1/x; 0 for 0.
    pub fn inverse(&self) -> Field {
        let (power, x11) = self.common_power();
        power.squares(5).mul(&x11)
    }
}

/// Each number by its inverse, for one inversion and three products a number. None may be 0.
pub fn invert_all(numbers: &mut [Field]) {
    let mut before = Vec::with_capacity(numbers.len());
    let mut product = ONE;
    for each in numbers.iter() {
        before.push(product);
        product = product.mul(each);
    }
    let mut rest = product.inverse();
    for (each, others) in numbers.iter_mut().zip(before).rev() {
        let inverse = rest.mul(&others);
        rest = rest.mul(each);
        *each = inverse;
    }
}
