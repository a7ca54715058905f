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
use crate::curve::{Decoding, Extended, NEUTRAL};
use crate::field::{Field, ONE, ZERO};

/// How many encodings are read side by side.
pub const LANES: usize = 4;
type Each<T> = [Option<T>; LANES];

/// The members that encodings of 32 bytes write canonically; nothing in the place of any other.
pub fn members(encodings: &Each<[u8; 32]>, in_vectors: bool) -> Each<Extended> {
    let begun = encodings.map(|each| Decoding::begin(&each?));
    let powers = raised(&begun, |each| each.radicand, in_vectors);
    let points: Each<Extended> = each(&begun, |i, decoding| decoding.finish(&powers[i]));
    let halvings = each(&points, |_, point| Halving::begin(point));
    let powers = raised(&halvings, |each| each.u, in_vectors);
    let descents = each(&halvings, |i, halving| halving.descend(&powers[i]));
    let powers = raised(&descents, |each| each.above, in_vectors);
    let pairings = each(&descents, |i, descent| Some(descent.pairing(&powers[i])));
    let powers = raised(&pairings, |each| *each, in_vectors);
    each(&points, |i, point| {
        let is_neutral = point.x.is_zero() && point.y.equals(&ONE);
        let is_quartic = |pairing: &Field| powers[i].square().mul(pairing).equals(&ONE);
        (is_neutral || pairings[i].as_ref().is_some_and(is_quartic)).then_some(if is_neutral {
            NEUTRAL
        } else {
            *point
        })
    })
}

fn each<A, B>(given: &Each<A>, work: impl Fn(usize, &A) -> Option<B>) -> Each<B> {
    std::array::from_fn(|i| given[i].as_ref().and_then(|one| work(i, one)))
}

/// A number of each to the power (p − 5)/8.
fn raised<T>(given: &Each<T>, number: impl Fn(&T) -> Field, in_vectors: bool) -> [Field; LANES] {
    let numbers: [Field; LANES] = std::array::from_fn(|i| given[i].as_ref().map_or(ZERO, &number));
    #[cfg(target_arch = "x86_64")]
    if in_vectors {
        // Sound: vectors are used only where AVX2 is.
        return unsafe { crate::vector::root_powers(numbers.each_ref()) };
    }
    numbers.map(|one| if one.is_zero() { ZERO } else { one.root_power() })
}

/// P on the Montgomery form, scaled by λ = (1 − y)·x.
struct Halving {
    scale: Field,
    u: Field,
    v: Field,
}

/// The two candidates for x', and what is needed of P to go on from either.
struct Descent {
    scale: Field,
    a: Field,
    root: Field,
    above: Field,
    below: Field,
}

impl Halving {
    /// Nothing for the points whose x is 0, which have no such form: the neutral one and that of order 2.
    fn begin(point: &Extended) -> Option<Self> {
        let (x, y) = (&point.x, &point.y);
        if x.is_zero() {
            return None;
        }
        let rest = ONE.minus(y);
        let u = ONE.plus(y).mul(&rest).mul(&x.square());
        Some(Halving { scale: rest.mul(x), u, v: u.mul(&rest).mul(&MONTGOMERY_SCALE) })
    }

    /// Nothing if u is no square.
    fn descend(&self, power: &Field) -> Option<Descent> {
        let sign = power.square().mul(&self.u);
        let inverse_root = if sign.equals(&ONE) {
            *power
        } else if sign.plus(&ONE).is_zero() {
            power.mul(&ROOT_OF_MINUS_ONE)
        } else {
            return None;
        };
        let a = self.scale.square().mul(&MONTGOMERY_A);
        let shift = self.v.mul(&inverse_root);
        let (middle, shift2) = (a.plus(&self.u).plus(&self.u), shift.plus(&shift));
        Some(Descent {
            scale: self.scale,
            a,
            root: self.u.mul(&inverse_root),
            above: middle.plus(&shift2).reduced(),
            below: middle.minus_sum(&shift2).reduced(),
        })
    }
}

impl Descent {
    /// x(Q)·(w' − s)², which is to be a fourth power; from x'^((p − 5)/8) of the first candidate.
    fn pairing(&self, power: &Field) -> Field {
        let sign = power.square().mul(&self.above);
        let of_above = self.above.mul(power);
        // above · below = (A² − 4)·λ⁴; so if above is no square, a root of below comes out of the same power.
        let of_below = self.scale.square().mul(power);
        let (square, root) = if sign.equals(&ONE) {
            (&self.above, of_above)
        } else if sign.plus(&ONE).is_zero() {
            (&self.above, of_above.mul(&ROOT_OF_MINUS_ONE))
        } else if sign.equals(&ROOT_OF_MINUS_ONE) {
            (&self.below, of_below.mul(&ROOT_OF_RATIO))
        } else {
            (&self.below, of_below.mul(&ROOT_OF_MINUS_RATIO))
        };
        let half = square.minus(&self.a).mul(&HALF).plus(&self.root.mul(&root));
        let line = root.minus(&self.scale.mul(&SLOPE));
        half.mul(&line.square())
    }
}
