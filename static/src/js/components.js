// The few of nhsuk-frontend's own behaviours that our pages use.
import { CharacterCount } from "nhsuk-frontend/dist/nhsuk/components/character-count/character-count.mjs";
import { PasswordInput } from "nhsuk-frontend/dist/nhsuk/components/password-input/password-input.mjs";
import { all } from "./find.js";

export function components(part) {
  document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
  for (const Component of [CharacterCount, PasswordInput]) {
    for (const root of all(part, `[data-module="${Component.moduleName}"]:not([data-${Component.moduleName}-init])`)) {
      new Component(root);
    }
  }
}
