import { say } from "./announce.js";

// A double click sends one thing: while a form is on its way its button says so, and a second send is stopped.
export function once() {
  const stopSecond = (event) => {
    if (!event.target.dataset.sending) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener("submit", stopSecond, { capture: true });
  document.addEventListener("submit", (event) => mark(event.target, event));
  document.addEventListener("htmx:afterRequest", (event) => free(event.target.closest?.("form") ?? event.target));
  // Back, from the browser's own memory of the page
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(free));
}

function mark(form, event) {
  if (form.method !== "post" || (event.defaultPrevented && !form.matches("[hx-post]"))) return;
  form.dataset.sending = "yes";
  const button = event.submitter ?? form.querySelector("[type=submit]");
  button?.setAttribute("aria-disabled", "true");
  if ([...form.elements].some((field) => field.files?.length)) say("Sending the file. Stay on this page until it is there.");
  setTimeout(() => free(form), 15_000);
}

function free(form) {
  if (!form.dataset?.sending) return;
  delete form.dataset.sending;
  for (const button of form.querySelectorAll('[aria-disabled="true"]')) button.removeAttribute("aria-disabled");
}
