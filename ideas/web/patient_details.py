"""No patient details: what every form asks of the words typed into it, in which harm can be written."""

from typing import Any

from ideas.text import patient_details
from ideas.web.fields import LinesField, TextField, TickField

#: What the box says that lets questioned words pass.
CHECKED = "I have checked: this tells nobody who a patient is"
#: More than any of these fields takes: what is longer is refused for that, and not read to its end.
_MOST_READ = 20_000


class TellsNoPatient:
    """For a form in which harm can be written: stands before `Form`, and reads every text that it has.

    A valid NHS number is refused, at its field. What looks like a date of birth or a name beside a bed is
    questioned, and passes when the box is ticked. `reads_not` names texts in which neither can stand.
    """

    reads_not: frozenset[str] = frozenset()
    checked_details = TickField(CHECKED)
    # The last of every form: fields come in the order in which they were made, and this one was made first.
    checked_details.creation_counter = 1_000_000

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Whether the form is complete, and tells nobody who a patient is."""
        is_complete = super().validate(*args, **kwargs)  # type: ignore[misc]
        return self._refuses_nothing() and bool(is_complete)

    @property
    def asks_about_details(self) -> bool:
        """Whether the page shows the box: something was questioned, now or the time before."""
        return bool(self.checked_details.errors or self.checked_details.data)

    def _refuses_nothing(self) -> bool:
        good = True
        questions = []
        for field in self._texts():
            text = ("\n".join(field.data) if isinstance(field.data, list) else field.data or "")[:_MOST_READ]
            where = f"“{field.label.text}”" if field.label.text else "What you wrote"
            for number in patient_details.nhs_numbers(text)[:1]:
                good = False
                self._refuse_first(
                    field,
                    f"{where} has what looks like an NHS number, ending {number[-4:]}. "
                    "Take it out: Headroom never keeps patient details",
                )
            questions += [f"“{each.found}” {each.why}" for each in patient_details.questions(text)]
        if questions and not self.checked_details.data:
            good = False
            self._refuse_first(self.checked_details, f"{'; '.join(questions[:3])}. Take it out, or tick this box")
        return good

    def _texts(self) -> list[Any]:
        return [
            field
            for field in self  # type: ignore[attr-defined]
            if isinstance(field, TextField | LinesField) and field.short_name not in self.reads_not
        ]

    def _refuse_first(self, field: Any, message: str) -> None:
        # First, because a page shows the first of a field's messages.
        field.errors = [message, *field.errors]
