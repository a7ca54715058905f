/**
 * An election: its bytes are fixed at setup, and everything in it is bound to their hash, the fingerprint.
 *
 * Section 5 of the format. Nothing restricts how the bytes are spaced; what is in them is read strictly.
 */
import { BASE58, base64 } from "./digest.js";
import { BoothError } from "./fault.js";
import { findGroup } from "./groups.js";
import { readJson } from "./json.js";
import { asInteger, asList, asText, fieldsOf } from "./fields.js";

/** @typedef {import("./group.js").Group} Group */
/**
 * @typedef {object} Choice pick at least `min` and at most `max` answers, or vote blank where that is offered
 * @property {"choice"} kind
 * @property {string} question
 * @property {readonly string[]} answers
 * @property {boolean} blank
 * @property {number} min
 * @property {number} max
 */
/**
 * @typedef {object} Ranked give each answer a number of 0 to 255, which the counting method reads
 * @property {"ranked"} kind
 * @property {string} question
 * @property {readonly string[]} answers
 */
/** @typedef {Choice | Ranked} Question */

const UUID = new RegExp(`^[${BASE58}]{14,}$`);
const REQUIRED = ["version", "description", "name", "group", "public_key", "questions", "uuid"];
const OPTIONAL = ["administrator", "credential_authority", "language"];

/** An election, read: frozen. What a voter is shown is public; the rest is for `makeBallot`. */
export class Election {
  /** @type {Group} */ #group;
  /** @type {import("./group.js").Powers} */ #powersOfKey;

  /**
   * @param {Uint8Array} bytes
   * @throws {BoothError} what is wrong with it, and where
   */
  constructor(bytes) {
    if (!(bytes instanceof Uint8Array)) throw new BoothError("election", "its bytes, as a Uint8Array");
    const fields = fieldsOf(readJson(bytes, "election"), "election", REQUIRED, OPTIONAL);
    const text = (/** @type {string} */ key) => asText(fields.get(key), `election: ${key}`);
    if (fields.get("version") !== 1) throw new BoothError("election: version", "1");
    requireOptional(fields);
    this.uuid = text("uuid");
    if (!UUID.test(this.uuid)) throw new BoothError("election: uuid", "at least 14 characters of Base58");
    this.name = text("name");
    this.description = text("description");
    this.fingerprint = base64(bytes);
    this.#group = findGroup(text("group"));
    this.groupName = this.#group.name;
    this.publicKey = text("public_key");
    this.questions = readQuestions(this.#group, fields.get("questions"));
    this.#powersOfKey = this.#group.powers(readKey(this.#group, this.publicKey));
    void this.#group.powersOfGenerator; // both tables are made before the voter waits for a ballot
    Object.freeze(this);
  }

  /** What ballots are made with; not for pages. @param {Election} election */
  static inside(election) {
    if (!(election instanceof Election)) throw new BoothError("election", "what `openElection` gives");
    return { group: election.#group, powersOfKey: election.#powersOfKey };
  }
}

/** @param {Map<string, unknown>} fields */
function requireOptional(fields) {
  for (const key of ["administrator", "credential_authority"]) {
    if (fields.has(key)) asText(fields.get(key), `election: ${key}`);
  }
  const language = fields.get("language");
  if (language === undefined) return;
  const isOne = Array.isArray(language) && language.length === 2 && typeof language[0] === "string";
  if (!isOne || (language[1] !== "ltr" && language[1] !== "rtl")) {
    throw new BoothError("election: language", 'a code, and "ltr" or "rtl"');
  }
}

/** @param {Group} group @param {string} text */
function readKey(group, text) {
  const key = group.element(text, "election: public_key");
  if (text === group.texts([group.identity])[0]) {
    throw new BoothError("election: public_key", "a key that keeps ballots secret, not the neutral element");
  }
  return key;
}

/** @param {Group} group @param {unknown} value @returns {readonly Question[]} */
function readQuestions(group, value) {
  const questions = asList(value, "election: questions").map((each, i) =>
    readQuestion(group, each, `election: question ${i + 1}`),
  );
  if (questions.length === 0) throw new BoothError("election: questions", "at least one");
  return Object.freeze(questions);
}

/** @param {Group} group @param {unknown} value @param {string} where */
function readQuestion(group, value, where) {
  const isTyped = value instanceof Map && value.has("type");
  return Object.freeze(isTyped ? readRanked(group, value, where) : readChoice(value, where));
}

/** @param {unknown} value @param {string} where @returns {Choice} */
function readChoice(value, where) {
  const fields = fieldsOf(value, where, ["answers", "min", "max", "question"], ["blank"]);
  const answers = readAnswers(fields.get("answers"), where);
  const min = asInteger(fields.get("min"), `${where}: min`);
  const max = asInteger(fields.get("max"), `${where}: max`);
  const blank = fields.get("blank") ?? false;
  if (typeof blank !== "boolean" || fields.get("blank") === null) {
    throw new BoothError(`${where}: blank`, "true or false");
  }
  if (!(min <= max && max <= answers.length)) {
    throw new BoothError(where, "min ≤ max ≤ the number of answers");
  }
  const question = asText(fields.get("question"), `${where}: question`);
  return { kind: "choice", question, answers, blank, min, max };
}

/** @param {Group} group @param {unknown} value @param {string} where @returns {Ranked} */
function readRanked(group, value, where) {
  const fields = fieldsOf(value, where, ["type", "value"], ["extra"]);
  if (fields.get("type") !== "NonHomomorphic") throw new BoothError(`${where}: type`, "NonHomomorphic, or no type");
  const inner = fieldsOf(fields.get("value"), `${where}: value`, ["answers", "question"], []);
  const answers = readAnswers(inner.get("answers"), where);
  if (answers.length > group.mostRanked) {
    const most = `a ranked question of at most ${group.mostRanked} answers in ${group.name}`;
    throw new BoothError(where, most, "use Ed25519 (30 answers) or RFC-3526-2048");
  }
  return { kind: "ranked", question: asText(inner.get("question"), `${where}: question`), answers };
}

/** @param {unknown} value @param {string} where */
function readAnswers(value, where) {
  const answers = asList(value, `${where}: answers`).map((each) => asText(each, `${where}: answers`));
  if (answers.length === 0) throw new BoothError(`${where}: answers`, "at least one");
  return Object.freeze(answers);
}
