// The floor as it happens. Without this script the page is the same, and is loaded anew by whoever wants the latest.
// A frame is the whole of a region, so that whichever is missed, the next one makes it good.

const WORDS = {
  live: "Live",
  reconnecting: "Reconnecting",
  offline: "Offline. What you send is kept on this device",
  delayed: "Delayed: something on the way holds updates back, so they come every few seconds",
  hidden: "Paused",
  sending: "Being sent",
  waiting: "waiting to be sent",
  notDone: "It is not on the record yet. It is sent by itself as soon as there is a connection.",
  sendNow: "Send it now",
  recorded: (entry) => `On the record, as entry ${entry}`,
  stands: "It stands when this page closes, and when the network fails.",
  receipt: "Keep the receipt",
  refused: "Not in order: ",
  late: (pressed) => `You pressed at ${pressed}.`,
  signIn: "Sign in again",
  close: "Close",
};
const WATCHDOG = 40_000; // milliseconds without a byte
const FIRST_BYTES = 4_000;
const HEAD = 8_000;
const HIDDEN_FOR = 30_000;
const POLL = 5_000;
const STREAM_AGAIN = 300_000;

const status = document.getElementById("connection");
const regions = new Map([...document.querySelectorAll("[data-region]")].map((each) => [each.dataset.region, each]));

// --- regions -------------------------------------------------------------------------------------------------------

const csrf = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
const shown = new Map();
const postponed = new Map();

const isBeingFilledIn = (region) =>
  [...region.querySelectorAll("input:not([type=hidden]), textarea, select")].some((each) =>
    each.type === "checkbox" || each.type === "radio" ? each.checked !== each.defaultChecked
      : each.options ? [...each.options].some((option) => option.selected !== option.defaultSelected)
      : each.value !== each.defaultValue);

/** What finds an element again once its region was replaced. */
const marks = (element) => [element.id && `#${CSS.escape(element.id)}`,
  element.name && `[name="${CSS.escape(element.name)}"][value="${CSS.escape(element.value ?? "")}"]`,
  element.tagName.toLowerCase()].filter(Boolean);

/** Give a form that came by a frame what it needs to work without script. */
function complete(form) {
  const hidden = (name, value) => {
    const input = form.elements.namedItem(name) ?? form.appendChild(make("input", { type: "hidden", name }));
    if (!input.value) input.value = value;
  };
  hidden("csrfmiddlewaretoken", csrf);
  hidden("token", random());
  hidden("next", location.pathname);
}

function put(name, html) {
  const region = regions.get(name);
  if (!region || shown.get(name) === html) return;
  if (isBeingFilledIn(region)) { postponed.set(name, html); return; }
  postponed.delete(name);
  const held = region.contains(document.activeElement) ? marks(document.activeElement) : null;
  const open = [...region.querySelectorAll("details")].map((each) => each.open);
  region.innerHTML = html;
  region.querySelectorAll("form").forEach(complete);
  shown.set(name, html);
  region.querySelectorAll("details").forEach((each, n) => { each.open = open[n] ?? each.open; });
  if (held) for (const mark of held) {
    const found = region.querySelector(mark);
    if (found) { found.focus({ preventScroll: true }); break; }
  }
}

document.addEventListener("focusout", () => setTimeout(() => postponed.forEach((html, name) => put(name, html))));

const SVG = "http://www.w3.org/2000/svg";
const drawn = (name, attributes, ...inside) => {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...inside);
  return made;
};

function tick(division, { bar, entitled, words }) {
  const card = document.querySelector(`[data-division="${CSS.escape(division)}"]`);
  const picture = card?.querySelector("svg.bar"), sum = card?.querySelector(".sum");
  if (!picture || !sum) return;
  const parts = [], said = [];
  bar.forEach(([kind, what, heads, x, width, labelled], n) => {
    const full = { width: "100%", height: "100%" };
    const label = labelled ? [drawn("text", { x: "50%", y: "52%" }, String(heads))] : [];
    parts.push(drawn("svg", { x, width, height: "100%" }, drawn("rect", { class: kind, ...full }),
      drawn("rect", { class: `${kind} grain`, ...full }), ...label));
    if (n) parts.push(drawn("rect", { class: "gap", x, width: 2, height: "100%" }));
    said.push(n ? " + " : "", bold(heads), ` ${what}`);
  });
  picture.replaceChildren(...parts);
  picture.setAttribute("aria-label", words);
  sum.replaceChildren(...said, " = ", bold(entitled), " entitled");
  shown.delete("panel");
}

