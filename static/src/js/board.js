// Dragging a card with the mouse does what its own Move form does: it fills the form and sends it. A card without that
// form is not yours to move. Where a move needs words, the answer opens the page that asks for them.
const columnAt = (event) => event.target.closest?.("[data-stage].col");

export function board() {
  let card = null;

  document.addEventListener("dragstart", (event) => {
    card = event.target.closest?.("[data-move-url]");
    if (!card) return;
    event.dataTransfer.effectAllowed = "move";
    card.classList.add("card--held");
  });
  document.addEventListener("dragover", (event) => {
    const column = card && columnAt(event);
    if (column && column !== card.closest(".col")) event.preventDefault();
    if (card) mark(column);
  });
  document.addEventListener("dragend", () => {
    card?.classList.remove("card--held");
    card = null;
    mark(null);
  });
  document.addEventListener("drop", (event) => {
    const column = card && columnAt(event);
    if (!column || column === card.closest(".col")) return;
    event.preventDefault();
    move(card, column.dataset.stage);
  });

  // htmx swaps cards; mark those that can be dragged when the pointer reaches them.
  document.addEventListener("pointerover", (event) => {
    const under = event.target.closest?.("[data-move-url]");
    if (under && event.pointerType === "mouse") under.draggable = true;
  });

  // A phone shows one stage at a time: it follows the card that was moved, which then takes the focus.
  document.addEventListener("htmx:load", (event) => {
    const column = event.target.querySelector?.("[data-focus]")?.closest(".col");
    const stage = column?.offsetParent === null && document.querySelector(`.switch [value="${column.dataset.stage}"]`);
    if (stage) stage.checked = true;
  });
}

function mark(column) {
  for (const each of document.querySelectorAll(".col")) each.classList.toggle("col--over", each === column);
}

function move(card, stage) {
  const form = card.querySelector("form.move__form, .move form");
  const choice = form?.elements.stage;
  if (!choice) return;
  // A stage that the form does not offer is sent too: the answer says what is missing.
  if (![...choice.options].some((option) => option.value === stage)) {
    choice.add(Object.assign(new Option(stage, stage), { className: "dropped" }));
  }
  choice.value = stage;
  form.requestSubmit();
  // A refused card stays, and its form is to be as it was.
  form.addEventListener("htmx:afterRequest", () => {
    choice.querySelector(".dropped")?.remove();
    form.reset();
  }, { once: true });
}
