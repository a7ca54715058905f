/**
 * Answers to ranked questions: all numbers in one encrypted element, with a proof that the voter made it.
 *
 * Section 7 of the format. Nothing is proved of the numbers themselves: they come out shuffled.
 */
import { encrypt, written } from "./encryption.js";
import { BoothError } from "./fault.js";
import { proveKnowledge } from "./proof.js";

const LARGEST = 255;

/**
 * An answer to a ranked question that allows it (`readNumbers`).
 * @param {import("./encryption.js").Bound} bound
 * @param {number[]} numbers one for each answer
 * @param {import("./group.js").Entropy} entropy
 */
export function encryptRanking(bound, numbers, entropy) {
  const { group, publicKey, s0 } = bound;
  const r = group.draw(entropy);
  const [choices] = written(group, encrypt(bound, [group.encode(numbers)], [r]));
  const prefix = `raweg|${s0}|${publicKey},${choices.alpha},${choices.beta}|`;
  return { choices, proof: proveKnowledge(group, r, prefix, entropy) };
}

/**
 * A copy of a ranking; what is none is refused, in words for whoever filled it in.
 * @param {import("./election.js").Ranked} asked
 * @param {unknown} value
 * @param {string} where
 * @returns {number[]}
 */
export function readNumbers(asked, value, where) {
  const size = asked.answers.length;
  const numbers = Array.isArray(value) ? [...value] : [];
  const isNumber = (/** @type {unknown} */ each) =>
    typeof each === "number" && Number.isInteger(each) && each >= 0 && each <= LARGEST;
  if (numbers.length !== size || !numbers.every(isNumber)) {
    throw new BoothError(where, `a number of 0 to ${LARGEST} for each of ${size} answers`);
  }
  return numbers;
}