const make = (name, attributes = {}, ...inside) => {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...inside);
  return made;
};
const bold = (text) => make("b", {}, String(text));

function take({ event, data, id }) {
  if (id) seen = id;
  if (event === "tally") Object.entries(JSON.parse(data)).forEach(([division, figures]) => tick(division, figures));
  else if (event === "you") {
    const given = new DOMParser().parseFromString(data, "text/html");
    given.querySelectorAll("[data-region]").forEach((each) => put(each.dataset.region, each.innerHTML));
  } else put(event, data);
  if (event === "stage") say(regions.get("stage").querySelector("[data-said]")?.textContent ?? "");
}

/** Tell whoever does not see the page, once for each thing that happens. */
function say(text) {
  const place = document.getElementById("said");
  if (place && place.textContent !== text) place.textContent = text;
}

// --- the connection ------------------------------------------------------------------------------------------------

let seen = "";
let retry = 3000;
let turn = null; // aborts whatever runs now
let streamAgainAt = 0;
let lastState = "";

function tell(state) {
  lastState = state;
  status.hidden = false;
  status.textContent = WORDS[state];
  status.classList.toggle("off", state !== "live");
}

/** The events in a text; what is not whole yet is left over. */
function parse(text) {
  const blocks = text.split("\n\n");
  const left = blocks.pop();
  const frames = blocks.map((block) => {
    const found = { event: "", data: [], id: "" };
    for (const line of block.split("\n")) {
      const [, name, value] = /^([a-z]*): ?(.*)$/.exec(line) ?? [];
      if (name === "data") found.data.push(value);
      else if (name === "retry") retry = Number(value) || retry;
      else if (name) found[name] = value;
    }
    return { ...found, data: found.data.join("\n") };
  });
  return [frames.filter((each) => each.event), left];
}

const pause = (milliseconds, signal) => new Promise((done) => {
  const timer = setTimeout(done, milliseconds);
  signal.addEventListener("abort", () => { clearTimeout(timer); done(); }, { once: true });
});

/** Who may not be here any more is shown the page as it is for them now. */
function require(response) {
  if ([401, 403, 404].includes(response.status)) { location.reload(); throw new Error("gone"); }
  if (!response.ok) throw new Error(`answered ${response.status}`);
}

/** Read the stream until it ends; returns the milliseconds after which to come back. */
async function readStream(meeting, signal, pass) {
  const reading = new AbortController();
  const stop = () => reading.abort();
  signal.addEventListener("abort", stop, { once: true });
  const heldBack = () => { streamAgainAt = Date.now() + STREAM_AGAIN; stop(); };
  let alarm = setTimeout(heldBack, HEAD), first = true;
  try {
    const response = await fetch(`/live/${meeting}`, {
      headers: { Accept: "text/event-stream", "Last-Event-ID": seen }, cache: "no-store", signal: reading.signal,
    });
    require(response);
    clearTimeout(alarm);
    alarm = setTimeout(heldBack, FIRST_BYTES);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let left = "", frames;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return retry;
      clearTimeout(alarm);
      alarm = setTimeout(stop, WATCHDOG);
      if (first) { first = false; tell("live"); sendAll(); }
      [frames, left] = parse(left + value);
      for (const each of frames) {
        if (each.event === "bye") return Math.random() * Number(each.data);
        pass(each);
      }
    }
  } finally {
    clearTimeout(alarm);
    signal.removeEventListener("abort", stop);
    stop();
  }
}

async function poll(meeting, signal, pass) {
  const response = await fetch(`/live/${meeting}/since/${seen || 0}`, { cache: "no-store", signal });
  require(response);
  parse(await response.text())[0].forEach(pass);
}

