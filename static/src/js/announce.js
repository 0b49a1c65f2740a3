// Says what changed, in the one live region, which is also seen for a while. A response says it with the header
// HX-Trigger: {"announce": "Moved to Planning"}, or by swapping #announcer out of band.
const region = () => document.getElementById("announcer");
let later;

export function say(words) {
  const line = document.createElement("p");
  line.textContent = words;
  region()?.replaceChildren(line);
  fade();
}

function fade() {
  clearTimeout(later);
  later = setTimeout(() => region()?.replaceChildren(), 10_000);
}

export function announce() {
  document.addEventListener("announce", (event) => say(event.detail.value ?? ""));
  document.addEventListener("htmx:oobAfterSwap", (event) => event.detail.target.id === "announcer" && fade());
  document.addEventListener("htmx:responseError", () => say("Something went wrong here. Nothing was changed. Try again in a minute."));
  document.addEventListener("htmx:sendError", () => say("No connection. Nothing was sent. Your words are kept: try again when you are back online."));
  document.addEventListener("htmx:timeout", () => say("That took too long. Look whether it was done before you try again."));
  document.addEventListener("htmx:beforeRequest", () => document.getElementById("notice")?.replaceChildren());
}
