// Dragging a card with the mouse does what its own Move form does: it fills the form and sends it. A card without that
// form is not yours to move. Where a move needs words (sign-off, stopped) the drop opens the page that asks for them.
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
}

function mark(column) {
  for (const each of document.querySelectorAll(".col")) each.classList.toggle("col--over", each === column);
}

function move(card, stage) {
  const form = card.querySelector("form.move__form, .move form");
  const words = card.querySelector(`a[data-move-to="${stage}"]`);
  if (words) {
    location.assign(words.href);
    return;
  }
  const choice = form?.elements.stage;
  if (!choice) return;
  // A stage that the form does not offer is sent too: the answer says what is missing.
  if (![...choice.options].some((option) => option.value === stage)) choice.add(new Option(stage, stage));
  choice.value = stage;
  form.requestSubmit();
}
