"""The form of a move."""

from typing import Any

from flask import request

from ideas.domain.moves import LESSON_LENGTH
from ideas.models import Idea, Stage
from ideas.web.choices import SelectField
from ideas.web.fields import HiddenField, LongTextField
from ideas.web.forms import Form, Versioned
from ideas.web.patient_details import TellsNoPatient


class MoveForm(TellsNoPatient, Versioned, Form):
    """Where a card goes, and what was learned when it stops."""

    stage = SelectField(
        "Move to",
        choices=[(stage.value, stage.words) for stage in Stage],
        coerce=Stage,
        required="Choose the stage to move it to",
    )
    lesson = LongTextField(
        "What did you learn?",
        hint="What you tried, why it stops, and what would have to be true to try again.",
        max_length=LESSON_LENGTH,
    )
    #: the query of the board that the move was made on, such as "?mine=1"; none when it was made elsewhere
    board = HiddenField()

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Whether it says where to, and on which version it was made."""
        is_complete = super().validate(*args, **kwargs)
        if self.version.data is None:
            self.refuse(None, "This page is not complete. Open it again, then move the card.")
            return False
        return is_complete

    @property
    def lacks_its_lesson(self) -> bool:
        """Whether it stops an idea from a form that has no room for the lesson."""
        return self.stage.data is Stage.STOPPED and "lesson" not in request.form

    def kept_as(self, idea: Idea) -> str:
        """The name under which a browser keeps the lesson while it is written."""
        return f"lesson-{idea.ref}"
