// A short name is suggested from the first words of "now", as long as nobody has touched it:
// <input data-title-from="id of now">.
import { all } from "./find.js";

const MOST = 60;
const LEAST = 20;
// What no name ends with: "so we", "because the". The server knows the same (ideas/domain/ideas.py).
const DANGLING =
  /(?: (?:a|an|and|are|as|at|because|but|by|for|from|if|in|is|it|of|on|or|so|that|the|they|to|we|when|which|who|with))+$/i;

export function suggestion(text) {
  const sentence = text.trim().split(/[.!?\n]/)[0].replace(/\s+/g, " ");
  if (sentence.length <= MOST) return sentence;
  const cut = sentence.slice(0, MOST + 1);
  const pause = Math.max(...[", ", "; ", ": "].map((mark) => cut.lastIndexOf(mark)));
  if (pause >= LEAST) return cut.slice(0, pause);
  return cut
    .slice(0, Math.max(cut.lastIndexOf(" "), LEAST))
    .replace(/[,;:\s]+$/, "")
    .replace(DANGLING, "");
}

export function title(part) {
  for (const field of all(part, "[data-title-from]")) {
    const now = document.getElementById(field.dataset.titleFrom);
    let ours = field.value ? null : "";
    now?.addEventListener("input", () => {
      if (ours === null || field.value !== ours) return;
      ours = suggestion(now.value);
      field.value = ours;
    });
    field.addEventListener("input", () => {
      ours = field.value ? null : "";
    });
  }
}
