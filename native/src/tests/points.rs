//! `curve` beside curve25519-dalek: points of every order, in whatever representation the formulas leave.

use curve25519_dalek::EdwardsPoint;
use curve25519_dalek::constants::EIGHT_TORSION;
use curve25519_dalek::traits::Identity;

use super::{Chance, assert_same, cases};
use crate::curve::{Extended, NEUTRAL, affine, decode};

/// Points that are kept as they are; the others are replaced by what is made of them.
const FIXED: usize = 9;
const POOL: usize = 32;

fn pool(chance: &mut Chance) -> Vec<(Extended, EdwardsPoint)> {
    let read = |point: EdwardsPoint| (decode(&point.compress().to_bytes()).expect("a point"), point);
    let mut points = vec![(NEUTRAL, EdwardsPoint::identity())];
    points.extend(EIGHT_TORSION.map(read));
    while points.len() < POOL {
        points.push(read(EdwardsPoint::mul_base(&chance.scalar()) + chance.of(&EIGHT_TORSION)));
    }
    points
}

#[test]
fn sums_differences_and_doubles_are_those_of_dalek() {
    let mut chance = Chance(7);
    let mut points = pool(&mut chance);
    for case in 0..cases() {
        let ((a, theirs_a), (b, theirs_b)) = (chance.of(&points), chance.of(&points));
        let many = 1 + chance.below(4);
        let (ours, theirs) = match chance.below(6) {
            0 => (a.plus(&b), theirs_a + theirs_b),
            1 => (a.add(&b.inverse().addend()).extended(), theirs_a - theirs_b),
            2 => (a.subtract(&b.addend()).extended(), theirs_a - theirs_b),
            3 => (a.add_affine(&affine(&[b])[0]).extended(), theirs_a + theirs_b),
            4 => (a.subtract_affine(&affine(&[b])[0]).extended(), theirs_a - theirs_b),
            _ => (a.doubles(many), (0..many).fold(theirs_a, |sum, _| sum + sum)),
        };
        assert_same(&ours, &theirs, &format!("case {case}"));
        assert_eq!(a.equals(&b), theirs_a == theirs_b, "case {case}");
        points[FIXED + chance.below(POOL - FIXED)] = (ours, theirs);
    }
}