async function follow(meeting, signal, pass) {
  let failures = 0;
  while (!signal.aborted) {
    let wait = retry;
    try {
      if (Date.now() < streamAgainAt) {
        await poll(meeting, signal, pass);
        tell("delayed");
        sendAll();
        wait = POLL * (1 + Math.random());
      } else wait = await readStream(meeting, signal, pass);
      failures = 0;
    } catch {
      failures += 1;
      wait = Math.min(retry * 2 ** (failures - 1), 30_000) * (0.5 + Math.random());
    }
    if (signal.aborted) return;
    if (Date.now() >= streamAgainAt) tell(navigator.onLine ? "reconnecting" : "offline");
    if (Date.now() < streamAgainAt && lastState !== "delayed") wait = 0;
    await pause(wait, signal);
  }
}

/** One tab of a browser reads the stream, and passes on what comes: a browser has few connections to one place. */
function start(meeting, account) {
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(`quorate ${account} ${meeting}`) : null;
  const pass = (frame) => { take(frame); channel?.postMessage(frame); };
  if (channel) channel.onmessage = ({ data }) => { take(data); tell("live"); };
  let hiding = 0;

  async function run(signal) {
    if (!navigator.locks) return follow(meeting, signal, pass);
    const leading = navigator.locks.request(`quorate live ${account} ${meeting}`, { signal }, () => follow(meeting, signal, pass));
    // Until this tab leads, another does; what that one had before is fetched once.
    await Promise.race([leading, pause(1000 + 2000 * Math.random(), signal)]);
    const { held = [] } = await navigator.locks.query();
    if (!signal.aborted && held.length && !status.textContent) {
      await poll(meeting, signal, take).then(() => tell("live")).catch(() => {});
    }
    return leading;
  }

  /** Whatever the connection says of itself, begin anew: a phone that slept does not know that it is dead. */
  function wake() {
    clearTimeout(hiding);
    turn?.abort();
    turn = new AbortController();
    run(turn.signal).catch(() => {});
    sendAll();
  }

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") wake();
    else hiding = setTimeout(() => { turn?.abort(); tell("hidden"); }, HIDDEN_FOR);
  });
  document.addEventListener("resume", wake);
  addEventListener("pageshow", (event) => { if (event.persisted) wake(); });
  addEventListener("online", wake);
  addEventListener("offline", () => { turn?.abort(); tell("offline"); });
  wake();
}

// --- acts ----------------------------------------------------------------------------------------------------------

const QUEUE = "quorate unsent ";
let account = "";
let sending = false;
let again = 0;
let delay = 2000;

const queue = () => { try { return JSON.parse(localStorage.getItem(QUEUE + account)) ?? []; } catch { return []; } };
const keep = (acts) => {
  try { localStorage.setItem(QUEUE + account, JSON.stringify(acts)); } catch { memory = acts; }
  showUnsent();
};
let memory = null; // where a browser keeps nothing for us
const unsent = () => memory ?? queue();

const random = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18)))).replaceAll("+", "-").replaceAll("/", "_");
const clock = (at) => new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

/** Send one act; returns the answer, or null if there was none or it is to be sent again. */
async function send(act) {
  try {
    const response = await fetch(act.path, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(act.fields), cache: "no-store",
    });
    if (response.status === 429 || response.status >= 500) return null;
    return { status: response.status, said: await response.json() };
  } catch {
    return null;
  }
}

/** Send what waits, in order, each with the token that it was given when its button was pressed. */
async function sendAll() {
  if (sending) return;
  sending = true;
  clearTimeout(again);
  const work = async () => {
    for (let act = unsent()[0]; act; act = unsent()[0]) {
      const answer = await send(act);
      if (answer === null) {
        again = setTimeout(sendAll, delay);
        delay = Math.min(delay * 2, 30_000);
        break;
      }
      if (answer.status === 401) { show(alertOf(answer.said.said, "/sign-in/")); break; }
      delay = 2000;
      keep(unsent().filter((each) => each.fields.token !== act.fields.token));
      show(answer.status === 200 ? receiptOf(act, answer.said) : refusalOf(act, answer.said));
    }
  };
  try { await (navigator.locks ? navigator.locks.request("quorate send", work) : work()); }
  finally { sending = false; showUnsent(); }
}

