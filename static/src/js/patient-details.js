// No patient details: in a form with data-patient-details a valid NHS number stops the sending, at its field; what looks
// like a date of birth, or a name beside a bed, is questioned once and then let through. The server looks again.
import { all } from "./find.js";

const TITLES = "mr|mrs|ms|miss|mx|dr";
const bed = new RegExp(`\\b(?:${TITLES})\\.?\\s+\\p{Lu}[\\p{L}'’-]+[^.\\n]{0,24}\\b(?:bed|room|bay|ward)\\s*\\w{1,4}\\b|\\b(?:bed|room|bay)\\s*\\d+\\w?[^.\\n]{0,24}\\b(?:${TITLES})\\.?\\s+\\p{Lu}`, "iu");
const birth = /\b(?:d\.?o\.?b\.?|born(?: on)?|date of birth)\b[^\n]{0,12}\d|\b(?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|1[0-2])[/.-](?:19\d\d|20[01]\d)\b/i;

export function hasNhsNumber(text) {
  for (const [found] of text.matchAll(/(?<![\d])\d(?:[ \-\u2010-\u2015.]?\d){9}(?![\d])/g)) {
    const digits = found.replace(/\D/g, "");
    const sum = [...digits.slice(0, 9)].reduce((total, digit, place) => total + digit * (10 - place), 0);
    const check = (11 - (sum % 11)) % 11;
    if (check === Number(digits[9]) && !/^(\d)\1{9}$/.test(digits)) return true;
  }
  return false;
}

export function looksPersonal(text) {
  if (birth.test(text)) return "This has what looks like a date of birth. Take it out, unless it is something else. To send it as it is, send once more.";
  if (bed.test(text)) return "This has what looks like a name beside a bed or room. Take the name out, unless it is something else. To send it as it is, send once more.";
  return "";
}

export function patientDetails(part) {
  for (const form of all(part, "form[data-patient-details]")) {
    form.addEventListener("submit", (event) => check(form, event), { capture: true });
  }
}

function check(form, event) {
  const fields = [...form.querySelectorAll("textarea, input[type=text]")];
  form.querySelectorAll("[data-from=patient-details]").forEach(clear);
  let stopped = null;
  for (const field of fields) {
    if (hasNhsNumber(field.value)) {
      point(field, "This has what looks like an NHS number. Take it out: Headroom never keeps patient details", "nhsuk-error-message");
      stopped ??= field;
    } else {
      const question = looksPersonal(field.value);
      if (question && field.dataset.asked !== field.value) {
        field.dataset.asked = field.value;
        point(field, question, "question-message");
        stopped ??= field;
      }
    }
  }
  if (!stopped) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  stopped.focus();
}

function point(field, words, look) {
  const message = document.createElement("p");
  message.id = `${field.id}-details`;
  message.className = look;
  message.dataset.from = "patient-details";
  message.setAttribute("role", "alert");
  message.textContent = words;
  field.before(message);
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${message.id}`.trim());
  if (look === "nhsuk-error-message") {
    field.setAttribute("aria-invalid", "true");
    field.closest(".nhsuk-form-group")?.classList.add("nhsuk-form-group--error");
  }
}

function clear(message) {
  const field = document.getElementById(message.id.replace(/-details$/, ""));
  const others = (field?.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== message.id);
  if (others.length) field.setAttribute("aria-describedby", others.join(" "));
  else field?.removeAttribute("aria-describedby");
  if (message.classList.contains("nhsuk-error-message")) {
    field?.removeAttribute("aria-invalid");
    field?.closest(".nhsuk-form-group")?.classList.remove("nhsuk-form-group--error");
  }
  message.remove();
}
