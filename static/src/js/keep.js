// Words are never lost: a form with data-keep="idea" data-keep-person="7" is kept in this browser as it is typed, until
// the server says it accepted them (<meta name="accepted" content="idea">) or the person signs out (data-forgets).
// On a device that others use too (data-shared on the body) they are kept in this tab alone, and go when it is closed.
// Who answers that otherwise at the next sign-in finds them all the same: what is theirs (data-person on the body) goes
// to where that answer keeps it.
import { all } from "./find.js";

const prefix = "headroom.kept.";
const WEEKS_2 = 14 * 24 * 3600 * 1000;
const skipped = new Set(["csrf_token", "key", "version"]);

// The store that this sign-in keeps in, then the one that an earlier sign-in may have kept in.
const stores = () => ("shared" in document.body.dataset ? ["sessionStorage", "localStorage"] : ["localStorage", "sessionStorage"]);

// Storage can be full, or shut in a private window: then nothing is kept, and nothing breaks.
function storage(store, act) {
  try {
    return act(window[store]);
  } catch {
    return null;
  }
}

const nameOf = (form) => `${prefix}${form.dataset.keepPerson || "nobody"}.${form.dataset.keep}`;
const namesIn = (store) => storage(store, (held) => Object.keys(held).filter((name) => name.startsWith(prefix))) ?? [];
const allKept = () => stores().flatMap(namesIn);
const forget = (name) => stores().forEach((store) => storage(store, (held) => held.removeItem(name)));
const read = (store, name) => storage(store, (held) => JSON.parse(held.getItem(name)));
const newest = (name) => stores().map((store) => read(store, name)).filter(Boolean).sort((one, other) => other.at - one.at)[0];

function write(name, kept) {
  const [here, elsewhere] = stores();
  storage(here, (held) => {
    held.setItem(name, JSON.stringify(kept));
    storage(elsewhere, (other) => other.removeItem(name));
  });
}

function bringHere(person) {
  const theirs = namesIn(stores()[1]).filter((name) => name.startsWith(`${prefix}${person}.`));
  for (const name of theirs) {
    const kept = newest(name);
    if (kept) write(name, kept);
    else forget(name);
  }
}

const fieldsOf = (form) =>
  [...form.elements].filter((field) => field.name && !skipped.has(field.name) && !/^(password|file|submit|button)$/.test(field.type));
const isTicked = (field) => field.type === "checkbox" || field.type === "radio";

export function keep(part) {
  for (const meta of document.querySelectorAll('meta[name="accepted"]')) {
    allKept().filter((name) => name.endsWith(`.${meta.content}`)).forEach(forget);
    meta.remove();
  }
  bringHere(document.body.dataset.person);
  for (const form of all(part, "form[data-forgets]")) {
    form.addEventListener("submit", () => allKept().forEach(forget));
  }
  for (const form of all(part, "form[data-keep]")) {
    restore(form);
    form.addEventListener("input", () => save(form));
    form.addEventListener("change", () => save(form));
  }
}

function save(form) {
  const fields = fieldsOf(form)
    .filter((field) => (isTicked(field) ? field.checked : field.value))
    .map((field) => [field.name, field.value]);
  // A form that was refused comes back with what was typed as its own values: those words are not safe yet.
  const isRefused = form.querySelector(".nhsuk-error-message") !== null;
  const isTyped = (field) => !isTicked(field) && field.type !== "hidden" && (isRefused ? field.value : field.value !== defaultOf(field));
  const words = fieldsOf(form).some(isTyped);
  if (words) write(nameOf(form), { at: Date.now(), fields });
  else forget(nameOf(form));
}

function defaultOf(field) {
  return field.options ? ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value : field.defaultValue;
}

// Only into a form that holds nothing that was typed: what the server sends back is newer.
function restore(form) {
  const kept = newest(nameOf(form));
  if (!kept) return;
  if (Date.now() - kept.at > WEEKS_2) {
    forget(nameOf(form));
    return;
  }
  const texts = fieldsOf(form).filter((field) => /^(text|textarea)/.test(field.type));
  if (texts.some((field) => field.value) && !form.hasAttribute("data-keep-over")) return;
  for (const [name, value] of kept.fields) {
    for (const field of fieldsOf(form).filter((each) => each.name === name)) {
      if (!isTicked(field)) field.value = value;
      else if (field.value === value) field.checked = true;
    }
  }
  form.prepend(notice(form));
}

function notice(form) {
  const line = document.createElement("p");
  line.className = "kept note";
  line.append("We kept what you typed. ");
  const clear = document.createElement("button");
  clear.type = "button";
  clear.className = "mini";
  clear.textContent = "Clear it";
  clear.addEventListener("click", () => {
    forget(nameOf(form));
    form.reset();
    line.remove();
    form.querySelector("textarea, input:not([type=hidden])")?.focus();
  });
  line.append(clear);
  return line;
}