function show(card) {
  document.getElementById("receipts").prepend(card);
}

function receiptOf(act, { entry, at }) {
  const link = make("a", { href: `/record/${entry}/receipt/`, className: "small" }, WORDS.receipt);
  const what = make("h2", {}, act.label ? `${act.label}: ` : "", WORDS.recorded(entry));
  const made = make("section", { className: "receipt" }, sign("done"),
    make("div", {}, what, make("p", { className: "small" }, `${clock(at)}. ${WORDS.stands}`), make("p", {}, link)));
  made.setAttribute("role", "status");
  return made;
}

function refusalOf(act, said) {
  const why = said.refused ? WORDS.refused + said.refused : said.said ?? Object.entries(said.errors).map(([key, error]) => `${key}: ${error}`).join("; ");
  return alertOf(`${act.label ? `${act.label}. ` : ""}${why}. ${WORDS.late(clock(act.at))}`);
}

function alertOf(text, address = "") {
  const close = make("button", { type: "button", className: "button plain" }, WORDS.close);
  const made = make("section", { className: "card ask" }, make("p", {}, text),
    make("div", { className: "row" }, ...(address ? [make("a", { href: address, className: "button" }, WORDS.signIn)] : []), close));
  made.setAttribute("role", "alert");
  close.addEventListener("click", () => made.remove());
  return made;
}

function sign(name) {
  const use = drawn("use", { href: `#${name}` });
  return drawn("svg", { "aria-hidden": "true" }, use);
}

function showUnsent() {
  const place = document.getElementById("unsent"), acts = unsent();
  place.hidden = !acts.length;
  const now = make("button", { type: "button", className: "button" }, WORDS.sendNow);
  now.addEventListener("click", sendAll);
  const word = sending ? WORDS.sending.toLowerCase() : WORDS.waiting;
  const card = make("section", { className: "card ask" },
    ...acts.map((each) => make("p", {}, bold(each.label || each.path), ` (${clock(each.at)}): ${word}.`)),
    make("p", { className: "small quiet" }, WORDS.notDone), now);
  card.setAttribute("role", "status");
  place.replaceChildren(...(acts.length ? [card] : []));
}

/** What was pressed, in the words of the page. */
const labelOf = (form, button) => {
  const about = (form.closest("section")?.querySelector("h2") ?? form.querySelector(":scope > span"))?.textContent?.trim() ?? "";
  const pressed = (button?.querySelector("b") ?? button)?.textContent?.trim() ?? "";
  return [about, pressed].filter(Boolean).join(" · ");
};

function press(event) {
  const form = event.target, path = new URL(form.action, location.href).pathname.replace(/\/$/, "");
  if (!path.startsWith("/acts/") || !form.closest("[data-region]") || form.method !== "post") return;
  event.preventDefault();
  if (form.getAttribute("aria-busy")) return;
  const fields = Object.fromEntries(new FormData(form, event.submitter));
  delete fields.csrfmiddlewaretoken;
  delete fields.next;
  if (!fields.token) fields.token = random();
  form.setAttribute("aria-busy", "true");
  const act = { path, fields, at: Date.now(), label: labelOf(form, event.submitter) };
  keep([...unsent(), act]);
  sendAll().finally(() => {
    form.removeAttribute("aria-busy");
    const token = form.querySelector("[name=token]");
    if (token) token.value = random(); // another press is another act
  });
}

if (status) {
  account = status.dataset.account;
  seen = status.dataset.seen;
  try { // what somebody else left on this device is not for us to send
    Object.keys(localStorage).filter((key) => key.startsWith(QUEUE) && key !== QUEUE + account).forEach((key) => localStorage.removeItem(key));
  } catch { /* a browser that keeps nothing */ }
  for (const [name, region] of regions) shown.set(name, region.innerHTML);
  document.addEventListener("submit", press);
  showUnsent();
  start(encodeURIComponent(status.dataset.live), account);
}
