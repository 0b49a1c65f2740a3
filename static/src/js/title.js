// A short name is suggested from the first words of "now", as long as nobody has touched it:
// <input data-title-from="id of now">.
import { all } from "./find.js";

const MOST = 60;

export function suggestion(text) {
  const sentence = text.trim().split(/[.!?\n]/)[0].replace(/\s+/g, " ");
  if (sentence.length <= MOST) return sentence;
  const cut = sentence.slice(0, MOST + 1);
  return cut.slice(0, Math.max(cut.lastIndexOf(" "), 20)).replace(/[,;:\s]+$/, "");
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
