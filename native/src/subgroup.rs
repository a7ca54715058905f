//! Whether a point is in the subgroup of prime order: three exponentiations instead of a multiplication by the order.
//!
//! The curve has 8·L points, and they are a cyclic group, so the members are the multiples of 8. On the Montgomery form
//! y² = x·(x² + A·x + 1) (written with B for 1 below, because all is scaled by λ to save divisions):
//! - P = 2Q for some Q iff x(P) is a square: descent by the isogeny φ to y² = x·(x² − 2A·x + A² − 4B) and its dual φ^,
//!   whose kernels are {0, (0, 0)}. With w = √x(P), the points that φ^ takes to ±P have x' = A + 2x ± 2y/w. The product
//!   of the two is A² − 4B, no square, so one of them is a square: with w' = √x', φ takes Q to ±that one for
//!   x(Q) = (x' − A)/2 ± w·w', y(Q) = ± x(Q)·w'. All choices give ±Q or ±(Q + (0, 0)).
//! - Q = 4R iff the Tate pairing of Q with a point T of order 4 is a fourth power: p − 1 is divisible by 4, so the pairing
//!   is not degenerate, and there is one subgroup of order 4. For T = (1, s), s = √(A + 2), the function with divisor
//!   4(T) − 4(0) is (y − s·x)²/x. (0, 0) is four times a point of order 8: the choices above do not matter.
//!
//! So P is a member iff x(P) is a square and x(Q)·(w' − s)² is a fourth power. Halving is from Pornin, "Point-Halving and
//! Subgroup Membership in Twisted Edwards Curves" (ePrint 2022/1164).

use crate::constants::{
    HALF, MONTGOMERY_A, MONTGOMERY_SCALE, ROOT_OF_MINUS_ONE, ROOT_OF_MINUS_RATIO, ROOT_OF_RATIO, SLOPE,
};
use crate::curve::Extended;
use crate::field::{Field, ONE};

/// Whether a point, with Z = 1, is a multiple of 8: the neutral one is.
pub fn is_member(point: &Extended) -> bool {
    let (x, y) = (&point.x, &point.y);
    if x.is_zero() {
        return y.equals(&ONE);
    }
    let rest = ONE.minus(y);
    let scale = rest.mul(x);
    let scale2 = scale.square();
    let u = ONE.plus(y).mul(&rest).mul(&x.square());
    let v = u.mul(&rest).mul(&MONTGOMERY_SCALE);
    let Some(inverse_root) = inverse_root(&u) else {
        return false;
    };
    let root = u.mul(&inverse_root);
    let a = scale2.mul(&MONTGOMERY_A);
    let shift = v.mul(&inverse_root);
    let (middle, shift2) = (a.plus(&u).plus(&u), shift.plus(&shift));
    let (above, below) = (middle.plus(&shift2).reduced(), middle.minus_sum(&shift2).reduced());
    let (halved_u, slope) = squared_one(&above, &below, &scale2);
    let half = halved_u.minus(&a).mul(&HALF).plus(&root.mul(&slope));
    let line = slope.minus(&scale.mul(&SLOPE));
    half.mul(&line.square()).quartic_power().equals(&ONE)
}

/// 1/√x, or nothing if x is no square.
fn inverse_root(x: &Field) -> Option<Field> {
    let root = x.root_power();
    let sign = root.square().mul(x);
    if sign.equals(&ONE) {
        Some(root)
    } else {
        sign.plus(&ONE).is_zero().then(|| root.mul(&ROOT_OF_MINUS_ONE))
    }
}

/// Of two numbers whose product is (A² − 4)·scale2², that which is a square, and its root.
fn squared_one(above: &Field, below: &Field, scale2: &Field) -> (Field, Field) {
    let power = above.root_power();
    let sign = power.square().mul(above);
    let of_below = scale2.mul(&power);
    if sign.equals(&ONE) {
        (*above, above.mul(&power))
    } else if sign.plus(&ONE).is_zero() {
        (*above, above.mul(&power).mul(&ROOT_OF_MINUS_ONE))
    } else if sign.equals(&ROOT_OF_MINUS_ONE) {
        (*below, of_below.mul(&ROOT_OF_RATIO))
    } else {
        (*below, of_below.mul(&ROOT_OF_MINUS_RATIO))
    }
}
