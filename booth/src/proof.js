/**
 * Making proofs: of knowing an exponent (Schnorr), and that one of several statements is true.
 *
 * Section 6 of the format; all use response = w − secret·challenge. Of a disjunction one branch is proved and the others
 * are simulated; only the sum of their challenges is bound to the hash, so nobody can tell which. Who makes it knows the
 * randomness of every ciphertext, so simulating needs powers of g and y alone: A = g^e, B = y^e · g^(d·c) with
 * e = response + r·challenge, where d is by how much the branch's statement is wrong.
 */

/** @typedef {{challenge: string, response: string}} Proof in decimal */
/** @typedef {import("./group.js").Group} Group */
/** @typedef {import("./group.js").Entropy} Entropy */
/**
 * @typedef {object} Disjunction what is to be proved of ciphertexts (g^r, y^r·g^m) whose r and m the prover knows
 * @property {string} prefix
 * @property {bigint[]} randomness r, for each branch
 * @property {number[]} off how far m is from what the branch says it is; at least one is 0
 */
/**
 * @typedef {object} Plan a disjunction under way: all but the true branch's challenge and response
 * @property {Disjunction} wanted
 * @property {number} isTrue which branch is proved
 * @property {bigint[]} challenges 0 for the true branch
 * @property {bigint[]} exponents w of the true branch; of a simulated one, response + r·challenge for a random response
 */

/**
 * That somebody knows the secret exponent to which the generator was raised.
 * @param {Group} group
 * @param {bigint} secret
 * @param {string} prefix
 * @param {Entropy} entropy
 * @returns {Proof}
 */
export function proveKnowledge(group, secret, prefix, entropy) {
  const w = group.draw(entropy);
  const challenge = group.challenge(prefix, group.texts([group.powersOfGenerator(w)]));
  return { challenge: String(challenge), response: String(group.reduce(w - secret * challenge)) };
}

/**
 * The proof of each, a part for each of its branches. Three powers for a branch, all of g or of y.
 * @param {Group} group
 * @param {import("./group.js").Powers} powersOfKey
 * @param {Disjunction[]} wanted
 * @param {Entropy} entropy
 * @returns {Proof[][]}
 */
export function proveDisjunctions(group, powersOfKey, wanted, entropy) {
  const plans = wanted.map((each) => plan(group, each, entropy));
  const commitments = plans.flatMap((each) => commit(group, powersOfKey, each));
  const texts = group.texts(commitments);
  let at = 0;
  return plans.map((each) => {
    const start = at;
    at += 2 * each.exponents.length;
    return finish(group, each, texts.slice(start, at));
  });
}

/** Draws the challenges of all branches, then the exponents. @param {Group} group @param {Disjunction} wanted @param {Entropy} entropy */
function plan(group, wanted, entropy) {
  const challenges = wanted.off.map(() => group.draw(entropy));
  const exponents = wanted.off.map(() => group.draw(entropy));
  const isTrue = wanted.off.indexOf(0);
  challenges[isTrue] = 0n;
  return { wanted, isTrue, challenges, exponents };
}

/** A and B of each branch. @param {Group} group @param {import("./group.js").Powers} powersOfKey @param {Plan} plan */
function commit(group, powersOfKey, plan) {
  return plan.exponents.flatMap((exponent, i) => {
    const shift = group.reduce(BigInt(plan.wanted.off[i]) * plan.challenges[i]);
    const masked = group.multiply(powersOfKey(exponent), group.powersOfGenerator(shift));
    return [group.powersOfGenerator(exponent), masked];
  });
}

/** @param {Group} group @param {Plan} plan @param {string[]} commitments */
function finish(group, plan, commitments) {
  const { wanted, isTrue, challenges, exponents } = plan;
  const simulated = challenges.reduce((sum, each) => sum + each, 0n);
  challenges[isTrue] = group.reduce(group.challenge(wanted.prefix, commitments) - simulated);
  return challenges.map((challenge, i) => ({
    challenge: String(challenge),
    response: String(group.reduce(exponents[i] - wanted.randomness[i] * challenge)),
  }));
}
