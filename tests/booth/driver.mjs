/** Answers questions put to the bundle: a line of JSON in, a line of JSON out. */
import { createInterface } from "node:readline";
import { webcrypto } from "node:crypto";

globalThis.crypto ??= webcrypto; // Node 18 has it behind a flag
const booth = await import(process.argv[2]);
const elections = new Map();

function open(hex) {
  if (!elections.has(hex)) elections.set(hex, booth.openElection(Uint8Array.from(Buffer.from(hex, "hex"))));
  return elections.get(hex);
}

/** Entropy that gives these bytes, one after the other, and says how many are left. */
function from(hex) {
  const bytes = Uint8Array.from(Buffer.from(hex, "hex"));
  let at = 0;
  const take = (size) => bytes.slice(at, (at += size));
  return { take, left: () => bytes.length - at };
}

const asked = {
  open: ({ election }) => ({ ...open(election) }),
  style: ({ credential }) => booth.checkCredential(credential),
  publish: ({ election, credential }) => booth.publicCredential(open(election), credential),
  make({ election, credential, answers, entropy }) {
    if (entropy === undefined) return booth.makeBallot(open(election), credential, answers);
    const drawn = from(entropy);
    return { ...booth.makeBallot(open(election), credential, answers, drawn.take), left: drawn.left() };
  },
};

function answer({ what, ...rest }) {
  try {
    return { done: asked[what](rest) };
  } catch (error) {
    const { name, message, where, expected, hint } = error;
    return error instanceof booth.BoothError ? { fault: { name, message, where, expected, hint } } : { crash: error.stack };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
}
