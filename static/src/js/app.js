// What HTML and htmx cannot do alone. Each module finds its own elements by a data- attribute, at the start and after
// each swap; every page works without any of them.
import { announce } from "./announce.js";
import { board } from "./board.js";
import { components } from "./components.js";
import { copy } from "./copy.js";
import { focus } from "./focus.js";
import { keep } from "./keep.js";
import { once } from "./once.js";
import { patientDetails } from "./patient-details.js";
import { title } from "./title.js";

const behaviours = [components, copy, keep, patientDetails, title, focus];

// htmx reads its settings when the page is ready, which is after this.
Object.assign(window.htmx?.config ?? {}, {
  selfRequestsOnly: true,
  allowScriptTags: false,
  allowEval: false,
  includeIndicatorStyles: false,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  scrollBehavior: "auto",
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "(403|404|409|413|419|429|503|507)", swap: true, target: "#notice", swapOverride: "innerHTML" },
    { code: "...", swap: false, error: true },
  ],
});

const start = (part) => behaviours.forEach((behaviour) => behaviour(part));

announce();
board();
once();
start(document);
// htmx says "load" for each part that it puts in, and once for the whole page, which is started above.
document.addEventListener("htmx:load", (event) => event.target !== document.body && start(event.target));
