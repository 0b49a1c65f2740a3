"""The forms of the evidence's page."""

from __future__ import annotations

from ideas.models import Direction
from ideas.web.choices import ChoiceField
from ideas.web.fields import DateField, LongTextField, NumberField, TextField
from ideas.web.forms import Form, Keyed
from ideas.web.patient_details import TellsNoPatient
from ideas.web.stale import OnVersion

#: As large as anything that is counted on a ward.
_LARGEST = 1_000_000_000


class MeasureForm(TellsNoPatient, Keyed, Form):
    """Something that would show it."""

    name = TextField(
        "What do you count?",
        hint="Like: hours from ready to go until leaving.",
        required="Say what you count",
        max_length=120,
    )
    unit = TextField(
        "In what?", hint="Like: hours, calls a day, people.", required="Say in what it is counted", max_length=60
    )
    direction = ChoiceField(
        "Which way is less bad?",
        choices=[(Direction.LOWER, "Lower"), (Direction.HIGHER, "Higher")],
        coerce=Direction,
        required="Choose lower or higher",
    )


class ChangeDayForm(Form):
    """From which day the change counts. Empty: from none yet."""

    changed_on = DateField("The change counts from", hint="Readings before this day are how it was.")


class ReadingForm(Keyed, Form):
    """One dated value."""

    taken_on = DateField("Day", required="Choose the day on which you counted")
    value = NumberField(
        "Number", decimals=3, minimum=-_LARGEST, maximum=_LARGEST, required="Write the number that you counted"
    )


class ResultForm(TellsNoPatient, OnVersion, Form):
    """What the team says came of it."""

    stated_result = LongTextField(
        "What came of it, in your own words",
        hint="What is less bad, what is not, and what you would tell the next team.",
        required="Say what came of it",
    )
