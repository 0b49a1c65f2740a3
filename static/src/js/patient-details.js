// No patient details: in a form with data-patient-details a valid NHS number stops the sending, at its field; what looks
// like a date of birth, or a name beside a bed, is questioned once and then let through. The server looks again, for the
// same: ideas/text/patient_details.py. Change both together.
import { all } from "./find.js";

const gap = "[ \\t\u00a0\u2009\u202f.\\-\u2010-\u2015]{0,3}";
const tenDigits = new RegExp(`(?<!\\d)(?<!\\d[.,])(\\d{3})${gap}(\\d{3})${gap}(\\d{4})(?!\\d)`, "g");
const unseen = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;

const months = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec";
const day = `(?:\\d{1,2}[/.\\-]\\d{1,2}[/.\\-]|\\d{1,2}(?:st|nd|rd|th)? (?:${months})[a-z]*,? )`;
const birth = new RegExp(
  `\\b(?:d\\.?o\\.?b\\b\\.?|date of birth|born(?: on| in)?)[ :]*(?:${day}\\d{2,4}|(?:19|20)\\d\\d\\b)|\\b(?:${day}19\\d\\d|19\\d\\d-\\d\\d-\\d\\d)\\b`,
  "i",
);

// No longer than a name is: where every part of a long word could begin one, each would be read to its end.
const word = "[A-Z][a-z'’][\\w'’-]{0,60}";
const titled = `(?:Mr|Mrs|Ms|Miss|Mx|Dr)\\.? ${word}`;
const bed = "(?:[Bb]ed|[Bb]ay|[Rr]oom|[Ss]ide ?room|[Ff]lat) ?(?:[A-Z]?\\d+[a-z]?|[A-F])\\b";
const noName = `(?!(?:The|This|That|It|If|We|Our|In|On|At|And|But|When|Each|Every|No|Nurses?|Staff|Patients?|Residents?|Ward|Unit|Bay|Bed|Room|Side|Floor|Flat|House|Home|Hospital|Care|Acute|Medical|Surgical|[A-Z]\\w{0,10}day)\\b)`;
const name = `${noName}${word}(?: ${noName}${word})`;
const besideBed = new RegExp(
  `\\b${titled}\\b[^.\\n]{0,30}\\b${bed}|\\b${bed}[^.\\n]{0,15}\\b${titled}\\b|\\b${name}(?:,| \\(|,? (?:is |was |lies |sits )?(?:in|from|of)) ?${bed}|\\b${bed} ?[,:(=-] ?${name}`,
);

export function hasNhsNumber(text) {
  for (const [, first, second, third] of text.replaceAll(unseen, "").matchAll(tenDigits)) {
    const digits = first + second + third;
    const sum = [...digits.slice(0, 9)].reduce((total, digit, place) => total + digit * (10 - place), 0);
    const check = (11 - (sum % 11)) % 11;
    if (check === Number(digits[9]) && !/^(\d)\1{9}$/.test(digits)) return true;
  }
  return false;
}

export function looksPersonal(text) {
  if (birth.test(text)) return "This has what looks like a date of birth. Take it out, unless it is something else. To send it as it is, send once more.";
  if (besideBed.test(text)) return "This has what looks like a name beside a bed or room. Take the name out, unless it is something else. To send it as it is, send once more.";
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
  if (!stopped) {
    if (fields.some((field) => field.dataset.asked && field.dataset.asked === field.value)) tellTheServer(form);
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  stopped.focus();
}

// Asked here and sent once more: the server need not ask the same again.
function tellTheServer(form) {
  const box = form.querySelector("[name=checked_details]");
  if (box) {
    box.checked = true;
    return;
  }
  const checked = document.createElement("input");
  Object.assign(checked, { type: "hidden", name: "checked_details", value: "y" });
  form.append(checked);
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
