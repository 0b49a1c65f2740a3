// What went wrong, or was done, is read out first: it takes the focus. Its links lead into the field, not only to it.
// Where the page opens further down, at what was changed, the view and the focus stay there, and what was done is said.
import { say } from "./announce.js";
import { all } from "./find.js";

export function focus(part) {
  const [first] = all(part, "[data-focus]");
  if (first?.matches(".nhsuk-notification-banner") && document.getElementById(location.hash.slice(1))) {
    say(first.querySelector(".nhsuk-notification-banner__heading").textContent);
  } else {
    first?.focus();
  }
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
