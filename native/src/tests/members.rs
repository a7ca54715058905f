//! `subgroup` beside curve25519-dalek: encodings of members, of points of every other order, and of no point.

use curve25519_dalek::constants::EIGHT_TORSION;
use curve25519_dalek::edwards::CompressedEdwardsY;
use curve25519_dalek::{EdwardsPoint, Scalar};
use num_bigint::BigUint;

use super::{Chance, bytes_of, cases, p, power_of_two};
use crate::curve::encodings;
use crate::limbs::has_vectors;
use crate::subgroup::{LANES, members};

fn is_member(encoding: &[u8; 32]) -> bool {
    let point = CompressedEdwardsY(*encoding).decompress();
    point.is_some_and(|point| point.compress().to_bytes() == *encoding && point.is_torsion_free())
}

/// An encoding, and the one with the other sign.
fn both_signs(encoding: [u8; 32]) -> [[u8; 32]; 2] {
    let mut other = encoding;
    other[31] ^= 128;
    [encoding, other]
}

fn odd_ones() -> Vec<[u8; 32]> {
    let near = |base: BigUint| (0..400u32).map(move |above| bytes_of(&((&base + above) % power_of_two(255))));
    let small = EIGHT_TORSION.map(|point| point.compress().to_bytes());
    let bases = [BigUint::ZERO, p() - 200u32, power_of_two(254) - 100u32];
    bases.into_iter().flat_map(near).chain(small).flat_map(both_signs).collect()
}

fn by_chance(chance: &mut Chance, count: usize) -> Vec<[u8; 32]> {
    let mut points = vec![];
    for _ in 0..count {
        let member = EdwardsPoint::mul_base(&Scalar::from_bytes_mod_order(chance.bytes()));
        points.extend([member, member + EIGHT_TORSION[1 + chance.below(7)]]);
    }
    let written = EdwardsPoint::compress_batch_alloc(&points).into_iter().map(|each| each.0);
    written.flat_map(|each| [each, chance.bytes()]).collect()
}

#[test]
fn members_are_those_of_dalek() {
    let mut chance = Chance(9);
    let given: Vec<[u8; 32]> = odd_ones().into_iter().chain(by_chance(&mut chance, cases().div_ceil(4))).collect();
    let ways = if has_vectors() { &[false, true][..] } else { &[false] };
    for part in given.chunks(LANES) {
        // A place may be empty: what stands beside it must not be mistaken for it.
        let four = std::array::from_fn(|at| part.get(at).copied().filter(|_| chance.below(9) > 0));
        for in_vectors in ways {
            for (encoding, found) in four.iter().zip(members(&four, *in_vectors)) {
                let wanted = encoding.filter(is_member);
                assert_eq!(found.map(|point| encodings(&[point])[0]), wanted, "{encoding:?}, {in_vectors}");
            }
        }
    }
}
