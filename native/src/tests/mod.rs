//! The arithmetic in here beside num-bigint and curve25519-dalek, at the limits of its limbs and by chance.
//!
//! CASES in the environment says how many are tried of everything; ten thousand if it is not set.

mod commitments;
mod digits;
mod field;
mod members;
mod points;
#[cfg(target_arch = "x86_64")]
mod vector;

use curve25519_dalek::Scalar;
use num_bigint::BigUint;

use crate::curve::Extended;
use crate::field::Field;

/// How many cases are tried.
fn cases() -> usize {
    std::env::var("CASES").map_or(10_000, |text| text.parse().expect("CASES is a number"))
}

/// Chance that is the same each time: SplitMix64, by Steele, Lea and Flood (2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    fn bytes(&mut self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes.chunks_mut(8).for_each(|part| part.copy_from_slice(&self.next().to_le_bytes()));
        bytes
    }

    /// An exponent: at the ends of the range, of few bits, of digits where carries begin, or any.
    fn scalar(&mut self) -> Scalar {
        let mut bytes = [0; 32];
        match self.below(10) {
            0 => return Scalar::from(self.below(300) as u64),
            1 => return -Scalar::from(self.below(300) as u64),
            2 => {
                let bit = self.below(253);
                bytes[bit / 8] = 1 << (bit % 8);
            }
            3 => {
                bytes = [self.of(&[0x88, 0x80, 0x7f, 0x78, 0x77, 0x81, 0x99, 0x08, 0xff]); 32];
                bytes[31] &= 15;
            }
            4 => {
                let (from, to) = (self.below(32), self.below(32));
                bytes[from.min(to)..=from.max(to)].fill(0xff);
                bytes[31] &= 15;
            }
            _ => bytes = self.bytes(),
        }
        Scalar::from_bytes_mod_order(bytes)
    }
}

fn power_of_two(exponent: u32) -> BigUint {
    BigUint::from(1u8) << exponent
}

/// 2^255 − 19.
fn p() -> BigUint {
    power_of_two(255) - 19u8
}

/// The number that limbs write; not reduced.
fn big(number: &Field) -> BigUint {
    number.0.iter().rev().fold(BigUint::ZERO, |sum, limb| (sum << 51) + BigUint::from(*limb))
}

/// 32 bytes, little-endian, of a number below 2^256.
fn bytes_of(number: &BigUint) -> [u8; 32] {
    let mut bytes = number.to_bytes_le();
    bytes.resize(32, 0);
    bytes.try_into().expect("a number below 2^256")
}

/// What digits write, the first of which counts 1 and each further one 2^width times as much.
fn value_of(digits: impl Iterator<Item = i32>, width: usize) -> BigUint {
    let (mut above, mut below) = (BigUint::ZERO, BigUint::ZERO);
    for (place, digit) in digits.enumerate() {
        let side = if digit < 0 { &mut below } else { &mut above };
        *side += BigUint::from(digit.unsigned_abs()) << (place * width);
    }
    above - below
}

/// The same point, written the same way, and whole: X·Y = T·Z.
fn assert_same(ours: &Extended, dalek: &curve25519_dalek::EdwardsPoint, what: &str) {
    assert_eq!(crate::curve::encodings(&[*ours])[0], dalek.compress().to_bytes(), "{what}");
    assert!(ours.x.mul(&ours.y).equals(&ours.t.mul(&ours.z)), "{what}: T");
}
