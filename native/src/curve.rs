//! Points of −x² + y² = 1 + d·x²·y² for public data, in extended coordinates: Hisil, Wong, Carter, Dawson, "Twisted
//! Edwards Curves Revisited" (2008). Its formulas for addition have no exceptions on this curve.

use crate::constants::{D, D2, ROOT_OF_MINUS_ONE};
use crate::field::{Field, ONE, ZERO, invert_all};

/// x = X/Z, y = Y/Z, T = XY/Z.
#[derive(Clone, Copy, Debug)]
pub struct Extended {
    pub x: Field,
    pub y: Field,
    pub z: Field,
    pub t: Field,
}

/// As `Extended`, without T: enough for doubling.
#[derive(Clone, Copy)]
pub struct Projective {
    x: Field,
    y: Field,
    z: Field,
}

/// x = X/Z, y = Y/T: as sums come out, before they are brought to one denominator.
#[derive(Clone, Copy)]
pub struct Sum {
    x: Field,
    y: Field,
    z: Field,
    t: Field,
}

/// What is added: Y + X, Y − X, 2Z, 2dT.
#[derive(Clone, Copy)]
pub struct Addend {
    plus: Field,
    minus: Field,
    z2: Field,
    dt2: Field,
}

/// What is added where Z is 1: y + x, y − x, 2dxy.
#[derive(Clone, Copy)]
pub struct Affine {
    pub plus: Field,
    pub minus: Field,
    pub dxy2: Field,
}

pub const NEUTRAL: Extended = Extended { x: ZERO, y: ONE, z: ONE, t: ZERO };

impl Extended {
    #[inline(always)]
    pub fn projective(&self) -> Projective {
        Projective { x: self.x, y: self.y, z: self.z }
    }

    pub fn addend(&self) -> Addend {
        Addend {
            plus: self.y.plus(&self.x),
            minus: self.y.minus(&self.x),
            z2: self.z.plus(&self.z),
            dt2: self.t.mul(&D2),
        }
    }

    #[inline(always)]
    pub fn add(&self, other: &Addend) -> Sum {
        let a = self.y.minus(&self.x).mul(&other.minus);
        let b = self.y.plus(&self.x).mul(&other.plus);
        let (c, d) = (self.t.mul(&other.dt2), self.z.mul(&other.z2));
        Sum { x: b.minus(&a), y: b.plus(&a), z: d.plus(&c), t: d.minus(&c) }
    }

    #[inline(always)]
    pub fn subtract(&self, other: &Addend) -> Sum {
        let a = self.y.minus(&self.x).mul(&other.plus);
        let b = self.y.plus(&self.x).mul(&other.minus);
        let (c, d) = (self.t.mul(&other.dt2), self.z.mul(&other.z2));
        Sum { x: b.minus(&a), y: b.plus(&a), z: d.minus(&c), t: d.plus(&c) }
    }

    #[inline(always)]
    pub fn add_affine(&self, other: &Affine) -> Sum {
        let a = self.y.minus(&self.x).mul(&other.minus);
        let b = self.y.plus(&self.x).mul(&other.plus);
        let (c, d) = (self.t.mul(&other.dxy2), self.z.plus(&self.z));
        Sum { x: b.minus(&a), y: b.plus(&a), z: d.plus(&c), t: d.minus(&c) }
    }

    #[inline(always)]
    pub fn subtract_affine(&self, other: &Affine) -> Sum {
        let a = self.y.minus(&self.x).mul(&other.plus);
        let b = self.y.plus(&self.x).mul(&other.minus);
        let (c, d) = (self.t.mul(&other.dxy2), self.z.plus(&self.z));
        Sum { x: b.minus(&a), y: b.plus(&a), z: d.minus(&c), t: d.plus(&c) }
    }

    pub fn plus(&self, other: &Extended) -> Extended {
        self.add(&other.addend()).extended()
    }

    pub fn inverse(&self) -> Extended {
        Extended { x: self.x.negative(), y: self.y, z: self.z, t: self.t.negative() }
    }

    /// Doubled so many times, once at least.
    pub fn doubles(&self, times: usize) -> Extended {
        let mut point = self.projective();
        for _ in 1..times {
            point = point.double().projective();
        }
        point.double().extended()
    }

