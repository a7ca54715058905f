//! Numbers of the curve in limbs; the test computes each from what it is said to be.

use crate::field::Field;

/// d of the curve −x² + y² = 1 + d·x²·y², RFC 8032, section 5.1.
pub const D: Field = Field([929955233495203, 466365720129213, 1662059464998953, 2033849074728123, 1442794654840575]);
/// 2d.
pub const D2: Field = Field([1859910466990425, 932731440258426, 1072319116312658, 1815898335770999, 633789495995903]);
/// i, a square root of −1.
pub const ROOT_OF_MINUS_ONE: Field =
    Field([1718705420411056, 234908883556509, 2233514472574048, 2117202627021982, 765476049583133]);
/// A of the curve v² = u·(u² + A·u + 1), RFC 7748, section 4.1.
pub const MONTGOMERY_A: Field = Field([486662, 0, 0, 0, 0]);
/// c = √−(A + 2): v = c·u/x.
pub const MONTGOMERY_SCALE: Field =
    Field([1693982333959686, 608509411481997, 2235573344831311, 947681270984193, 266558006233600]);
/// √(A + 2): v of the point of order 4 whose u is 1.
pub const SLOPE: Field = Field([1608655899704280, 1999971613377227, 49908634785720, 1873700692181652, 353702208628067]);
/// √((A² − 4)/i).
pub const ROOT_OF_RATIO: Field =
    Field([1990630162715170, 729020120347926, 196375542717563, 271987711456400, 591521615346383]);
/// √(−(A² − 4)/i).
pub const ROOT_OF_MINUS_RATIO: Field =
    Field([972038587325543, 1169103773925352, 1109849049982329, 571248265441688, 114417514336017]);
/// 1/2.
pub const HALF: Field =
    Field([2251799813685239, 2251799813685247, 2251799813685247, 2251799813685247, 1125899906842623]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::{ONE, ZERO};

    fn of(value: u64) -> Field {
        Field([value, 0, 0, 0, 0])
    }

    #[test]
    fn every_number_is_what_it_is_said_to_be() {
        let (a, two) = (of(486_662), of(2));
        let minus_one = ONE.negative();
        let i = ROOT_OF_MINUS_ONE;
        assert!(D.mul(&of(121_666)).equals(&of(121_665).negative()));
        assert!(D2.equals(&D.plus(&D)));
        assert!(i.square().equals(&minus_one));
        assert!(MONTGOMERY_A.equals(&a));
        assert!(MONTGOMERY_SCALE.square().equals(&a.plus(&two).negative()));
        assert!(SLOPE.square().equals(&a.plus(&two)));
        let discriminant = a.square().minus(&of(4)).reduced();
        assert!(ROOT_OF_RATIO.square().mul(&i).equals(&discriminant));
        assert!(ROOT_OF_MINUS_RATIO.square().mul(&i).equals(&discriminant.negative()));
        assert!(HALF.mul(&two).equals(&ONE));
        assert!(ZERO.is_zero() && !ONE.is_zero() && ONE.is_odd() && minus_one.equals(&minus_one.reduced()));
    }
}
