/**
 * The prime-order subgroup of the curve edwards25519, by @noble/curves.
 *
 * Section 2.2 of the format: a text is the 32 bytes of RFC 8032 reversed, in hexadecimal.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { normalizeZ } from "@noble/curves/abstract/curve.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { BoothError } from "./fault.js";
import { Group, sideBySide } from "./group.js";

const Point = ed25519.Point;
const WINDOW = 6;
const PADDING = 14n;
const MOST_RANKED = 30;
const DIGITS = /^[0-9a-f]{64}$/;

export class Ed25519 extends Group {
  constructor() {
    super("Ed25519", Point.Fn.ORDER, Point.ZERO, Point.BASE, MOST_RANKED);
  }

  /** @override @param {string} text @param {string} where */
  element(text, where) {
    const point = DIGITS.test(text) ? member(hexToBytes(text).reverse()) : null;
    if (point === null) throw new BoothError(where, "a member of the group: 64 hexadecimal digits of a point");
    return point;
  }

  /** One inversion for all. @override @param {import("./group.js").Element[]} elements */
  texts(elements) {
    return normalizeZ(/** @type {any} */ (Point), elements).map((each) => bytesToHex(each.toBytes().reverse()));
  }

  /** The sum of the points. @override @param {any} a @param {any} b */
  multiply(a, b) {
    return a.add(b);
  }

  /** @override @param {any} base */
  powers(base) {
    base.precompute(WINDOW, false);
    // noble refuses exponent 0; the call is made all the same, so that it is not seen in the time.
    return (/** @type {bigint} */ exponent) => {
      const power = base.multiply(exponent || 1n);
      return exponent === 0n ? Point.ZERO : power;
    };
  }

  /** The first member at or above the integers side by side. @override @param {number[]} values */
  encode(values) {
    for (let n = sideBySide(values, PADDING); ; n += 1n) {
      const point = member(hexToBytes(n.toString(16).padStart(64, "0")).reverse());
      if (point !== null) return point;
    }
  }
}

/** The point of the subgroup that 32 bytes of RFC 8032 write, or null. @param {Uint8Array} bytes */
function member(bytes) {
  let point;
  try {
    point = Point.fromBytes(bytes);
  } catch {
    return null;
  }
  return point.isTorsionFree() ? point : null;
}
