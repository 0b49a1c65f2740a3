// What went wrong, or was done, is read out first: it takes the focus. Its links lead into the field, not only to it.
import { all } from "./find.js";

export function focus(part) {
  all(part, "[data-focus]")[0]?.focus();
  for (const link of all(part, ".nhsuk-error-summary a[href^='#']")) {
    link.addEventListener("click", (event) => {
      const field = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!field) return;
      event.preventDefault();
      (field.closest("fieldset") ?? document.querySelector(`label[for="${CSS.escape(field.id)}"]`) ?? field).scrollIntoView();
      field.focus({ preventScroll: true });
    });
  }
}
