/** Ballots, made from a credential and answers. Section 7 of the format. */
import { encryptChoices, readPicked } from "./choices.js";
import { secretOf } from "./credential.js";
import { base64 } from "./digest.js";
import { Election } from "./election.js";
import { BoothError } from "./fault.js";
import { proveKnowledge } from "./proof.js";
import { encryptRanking, readNumbers } from "./rankings.js";

/** @typedef {import("./group.js").Entropy} Entropy */

/**
 * What the election is told of a credential: C = g^s.
 * @param {Election} election
 * @param {string} credential
 * @returns {string} as it stands in the published list
 * @throws {BoothError} the credential cannot be one
 */
export function publicCredential(election, credential) {
  const { group } = Election.inside(election);
  return written(group, secretOf(group, election.uuid, credential));
}

/**
 * A ballot, and the tracker that its voter finds it by.
 * @param {Election} election
 * @param {string} credential
 * @param {number[][]} answers for each question a 0 or 1 for each choice (the blank one first), or a number for each answer
 * @param {Entropy} [entropy] so many random bytes; for tests. Ballots of known or repeated bytes are no secret.
 * @returns {{ballot: string, tracker: string}}
 * @throws {BoothError} the credential cannot be one, or an answer is not allowed. Neither is repeated in the message.
 */
export function makeBallot(election, credential, answers, entropy = random) {
  const { group, powersOfKey } = Election.inside(election);
  const given = readAnswers(election, answers);
  const secret = secretOf(group, election.uuid, credential);
  const c = written(group, secret);
  const bound = { group, powersOfKey, publicKey: election.publicKey, s0: `${election.fingerprint}|${c}` };
  const unsigned = {
    election_uuid: election.uuid,
    election_hash: election.fingerprint,
    credential: c,
    answers: election.questions.map((asked, i) =>
      asked.kind === "choice"
        ? encryptChoices(bound, asked, given[i], entropy)
        : encryptRanking(bound, given[i], entropy),
    ),
  };
  const hash = base64(JSON.stringify(unsigned));
  const proof = proveKnowledge(group, secret, `sig|${hash}|`, entropy);
  const ballot = JSON.stringify({ ...unsigned, signature: { hash, proof } });
  return { ballot, tracker: base64(ballot) };
}

/** A copy of allowed answers. @param {Election} election @param {unknown} answers */
function readAnswers(election, answers) {
  const size = election.questions.length;
  if (!Array.isArray(answers) || answers.length !== size) {
    throw new BoothError("answers", `one for each of ${size} questions`);
  }
  return election.questions.map((asked, i) => {
    const where = `answer ${i + 1}`;
    return asked.kind === "choice" ? readPicked(asked, answers[i], where) : readNumbers(asked, answers[i], where);
  });
}

/** @param {import("./group.js").Group} group @param {bigint} secret */
function written(group, secret) {
  return group.texts([group.powersOfGenerator(secret)])[0];
}

/** @type {Entropy} */
function random(size) {
  if (typeof globalThis.crypto?.getRandomValues !== "function") {
    throw new BoothError("entropy", "a browser with crypto.getRandomValues");
  }
  return globalThis.crypto.getRandomValues(new Uint8Array(size));
}
