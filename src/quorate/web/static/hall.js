/* The projector asks for its page every few seconds, and puts what has changed in place; without script the page does by itself. */
const SECONDS = 5;
const REGIONS = ["stage", "panel", "speakers", "clock"];

async function renew() {
  try {
    const answer = await fetch(location.href, { cache: "no-store", redirect: "error" });
    if (answer.status === 404) return location.reload(); // the key was revoked: show nothing any longer
    if (!answer.ok) return undefined; // what was shown stays, and is asked for again
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of REGIONS) {
      const [here, there] = [document.getElementById(id), page.getElementById(id)];
      if (here && there && here.outerHTML !== there.outerHTML) here.replaceWith(document.adoptNode(there));
    }
  } catch {
    // No network for a moment: it is asked again.
  }
  return undefined;
}

setInterval(renew, SECONDS * 1000);
