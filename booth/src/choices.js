/**
 * Answers to homomorphic questions: an encrypted 0 or 1 for each choice, with proofs that it is one, and that the sum is
 * allowed.
 *
 * Section 7 of the format. S0 is the fingerprint and the credential; S adds the ciphertexts. Individual proofs hash S0,
 * the others S: to take one for the other is the classic mistake.
 */
import { encrypt, product, written } from "./encryption.js";
import { BoothError } from "./fault.js";
import { proveDisjunctions } from "./proof.js";

/** @typedef {import("./encryption.js").Ciphertext} Ciphertext */
/** @typedef {import("./proof.js").Disjunction} Disjunction */

/**
 * An answer to a question that allows it (`readPicked`).
 * @param {import("./encryption.js").Bound} bound
 * @param {import("./election.js").Choice} asked
 * @param {number[]} picked a 0 or 1 for each choice, the blank one first where there is one
 * @param {import("./group.js").Entropy} entropy
 */
export function encryptChoices(bound, asked, picked, entropy) {
  const { group, powersOfKey, s0 } = bound;
  const randomness = picked.map(() => group.draw(entropy));
  const messages = picked.map((m) => (m ? group.generator : group.identity));
  const pairs = encrypt(bound, messages, randomness);
  const choices = written(group, pairs);
  const wanted = choices.map((each, i) => isOneOf(intervalPrefix(s0, each), randomness[i], picked[i], [0, 1]));
  const s = withChoices(s0, choices);
  if (asked.blank) {
    wanted.push(...blankOrAllowed(asked, s, randomness, picked, group));
  } else {
    const [total] = written(group, [product(group, pairs)]);
    wanted.push(isOneOf(intervalPrefix(s, total), group.reduce(sum(randomness)), count(picked), allowed(asked)));
  }
  const proofs = proveDisjunctions(group, powersOfKey, wanted, entropy);
  const individual = proofs.slice(0, choices.length);
  const overall = proofs[proofs.length - 1];
  const answer = { choices, individual_proofs: individual, overall_proof: overall };
  return asked.blank ? { ...answer, blank_proof: proofs[proofs.length - 2] } : answer;
}

/**
 * A copy of an allowed answer; what is none is refused, in words for whoever filled it in.
 * @param {import("./election.js").Choice} asked
 * @param {unknown} value
 * @param {string} where
 * @returns {number[]}
 */
export function readPicked(asked, value, where) {
  const size = asked.answers.length + (asked.blank ? 1 : 0);
  const picked = Array.isArray(value) ? [...value] : []; // `every` would pass over what was left out of `value`
  if (picked.length !== size || !picked.every((each) => each === 0 || each === 1)) {
    throw new BoothError(where, `a 0 or a 1 for each of ${size} choices`);
  }
  const given = count(asked.blank ? picked.slice(1) : picked);
  if (asked.blank && picked[0]) {
    if (given) throw new BoothError(where, "nothing picked beside the blank vote");
  } else if (given < asked.min || given > asked.max) {
    const blank = asked.blank ? ", or a blank vote" : "";
    throw new BoothError(where, `at least ${asked.min} and at most ${asked.max} picked${blank}`);
  }
  return picked;
}

/**
 * That the answer is not blank or nothing is picked, and that it is blank or an allowed number is picked.
 * @param {import("./election.js").Choice} asked
 * @param {string} s
 * @param {bigint[]} randomness
 * @param {number[]} picked
 * @param {import("./group.js").Group} group
 * @returns {Disjunction[]}
 */
function blankOrAllowed(asked, s, [r0, ...randomness], [m0, ...picked], group) {
  const [r, m, sums] = [group.reduce(sum(randomness)), count(picked), allowed(asked)];
  const off = sums.map((each) => m - each);
  return [
    { prefix: `bproof0|${s}|`, randomness: [r0, r], off: [m0, m] },
    { prefix: `bproof1|${s}|`, randomness: [r0, ...sums.map(() => r)], off: [m0 - 1, ...off] },
  ];
}

/** @param {string} prefix @param {bigint} r @param {number} m @param {number[]} values @returns {Disjunction} */
function isOneOf(prefix, r, m, values) {
  return { prefix, randomness: values.map(() => r), off: values.map((each) => m - each) };
}

/** @param {import("./election.js").Choice} asked */
function allowed(asked) {
  return Array.from({ length: asked.max - asked.min + 1 }, (_, i) => asked.min + i);
}

/** @param {bigint[]} values */
function sum(values) {
  return values.reduce((total, each) => total + each, 0n);
}

/** @param {number[]} values */
function count(values) {
  return values.reduce((total, each) => total + each, 0);
}

/** @param {string} s0 @param {Ciphertext[]} choices */
function withChoices(s0, choices) {
  return `${s0}|${choices.map((each) => `${each.alpha},${each.beta}`).join(",")}`;
}

/** @param {string} s @param {Ciphertext} ciphertext */
function intervalPrefix(s, ciphertext) {
  return `prove|${s}|${ciphertext.alpha},${ciphertext.beta}|`;
}