    pub fn equals(&self, other: &Extended) -> bool {
        self.x.mul(&other.z).equals(&other.x.mul(&self.z)) && self.y.mul(&other.z).equals(&other.y.mul(&self.z))
    }
}

impl Projective {
    #[inline(always)]
    pub fn double(&self) -> Sum {
        let (xx, yy, zz) = (self.x.square(), self.y.square(), self.z.square());
        let both = self.x.plus(&self.y).square();
        let (h, g) = (yy.plus(&xx), yy.minus(&xx));
        Sum { x: both.minus_sum(&h), y: h, z: g, t: zz.plus(&zz).minus_sum(&g) }
    }
}

impl Sum {
    #[inline(always)]
    pub fn projective(&self) -> Projective {
        Projective { x: self.x.mul(&self.t), y: self.y.mul(&self.z), z: self.z.mul(&self.t) }
    }

    #[inline(always)]
    pub fn extended(&self) -> Extended {
        Extended { x: self.x.mul(&self.t), y: self.y.mul(&self.z), z: self.z.mul(&self.t), t: self.x.mul(&self.y) }
    }
}

/// The points as addends with Z = 1, for one inversion.
pub fn affine(points: &[Extended]) -> Vec<Affine> {
    let mut inverses: Vec<Field> = points.iter().map(|each| each.z).collect();
    invert_all(&mut inverses);
    let made = points.iter().zip(inverses).map(|(point, inverse)| {
        let (x, y) = (point.x.mul(&inverse), point.y.mul(&inverse));
        Affine { plus: y.plus(&x), minus: y.minus(&x), dxy2: x.mul(&y).mul(&D2) }
    });
    made.collect()
}

/// RFC 8032, section 5.1.2, of many points for one inversion.
pub fn encodings(points: &[Extended]) -> Vec<[u8; 32]> {
    let mut inverses: Vec<Field> = points.iter().map(|each| each.z).collect();
    invert_all(&mut inverses);
    let made = points.iter().zip(inverses).map(|(point, inverse)| {
        let mut bytes = point.y.mul(&inverse).to_bytes();
        bytes[31] |= u8::from(point.x.mul(&inverse).is_odd()) << 7;
        bytes
    });
    made.collect()
}

/// RFC 8032, section 5.1.3: the point that 32 bytes encode canonically, if any. It may be of any order.
pub fn decode(encoding: &[u8; 32]) -> Option<Extended> {
    let begun = Decoding::begin(encoding)?;
    begun.finish(&begun.radicand.root_power())
}

/// A point being decoded; between beginning and end is an exponentiation, which can be made for several at once.
pub struct Decoding {
    y: Field,
    is_negative: bool,
    u: Field,
    v: Field,
    u_v3: Field,
    /// u·v^7: with it to the power (p − 5)/8, √(u/v) is u·v³ times that, or i times as much.
    pub radicand: Field,
}

impl Decoding {
    /// Nothing if y is not below p.
    pub fn begin(encoding: &[u8; 32]) -> Option<Self> {
        let y = Field::from_bytes(encoding);
        let mut written = y.to_bytes();
        written[31] |= encoding[31] & 128;
        if &written != encoding {
            return None;
        }
        let yy = y.square();
        let (u, v) = (yy.minus(&ONE).reduced(), yy.mul(&D).plus(&ONE));
        let v3 = v.square().mul(&v);
        let radicand = v3.square().mul(&v).mul(&u);
        Some(Decoding { y, is_negative: encoding[31] >> 7 == 1, u, v, u_v3: u.mul(&v3), radicand })
    }

    /// Nothing if there is no x, or if it is 0 and said to be negative.
    pub fn finish(&self, power: &Field) -> Option<Extended> {
        let mut x = power.mul(&self.u_v3);
        let check = x.square().mul(&self.v);
        if !check.equals(&self.u) {
            if !check.plus(&self.u).is_zero() {
                return None;
            }
            x = x.mul(&ROOT_OF_MINUS_ONE);
        }
        if x.is_odd() != self.is_negative {
            x = x.negative();
        }
        // 0 has no negative: it stays even.
        (x.is_odd() == self.is_negative).then(|| Extended { x, y: self.y, z: ONE, t: x.mul(&self.y) })
    }
}
