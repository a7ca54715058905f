/* The keys of the desk, where they are switched on: a key goes to its button, and Enter presses it. */
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
  const found = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!found) return;
  event.preventDefault();
  found.scrollIntoView({ block: "center" });
  found.focus();
});
