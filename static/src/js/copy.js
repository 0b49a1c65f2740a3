// What is shown once can be copied with a tap: <b data-copy>. Without script, or where a browser will not, it is read.
import { say } from "./announce.js";
import { all } from "./find.js";

export function copy(part) {
  if (!navigator.clipboard) return;
  for (const shown of all(part, "[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "mini no-print";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(shown.textContent.trim());
        say("Copied. Now paste it where it should go.");
      } catch {
        say("Your browser did not let us copy it. Choose the words, then copy them yourself.");
      }
    });
    shown.after(" ", button);
  }
}
