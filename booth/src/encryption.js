/** ElGamal ciphertexts as ballots have them, and what the proofs about them are bound to (sections 6 and 7 of the format). */

/** @typedef {{alpha: string, beta: string}} Ciphertext as it is written: alpha = g^r, beta = y^r · m */
/** @typedef {import("./group.js").Element} Element */
/**
 * @typedef {object} Bound what binds every proof of a ballot: its election, and whose ballot it is
 * @property {import("./group.js").Group} group
 * @property {import("./group.js").Powers} powersOfKey
 * @property {string} publicKey the election's, as it is written
 * @property {string} s0 the fingerprint, `|`, and the public credential
 */

/**
 * The ciphertexts (g^r, y^r·m), as pairs of elements.
 * @param {Bound} bound
 * @param {Element[]} messages
 * @param {bigint[]} randomness
 * @returns {[Element, Element][]}
 */
export function encrypt({ group, powersOfKey }, messages, randomness) {
  return randomness.map((r, i) => [group.powersOfGenerator(r), group.multiply(powersOfKey(r), messages[i])]);
}

/**
 * Pairs of elements as they are written.
 * @param {import("./group.js").Group} group
 * @param {[Element, Element][]} pairs
 * @returns {Ciphertext[]}
 */
export function written(group, pairs) {
  const texts = group.texts(pairs.flat());
  return pairs.map((_, i) => ({ alpha: texts[2 * i], beta: texts[2 * i + 1] }));
}

/** The product of ciphertexts. @param {import("./group.js").Group} group @param {[Element, Element][]} pairs @returns {[Element, Element]} */
export function product(group, pairs) {
  return pairs.reduce(([a, b], [alpha, beta]) => [group.multiply(a, alpha), group.multiply(b, beta)]);
}
